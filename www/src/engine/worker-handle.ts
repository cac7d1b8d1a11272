// A worker from the page's side: what it is asked, what it owes, and what becomes of that when it dies.
import type { FromWorker, ToWorker } from "./protocol.ts";
import { notify } from "../state/state.ts";
import type { Failure } from "../types.ts";

/** A request that a newer one of its lane has replaced, or that was cancelled: not an error to show. */
export class Superseded extends Error {}

/** A request that failed; `failure` says how, and where in the text. */
export class CallError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** A request that was lost because its worker died. */
export class WorkerDied extends CallError {
  /** `started`: whether it had got as far as to answer; if not, what it was asked is not to blame. */
  constructor(
    failure: Failure,
    readonly started: boolean,
  ) {
    super(failure);
  }
}

/** What an error is to the page: null if there is nothing to say. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof Superseded) return null;
  if (error instanceof CallError) return error.failure;
  return { kind: "worker", message: error instanceof Error ? error.message : String(error), at: null };
}

interface Pending {
  lane: string | null;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** Receives what the slices of a job find. */
  onPart?(value: unknown): void;
}

/** Long work under way. */
export interface RunningJob {
  /** Settles at the end: rejects with `Superseded` if it was cancelled. */
  readonly done: Promise<void>;
  pause(paused: boolean): void;
}

let requests = 0;

/** Bytes of file batches, by the number in `BatchSpec.file`. */
const files = new Map<number, Uint8Array>();

/** One worker and what it owes. */
export class WorkerHandle {
  private worker: Worker | null = null;
  private readonly pending = new Map<number, Pending>();
  private readonly sentFiles = new Set<number>();
  private deaths: number[] = [];
  private started = false;

  /** `name`: for messages to people, or null if whoever asks says what has become of a request; `script`: the worker's file in assets/. */
  constructor(
    private readonly name: string | null,
    private readonly script = "worker.js",
  ) {}

  get idle(): boolean {
    return this.pending.size === 0;
  }

  /** Asks for one answer. A newer request of the same lane replaces this one, which then rejects with `Superseded`. */
  call(name: string, args: unknown[], lane: string | null): Promise<unknown> {
    const id = ++requests;
    const file = args.map(fileOf).find((found) => found !== null) ?? null;
    return new Promise((resolve, reject) => {
      this.request({ type: "call", id, lane, name, args }, { lane, resolve, reject }, file);
    });
  }

  /** Starts long work, which reports as it goes; `batch` may name a file that it reads. */
  job(request: unknown, batch: unknown, onPart: (value: unknown) => void, signal?: AbortSignal): RunningJob {
    const id = ++requests;
    const stop = () => this.cancel(id);
    const done = new Promise<unknown>((resolve, reject) => {
      if (signal?.aborted) return reject(new Superseded("cancelled"));
      signal?.addEventListener("abort", stop, { once: true });
      this.request({ type: "job", id, request }, { lane: null, onPart, resolve, reject }, fileOf(batch));
    });
    return {
      done: done.then(() => {}).finally(() => signal?.removeEventListener("abort", stop)),
      pause: (paused) =>
        this.pending.has(id) && this.worker?.postMessage({ type: "pause", id, paused } satisfies ToWorker),
    };
  }

  /** Ends the worker, e.g. one that does not answer any more. What it owes is lost; the next request starts another one. */
  end(): void {
    if (this.worker) this.die("it was ended");
  }

  private request(message: Extract<ToWorker, { id: number }>, pending: Pending, file: number | null): void {
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

  private cancel(id: number): void {
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
    const worker = new Worker(new URL(`./${this.script}`, import.meta.url), { type: "module" });
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
    if (message.type === "ready") return void (this.started = true);
    if (message.type === "fatal") return this.die(message.message);
    const pending = this.pending.get(message.id);
    if (!pending) return; // superseded or cancelled
    if (message.type === "part") return pending.onPart?.(message.value);
    this.pending.delete(message.id);
    if (message.type === "failure") pending.reject(new CallError(message.failure));
    else pending.resolve(message.type === "answer" ? message.value : undefined);
  }

  /** Ends the worker, fails what it owed, and leaves the next request to start another one. */
  private die(reason: string): void {
    this.worker?.terminate();
    this.worker = null;
    const { started } = this;
    this.started = false;
    this.sentFiles.clear();
    const owed = [...this.pending.values()];
    this.pending.clear();
    const now = Date.now();
    this.deaths = [...this.deaths.filter((time) => now - time < 10_000), now];
    const failure: Failure = { kind: "worker", message: `The calculation stopped: ${reason}.`, at: null };
    for (const pending of owed) pending.reject(new WorkerDied(failure, started));
    if (this.name === null) return;
    notify("error", deathWords(this.name, reason, started, this.deaths.length > 3));
  }
}

/** What people are told of a worker's death. `again`: it is one of several within seconds. */
export function deathWords(name: string, reason: string, started: boolean, again: boolean): string {
  const worker = `A background worker (${name})`;
  if (!started)
    return `${worker} could not be started: ${reason}. ${again ? "Reload the page to try again." : "What needs it next tries again."}`;
  return again
    ? `${worker} keeps stopping: ${reason}. Reload the page to try again.`
    : `${worker} stopped and was restarted: ${reason}.`;
}

/** The file that a batch, or an argument that may be one, reads from; null if none. */
function fileOf(value: unknown): number | null {
  return value && typeof value === "object" && "file" in value ? (value as { file: number }).file : null;
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
