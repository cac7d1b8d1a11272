// Everything the page shows follows from this one store. What a link carries is in `url.ts`.
import { emptyHistory, record, redo as redoIn, undo as undoIn, type History } from "./history.ts";
import { createStore, useStoreOf } from "./store.ts";
import type { SpaceId } from "./types.ts";

/** Settings of NASGraph's surrogate network; see `NetworkOptions`. */
export interface NetworkSettings {
  readonly seed: number;
  readonly cellsPerStack: number;
  readonly stemChannels: number;
}

/** Which mini-batch ε runs on. `file` names bytes that the client holds; they never leave the page. */
export type BatchSpec =
  | { readonly kind: "leaves" | "randn"; readonly seed: number; readonly count: number }
  | { readonly kind: "cifar10" | "images"; readonly name: string; readonly count: number; readonly file: number };

export interface RankSettings {
  readonly samples: number | "all";
  readonly seed: number;
  /** Proxy that is set against the accuracy. */
  readonly proxy: string;
}

export interface NodeRef {
  readonly layer: number;
  readonly channel: number;
}

/** A pair of channels of which "why is there an edge?" is asked. */
export interface ChannelPair {
  readonly source: NodeRef;
  readonly target: NodeRef;
}

/** What the pointer or the keyboard is on, in whichever view; the other views light it up. */
export interface Hover {
  /** Position in `CellInfo.edges`. */
  readonly cellEdge: number | null;
  readonly layer: number | null;
  readonly node: NodeRef | null;
}

export type Theme = "auto" | "light" | "dark";

export interface PageNotice {
  readonly id: number;
  readonly kind: "info" | "warning" | "error";
  readonly text: string;
}

/** What undo and redo step through. */
export interface Work {
  readonly cell: string;
  readonly options: NetworkSettings;
}

export interface State {
  readonly space: SpaceId;
  /** The cell's text in printed form: always one that the module has accepted or printed. */
  readonly cell: string;
  readonly options: NetworkSettings;
  readonly batch: BatchSpec;
  /** w_low, w_high of ε. */
  readonly weights: readonly [number, number];
  /** Column of the known table that cells are judged by. */
  readonly target: string;
  readonly rank: RankSettings;
  readonly theme: Theme;

  // Transient: never in a link.
  readonly history: History<Work>;
  readonly hover: Hover | null;
  readonly node: NodeRef | null;
  readonly pair: ChannelPair | null;
  readonly notices: readonly PageNotice[];
  readonly introOpen: boolean;
}

export const LIMITS = {
  seed: [0, 4_294_967_295],
  cellsPerStack: [1, 5],
  stemChannels: [1, 64],
  batchCount: [2, 256],
  samples: [2, 15_625],
} as const;

/** A residual-like cell: two convolutions beside a skip. Where the page starts without a link. */
export const DEFAULT_CELL = "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|skip_connect~2|";

export const initialState: State = {
  space: "nasbench201",
  cell: DEFAULT_CELL,
  options: { seed: 1, cellsPerStack: 1, stemChannels: 16 },
  batch: { kind: "leaves", seed: 0, count: 64 },
  weights: [1e-7, 1],
  target: "cifar10_test_acc",
  rank: { samples: 200, seed: 0, proxy: "average_degree" },
  theme: "auto",
  history: emptyHistory,
  hover: null,
  node: null,
  pair: null,
  notices: [],
  introOpen: true,
};

export const store = createStore<State>(initialState);

export function useStore<T>(select: (state: State) => T): T {
  return useStoreOf(store, select);
}

function replaceWork(next: Partial<Work>, tag: string | null): void {
  const { cell, options, history } = store.get();
  const work = { cell, options, ...next };
  if (work.cell === cell && work.options === options) return;
  store.set({ ...work, history: record(history, { cell, options }, tag, Date.now()), ...selectionFor(work) });
}

/** A selected channel stays through edits of the cell, but means nothing once the network's size has changed. */
function selectionFor(work: Work): Partial<State> {
  const { options } = store.get();
  const same = options.cellsPerStack === work.options.cellsPerStack && options.stemChannels === work.options.stemChannels;
  return same ? {} : { node: null, pair: null, hover: null };
}

/** Loads a cell. The text must be one that the module printed (`CellInfo.text`, `sample`, `neighbours`, …). */
export function setCell(text: string, tag: string | null = null): void {
  replaceWork({ cell: text }, tag);
}

export function setOptions(patch: Partial<NetworkSettings>): void {
  const { options } = store.get();
  const keys = Object.keys(patch) as (keyof NetworkSettings)[];
  if (keys.every((key) => options[key] === patch[key])) return;
  replaceWork({ options: { ...options, ...patch } }, `options:${keys.join()}`);
}

function step(move: typeof undoIn): void {
  const { cell, options, history } = store.get();
  const moved = move<Work>(history, { cell, options });
  if (moved) store.set({ ...moved.present, history: moved.history, ...selectionFor(moved.present) });
}
export const undo = (): void => step(undoIn);
export const redo = (): void => step(redoIn);

export function setHover(hover: Partial<Hover> | null): void {
  const now = store.get().hover;
  const next = hover && { cellEdge: null, layer: null, node: null, ...hover };
  const same =
    now !== null && next !== null && now.cellEdge === next.cellEdge && now.layer === next.layer &&
    now.node?.layer === next.node?.layer && now.node?.channel === next.node?.channel;
  if (!same) store.set({ hover: next });
}

let noticeCount = 0;

/** Shows a dismissible notice at the top of the page; an equal one already there is kept. */
export function notify(kind: PageNotice["kind"], text: string): void {
  const { notices } = store.get();
  if (notices.some((notice) => notice.text === text)) return;
  store.set({ notices: [...notices, { id: ++noticeCount, kind, text }].slice(-4) });
}

export function dismiss(id: number): void {
  store.set({ notices: store.get().notices.filter((notice) => notice.id !== id) });
}
