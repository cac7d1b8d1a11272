/** The words and numbers of the rank view. */
import { millions, whole } from "./format.ts";
import type { ColumnInfo, RankResult } from "../types.ts";
import type { Basis } from "../columns/rows.ts";
import type { Kind } from "../chart/scale.ts";

interface Setting {
  short: string;
  full: string;
  /** What the figure is, in a sentence; an accuracy if left out. */
  figure?: string;
}

const ONE_RUN =
  "Published as a fraction of 1, which files keep. From one training run, not the mean of the benchmark's three. Judged on 10,000 images held out of CIFAR-10's training set.";
const SURROGATE = "NAS-Bench-301 SURROGATE (predicted, not trained)";
const BEST_EPOCH = "TransNAS-Bench-101, at the best epoch.";

/** What each accuracy of the table is, exactly: which images trained the network, which ones judged it. */
const SETTINGS: Record<string, Setting> = {
  cifar10_test_acc: {
    short: "CIFAR-10, full: test",
    full: "CIFAR-10, the full setting that papers quote: trained on all 50,000 training images, judged on the 10,000 test images.",
  },
  cifar10valid_val_acc: {
    short: "CIFAR-10-valid, half: validation",
    full: "CIFAR-10-valid: trained on half of the training images (25,000), judged on the other half. Lower than the full setting; do not mix the two.",
  },
  cifar10valid_test_acc: {
    short: "CIFAR-10-valid, half: test",
    full: "CIFAR-10-valid: trained on half of the training images (25,000), judged on the 10,000 test images. Lower than the full setting that papers quote; do not mix the two.",
  },
  cifar100_val_acc: {
    short: "CIFAR-100: validation",
    full: "CIFAR-100: trained on all 50,000 training images, judged on the half of the test images set aside for validation (5,000).",
  },
  cifar100_test_acc: {
    short: "CIFAR-100: test",
    full: "CIFAR-100: trained on all 50,000 training images, judged on the other half of the test images (5,000).",
  },
  imagenet16_val_acc: {
    short: "ImageNet16-120: validation",
    full: "ImageNet16-120: 120 classes of ImageNet at 16×16 pixels, judged on the 3,000 validation images.",
  },
  imagenet16_test_acc: {
    short: "ImageNet16-120: test",
    full: "ImageNet16-120: 120 classes of ImageNet at 16×16 pixels, judged on the 3,000 test images.",
  },
  val_acc_epoch108: {
    short: "CIFAR-10, 108 epochs: validation",
    full: `Trained for 108 epochs, the benchmark's full training. ${ONE_RUN}`,
  },
  val_acc_epoch36: { short: "CIFAR-10, 36 epochs: validation", full: `Trained for 36 epochs only. ${ONE_RUN}` },
  val_acc_epoch12: { short: "CIFAR-10, 12 epochs: validation", full: `Trained for 12 epochs only. ${ONE_RUN}` },
  val_acc_epoch4: { short: "CIFAR-10, 4 epochs: validation", full: `Trained for 4 epochs only. ${ONE_RUN}` },
  val_accuracy: {
    short: SURROGATE,
    figure: "predicted accuracy",
    full: "What a model of NAS-Bench-301 predicts as CIFAR-10 validation accuracy. None of these networks was trained: a rank by it is a rank by another predictor.",
  },
  class_object_test_top1: {
    short: "Objects: test, top-1",
    full: `Object classification, 75 classes: share of test images whose first guess is right. ${BEST_EPOCH}`,
  },
  class_object_valid_top1: {
    short: "Objects: validation, top-1",
    full: `Object classification, 75 classes: share of validation images whose first guess is right. ${BEST_EPOCH}`,
  },
  class_scene_test_top1: {
    short: "Scenes: test, top-1",
    full: `Scene classification, 47 classes: share of test images whose first guess is right. ${BEST_EPOCH}`,
  },
  class_scene_valid_top1: {
    short: "Scenes: validation, top-1",
    full: `Scene classification, 47 classes: share of validation images whose first guess is right. ${BEST_EPOCH}`,
  },
  jigsaw_test_top1: {
    short: "Jigsaw: test, top-1",
    full: `Jigsaw puzzle: share of test images whose order is guessed. NASGraph's authors define no network for this task. ${BEST_EPOCH}`,
  },
  jigsaw_valid_top1: {
    short: "Jigsaw: validation, top-1",
    full: `Jigsaw puzzle: share of validation images whose order is guessed. NASGraph's authors define no network for this task. ${BEST_EPOCH}`,
  },
  segmentsemantic_test_mIoU: {
    short: "Segmentation: test, mean IoU",
    figure: "mean IoU",
    full: `Semantic segmentation: intersection over union, mean over classes, on test images. ${BEST_EPOCH}`,
  },
  segmentsemantic_valid_mIoU: {
    short: "Segmentation: validation, mean IoU",
    figure: "mean IoU",
    full: `Semantic segmentation: intersection over union, mean over classes, on validation images. ${BEST_EPOCH}`,
  },
  segmentsemantic_valid_acc: {
    short: "Segmentation: validation, pixels",
    figure: "pixel accuracy",
    full: `Semantic segmentation: share of pixels in validation images whose class is right. ${BEST_EPOCH}`,
  },
  room_layout_test_neg_loss: {
    short: "Room layout: test, −loss",
    figure: "negated loss",
    full: `Room layout: loss on test images with its sign turned, so that larger is better. ${BEST_EPOCH}`,
  },
  room_layout_valid_neg_loss: {
    short: "Room layout: validation, −loss",
    figure: "negated loss",
    full: `Room layout: loss on validation images with its sign turned, so that larger is better. ${BEST_EPOCH}`,
  },
  autoencoder_test_ssim: {
    short: "Autoencoding: test, SSIM",
    figure: "SSIM",
    full: `Autoencoding: structural similarity of output and image, at most 1, on test images. ${BEST_EPOCH}`,
  },
  autoencoder_valid_ssim: {
    short: "Autoencoding: validation, SSIM",
    figure: "SSIM",
    full: `Autoencoding: structural similarity of output and image, at most 1, on validation images. ${BEST_EPOCH}`,
  },
  normal_test_ssim: {
    short: "Surface normals: test, SSIM",
    figure: "SSIM",
    full: `Surface normals: structural similarity to the true ones, at most 1, on test images. ${BEST_EPOCH}`,
  },
  normal_valid_ssim: {
    short: "Surface normals: validation, SSIM",
    figure: "SSIM",
    full: `Surface normals: structural similarity to the true ones, at most 1, on validation images. ${BEST_EPOCH}`,
  },
};

