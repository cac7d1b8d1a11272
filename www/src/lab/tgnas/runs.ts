// Trainings of the predictor in the page: what was asked, what has come of it. Kept while other tabs are looked at.
import { failureOf, Superseded } from "../../engine/client.ts";
import { knownColumn } from "../../engine/known.ts";
import { startJob } from "../../engine/lab-client.ts";
import { mostWorkers } from "../../engine/pool.ts";
import type { EpochReport } from "../../engine/lab-protocol.ts";
import { createStore, useStoreOf } from "../../state/store.ts";
import type { Failure } from "../../types.ts";
import type { RunningJob } from "../../engine/worker-handle.ts";
import type { Form } from "./types.ts";

/** What is learnt: the accuracy itself, the normal score of its rank, or nothing but the order of pairs. */
export type Target = "raw" | "rank" | "pairs";

export interface Settings {
  readonly seed: number;
  readonly cells: number;
  readonly epochs: number;
  readonly target: Target;
  /** Form of the graphs of NAS-Bench-201, on which the training is watched, and of whatever is predicted afterwards. */
  readonly form: Form;
}

export const DEFAULTS: Settings = { seed: 0, cells: 8000, epochs: 40, target: "rank", form: "contracted" };
export const LIMITS = { seed: [0, 4_294_967_295], cells: [128, 24_001], epochs: [1, 200] } as const;

export interface Preset {
  readonly id: string;
  readonly label: string;
  /** What to look for. */
  readonly lesson: string;
  readonly patch: Partial<Settings>;
}

export const PRESETS: readonly Preset[] = [
  {
    id: "works",
    label: "What works: ranks, contracted graphs",
    lesson:
      "The rank of a cell is learnt, not its accuracy, and NAS-Bench-201 is drawn as NAS-Bench-101 would draw it. Both curves rise and stay up.",
    patch: { cells: 8000, epochs: 40, target: "rank", form: "contracted" },
  },
  {
    id: "raw",
    label: "Raw accuracies",
    lesson:
      "A few cells that never learnt (10 % accuracy) dominate the squared error. The loss soon looks tiny, yet the order of held-out cells stays far worse than with ranks, and that of NAS-Bench-201 worse still: a low loss is not a good order.",
    patch: { cells: 8000, epochs: 40, target: "raw", form: "contracted" },
  },
  {
    id: "unseen",
    label: "Words never trained",
    lesson:
      "The authors’ graph of NAS-Bench-201 has nodes “None” and “Residual connection”, which NAS-Bench-101 lacks. Held-out τ is as good as ever, τ on NAS-Bench-201 is not: the predictor guesses from the sound of the words.",
    patch: { cells: 8000, epochs: 40, target: "rank", form: "authors" },
  },
  {
    id: "pairs",
    label: "Order of pairs",
    lesson:
      "A ranking loss: only which of two cells is better is learnt. Compare with the first preset: better on held-out cells need not be better on the other space.",
    patch: { cells: 8000, epochs: 40, target: "pairs", form: "contracted" },
  },
  {
    id: "quick",
    label: "A quick look: 1,000 cells, 10 epochs",
    lesson: "Done in seconds, and seeds differ much: train twice with other seeds before believing a difference.",
    patch: { cells: 1000, epochs: 10, target: "rank", form: "contracted" },
  },
];

export interface Run {
  readonly id: number;
  readonly settings: Settings;
  readonly state: "loading" | "running" | "paused" | "cancelled" | "done" | "failed";
  readonly epochs: readonly EpochReport[];
  /** Steps done and asked for, over all epochs. */
  readonly done: number;
  readonly total: number;
  readonly seconds: number;
  /** File of the weights as they were after the last epoch that is shown; null before the first. */
  readonly weights: Uint8Array<ArrayBuffer> | null;
  readonly failure: Failure | null;
}

interface Data {
  readonly settings: Settings;
  readonly runs: readonly Run[];
}

export const trainings = createStore<Data>({ settings: DEFAULTS, runs: [] });

export function useTrainings<T>(select: (data: Data) => T): T {
  return useStoreOf(trainings, select);
}

/** Earlier trainings that are kept for comparison. */
const KEPT = 6;

export const isActive = ({ state }: Run): boolean => state === "loading" || state === "running" || state === "paused";

let job: RunningJob | null = null;
let abort: AbortController | null = null;
let count = 0;

function change(id: number, patch: Partial<Run>): void {
  const { runs } = trainings.get();
  trainings.set({ runs: runs.map((run) => (run.id === id ? { ...run, ...patch } : run)) });
}

const runOf = (id: number): Run | undefined => trainings.get().runs.find((run) => run.id === id);

/** Starts a training with the settings as they are; one at a time. */
export async function startTraining(): Promise<void> {
  const { settings, runs } = trainings.get();
  if (runs.some(isActive)) return;
  const id = ++count;
  const run: Run = {
    id,
    settings,
    state: "loading",
    epochs: [],
    done: 0,
    total: 1,
    seconds: 0,
    weights: null,
    failure: null,
  };
  trainings.set({ runs: [...runs, run].slice(-KEPT) });
  const mine = new AbortController();
  abort = mine;
  try {
    const accuracy = await knownColumn("nasbench201", "cifar10_test_acc");
    if (mine.signal.aborted) throw new Superseded("cancelled");
    job = startJob<"train">(
      { kind: "train", ...settings, accuracy },
      null,
      (part) => {
        const now = runOf(id);
        if (!now || mine.signal.aborted) return;
        change(id, {
          state: now.state === "paused" ? "paused" : "running",
          done: part.done,
          total: part.total,
          seconds: part.seconds,
          ...(part.epoch ? { epochs: [...now.epochs, part.epoch], weights: part.weights } : {}),
        });
      },
      { signal: mine.signal, place: mostWorkers() - 1 },
    );
    await job.done;
    change(id, { state: "done" });
  } catch (error) {
    if (error instanceof Superseded) change(id, { state: "cancelled" });
    else change(id, { state: "failed", failure: failureOf(error) });
  } finally {
    job = null;
  }
}

export function pauseTraining(paused: boolean): void {
  const active = trainings.get().runs.find(isActive);
  if (!active || !job) return;
  job.pause(paused);
  change(active.id, { state: paused ? "paused" : "running" });
}

/** Ends the training; what it has learnt up to its last whole epoch stays. */
export function cancelTraining(): void {
  abort?.abort();
}
