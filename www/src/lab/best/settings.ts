// Best of N: what is drawn and repeated, and how that stands in a link. Pure functions.

export interface BestSettings {
  readonly proxy: string;
  /** Cells drawn in a repetition. */
  readonly samples: number;
  readonly repeats: number;
  readonly seed: number;
}

export const LIMITS = { samples: [1, 30_001], repeats: [1, 10_000], seed: [0, 4_294_967_295] } as const;

export const START: BestSettings = { proxy: "average_degree", samples: 200, repeats: 500, seed: 0 };

/** Who scored 200 cells in 217 CPU-seconds. */
export const NASGRAPH = "Huang et al. 2024, arXiv 2405.01306";

/** What the authors of ε report of this experiment. */
export const EPSILON = {
  who: "Gracheva 2023, arXiv 2302.04406",
  words:
    "mean accuracy 93.86 %, mean rank 17.2 among 1,000 cells, over 500 repetitions; her notebook counts ranks from 0",
} as const;

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly settings: BestSettings;
}

export const PRESETS: readonly Preset[] = [
  { id: "nasgraph", label: "NASGraph's: best of 200 by average degree", settings: START },
  {
    id: "epsilon",
    label: "ε's: best of 1,000 by ε",
    settings: { proxy: "epsilon", samples: 1000, repeats: 500, seed: 0 },
  },
];

export function writeBest({ proxy, samples, repeats, seed }: BestSettings): string {
  return [proxy, samples, repeats, seed].join(":");
}

/** Reads what `writeBest` wrote, by hand or not; a message names what is wrong. Empty text is the start. */
export function readBest(text: string): BestSettings | string {
  if (text === "") return START;
  const [proxy = "", ...numbers] = text.split(":");
  if (!/^[a-z0-9_-]{1,64}$/.test(proxy)) return `“${proxy}” is not the name of a proxy`;
  if (numbers.length !== 3) return "give PROXY:N:REPETITIONS:SEED";
  const names = ["samples", "repeats", "seed"] as const;
  const read: number[] = [];
  for (const [k, name] of names.entries()) {
    const [low, high] = LIMITS[name];
    const value = /^\d{1,10}$/.test(numbers[k]!) ? Number(numbers[k]) : NaN;
    if (!(value >= low && value <= high))
      return `${name} = “${numbers[k]}” is not a whole number from ${low} to ${high}`;
    read.push(value);
  }
  return { proxy, samples: read[0]!, repeats: read[1]!, seed: read[2]! };
}
