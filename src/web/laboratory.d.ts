// The boundary of the second module: searches, and measures of whole columns. As in `types.d.ts`: plain data only, and
// every function throws a `CellscopeError`.
import type { Batch, Correlation, NetworkOptions, Predictor, SpaceId } from "cellscope";

/** This module's own batches: those of `cellscope` live in another memory. */
export { Batch, Predictor } from "cellscope";

/** Which end of a column is the good one. */
export type Better = "larger" | "smaller";

/** Settings of a search. The same options, seed and run give the same rows, here and in the command line. */
export interface SearchOptions {
  /** Random search, ageing evolution (Real et al. 2019), or hill climbing on accuracy with restarts. */
  method: "random" | "ageing-evolution" | "local-search";
  /** Accuracies that a run looks up, the initial population included: exactly so many rows. Default 300. */
  budget?: number;
  /** Number of runs. Default 1. */
  runs?: number;
  /** Number of the first of them, from 0, so that several workers can share the runs of a seed. Default 0. */
  firstRun?: number;
  /** Seed of the runs' random choices. Default 0. */
  seed?: number;
  /** The first cells are the best by the guide of so many random ones; scoring them costs nothing. Default 0. */
  warmup?: number;
  /** Ageing evolution: choose the `parent` by the guide, as the authors of ε do, or the best of some `children`.
   *  Local search, with either: look at the neighbours in the order of the guide. Default: no move. */
  move?: "parent" | "children" | null;
  /** Children among which the guide chooses. Default 5. */
  candidates?: number;
  /** Ageing evolution: members of the population (default 64) and of a tournament (default 10). */
  population?: number;
  tournament?: number;
  /** Which accuracies are good. Default "larger". */
  better?: Better;
}

/** Look-ups, one an entry. */
export interface SearchRows {
  /** Which run, from 0 (the command line counts from 1), and which look-up of it, from 1. */
  run: Uint32Array;
  step: Uint32Array;
  /** Place of the cell among the cells of the search. */
  cell: Uint32Array;
  /** Score by the guide; NaN where undefined or without guide. */
  score: Float64Array;
  accuracy: Float64Array;
  /** Best accuracy of the run so far. */
  best: Float64Array;
}

/** Searches in steps, run after run, so that a worker can report, pause and stop. */
export class Search {
  /**
   * `texts` null = all cells of the space in index order; else no two of them may compute the same function.
   * `accuracy` one a cell; cells where it is NaN are never drawn, mutated into or looked up.
   */
  constructor(space: SpaceId, texts: string[] | null, accuracy: Float64Array, options: SearchOptions);
  /** A guide by scores that are there already, one a cell; NaN (undefined) comes last. */
  guideByColumn(scores: Float64Array, better: Better): void;
  /** A guide by a proxy that is computed when a score is asked for, once a cell. */
  guideByProxy(proxy: string, options?: NetworkOptions): void;
  /** Needed before the first step if the guide is `epsilon`. */
  setBatch(batch: Batch, weights?: [number, number]): void;
  /** Needed before the first step if the guide is `tgnas`. */
  setPredictor(predictor: Predictor): void;
  /** Rows in all, and so far. */
  readonly total: number;
  readonly done: number;
  /** Cells of the warm-up scored so far in the run under way. */
  readonly warmed: number;
  /** The best of all cells: what an exhaustive search finds. */
  optimum(): { cell: number; accuracy: number };
  /** Scores up to `work` cells of a warm-up or looks up as many accuracies; returns the look-ups. */
  step(work: number): SearchRows;
  free(): void;
}

/** Measures of the ε paper over the best cells; larger must be better in both columns. */
export interface TopMeasures {
  /** Correlations over the cells whose accuracy exceeds its 90 % quantile. */
  spearmanTop10: number | null;
  kendallTop10: number | null;
  /** Per cent of the best tenth by score that belong to the best tenth by accuracy. */
  top10Overlap: number | null;
  /** How many of the 64 best by score have an accuracy above its 95 % quantile; null for 64 cells or fewer. */
  top64InTop5: number | null;
}

export interface Slice extends Correlation {
  /** Decile of accuracy, 0 (lowest) to 9; number of convolutions; 0 without, 1 with a skip connection. */
  group: number;
}

/** By how much one score's correlation with the accuracy exceeds another's, over the cells where all three are defined. The
 *  intervals are of the paired bootstrap: both correlations over the same resamples. */
export type Difference = Correlation;

export interface SliceDifference extends Difference {
  /** As in `Slice`. */
  group: number;
}

/** Rank correlations of one column with several, and their intervals, in steps, so that a worker can report and stop. */
export class Correlations {
  /** As `correlation` of each two, with the same numbers; 0 resamples: no intervals. */
  constructor(x: Float64Array, ys: Float64Array[], resamples: number, seed: number);
  /** Resamples in all and so far, summed over the columns. */
  readonly total: number;
  readonly done: number;
  /** Does so many resamples of a column, rounded up to what is done together. */
  step(resamples: number): void;
  /** One a column; intervals over the resamples so far. */
  found(): Correlation[];
  free(): void;
}

