// The page's side of the workers. `call` answers one request; `sweep` scores many cells, reporting as it goes.
// Three kinds of worker: `edit` for what each edit needs at once, `side` for ε, batches and known figures, and `long`
// for sweeps, started when one is asked for.
import type { Answer, CallName, Calls, FromWorker, SweepRequest, ToWorker } from "./protocol.ts";
import { notify, type BatchSpec } from "./state.ts";
import type { Failure } from "./types.ts";

/** A request that a newer one of its lane has replaced, or that was cancelled: not an error to show. */
export class Superseded extends Error {}

/** A request that failed; `failure` says how, and where in the text. */
export class CallError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** What an error is to the page: null if there is nothing to say. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof Superseded) return null;
  if (error instanceof CallError) return error.failure;
  return { kind: "worker", message: error instanceof Error ? error.message : String(error), at: null };
}

type Home = "edit" | "side" | "long";

const SIDE: ReadonlySet<CallName> = new Set<CallName>([
  "epsilon", "batchPictures", "knownColumns", "knownCells", "knownColumn", "knownRow", "knownRowOf", "knownDraw", "rank", "rankOf",
  "list", "sample", "equalCells",
]);

interface Pending {
  lane: string | null;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  onRows?: OnRows;
}

/** Values of the cells from `start` on, `proxies.length` a cell, NaN = undefined, and the time the worker spent on them. */
export type OnRows = (start: number, rows: Float64Array, seconds: number) => void;

let requests = 0;
const files = new Map<number, Uint8Array>();

/** One worker and what it owes. */
class WorkerHandle {
  private worker: Worker | null = null;
  private readonly pending = new Map<number, Pending>();
  private readonly sentFiles = new Set<number>();
  private deaths: number[] = [];

  constructor(private readonly home: Home) {}

  get idle(): boolean {
    return this.pending.size === 0;
  }

  request(message: Extract<ToWorker, { id: number }>, pending: Pending, file: number | null): void {
    if (pending.lane !== null) this.supersede(pending.lane);
    this.pending.set(message.id, pending);
    try {
      const worker = this.alive();
      const bytes = file === null ? undefined : files.get(file);
      if (file !== null && bytes && !this.sentFiles.has(file)) {
        worker.postMessage({ type: "file", file, bytes } satisfies ToWorker);
        this.sentFiles.add(file);
      }
      worker.postMessage(message);
    } catch (error) {
      this.pending.delete(message.id);
      pending.reject(new CallError({ kind: "worker", message: String(error), at: null }));
    }
  }

  cancel(id: number): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    this.worker?.postMessage({ type: "cancel", id } satisfies ToWorker);
    pending?.reject(new Superseded("cancelled"));
  }

  private supersede(lane: string): void {
    for (const [id, waiting] of this.pending) {
      if (waiting.lane !== lane) continue;
      this.pending.delete(id);
      waiting.reject(new Superseded(lane));
    }
  }

  private alive(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.die(event.message || "it could not be started");
    };
    worker.onmessageerror = () => this.die("it sent something unreadable");
    this.worker = worker;
    return worker;
  }

  private receive(message: FromWorker): void {
    if (message.type === "ready") return;
    if (message.type === "fatal") return this.die(message.message);
    const pending = this.pending.get(message.id);
    if (!pending) return; // superseded or cancelled
    if (message.type === "rows") return pending.onRows?.(message.start, message.rows, message.seconds);
    this.pending.delete(message.id);
    if (message.type === "failure") pending.reject(new CallError(message.failure));
    else pending.resolve(message.type === "answer" ? message.value : undefined);
  }

  /** Ends the worker, fails what it owed, and leaves the next request to start another one. */
  private die(reason: string): void {
    this.worker?.terminate();
    this.worker = null;
    this.sentFiles.clear();
    const owed = [...this.pending.values()];
    this.pending.clear();
    const now = Date.now();
    this.deaths = [...this.deaths.filter((time) => now - time < 10_000), now];
    const failure: Failure = { kind: "worker", message: `The calculation stopped: ${reason}.`, at: null };
    for (const pending of owed) pending.reject(new CallError(failure));
    if (this.deaths.length <= 3) notify("error", `A background worker (${this.home}) stopped and was restarted: ${reason}.`);
    else notify("error", `A background worker (${this.home}) keeps stopping: ${reason}. Reload the page to try again.`);
  }
}

const edit = new WorkerHandle("edit");
const side = new WorkerHandle("side");
/** Calls that take a second or so; they must not hold up ε of the cell in hand. */
const SLOW: ReadonlySet<CallName> = new Set<CallName>(["correlation", "canonicalForms"]);
const slow = new WorkerHandle("long");
const long: WorkerHandle[] = [slow];

/**
 * Calls a function of the module in a worker.
 * `lane`: a newer request of the same lane replaces this one, which then rejects with `Superseded`.
 */
export function call<N extends CallName>(name: N, args: Parameters<Calls[N]>, lane: string | null = null): Promise<Answer<N>> {
  const id = ++requests;
  const file = args.map(fileOf).find((found) => found !== null) ?? null;
  return new Promise((resolve, reject) => {
    const pending: Pending = { lane, resolve: (value) => resolve(value as Answer<N>), reject };
    (SLOW.has(name) ? slow : SIDE.has(name) ? side : edit).request({ type: "call", id, lane, name, args }, pending, file);
  });
}

/**
 * Scores many cells in a worker of its own. Rejects with `Superseded` when `signal` aborts.
 * Rows come in order, a few hundred at a time; see `OnRows`.
 */
export function sweep(request: SweepRequest, onRows: OnRows, signal?: AbortSignal): Promise<void> {
  const id = ++requests;
  const handle = long.find((candidate) => candidate.idle) ?? new WorkerHandle("long");
  if (!long.includes(handle)) long.push(handle);
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new Superseded("cancelled"));
    const stop = () => handle.cancel(id);
    signal?.addEventListener("abort", stop, { once: true });
    const settle = () => signal?.removeEventListener("abort", stop);
    handle.request(
      { type: "sweep", id, request },
      {
        lane: null,
        onRows,
        resolve: () => (settle(), resolve()),
        reject: (error) => (settle(), reject(error)),
      },
      fileOf(request.batch),
    );
  });
}

function fileOf(value: unknown): number | null {
  return value && typeof value === "object" && "file" in value ? (value as Extract<BatchSpec, { file: number }>).file : null;
}

let fileCount = 0;

/** Holds bytes of a file batch for the workers; the number goes into `BatchSpec.file`. Nothing leaves the page. */
export function keepFile(bytes: Uint8Array): number {
  files.set(++fileCount, bytes);
  return fileCount;
}

/** Whether the bytes of a file batch are still here (a link cannot carry them). */
export function hasFile(file: number): boolean {
  return files.has(file);
}
