import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

export interface Column<Row> {
  id: string;
  label: string;
  /** What stands in the cell. */
  show(row: Row): ComponentChildren;
  /** What the column is sorted by; a column without it cannot be sorted. Null and NaN go last. */
  sortBy?: (row: Row) => number | string | null;
  number?: boolean;
}

interface TableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string | number;
  /** How many rows are in the page at first; a button shows as many more. Default 100. */
  page?: number;
}

/** A plain table: sortable by its heads, long ones a part at a time. */
export function Table<Row>({ caption, columns, rows, keyOf, page = 100 }: TableProps<Row>) {
  const [order, setOrder] = useState<{ id: string; down: boolean } | null>(null);
  const [shown, setShown] = useState(page);
  const sorter = columns.find((column) => column.id === order?.id)?.sortBy;
  const sorted = sorter ? [...rows].sort((a, b) => compare(sorter(a), sorter(b), order!.down)) : rows;
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table class="table">
        <caption class="hidden-text">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const active = order?.id === column.id;
              return (
                <th
                  key={column.id}
                  scope="col"
                  class={column.number ? "number" : undefined}
                  aria-sort={active ? (order.down ? "descending" : "ascending") : undefined}
                >
                  {column.sortBy ? (
                    <button
                      type="button"
                      class="sort-button"
                      onClick={() => setOrder({ id: column.id, down: active ? !order.down : column.number === true })}
                    >
                      {column.label}
                      <span aria-hidden="true">{active ? (order.down ? " ↓" : " ↑") : ""}</span>
                    </button>
                  ) : (
                    column.label
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, shown).map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.id} class={column.number ? "number" : undefined}>
                  {column.show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown < rows.length && (
        <button type="button" class="link-button" onClick={() => setShown(shown + page)}>
          Show more ({(rows.length - shown).toLocaleString("en-US")} left)
        </button>
      )}
    </div>
  );
}

function compare(a: number | string | null, b: number | string | null, down: boolean): number {
  const missing = (value: number | string | null) => value === null || Number.isNaN(value);
  if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
  const order = typeof a === "string" || typeof b === "string" ? String(a).localeCompare(String(b)) : a! - b!;
  return down ? -order : order;
}
