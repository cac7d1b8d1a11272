/** The words and numbers of the rank view. */
import { millions, whole } from "../format.ts";
import type { ColumnInfo, RankResult } from "../types.ts";

/** What each accuracy of the table is, exactly: which images trained the network, which ones judged it. */
const SETTINGS: Record<string, { short: string; full: string }> = {
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
};

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

/** `12 of 201`, `12 of 201, tied with 3`. */
export function place(result: RankResult): string {
  if (result.rank === null) return "no rank";
  const tied = result.ties > 0 ? `, tied with ${whole(result.ties)}` : "";
  return `${whole(result.rank)} of ${whole(result.defined)}${tied}`;
}

/** One sentence on a rank, for a tooltip or a screen reader. */
export function rankSentence(result: RankResult): string {
  const undefinedCells = result.cells - result.defined;
  const left = undefinedCells > 0
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
    case "running": return `${whole(done)} of ${whole(total)}`;
    case "cancelled": return `cancelled after ${whole(done)} of ${whole(total)}`;
    case "done": return `${whole(total)} cells`;
  }
}
