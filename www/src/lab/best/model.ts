// The experiment: score all known cells, draw and choose again and again, then time one repetition from nothing.
import { failureOf } from "../../client.ts";
import { knownColumn } from "../../known.ts";
import type { SweepRequest } from "../../protocol.ts";
import { drawRows } from "../../rank/ground.ts";
import { measureOf } from "../../rank/measures.ts";
import { cancel as cancelScores, keyOf, rank, scoreAll, scores } from "../../rank/model.ts";
import { store, type BatchSpec } from "../../state.ts";
import { createStore, useStoreOf } from "../../store.ts";
import type { Failure } from "../../types.ts";
import { WorkerHandle } from "../../worker-handle.ts";
import { lab } from "../client.ts";
import type { BestOf } from "../protocol.ts";
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
}

export interface BestData {
  readonly stage: "idle" | "scoring" | "drawing" | "timing";
  readonly failure: Failure | null;
  readonly done: Experiment | null;
}

export const best = createStore<BestData>({ stage: "idle", failure: null, done: null });
export const useBest = <T>(select: (data: BestData) => T): T => useStoreOf(best, select);

/** What an experiment depends on. */
export function keyOfBest(settings: BestSettings): string {
  const state = store.get();
  const { space, target, options } = state;
  return JSON.stringify([settings, space, target, options, keyOf(state, settings.proxy)]);
}

let turn = 0;

/** Runs the experiment; never rejects. */
export async function start(settings: BestSettings): Promise<void> {
  const mine = ++turn;
  const key = keyOfBest(settings);
  const { space, target, options, batch, weights, ownModel } = store.get();
  const stale = () => mine !== turn || key !== keyOfBest(settings);
  const end = (failure: Failure | null) => mine === turn && best.set({ stage: "idle", failure });
  best.set({ stage: "scoring", failure: null, done: null });
  try {
    const job = await scoreAll(settings.proxy);
    if (stale()) return void end(null);
    if (job?.state === "failed") return void end(job.failure);
    const measure = measureOf(settings.proxy);
    if (!measure) return void end({ kind: "argument", message: `This space has no proxy “${settings.proxy}”.`, at: null });
    best.set({ stage: "drawing" });
    const all = await knownColumn(space, target);
    const { values, scored } = scores().get(settings.proxy);
    // Only what was scored is drawn from, if the scoring was stopped.
    const accuracy = all.map((value, row) => (scored[row] === 0 ? NaN : value));
    const known = count(all);
    const better = measureOf(target)?.better ?? "larger";
    const pool = count(accuracy);
    if (pool < settings.samples) {
      return void end({ kind: "argument", message: `${settings.samples} cells cannot be drawn from ${pool} that are scored and of known accuracy.`, at: null });
    }
    const found = await lab("bestOf", [values.slice(0, all.length), measure.better, accuracy, better, settings.samples, settings.repeats, settings.seed], "best-of");
    if (stale()) return void end(null);
    const done: Experiment = { key, settings, target, batch, found, pool, known, timing: null };
    best.set({ done, stage: "timing" });
    if (!measure.tabulated) {
      const { basis, rowOf, cells } = rank.get();
      const rows = await drawRows(space, basis, { count: settings.samples, seed: settings.seed }, rowOf);
      const heavy = settings.proxy === "epsilon";
      const model = settings.proxy === "tgnas" && ownModel !== null ? { file: ownModel } : null;
      const timing = await timeAnew(
        { space, proxies: [settings.proxy], options, batch: heavy ? batch : null, weights, model },
        Array.from(rows, (row) => cells![row]!),
      );
      if (!stale()) best.set({ done: { ...done, timing } });
    }
    end(null);
  } catch (error) {
    end(failureOf(error));
  }
}

/** Stops the scoring; what is scored by then is drawn from. */
export const cancel = (): void => cancelScores("whole");

const count = (values: Float64Array): number => values.reduce((sum, value) => sum + Number(!Number.isNaN(value)), 0);

/** Scores cells in a new worker, which shares nothing with what has been scored before, once its module has started. */
async function timeAnew(base: Omit<SweepRequest, "texts">, texts: readonly string[]): Promise<Timing> {
  const worker = new WorkerHandle(null);
  try {
    // What is fetched once is no part of scoring.
    await worker.call(base.proxies.includes("tgnas") ? "predictorInfo" : "version", [], null);
    const started = performance.now();
    await worker.job({ ...base, texts }, base.batch ?? base.model, () => {}).done;
    return { cells: texts.length, seconds: (performance.now() - started) / 1000 };
  } finally {
    worker.end();
  }
}
