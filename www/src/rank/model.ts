/** What the rank views know: cells, sample, columns of scores, running jobs. One instance, following the page's store. */
import { call, failureOf, Superseded } from "../client.ts";
import { allCells, knownColumn, knownColumns } from "../known.ts";
import { initialState, notify, store, type State } from "../state.ts";
import { createStore, useStoreOf } from "../store.ts";
import type { ColumnInfo, Failure, ProxyInfo } from "../types.ts";
import { byClass, Columns, including } from "./columns.ts";
import type { Kind } from "./scale.ts";
import { runJob, workersFor, type Job, type JobRequest } from "./jobs.ts";

/** Scores that are cheap enough to be kept up to date without asking. */
export const QUICK = ["average_degree", "expected-degree", "params", "flops"] as const;

/** `quick`: the four above; `extra`: a measure chosen by the reader; `epsilon`: only ever started by the reader. */
export type Slot = "quick" | "extra" | "epsilon";

export interface RankData {
  readonly cells: readonly string[] | null;
  readonly rowOf: ReadonlyMap<string, number>;
  /** Rows of the sample, in the order drawn. */
  readonly sample: Uint32Array | null;
  readonly all: Uint32Array;
  readonly proxies: readonly ProxyInfo[];
  /** Columns of the table of known figures; null until it is there. */
  readonly known: readonly ColumnInfo[] | null;
  readonly knownFailure: Failure | null;
  readonly failure: Failure | null;
  /** Goes up when a column has new values. */
  readonly version: number;
  readonly jobs: Readonly<Record<Slot, Job | null>>;
  /** Seconds per cell of ε, measured on the first few; null until measured. */
  readonly epsilonPace: number | null;
  /** How the scatter's axes are spaced. */
  readonly kindX: Kind;
  readonly kindY: Kind;
}

const noJobs = { quick: null, extra: null, epsilon: null };

export const rank = createStore<RankData>({
  cells: null, rowOf: new Map(), sample: null, all: new Uint32Array(0), proxies: [], known: null, knownFailure: null,
  failure: null, version: 0, jobs: noJobs, epsilonPace: null, kindX: "linear", kindY: "error",
});

export function useRank<T>(select: (data: RankData) => T): T {
  return useStoreOf(rank, select);
}

let columns = new Columns(0, () => "");

/** The columns of scores; read them anew when `version` changes. */
export const scores = (): Columns => columns;

/** What the values of a proxy depend on besides the cell. */
export function keyOf({ options, batch, weights }: Pick<State, "options" | "batch" | "weights">, proxy: string): string {
  if (proxy === "params" || proxy === "flops") return "";
  if (proxy === "epsilon") return JSON.stringify([batch, weights]);
  // Sizes of the network enter every measure; the seed does not enter an expectation over seeds.
  const { seed, cellsPerStack, stemChannels } = options;
  return proxy === "expected-degree" ? `${cellsPerStack},${stemChannels}` : `${seed},${cellsPerStack},${stemChannels}`;
}

/** The row of the reader's cell, or −1. */
export const ownRow = (): number => rank.get().rowOf.get(store.get().cell) ?? -1;

// Changes arrive in bursts (hundreds of cells at a time, several workers): views hear of them at most four times a
// second, and less often during a long run, which drawing all points again and again would only slow down.
const SOON = 250;
const LONG_RUN = { cells: 2000, wait: 600 };
let bumping = false;
function bump(): void {
  if (bumping) return;
  bumping = true;
  const long = Object.values(rank.get().jobs).some((job) => job?.state === "running" && job.total > LONG_RUN.cells);
  setTimeout(() => {
    bumping = false;
    rank.set({ version: rank.get().version + 1 });
  }, long ? LONG_RUN.wait : SOON);
}

const aborts: Record<Slot, AbortController | null> = { quick: null, extra: null, epsilon: null };

function setJob(slot: Slot, job: Job | null): void {
  rank.set({ jobs: { ...rank.get().jobs, [slot]: job } });
}

