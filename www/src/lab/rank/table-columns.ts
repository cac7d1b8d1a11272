/** Columns of the table below the scatter: what is on the axes with its ranks first, then what the reader has chosen. */
import { useEffect, useMemo } from "preact/hooks";
import { whole } from "../../words/format.ts";
import { keepSession, recallSession } from "../../state/session.ts";
import { createStore, useStoreOf } from "../../state/store.ts";
import type { SpaceId } from "../../types.ts";
import type { Column } from "../../columns/columns.ts";
import type { TableColumn } from "./files.ts";
import { plainName } from "./filter.ts";
import { measureOf } from "../../columns/measures.ts";
import { QUICK, scores, useRank, want } from "../../columns/model.ts";
import { ranks } from "./table-rows.ts";
import { inUnit } from "../../words/measures.ts";

interface Choice {
  /** Ids of the columns besides the axes', by space; a space that is left out shows the usual ones. */
  readonly shown: Readonly<Partial<Record<SpaceId, readonly string[]>>>;
  /** Whether each column has its ranks beside it. */
  readonly ranked: boolean;
}

function readChoice(value: unknown): Choice | null {
  const { shown, ranked } = (value ?? {}) as { shown?: Record<string, unknown>; ranked?: unknown };
  if (!shown || typeof shown !== "object") return null;
  const good = Object.entries(shown).filter(
    ([, ids]) =>
      Array.isArray(ids) &&
      ids.length <= 100 &&
      ids.every((id) => typeof id === "string" && /^\w[\w-]{0,63}$/.test(id)),
  );
  return { shown: Object.fromEntries(good) as Choice["shown"], ranked: ranked === true };
}

const choice = createStore<Choice>(recallSession("columns", readChoice) ?? { shown: {}, ranked: false });
choice.subscribe((now) => keepSession("columns", now));

/** The chosen ids, in the order chosen; null for the usual ones. */
export function useChosen(): { ids: readonly string[] | null; ranked: boolean } {
  const space = useRank((data) => data.space);
  const { shown, ranked } = useStoreOf(choice, (now) => now);
  return { ids: shown[space] ?? null, ranked };
}

export function choose(space: SpaceId, ids: readonly string[] | null): void {
  const { [space]: _, ...others } = choice.get().shown;
  choice.set({ shown: ids === null ? others : { ...others, [space]: ids } });
}

export const setRanked = (ranked: boolean): void => choice.set({ ranked });

/** What a space shows until the reader chooses: ε only once some of it is scored. */
export const usual = (): string[] => [...QUICK, ...(scores().get("epsilon").scored.includes(1) ? ["epsilon"] : [])];

/** Ranks by column, kept while neither the rows nor the values change: each takes a few ms for all cells. */
const places = new WeakMap<Column, { rows: Uint32Array; count: number; places: Float64Array }>();

function placesOf(column: Column, rows: Uint32Array, better: "larger" | "smaller"): Float64Array {
  const held = places.get(column);
  if (held && held.rows === rows && held.count === column.count) return held.places;
  const result = new Float64Array(column.values.length).fill(NaN);
  const found = ranks(rows, column.values, better);
  rows.forEach((row, i) => (result[row] = found[i]!));
  places.set(column, { rows, count: column.count, places: result });
  return result;
}

/** `version`: goes up when the columns should be read anew. */
export function useTableColumns(rows: Uint32Array, x: string, y: string, version: number): TableColumn[] {
  const proxies = useRank((data) => data.proxies);
  const known = useRank((data) => data.known);
  const more = useRank((data) => data.more);
  const total = useRank((data) => data.all.length);
  const { ids, ranked } = useChosen();
  // Where a space does not compute one of the usual scores, its table may carry it.
  useEffect(() => want("table", ids ?? QUICK), [ids]);
  return useMemo(() => {
    const result: TableColumn[] = [];
    const add = (id: string, withRank: boolean, also: readonly string[] = []) => {
      const measure = measureOf(id);
      if (!measure) return;
      const { kind, head, better, bare, scale } = measure;
      const column = scores().get(id);
      const { values, scored } = column;
      const missing = (row: number) =>
        kind === "computed"
          ? ["–", "undefined", "failed"][scored[row]!]!
          : row >= total
            ? "not in the table"
            : "no figure";
      result.push({
        id,
        label: head,
        values,
        shown: scale === 1 ? values : values.map((value) => inUnit(value, scale)),
        format: bare,
        missing,
        first: better === "smaller" ? "ascending" : "descending",
        names: [plainName(id), ...also],
      });
      if (!withRank) return;
      const ranked = placesOf(column, rows, better);
      result.push({
        id: `${id}_rank`,
        label: "rank",
        values: ranked,
        shown: ranked,
        format: whole,
        missing: () => "",
        first: "ascending",
        names: [`${plainName(id)}_rank`, ...also.map((name) => `${name}_rank`), ...(also.length > 0 ? ["rank"] : [])],
      });
    };
    add(y, true, measureOf(y)?.kind === "accuracy" ? ["accuracy"] : []);
    if (x !== y) add(x, true);
    for (const id of ids ?? usual()) if (id !== x && id !== y) add(id, ranked);
    return result;
  }, [rows, version, x, y, ids, ranked, proxies, known, more, total]);
}
