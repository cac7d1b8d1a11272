// Searches under way and done: one instance, following the page's store. A result belongs to the settings that made it, so
// going back to settings shows it again.
import { failureOf, Superseded } from "../../engine/client.ts";
import { knownColumn } from "../../engine/known.ts";
import { columnInfo, keyOf, loadMore, rank, scoreAll, scores } from "../../columns/model.ts";
import { MORE } from "../../columns/rows.ts";
import { store, type State } from "../../state/state.ts";
import { createStore, useStoreOf } from "../../state/store.ts";
import type { Failure } from "../../types.ts";
import { WorkerDied, type RunningJob } from "../../engine/worker-handle.ts";
import { lab, startSearch } from "../../engine/lab-client.ts";
import type { GuideSpec, SearchPart, SearchRequest } from "../../engine/lab-protocol.ts";
import { addPart, curves, emptyRows, lookups, type Bands, type Rows } from "./rows.ts";
import {
  optionsOf,
  problemOf,
  readSettings,
  seriesText,
  startOf,
  writeSettings,
  type SearchSettings,
  type Series,
} from "./settings.ts";

export type RunState = "scoring" | "running" | "paused" | "cancelled" | "failed" | "done";

/** A series that has been searched, or is. */
export interface Found {
  readonly state: RunState;
  readonly failure: Failure | null;
  /** Filled in as they come: read them anew when `version` changes. */
  readonly rows: Rows;
  /** Goes up with the rows. */
  readonly version: number;
  /** Over the runs, look-up by look-up; null until there are some. */
  readonly bands: Bands | null;
  /** Cells of warm-ups that have been scored in the runs under way. */
  readonly warmed: number;
}

export interface SearchData {
  /** By `keyOfSeries`. */
  readonly found: Readonly<Record<string, Found>>;
  /** Which of the series is looked at closely, and which of its runs, from 0. */
  readonly selected: number;
  readonly run: number;
}

export const search = createStore<SearchData>({ found: {}, selected: 0, run: 0 });

export function useSearch<T>(select: (data: SearchData) => T): T {
  return useStoreOf(search, select);
}

/** Cells of known accuracy. */
export function knownCount(): number {
  const { known, all } = rank.get();
  return known?.find((column) => column.id === store.get().target)?.defined ?? all.length;
}

let read: { text: string; space: string; known: number; settings: SearchSettings; problems: string[] } | null = null;

/** The settings that the page's state holds, and what was wrong with them. */
export function settingsOf(
  { search: text, space }: Pick<State, "search" | "space">,
  known: number,
): { settings: SearchSettings; problems: string[] } {
  if (read?.text !== text || read.space !== space || read.known !== known) {
    read = { text, space, known, ...readSettings(text, startOf(space, known)) };
  }
  return read;
}

export const settings = (): SearchSettings => settingsOf(store.get(), knownCount()).settings;

export function setSettings(patch: Partial<SearchSettings>): void {
  store.set({ search: writeSettings({ ...settings(), ...patch }) });
}

/** Replaces one of the series. */
export function setSeries(place: number, one: Series): void {
  setSettings({ series: settings().series.map((other, k) => (k === place ? one : other)) });
}

/** What the rows of a series depend on. */
export function keyOfSeries(one: Series, { budget, runs, seed }: SearchSettings): string {
  const state = store.get();
  const computed = rank.get().proxies.some(({ id, tabulated }) => id === one.guide && !tabulated);
  const guide = computed ? keyOf(state, one.guide) : "table";
  return JSON.stringify([state.space, state.target, budget, runs, seed, seriesText(one), guide]);
}

const versions = new Map<string, number>();

function patch(key: string, change: Partial<Found>): void {
  const { found } = search.get();
  const now = found[key];
  if (now) search.set({ found: { ...found, [key]: { ...now, ...change } } });
}

/** Look-ups of all results that are kept, some 30 bytes each; the oldest results go first. */
const MOST_KEPT = 2_000_000;

function begin(key: string, one: SearchSettings): void {
  deaths = 0;
  const others = Object.entries(search.get().found).filter(([other]) => other !== key);
  let room = MOST_KEPT;
  const kept = others
    .reverse()
    .filter(([, { state, rows }]) => (room -= rows.runs * rows.budget) > 0 || isActive(state))
    .reverse();
  const fresh: Found = {
    state: "scoring",
    failure: null,
    rows: emptyRows(one.runs, one.budget),
    version: 0,
    bands: null,
    warmed: 0,
  };
  search.set({ found: { ...Object.fromEntries(kept), [key]: fresh } });
}

// ---- Bands, as rows come ----

const stale = new Set<string>();
let banding = false;

/** How often bands are asked for again after a worker died of them. */
const MOST_DEATHS = 3;
let deaths = 0;

function bandsSoon(key: string): void {
  const found = search.get().found[key];
  if (!found || lookups(found.rows) === 0) return;
  stale.add(key);
  if (banding) return;
  banding = true;
  // Large searches are drawn less often: their curves have to be sent and read again each time.
  const { budget, runs } = found.rows;
  setTimeout(() => void refreshBands(), 100 + (budget * runs) / 500);
}

async function refreshBands(): Promise<void> {
  const keys = [...stale];
  stale.clear();
  await Promise.all(
    keys.map(async (key) => {
      const found = search.get().found[key];
      if (!found) return;
      try {
        const bands = await lab("quartileBands", [curves(found.rows)], `bands:${key}`);
        deaths = 0;
        if (search.get().found[key]?.rows === found.rows) patch(key, { bands, version: versions.get(key) ?? 0 });
      } catch (error) {
        // One that could not even start would not start the next time either.
        if (error instanceof WorkerDied && error.started && deaths < MOST_DEATHS) {
          deaths++;
          stale.add(key);
        } else if (!(error instanceof Superseded)) patch(key, { failure: failureOf(error) });
      }
    }),
  );
  banding = false;
  const next = [...stale].find((key) => search.get().found[key]);
  if (next !== undefined) bandsSoon(next);
}

