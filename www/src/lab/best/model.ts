// The experiment: score all known cells, draw and choose again and again, then time one repetition from nothing.
import { failureOf, Superseded } from "../../engine/client.ts";
import { knownColumn } from "../../engine/known.ts";
import type { SweepPart, SweepRequest } from "../../engine/protocol.ts";
import { drawRows } from "../../columns/rows.ts";
import { measureOf } from "../../columns/measures.ts";
import { cancel as cancelScores, keyOf, rank, scoreAll, scores } from "../../columns/model.ts";
import { store, type BatchSpec } from "../../state/state.ts";
import { createStore, useStoreOf } from "../../state/store.ts";
import type { Failure } from "../../types.ts";
import { WorkerHandle } from "../../engine/worker-handle.ts";
import { startJob } from "../../engine/lab-client.ts";
import type { BestOf, BestPart, BestRequest } from "../../engine/lab-protocol.ts";
import { joined } from "./joined.ts";
import type { BestSettings } from "./settings.ts";

/** How long scoring took, from nothing, in one worker. */
export interface Timing {
  readonly cells: number;
  readonly seconds: number;
}

export interface Experiment {
  readonly key: string;
  readonly settings: BestSettings;
  readonly target: string;
  readonly batch: BatchSpec;
  readonly found: BestOf;
  /** Cells that could be drawn, and those of known accuracy: fewer if the scoring was stopped. */
  readonly pool: number;
  readonly known: number;
  /** Null while it is being measured, and for what is read from a table. */
  readonly timing: Timing | null;
  /** Repetitions that were asked for: more than `settings` says if the drawing was stopped. */
  readonly asked: number;
}

export interface BestData {
  readonly stage: "idle" | "scoring" | "drawing" | "timing";
  readonly failure: Failure | null;
  /** Of the repetitions drawn, or the cells timed. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly done: Experiment | null;
}

export const best = createStore<BestData>({ stage: "idle", failure: null, progress: null, done: null });
export const useBest = <T>(select: (data: BestData) => T): T => useStoreOf(best, select);

/** What an experiment depends on. */
export function keyOfBest(settings: BestSettings): string {
  const state = store.get();
  const { space, target, options } = state;
  return JSON.stringify([settings, space, target, options, keyOf(state, settings.proxy)]);
}

let turn = 0;
/** Of the drawing or the timing under way. */
let abort: AbortController | null = null;

/** Runs the experiment; never rejects. */
export async function start(settings: BestSettings): Promise<void> {
  const mine = ++turn;
  const key = keyOfBest(settings);
  const { space, target, options, batch, weights, ownModel } = store.get();
  const stale = () => mine !== turn || key !== keyOfBest(settings);
  const end = (failure: Failure | null) => mine === turn && best.set({ stage: "idle", failure, progress: null });
  abort?.abort();
  best.set({ stage: "scoring", failure: null, progress: null, done: null });
  // What is drawn or timed for other settings, or in another space, is shown to nobody.
  const unsubscribe = store.subscribe(() => void (mine === turn && stale() && abort?.abort()));
  try {
    const job = await scoreAll(settings.proxy);
    if (stale()) return void end(null);
    if (job?.state === "failed") return void end(job.failure);
    const measure = measureOf(settings.proxy);
    if (!measure)
      return void end({ kind: "argument", message: `This space has no proxy “${settings.proxy}”.`, at: null });
    const drawing = (abort = new AbortController());
    best.set({ stage: "drawing", progress: { done: 0, total: settings.repeats } });
    const all = await knownColumn(space, target);
    const { values, scored } = scores().get(settings.proxy);
    // Only what was scored is drawn from, if the scoring was stopped.
    const accuracy = all.map((value, row) => (scored[row] === 0 ? NaN : value));
    const known = count(all);
    const better = measureOf(target)?.better ?? "larger";
    const pool = count(accuracy);
    if (pool < settings.samples) {
      return void end({
        kind: "argument",
        message: `${settings.samples} cells cannot be drawn from ${pool} that are scored and of known accuracy.`,
        at: null,
      });
    }
    const found = await draw(
      {
        kind: "best",
        scores: values.slice(0, all.length),
        scoresBetter: measure.better,
        accuracy,
        accuracyBetter: better,
        ...settings,
      },
      drawing.signal,
      (done) => mine === turn && best.set({ progress: { done, total: settings.repeats } }),
    );
    if (stale() || !found) return void end(null);
    // Each repetition has its own seed: those drawn before a stop are the experiment with fewer.
    const repeats = found.cell.length;
    const done: Experiment = {
      key,
      settings: { ...settings, repeats },
      asked: settings.repeats,
      target,
      batch,
      found,
      pool,
      known,
      timing: null,
    };
    const timing = (abort = new AbortController());
    best.set({ done, stage: "timing", progress: null });
    if (!measure.tabulated && !drawing.signal.aborted) {
      const { basis, rowOf, cells } = rank.get();
      const rows = await drawRows(space, basis, { count: settings.samples, seed: settings.seed }, rowOf);
      const heavy = settings.proxy === "epsilon";
      const model = settings.proxy === "tgnas" && ownModel !== null ? { file: ownModel } : null;
      const took = await timeAnew(
        { space, proxies: [settings.proxy], options, batch: heavy ? batch : null, weights, model },
        Array.from(rows, (row) => cells![row]!),
        timing.signal,
        (scored) => mine === turn && best.set({ progress: { done: scored, total: rows.length } }),
      );
      if (!stale()) best.set({ done: { ...done, timing: took } });
    }
    end(null);
  } catch (error) {
    end(failureOf(error));
  } finally {
    unsubscribe();
  }
}

/** Stops what is under way: what is scored by then is drawn from, what is drawn by then is shown. */
export function cancel(): void {
  if (best.get().stage === "scoring") cancelScores("whole");
  else abort?.abort();
}

/** The repetitions, as far as they get before a cancel; null if there are none by then. */
async function draw(request: BestRequest, signal: AbortSignal, tell: (done: number) => void): Promise<BestOf | null> {
  const parts: BestPart[] = [];
  try {
    await startJob<"best">(
      request,
      null,
      (part) => {
        parts.push(part);
        tell(part.done);
      },
      { signal },
    ).done;
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
  }
  return joined(parts);
}

const count = (values: Float64Array): number => values.reduce((sum, value) => sum + Number(!Number.isNaN(value)), 0);

/** Scores cells in a new worker, which shares nothing with what has been scored before, once its module has started. */
async function timeAnew(
  base: Omit<SweepRequest, "texts">,
  texts: readonly string[],
  signal: AbortSignal,
  tell: (done: number) => void,
): Promise<Timing> {
  const worker = new WorkerHandle(null);
  let scored = 0;
  try {
    // What is fetched once is no part of scoring.
    await worker.call(base.proxies.includes("tgnas") ? "predictorInfo" : "version", [], null);
    const started = performance.now();
    await worker.job(
      { ...base, texts },
      base.batch ?? base.model,
      (part) => tell((scored += (part as SweepPart).rows.length)),
      signal,
    ).done;
    return { cells: texts.length, seconds: (performance.now() - started) / 1000 };
  } finally {
    worker.end();
  }
}
