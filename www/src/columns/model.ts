/** What the rank views know: cells, sample, columns of scores, running jobs. One instance, following the page's store. */
import { call, failureOf, Superseded } from "../engine/client.ts";
import { knownColumn, knownColumns } from "../engine/known.ts";
import { SPACES } from "../space/spaces.ts";
import { notify, startOf, store, type State } from "../state/state.ts";
import { createStore, useStoreOf } from "../state/store.ts";
import type { ColumnInfo, Failure, ProxyInfo, SpaceId } from "../types.ts";
import { byClass, Columns, fillKept, including, seated, type Column } from "./columns.ts";
import { basisOf, cellsOf, drawRows, hasTable, MORE, reasonsOf, type Basis, type Draw, type Own } from "./rows.ts";
import type { Kind } from "../chart/scale.ts";
import { keep, recall, type KeptKey } from "./kept.ts";
import { runJob, workersFor, type Job, type JobRequest } from "./jobs.ts";
import { SharedRuns } from "./shared-runs.ts";
import { tabulatedProxies } from "./tabulated.ts";

/** Scores that are cheap enough to be kept up to date without asking. */
export const QUICK = ["average_degree", "expected-degree", "params", "flops"] as const;

/**
 * `quick`: the four above; `extra`: measures that are shown; `epsilon`: only ever started by the reader; `whole`: one proxy
 * over all cells, for an experiment.
 */
export type Slot = "quick" | "extra" | "epsilon" | "whole";

export interface RankData {
  readonly space: SpaceId;
  readonly basis: Basis;
  /** Texts by row; after them the reader's cell, if it is not among them. Null until they are there. */
  readonly cells: readonly string[] | null;
  readonly rowOf: ReadonlyMap<string, number>;
  readonly own: Own;
  /** Rows of the sample, in the order drawn. */
  readonly sample: Uint32Array | null;
  readonly all: Uint32Array;
  /** Proxies that the space has: those computed here, then those that the tables carry. */
  readonly proxies: readonly ProxyInfo[];
  /** Why it lacks others, by id. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Columns of the table of known figures; null until it is there, empty where there is none. */
  readonly known: readonly ColumnInfo[] | null;
  readonly knownFailure: Failure | null;
  /** Columns of the second table; null until it is asked for, empty where there is none. */
  readonly more: readonly ColumnInfo[] | null;
  readonly moreFailure: Failure | null;
  readonly failure: Failure | null;
  /** Goes up when a column has new values. */
  readonly version: number;
  readonly jobs: Readonly<Record<Slot, Job | null>>;
  /** Runs over all cells under way, by what they depend on; `jobs.whole` is one of them. */
  readonly wholes: Readonly<Record<string, Job>>;
  /** Seconds per cell, measured on the first few, of `QUICK` and of ε; null until measured. */
  readonly quickPace: number | null;
  readonly epsilonPace: number | null;
  /** How the scatter's axes are spaced. */
  readonly kindX: Kind;
  readonly kindY: Kind;
}

const nowhere: Own = { text: "", row: -1, equal: -1 };

/** What is known of a space before anything is. */
const blank = (space: SpaceId): RankData => ({
  space,
  basis: "space",
  cells: null,
  rowOf: new Map(),
  own: nowhere,
  sample: null,
  all: new Uint32Array(0),
  proxies: [],
  reasons: {},
  known: null,
  knownFailure: null,
  more: MORE[space] ? null : [],
  moreFailure: null,
  failure: null,
  version: 0,
  jobs: { quick: null, extra: null, epsilon: null, whole: null },
  wholes: {},
  quickPace: null,
  epsilonPace: null,
  kindX: "linear",
  kindY: "error",
});

export const rank = createStore<RankData>(blank(store.get().space));

export function useRank<T>(select: (data: RankData) => T): T {
  return useStoreOf(rank, select);
}

let columns = new Columns(0, () => "");

/** The columns of scores; read them anew when `version` changes. */
export const scores = (): Columns => columns;

/** What the values of a proxy depend on besides the cell. */
export function keyOf(
  { space, options, batch, weights, ownModel }: Pick<State, "space" | "options" | "batch" | "weights" | "ownModel">,
  proxy: string,
): string {
  if (proxy === "params" || proxy === "flops") return "";
  if (proxy === "tgnas") return ownModel === null ? "" : String(ownModel);
  if (proxy === "epsilon") return JSON.stringify([batch, weights]);
  // The space's settings enter every measure; the seed does not enter an expectation over seeds.
  const settings = SPACES[space].options.map((option) => options[option]);
  return JSON.stringify(proxy === "expected-degree" ? settings : [options.seed, ...settings]);
}

