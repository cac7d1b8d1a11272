// What the page must know of a search space before the module is there: its name, the settings of its networks, and
// where a visitor starts in it. All else (operations, size, rules) the module says.
import { ENAS, DARTS_V2, NASNET_A, AMOEBANET_A, PNASNET } from "./nds/genotypes.ts";
import type { SpaceId } from "../types.ts";

/** A setting of the surrogate networks, as `NetworkOptions` names it. */
export type OptionId = "cellsPerStack" | "stemChannels" | "task" | "initChannels" | "layers";

export interface SpaceStart {
  readonly label: string;
  /** What a cell is here: goes on after "A cell". */
  readonly intro: string;
  /** Settings that its networks have, besides the seed. */
  readonly options: readonly OptionId[];
  /** Lowest and highest number of stem channels, of which each must be even; other settings are limited alike everywhere. */
  readonly evenStem?: readonly [number, number];
  /** In printed form. */
  readonly cell: string;
  /** w_low, w_high of ε, as its author set them; those of NAS-Bench-201 where she set none. */
  readonly weights: readonly [number, number];
  /** Column of the table of known figures that cells are judged by; null where there is no table. */
  readonly target: string | null;
}

// Its first stem convolution has half the channels of the second.
const TRANSNAS = {
  options: ["task", "stemChannels"],
  evenStem: [4, 64],
  weights: [1e-7, 1],
  target: "class_object_test_top1",
} as const;
const NDS = {
  intro:
    "is one of a pair, normal and reduction; in each, every node adds up two operations on earlier ones. The network is a row of normal cells with two reduction cells among them.",
  options: ["initChannels", "layers"],
  weights: [1e-7, 1],
  target: null,
} as const;

export const SPACES: Readonly<Record<SpaceId, SpaceStart>> = {
  nasbench201: {
    label: "NAS-Bench-201",
    intro:
      "is a small network: six edges, one of five operations on each. The full network stacks it 15 times. All 15,625 cells of NAS-Bench-201 have been trained, so every score here can be checked.",
    options: ["stemChannels", "cellsPerStack"],
    // A residual-like cell: two convolutions beside a skip.
    cell: "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|skip_connect~2|",
    weights: [1e-7, 1],
    target: "cifar10_test_acc",
  },
  nasbench101: {
    label: "NAS-Bench-101",
    intro:
      "is a small graph: up to seven vertices, one of three operations on each, and up to nine edges. The full network stacks it nine times. Of its 423,624 trained cells, 30,001 are here to check scores against.",
    options: ["stemChannels", "cellsPerStack"],
    cell: "4:0101001000010000:input|conv3x3-bn-relu|conv3x3-bn-relu|output",
    weights: [1e-4, 10],
    target: "val_acc_epoch108",
  },
  "transnas101-micro": {
    ...TRANSNAS,
    label: "TransNAS-Bench-101 micro",
    intro:
      "is a small network: six edges, one of four operations on each. The full network has five of it and a decoder for the task. All 4,096 have been trained for seven tasks.",
    cell: "64-41414-3_03_101",
  },
  "transnas101-macro": {
    ...TRANSNAS,
    label: "TransNAS-Bench-101 macro",
    intro:
      "is here the whole network: four to six residual blocks, each of which may double the channels or halve the side. All 3,256 have been trained for seven tasks.",
    cell: "64-1234-basic",
  },
  "nds-darts": { ...NDS, label: "DARTS (NDS)", cell: DARTS_V2, target: "val_accuracy" },
  "nds-enas": { ...NDS, label: "ENAS (NDS)", cell: ENAS },
  "nds-pnas": { ...NDS, label: "PNAS (NDS)", cell: PNASNET },
  "nds-nasnet": { ...NDS, label: "NASNet (NDS)", cell: NASNET_A },
  "nds-amoeba": { ...NDS, label: "Amoeba (NDS)", cell: AMOEBANET_A },
};

export const SPACE_IDS = Object.keys(SPACES) as SpaceId[];

/** Spaces whose cells all make networks with the same layers, so that a selected channel means the same after an edit. */
export const FIXED_LAYERS: ReadonlySet<SpaceId> = new Set<SpaceId>(["nasbench201", "transnas101-micro"]);

/** Tasks of TransNAS-Bench-101 that have a network; NASGraph's authors define none for jigsaw. */
export const TASKS = [
  "class_object",
  "class_scene",
  "room_layout",
  "segmentsemantic",
  "autoencoder",
  "normal",
] as const;
