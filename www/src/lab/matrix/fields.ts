/** The matrix of proxies and accuracies: which correlations it needs, in which order, and how strong its fields' tints are. */
import type { Correlation } from "../../types.ts";

export type Statistic = "spearman" | "kendall";

/** A column over the cells in question, by what it is known by. */
export interface Line {
  readonly id: string;
  readonly label: string;
  readonly tabulated: boolean;
  readonly values: Float64Array;
}

export interface Pair {
  readonly row: string;
  readonly column: string;
}

export const keyOf = ({ row, column }: Pair): string => `${row}|${column}`;

/** Which pairs lack an answer, row by row. */
export function missing(rows: readonly Line[], columns: readonly Line[], answered: (pair: Pair) => boolean): Pair[] {
  return rows
    .flatMap((row) => columns.map((column) => ({ row: row.id, column: column.id })))
    .filter((pair) => !answered(pair));
}

export type Found = ReadonlyMap<string, Correlation>;

export const figureOf = (found: Correlation | undefined, statistic: Statistic): number | null =>
  found?.[statistic] ?? null;

export const rangeOf = (found: Correlation | undefined, statistic: Statistic): [low: number, high: number] | null => {
  const low = found?.[`${statistic}Low`] ?? null;
  const high = found?.[`${statistic}High`] ?? null;
  return low === null || high === null ? null : [low, high];
};

export interface Order {
  /** A column, or `name`. */
  readonly by: string;
  readonly down: boolean;
}

/** Rows by a column's figure or by name; those without a figure last, equal ones as they stood. */
export function sortRows<Row extends Pick<Line, "id" | "label">>(
  rows: readonly Row[],
  found: Found,
  statistic: Statistic,
  order: Order | null,
): Row[] {
  if (!order) return [...rows];
  const sign = order.down ? -1 : 1;
  if (order.by === "name") return [...rows].sort((a, b) => sign * a.label.localeCompare(b.label, "en"));
  const value = (row: Row) => figureOf(found.get(keyOf({ row: row.id, column: order.by })), statistic);
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  });
}

/** How strong a field's tint is, in per cent of ink: by the square of the figure, whatever its sign. */
export const tint = (value: number | null): number =>
  value === null ? 0 : Math.round(Math.min(1, value * value) * 40);