/** The row of the reader's cell, its seat, or −1. */
export const ownRow = (): number => rank.get().own.row;

// Changes arrive in bursts (hundreds of cells at a time, several workers): views hear of them at most four times a
// second, and less often during a long run, which drawing all points again and again would only slow down.
const SOON = 250;
const LONG_RUN = { cells: 2000, wait: 600 };
let bumping = false;
function bump(): void {
  if (bumping) return;
  bumping = true;
  const long = Object.values(rank.get().jobs).some((job) => job?.state === "running" && job.total > LONG_RUN.cells);
  setTimeout(
    () => {
      bumping = false;
      rank.set({ version: rank.get().version + 1 });
    },
    long ? LONG_RUN.wait : SOON,
  );
}

/** Seconds per cell as long as they have not been measured: those of NAS-Bench-201. */
const GUESS = { quick: 1 / 4000, epsilon: 1 / 60 };

/** Of `whole`: of the one who has asked without a signal of his own. */
const aborts: Record<Slot, AbortController | null> = { quick: null, extra: null, epsilon: null, whole: null };

function setJob(slot: Slot, job: Job | null): void {
  rank.set({ jobs: { ...rank.get().jobs, [slot]: job } });
}

/** Scores what the rows lack, in place of what runs in the slot; if they lack nothing, that goes on. */
async function start(
  slot: Slot,
  proxies: string[],
  rows: Uint32Array,
  classOf: JobRequest["classOf"],
): Promise<Job | null> {
  const missing = columns.missing(proxies, rows);
  if (!rank.get().cells || missing.length === 0) return null;
  aborts[slot]?.abort();
  const abort = new AbortController();
  aborts[slot] = abort;
  // A newer run has taken the slot, or this one is too small to be spoken of.
  return score(
    proxies,
    missing,
    classOf,
    abort.signal,
    (job) => void (aborts[slot] === abort && missing.length > 1 && setJob(slot, job)),
  );
}

async function score(
  proxies: string[],
  missing: Uint32Array,
  classOf: JobRequest["classOf"],
  signal: AbortSignal,
  onChange: (job: Job) => void,
): Promise<Job> {
  const { cells, quickPace, epsilonPace } = rank.get();
  const { space, options, batch, weights, ownModel } = store.get();
  const heavy = proxies.includes("epsilon");
  const pace = heavy ? (epsilonPace ?? GUESS.epsilon) : (quickPace ?? GUESS.quick);
  const { keepNow, keepNowAndThen } = keeper(proxies);
  const job = await runJob({
    columns,
    cells: cells!,
    rows: missing,
    classOf,
    workers: workersFor(missing.length, pace),
    signal,
    base: {
      space,
      proxies,
      options,
      batch: heavy ? batch : null,
      weights,
      model: proxies.includes("tgnas") && ownModel !== null ? { file: ownModel } : null,
    },
    onChange: (job) => {
      bump();
      keepNowAndThen();
      onChange(job);
    },
  });
  if (job.counted >= WORTH_KEEPING) keepNow();
  return job;
}

/** Under which key a column's scores are kept between visits; null where they are not. */
function keptKey(proxy: string): KeptKey | null {
  const { space, basis } = rank.get();
  const now = store.get();
  // Rows of a sample are other cells the next time; files stay with this visit, and with them their number.
  if (
    basis === "drawn" ||
    columnInfo(proxy) ||
    (proxy === "tgnas" && now.ownModel !== null) ||
    (proxy === "epsilon" && "file" in now.batch)
  )
    return null;
  return { space, proxy, settings: keyOf(now, proxy) };
}

/** Runs of fewer cells are as quickly done again. */
const WORTH_KEEPING = 50;
/** Milliseconds between two times that a run under way is kept. */
const NOW_AND_THEN = 15_000;

/** Keeps the columns of a run, as they are when it starts: settings may change meanwhile. */
function keeper(proxies: readonly string[]) {
  const { rows } = columns;
  const targets = proxies.flatMap((proxy) => {
    const key = keptKey(proxy);
    return key ? [{ key, column: columns.get(proxy) }] : [];
  });
  let last = performance.now();
  const keepNow = () => {
    last = performance.now();
    for (const { key, column } of targets) void keep(key, column, rows);
  };
  return { keepNow, keepNowAndThen: () => void (performance.now() - last > NOW_AND_THEN && keepNow()) };
}

