/** The cells under discussion as a table: sorted, filtered, drawn as far as it is in sight, the reader's cell on top. */
import { whole } from "../../words/format.ts";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { setCell, store, useStore } from "../../state/state.ts";
import type { SpaceId } from "../../types.ts";
import { MAX_FILTER } from "../../state/url.ts";
import { DownloadMenu } from "../../ui/download.tsx";
import { lazily } from "../../ui/lazy.tsx";
import { Explain } from "../../ui/pop.tsx";
import { ColumnsMenu } from "./columns-menu.tsx";
import { toggleKept, useKept } from "./drawer-store.ts";
import { cellsCsv, cellsJson, type TableColumn } from "./files.ts";
import { MiniCell } from "../../space/kit/mini.tsx";
import { useRank } from "../../columns/model.ts";
import { cellShort } from "../../space/kit/thumbnail.ts";
import { filterRows } from "./filter.ts";
import { sortByNumber, sortByText, type Direction } from "./table-rows.ts";
import { ROW_HEIGHT, useVirtual } from "./virtual.ts";

const Compare = lazily(() => import("./compare.tsx").then((module) => module.Compare));

/** What a filter may look like in a space. */
const EXAMPLES: Partial<Record<SpaceId, { filter: string; words: readonly string[] }>> = {
  nasbench201: { filter: "conv_3x3>=2 -none", words: ["skip", "pool~2"] },
  nasbench101: { filter: "conv3x3>=2 -maxpool", words: ["7:", "conv1x1"] },
  "transnas101-micro": { filter: "3>=3 -_000", words: ["-3_", "_333"] },
  "transnas101-macro": { filter: "4>=2 -64-11", words: ["-12", "44"] },
};
const GENOTYPES = { filter: "sep_conv>=8 -pool", words: ["skip_connect", "dil_conv"] };

interface Order {
  by: string;
  direction: Direction;
}

interface CellTableProps {
  rows: Uint32Array;
  own: number;
  columns: readonly TableColumn[];
  /** What the rows are, for the caption and for exports. */
  scope: string;
  /** Rows that are selected, ascending. */
  picked?: Uint32Array;
}

const noRows = new Uint32Array(0);

