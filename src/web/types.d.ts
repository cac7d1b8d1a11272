// The typed boundary between the wasm module and JavaScript: plain data only, all numbers finite unless said.
// This file is the contract: wasm-bindgen copies it into the generated declarations.

/** Identifier of a search space, as in the command line's `--space`. */
export type SpaceId =
  | "nasbench201" | "nasbench101" | "transnas101-micro" | "transnas101-macro"
  | "nds-darts" | "nds-enas" | "nds-pnas" | "nds-nasnet" | "nds-amoeba";

/** What every exported function throws: a plain object, never a string, never a panic. */
export interface CellscopeError {
  kind: "parse" | "limit" | "shape" | "batch" | "known" | "predictor" | "argument" | "unsupported";
  /** One sentence that names the offending part. */
  message: string;
  /** Where in the text it is (1-based column, in characters), or null. */
  at: { column: number; length: number; text: string } | null;
}

/** Settings of NASGraph's surrogate network. Every field may be left out. */
export interface NetworkOptions {
  /** PyTorch seed of the network, 0 to 4,294,967,295. Default 1. */
  seed?: number;
  /** Cells a stack, 1 to 16. Default 1. */
  cellsPerStack?: number;
  /** Channels of the stem, 1 to 128. Default 16. */
  stemChannels?: number;
  /** TransNAS-Bench-101: task, which decides the decoder. Default `class_object`. */
  task?: string;
  /** NDS: channels of the first cell, 1 to 64. Default 8. */
  initChannels?: number;
  /** NDS: cells, 1 to 20. Default 8. */
  layers?: number;
}

export interface CellEdge {
  /** Node that the edge leaves and node that it enters; node 0 is the input. */
  source: number;
  target: number;
  op: string;
}

/** What is known of a cell from its text alone. */
export interface CellInfo {
  space: SpaceId;
  /** The text in its printed form. */
  text: string;
  /** Position in the published order, or null where the space is not countable. */
  index: number | null;
  nodes: number;
  /** Operations of the nodes, `input` and `output` included, in spaces whose nodes carry them; else null. */
  nodeOps: string[] | null;
  /** Operations of the edges; their `op` is empty where the nodes carry them. NDS: the normal cell, then the reduction cell. */
  edges: CellEdge[];
  /** Text of the canonical form: equal for cells that compute the same function by the stated rule. */
  canonical: string;
  /** How many cells of the space share the canonical form, this one included; null if not counted. */
  classSize: number | null;
  /** Whether any path of operations other than `none` joins input and output. */
  connected: boolean;
  /** Whether one of these paths has no parameters (skips and pools only). */
  parameterFreePath: boolean;
  /** Edges (by position in `edges`) that lie on no path from input to output. */
  deadEdges: number[];
}

export interface Measures {
  nodes: number;
  edges: number;
  averageDegree: number;
  density: number;
  resilience: number;
  entropy: number;
  wedge: number;
  gini: number;
}

export interface ExpectedDegree {
  /** Expected average degree over all seeds, and its standard deviation. */
  mean: number;
  sd: number;
}

export interface Cost {
  /** Trainable parameters of the full network (CIFAR-10 setting; NDS: 36 channels and 20 cells, whatever the surrogate has). */
  params: number;
  /** Multiply-accumulates of convolutions and linear layers for one image. */
  flops: number;
}

/** Everything but ε: cheap enough for every edit. */
export interface Scores {
  text: string;
  measures: Measures;
  /** Null, with a reason, where there is no closed form. */
  expected: ExpectedDegree | null;
  expectedReason: string | null;
  /** Null, with a reason, where the trained network is not built. */
  cost: Cost | null;
  costReason: string | null;
  /** Why `epsilon` is not offered, where it is not. */
  epsilonReason: string | null;
}

export interface EpsilonResult {
  /** The score, or null with a reason. */
  epsilon: number | null;
  reason: string | null;
  /** Raw network outputs, one an image, at the low and the high weight (may hold NaN or infinity). */
  rawLow: Float32Array;
  rawHigh: Float32Array;
  /** Min-max normalised outputs, one an image; NaN where undefined. */
  low: Float32Array;
  high: Float32Array;
  weights: [number, number];
  /** What the batch was, e.g. `leaves:0:64`. */
  batch: string;
}

