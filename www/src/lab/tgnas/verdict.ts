// What the comparison with counting says, in a sentence.
import { leadWords } from "../../words/verdict.ts";
import type { Difference } from "../../engine/lab-protocol.ts";

export interface Judged {
  readonly id: string;
  readonly label: string;
  readonly kendall: number | null;
}

/** The count that orders the cells best: the one to beat. */
export function bestCount<T extends Judged>(counts: readonly T[]): T | null {
  return counts.filter(({ kendall }) => kendall !== null).sort((a, b) => b.kendall! - a.kendall!)[0] ?? null;
}

/** A difference whose interval stays below it is none worth speaking of. */
const SAME = 0.02;

/**
 * Whether the predictor orders cells better than the best of the counts; null as long as that cannot be said.
 *
 * `lead` is the predictor's τ less that count's, over the same cells: it decides, as their own intervals may overlap though
 * that of the difference is clear of 0. Where its interval holds 0 a difference is not claimed, and not ruled out either.
 */
export function verdict(
  best: Pick<Judged, "label"> | null,
  lead: Pick<Difference, "kendall" | "kendallLow" | "kendallHigh"> | null,
): { kind: "better" | "worse" | "open"; text: string } | null {
  if (best === null || lead === null || lead.kendall === null) return null;
  const { kendall, kendallLow: low, kendallHigh: high } = lead;
  const words = `τ is ${leadWords(kendall, low, high)}`;
  if (low !== null && low > 0)
    return {
      kind: "better",
      text: `Better than counting: ${words} than that of ${best.label}, the best of the counts.`,
    };
  if (high !== null && high < 0)
    return { kind: "worse", text: `Does not beat counting: ${words} than that of ${best.label} alone.` };
  if (low !== null && high !== null && low > -SAME && high < SAME)
    return {
      kind: "open",
      text: `No better and no worse than counting, as far as these cells show: ${best.label} does as well (${words}).`,
    };
  const why = low === null || high === null ? "there is no interval" : "the interval of the difference holds 0";
  return {
    kind: "open",
    text: `${kendall > 0 ? "Ahead of" : "Behind"} ${best.label}, as ${words}, but ${why}: no difference is claimed.`,
  };
}
