/** The matrix of proxies and accuracies: which correlations it needs, in which order, and how it is drawn as a picture. */
import type { Correlation } from "../types.ts";

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
  return rows.flatMap((row) => columns.map((column) => ({ row: row.id, column: column.id }))).filter((pair) => !answered(pair));
}

export type Found = ReadonlyMap<string, Correlation>;

export const figureOf = (found: Correlation | undefined, statistic: Statistic): number | null => found?.[statistic] ?? null;

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
export function sortRows<Row extends Pick<Line, "id" | "label">>(rows: readonly Row[], found: Found, statistic: Statistic, order: Order | null): Row[] {
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
export const tint = (value: number | null): number => (value === null ? 0 : Math.round(Math.min(1, value * value) * 40));

export interface PictureInput {
  rows: readonly Pick<Line, "id" | "label">[];
  columns: readonly Pick<Line, "id" | "label">[];
  found: Found;
  statistic: Statistic;
  write(value: number | null): string;
  colours: { ink: string; muted: string; surface: string };
  title: string;
  provenance: string;
}

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** The matrix as an SVG document, its numbers in it. */
export function matrixSvg({ rows, columns, found, statistic, write, colours, title, provenance }: PictureInput): string {
  const [left, top, width, height] = [230, 130, 64, 24];
  const full = { width: left + columns.length * width + 70, height: top + rows.length * height + 12 };
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${full.width}" height="${full.height}" viewBox="0 0 ${full.width} ${full.height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(provenance)}</desc>`,
    `<rect width="${full.width}" height="${full.height}" fill="${escapeXml(colours.surface)}"/>`,
    `<g fill="${escapeXml(colours.ink)}">`,
  ];
  columns.forEach(({ label }, k) => {
    const x = left + k * width + width / 2;
    out.push(`<text transform="translate(${x} ${top - 8}) rotate(-40)" font-size="11">${escapeXml(label)}</text>`);
  });
  rows.forEach(({ id, label }, r) => {
    const y = top + r * height;
    out.push(`<text x="${left - 8}" y="${y + 16}" text-anchor="end">${escapeXml(label)}</text>`);
    columns.forEach((column, k) => {
      const value = figureOf(found.get(keyOf({ row: id, column: column.id })), statistic);
      const x = left + k * width;
      out.push(`<rect x="${x}" y="${y}" width="${width - 1}" height="${height - 1}" fill-opacity="${tint(value) / 100}"/>`);
      out.push(`<text x="${x + width / 2}" y="${y + 16}" text-anchor="middle">${escapeXml(write(value))}</text>`);
    });
  });
  return [...out, "</g>", "</svg>"].join("\n");
}
