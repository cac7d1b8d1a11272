// What explanations of the scores say of each space.
import type { NetworkSettings } from "../state/state.ts";
import type { SpaceId } from "../types.ts";
import { familyOf, type Family } from "./words.ts";

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

interface CountedWords {
  /** The network of which parameters and FLOPs are counted. */
  readonly network: string;
  /** What a count says of a cell there. */
  readonly trend: string;
  /** How the tables' FLOPs differ. */
  readonly tables: string;
}

const BENCHMARK = {
  trend: "Neither large nor small is better by itself, but in this space larger networks tend to be more accurate.",
  tables: "Published tables also count batch norm and pooling, so their figures are a little larger.",
} as const;

const COUNTED: Readonly<Record<Exclude<Family, "transnas">, CountedWords>> = {
  nasbench201: {
    ...BENCHMARK,
    network: "the network that the benchmark trains: 15 cells of this kind, 16, 32 and 64 channels, 10 classes",
  },
  nasbench101: {
    ...BENCHMARK,
    network:
      "the network that the benchmark trains: nine cells of this kind in three stacks, 128, 256 and 512 channels, 10 classes",
  },
  nds: {
    network:
      "the network by which the authors of DARTS judge a pair of cells on CIFAR-10: 36 channels at first, 20 cells, 10 classes, no auxiliary head. The surrogate’s settings do not change it, and NDS gave each of its networks a width and depth of its own",
    trend: "It says what the network costs, not how good it is.",
    tables:
      "NASLib’s figures of 725 DARTS cells are of a smaller network (32 channels, 8 cells) and count batch norm, ReLU and pooling too.",
  },
};

/** What is said of parameters and FLOPs; null where they are not counted. */
export function countedWords(space: SpaceId): CountedWords | null {
  const family = familyOf(space);
  return family === "transnas" ? null : COUNTED[family];
}
