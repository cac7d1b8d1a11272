// What the scores are computed on, in each space.
import type { NetworkSettings } from "../state.ts";
import type { SpaceId } from "../types.ts";

type Family = "nasbench201" | "nasbench101" | "transnas" | "nds";

export function familyOf(space: SpaceId): Family {
  if (space === "nasbench201" || space === "nasbench101") return space;
  return space.startsWith("nds") ? "nds" : "transnas";
}

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

/** The network of which parameters and FLOPs are counted; null where it is not built. */
export function trainedWords(space: SpaceId): string | null {
  switch (familyOf(space)) {
    case "nasbench201":
      return "the network that the benchmark trains: 15 cells of this kind, 16, 32 and 64 channels, 10 classes";
    case "nasbench101":
      return "the network that the benchmark trains: nine cells of this kind in three stacks, 128, 256 and 512 channels, 10 classes";
    default:
      return null;
  }
}

/** Why parameters, FLOPs and ε are not offered in a space. */
export function notBuiltWords(space: SpaceId): string {
  return familyOf(space) === "nds"
    ? "The networks that NDS trained have batch norm, and a width and depth of their own each; they are not built here."
    : "The network that TransNAS-Bench-101 trains, with batch norm and a decoder for each task, is not built here.";
}

/** When ε is undefined, or means nothing. */
export function epsilonLimits(space: SpaceId): string {
  return familyOf(space) === "nasbench101"
    ? "Here the output joins several kinds of channels, so whether 32-bit numbers keep the signal is not to be read from the cell: the calculation decides. An ε below 0.0001 is rounding noise, which changes with the order in which numbers are added."
    : "Where every path passes a convolution, the small weights leave nothing of the signal in 32-bit numbers: ε is undefined then, which says nothing about the cell's accuracy.";
}

/** A closed form that is missing, without the layers' details. */
export function noClosedForm(space: SpaceId): string {
  return familyOf(space) === "nds"
    ? "No closed form: most operations are several convolutions in a row, whose weights share out the chance of an edge."
    : "No closed form for a skip that changes the shape: it is two convolutions side by side.";
}