type Known = Pick<ColumnInfo, "id" | "label" | "unit">;

/** What a known figure is: `accuracy`, `SSIM`, …; never more than its source says. */
export const figureName = (column: Pick<ColumnInfo, "id">): string => SETTINGS[column.id]?.figure ?? "accuracy";

/** Whether a figure was predicted by a model instead of measured on a trained network. */
export const isSurrogate = (column: Pick<ColumnInfo, "label">): boolean => /surrogate/i.test(column.label);

type Unit = Pick<ColumnInfo, "unit">;

/** What a figure is multiplied by where it is shown: a fraction of 1 becomes per cent, as elsewhere. Files keep the source's. */
export const scaleOf = ({ unit }: Unit): number => (unit === "fraction" ? 100 : 1);

/** A figure so multiplied, as a reader would write it: 0.57 is 57 %, not 56.99999999999999. */
export const inUnit = (value: number, scale: number): number =>
  scale === 1 ? value : Math.round(value * scale * 1e9) / 1e9;

/** The unit that it then has. */
export const shownUnit = ({ unit }: Unit): string => (unit === "fraction" ? "%" : unit);

/** A known figure without its unit: `93.92`, `−0.6531`. */
export const bareFigure = (column: Unit, value: number): string => number(value * scaleOf(column)).replace("-", "−");

/** The same with it: `93.92 %`. */
export const figure = (column: Unit, value: number): string =>
  bareFigure(column, value) + (shownUnit(column) === "%" ? " %" : "");

/** Setting, figure and unit, for an axis or the head of a table. */
export function axisLabel(column: Known): string {
  const short = settingShort(column);
  const name = figureName(column);
  const named =
    short.toLowerCase().includes(name.toLowerCase()) || name === "negated loss" ? short : `${short} ${name}`;
  return column.unit === "" ? named : `${named}, ${shownUnit(column)}`;
}