export type LayerKind = "input" | "stem" | "reduction" | "cell" | "output";

export interface LayerInfo {
  id: number;
  kind: LayerKind;
  /** Short label, e.g. `stem`, `conv_a`, `0→1`. */
  label: string;
  /** Operation for colour: an op name of the space, or `conv`, `identity`. */
  op: string;
  /** The module in words, e.g. `conv 3×3, stride 2, padding 1`. */
  module: string;
  stack: number | null;
  cell: number | null;
  /** Position in `CellInfo.edges`, or null. */
  cellEdge: number | null;
  /** Node of the (pruned) cell that it stands for, or null. */
  cellNode: number | null;
  input: [number, number, number];
  output: [number, number, number];
  parents: number[];
}

/** NASGraph's channel graph. Nodes are ordered by layer, then channel; edges by target layer, parent, source channel, target channel. */
export interface ChannelGraph {
  text: string;
  layers: LayerInfo[];
  nodeLayer: Uint32Array;
  nodeChannel: Uint32Array;
  /** In- and out-degree of each node. */
  nodeIn: Uint32Array;
  nodeOut: Uint32Array;
  /** Index of the source and target node of each edge. */
  edgeSource: Uint32Array;
  edgeTarget: Uint32Array;
  edgeWeight: Float64Array;
  measures: Measures;
}

/** Why there is, or is not, an edge between two channels. */
export interface EdgeExplanation {
  sourceLayer: number;
  sourceChannel: number;
  targetLayer: number;
  targetChannel: number;
  exists: boolean;
  /** `conv`: a kernel and its partial sums; `chain`: several convolutions together; `pass`: identity or pooling; `zero`: the op gives nothing. */
  rule: "conv" | "chain" | "pass" | "zero";
  /** The kernel, row-major, [height, width]; empty unless `conv`. */
  kernel: Float32Array;
  kernelShape: [number, number];
  /** The distinct sums that the kernel gives on an all-ones image, with how many positions have each. */
  partialSums: {
    /** First and one-past-last row and column of the kernel that lie inside the image. */
    rows: [number, number];
    columns: [number, number];
    positions: number;
    sum: number;
  }[];
  /** Sum over the image of the output channel after ReLU. */
  score: number;
  /** Sum of the scores of this pair of layers; weight = score / total. */
  total: number;
  weight: number;
}

export interface ProxyInfo {
  id: string;
  label: string;
  better: "larger" | "smaller" | "none";
  /** Whether it is read from the known table rather than computed. */
  tabulated: boolean;
}

export interface ColumnInfo {
  id: string;
  label: string;
  unit: string;
  role: "accuracy" | "cost" | "latency" | "score" | "prediction";
  better: "larger" | "smaller" | "none";
  /** Most digits after the point among the values. */
  decimals: number;
  /** Rows that have a value. */
  defined: number;
  source: string;
}

export interface RankResult {
  score: number | null;
  /** 1 is best; ties share the best rank; null where the score is undefined. */
  rank: number | null;
  /** Others with the same score. */
  ties: number;
  /** Share of the compared cells that this one beats or equals, 0 to 100. */
  percentile: number | null;
  /** How many cells it was compared with, itself included. */
  cells: number;
  defined: number;
}

export interface Correlation {
  /** Pairs given, and pairs in which both are defined (the ones used). */
  cells: number;
  defined: number;
  spearman: number | null;
  spearmanLow: number | null;
  spearmanHigh: number | null;
  kendall: number | null;
  kendallLow: number | null;
  kendallHigh: number | null;
}

/** Settings of `rank`. */
export interface RankOptions extends NetworkOptions {
  proxy: string;
  /** Cells to compare with, or "all". Default 200. */
  samples?: number | "all";
  /** Seed of the sample. Default 0. */
  sampleSeed?: number;
}

