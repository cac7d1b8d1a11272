/** Long runs over many cells: split over workers, filled into columns, cancellable at any point. */
import { failureOf, sweep, Superseded } from "../client.ts";
import type { SweepRequest } from "../protocol.ts";
import type { Failure } from "../types.ts";
import { byClass, setScore, type Columns } from "./columns.ts";

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
  /**
   * Seconds that a worker takes for a cell, by its own clock and without its first report, which holds what it does once
   * (tables, first compilation). Null until a worker has reported twice.
   */
  readonly pace: number | null;
  readonly workers: number;
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

/**
 * Workers for a run of so many cells: one for a short one, where starting another costs more than it saves; a core is left
 * to the page. `pace`: seconds per cell.
 */
export function workersFor(cells: number, pace: number): number {
  const cores = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 1) - 1));
  return Math.max(1, Math.min(cores, Math.floor((cells * pace) / WORTH)));
}

/** Runs a job to its end; never rejects. What was scored before a cancel or a failure stays in the columns. */
export async function runJob({ columns, cells, rows, base, classOf, workers, signal, onChange }: JobRequest): Promise<Job> {
  const { proxies } = base;
  // Taken once: if the settings change meanwhile, a stale run writes into columns that nobody reads any more.
  const targets = proxies.map((proxy) => columns.get(proxy));
  let done = 0;
  const { seat, seating } = columns;
  const put = (row: number, values: ArrayLike<number>, at: number) => {
    // Another cell may have taken the seat meanwhile; these are not its values.
    if (row !== seat || seating === columns.seating) targets.forEach((column, k) => setScore(column, row, values[at + k]!));
    done++;
  };
  const started = performance.now();
  let told = 0;
  let counted = 0;
  const paced = { cells: 0, seconds: 0 };
  let job: Job = {
    proxies, state: "running", done, total: rows.length, computed: rows.length, counted, seconds: 0, pace: null, workers, failure: null,
  };
  const update = (patch: Partial<Job>) => {
    const pace = paced.cells > 0 ? paced.seconds / paced.cells : null;
    job = { ...job, done, counted, seconds: (performance.now() - started) / 1000, pace, ...patch };
    onChange(job);
  };
  update({});

  const stop = new AbortController();
  const forward = () => stop.abort();
  if (signal.aborted) stop.abort();
  signal.addEventListener("abort", forward, { once: true });
  try {
    const plan = classOf && byClass(rows, await classOf, targets[0]!);
    const score = plan ? plan.score : rows;
    for (const [from, to] of plan?.given ?? []) put(to, targets.map((column) => column.values[from]!), 0);
    update({ computed: score.length });
    const shards = Array.from({ length: score.length > 0 ? workers : 0 }, (_, w) => score.filter((_, i) => i % workers === w));
    await Promise.all(
      shards.map((shard) =>
        sweep(
          { ...base, texts: Array.from(shard, (row) => cells[row]!) },
          (start, values, seconds) => {
            const count = values.length / proxies.length;
            for (let i = 0; i < count; i++) {
              const row = shard[start + i]!;
              put(row, values, i * proxies.length);
              for (const equal of plan?.copies.get(row) ?? []) put(equal, values, i * proxies.length);
            }
            counted += count;
            if (start > 0) {
              paced.cells += count;
              paced.seconds += seconds;
            }
            // Several workers report many times a second; people read a few.
            if (performance.now() - told > 100) {
              told = performance.now();
              update({});
            }
          },
          stop.signal,
        ),
      ),
    );
    update({ state: "done" });
  } catch (error) {
    stop.abort(); // one shard failed: its siblings' work would be for nothing
    update(error instanceof Superseded ? { state: "cancelled" } : { state: "failed", failure: failureOf(error) });
  } finally {
    signal.removeEventListener("abort", forward);
  }
  return job;
}

/** Seconds that the rest of a run will take, by its pace so far; null before there is a pace. */
export function remaining(job: Job): number | null {
  return job.state === "running" && job.pace !== null ? ((job.computed - job.counted) * job.pace) / job.workers : null;
}