/** Columns that have been looked up among the kept ones, or are being so. */
const recalled = new WeakMap<Column, Promise<void>>();

/** Fills columns with what earlier visits have kept of them. */
async function recallColumns(proxies: readonly string[]): Promise<void> {
  const { rows } = columns;
  await Promise.all(
    proxies.map((proxy) => {
      const column = columns.get(proxy);
      const key = keptKey(proxy);
      if (!key) return;
      const looked =
        recalled.get(column) ??
        recall(key, rows).then((found) => {
          if (!found) return;
          fillKept(column, found);
          bump();
        });
      recalled.set(column, looked);
      return looked;
    }),
  );
}

/** Stops what runs in a slot; of `whole`, what was asked for without a signal, else the run that is shown. */
export function cancel(slot: Slot): void {
  if (slot === "whole" && !aborts.whole) wholes.stop((key) => key === shownWhole);
  else aborts[slot]?.abort();
}

function drop(slot: Exclude<Slot, "whole">): void {
  cancel(slot);
  aborts[slot] = null;
  setJob(slot, null);
}

/** Runs over all cells, by what they depend on. */
const wholes = new SharedRuns<Job>();
/** Which of them is spoken of. */
let shownWhole = "";
const keyOfWhole = (proxy: string): string => JSON.stringify([store.get().space, proxy, keyOf(store.get(), proxy)]);

/** The run over all cells that fills a proxy's column by the present settings, whoever has asked for it; null if there is none. */
export const wholeOf = (data: RankData, proxy: string): Job | null => data.wholes[keyOfWhole(proxy)] ?? null;

function setWhole(key: string, job: Job): void {
  const { [key]: _, ...others } = rank.get().wholes;
  rank.set({ wholes: job.state === "running" ? { ...others, [key]: job } : others });
}

/** Stops the runs over all cells that say nothing about the settings of now. */
function dropStaleWholes(): void {
  const stale = (key: string) => keyOfWhole(JSON.parse(key)[1]) !== key;
  wholes.stop(stale);
  const left = Object.entries(rank.get().wholes).filter(([key]) => !stale(key));
  rank.set({ wholes: Object.fromEntries(left) });
  if (shownWhole === "" || !stale(shownWhole)) return;
  shownWhole = "";
  setJob("whole", null);
}

let classes: Promise<Uint32Array> | null = null;
let knownClasses: Uint32Array | null = null;

/** Whether cells share scores with equal ones, which then are computed once. The tables hold one cell of a class. */
const sharing = (): boolean => SHARING.has(rank.get().space);
const SHARING: ReadonlySet<SpaceId> = new Set<SpaceId>(["nasbench201"]);