export function CellTable({ rows, own, columns, scope, picked = noRows }: CellTableProps) {
  const cells = useRank((data) => data.cells) ?? [];
  const space = useStore((state) => state.space);
  const example = EXAMPLES[space] ?? GENOTYPES;
  const [chosen, setOrder] = useState<Order | null>(null);
  const filter = useStore((state) => state.filter);
  const kept = useKept();
  const filterId = useId();
  const { rows: found, problems } = useMemo(
    () => filterRows(rows, cells, filter, columns),
    [rows, cells, filter, columns],
  );
  // Until a head is pressed, or when its column has gone: the best by the first column on top.
  const start: Order = { by: columns[0]?.id ?? "cell", direction: columns[0]?.first ?? "ascending" };
  const order = chosen && (chosen.by === "cell" || columns.some(({ id }) => id === chosen.by)) ? chosen : start;
  const sorted = useMemo(() => {
    const sorter = columns.find((column) => column.id === order.by);
    return sorter ? sortByNumber(found, sorter.values, order.direction) : sortByText(found, cells, order.direction);
  }, [found, cells, columns, order.by, order.direction]);
  // The reader's cell stands above the others, whatever the filter says.
  const others = useMemo(() => sorted.filter((row) => row !== own), [sorted, own]);
  const { span, frame, onScroll, toTop, seen } = useVirtual(others.length);
  const { first, end } = span;
  useEffect(toTop, [filter, chosen, scope]);
  const heads = useGrowingHeads(columns);
  const keep = useMemo(() => new Set(kept), [kept]);
  const mark = useMemo(() => new Set(picked), [picked]);
  // Kept between renders: while a run fills the columns the panel renders often, and its rows seldom change.
  const body = useMemo(
    () =>
      Array.from(others.subarray(first, end), (row, k) => (
        <CellRow
          key={row}
          place={first + k + 3}
          row={row}
          text={cells[row]!}
          columns={columns}
          picked={mark.has(row)}
          kept={keep.has(cells[row]!)}
        />
      )),
    [others, first, end, cells, columns, mark, keep],
  );
  const by = (id: string, first: Direction) =>
    setOrder({
      by: id,
      direction: order.by !== id ? first : order.direction === "ascending" ? "descending" : "ascending",
    });
  const firstValues = columns[0]?.shown ?? [];
  const lead = columns[0]?.names.at(-1) ?? "accuracy";
  const range = `${lead}>=${exampleOf(firstValues)}`;
  const pinned = own >= 0 && cells[own] !== undefined;

  return (
    <div class="rank-cells">
      <div class="row">
        <h3>Cells</h3>
        <label class="field" for={filterId}>
          <span>Filter</span>
          <input
            id={filterId}
            class="input mono rank-filter"
            type="search"
            value={filter}
            placeholder={`${example.filter} ${range}`}
            spellcheck={false}
            autocomplete="off"
            maxLength={MAX_FILTER}
            aria-invalid={problems.length > 0}
            aria-describedby={`${filterId}-problems`}
            onInput={(event) => store.set({ filter: event.currentTarget.value })}
          />
        </label>
        <Explain about="the filter">
          <p>
            Words that the cell's text must hold, apart by blanks:{" "}
            {example.words.map((word, k) => (
              <>
                {k > 0 && ", "}
                <code>{word}</code>
              </>
            ))}
            . With a minus before it: must not. <code>{example.filter.split(" ")[0]}</code>: counted.
          </p>
          <p>
            Ranges of the columns shown: <code>{range}</code>,{" "}
            <code>{`${lead}=${exampleOf(firstValues, 0.3)}..${exampleOf(firstValues, 0.7)}`}</code>,{" "}
            <code>rank&lt;=100</code>
            {columns
              .slice(2)
              .filter(({ id }) => !id.endsWith("_rank"))
              .slice(0, 2)
              .map(({ names, shown }) => (
                <>
                  , <code>{`${names[0]}<${exampleOf(shown)}`}</code>
                </>
              ))}
            . An undefined value lies in no range.
          </p>
        </Explain>
        <span class="small soft grow" role="status">
          {filter.trim() ? `${whole(found.length)} of ${whole(rows.length)} cells` : `${whole(rows.length)} cells`}
        </span>
        <ColumnsMenu />
        <DownloadMenu
          items={[
            {
              label: "CSV",
              hint: "these cells and columns, in this order",
              make: () => cellsCsv(sorted, cells, columns, { scope, filter }),
            },
            {
              label: "JSON",
              hint: "the same, with what made it",
              make: () => cellsJson(sorted, cells, columns, { scope, filter }),
            },
          ]}
        />
      </div>
      <p id={`${filterId}-problems`} class="field-error" role="alert">
        {problems.join("; ")}
        {problems.length > 0 && "."}
      </p>
      <div
        class="table-scroll rank-virtual"
        tabIndex={0}
        role="region"
        aria-label="Cells with their scores and ranks"
        ref={frame}
        onScroll={onScroll}
      >
        <div style={{ height: `${(others.length + 2) * ROW_HEIGHT}px` }}>
          <table
            ref={heads}
            class="table rank-cell-table"
            style={{ top: `${first * ROW_HEIGHT}px` }}
            aria-rowcount={others.length + 2}
          >
            <caption class="hidden-text">{scope}; press a cell to load it</caption>
            <thead>
              <tr aria-rowindex={1}>
                <Head id="cell" label="Cell" order={order} onSort={() => by("cell", "ascending")} />
                {columns.map((column) => (
                  <Head
                    key={column.id}
                    id={column.id}
                    label={column.label}
                    order={order}
                    number
                    onSort={() => by(column.id, column.first)}
                  />
                ))}
              </tr>
            </thead>
            {pinned && (
              <tbody class="rank-pinned">
                <CellRow
                  key={own}
                  place={2}
                  row={own}
                  text={cells[own]!}
                  columns={columns}
                  own
                  picked={mark.has(own)}
                  kept={keep.has(cells[own]!)}
                />
              </tbody>
            )}
            <tbody>{body}</tbody>
          </table>
        </div>
      </div>
      <p class="small soft rank-span">
        {sorted.length === 0
          ? "No cell of these matches the filter."
          : `${whole(Math.min(others.length, seen.first + 1))}–${whole(seen.end)} of ${whole(others.length)}${pinned ? ", and this cell" : ""}. The star keeps a cell to compare.`}
      </p>
      {kept.length > 0 && <Compare />}
    </div>
  );
}