async function start(slot: Slot, proxies: string[], rows: Uint32Array, classOf: JobRequest["classOf"]): Promise<Job | null> {
  const { cells } = rank.get();
  const missing = columns.missing(proxies, rows);
  aborts[slot]?.abort();
  if (!cells || missing.length === 0) return null;
  const abort = new AbortController();
  aborts[slot] = abort;
  const { space, options, batch, weights } = store.get();
  const heavy = proxies.includes("epsilon");
  return runJob({
    columns, cells, rows: missing, classOf, workers: workersFor(missing.length, heavy), signal: abort.signal,
    base: { space, proxies, options, batch: heavy ? batch : null, weights },
    onChange: (job) => {
      bump();
      // A newer run has taken the slot, or this one is too small to be spoken of.
      if (aborts[slot] === abort && missing.length > 1) setJob(slot, job);
    },
  });
}

export function cancel(slot: Slot): void {
  aborts[slot]?.abort();
}

function drop(slot: Slot): void {
  cancel(slot);
  aborts[slot] = null;
  setJob(slot, null);
}

let classes: Promise<Uint32Array> | null = null;
let knownClasses: Uint32Array | null = null;

/** Number of the class of equal cells, by row. */
function cellClasses(): Promise<Uint32Array> {
  classes ??= call("canonicalForms", [store.get().space]).then((forms) => {
    const numbers = new Map<string, number>();
    knownClasses = Uint32Array.from(forms, (form) => {
      if (!numbers.has(form)) numbers.set(form, numbers.size);
      return numbers.get(form)!;
    });
    return knownClasses;
  });
  classes.catch(() => (classes = null));
  return classes;
}

/** Fewer cells than this hardly share a class, and are done before the classes are known. */
const SHARED_FROM = 1000;

/** Scores ε of the rows, as far as they lack it. */
export async function scoreEpsilon(rows: Uint32Array): Promise<void> {
  const job = await start("epsilon", ["epsilon"], rows, rows.length < SHARED_FROM ? null : cellClasses());
  if (job?.state === "done" && job.pace !== null) rank.set({ epsilonPace: job.pace });
}

/** Cells that are scored first, to measure the pace of ε. */
export const PROBE = 24;

/** ε that takes less than this many seconds is scored unasked. */
const UNASKED = 2;

/** Seconds that ε of the rows will take; null before the pace, and for many rows their classes, are known. */
export function epsilonSeconds(rows: Uint32Array): number | null {
  const { epsilonPace } = rank.get();
  const missing = columns.missing(["epsilon"], rows);
  if (epsilonPace === null) return null;
  if (missing.length < SHARED_FROM) return (epsilonPace * missing.length) / workersFor(missing.length, true);
  if (!knownClasses) return null;
  const { score } = byClass(missing, knownClasses, columns.get("epsilon"));
  return (epsilonPace * score.length) / workersFor(score.length, true);
}

/** Measures the pace of ε on a few cells of the sample, then goes on with the sample if that is quickly done. */
async function keepEpsilon(sample: Uint32Array, own: number): Promise<void> {
  const state = rank.get().jobs.epsilon?.state;
  if (state === "running" || state === "failed" || sample.length < PROBE) return;
  if (state !== "cancelled" && rank.get().epsilonPace === null) await scoreEpsilon(sample.slice(0, PROBE));
  // A run that the reader has stopped is not taken up again, but the cell in hand still joins.
  const rows = state === "cancelled" ? including(new Uint32Array(0), own) : including(sample, own);
  const seconds = epsilonSeconds(rows);
  if (seconds !== null && seconds < UNASKED) await scoreEpsilon(rows);
  await cellClasses().then(bump, report); // for the estimate of all cells
}

function report(error: unknown): void {
  const failure = failureOf(error);
  if (failure) rank.set({ failure });
}

export async function loadKnown(): Promise<void> {
  rank.set({ knownFailure: null });
  try {
    rank.set({ known: await knownColumns(store.get().space) });
    await refresh();
  } catch (error) {
    const failure = failureOf(error);
    if (failure) rank.set({ knownFailure: failure });
  }
}