/** Number of the class of equal cells, by row. */
function cellClasses(): Promise<Uint32Array> {
  classes ??= call("canonicalForms", ["nasbench201"]).then((forms) => {
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
  const { space } = rank.get();
  const job = await start("epsilon", ["epsilon"], rows, rows.length < SHARED_FROM || !sharing() ? null : cellClasses());
  if (space === rank.get().space && job?.state === "done" && job.pace !== null) rank.set({ epsilonPace: job.pace });
}

/**
 * Fills a proxy's column for all rows, in one run for all who ask. It stops when all who asked have gone: by their signals,
 * or by `cancel("whole")` who has none. Null if nothing was missing, or others go on with it; rejects if a table cannot be read, or
 * with `Superseded` if the reader leaves the space before it begins.
 */
export async function scoreAll(proxy: string, signal?: AbortSignal): Promise<Job | null> {
  const { space } = rank.get();
  const stay = () => {
    if (space !== rank.get().space) throw new Superseded("the reader has gone to another space");
  };
  if (MORE[space] && !rank.get().proxies.some(({ id }) => id === proxy)) await loadMore();
  stay();
  if (columnInfo(proxy)) return loadColumn(proxy).then(() => null);
  await recallColumns([proxy]);
  stay();
  const { cells, all } = rank.get();
  const missing = columns.missing([proxy], all);
  if (!cells || missing.length === 0) return null;
  const key = keyOfWhole(proxy);
  let own: AbortController | null = null;
  if (!signal) {
    aborts.whole?.abort();
    aborts.whole = own = new AbortController();
  }
  // One is spoken of at a time: that without a signal, or else the first.
  if (own || !wholes.has(shownWhole)) shownWhole = key;
  const show = (job: Job) => {
    setWhole(key, job);
    if (!wholes.has(shownWhole) && wholes.has(key)) shownWhole = key;
    if (key === shownWhole && key === keyOfWhole(proxy)) setJob("whole", job);
  };
  return wholes
    .ask(key, signal ?? own!.signal, (stop) =>
      score([proxy], missing, proxy === "epsilon" && sharing() ? cellClasses() : null, stop, show),
    )
    .finally(() => void (own && aborts.whole === own && (aborts.whole = null)));
}

/** Seconds that the quick scores of the rows will take; null before their pace is known. */
export function quickSeconds(rows: Uint32Array): number | null {
  const { quickPace } = rank.get();
  const missing = columns.missing(quick(), rows).length;
  return quickPace === null ? null : (quickPace * missing) / workersFor(missing, quickPace);
}

/** Cells that are scored first, to measure the pace of ε: the first few, then more if that is quickly done. */
const FIRST = 3;
export const PROBE = 24;

/** ε that takes less than this many seconds is scored unasked. */
const UNASKED = 2;

/** Seconds that ε of the rows will take; null before the pace, and for many rows their classes, are known. */
export function epsilonSeconds(rows: Uint32Array): number | null {
  const { epsilonPace } = rank.get();
  if (epsilonPace === null) return null;
  let cells = columns.missing(["epsilon"], rows);
  if (sharing() && cells.length >= SHARED_FROM) {
    if (!knownClasses) return null;
    cells = byClass(cells, knownClasses, columns.get("epsilon")).score;
  }
  return (epsilonPace * cells.length) / workersFor(cells.length, epsilonPace);
}

/** Measures the pace of ε on a few cells of the sample, then goes on with the sample if that is quickly done. */
async function keepEpsilon(sample: Uint32Array, own: number): Promise<void> {
  const state = rank.get().jobs.epsilon?.state;
  if (state === "running" || state === "failed" || sample.length < PROBE) return;
  if (rank.get().reasons.epsilon) return;
  if (state !== "cancelled" && rank.get().epsilonPace === null) {
    // Of cells that earlier visits have not left scored.
    const [open] = [sample, rank.get().all]
      .map((rows) => columns.missing(["epsilon"], rows))
      .filter((rows) => rows.length > 0);
    if (open) await scoreEpsilon(open.slice(0, FIRST));
    const pace = rank.get().epsilonPace;
    if (pace !== null && pace * PROBE < UNASKED) await scoreEpsilon(sample.slice(0, PROBE));
  }
  // A run that the reader has stopped is not taken up again, but the cell in hand still joins.
  const rows = state === "cancelled" ? including(new Uint32Array(0), own) : sample;
  const seconds = epsilonSeconds(rows);
  if (seconds !== null && seconds < UNASKED) await scoreEpsilon(rows);
  if (sharing()) await cellClasses().then(bump, report); // for the estimate of all cells
}

function report(error: unknown): void {
  const failure = failureOf(error);
  if (failure) rank.set({ failure });
}

export async function loadKnown(): Promise<void> {
  const { space } = store.get();
  rank.set({ knownFailure: null });
  try {
    const known = hasTable(space) ? await knownColumns(space) : [];
    if (space !== rank.get().space) return;
    rank.set({ known });
    offerTabulated();
    await refresh();
  } catch (error) {
    const failure = failureOf(error);
    if (!failure || space !== rank.get().space) return;
    rank.set({ knownFailure: failure });
    refreshSoon(); // scores need no table
  }
}

/** Adds what the tables carry to the proxies. */
function offerTabulated(): void {
  const { proxies, known, more } = rank.get();
  const computed = proxies.filter((proxy) => !proxy.tabulated);
  rank.set({ proxies: [...computed, ...tabulatedProxies([...(known ?? []), ...(more ?? [])], computed)] });
}

/** Fetches the second table's list of columns, if there is one: its proxies are offered from then on. Never rejects. */
export async function loadMore(): Promise<void> {
  const { space, more } = rank.get();
  const table = MORE[space];
  if (!table || more) return;
  rank.set({ moreFailure: null });
  try {
    const found = await knownColumns(table);
    if (space !== rank.get().space) return;
    rank.set({ more: found });
    offerTabulated();
  } catch (error) {
    const failure = failureOf(error);
    if (failure && space === rank.get().space) rank.set({ moreFailure: failure });
  }
}

/** What a table says of a column: an accuracy, or a proxy that is read instead of computed; undefined for other ids. */
export function columnInfo(id: string): ColumnInfo | undefined {
  const { known, more, proxies } = rank.get();
  if (proxies.some((proxy) => proxy.id === id && !proxy.tabulated)) return undefined;
  return known?.find((column) => column.id === id) ?? more?.find((column) => column.id === id);
}

/** Reads a column of a table. Does nothing for what is computed. */
async function loadColumn(id: string): Promise<void> {
  const into = columns;
  const { space, more } = rank.get();
  if (!columnInfo(id) || into.get(id).tabulated) return;
  const inMore = more?.some((column) => column.id === id);
  into.put(id, await knownColumn((inMore && MORE[space]) || space, id));
  bump();
}

/** Columns that a view shows besides x and the target, by view. */
const wanted = new Map<string, readonly string[]>();

/**
 * Has columns filled for a view, for the cells that the sample and the scope name, and kept so while settings and cells
 * change; replaces what the view wanted before. Tabulated columns are read, measures computed; ε is left to the reader,
 * because it takes long. Ids that the space does not have are passed over.
 */
export function want(view: string, ids: readonly string[]): void {
  if (wanted.get(view)?.join() === ids.join()) return;
  wanted.set(view, ids);
  if (started) refreshSoon();
}

export function setX(x: string): void {
  rank.set({ kindX: "linear" });
  store.set({ rank: { ...store.get().rank, proxy: x } });
}

let drawn = "";
const keyOfDraw = ({ count, seed }: Draw): string => `${count},${seed}`;

/** The sample that is asked for; the last one while all cells are looked at. */
function drawOf({ samples, seed }: State["rank"]): Draw {
  return { count: samples === "all" ? lastSamples : (lastSamples = samples), seed };
}

/** The quick scores that the space has. */
const quick = (): string[] => QUICK.filter((id) => !rank.get().reasons[id]);

/** Finds the reader's cell among the rows, or gives it the seat after them. */
async function locate(text: string): Promise<void> {
  const { space, basis, own, cells, rowOf } = rank.get();
  if (!cells || own.text === text) return;
  const row = rowOf.get(text);
  if (row !== undefined) return rank.set({ own: { text, row, equal: -1 } });
  rank.set({ own: { ...nowhere, text: "" } });
  const equal = basis === "table" ? ((await call("knownRowOf", [space, text], "rank-row")) ?? -1) : -1;
  if (space !== rank.get().space || rank.get().cells !== cells) return;
  columns.reseat(equal);
  rank.set({ own: { text, row: columns.seat, equal }, cells: [...cells.slice(0, columns.rows), text] });
}

/** From here on, columns are those of these settings. */
const followKeys = (now: State): void => columns.setKeys((proxy) => (columnInfo(proxy) ? "" : keyOf(now, proxy)));

async function refresh(): Promise<void> {
  const now = store.get();
  const { space, basis, cells, known, proxies, reasons } = rank.get();
  if (!cells || space !== now.space) return;
  const gone = () => space !== rank.get().space; // the reader has gone to another space meanwhile
  const x = now.rank.proxy;
  if (!proxies.some((proxy) => proxy.id === x)) {
    // It may stand in a table that is not there yet.
    if (known === null && hasTable(space) && !rank.get().knownFailure) return;
    if (MORE[space] && !rank.get().more && !rank.get().moreFailure) {
      await loadMore();
      return refresh();
    }
    notify(
      "warning",
      `${reasons[x] ? `“${x}” is not to be had in this space (${reasons[x]})` : `There is no proxy “${x}”`}; the average degree stands in for it.`,
    );
    return setX(startOf(space).rank.proxy);
  }
  const draw = drawOf(now.rank);
  if (basis === "drawn" && drawn !== keyOfDraw(draw)) return load();
  followKeys(now);
  bump(); // views may be showing columns of the settings before
  try {
    await locate(now.cell);
    if (gone()) return;
    if (drawn !== keyOfDraw(draw) || !rank.get().sample) {
      const sample = await drawRows(space, basis, draw, rank.get().rowOf);
      if (gone()) return;
      drawn = keyOfDraw(draw);
      rank.set({ sample });
      bump();
    }
    if (known && known.length > 0 && !known.some((column) => column.id === now.target && column.role === "accuracy")) {
      const { target } = startOf(space);
      notify("warning", `The table holds no accuracy “${now.target}”; ${target} stands in for it.`);
      return store.set({ target });
    }
    const ids = [...new Set([x, ...[...wanted.values()].flat()])].filter(
      (id) => proxies.some((proxy) => proxy.id === id) || columnInfo(id),
    );
    if (known && known.length > 0) await Promise.all([now.target, ...ids].map(loadColumn));
    if (gone()) return;
    const { own, sample, all } = rank.get();
    const compared = seated(sample!, own.row, own.equal);
    const rows = now.rank.samples === "all" && basis !== "drawn" ? seated(all, own.row, own.equal) : compared;
    await recallColumns([...quick(), ...ids, ...(reasons.epsilon ? [] : ["epsilon"])]);
    if (gone()) return;
    const running = start("quick", quick(), rows, null);
    const extra = ids.filter(
      (id) => id !== "epsilon" && !quick().includes(id) && columns.missing([id], rows).length > 0,
    );
    if (extra.length > 0) void start("extra", extra, rows, null);
    clearTimeout(epsilonTimer);
    const job = await running; // ε waits for what is cheap, and until edits pause
    if (gone()) return;
    if (job && job.pace !== null) rank.set({ quickPace: job.pace });
    epsilonTimer = setTimeout(() => void (gone() || keepEpsilon(compared, ownRow())), 800);
  } catch (error) {
    if (!(error instanceof Superseded) && !gone()) report(error);
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
    if (now.space !== before.space) return changeSpace();
    dropStaleWholes();
    // At once: a run that starts before the refresh takes the settings of now, and so must its columns and what is kept of them.
    if (
      now.options !== before.options ||
      now.batch !== before.batch ||
      now.weights !== before.weights ||
      now.ownModel !== before.ownModel
    ) {
      clearTimeout(epsilonTimer);
      if (rank.get().space === now.space) followKeys(now);
    }
    // What still runs or was stopped under other settings says nothing about these.
    if (now.batch !== before.batch || now.weights !== before.weights) {
      drop("epsilon");
      rank.set({ epsilonPace: null });
    }
    if (now.options !== before.options) {
      drop("quick");
      drop("extra");
      rank.set({ quickPace: null });
    }
    if (now.ownModel !== before.ownModel) {
      drop("extra");
      refreshSoon();
    }
    if (
      now.cell !== before.cell ||
      now.options !== before.options ||
      now.rank !== before.rank ||
      now.batch !== before.batch ||
      now.weights !== before.weights ||
      now.target !== before.target
    ) {
      refreshSoon();
    }
  });
}

/** What has been scored in other spaces, for when the reader comes back. */
const kept = new Map<SpaceId, { data: RankData; columns: Columns; drawn: string; lastSamples: number }>();

function changeSpace(): void {
  (["quick", "extra", "epsilon"] as const).forEach(drop);
  dropStaleWholes();
  clearTimeout(timer);
  clearTimeout(epsilonTimer);
  const left = rank.get();
  if (left.cells) kept.set(left.space, { data: left, columns, drawn, lastSamples });
  const { space } = store.get();
  const back = kept.get(space);
  columns = back?.columns ?? new Columns(0, () => "");
  drawn = back?.drawn ?? "";
  lastSamples = back?.lastSamples ?? 200;
  rank.set(back?.data ?? blank(space));
  if (back) void (back.data.known ? refresh() : loadKnown());
  else void load();
}

/** Loads the rows and what can be known of them. */
export async function load(): Promise<void> {
  const { space, rank: settings } = store.get();
  rank.set({ failure: null, space });
  try {
    const basis = await basisOf(space);
    const draw = drawOf(settings);
    const [cells, proxies] = await Promise.all([cellsOf(space, basis, draw), call("proxies", [space])]);
    const reasons = await reasonsOf(space, cells[0]!);
    if (space !== store.get().space) return;
    columns = new Columns(cells.length, () => "");
    drawn = basis === "drawn" ? keyOfDraw(draw) : "";
    rank.set({
      basis,
      cells,
      reasons,
      proxies: proxies.filter(({ id }) => !reasons[id]),
      own: nowhere,
      sample: null,
      rowOf: new Map(cells.map((text, row) => [text, row])),
      all: Uint32Array.from(cells.keys()),
    });
    refreshSoon();
    if (rank.get().known === null) await loadKnown();
  } catch (error) {
    if (!(error instanceof Superseded) && space === store.get().space) report(error);
  }
}