/** `name@version` of the package. */
export function version(): string;
export function spaces(): { id: SpaceId; label: string; size: number | null; classes: number | null; ops: string[];
  /** Settings that its networks have: `cells-per-stack`, `stem-channels`, `task`, `init-channels`, `layers`. */
  options: string[] }[];
export function proxies(space: SpaceId): ProxyInfo[];

export function describe(space: SpaceId, text: string): CellInfo;
/** Text of the cell at a position of the published order. */
export function cellAt(space: SpaceId, index: number): string;
export function neighbours(space: SpaceId, text: string): string[];
/** Cells drawn uniformly without replacement. */
export function sample(space: SpaceId, count: number, seed: number): string[];
/** All cells in the published order (countable spaces). */
export function list(space: SpaceId): string[];
/** All cells that share the canonical form of this one. */
export function equalCells(space: SpaceId, text: string): string[];

export function score(space: SpaceId, text: string, options?: NetworkOptions): Scores;
export function graph(space: SpaceId, text: string, options?: NetworkOptions): ChannelGraph;
export function graphDot(space: SpaceId, text: string, options?: NetworkOptions): string;
export function explainEdge(
  space: SpaceId, text: string, options: NetworkOptions | undefined,
  sourceLayer: number, sourceChannel: number, targetLayer: number, targetChannel: number,
): EdgeExplanation;
export function epsilon(space: SpaceId, text: string, batch: Batch, weights?: [number, number]): EpsilonResult;

/** Rank among the cells of the space. Where they cannot be listed, these are drawn ones; ranks among known cells: `KnownTable.rank`. */
export function rank(space: SpaceId, text: string, options: RankOptions): RankResult;
/** Rank of `value` among `values` (which hold it); NaN is undefined. */
export function rankOf(values: Float64Array, value: number, better: "larger" | "smaller"): RankResult;
/** Spearman and Kendall τ-b over the pairs in which both are defined (not NaN), with 95 % bootstrap intervals if `resamples` > 0. */
export function correlation(x: Float64Array, y: Float64Array, resamples: number, seed: number): Correlation;

/** Reads the table of known figures (`data/nasbench201.known`), checks its checksum. */
export function known(bytes: Uint8Array): KnownTable;

export class KnownTable {
  private constructor();
  readonly space: SpaceId;
  readonly rows: number;
  /** As `rank`; where the cells of the space cannot be listed, among those of this table, as the command line has it. */
  rank(text: string, options: RankOptions): RankResult;
  columns(): ColumnInfo[];
  /** Texts of the cells that have a row, in the order of the rows: index order where the space is countable. */
  cells(): string[];
  /** Rows drawn uniformly without replacement, as the command line draws from the known cells. */
  draw(count: number, seed: number): Uint32Array;
  /** The row of a cell, or of one that is equal to it where the space is not countable. */
  rowOf(text: string): number | undefined;
  /** A whole column in the order of the rows; NaN where there is no figure. */
  column(id: string): Float64Array;
  /** The figures of one cell by column; null where there is none. */
  row(text: string): Record<string, number | null>;
  free(): void;
}

/** A mini-batch of 32×32 RGB images, normalised as CIFAR-10. */
export class Batch {
  private constructor();
  /** Dead leaves: occluding discs, drawn from a seed. */
  static leaves(seed: number, count: number): Batch;
  /** White noise as `torch.manual_seed(seed); torch.randn(count, 3, 32, 32)`. */
  static randn(seed: number, count: number): Batch;
  /** The first `count` records of a CIFAR-10 binary file. */
  static cifar10(bytes: Uint8Array, count: number, name: string): Batch;
  /** `count` images of 32×32 RGBA bytes, as `ImageData.data` gives them, one after another. */
  static images(rgba: Uint8Array, count: number, name: string): Batch;
  readonly label: string;
  readonly count: number;
  /** RGBA bytes of one image, 32×32×4, for showing. */
  picture(index: number): Uint8ClampedArray;
  free(): void;
}

