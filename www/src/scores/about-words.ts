// What explanations of the scores say of each space.
import type { NetworkSettings } from "../state.ts";
import type { SpaceId } from "../types.ts";
import { familyOf } from "./words.ts";

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? "" : "s"}`;

/** The small network whose channels are the graph's nodes. */
export function surrogateWords(space: SpaceId, options: NetworkSettings): string {
  const { cellsPerStack, stemChannels, initChannels, layers, task } = options;
  switch (familyOf(space)) {
    case "nasbench201":
      return `a small network without batch norm: three stacks of ${count(cellsPerStack, "cell")} each, ${stemChannels} channels in the first, and a reduction block between stacks`;
    case "nasbench101":
      return `a small network without batch norm: three stacks of ${count(cellsPerStack, "cell")} each, ${stemChannels} channels in the first, and a 2×2 max pool between stacks. Each vertex that the input feeds gets a 1×1 convolution of its own`;
    case "transnas":
      return `the trained network without batch norm, with ${stemChannels} channels behind the stem instead of 64, and the decoder for ${task.replace("_", " ").replace("segmentsemantic", "segmentation")}`;
    case "nds":
      return `a small network without batch norm: ${count(layers, "cell")}, two of them reduction cells, ${count(initChannels, "channel")} at first, and ReLU behind each convolution rather than before it`;
  }
}

/** When ε is undefined, or means nothing. */
export function epsilonLimits(space: SpaceId): string {
  return familyOf(space) === "nasbench101"
    ? "Here the output joins several kinds of channels, so whether 32-bit numbers keep the signal is not to be read from the cell: the calculation decides. An ε below 0.0001 is rounding noise, which changes with the order in which numbers are added."
    : "Where every path passes a convolution, the small weights leave nothing of the signal in 32-bit numbers: ε is undefined then, which says nothing about the cell's accuracy.";
}
