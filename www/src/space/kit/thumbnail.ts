/** A cell read from its text for a thumbnail and a few words: what does not read so gives nothing (no judge of cells). */
import { opLook } from "../ops.ts";

export interface ThumbEdge {
  source: number;
  target: number;
  /** Empty where the nodes carry the operations. */
  op: string;
}

export interface Thumb {
  nodes: number;
  /** Operations of the nodes; null where the edges carry them. */
  nodeOps: readonly string[] | null;
  edges: readonly ThumbEdge[];
}

/** Digits of TransNAS-Bench-101 micro. */
const MICRO = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3"] as const;

export function readThumb(text: string): Thumb | null {
  return readArch(text) ?? readMicro(text) ?? readMatrix(text);
}

/** NAS-Bench-201: `|op~source|…|+|…|`. */
function readArch(text: string): Thumb | null {
  if (!text.startsWith("|")) return null;
  const groups = text.split("+");
  const edges = groups.flatMap((group, k) =>
    [...group.matchAll(/([a-z0-9_]+)~(\d+)/g)].map((match) => ({
      op: match[1]!,
      source: Number(match[2]),
      target: k + 1,
    })),
  );
  return edges.length > 0 ? { nodes: groups.length + 1, nodeOps: null, edges } : null;
}

/** TransNAS-Bench-101 micro: `64-41414-a_bc_def`. */
function readMicro(text: string): Thumb | null {
  const groups = /^\d+-41414-([0-3]_[0-3]{2}_[0-3]{3})$/.exec(text)?.[1]?.split("_");
  if (!groups) return null;
  const edges = groups.flatMap((group, k) =>
    [...group].map((digit, source) => ({ op: MICRO[Number(digit)]!, source, target: k + 1 })),
  );
  return { nodes: 4, nodeOps: null, edges };
}

/** NAS-Bench-101: `4:0101001000010000:input|op|op|output`. */
function readMatrix(text: string): Thumb | null {
  const parts = /^(\d):([01]+):(\S+)$/.exec(text);
  if (!parts) return null;
  const nodes = Number(parts[1]);
  const nodeOps = parts[3]!.split("|");
  if (parts[2]!.length !== nodes * nodes || nodeOps.length !== nodes) return null;
  const edges = [...parts[2]!].flatMap((bit, k) =>
    bit === "1" ? [{ source: Math.floor(k / nodes), target: k % nodes, op: "" }] : [],
  );
  return { nodes, nodeOps, edges };
}

/** Operations and how often each occurs, most frequent first, of each cell of a genotype; null for other texts. */
export function countGenotype(text: string): { name: string; ops: [op: string, count: number][] }[] | null {
  if (!text.startsWith("{")) return null;
  let genotype: unknown;
  try {
    genotype = JSON.parse(text);
  } catch {
    return null;
  }
  const cells = genotype as Record<string, unknown>;
  return ["normal", "reduce"].map((name) => {
    const counts = new Map<string, number>();
    for (const pair of Array.isArray(cells[name]) ? (cells[name] as unknown[]) : []) {
      const op = Array.isArray(pair) && typeof pair[0] === "string" ? pair[0] : null;
      if (op !== null) counts.set(op, (counts.get(op) ?? 0) + 1);
    }
    return { name, ops: [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)) };
  });
}

/** The operations in words, edge by edge or node by node; the text itself where it is not read. */
export function cellWords(text: string): string {
  const genotype = countGenotype(text);
  if (genotype)
    return genotype
      .map(({ name, ops }) => `${name}: ${ops.map(([op, n]) => `${n} ${opLook(op).label}`).join(", ")}`)
      .join("; ");
  const thumb = readThumb(text);
  if (!thumb) return text;
  const { nodeOps, edges } = thumb;
  if (!nodeOps) return edges.map(({ source, target, op }) => `${source}→${target} ${opLook(op).label}`).join(", ");
  const inner = nodeOps.slice(1, -1).map((op, k) => `${k + 1} ${opLook(op).label}`);
  return [...inner, edges.map(({ source, target }) => `${source}→${target}`).join(" ")].join(", ");
}

/** The operations in a few characters: `3×3 | none 3×3 | skip none skip` node by node, as in the cell's text. */
export function cellShort(text: string): string {
  const genotype = countGenotype(text);
  if (genotype)
    return genotype.map(({ ops }) => ops.map(([op, n]) => `${n} ${opLook(op).label}`).join(", ")).join(" | ");
  const thumb = readThumb(text);
  if (!thumb) return text;
  const { nodeOps, edges } = thumb;
  if (nodeOps)
    return `${
      nodeOps
        .slice(1, -1)
        .map((op) => opLook(op).short)
        .join(" ") || "no operation"
    }, ${edges.length} edges`;
  const groups = new Map<number, string[]>();
  for (const { target, op } of edges) groups.set(target, [...(groups.get(target) ?? []), opLook(op).short]);
  return [...groups.values()].map((group) => group.join(" ")).join(" | ");
}
