// Scores many cells with several workers. Each takes a small chunk from one queue at a time, so a slow worker holds up no
// more than its chunk; what a dead one leaves unfinished is done again, and nothing that has been reported is lost.
import type { SweepPart, SweepRequest } from "./protocol.ts";
import type { Failure } from "../types.ts";
import { CallError, Superseded, WorkerDied, WorkerHandle } from "./worker-handle.ts";

/** What the pool needs of a worker; a `WorkerHandle`, or a stand-in in tests. */
export type PoolWorker = Pick<WorkerHandle, "job" | "end">;

/** A cell without a score, because of itself: it breaks a limit, or its worker died of it twice. */
export interface FailedCell {
  readonly index: number;
  readonly message: string;
}

export interface Progress {
  /** Seconds a cell takes, by the workers' own clocks and without their first reports; null before a second report. */
  readonly pace: number | null;
  /** Workers that died, or that others had to stand in for. */
  readonly restarts: number;
  readonly failed: readonly FailedCell[];
}

export interface PoolRequest {
  readonly base: Omit<SweepRequest, "texts">;
  readonly texts: readonly string[];
  /** Most workers at a time. */
  readonly workers: number;
  readonly signal: AbortSignal;
  /** The scores of a cell: `proxies.length` of the values from `at` on; NaN = undefined. Once a cell, in no order. */
  onCell(index: number, values: Float64Array, at: number): void;
  /** After each report of a worker. */
  onProgress?(progress: Progress): void;
}

/** A chunk is about this much work, in seconds: little to lose, and much more than handing it out takes. */
const CHUNK = 0.25;
const LARGEST = 2048;
/** A worker that is silent for this many milliseconds, or this many times its slowest report, is stood in for. */
const SILENCE = { first: 20_000, later: 4_000, times: 20 };
/** Deaths in a row, with nothing scored in between, after which a run is given up. */
const HOPELESS = 6;
/** Most workers, those that do not answer any more included. */
const MOST = 16;
/** What a cell's own size can break; other failures are of the whole run. */
const OWN: ReadonlySet<Failure["kind"]> = new Set<Failure["kind"]>(["limit", "shape"]);

interface Chunk {
  readonly run: Run;
  /** Positions in `texts`. */
  readonly cells: readonly number[];
  readonly abort: AbortController;
  heard: number;
  parts: number;
  /** Whether another worker does it too. */
  doubled: boolean;
}

interface Seat {
  readonly worker: PoolWorker;
  chunk: Chunk | null;
}

/** One request and how far it is. */
class Run {
  readonly done: Uint8Array;
  private readonly deaths: Uint8Array;
  left: number;
  failed: FailedCell[] = [];
  restarts = 0;
  private barren = 0;
  slowest = 0;
  private next = 0;
  private again: number[][] = [];
  private readonly paced = { cells: 0, seconds: 0 };
  settle!: { resolve(): void; reject(error: unknown): void };

  constructor(readonly request: PoolRequest) {
    this.left = request.texts.length;
    this.done = new Uint8Array(this.left);
    this.deaths = new Uint8Array(this.left);
  }

  get pace(): number | null {
    return this.paced.cells > 0 ? this.paced.seconds / this.paced.cells : null;
  }

  /** The next cells to do, or null if all are handed out. */
  take(): number[] | null {
    for (let old = this.again.shift(); old; old = this.again.shift()) {
      const open = old.filter((cell) => !this.done[cell]);
      if (open.length > 0) return open;
    }
    const total = this.request.texts.length;
    if (this.next >= total) return null;
    const wanted = this.pace === null ? (this.request.base.batch ? 2 : 16) : Math.round(CHUNK / this.pace);
    // Towards the end the chunks get smaller, so that all workers end together.
    const fair = Math.ceil((total - this.next) / (this.request.workers * 2));
    const size = Math.max(1, Math.min(LARGEST, wanted, fair));
    const cells = Array.from({ length: Math.min(size, total - this.next) }, (_, k) => this.next + k);
    this.next += cells.length;
    return cells;
  }

  receive(chunk: Chunk, { start, rows, seconds }: SweepPart): void {
    const width = this.request.base.proxies.length;
    const count = rows.length / width;
    for (let k = 0; k < count; k++) {
      const cell = chunk.cells[start + k]!;
      if (this.done[cell]) continue;
      this.finish(cell);
      this.request.onCell(cell, rows, k * width);
    }
    const warm = this.slowest > 0;
    this.barren = 0;
    this.slowest = Math.max(this.slowest, seconds * 1000);
    // A worker's first report of a chunk may hold what it does once: tables, first compilation.
    if (chunk.parts++ > 0 || (chunk.cells.length === 1 && warm)) {
      this.paced.cells += count;
      this.paced.seconds += seconds;
    }
    this.tell();
  }

  private finish(cell: number): void {
    this.done[cell] = 1;
    this.left--;
  }

  /** Puts what a chunk has left back into the queue: all of it as one, or cell by cell to find the one to blame. */
  repeat(chunk: Chunk, apart: boolean): void {
    const open = chunk.cells.filter((cell) => !this.done[cell]);
    this.again.push(...(apart ? open.map((cell) => [cell]) : [open]));
  }

  /** A chunk's worker died. Returns why the run cannot go on, or null. */
  died(chunk: Chunk, error: WorkerDied): unknown {
    this.restarts++;
    if (++this.barren >= HOPELESS) return error;
    if (error.started) {
      for (const cell of chunk.cells) {
        if (this.done[cell] || ++this.deaths[cell]! < 2) continue;
        this.blame(cell, "a worker died of it twice");
      }
    }
    this.repeat(chunk, error.started);
    this.tell();
    return null;
  }

