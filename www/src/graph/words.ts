// Sentences of the graph view. Pure, so that they can be tested.
import { opLook } from "../space/ops.ts";
import type { ChannelGraph, LayerInfo, SpaceId } from "../types.ts";

/** Four significant digits, or the whole number if it is longer; without a tail of zeros; a true minus sign. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1000 && size < 1e9) return Math.round(value).toLocaleString("en-US").replace("-", "−");
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e9) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return text.replace("-", "−");
}

/** `64×8×8`: channels, height, width. */
export function shape([channels, height, width]: readonly [number, number, number]): string {
  return `${channels}×${height}×${width}`;
}

/** What the parts of a network between two reductions are called in a space. */
export function stackWord(space: SpaceId): string {
  return space.startsWith("transnas101") ? "stage" : "stack";
}

/** Whether a stack of the network holds several cells, so that a cell must be named. */
export function severalCells(layers: readonly LayerInfo[]): boolean {
  return layers.some(({ cell }) => cell !== null && cell > 0);
}

/** Whether the layers behind the last cell are a decoder, not a lone output. */
export function isDecoder(layers: readonly LayerInfo[]): boolean {
  return layers.filter(({ kind }) => kind === "output").length > 1;
}

/** Names of all layers where they are used without their neighbours, e.g. `stack 2, cell 1, 0→1`; no two are equal. */
export function layerNames(layers: readonly LayerInfo[], word = "stack"): string[] {
  const [cells, decoder] = [severalCells(layers), isDecoder(layers)];
  const names = layers.map(({ kind, stack, cell, label: short }) => {
    const label = /^\d+$/.test(short) ? `vertex ${short}` : short;
    if (stack === null) return kind === "output" && decoder ? `decoder, ${label}` : label;
    return `${word} ${stack + 1}${cells && cell !== null ? `, cell ${cell + 1}` : ""}, ${label}`;
  });
  const totals = new Map<string, number>();
  for (const name of names) totals.set(name, (totals.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return names.map((name) => {
    if (totals.get(name) === 1) return name;
    const turn = (seen.get(name) ?? 0) + 1;
    seen.set(name, turn);
    return `${name} (${turn})`;
  });
}

const SKELETON: ReadonlySet<string> = new Set(["conv", "identity", "pool", "projection"]);

/** Lines of a layer's header: the operation, if a cell chose one, and the label. */
export function headerLines({ kind, op, label }: LayerInfo): string[] {
  return kind === "cell" && !SKELETON.has(op) ? [opLook(op).short, label] : [label];
}

/** An operation as the legend names it: that of the skeleton by where it stands. */
export function legendLabel(layers: readonly LayerInfo[], op: string): string {
  if (op !== "conv" && op !== "pool") return opLook(op).label;
  const those = layers.filter((layer) => layer.op === op);
  const inCells = those.filter(({ kind }) => kind === "cell");
  const places = [
    [those.some(({ kind }) => kind === "stem"), "stem"],
    [those.some(({ kind }) => kind === "reduction"), "reduction"],
    [inCells.length > 0, inCells.every(({ label }) => label.startsWith("input")) ? "cell inputs" : "blocks"],
    [those.some(({ kind }) => kind === "output"), isDecoder(layers) ? "decoder" : "end"],
  ] as const;
  const where = places
    .filter(([there]) => there)
    .map(([, name]) => name)
    .join(", ");
  return op === "pool" ? `pool (${where})` : where;
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString("en-US")} ${value === 1 ? one : many}`;
}

/** What is said of a node, in the tooltip and aloud. */
export function nodeLines(graph: ChannelGraph, node: number, names: readonly string[]): [string, string, string] {
  const layer = graph.layers[graph.nodeLayer[node]!]!;
  const [into, out] = [graph.nodeIn[node]!, graph.nodeOut[node]!];
  return [
    `${names[layer.id]} · channel ${graph.nodeChannel[node]} of 0–${layer.output[0] - 1}`,
    `${layer.module} · output ${shape(layer.output)}`,
    `${plural(into, "edge")} in + ${out.toLocaleString("en-US")} out = degree ${(into + out).toLocaleString("en-US")}`,
  ];
}

/** What is cut off, or null: names layers that get nothing (operations `none` aside, which are meant to). */
export function starvedSentence(
  layers: readonly LayerInfo[],
  starved: readonly number[],
  all: readonly string[],
): string | null {
  const hungry = starved.map((id) => layers[id]!).filter((layer) => layer.op !== "none");
  if (hungry.length === 0) return null;
  const names = hungry
    .slice(0, 4)
    .map((layer) => all[layer.id])
    .join("; ");
  const rest = hungry.length > 4 ? ` and ${hungry.length - 4} more` : "";
  const cut = hungry.some((layer) => layer.id === layers.length - 1) ? "The output is cut off. " : "";
  return `${cut}Nothing from the input reaches ${names}${rest} (marked ∅). NASGraph tests each pair of layers by itself, so these still have edges.`;
}