/** The best by a proxy of N random cells, again and again: one entry a repetition. */
export interface BestOf {
  /** Place of the chosen cell; −1 if no drawn cell has a score. */
  cell: Int32Array;
  /** Its accuracy (NaN if there is none), and its ranks by it among the drawn cells and among all; 0 if there is none. */
  accuracy: Float64Array;
  rank: Uint32Array;
  rankOfAll: Uint32Array;
  /** The best accuracy among the drawn cells, and that of the first of them. */
  optimum: Float64Array;
  random: Float64Array;
  /** Drawn cells without a score: they are never chosen. */
  undefined: Uint32Array;
  /** Repetitions in which a cell was chosen; the means are over these, null if there are none. */
  chosen: number;
  mean: number | null;
  sd: number | null;
  /** Mean of `rank`, which counts from 1; the notebooks of ε count from 0. */
  meanRank: number | null;
}

export function topMeasures(score: Float64Array, accuracy: Float64Array): TopMeasures;
/** Positions of the pairs that no other pair dominates, from the best x on; NaN does not count. */
export function front(x: Float64Array, xBetter: Better, y: Float64Array, yBetter: Better): Uint32Array;
/** Mean of the ranks (1 = best, ties averaged) by several columns, over the cells where all are defined; NaN elsewhere. */
export function averageRanks(columns: Float64Array[], better: Better[]): Float64Array;
/** Places by which the score puts each cell too high (positive) or too low (negative); NaN where either is undefined. */
export function overrating(
  score: Float64Array, scoreBetter: Better, accuracy: Float64Array, accuracyBetter: Better,
): Float64Array;
/** Correlation of score and accuracy within slices of the cells (`texts` null = all of the space in index order). */
export function slices(
  space: SpaceId, texts: string[] | null, score: Float64Array, accuracy: Float64Array,
  by: "decile" | "convs" | "skip", resamples: number, seed: number,
): Slice[];
/** Both scores turned so that larger is better, as is the accuracy. */
export function difference(
  first: Float64Array, second: Float64Array, accuracy: Float64Array, resamples: number, seed: number,
): Difference;
/** The same within slices of the cells. */
export function sliceDifferences(
  space: SpaceId, texts: string[] | null, scores: [first: Float64Array, second: Float64Array], accuracy: Float64Array,
  by: "decile" | "convs" | "skip", resamples: number, seed: number,
): SliceDifference[];
/** Lower quartile, median and upper quartile of curves, point by point; NaN does not count. */
export function quartileBands(curves: Float64Array[]): { low: Float64Array; median: Float64Array; high: Float64Array };
/** The experiment in steps; those done so far are the one with fewer repetitions. */
export class BestOfRun {
  constructor(
    scores: Float64Array, scoreBetter: Better, accuracy: Float64Array, accuracyBetter: Better,
    samples: number, repeats: number, seed: number,
  );
  /** Repetitions in all, and so far. */
  readonly total: number;
  readonly done: number;
  /** Does up to so many repetitions; returns these, with the means over all so far. */
  step(repeats: number): BestOf;
  free(): void;
}

/** How a predictor is trained. The same options give the same weights, bit for bit, here and natively. */
export interface TrainerOptions {
  /** Seed of the initial weights and of the order of the cells. Default 0. */
  seed?: number;
  /** Cells to train on, at most 24,001 (in the same random order for every seed). Default 8000. */
  cells?: number;
  /** Passes over them, at most 1000. Default 40. */
  epochs?: number;
  /** Cells a batch. Default 128. */
  batch?: number;
  /** The accuracy itself, the normal score of its rank (default), or nothing but the order of pairs. */
  target?: "raw" | "rank" | "pairs";
  form?: "authors" | "contracted";
  /** Whether sums over the nodes that a node reads stay sums (default) or are divided by their number. */
  normalisation?: "plain" | "rows";
  /** What is read of the last layer. Default "global". */
  readout?: "global" | "mean" | "both";
  /** Graph convolutions, at most 8. Default 4. */
  layers?: number;
}

/** Where a training stands after some batches. */
export interface TrainingProgress {
  /** Epochs done, and batches done in the current one: 0 at the end of an epoch. */
  epoch: number;
  step: number;
  /** Batches an epoch. */
  steps: number;
  /** Mean loss of the batches that this call has done. */
  loss: number;
}

/** Trains a predictor on NAS-Bench-101, a few batches a call, so that a worker can report, pause and stop. */
export class Trainer {
  /** The files `nasbench101.known` and `operators.words`. */
  constructor(table: Uint8Array, words: Uint8Array, options?: TrainerOptions);
  /** Batches in all, and so far. */
  readonly total: number;
  readonly done: number;
  /** Trains on up to so many batches; stops at the end of an epoch. */
  step(batches: number): TrainingProgress;
  /** τ on 3,000 cells of NAS-Bench-101 that are not trained on; null if all predictions are equal. */
  evaluate(): number | null;
  /** Predictions of the model as it is; `texts` null = all cells of the space in index order. */
  predict(space: SpaceId, texts: string[] | null): Float64Array;
  /** τ of these predictions with accuracies. */
  tau(space: SpaceId, texts: string[] | null, accuracies: Float64Array): number | null;
  /** The model as it is, as a file that `Predictor` reads. */
  weights(): Uint8Array;
  free(): void;
}