async function loadColumn(id: string): Promise<void> {
  if (columns.get(id).scored[0]) return;
  columns.put(id, await knownColumn(store.get().space, id));
  bump();
}

export function setX(x: string): void {
  rank.set({ kindX: "linear" });
  store.set({ rank: { ...store.get().rank, proxy: x } });
}

let drawn = "";

async function refresh(): Promise<void> {
  const now = store.get();
  const { cells, known, proxies } = rank.get();
  if (!cells) return;
  const x = now.rank.proxy;
  if (!proxies.some((proxy) => proxy.id === x)) {
    notify("warning", `There is no proxy “${x}”; the average degree stands in for it.`);
    return setX(initialState.rank.proxy);
  }
  columns.setKeys((proxy) => (proxies.find((p) => p.id === proxy)?.tabulated || known?.some((c) => c.id === proxy) ? "" : keyOf(now, proxy)));
  bump(); // views may be showing columns of the settings before
  try {
    const { samples, seed } = now.rank;
    const count = samples === "all" ? lastSamples : (lastSamples = samples);
    if (drawn !== `${count},${seed}`) {
      const texts = await call("sample", [now.space, Math.min(count, cells.length), seed], "rank-sample");
      drawn = `${count},${seed}`;
      const { rowOf } = rank.get();
      rank.set({ sample: Uint32Array.from(texts, (text) => rowOf.get(text)!) });
      bump();
    }
    const own = ownRow();
    const rows = including(samples === "all" ? rank.get().all : rank.get().sample!, own);
    const tabulated = proxies.find((p) => p.id === x)?.tabulated === true;
    if (known && !known.some((column) => column.id === now.target && column.role === "accuracy")) {
      notify("warning", `The table holds no accuracy “${now.target}”; ${initialState.target} stands in for it.`);
      return store.set({ target: initialState.target });
    }
    if (known) await loadColumn(now.target);
    if (known && tabulated) await loadColumn(x);
    const quick = start("quick", [...QUICK], rows, null);
    if (!tabulated && x !== "epsilon" && !(QUICK as readonly string[]).includes(x)) void start("extra", [x], rows, null);
    clearTimeout(epsilonTimer);
    await quick; // ε waits for what is cheap, and until edits pause
    epsilonTimer = setTimeout(() => void keepEpsilon(rank.get().sample!, ownRow()), 800);
  } catch (error) {
    if (!(error instanceof Superseded)) report(error);
  }
}

let lastSamples = 200;
/** N of the sample, also while all cells are looked at. */
export const sampleSize = (): number => lastSamples;

let epsilonTimer: ReturnType<typeof setTimeout> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
function refreshSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void refresh(), 60);
}

let started = false;

/** Starts to follow the page's state; calls after the first do nothing. */
export function startRank(): void {
  if (started) return;
  started = true;
  void load();
  store.subscribe((now, before) => {
    // What still runs or was stopped under other settings says nothing about these.
    if (now.batch !== before.batch || now.weights !== before.weights) {
      drop("epsilon");
      rank.set({ epsilonPace: null });
    }
    if (now.options !== before.options) {
      drop("quick");
      drop("extra");
    }
    if (now.cell !== before.cell || now.options !== before.options || now.rank !== before.rank || now.batch !== before.batch || now.weights !== before.weights || now.target !== before.target) {
      refreshSoon();
    }
  });
}

export async function load(): Promise<void> {
  rank.set({ failure: null });
  const { space } = store.get();
  try {
    const [cells, proxies] = await Promise.all([allCells(space), call("proxies", [space])]);
    columns = new Columns(cells.length, () => "");
    rank.set({
      cells, proxies, rowOf: new Map(cells.map((text, row) => [text, row])), all: Uint32Array.from(cells.keys()),
    });
    refreshSoon();
    await loadKnown();
  } catch (error) {
    report(error);
  }
}
