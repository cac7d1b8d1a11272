/** Is the proxy better than a plain count, and where? From correlations to sentences. */
import type { Correlation } from "../types.ts";
import type { Slice } from "./protocol.ts";

export type Slicing = "decile" | "convs" | "skip";
export const SLICINGS: readonly Slicing[] = ["decile", "convs", "skip"];

export const sliceTitle: Record<Slicing, string> = { decile: "By tenth of accuracy", convs: "By number of convolutions", skip: "With and without a skip connection" };

/** A slice in a few words. */
export function sliceName(by: Slicing, group: number): string {
  switch (by) {
    case "decile": return group === 0 ? "worst tenth" : group === 9 ? "best tenth" : `tenth ${group + 1}`;
    case "convs": return `${group} ${group === 1 ? "convolution" : "convolutions"}`;
    case "skip": return group === 0 ? "without skip" : "with skip";
  }
}

/** The proxy and the plain count over the same cells; null where the space has no plain count. */
export interface Compared {
  readonly name: string;
  readonly proxy: Correlation;
  readonly plain: Correlation | null;
}

export type Outcome = "better" | "worse" | "open" | "unknown";

/**
 * Better or worse only where the intervals lie apart. Both are judged on the same cells, so this asks for more than is needed:
 * where intervals overlap, a difference is not claimed, and not ruled out either.
 */
export function outcome({ proxy, plain }: Pick<Compared, "proxy" | "plain">): Outcome {
  if (plain === null || proxy.spearman === null || plain.spearman === null) return "unknown";
  const [low, high] = [proxy.spearmanLow ?? proxy.spearman, proxy.spearmanHigh ?? proxy.spearman];
  const [otherLow, otherHigh] = [plain.spearmanLow ?? plain.spearman, plain.spearmanHigh ?? plain.spearman];
  if (low > otherHigh) return "better";
  if (high < otherLow) return "worse";
  return "open";
}

/** Slices of both in pairs, by group. */
export function pairUp(by: Slicing, proxy: readonly Slice[], plain: readonly Slice[] | null): Compared[] {
  return proxy.map((slice) => ({ name: sliceName(by, slice.group), proxy: slice, plain: plain?.find(({ group }) => group === slice.group) ?? null }));
}

/** Slices with so few cells say nothing about either. */
const FEWEST = 10;

/** The slices by what came out, the largest lead and lag named. */
export function tally(slices: readonly Compared[]): { better: number; worse: number; open: number; undefined: number; small: number; lead: Compared | null; lag: Compared | null } {
  const large = slices.filter(({ proxy }) => proxy.defined >= FEWEST);
  const outcomes = large.map(outcome);
  const count = (wanted: Outcome) => outcomes.filter((one) => one === wanted).length;
  const gap = ({ proxy, plain }: Compared) => (proxy.spearman ?? NaN) - (plain?.spearman ?? NaN);
  const best = (sign: 1 | -1, wanted: Outcome) =>
    large.filter((_, k) => outcomes[k] === wanted).reduce<Compared | null>((held, one) => (held && sign * gap(held) >= sign * gap(one) ? held : one), null);
  return {
    better: count("better"), worse: count("worse"), open: count("open"), undefined: count("unknown"), small: slices.length - large.length,
    lead: best(1, "better"), lag: best(-1, "worse"),
  };
}
