// The look-ups of a search as they come, and what is read from them: pure functions on columns.
import { whole } from "../../words/format.ts";
import type { Better, SearchRows } from "../../engine/lab-protocol.ts";

/** Look-up `k` (from 0) of run `r` (from 0) is entry `r · budget + k`. */
export interface Rows {
  readonly runs: number;
  readonly budget: number;
  /** Look-ups of each run that have come. */
  readonly steps: Uint32Array;
  /** Place of the cell. */
  readonly cell: Uint32Array;
  /** By the guide; NaN where undefined or without guide. */
  readonly score: Float64Array;
  readonly accuracy: Float64Array;
  /** Best of the run so far. */
  readonly best: Float64Array;
}

export interface Bands {
  readonly low: Float64Array;
  readonly median: Float64Array;
  readonly high: Float64Array;
}

export function emptyRows(runs: number, budget: number): Rows {
  const numbers = () => new Float64Array(runs * budget).fill(NaN);
  return {
    runs,
    budget,
    steps: new Uint32Array(runs),
    cell: new Uint32Array(runs * budget),
    score: numbers(),
    accuracy: numbers(),
    best: numbers(),
  };
}

/** Puts what came into its place. */
export function addPart(rows: Rows, part: SearchRows): void {
  for (let i = 0; i < part.run.length; i++) {
    const run = part.run[i]!;
    const at = run * rows.budget + part.step[i]! - 1;
    rows.cell[at] = part.cell[i]!;
    rows.score[at] = part.score[i]!;
    rows.accuracy[at] = part.accuracy[i]!;
    rows.best[at] = part.best[i]!;
    rows.steps[run] = Math.max(rows.steps[run]!, part.step[i]!);
  }
}

/** Look-ups that have come, in all. */
export const lookups = ({ steps }: Rows): number => steps.reduce((sum, count) => sum + count, 0);

/** Runs that are complete. */
export function complete({ steps, budget }: Rows): number[] {
  return [...steps.keys()].filter((run) => steps[run] === budget);
}

/** Best so far of each run that has begun, as far as it has come. Copies, so that they can be sent away. */
export function curves({ runs, budget, steps, best }: Rows): Float64Array[] {
  return Array.from({ length: runs }, (_, run) => best.slice(run * budget, run * budget + steps[run]!)).filter(
    (curve) => curve.length > 0,
  );
}

/** An accuracy that is this near to the optimum counts as found: 0.5 % of it. */
export const NEAR = 0.005;

/** The accuracy from which on a search is near the optimum. */
export function nearOptimum(optimum: number, better: Better): number {
  return better === "larger" ? optimum - NEAR * Math.abs(optimum) : optimum + NEAR * Math.abs(optimum);
}

/** Look-ups until a run is near the optimum; null if it never is. Runs improve only, so the first that fits is found by halves. */
export function lookupsUntil({ budget, steps, best }: Rows, run: number, near: number, better: Better): number | null {
  const fits = (k: number) => (better === "larger" ? best[run * budget + k]! >= near : best[run * budget + k]! <= near);
  let low = 0;
  let high = steps[run]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low < steps[run]! ? low + 1 : null;
}

/** Known accuracies with the best first, for `placeOf`. */
export function bestFirst(accuracy: Float64Array, better: Better): Float64Array {
  const sorted = accuracy.filter((value) => !Number.isNaN(value)).sort();
  return better === "larger" ? sorted.reverse() : sorted;
}

/** Rank of an accuracy among all, 1 = best, ties sharing the best rank. */
export function placeOf(sorted: Float64Array, value: number): number {
  const down = sorted.length > 1 && sorted[0]! > sorted[sorted.length - 1]!;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (down ? sorted[middle]! > value : sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/**
 * One short curve a complete run: its last best accuracy, look-ups until near the optimum (one more than the budget if
 * never), true rank of its best. Their quartiles are the summary of a series.
 */
export function finals(rows: Rows, sorted: Float64Array, better: Better): { curves: Float64Array[]; reached: number } {
  const { budget, best } = rows;
  const near = nearOptimum(sorted[0] ?? NaN, better);
  let reached = 0;
  const curves = complete(rows).map((run) => {
    const last = best[(run + 1) * budget - 1]!;
    const until = lookupsUntil(rows, run, near, better);
    if (until !== null) reached++;
    return Float64Array.of(last, until ?? budget + 1, placeOf(sorted, last));
  });
  return { curves, reached };
}

/** A median over runs of which some never get there: it is only known if most do. */
export function untilWords(median: number, runs: number, reached: number, budget: number): string {
  return 2 * reached > runs ? whole(median) : `> ${whole(budget)}`;
}
