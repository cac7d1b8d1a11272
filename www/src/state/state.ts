// Everything the page shows follows from this one store. What a link carries is in `url.ts`.
import { emptyHistory, record, redo as redoIn, undo as undoIn, type History } from "./history.ts";
import { FIXED_LAYERS, SPACES } from "../space/spaces.ts";
import { createStore, useStoreOf } from "./store.ts";
import type { SpaceId } from "../types.ts";

/** Settings of NASGraph's surrogate network; see `NetworkOptions`. A space uses those that it has (`SPACES[…].options`). */
export interface NetworkSettings {
  readonly seed: number;
  readonly cellsPerStack: number;
  readonly stemChannels: number;
  readonly task: string;
  readonly initChannels: number;
  readonly layers: number;
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
  /** Another proxy that takes the accuracy's place in the scatter; empty = none. */
  readonly against: string;
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
  /** Node of the pruned cell, as `LayerInfo.cellNode`, in spaces whose nodes carry the operations. */
  readonly cellNode: number | null;
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
  /** What the editor shows while it breaks a rule of the space; `cell` is the last that broke none. */
  readonly draft: string | null;
}

/** A visitor's work in one space: kept while another space is looked at. */
export interface Desk {
  /** The cell's text in printed form: always one that the module has accepted or printed. */
  readonly cell: string;
  readonly options: NetworkSettings;
  readonly batch: BatchSpec;
  /** w_low, w_high of ε. */
  readonly weights: readonly [number, number];
  /** Column of the known table that cells are judged by; empty where there is no table. */
  readonly target: string;
  readonly rank: RankSettings;
  /** Searches to compare, as `lab/search/settings.ts` writes them; empty for those that the space starts with. */
  readonly search: string;
  /** Best of N, as `lab/best/settings.ts` writes it; likewise. */
  readonly best: string;
  /** The combination of proxies, as `lab/mix.ts` writes it; likewise. */
  readonly mix: string;
  /** What is looked at of TG-NAS’s predictor, as `tgnas/choice.ts` writes it; empty for what it starts with. */
  readonly tgnas: string;
  /** What the table of cells is narrowed to, as `rank/filter.ts` reads it. */
  readonly filter: string;
  /** Neither is ever in a link. */
  readonly draft: string | null;
  readonly history: History<Work>;
}

/** `Desk` is the one of `space`. */
export interface State extends Desk {
  readonly space: SpaceId;
  readonly theme: Theme;
  /** Tab of the laboratory; those that there are stand in `lab/tabs.ts`. */
  readonly tab: string;
  /** By which correlation the matrix and the slices go. */
  readonly statistic: "spearman" | "kendall";

  // Transient: never in a link.
  /** File of the weights by which TG-NAS predicts instead of the shipped ones (see `keepFile`), or null. */
  readonly ownModel: number | null;
  /** The desks of other spaces that have been looked at. */
  readonly shelf: Readonly<Partial<Record<SpaceId, Desk>>>;
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
  initChannels: [1, 16],
  layers: [1, 20],
  batchCount: [2, 256],
  samples: [2, 15_625],
} as const;

/** Where a visitor starts in a space. */
export function startOf(space: SpaceId): Desk {
  const { cell, weights, target } = SPACES[space];
  return {
    cell,
    options: { seed: 1, cellsPerStack: 1, stemChannels: 16, task: "class_object", initChannels: 8, layers: 8 },
    batch: { kind: "leaves", seed: 0, count: 64 },
    weights,
    target: target ?? "",
    rank: { samples: 200, seed: 0, proxy: "average_degree", against: "" },
    search: "",
    best: "",
    mix: "",
    tgnas: "",
    filter: "",
    draft: null,
    history: emptyHistory,
  };
}

export const initialState: State = {
  space: "nasbench201",
  ...startOf("nasbench201"),
  theme: "auto",
  tab: "rank",
  statistic: "spearman",
  ownModel: null,
  shelf: {},
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
  const { cell, options, draft, history } = store.get();
  const now: Work = { cell, options, draft };
  const work = { ...now, ...next };
  if (work.cell === cell && work.options === options && work.draft === draft) return;
  store.set({ ...work, history: record(history, now, tag, Date.now()), ...selectionFor(work) });
}

/** A selected channel stays as long as the network's layers and their sizes do. */
function selectionFor(work: Work): Partial<State> {
  const { space, cell, options } = store.get();
  const sizes = SPACES[space].options.every((option) => options[option] === work.options[option]);
  const layers = work.cell === cell || FIXED_LAYERS.has(space);
  return sizes && layers ? {} : { node: null, pair: null, hover: null };
}

function deskOf({
  cell,
  options,
  draft,
  batch,
  weights,
  target,
  rank,
  history,
  search,
  best,
  mix,
  tgnas,
  filter,
}: State): Desk {
  return { cell, options, draft, batch, weights, target, rank, history, search, best, mix, tgnas, filter };
}

/** What to set to go to another space: its desk as it was left, or a fresh one; the present one goes on the shelf. */
export function deskFor(space: SpaceId): Partial<State> {
  const now = store.get();
  if (space === now.space) return {};
  const { [space]: kept, ...others } = now.shelf;
  return {
    space,
    ...(kept ?? startOf(space)),
    shelf: { ...others, [now.space]: deskOf(now) },
    hover: null,
    node: null,
    pair: null,
  };
}

/** Goes to another space. */
export function switchSpace(space: SpaceId): void {
  store.set(deskFor(space));
}

/** Loads a cell. The text must be one that the module printed (`CellInfo.text`, `sample`, `neighbours`, …). */
export function setCell(text: string, tag: string | null = null): void {
  replaceWork({ cell: text, draft: null }, tag);
}

/** Shows a cell that breaks a rule of the space, beside the last one that did not; null goes back to that one. */
export function setDraft(text: string | null): void {
  replaceWork({ draft: text }, null);
}

export function setOptions(patch: Partial<NetworkSettings>): void {
  const { options } = store.get();
  const keys = Object.keys(patch) as (keyof NetworkSettings)[];
  if (keys.every((key) => options[key] === patch[key])) return;
  replaceWork({ options: { ...options, ...patch } }, `options:${keys.join()}`);
}

function step(move: typeof undoIn): void {
  const { cell, options, draft, history } = store.get();
  const moved = move<Work>(history, { cell, options, draft });
  if (moved) store.set({ ...moved.present, history: moved.history, ...selectionFor(moved.present) });
}
export const undo = (): void => step(undoIn);
export const redo = (): void => step(redoIn);

export function setHover(hover: Partial<Hover> | null): void {
  const now = store.get().hover;
  const next = hover && { cellEdge: null, cellNode: null, layer: null, node: null, ...hover };
  const same =
    now !== null &&
    next !== null &&
    now.cellEdge === next.cellEdge &&
    now.cellNode === next.cellNode &&
    now.layer === next.layer &&
    now.node?.layer === next.node?.layer &&
    now.node?.channel === next.node?.channel;
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
