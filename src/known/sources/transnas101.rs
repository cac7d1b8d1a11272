//! TransNAS-Bench-101: seven tasks; both spaces stand in one file.

use super::{Name, Source, SourceColumn, accuracy, column};
use crate::{known::Role, stats::Better};

pub(super) const MICRO: Source = source("transnas101-micro", "micro", 3256);
pub(super) const MACRO: Source = source("transnas101-macro", "macro", 0);

const fn source(space: &'static str, name: &'static str, first: usize) -> Source {
    Source {
        space,
        separator: b',',
        only: Some(("space", name)),
        name: Name { columns: &["arch"], text: |fields| Some(fields.first()?.to_string()) },
        index: Some(("file_id", first)),
        class: None,
        main: MAIN,
        more: &[],
    }
}

const BENCHMARK: &str = "TransNAS-Bench-101, best epoch, extracted by NASGraph-Public (Apache-2.0)";

const fn percent(id: &'static str, label: &'static str) -> SourceColumn {
    accuracy(id, label, BENCHMARK)
}

/// A structural similarity or a negated loss: no unit, larger is better.
const fn plain(id: &'static str, label: &'static str) -> SourceColumn {
    column(id, label, "", Role::Accuracy, Some(Better::Larger), BENCHMARK)
}

const MAIN: &[SourceColumn] = &[
    percent("class_object_valid_top1", "Object classification: validation top-1 accuracy"),
    percent("class_object_test_top1", "Object classification: test top-1 accuracy"),
    percent("class_scene_valid_top1", "Scene classification: validation top-1 accuracy"),
    percent("class_scene_test_top1", "Scene classification: test top-1 accuracy"),
    percent("jigsaw_valid_top1", "Jigsaw: validation top-1 accuracy"),
    percent("jigsaw_test_top1", "Jigsaw: test top-1 accuracy"),
    plain("room_layout_valid_neg_loss", "Room layout: validation loss, negated (larger is better)"),
    plain("room_layout_test_neg_loss", "Room layout: test loss, negated (larger is better)"),
    percent("segmentsemantic_valid_mIoU", "Semantic segmentation: validation mean IoU"),
    percent("segmentsemantic_test_mIoU", "Semantic segmentation: test mean IoU"),
    percent("segmentsemantic_valid_acc", "Semantic segmentation: validation pixel accuracy"),
    plain("autoencoder_valid_ssim", "Autoencoding: validation SSIM"),
    plain("autoencoder_test_ssim", "Autoencoding: test SSIM"),
    plain("normal_valid_ssim", "Surface normals: validation SSIM"),
    plain("normal_test_ssim", "Surface normals: test SSIM"),
];