/** A number from among a column's, for an example. */
function exampleOf(values: ArrayLike<number>, share = 0.5): string {
  const some = Array.from({ length: Math.min(values.length, 99) }, (_, k) => values[k]!)
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  return some.length > 0 ? String(Number(some[Math.floor(some.length * share)]!.toPrecision(2))) : "1";
}

/** Columns grow with what stands in them and do not shrink again, so that they stand still while rows go by. */
function useGrowingHeads(columns: readonly TableColumn[]) {
  const table = useRef<HTMLTableElement>(null);
  const key = columns.map(({ id }) => id).join();
  const last = useRef(key);
  useLayoutEffect(() => {
    const cells = [...(table.current?.querySelectorAll<HTMLElement>("thead th") ?? [])];
    if (last.current !== key) for (const cell of cells) cell.style.minWidth = "";
    last.current = key;
    const widths = cells.map((cell) => cell.offsetWidth);
    cells.forEach((cell, k) => {
      if (widths[k]! > (parseFloat(cell.style.minWidth) || 0)) cell.style.minWidth = `${widths[k]}px`;
    });
  });
  return table;
}

interface HeadProps {
  id: string;
  label: string;
  order: Order;
  number?: boolean;
  onSort(): void;
}

function Head({ id, label, order, number, onSort }: HeadProps) {
  const active = order.by === id;
  return (
    <th scope="col" class={number ? "number" : undefined} aria-sort={active ? order.direction : undefined}>
      <button type="button" class="sort-button" onClick={onSort}>
        {label}
        <span aria-hidden="true">{active ? (order.direction === "descending" ? " ↓" : " ↑") : ""}</span>
      </button>
    </th>
  );
}

interface RowProps {
  row: number;
  /** Its place in the whole table, from 1. */
  place: number;
  text: string;
  columns: readonly TableColumn[];
  own?: boolean;
  picked: boolean;
  kept: boolean;
}

function CellRow({ row, place, text, columns, own, picked, kept }: RowProps) {
  const picture = useMemo(() => <MiniCell text={text} />, [text]);
  return (
    <tr class={`${own ? "own" : ""} ${picked ? "picked" : ""}`} aria-rowindex={place}>
      <th scope="row">
        <span class="rank-first">
          <button
            type="button"
            class="rank-star"
            aria-pressed={kept}
            aria-label="Keep to compare"
            title={kept ? "Take out of the comparison" : "Keep to compare"}
            onClick={() => toggleKept(store.get().space, text)}
          >
            <span aria-hidden="true">{kept ? "★" : "☆"}</span>
          </button>
          <button
            type="button"
            class="rank-load"
            title={own ? "This cell" : `Load this cell: ${text}`}
            onClick={() => setCell(text)}
          >
            {picture}
            <span class="rank-cell-text">
              {picked && (
                <b class="rank-tick" title="Selected">
                  ✓<span class="hidden-text"> selected: </span>
                </b>
              )}
              {own && <b>this cell: </b>}
              {cellShort(text)}
            </span>
          </button>
        </span>
      </th>
      {columns.map((column) => {
        const value = column.values[row]!;
        return (
          <td key={column.id} class="number">
            {!Number.isNaN(value) ? column.format(value) : <span class="soft">{column.missing(row)}</span>}
          </td>
        );
      })}
    </tr>
  );
}
