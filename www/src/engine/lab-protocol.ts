// What the laboratory's panels and their workers say to each other, by the words of `../protocol.ts`.
import type * as Api from "../../../src/web/laboratory";
import type { ModelFile } from "./protocol.ts";
import type { BatchSpec, NetworkSettings } from "../state/state.ts";
import type { Correlation, SpaceId } from "../types.ts";

export type * from "../../../src/web/laboratory";

/** Functions of the module that are called as they are. */
export type LabCalls = Pick<
  typeof Api,
  | "topMeasures"
  | "front"
  | "averageRanks"
  | "overrating"
  | "difference"
  | "slices"
  | "sliceDifferences"
  | "quartileBands"
>;
export type LabCallName = keyof LabCalls;
export type LabAnswer<N extends LabCallName> = ReturnType<LabCalls[N]>;

/** What guides a search: scores that are there already, one a cell, or a proxy that is computed where one is needed. */
export type GuideSpec =
  | { readonly scores: Float64Array; readonly better: Api.Better }
  | {
      readonly proxy: string;
      readonly options: NetworkSettings;
      /** Needed if the proxy is `epsilon`. */
      readonly batch: BatchSpec | null;
      readonly weights: readonly [number, number];
      /** Weights by which `tgnas` predicts; null = the shipped ones. */
      readonly model: ModelFile | null;
    };

export interface SearchRequest {
  kind: "search";
  space: SpaceId;
  /** Null = all of the space in index order. */
  texts: readonly string[] | null;
  /** One a cell; NaN where it is not known. */
  accuracy: Float64Array;
  options: Api.SearchOptions;
  guide: GuideSpec | null;
}

/** What a slice of a search found. */
export interface SearchPart extends Api.SearchRows {
  /** Cells of a warm-up that have been scored so far in the run under way. */
  warmed: number;
}

/** A training of TG-NAS’s predictor on NAS-Bench-101. */
export interface TrainRequest {
  kind: "train";
  seed: number;
  cells: number;
  epochs: number;
  target: "raw" | "rank" | "pairs";
  form: "authors" | "contracted";
  /** Of all cells of NAS-Bench-201 in index order: to watch. */
  accuracy: Float64Array;
}

/** After an epoch. */
export interface EpochReport {
  readonly epoch: number;
  /** Mean over the epoch’s batches. */
  readonly loss: number;
  /** τ on cells of NAS-Bench-101 that are not trained on; null if all are predicted alike. */
  readonly heldOut: number | null;
  /** τ on NAS-Bench-201: to watch, not to choose by. */
  readonly watched: number | null;
  /** Worked since the start. */
  readonly seconds: number;
}

/** What a slice of a training did. */
export interface TrainPart {
  /** Batches done, and all of them. */
  done: number;
  total: number;
  seconds: number;
  /** If an epoch has ended. */
  epoch: EpochReport | null;
  /** The model after that epoch, as a file. */
  weights: Uint8Array<ArrayBuffer> | null;
}

/** Correlations of one column with several, with intervals if `resamples` > 0. */
export interface CorrelateRequest {
  kind: "correlate";
  x: Float64Array;
  ys: readonly Float64Array[];
  resamples: number;
  seed: number;
}

/** What a slice of it did. */
export interface CorrelatePart {
  /** Resamples done, and all of them, summed over the columns. */
  done: number;
  total: number;
  /** One a column, at the end. */
  found: Correlation[] | null;
}

/** Choosing the best of some cells by a proxy, again and again. */
export interface BestRequest {
  kind: "best";
  scores: Float64Array;
  scoresBetter: Api.Better;
  accuracy: Float64Array;
  accuracyBetter: Api.Better;
  samples: number;
  repeats: number;
  seed: number;
}

/** The repetitions of a slice; means are over all so far. */
export interface BestPart extends Api.BestOf {
  done: number;
}

/** The long jobs by kind: what is asked, and what comes of a slice. */
export interface LabJobs {
  search: { request: SearchRequest; part: SearchPart };
  train: { request: TrainRequest; part: TrainPart };
  correlate: { request: CorrelateRequest; part: CorrelatePart };
  best: { request: BestRequest; part: BestPart };
}
export type JobKind = keyof LabJobs;
