// A worker: loads the wasm module and answers `protocol.ts`. Requests wait in a queue, so that a newer one of the same
// lane can overtake a stale one; sweeps run a few cells at a time between them.
import init, * as api from "cellscope";
import type { Answer, CallName, Calls, FromWorker, SweepRequest, ToWorker } from "./protocol.ts";
import type { BatchSpec } from "./state.ts";
import type { Failure, SpaceId } from "./types.ts";

type CallMessage = Extract<ToWorker, { type: "call" }>;

/** A sweep works for about this long (ms) before it reports and looks at its mail. */
const SLICE = 40;

const scope = self as unknown as {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
};

const files = new Map<number, Uint8Array>();
const batches = new Map<string, api.Batch>();
const tables = new Map<SpaceId, Promise<api.KnownTable>>();
const queue: CallMessage[] = [];
const sweeps = new Map<number, SweepJob>();

interface SweepJob {
  request: SweepRequest;
  /** Made when its first turn comes. */
  sweep: api.Sweep | null;
  /** Cells in the next slice. */
  step: number;
}

function post(message: FromWorker): void {
  scope.postMessage(message, "value" in message ? buffersOf(message.value) : "rows" in message ? [message.rows.buffer] : []);
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

init().then(
  () => {
    loaded = true;
    post({ type: "ready" });
    wake();
  },
  (error: unknown) => post({ type: "fatal", id: null, message: `cannot load the WebAssembly module: ${String(error)}` }),
);

function batchOf(spec: BatchSpec): api.Batch {
  const key = JSON.stringify(spec);
  const held = batches.get(key);
  if (held) return held;
  const batch = makeBatch(spec);
  if (batches.size >= 4) {
    const [oldest, stale] = [...batches][0]!;
    batches.delete(oldest);
    stale.free();
  }
  batches.set(key, batch);
  return batch;
}

function makeBatch(spec: BatchSpec): api.Batch {
  if ("seed" in spec) {
    return spec.kind === "leaves" ? api.Batch.leaves(spec.seed, spec.count) : api.Batch.randn(spec.seed, spec.count);
  }
  const bytes = files.get(spec.file);
  if (!bytes) throw failure("batch", `the file "${spec.name}" is no longer open in this page`);
  return spec.kind === "cifar10"
    ? api.Batch.cifar10(bytes, spec.count, spec.name)
    : api.Batch.images(bytes, spec.count, spec.name);
}

function knownTable(space: SpaceId): Promise<api.KnownTable> {
  let table = tables.get(space);
  if (!table) {
    table = loadTable(space);
    tables.set(space, table);
    table.catch(() => tables.delete(space)); // the next request tries again
  }
  return table;
}

async function loadTable(space: SpaceId): Promise<api.KnownTable> {
  const response = await fetch(new URL(`../data/${space}.known`, import.meta.url)).catch(() => {
    throw failure("known", "the table could not be fetched; is there a connection?");
  });
  if (!response.ok) throw failure("known", `the table of known figures could not be loaded (HTTP ${response.status})`);
  return api.known(new Uint8Array(await response.arrayBuffer()));
}

type Extras = Pick<Calls, "epsilon" | "batchPictures" | "canonicalForms"> & {
  [N in "knownColumns" | "knownCells" | "knownDraw" | "knownRowOf" | "knownColumn" | "knownRow"]: (...args: Parameters<Calls[N]>) => Promise<Answer<N>>;
};

const extras: Extras = {
  epsilon: (space, text, spec, weights) => api.epsilon(space, text, batchOf(spec), [weights[0], weights[1]]),
  batchPictures(spec, first, count) {
    const batch = batchOf(spec);
    const shown = Math.max(0, Math.min(count, batch.count - first));
    const rgba = new Uint8ClampedArray(shown * 32 * 32 * 4);
    for (let image = 0; image < shown; image++) rgba.set(batch.picture(first + image), image * 32 * 32 * 4);
    return { label: batch.label, count: batch.count, rgba };
  },
  canonicalForms: (space) => api.list(space).map((text) => api.describe(space, text).canonical),
  knownColumns: async (space) => (await knownTable(space)).columns(),
  knownCells: async (space) => (await knownTable(space)).cells(),
  knownDraw: async (space, count, seed) => (await knownTable(space)).draw(count, seed),
  knownRowOf: async (space, text) => (await knownTable(space)).rowOf(text) ?? null,
  knownColumn: async (space, id) => (await knownTable(space)).column(id),
  knownRow: async (space, text) => (await knownTable(space)).row(text),
};

const functions = { ...api, ...extras } as unknown as Record<CallName, (...args: unknown[]) => unknown>;

function failure(kind: Failure["kind"], message: string): Failure {
  return { kind, message, at: null };
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

async function answer(message: CallMessage): Promise<void> {
  try {
    post({ type: "answer", id: message.id, value: await functions[message.name](...message.args) });
  } catch (error) {
    fail(message.id, error);
  }
}

function makeSweep({ space, texts, proxies, options, batch, weights }: SweepRequest): api.Sweep {
  const sweep = new api.Sweep(space, texts, proxies, options);
  if (batch) sweep.setBatch(batchOf(batch), weights ? [weights[0], weights[1]] : undefined);
  return sweep;
}

function advance(id: number, job: SweepJob): void {
  try {
    const sweep = (job.sweep ??= makeSweep(job.request));
    const started = performance.now();
    const start = sweep.done;
    const rows = sweep.step(job.step);
    const took = performance.now() - started;
    post({ type: "rows", id, start, rows, seconds: took / 1000 });
    job.step = Math.max(1, Math.min(4096, Math.round(job.step * Math.min(4, SLICE / Math.max(took, 1)))));
    if (sweep.done < sweep.total) return;
    post({ type: "finished", id });
  } catch (error) {
    fail(id, error);
  }
  end(id);
}

function end(id: number): void {
  sweeps.get(id)?.sweep?.free();
  sweeps.delete(id);
}

// Work happens in tasks of its own, after the mail that is already there has been read.
const turn = new MessageChannel();
let awake = false;
let loaded = false;
function wake(): void {
  if (awake || !loaded) return;
  awake = true;
  turn.port2.postMessage(null);
}
turn.port1.onmessage = () => {
  const next = queue.shift();
  if (next) void answer(next); // only what must be fetched takes longer than this task
  else for (const [id, job] of [...sweeps]) advance(id, job);
  awake = false;
  if (queue.length > 0 || sweeps.size > 0) wake();
};

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case "call": {
      const stale = data.lane === null ? -1 : queue.findIndex((waiting) => waiting.lane === data.lane);
      if (stale >= 0) queue.splice(stale, 1);
      queue.push(data);
      wake();
      break;
    }
    case "sweep":
      // ε of a large network takes long: one first, to find out.
      sweeps.set(data.id, { request: data.request, sweep: null, step: data.request.batch ? 1 : 8 });
      wake();
      break;
    case "cancel":
      end(data.id);
      break;
    case "file":
      files.set(data.file, data.bytes);
  }
};
