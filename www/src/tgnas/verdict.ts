// What the comparison with counting says, in a sentence.

export interface Judged {
  readonly id: string;
  readonly label: string;
  readonly kendall: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Half a hundredth: differences below it are no difference. */
const SAME = 0.005;

/**
 * Whether the predictor orders cells better than the best of the counts; null as long as that cannot be said.
 *
 * Both are judged on the same cells, so intervals that lie apart are more than is needed: where they overlap, a difference
 * is not claimed, and not ruled out either.
 */
export function verdict(own: Judged, counts: readonly Judged[]): { kind: "better" | "worse" | "open"; text: string } | null {
  const best = counts.filter(({ kendall }) => kendall !== null).sort((a, b) => b.kendall! - a.kendall!)[0];
  if (own.kendall === null || !best) return null;
  const by = Math.abs(own.kendall - best.kendall!).toFixed(3).replace(/^0/, "");
  const known = own.low !== null && own.high !== null && best.low !== null && best.high !== null;
  const apart = known && (own.low > best.high || own.high < best.low);
  if (!apart) {
    const close = Math.abs(own.kendall - best.kendall!) < SAME;
    const lead = close ? `No better and no worse than counting, as far as these cells show: ${best.label} does as well.` : own.kendall > best.kendall! ? `Ahead of ${best.label} by ${by}, but` : `Behind ${best.label} by ${by}, but`;
    return { kind: "open", text: close ? lead : `${lead} ${known ? "the intervals overlap" : "intervals are missing"}: no difference is claimed.` };
  }
  return own.kendall > best.kendall!
    ? { kind: "better", text: `Better than counting: ${by} above ${best.label}, the best of the counts.` }
    : { kind: "worse", text: `Does not beat counting: ${best.label} alone orders these cells better, by ${by}.` };
}
