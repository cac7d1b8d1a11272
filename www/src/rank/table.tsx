/** The cells under discussion as a table: sorted, filtered, a page at a time, the reader's cell on top. */
import { whole } from "../format.ts";
import { useEffect, useId, useMemo, useState } from "preact/hooks";
import { setCell, useStore } from "../state.ts";
import type { SpaceId } from "../types.ts";
import { IconButton } from "../ui/button.tsx";
import { DownloadMenu } from "../ui/download.tsx";
import { Explain } from "../ui/pop.tsx";
import { cellsCsv, cellsJson, type TableColumn } from "./files.ts";
import { MiniCell } from "./mini.tsx";
import { useRank } from "./model.ts";
import { cellShort } from "./thumbnail.ts";
import { filterRows, sortByNumber, sortByText, type Direction } from "./rows.ts";

const PAGE = 20;

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
  const example = EXAMPLES[useStore((state) => state.space)] ?? GENOTYPES;
  const [chosen, setOrder] = useState<Order | null>(null);
  const [filter, setFilter] = useState("");
  const [page, setPage] = useState(0);
  const filterId = useId();
  const found = useMemo(() => filterRows(rows, cells, filter), [rows, cells, filter]);
  // Until a head is pressed: the best by the first column on top.
  const order = chosen ?? { by: columns[0]?.id ?? "cell", direction: columns[0]?.first ?? "ascending" };
  const sorted = useMemo(() => {
    const sorter = columns.find((column) => column.id === order.by);
    return sorter ? sortByNumber(found, sorter.values, order.direction) : sortByText(found, cells, order.direction);
  }, [found, cells, columns, order.by, order.direction]);
  const pages = Math.max(1, Math.ceil(sorted.length / PAGE));
  const current = Math.min(page, pages - 1);
  useEffect(() => setPage(0), [filter, chosen, scope]);
  // Kept between renders: while a run fills the columns the panel renders often, and its rows seldom change.
  const body = useMemo(() => {
    const marked = new Set(picked);
    const shown = sorted.subarray(current * PAGE, (current + 1) * PAGE);
    return (
      <tbody>
        {own >= 0 && <CellRow key={own} row={own} text={cells[own]!} columns={columns} own picked={marked.has(own)} />}
        {Array.from(shown, (row) => row !== own && <CellRow key={row} row={row} text={cells[row]!} columns={columns} picked={marked.has(row)} />)}
      </tbody>
    );
  }, [sorted, current, own, cells, columns, picked]);
  const by = (id: string, first: Direction) =>
    setOrder({ by: id, direction: order.by !== id ? first : order.direction === "ascending" ? "descending" : "ascending" });

  return (
    <div class="rank-cells">
      <div class="row">
        <h3>Cells</h3>
        <label class="field" for={filterId}>
          <span>Filter</span>
          <input id={filterId} class="input mono rank-filter" type="search" value={filter} placeholder={example.filter} spellcheck={false} autocomplete="off" maxLength={300} onInput={(event) => setFilter(event.currentTarget.value)} />
        </label>
        <Explain about="the filter">
          <p>Words that the cell's text must hold, apart by blanks: {example.words.map((word, k) => <>{k > 0 && ", "}<code>{word}</code></>)}. With a minus before it: must not. <code>{example.filter.split(" ")[0]}</code>: counted.</p>
        </Explain>
        <span class="small soft grow" role="status">{filter.trim() ? `${whole(found.length)} of ${whole(rows.length)} cells` : `${whole(rows.length)} cells`}</span>
        <DownloadMenu
          items={[
            { label: "CSV", hint: "these cells, in this order", make: () => cellsCsv(sorted, cells, columns, { scope, filter }) },
            { label: "JSON", hint: "the same, with what made it", make: () => cellsJson(sorted, cells, columns, { scope, filter }) },
          ]}
        />
      </div>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Cells with their scores and ranks">
        <table class="table rank-cell-table">
          <caption class="hidden-text">{scope}; press a cell to load it</caption>
          <thead>
            <tr>
              <Head id="cell" label="Cell" order={order} onSort={() => by("cell", "ascending")} />
              {columns.map((column) => (
                <Head key={column.id} id={column.id} label={column.label} order={order} number onSort={() => by(column.id, column.first)} />
              ))}
            </tr>
          </thead>
          {body}
        </table>
        {sorted.length === 0 && <p class="soft rank-none">No cell of these matches the filter.</p>}
      </div>
      {pages > 1 && (
        <nav class="row small" aria-label="Pages of the table">
          <IconButton label="First page" disabled={current === 0} onClick={() => setPage(0)}>«</IconButton>
          <IconButton label="Previous page" disabled={current === 0} onClick={() => setPage(current - 1)}>‹</IconButton>
          <span role="status">{whole(current * PAGE + 1)}–{whole(Math.min(sorted.length, (current + 1) * PAGE))} of {whole(sorted.length)}</span>
          <IconButton label="Next page" disabled={current === pages - 1} onClick={() => setPage(current + 1)}>›</IconButton>
          <IconButton label="Last page" disabled={current === pages - 1} onClick={() => setPage(pages - 1)}>»</IconButton>
        </nav>
      )}
    </div>
  );
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

function CellRow({ row, text, columns, own, picked }: { row: number; text: string; columns: readonly TableColumn[]; own?: boolean; picked?: boolean }) {
  const picture = useMemo(() => <MiniCell text={text} />, [text]);
  return (
    <tr class={`${own ? "own" : ""} ${picked ? "picked" : ""}`}>
      <th scope="row">
        <button type="button" class="rank-load" title={own ? "This cell" : `Load this cell: ${text}`} onClick={() => setCell(text)}>
          {picture}
          <span class="rank-cell-text">{picked && <b class="rank-tick" title="Selected">✓<span class="hidden-text"> selected: </span></b>}{own && <b>this cell: </b>}{cellShort(text)}</span>
        </button>
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