/** `authors`: every operator a node, `none` and skips included; `contracted`: `none` removes its edge, a skip joins what it joins, dead nodes are pruned. */
export type OperatorForm = "authors" | "contracted";

/** A cell's operators in words and what feeds what: inputs first, the output last, edges to later nodes. TG-NAS adds a global node that all feed. */
export interface OperatorGraph {
  nodes: {
    /** Number of the node in the authors' form, by which `predictWith` and `occlusion` name it. */
    id: number;
    /** Operation of the space, for colour; `input`, `output`. */
    op: string;
    text: string;
  }[];
  /** Source and target, as positions in `nodes`. */
  edges: [number, number][];
}

export interface PredictorInfo {
  /** Training data, seed, command. */
  note: string;
  /** Form of the graphs that it was trained on, and to which it brings every cell. */
  form: OperatorForm;
  /** What a prediction is: accuracy as a fraction; a normal score of the accuracy's rank (0 = median of the cells trained on); or nothing but an order. */
  target: "accuracy" | "normal-score" | "order";
  layers: number;
  width: number;
  /** Models whose mean is the prediction. */
  members: number;
  /** Whether a global node is read. */
  global: boolean;
  /** Texts that have a vector. */
  words: string[];
  /** Sentence transformer and licence. */
  wordsSource: string;
}

export interface Occlusion {
  /** The cell's own prediction. */
  base: number;
  /** Operators, by `id` of the graph's nodes in the authors' form. */
  nodes: number[];
  /** Words that stand in for them: all but `Input` and `Output`. */
  words: string[];
  /** Change of the prediction: a row a node, a column a word; 0 at its own word. */
  changes: Float32Array;
}

/** TG-NAS's texts of the operations, in the order of the space's `ops`; empty where it does not cover the space. */
export function operatorTexts(space: SpaceId): string[];
/** Throws `unsupported` with the reason where TG-NAS does not cover the space. */
export function operatorGraph(space: SpaceId, text: string, form: OperatorForm): OperatorGraph;
/** The same with other words at an operator, by its `id`. */
export function operatorGraphWith(space: SpaceId, text: string, form: OperatorForm, node: number, words: string): OperatorGraph;

/** TG-NAS's predictor: a graph convolution that reads operator names. */
export class Predictor {
  private constructor();
  /** From the files `data/tgnas.weights` and `data/operators.words`, or others of their formats. */
  static load(weights: Uint8Array, words: Uint8Array): Predictor;
  info(): PredictorInfo;
  /** The same model on graphs of a form that it need not have been trained on. */
  inForm(form: OperatorForm): Predictor;
  /** Larger is better. */
  predict(space: SpaceId, text: string): number;
  /** Prediction if the operator `node` (by `id`) had this vector in place of its own; it is an operator then, whatever it was. */
  predictWith(space: SpaceId, text: string, node: number, vector: Float32Array): number;
  /** Each operator in each other word. A word of the space gives the prediction of the neighbouring cell. */
  occlusion(space: SpaceId, text: string): Occlusion;
  /** Cosine between the vectors of every two of `info().words`, row by row. */
  similarities(): Float64Array;
  vector(text: string): Float32Array | undefined;
  free(): void;
}

/** Scores many cells in steps, so that a worker can report, pause and stop. */
export class Sweep {
  /** `texts` null = all cells of the space in index order. */
  constructor(space: SpaceId, texts: string[] | null, proxies: string[], options?: NetworkOptions);
  /** Needed before the first step if `epsilon` is among the proxies. Cells that compute the same function share one ε. */
  setBatch(batch: Batch, weights?: [number, number]): void;
  /** Other cells to score from now on, `done` and `total` anew; what cells share is not computed again. */
  setCells(texts: string[]): void;
  /** Needed before the first step if `tgnas` is among the proxies. */
  setPredictor(predictor: Predictor): void;
  readonly total: number;
  readonly done: number;
  /** Scores up to `cells` more; returns their values, one row of `proxies.length` a cell, NaN = undefined. */
  step(cells: number): Float64Array;
  free(): void;
}
