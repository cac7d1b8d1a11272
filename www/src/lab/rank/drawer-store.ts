/** Cells that the reader has put aside to compare, by space; they last as long as the browser's tab. */
import { keepSession, recallSession } from "../../state/session.ts";
import { SPACE_IDS } from "../../space/spaces.ts";
import { notify } from "../../state/state.ts";
import { createStore, useStoreOf } from "../../state/store.ts";
import type { SpaceId } from "../../types.ts";
import { useRank } from "../../columns/model.ts";

/** More do not fit side by side. */
export const MOST_KEPT = 6;

type Drawer = Readonly<Partial<Record<SpaceId, readonly string[]>>>;

/** Only texts of reasonable length; whether they are cells the module says. */
export function readDrawer(value: unknown): Drawer | null {
  if (!value || typeof value !== "object") return null;
  const held = value as Record<string, unknown>;
  return Object.fromEntries(
    SPACE_IDS.flatMap((space) => {
      const texts = held[space];
      if (!Array.isArray(texts)) return [];
      const good = texts.filter(
        (text): text is string => typeof text === "string" && text.length > 0 && text.length <= 4096,
      );
      return good.length > 0 ? [[space, [...new Set(good)].slice(0, MOST_KEPT)]] : [];
    }),
  );
}

const drawer = createStore<{ cells: Drawer }>({ cells: recallSession("drawer", readDrawer) ?? {} });
drawer.subscribe(({ cells }) => keepSession("drawer", cells));

const none: readonly string[] = [];

/** The cells of the space in hand. */
export function useKept(): readonly string[] {
  const space = useRank((data) => data.space);
  return useStoreOf(drawer, ({ cells }) => cells[space] ?? none);
}

/** Puts a cell aside, or back. */
export function toggleKept(space: SpaceId, text: string): void {
  const { cells } = drawer.get();
  const held = cells[space] ?? none;
  if (held.includes(text)) return drawer.set({ cells: { ...cells, [space]: held.filter((other) => other !== text) } });
  if (held.length >= MOST_KEPT)
    return notify("info", `${MOST_KEPT} cells are the most that can be compared; take one out first.`);
  drawer.set({ cells: { ...cells, [space]: [...held, text] } });
}

export function emptyDrawer(space: SpaceId): void {
  drawer.set({ cells: { ...drawer.get().cells, [space]: none } });
}
