// What every worker does: it loads its module and answers `protocol.ts`. Calls wait in a queue, so that a newer one of the
// same lane can overtake a stale one; jobs run a slice at a time between them.
import type { FromWorker, ToWorker } from "./protocol.ts";
import type { Failure } from "../types.ts";

type CallMessage = Extract<ToWorker, { type: "call" }>;

/** Long work. */
export interface Job {
  /** Works for about `SLICE`. */
  step(): { part: object; done: boolean };
  free(): void;
}

/** What a worker can do. */
export interface Work {
  /** Loads and starts the module. */
  load(): Promise<unknown>;
  readonly functions: Readonly<Record<string, (...args: never[]) => unknown>>;
  /** Called when the job's first turn comes; a promise where something must be fetched first. */
  startJob(request: unknown): Job | Promise<Job>;
  keepFile(file: number, bytes: Uint8Array): void;
}

/** A job works for about this long (ms) before it reports and looks at its mail. */
const SLICE = 40;

/** How much to do in the next slice, given how much the last one did and how long (ms) that took. */
export function nextStep(step: number, took: number, most = 4096): number {
  return Math.max(1, Math.min(most, Math.round(step * Math.min(4, SLICE / Math.max(took, 1)))));
}

export function failure(kind: Failure["kind"], message: string): Failure {
  return { kind, message, at: null };
}

const scope = self as unknown as {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
};

function post(message: FromWorker): void {
  scope.postMessage(message, "value" in message ? buffersOf(message.value) : []);
}

/** Buffers of typed arrays in a result, one level deep; they move to the page without a copy. */
function buffersOf(value: unknown): Transferable[] {
  const parts = ArrayBuffer.isView(value) ? [value] : value && typeof value === "object" ? Object.values(value) : [];
  // A view of part of a buffer (wasm memory itself) must be copied.
  return parts.flatMap((part) =>
    ArrayBuffer.isView(part) && part.buffer instanceof ArrayBuffer && part.byteLength === part.buffer.byteLength
      ? [part.buffer]
      : [],
  );
}

/** Reports what a request threw: the module's own plain objects as they are; a trap ends the worker. */
function fail(id: number, error: unknown): void {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    post({ type: "fatal", id, message: error.message });
  } else if (error && typeof error === "object" && "kind" in error && "message" in error) {
    post({ type: "failure", id, failure: { at: null, ...(error as Omit<Failure, "at">) } });
  } else {
    post({ type: "failure", id, failure: failure("worker", error instanceof Error ? error.message : String(error)) });
  }
}

interface Held {
  request: unknown;
  /** Made when its first turn comes. */
  job: Job | null;
  /** Whether it is being made. */
  starting: boolean;
  paused: boolean;
}

/** Starts to answer; once a worker. */
export function serve(work: Work): void {
  const queue: CallMessage[] = [];
  const jobs = new Map<number, Held>();
  let loaded = false;

  async function answer({ id, name, args }: CallMessage): Promise<void> {
    try {
      post({ type: "answer", id, value: await work.functions[name]!(...(args as never[])) });
    } catch (error) {
      fail(id, error);
    }
  }

  function end(id: number): void {
    jobs.get(id)?.job?.free();
    jobs.delete(id);
  }

  /** Waits for what a job needs; others go on meanwhile. */
  function prepare(id: number, held: Held, made: Promise<Job>): void {
    held.starting = true;
    made.then(
      (job) => {
        if (jobs.get(id) !== held) return job.free(); // cancelled
        held.job = job;
        held.starting = false;
        wake();
      },
      (error: unknown) => {
        if (jobs.get(id) !== held) return;
        fail(id, error);
        end(id);
      },
    );
  }

  function advance(id: number, held: Held): void {
    try {
      const job = held.job ?? work.startJob(held.request);
      if (job instanceof Promise) return prepare(id, held, job);
      held.job = job;
      const { part, done } = job.step();
      post({ type: "part", id, value: part });
      if (!done) {
        // To the end of the line.
        jobs.delete(id);
        jobs.set(id, held);
        return;
      }
      post({ type: "finished", id });
    } catch (error) {
      fail(id, error);
    }
    end(id);
  }

  const waiting = () => [...jobs].find(([, held]) => !held.paused && !held.starting);

  // Work happens in tasks of its own, after the mail that is already there has been read.
  const turn = new MessageChannel();
  let awake = false;
  function wake(): void {
    if (awake || !loaded) return;
    awake = true;
    turn.port2.postMessage(null);
  }
  turn.port1.onmessage = () => {
    const next = queue.shift();
    const job = waiting();
    if (next)
      void answer(next); // only what must be fetched takes longer than this task
    else if (job) advance(...job);
    awake = false;
    if (queue.length > 0 || waiting()) wake();
  };

  scope.onmessage = ({ data }) => {
    switch (data.type) {
      case "call": {
        const stale = data.lane === null ? -1 : queue.findIndex(({ lane }) => lane === data.lane);
        if (stale >= 0) queue.splice(stale, 1);
        queue.push(data);
        break;
      }
      case "job":
        jobs.set(data.id, { request: data.request, job: null, starting: false, paused: false });
        break;
      case "pause": {
        const held = jobs.get(data.id);
        if (held) held.paused = data.paused;
        break;
      }
      case "cancel":
        end(data.id);
        break;
      case "file":
        work.keepFile(data.file, data.bytes);
    }
    wake();
  };

  work.load().then(
    () => {
      loaded = true;
      post({ type: "ready" });
      wake();
    },
    (error: unknown) =>
      post({ type: "fatal", id: null, message: `cannot load the WebAssembly module: ${String(error)}` }),
  );
}