// ---- Running ----

interface Running {
  readonly key: string;
  readonly abort: AbortController;
  job: RunningJob | null;
}

const running = new Map<string, Running>();

const isActive = (state: RunState | undefined): boolean =>
  state === "scoring" || state === "running" || state === "paused";

let following = false;

/** Starts to follow the page's state: searches that nobody looks at any more are stopped. */
export function followState(): void {
  if (following) return;
  following = true;
  store.subscribe(() => {
    if (running.size === 0) return;
    const now = settings();
    const keys = now.series.map((one) => keyOfSeries(one, now));
    for (const { key, abort } of running.values()) if (!keys.includes(key)) abort.abort();
  });
}

/** Starts every series that has not been searched to the end and that nothing keeps from it. */
export function start(): void {
  const now = settings();
  const { space } = store.get();
  for (const one of now.series) {
    const key = keyOfSeries(one, now);
    const state = search.get().found[key]?.state;
    if (state === "done" || isActive(state) || problemOf(one, now, knownCount(), space)) continue;
    begin(key, now);
    void run(key, one, now);
  }
}

async function run(key: string, one: Series, now: SearchSettings): Promise<void> {
  const task: Running = { key, abort: new AbortController(), job: null };
  running.set(key, task);
  const { signal } = task.abort;
  const { rows } = search.get().found[key]!;
  const warmed: number[] = [];
  const onPart = (part: SearchPart, place: number) => {
    addPart(rows, part);
    warmed[place] = part.warmed;
    versions.set(key, (versions.get(key) ?? 0) + 1);
    if (search.get().found[key]?.rows !== rows) return;
    patch(key, { warmed: warmed.reduce((sum, n) => sum + (n ?? 0), 0) });
    if (part.run.length > 0) bandsSoon(key);
  };
  try {
    const request = await requestOf(one, now, signal);
    if (signal.aborted) throw new Superseded("cancelled");
    task.job = startSearch(request, onPart, signal);
    if (search.get().found[key]?.state === "scoring") patch(key, { state: "running" });
    else task.job.pause(true);
    await task.job.done;
    patch(key, { state: "done", warmed: 0 });
  } catch (error) {
    patch(key, error instanceof Superseded ? { state: "cancelled" } : { state: "failed", failure: failureOf(error) });
  } finally {
    running.delete(key);
    bandsSoon(key);
  }
}

export function pause(paused: boolean): void {
  for (const { key, job } of running.values()) {
    job?.pause(paused);
    patch(key, { state: paused ? "paused" : job ? "running" : "scoring" });
  }
}

/** Stops what runs; what was found stays. */
export function cancel(): void {
  for (const { abort } of running.values()) abort.abort();
}

async function requestOf(one: Series, now: SearchSettings, signal: AbortSignal): Promise<SearchRequest> {
  const { space, target } = store.get();
  const { basis, cells, all, known } = rank.get();
  if (!cells) throw new Error("the cells of the space are not there yet");
  const info = known?.find((column) => column.id === target);
  const better = info?.better === "smaller" ? "smaller" : "larger";
  const [accuracy, guide] = await Promise.all([
    knownColumn(space, target),
    one.guide === "" ? null : guideOf(one, now, signal),
  ]);
  return {
    kind: "search",
    space,
    texts: basis === "space" ? null : cells.slice(0, all.length),
    accuracy,
    options: { ...optionsOf(one, now), better },
    guide,
  };
}

/** Scores that are there, or the proxy to be computed as it is needed. */
async function guideOf({ guide, warmup }: Series, { runs }: SearchSettings, signal: AbortSignal): Promise<GuideSpec> {
  const { space, options, batch, weights } = store.get();
  const { all } = rank.get();
  if (!rank.get().proxies.some(({ id }) => id === guide) && !columnInfo(guide)) await loadMore();
  const tabulated = columnInfo(guide);
  if (tabulated) {
    const inMore = rank.get().more?.some(({ id }) => id === guide);
    const values = await knownColumn((inMore && MORE[space]) || space, guide);
    return { scores: values, better: tabulated.better === "smaller" ? "smaller" : "larger" };
  }
  const proxy = rank.get().proxies.find(({ id }) => id === guide);
  if (!proxy) throw new Error(`there is no proxy “${guide}” in this space`);
  // Where warm-ups will draw most cells, each is scored once for all workers and series; so it is where scoring needs more
  // than these workers have (TG-NAS its weights).
  const missing = scores().missing([guide], all);
  if (missing.length > 0 && (warmup * runs >= all.length / 2 || guide === "tgnas")) await scoreFor(guide, signal);
  const column = scores().get(guide);
  if (scores().missing([guide], all).length === 0) {
    return { scores: column.values.slice(0, all.length), better: proxy.better === "smaller" ? "smaller" : "larger" };
  }
  const { ownModel } = store.get();
  return {
    proxy: guide,
    options,
    batch: guide === "epsilon" ? batch : null,
    weights,
    model: ownModel === null ? null : { file: ownModel },
  };
}

/** Scores all cells by a proxy, once for all who ask: one who goes stops it only if nobody else waits for it. */
async function scoreFor(proxy: string, signal: AbortSignal): Promise<void> {
  const job = await scoreAll(proxy, signal);
  if (signal.aborted || job?.state === "cancelled") throw new Superseded("cancelled");
}
