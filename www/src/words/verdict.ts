/** Is the proxy better than a plain count, and where? From correlations to sentences. */
import type { Correlation } from "../types.ts";
import { coefficient } from "./measures.ts";
import type { Difference, Slice, SliceDifference } from "../engine/lab-protocol.ts";

export type Slicing = "decile" | "convs" | "skip";
export const SLICINGS: readonly Slicing[] = ["decile", "convs", "skip"];

export const sliceTitle: Record<Slicing, string> = {
  decile: "By tenth of accuracy",
  convs: "By number of convolutions",
  skip: "With and without a skip connection",
};

/** A slice in a few words. */
export function sliceName(by: Slicing, group: number): string {
  switch (by) {
    case "decile":
      return group === 0 ? "worst tenth" : group === 9 ? "best tenth" : `tenth ${group + 1}`;
    case "convs":
      return `${group} ${group === 1 ? "convolution" : "convolutions"}`;
    case "skip":
      return group === 0 ? "without skip" : "with skip";
  }
}

/** The proxy and the plain count over the same cells; null where the space has no plain count. */
export interface Compared {
  readonly name: string;
  readonly proxy: Correlation;
  readonly plain: Correlation | null;
  /** By how much the proxy's correlation exceeds the plain count's. */
  readonly lead: Difference | null;
}

export type Outcome = "better" | "worse" | "open" | "unknown";

/**
 * Better or worse only where the interval of the difference leaves 0 out. Both are measured on the same cells, so their own
 * intervals may overlap though that of the difference is clear of 0.
 */
export function outcome({ lead }: Pick<Compared, "lead">): Outcome {
  if (lead === null || lead.spearman === null) return "unknown";
  if ((lead.spearmanLow ?? 0) > 0) return "better";
  return (lead.spearmanHigh ?? 0) < 0 ? "worse" : "open";
}

/** A difference with its interval, in words: `.051 higher [.041, .060]`. */
export function leadWords(value: number, low: number | null, high: number | null): string {
  const [size, from, to] =
    value < 0 ? [-value, high === null ? null : -high, low === null ? null : -low] : [value, low, high];
  return `${coefficient(size)} ${value < 0 ? "lower" : "higher"}${from !== null && to !== null ? ` [${coefficient(from)}, ${coefficient(to)}]` : ""}`;
}

/** Slices of both in pairs, by group. */
export function pairUp(
  by: Slicing,
  proxy: readonly Slice[],
  plain: readonly Slice[] | null,
  leads: readonly SliceDifference[] | null,
): Compared[] {
  const like = <T extends { group: number }>(of: readonly T[] | null, group: number): T | null =>
    of?.find((one) => one.group === group) ?? null;
  return proxy.map((slice) => ({
    name: sliceName(by, slice.group),
    proxy: slice,
    plain: like(plain, slice.group),
    lead: like(leads, slice.group),
  }));
}

/** Slices with so few cells say nothing about either. */
const FEWEST = 10;

/** The slices by what came out, the largest lead and lag named. */
export function tally(slices: readonly Compared[]): {
  better: number;
  worse: number;
  open: number;
  undefined: number;
  small: number;
  lead: Compared | null;
  lag: Compared | null;
} {
  const large = slices.filter(({ proxy }) => proxy.defined >= FEWEST);
  const outcomes = large.map(outcome);
  const count = (wanted: Outcome) => outcomes.filter((one) => one === wanted).length;
  const gap = ({ lead }: Compared) => lead?.spearman ?? NaN;
  const best = (sign: 1 | -1, wanted: Outcome) =>
    large
      .filter((_, k) => outcomes[k] === wanted)
      .reduce<Compared | null>((held, one) => (held && sign * gap(held) >= sign * gap(one) ? held : one), null);
  return {
    better: count("better"),
    worse: count("worse"),
    open: count("open"),
    undefined: count("unknown"),
    small: slices.length - large.length,
    lead: best(1, "better"),
    lag: best(-1, "worse"),
  };
}
