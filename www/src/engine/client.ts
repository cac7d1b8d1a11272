// The page's side of the workers that answer one request at a time: `edit` what each edit needs at once, `side` ε, batches
// and known figures, `long` what takes a second. Many cells are scored by the workers of `pool.ts`.
import type { Answer, CallName, Calls } from "./protocol.ts";
import { WorkerHandle } from "./worker-handle.ts";

export { CallError, failureOf, hasFile, keepFile, Superseded } from "./worker-handle.ts";

const SIDE: ReadonlySet<CallName> = new Set<CallName>([
  "epsilon",
  "batchPictures",
  "knownColumns",
  "knownCells",
  "knownColumn",
  "knownRow",
  "knownRowOf",
  "knownDraw",
  "rank",
  "rankOf",
  "list",
  "sample",
  "equalCells",
  "predictorInfo",
  "predict",
]);

const edit = new WorkerHandle("edit");
const side = new WorkerHandle("side");
/** Calls that take a second or so; they must not hold up ε of the cell in hand. */
const SLOW: ReadonlySet<CallName> = new Set<CallName>(["correlation", "canonicalForms"]);
const slow = new WorkerHandle("long");

/**
 * Calls a function of the module in a worker.
 * `lane`: a newer request of the same lane replaces this one, which then rejects with `Superseded`.
 */
export function call<N extends CallName>(
  name: N,
  args: Parameters<Calls[N]>,
  lane: string | null = null,
): Promise<Answer<N>> {
  const handle = SLOW.has(name) ? slow : SIDE.has(name) ? side : edit;
  return handle.call(name, args, lane) as Promise<Answer<N>>;
}

/** `name@version` of the module; the latter once it is known. */
export const module = { version: "cellscope" };
