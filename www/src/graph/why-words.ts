// Sentences of "Why this edge?". Pure, so that they can be tested; apart from those of the picture, which is there at once.
import { opLook } from "../space/ops.ts";
import type { EdgeExplanation, LayerInfo } from "../types.ts";
import { digits } from "./words.ts";

const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** `nine`, `16`, `1,043`. */
export function count(value: number): string {
  return COUNTS[value] ?? value.toLocaleString("en-US");
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Why there is, or is not, an edge: one plain sentence. */
export function whySentence(why: EdgeExplanation, layers: readonly LayerInfo[]): string {
  const target = layers[why.targetLayer]!;
  const edge = why.exists ? `there is an edge of weight ${digits(why.weight)}` : "there is no edge";
  if (why.rule === "zero") return `“${opLook(target.op).label}” gives zeros whatever comes in: ${edge}.`;
  if (why.rule === "pass") {
    const reached = why.sourceChannel + (concatOffset(layers, why.sourceLayer, why.targetLayer) ?? 0);
    const name = passName(layers, target);
    return why.exists
      ? `${name} works on each channel by itself and keeps what is positive: ${edge}.`
      : `${name} works on each channel by itself: channel ${why.sourceChannel} reaches only channel ${reached}, so ${edge}.`;
  }
  if (why.rule === "chain") {
    const sum = why.exists
      ? `it sums to ${digits(why.score)} over the image`
      : "nothing is left of it anywhere in the image";
    return (
      `${chainWords(target)}. With 1 in channel ${why.sourceChannel} and 0 in all others, what counts is output channel ` +
      `${why.targetChannel} after the whole block: ${sum}, so ${edge}.`
    );
  }
  const sums = why.partialSums.length;
  const positive = why.partialSums.filter(({ sum }) => sum > 0).length;
  if (sums === 1) {
    return positive === 1
      ? `The only sum is positive, so after ReLU something is left: ${edge}.`
      : `The only sum is not positive, so ReLU leaves nothing: ${edge}.`;
  }
  if (positive === 0) return `None of the ${count(sums)} sums is positive, so ReLU leaves nothing: ${edge}.`;
  const some =
    positive === sums
      ? `All ${count(sums)} sums are`
      : `${capital(count(positive))} of ${count(sums)} sums ${positive === 1 ? "is" : "are"}`;
  return `${some} positive, so after ReLU something is left: ${edge}.`;
}

/** Where a parent's channels begin in a layer that concatenates its parents; null if it adds them up. */
export function concatOffset(layers: readonly LayerInfo[], source: number, target: number): number | null {
  const { parents, input } = layers[target]!;
  const widths = parents.map((parent) => layers[parent]!.output[0]);
  const sum = widths.reduce((total, width) => total + width, 0);
  if (parents.length < 2 || sum !== input[0]) return null;
  return widths.slice(0, parents.indexOf(source)).reduce((total, width) => total + width, 0);
}

/** A module without weights, as the subject of a sentence. */
function passName(layers: readonly LayerInfo[], target: LayerInfo): string {
  if (target.module !== "identity" || target.parents.length < 2) return capital(target.module);
  return concatOffset(layers, target.parents[0]!, target.id) === null ? "The sum" : "The concatenation";
}

/** How a module of several convolutions decides. */
function chainWords({ module }: LayerInfo): string {
  if (module.includes("factorised reduce")) return "Two 1×1 convolutions give half of the output channels each";
  if (module.includes("transposed conv"))
    return "A transposed convolution spreads each pixel over several and adds a bias";
  const convolutions = module.split(" · ").filter((part) => part.startsWith("conv")).length;
  return `${capital(count(convolutions))} convolutions decide together, so there is no one kernel to show`;
}

/** Why a pair of channels has no question to answer, or null: a sum drops what is beyond the channels of its layer. */
export function droppedSentence(
  layers: readonly LayerInfo[],
  names: readonly string[],
  source: number,
  channel: number,
  target: number,
): string | null {
  const width = layers[target]!.input[0];
  if (channel < width) return null;
  return `There is no edge: ${names[target]} takes ${width} channels, so channel ${channel} of ${names[source]} is dropped before it.`;
}
