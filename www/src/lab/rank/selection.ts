/** Cells that the reader has picked out of the scatter. One selection for the page; another space starts a new one. */
import { useMemo } from "preact/hooks";
import { createStore, useStoreOf } from "../../state/store.ts";
import type { SpaceId } from "../../types.ts";
import { combine, type Combine } from "../../chart/lasso.ts";
import { rank, useRank } from "../../columns/model.ts";

interface Selection {
  readonly space: SpaceId | null;
  /** Ascending. */
  readonly rows: Uint32Array;
  /** Whether the table shows these cells only. */
  readonly only: boolean;
}

const none = new Uint32Array(0);
const selection = createStore<Selection>({ space: null, rows: none, only: false });

/** The selected rows of the space in hand. */
export function useSelection(): Uint32Array {
  const space = useRank((data) => data.space);
  const held = useStoreOf(selection, (now) => now);
  return held.space === space ? held.rows : none;
}

export const useOnlySelected = (): boolean => useStoreOf(selection, (now) => now.only);
export const showOnlySelected = (only: boolean): void => selection.set({ only });

export function select(rows: Uint32Array, how: Combine): void {
  const { space } = rank.get();
  const held = selection.get();
  const next = combine(held.space === space ? held.rows : none, rows, how);
  selection.set({ space, rows: next, only: next.length > 0 && held.only });
}

/** The rows that are selected, in the order given. */
export function useSelectedOf(rows: Uint32Array): Uint32Array {
  const selected = useSelection();
  return useMemo(() => {
    if (selected.length === 0) return none;
    const chosen = new Set(selected);
    return rows.filter((row) => chosen.has(row));
  }, [rows, selected]);
}
