/** A proxy made of several, and what a front gives away: pure functions on columns. */
import type { Better } from "../../columns/use.ts";

/**
 * Mean ranks (1 = best) as per cent of the cells that are beaten on average: 100 = first by every proxy. Larger is better;
 * the order is that of the mean ranks.
 */
export function beaten(meanRanks: Float64Array): Float64Array {
  let cells = 0;
  for (const rank of meanRanks) if (!Number.isNaN(rank)) cells++;
  return meanRanks.map((rank) => (cells > 1 ? (100 * (cells - rank)) / (cells - 1) : rank));
}

/** Values where every column is defined, NaN elsewhere: so that figures beside each other are about the same cells. */
export function common(columns: readonly Float64Array[]): Float64Array[] {
  const length = columns[0]?.length ?? 0;
  const all = Array.from({ length }, (_, i) => columns.every((column) => !Number.isNaN(column[i]!)));
  return columns.map((column) => column.map((value, i) => (all[i] ? value : NaN)));
}

/**
 * How much accuracy each position leaves to the best that is to be had at its cost or less; NaN where either is undefined.
 * Cost: smaller is better.
 */
export function shortfalls(cost: Float64Array, accuracy: Float64Array, better: Better): Float64Array {
  const sign = better === "larger" ? 1 : -1;
  const order = [...cost.keys()]
    .filter((i) => !Number.isNaN(cost[i]!) && !Number.isNaN(accuracy[i]!))
    .sort((a, b) => cost[a]! - cost[b]!);
  const result = new Float64Array(cost.length).fill(NaN);
  let best = -Infinity;
  for (let k = 0; k < order.length; ) {
    // Positions of equal cost are to be had alike.
    let end = k;
    while (end < order.length && cost[order[end]!] === cost[order[k]!])
      best = Math.max(best, sign * accuracy[order[end++]!]!);
    for (; k < end; k++) result[order[k]!] = best - sign * accuracy[order[k]!]!;
  }
  return result;
}

/** The highest values first, ties in the order given; NaN is left out. */
export function best(values: Float64Array, count: number): number[] {
  return [...values.keys()]
    .filter((i) => !Number.isNaN(values[i]!))
    .sort((a, b) => values[b]! - values[a]! || a - b)
    .slice(0, count);
}

/** Proxies that a combination may have. */
export const MOST_PARTS = 8;

/** What the panel is set to; empty = its own choice. */
export interface Mix {
  readonly parts: readonly string[];
  readonly cost: string;
  /** The proxy whose front is drawn; empty = the combination. */
  readonly guide: string;
}

export const NO_MIX: Mix = { parts: [], cost: "", guide: "" };

/** As a link holds it: `average_degree,jacov:raspi4_latency:snip`. */
export const writeMix = ({ parts, cost, guide }: Mix): string =>
  parts.length + cost.length + guide.length === 0 ? "" : `${parts.join()}:${cost}:${guide}`;

/** Reads what `writeMix` wrote; what is wrong with other texts, as a sentence's end. */
export function readMix(text: string): Mix | string {
  if (text === "") return NO_MIX;
  const [list = "", cost = "", guide = "", ...rest] = text.split(":");
  if (rest.length > 0) return "it has more than three parts between colons";
  const parts = list === "" ? [] : list.split(",");
  if (parts.length > MOST_PARTS) return `it combines ${parts.length} proxies, of at most ${MOST_PARTS}`;
  if (new Set(parts).size < parts.length) return "it names a proxy twice";
  const bad = [...parts, cost, guide].find((id) => !/^[\w-]{0,64}$/.test(id));
  return bad === undefined && !parts.includes("")
    ? { parts, cost, guide }
    : `“${bad ?? ""}” is not the name of a proxy`;
}
