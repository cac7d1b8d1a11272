// Sentences of the graph view. Pure, so that they can be tested.
import { opLook } from "../ops.ts";
import type { ChannelGraph, EdgeExplanation, LayerInfo } from "../types.ts";

const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** `nine`, `16`, `1,043`. */
export function count(value: number): string {
  return COUNTS[value] ?? value.toLocaleString("en-US");
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Four significant digits, or the whole number if it is longer; without a tail of zeros; a true minus sign. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1000 && size < 1e9) return Math.round(value).toLocaleString("en-US").replace("-", "−");
  const text = size !== 0 && (size < 1e-3 || size >= 1e9) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return text.replace("-", "−");
}

/** `64×8×8`: channels, height, width. */
export function shape([channels, height, width]: readonly [number, number, number]): string {
  return `${channels}×${height}×${width}`;
}

/** A layer's name where it is used without its neighbours: `stack 2, 0→1`, with the cell if a stack has several. */
export function layerName(layer: LayerInfo, cellsPerStack = 1): string {
  if (layer.stack === null) return layer.label;
  const cell = layer.cell !== null && cellsPerStack > 1 ? `, cell ${layer.cell + 1}` : "";
  return `stack ${layer.stack + 1}${cell}, ${layer.label}`;
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString("en-US")} ${value === 1 ? one : many}`;
}

/** What is said of a node, in the tooltip and aloud. */
export function nodeLines(graph: ChannelGraph, node: number, cellsPerStack: number): [string, string, string] {
  const layer = graph.layers[graph.nodeLayer[node]!]!;
  const [into, out] = [graph.nodeIn[node]!, graph.nodeOut[node]!];
  return [
    `${layerName(layer, cellsPerStack)} · channel ${graph.nodeChannel[node]} of 0–${layer.output[0] - 1}`,
    `${layer.module} · output ${shape(layer.output)}`,
    `${plural(into, "edge")} in + ${out.toLocaleString("en-US")} out = degree ${(into + out).toLocaleString("en-US")}`,
  ];
}

/** Why there is, or is not, an edge: one plain sentence. */
export function whySentence(why: EdgeExplanation, target: LayerInfo): string {
  const edge = why.exists ? `there is an edge of weight ${digits(why.weight)}` : "there is no edge";
  if (why.rule === "zero") return `“${opLook(target.op).label}” gives zeros whatever comes in: ${edge}.`;
  if (why.rule === "pass") {
    const name = capital(target.module);
    return why.exists
      ? `${name} works on each channel by itself and keeps what is positive: ${edge}.`
      : `${name} works on each channel by itself: channel ${why.sourceChannel} reaches only channel ${why.sourceChannel}, so ${edge}.`;
  }
  const sums = why.partialSums.length;
  const positive = why.partialSums.filter(({ sum }) => sum > 0).length;
  if (sums === 1) {
    return positive === 1
      ? `The only sum is positive, so after ReLU something is left: ${edge}.`
      : `The only sum is not positive, so ReLU leaves nothing: ${edge}.`;
  }
  if (positive === 0) return `None of the ${count(sums)} sums is positive, so ReLU leaves nothing: ${edge}.`;
  const some = positive === sums ? `All ${count(sums)} sums are` : `${capital(count(positive))} of ${count(sums)} sums ${positive === 1 ? "is" : "are"}`;
  return `${some} positive, so after ReLU something is left: ${edge}.`;
}

/** What is cut off, or null: names layers that get nothing (operations `none` aside, which are meant to). */
export function starvedSentence(layers: readonly LayerInfo[], starved: readonly number[], cellsPerStack: number): string | null {
  const hungry = starved.map((id) => layers[id]!).filter((layer) => layer.op !== "none");
  if (hungry.length === 0) return null;
  const names = hungry.slice(0, 4).map((layer) => layerName(layer, cellsPerStack)).join("; ");
  const rest = hungry.length > 4 ? ` and ${hungry.length - 4} more` : "";
  const cut = hungry.some((layer) => layer.kind === "output") ? "The output is cut off. " : "";
  return `${cut}Nothing from the input reaches ${names}${rest} (marked ∅). NASGraph tests each pair of layers by itself, so these still have edges.`;
}
