// What the page and its workers say to each other: plain data, one answer per request by id.
import type * as Api from "../../../src/web/types";
import type { BatchSpec, NetworkSettings } from "../state/state.ts";
import type { ColumnInfo, EpsilonResult, Failure, PredictorInfo, SpaceId } from "../types.ts";

/** Functions of the module that are called as they are. */
type Direct =
  | "version"
  | "spaces"
  | "proxies"
  | "describe"
  | "cellAt"
  | "neighbours"
  | "sample"
  | "list"
  | "equalCells"
  | "score"
  | "graph"
  | "graphDot"
  | "explainEdge"
  | "rank"
  | "rankOf"
  | "correlation"
  | "operatorTexts"
  | "operatorGraph";

export interface BatchPictures {
  label: string;
  count: number;
  /** RGBA bytes of 32×32 images, one after another: those asked for that exist. */
  rgba: Uint8ClampedArray;
}

/** Weights of a predictor that are not the shipped ones: bytes that the client holds. */
export interface ModelFile {
  readonly file: number;
}

/** A predictor and the words that it can read. */
export interface PredictorTable extends Api.PredictorInfo {
  /** Cosine of the angle between the vectors of every two of the words, row by row. */
  cosines: Float64Array;
  /** Words that occur in NAS-Bench-101, on which it was trained. */
  trained: string[];
}

/** Every operator of a cell in all other words. */
export interface OccludedCell extends Api.Occlusion {
  operators: Api.OperatorGraph["nodes"];
}

/** Predictions of many cells. */
export interface PredictRequest {
  kind: "predict";
  space: SpaceId;
  texts: readonly string[];
  form: Api.OperatorForm;
  model: ModelFile | null;
}

export interface PredictPart {
  start: number;
  values: Float64Array;
}

/** What the predictor's worker answers besides. A form may be one that the model was not trained on. */
export interface PredictorCalls extends Pick<typeof Api, "operatorGraph" | "operatorGraphWith" | "operatorTexts"> {
  predictorTable(model: ModelFile | null): Promise<PredictorTable>;
  occlude(space: SpaceId, text: string, form: Api.OperatorForm, model: ModelFile | null): Promise<OccludedCell>;
}

/** A table of known figures: that of a space, or a second one with further columns of the same rows. */
export type TableId = SpaceId | "nasbench201-more";

/** Everything a worker answers. Batches and the known table stay in the worker and are named, not passed. */
export interface Calls extends Pick<typeof Api, Direct> {
  epsilon(space: SpaceId, text: string, batch: BatchSpec, weights: readonly [number, number]): EpsilonResult;
  /** Up to `count` pictures of a batch from `first` on, for showing. */
  batchPictures(batch: BatchSpec, first: number, count: number): BatchPictures;
  knownColumns(table: TableId): ColumnInfo[];
  /** Texts of the cells that the table knows, in the order of its rows. */
  knownCells(space: SpaceId): string[];
  /** Rows of the table drawn without replacement. */
  knownDraw(space: SpaceId, count: number, seed: number): Uint32Array;
  /** The row of a cell or of one equal to it, or null. */
  knownRowOf(space: SpaceId, text: string): number | null;
  /** In the order of the table's rows; NaN where there is no figure. */
  knownColumn(table: TableId, id: string): Float64Array;
  knownRow(table: TableId, text: string): Record<string, number | null>;
  // TG-NAS: its files (0.3 MB) are fetched by the first of these calls. `model`: null = the shipped weights.
  predictorInfo(model: ModelFile | null): PredictorInfo;
  predict(space: SpaceId, text: string, model: ModelFile | null): number;
  /** Canonical form of every cell of a countable space, in index order. */
  canonicalForms(space: SpaceId): string[];
}
export type CallName = keyof Calls;
export type Answer<N extends CallName> = ReturnType<Calls[N]>;

/** A run over many cells: `texts` null = all of the space in index order. */
export interface SweepRequest {
  space: SpaceId;
  texts: string[] | null;
  proxies: string[];
  options: NetworkSettings;
  /** Needed if `epsilon` is among the proxies. */
  batch: BatchSpec | null;
  /** Constant weights of ε, low and high; those of its authors if left out. */
  weights?: readonly [number, number];
  /** Weights by which `tgnas` predicts; the shipped ones if null or left out. */
  model?: ModelFile | null;
}

/** What a slice of a sweep found. */
export interface SweepPart {
  /** The first of the cells. */
  start: number;
  /** `proxies.length` values a cell; NaN = undefined. */
  rows: Float64Array;
  /** Time that the worker spent on them. */
  seconds: number;
}

// Every worker speaks the following; which calls and jobs it knows is its own.
export type ToWorker =
  | { type: "call"; id: number; lane: string | null; name: string; args: unknown[] }
  /** Long work, done a slice at a time. */
  | { type: "job"; id: number; request: unknown }
  /** Holds a job, or lets it go on. */
  | { type: "pause"; id: number; paused: boolean }
  | { type: "cancel"; id: number }
  /** Bytes of a file batch: a CIFAR-10 binary file's head, or RGBA images one after another. */
  | { type: "file"; file: number; bytes: Uint8Array };

export type FromWorker =
  | { type: "ready" }
  | { type: "answer"; id: number; value: unknown }
  | { type: "failure"; id: number; failure: Failure }
  /** What a slice of a job found. */
  | { type: "part"; id: number; value: unknown }
  | { type: "finished"; id: number }
  /** The module is unusable (it could not be loaded, or it trapped); the page starts another worker. */
  | { type: "fatal"; id: number | null; message: string };
