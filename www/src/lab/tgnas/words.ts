// The table of operator descriptions: texts in groups, and how alike their vectors are.

export type Group = "short" | "medium" | "long" | "unseen" | "control";

export interface Entry {
  readonly text: string;
  readonly group: Group;
  /** Operators with the same name here are the same in other words; empty for those that no space has. */
  readonly op: string;
}

export const GROUPS: readonly { id: Group; label: string }[] = [
  { id: "short", label: "Short, as trained" },
  { id: "medium", label: "Medium" },
  { id: "long", label: "Long sentences" },
  { id: "unseen", label: "Operators never seen" },
  { id: "control", label: "Nonsense, as a control" },
];

export class Words {
  private readonly places: ReadonlyMap<string, number>;

  /** `cosines`: entries × entries, row by row. */
  constructor(
    readonly entries: readonly Entry[],
    private readonly cosines: ArrayLike<number>,
  ) {
    this.places = new Map(entries.map(({ text }, at) => [text, at]));
  }

  indexOf(text: string): number {
    return this.places.get(text) ?? -1;
  }

  /** Cosine of the angle between two entries' vectors. */
  similarity(a: number, b: number): number {
    return this.cosines[a * this.entries.length + b]!;
  }

  /** The other wordings of the operator that has these words: itself first, then by group. */
  wordings(text: string): Entry[] {
    const at = this.indexOf(text);
    if (at < 0) return [];
    const own = this.entries[at]!;
    if (own.op === "") return [own];
    return [own, ...this.entries.filter((entry) => entry.op === own.op && entry.text !== text)];
  }
}

/** The trained entry most like another one, and how alike it is; null if nothing was trained. */
export function nearest(
  words: Words,
  at: number,
  trained: ReadonlySet<string>,
): { text: string; similarity: number } | null {
  let best: { text: string; similarity: number } | null = null;
  words.entries.forEach(({ text }, other) => {
    const similarity = words.similarity(at, other);
    if (trained.has(text) && (best === null || similarity > best.similarity)) best = { text, similarity };
  });
  return best;
}
