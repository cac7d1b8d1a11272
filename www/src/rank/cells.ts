/** Columns of the table below the scatter: what is on the axes with its ranks first, then whatever else has been scored. */
import { useMemo } from "preact/hooks";
import { whole } from "../format.ts";
import type { TableColumn } from "./files.ts";
import { measureOf } from "./measures.ts";
import { QUICK, scores, useRank } from "./model.ts";
import { ranks } from "./rows.ts";

/** `version`: goes up when the columns should be read anew. */
export function useTableColumns(rows: Uint32Array, x: string, y: string, version: number): TableColumn[] {
  const proxies = useRank((data) => data.proxies);
  const known = useRank((data) => data.known);
  const total = useRank((data) => data.all.length);
  return useMemo(() => {
    const result: TableColumn[] = [];
    const add = (id: string, ranked: boolean) => {
      const measure = measureOf(id);
      if (!measure) return;
      const { kind, head, better, bare } = measure;
      const { values, scored } = scores().get(id);
      const missing = (row: number) => (kind === "computed" ? ["–", "undefined", "failed"][scored[row]!]! : row >= total ? "not in the table" : "no figure");
      result.push({ id, label: head, values, format: bare, missing, first: better === "smaller" ? "ascending" : "descending" });
      if (!ranked) return;
      const places = new Float64Array(values.length).fill(NaN);
      const found = ranks(rows, values, better);
      rows.forEach((row, i) => (places[row] = found[i]!));
      result.push({ id: `${id}_rank`, label: "rank", values: places, format: whole, missing: () => "", first: "ascending" });
    };
    add(y, true);
    if (x !== y) add(x, true);
    for (const id of [...QUICK, "epsilon"]) {
      if (id === x || id === y || !proxies.some((proxy) => proxy.id === id)) continue;
      if (id !== "epsilon" || scores().get(id).scored.includes(1)) add(id, false);
    }
    return result;
  }, [rows, version, x, y, proxies, known, total]);
}
