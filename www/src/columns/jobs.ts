/** Runs over many cells: scored by the pool, filled into columns, cancellable at any point. */
import { failureOf, Superseded } from "../engine/client.ts";
import { mostWorkers, pool, type Progress } from "../engine/pool.ts";
import type { SweepRequest } from "../engine/protocol.ts";
import type { Failure } from "../types.ts";
import { byClass, setFailed, setScore, type Columns } from "./columns.ts";

export interface FailedText {
  readonly text: string;
  readonly message: string;
}

export type JobState = "running" | "cancelled" | "done" | "failed";

export interface Job {
  readonly proxies: readonly string[];
  readonly state: JobState;
  /** Cells that have their values so far, and cells asked for. */
  readonly done: number;
  readonly total: number;
  /** Cells that are computed themselves; the others are equal to one of them. */
  readonly computed: number;
  /** Cells computed so far. */
  readonly counted: number;
  readonly seconds: number;
  /** Seconds that a worker takes for a cell; null until that is known (see `Progress`). */
  readonly pace: number | null;
  readonly workers: number;
  /** Workers that died or fell silent on the way; others have done their work. */
  readonly restarts: number;
  /** Cells that cannot be scored; the others are. */
  readonly failed: readonly FailedText[];
  readonly failure: Failure | null;
}

export interface JobRequest {
  columns: Columns;
  cells: readonly string[];
  rows: Uint32Array;
  base: Omit<SweepRequest, "texts">;
  /** Class of equal cells by row, for scores that equal cells share; null to compute each cell. */
  classOf: Promise<Uint32Array> | null;
  workers: number;
  signal: AbortSignal;
  onChange: (job: Job) => void;
}

/** Seconds of work that are worth another worker, which takes about that long to start. */
const WORTH = 0.4;

/** Workers for a run of so many cells: one for a short one, where starting another costs more than it saves. `pace`: seconds per cell. */
export function workersFor(cells: number, pace: number): number {
  return Math.max(1, Math.min(mostWorkers(), Math.floor((cells * pace) / WORTH)));
}

/** Runs a job to its end; never rejects. What was scored before a cancel or a failure stays in the columns. */
export async function runJob({
  columns,
  cells,
  rows,
  base,
  classOf,
  workers,
  signal,
  onChange,
}: JobRequest): Promise<Job> {
  const { proxies } = base;
  // Taken once: if the settings change meanwhile, a stale run writes into columns that nobody reads any more.
  const targets = proxies.map((proxy) => columns.get(proxy));
  let done = 0;
  const { seat, seating } = columns;
  const put = (row: number, values: ArrayLike<number>, at: number) => {
    // Another cell may have taken the seat meanwhile; these are not its values.
    if (row !== seat || seating === columns.seating)
      targets.forEach((column, k) => setScore(column, row, values[at + k]!));
    done++;
  };
  const started = performance.now();
  let told = 0;
  let counted = 0;
  let progress: Progress = { pace: null, restarts: 0, failed: [] };
  let score: Uint32Array = rows;
  let job: Job = {
    proxies,
    state: "running",
    done,
    total: rows.length,
    computed: rows.length,
    counted,
    seconds: 0,
    pace: null,
    workers,
    restarts: 0,
    failed: [],
    failure: null,
  };
  const update = (patch: Partial<Job>) => {
    const { pace, restarts } = progress;
    const failed = progress.failed.map(({ index, message }) => ({ text: cells[score[index]!]!, message }));
    job = { ...job, done, counted, seconds: (performance.now() - started) / 1000, pace, restarts, failed, ...patch };
    onChange(job);
  };
  update({});

  try {
    const plan = classOf && byClass(rows, await classOf, targets[0]!);
    if (plan) score = plan.score;
    for (const [from, to] of plan?.given ?? [])
      put(
        to,
        targets.map((column) => column.values[from]!),
        0,
      );
    update({ computed: score.length });
    await pool.score({
      base,
      texts: Array.from(score, (row) => cells[row]!),
      workers,
      signal,
      onCell(index, values, at) {
        const row = score[index]!;
        put(row, values, at);
        for (const equal of plan?.copies.get(row) ?? []) put(equal, values, at);
        counted++;
      },
      onProgress(now) {
        progress = now;
        // Several workers report many times a second; people read a few.
        if (performance.now() - told < 100) return;
        told = performance.now();
        update({});
      },
    });
    for (const { index } of progress.failed) {
      const row = score[index]!;
      for (const same of [row, ...(plan?.copies.get(row) ?? [])]) targets.forEach((column) => setFailed(column, same));
    }
    update({ state: "done" });
  } catch (error) {
    update(error instanceof Superseded ? { state: "cancelled" } : { state: "failed", failure: failureOf(error) });
  }
  return job;
}

/** Seconds that the rest of a run will take, by its pace so far; null before there is a pace. */
export function remaining(job: Job): number | null {
  return job.state === "running" && job.pace !== null ? ((job.computed - job.counted) * job.pace) / job.workers : null;
}
