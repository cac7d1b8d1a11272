// The page's side of the workers. `call` answers one request; `sweep` scores many cells, reporting as it goes.
// Three kinds of worker: `edit` for what each edit needs at once, `side` for ε, batches and known figures, and `long`
// for sweeps, started when one is asked for.
import type { Answer, CallName, Calls, SweepPart, SweepRequest } from "./protocol.ts";
import { WorkerHandle } from "./worker-handle.ts";

export { CallError, failureOf, hasFile, keepFile, Superseded } from "./worker-handle.ts";

const SIDE: ReadonlySet<CallName> = new Set<CallName>([
  "epsilon", "batchPictures", "knownColumns", "knownCells", "knownColumn", "knownRow", "knownRowOf", "knownDraw", "rank", "rankOf",
  "list", "sample", "equalCells",
]);

/** Values of the cells from `start` on, `proxies.length` a cell, NaN = undefined, and the time the worker spent on them. */
export type OnRows = (start: number, rows: Float64Array, seconds: number) => void;

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
  const handle = SLOW.has(name) ? slow : SIDE.has(name) ? side : edit;
  return handle.call(name, args, lane) as Promise<Answer<N>>;
}

/**
 * Scores many cells in a worker of its own. Rejects with `Superseded` when `signal` aborts.
 * Rows come in order, a few hundred at a time; see `OnRows`.
 */
export function sweep(request: SweepRequest, onRows: OnRows, signal?: AbortSignal): Promise<void> {
  const handle = long.find((candidate) => candidate.idle) ?? new WorkerHandle("long");
  if (!long.includes(handle)) long.push(handle);
  const onPart = (part: unknown) => {
    const { start, rows, seconds } = part as SweepPart;
    onRows(start, rows, seconds);
  };
  return handle.job(request, request.batch, onPart, signal).done;
}