/** Figure and unit, for the narrow head of a column: `Accuracy, %`. */
export function headLabel(column: Known): string {
  const name = figureName(column);
  const unit = column.unit === "" ? "" : `, ${shownUnit(column)}`;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${unit}${isSurrogate(column) ? " (surrogate)" : ""}`;
}

/** The kind of axis for a figure: the logarithm of the error needs per cent, of which 100 is the best there can be. */
export const axisKind = (column: Unit, kind: Kind): Kind =>
  kind === "error" && shownUnit(column) !== "%" ? "linear" : kind;

/**
 * Which cells a rank or a correlation is about. `outside`: the reader's cell is none of them and joins them. `drawnOnly`
 * leaves it out.
 */
export function scopeWords(scope: {
  basis: Basis;
  everything: boolean;
  cells: number;
  drawn: number;
  seed: number;
  outside: boolean;
  drawnOnly?: boolean;
}): string {
  const { basis, everything, cells, drawn, seed, drawnOnly = false } = scope;
  const outside = scope.outside && !drawnOnly;
  if (everything) {
    const all =
      basis === "space"
        ? `all ${whole(cells)} cells of the space`
        : `all ${whole(cells)} cells of the table of known figures`;
    return outside ? `${all}, and this cell` : all;
  }
  const from = basis === "table" ? ` from the ${whole(cells)} in the table of known figures` : "";
  return `${whole(drawn)} cells drawn uniformly without replacement${from}, seed ${seed}${drawnOnly ? "" : ", and this cell"}`;
}

/** Short name of a target; the table's own label for one that has no entry above. */
export function settingShort(column: Pick<ColumnInfo, "id" | "label">): string {
  return SETTINGS[column.id]?.short ?? column.label;
}

/** The setting in a sentence. */
export function settingFull(column: Pick<ColumnInfo, "id" | "label" | "source">): string {
  return SETTINGS[column.id]?.full ?? `${column.label}. Source: ${column.source}`;
}

/** Order in which targets are offered: the setting that papers quote first. */
export function targetOrder(id: string): number {
  const at = Object.keys(SETTINGS).indexOf(id);
  return at < 0 ? 99 : at;
}

/** A number with about `digits` significant digits, whole above 100,000. */
export function number(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 1e-4) return value.toExponential(Math.min(2, digits - 1));
  if (size >= 1e5) return whole(value);
  const leading = size < 1 ? 0 : Math.floor(Math.log10(size)) + 1;
  const zeros = size < 1 ? Math.max(0, -Math.floor(Math.log10(size)) - 1) : 0;
  return value.toFixed(Math.max(0, digits - leading + zeros));
}

/** How a proxy's value is written. */
export function formatOf(id: string): (value: number) => string {
  if (id === "flops") return millions;
  if (["params", "nodes", "edges", "wedge"].includes(id)) return whole;
  // Degrees of one table share their decimals, so that they can be compared by eye.
  return id.endsWith("degree") ? (value) => value.toFixed(2) : (value) => number(value);
}

/** A correlation or an end of its interval: three decimals without the leading zero, as papers write it. */
export function coefficient(value: number | null): string {
  if (value === null || Number.isNaN(value)) return "–";
  const text = Math.abs(value).toFixed(3);
  const sign = value < 0 && Number(text) !== 0 ? "−" : "";
  return sign + (text.startsWith("0") ? text.slice(1) : text);
}

/** Percentage without rounding up to a place that the cell does not have: 99.97 is 99.9 %, not 100 %. */
export function percent(value: number): string {
  const floored = Math.floor(value * 10 + 1e-9) / 10;
  return `${Number.isInteger(floored) ? floored.toFixed(0) : floored.toFixed(1)} %`;
}

/** The share of cells that are as good or better, rounded up, with as many decimals as tell it from none: 4 of 15,625 is 0.03 %. */
export function topPercent({ rank, defined }: { rank: number; defined: number }): string {
  const share = (100 * rank) / defined;
  const scale = 10 ** Math.max(1, Math.ceil(-Math.log10(share)));
  return `${Math.ceil(share * scale - 1e-9) / scale} %`;
}

/** `12 of 201`, `12 of 201, tied with 3`. */
export function place(result: RankResult): string {
  if (result.rank === null) return "no rank";
  const tied = result.ties > 0 ? `, tied with ${whole(result.ties)}` : "";
  return `${whole(result.rank)} of ${whole(result.defined)}${tied}`;
}

/** One sentence on a rank, for a tooltip or a screen reader. */
export function rankSentence(result: RankResult): string {
  const undefinedCells = result.cells - result.defined;
  const left =
    undefinedCells > 0
      ? ` ${whole(undefinedCells)} of the ${whole(result.cells)} compared cells have no value and are left out.`
      : "";
  if (result.rank === null || result.percentile === null) return `No value for this cell, so no rank.${left}`;
  return `Rank ${place(result)}; it beats or equals ${percent(result.percentile)} of the compared cells.${left}`;
}

/** Duration for an estimate: never more exact than the guess is. */
export function about(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "unknown";
  if (seconds < 1) return "less than a second";
  if (seconds < 10) return `about ${Math.round(seconds)} s`;
  if (seconds < 90) return `about ${Math.round(seconds / 5) * 5} s`;
  return `about ${Math.round(seconds / 60)} min`;
}

/** `cancelled after 4,312 of 15,625`, `done: 200 cells`. */
export function progressWords(state: "running" | "cancelled" | "done", done: number, total: number): string {
  switch (state) {
    case "running":
      return `${whole(done)} of ${whole(total)}`;
    case "cancelled":
      return `cancelled after ${whole(done)} of ${whole(total)}`;
    case "done":
      return `${whole(total)} cells`;
  }
}
