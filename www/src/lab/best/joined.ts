// The repetitions that came slice by slice, as one. Pure.
import type { BestOf } from "../../engine/lab-protocol.ts";

/** Null for no slices. The means of the last one are over all. */
export function joined(parts: readonly BestOf[]): BestOf | null {
  const last = parts.at(-1);
  if (!last) return null;
  const { chosen, mean, sd, meanRank } = last;
  const numbers = (get: (part: BestOf) => Float64Array) => Float64Array.from(parts.flatMap((part) => [...get(part)]));
  const words = (get: (part: BestOf) => Uint32Array) => Uint32Array.from(parts.flatMap((part) => [...get(part)]));
  return {
    cell: Int32Array.from(parts.flatMap((part) => [...part.cell])),
    accuracy: numbers((part) => part.accuracy),
    rank: words((part) => part.rank),
    rankOfAll: words((part) => part.rankOfAll),
    optimum: numbers((part) => part.optimum),
    random: numbers((part) => part.random),
    undefined: words((part) => part.undefined),
    chosen,
    mean,
    sd,
    meanRank,
  };
}
