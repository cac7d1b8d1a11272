/** Long runs over many cells: split over workers, filled into columns, cancellable at any point. */
import { failureOf, sweep, Superseded } from "../client.ts";
import type { SweepRequest } from "../protocol.ts";
import type { Failure } from "../types.ts";
import { byClass, type Columns } from "./columns.ts";

export type JobState = "running" | "cancelled" | "done" | "failed";

export interface Job {
  readonly proxies: readonly string[];
  readonly state: JobState;
  /** Cells that have their values so far, and cells asked for. */
  readonly done: number;
  readonly total: number;
  /** Cells that are computed themselves; the others are equal to one of them. */
  readonly computed: number;
  readonly seconds: number;
  readonly workers: number;
  readonly failure: Failure | null;
}

export interface JobRequest {
  columns: Columns;
  cells: readonly string[];
  rows: Uint32Array;
  base: Omit<SweepRequest, "texts">;
  /** Class of equal cells by row, for scores that equal cells share; null to compute each cell. */
  classOf: Uint32Array | null;
  workers: number;
  signal: AbortSignal;
  onChange: (job: Job) => void;
}

/** Workers for a run: one for a short one, where starting another costs more than it saves; never more than cores. */
export function workersFor(cells: number, heavy: boolean): number {
  const cores = Math.max(1, Math.min(4, navigator.hardwareConcurrency || 1));
  return Math.max(1, Math.min(cores, Math.floor(cells / (heavy ? 24 : 1500))));
}

/** Runs a job to its end; never rejects. What was scored before a cancel or a failure stays in the columns. */
export async function runJob({ columns, cells, rows, base, classOf, workers, signal, onChange }: JobRequest): Promise<Job> {
  const { proxies } = base;
  // Taken once: if the settings change meanwhile, a stale run writes into columns that nobody reads any more.
  const targets = proxies.map((proxy) => columns.get(proxy));
  const first = targets[0]!;
  const plan = classOf ? byClass(rows, classOf, first) : null;
  const score = plan ? plan.score : rows;
  let done = 0;
  const put = (row: number, values: ArrayLike<number>, at: number) => {
    targets.forEach((column, k) => {
      column.values[row] = values[at + k]!;
      column.scored[row] = 1;
    });
    done++;
  };
  for (const [from, to] of plan?.given ?? []) put(to, targets.map((column) => column.values[from]!), 0);

  const started = performance.now();
  let job: Job = { proxies, state: "running", done, total: rows.length, computed: score.length, seconds: 0, workers, failure: null };
  const update = (patch: Partial<Job>) => {
    job = { ...job, done, seconds: (performance.now() - started) / 1000, ...patch };
    onChange(job);
  };
  update({});

  const stop = new AbortController();
  const forward = () => stop.abort();
  if (signal.aborted) stop.abort();
  signal.addEventListener("abort", forward, { once: true });
  const shards = Array.from({ length: score.length > 0 ? workers : 0 }, (_, w) => score.filter((_, i) => i % workers === w));
  try {
    await Promise.all(
      shards.map((shard) =>
        sweep(
          { ...base, texts: Array.from(shard, (row) => cells[row]!) },
          (start, values) => {
            const count = values.length / proxies.length;
            for (let i = 0; i < count; i++) {
              const row = shard[start + i]!;
              put(row, values, i * proxies.length);
              for (const equal of plan?.copies.get(row) ?? []) put(equal, values, i * proxies.length);
            }
            update({});
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
  if (job.state !== "running" || job.done === 0 || job.seconds < 0.3) return null;
  return ((job.total - job.done) * job.seconds) / job.done;
}
