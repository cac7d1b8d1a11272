// A pair of cells as the NDS spaces have them: in each, every node adds up two operations; the text is JSON.
import { printGenotype } from "./genotypes.ts";

export interface Half {
  /** Two a node, in order of the nodes. */
  readonly pairs: readonly (readonly [op: string, source: number])[];
  /** Nodes that the cell's output joins, as its list says. */
  readonly concat: readonly number[];
}

export interface Genotype {
  readonly normal: Half;
  readonly reduce: Half;
}

export type HalfName = keyof Genotype;

/** Reads the module's printed form. */
export function parseGenotype(text: string): Genotype {
  const { normal, normal_concat, reduce, reduce_concat } = JSON.parse(text) as {
    normal: [string, number][];
    normal_concat: number[];
    reduce: [string, number][];
    reduce_concat: number[];
  };
  return { normal: { pairs: normal, concat: normal_concat }, reduce: { pairs: reduce, concat: reduce_concat } };
}

export function printPair({ normal, reduce }: Genotype): string {
  return printGenotype(normal.pairs, normal.concat, reduce.pairs, reduce.concat);
}

/** Nodes of a half, its two inputs not counted. */
export const stepsOf = ({ pairs }: Half): number => pairs.length / 2;

/** Node that an operation enters. */
export const targetOf = (place: number): number => Math.floor(place / 2) + 2;

export function nodeLabel(node: number): string {
  return node === 0 ? "input before last" : node === 1 ? "last input" : `node ${node}`;
}

function withHalf(genotype: Genotype, half: HalfName, patch: Partial<Half>): Genotype {
  return { ...genotype, [half]: { ...genotype[half], ...patch } };
}

/** Changes the operation at a place, the node that it reads, or both. An input that is no earlier node is left as it was. */
export function setPair(genotype: Genotype, half: HalfName, place: number, op: string, source: number): Genotype {
  const { pairs } = genotype[half];
  const legal = source >= 0 && source < targetOf(place) ? source : pairs[place]![1];
  return withHalf(genotype, half, { pairs: pairs.map((pair, at) => (at === place ? ([op, legal] as const) : pair)) });
}

/** Adds a node to the list of those that the output joins, or takes it off; the last one stays. */
export function toggleConcat(genotype: Genotype, half: HalfName, node: number): Genotype {
  const { concat } = genotype[half];
  if (!concat.includes(node)) return withHalf(genotype, half, { concat: [...concat, node].sort((a, b) => a - b) });
  return concat.length === 1
    ? genotype
    : withHalf(genotype, half, { concat: concat.filter((other) => other !== node) });
}

/** Nodes that the output of a half joins in NASGraph's networks: by the other half's list (see the note in the editor). */
export function joinedNodes(genotype: Genotype, half: HalfName): readonly number[] {
  return genotype[half === "normal" ? "reduce" : "normal"].concat;
}

/** Drops `NAME =` before a genotype, as in a Python file; the module reads the rest. */
export function cleanText(text: string): string {
  return text.replace(/^\s*[A-Za-z_]\w{0,80}\s*=\s*(?=Genotype\s*\()/, "");
}