  blame(cell: number, message: string): void {
    this.finish(cell);
    this.failed = [...this.failed, { index: cell, message }];
  }

  tell(): void {
    this.request.onProgress?.({ pace: this.pace, restarts: this.restarts, failed: this.failed });
  }
}

export class Pool {
  private readonly seats: Seat[] = [];
  private readonly runs: Run[] = [];
  private watch: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly make: () => PoolWorker,
    private readonly silence = SILENCE,
    private readonly now = () => performance.now(),
  ) {}

  /** Scores the cells; resolves when all are scored or blamed, rejects with `Superseded` if the signal aborts. */
  score(request: PoolRequest): Promise<void> {
    const run = new Run(request);
    const stop = () => this.end(run, new Superseded("cancelled"));
    return new Promise<void>((resolve, reject) => {
      run.settle = { resolve, reject };
      if (request.signal.aborted) return reject(new Superseded("cancelled"));
      if (run.left === 0) return resolve();
      request.signal.addEventListener("abort", stop, { once: true });
      // Newer runs first: they are what the reader has just asked for, and mostly short.
      this.runs.unshift(run);
      this.watch ??= setInterval(() => this.check(), 1000);
      this.hire(Math.min(request.workers, run.left));
    }).finally(() => request.signal.removeEventListener("abort", stop));
  }

  /** Puts up to so many idle workers to work, new ones if there are too few. */
  private hire(count: number): void {
    const idle = this.seats.filter((seat) => !seat.chunk).slice(0, count);
    for (let k = this.seats.length; k < count; k++) {
      const seat: Seat = { worker: this.make(), chunk: null };
      this.seats.push(seat);
      idle.push(seat);
    }
    idle.forEach((seat) => this.employ(seat));
  }

  private employ(seat: Seat): void {
    for (const run of this.runs) {
      if (this.at(run) >= run.request.workers) continue;
      const cells = run.take();
      if (cells) return this.start(seat, run, cells);
    }
  }

  /** Workers that are at a run and known to be alive. */
  private at(run: Run): number {
    return this.seats.filter(({ chunk }) => chunk?.run === run && !chunk.doubled).length;
  }

  private start(seat: Seat, run: Run, cells: readonly number[]): void {
    const chunk: Chunk = { run, cells, abort: new AbortController(), heard: this.now(), parts: 0, doubled: false };
    seat.chunk = chunk;
    const { base, texts } = run.request;
    const request: SweepRequest = { ...base, texts: cells.map((cell) => texts[cell]!) };
    const onPart = (part: unknown) => {
      if (seat.chunk !== chunk) return;
      chunk.heard = this.now();
      run.receive(chunk, part as SweepPart);
      if (run.left === 0) this.end(run, null);
    };
    seat.worker.job(request, base.batch ?? base.model, onPart, chunk.abort.signal).done.then(
      () => this.leave(seat, chunk),
      (error: unknown) => this.leave(seat, chunk, error),
    );
  }

  /** A worker is free again, or has died; its seat is taken by the next chunk, with a new worker if need be. */
  private leave(seat: Seat, chunk: Chunk, error?: unknown): void {
    if (seat.chunk !== chunk) return;
    seat.chunk = null;
    const { run } = chunk;
    if (error !== undefined && this.runs.includes(run)) {
      const reason = this.judge(run, chunk, error);
      if (reason !== null) this.end(run, reason);
      else if (run.left === 0) this.end(run, null);
    }
    this.employ(seat);
    // What a dead worker left may be more chunks than one: the others are called back too.
    for (const other of this.seats) if (!other.chunk) this.employ(other);
  }

  /** What an error means for a run: null if it goes on. */
  private judge(run: Run, chunk: Chunk, error: unknown): unknown {
    if (error instanceof WorkerDied) return run.died(chunk, error);
    if (!(error instanceof CallError) || !OWN.has(error.failure.kind)) return error;
    if (chunk.cells.length === 1) run.blame(chunk.cells[0]!, error.failure.message);
    else run.repeat(chunk, true);
    run.tell();
    return null;
  }

  private end(run: Run, error: unknown): void {
    const at = this.runs.indexOf(run);
    if (at < 0) return;
    this.runs.splice(at, 1);
    for (const seat of this.seats) {
      if (seat.chunk?.run !== run) continue;
      const { chunk } = seat;
      seat.chunk = null;
      // One that has not been heard of for so long will not hear a cancel either.
      if (chunk.doubled) seat.worker.end();
      else chunk.abort.abort();
      this.employ(seat);
    }
    if (this.runs.length === 0) {
      clearInterval(this.watch);
      this.watch = undefined;
    }
    if (error === null) run.settle.resolve();
    else run.settle.reject(error);
  }

  /** Looks for workers that have gone silent, and has others do their chunks. Whoever is first counts: the scores are the same. */
  check(): void {
    for (const { chunk } of [...this.seats]) {
      if (!chunk || chunk.doubled) continue;
      const { run } = chunk;
      const patience =
        chunk.parts === 0 && run.slowest === 0
          ? this.silence.first
          : Math.max(this.silence.later, this.silence.times * run.slowest);
      if (this.now() - chunk.heard < patience) continue;
      chunk.doubled = true;
      run.restarts++;
      run.repeat(chunk, false);
      run.tell();
      const room = this.seats.every((seat) => seat.chunk) && this.seats.length < MOST;
      this.hire(this.seats.length + (room ? 1 : 0));
    }
  }
}

/** Workers that may run at a time: all cores, but one is left to the page where there are more than two. */
export function mostWorkers(cores = navigator.hardwareConcurrency || 1): number {
  return Math.max(1, Math.min(8, cores > 2 ? cores - 1 : cores));
}

export const pool = new Pool(() => new WorkerHandle(null));
