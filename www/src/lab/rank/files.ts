/** What the rank view exports; every file says what made it. */
import { commentLines, csvFile, jsonFile, pngFile, type ExportedFile, type Provenance } from "../../ui/export.ts";
import type { TopMeasures } from "../../engine/lab-protocol.ts";
import type { Correlation } from "../../types.ts";
import { BOOTSTRAP_SEED, RESAMPLES } from "../../columns/derive.ts";
import { drawCloud, drawMarks, drawSeries, type Palette, type Series } from "../../chart/draw.ts";
import { rank } from "../../columns/model.ts";
import type { Plot } from "../../chart/plot.ts";
import type { Direction } from "./table-rows.ts";
import { scatterSvg } from "../../chart/svg.ts";

export interface TableColumn {
  id: string;
  label: string;
  /** By row of the space; NaN where there is none. */
  values: Float64Array;
  /** As they are shown, and so what a filter names: per cent where the source has fractions. */
  shown: Float64Array;
  format(value: number): string;
  /** What stands where there is no value: not scored yet, or undefined. */
  missing(row: number): string;
  /** Direction that its first sorting takes: the best on top. */
  first: Direction;
  /** How a filter may call it (see `filter.ts`). */
  names: readonly string[];
}

export interface Scope {
  scope: string;
  filter?: string;
}

const note = ({ scope, filter }: Scope): Provenance => ({
  cells: scope,
  ...(filter?.trim() ? { filter: filter.trim() } : {}),
  ranks: "1 = best; ties share the best rank",
});

/** Of columns that the page shows in per cent and the file has as their source has them. */
const units = (columns: readonly TableColumn[]): Provenance => {
  const fractions = columns.filter(({ values, shown }) => values !== shown).map(({ id }) => id);
  return fractions.length > 0
    ? { units: `${fractions.join(", ")}: fractions of 1, as published; the page and its filter have them in per cent` }
    : {};
};

/** What the position of a cell is called: its index, where the space has an order of its own. */
const positionName = () => (rank.get().basis === "space" ? "index" : "row");

function table(rows: Uint32Array, cells: readonly string[], columns: readonly TableColumn[]) {
  return {
    header: [positionName(), "arch", ...columns.map((column) => column.id)],
    rows: Array.from(rows, (row) => [
      row < rank.get().all.length ? row : null,
      cells[row]!,
      ...columns.map((column) => column.values[row]!),
    ]),
  };
}

export function cellsCsv(
  rows: Uint32Array,
  cells: readonly string[],
  columns: readonly TableColumn[],
  scope: Scope,
): ExportedFile {
  const content = table(rows, cells, columns);
  return csvFile("cellscope-cells.csv", content.header, content.rows, { ...note(scope), ...units(columns) });
}

export function cellsJson(
  rows: Uint32Array,
  cells: readonly string[],
  columns: readonly TableColumn[],
  scope: Scope,
): ExportedFile {
  const { header, rows: lines } = table(rows, cells, columns);
  const objects = lines.map((line) =>
    Object.fromEntries(header.map((name, k) => [name, Number.isNaN(line[k]) ? null : line[k]])),
  );
  return jsonFile("cellscope-cells.json", { cells: objects }, { ...note(scope), ...units(columns) });
}

export interface CorrelationFile {
  x: string;
  y: string;
  result: Correlation;
  /** Over the best cells; null where the other column is no accuracy. */
  top: TopMeasures | null;
  scope: string;
}

const bootstrap = ({ scope, result }: CorrelationFile): Provenance => ({
  cells: scope,
  intervals:
    result.spearmanLow === null && result.kendallLow === null
      ? "none"
      : `95 % percentile bootstrap over cells, ${RESAMPLES} resamples, seed ${BOOTSTRAP_SEED}`,
});

/** Measures over the best cells, as the command line names them. */
export const TOP = ["spearman_top10", "kendall_top10", "top10_overlap", "top64_in_top5"];
export const topValues = (top: TopMeasures | null): (number | null)[] => [
  top?.spearmanTop10 ?? null,
  top?.kendallTop10 ?? null,
  top?.top10Overlap ?? null,
  top?.top64InTop5 ?? null,
];

/** Columns as `correlate` of the command line names them. */
export function correlationCsv(file: CorrelationFile): ExportedFile {
  const r = file.result;
  return csvFile(
    "cellscope-correlation.csv",
    [
      "proxy",
      "target",
      "cells",
      "defined",
      "spearman",
      "spearman_low",
      "spearman_high",
      "kendall",
      "kendall_low",
      "kendall_high",
      ...TOP,
    ],
    [
      [
        file.x,
        file.y,
        r.cells,
        r.defined,
        r.spearman,
        r.spearmanLow,
        r.spearmanHigh,
        r.kendall,
        r.kendallLow,
        r.kendallHigh,
        ...topValues(file.top),
      ],
    ],
    bootstrap(file),
  );
}

export function correlationJson(file: CorrelationFile): ExportedFile {
  return jsonFile(
    "cellscope-correlation.json",
    { proxy: file.x, target: file.y, correlation: file.result, best: file.top },
    bootstrap(file),
  );
}

export interface Picture {
  plot: Plot;
  palette: Palette;
  labels: { x: string; y: string };
  own: number;
  series: readonly Series[];
  title: string;
  scope: string;
}

/** The scatter at twice its size on screen, on the page's own background. */
export async function scatterPng({ plot, palette, labels, own, series, title, scope }: Picture): Promise<ExportedFile> {
  const ratio = 2;
  const layer = () => {
    const canvas = document.createElement("canvas");
    canvas.width = plot.width * ratio;
    canvas.height = plot.height * ratio;
    return { canvas, ctx: canvas.getContext("2d")! };
  };
  const cloud = layer();
  const above = layer();
  const marks = layer();
  const sheet = layer();
  drawCloud(cloud.ctx, plot, palette, labels, ratio);
  drawSeries(above.ctx, plot, palette, series, ratio);
  drawMarks(marks.ctx, plot, palette, { active: -1, own, shape: null }, ratio);
  sheet.ctx.fillStyle = palette.surface;
  sheet.ctx.fillRect(0, 0, sheet.canvas.width, sheet.canvas.height);
  sheet.ctx.drawImage(cloud.canvas, 0, 0);
  sheet.ctx.drawImage(above.canvas, 0, 0);
  sheet.ctx.drawImage(marks.canvas, 0, 0);
  return pngFile("cellscope-scatter.png", sheet.canvas, { title, cells: scope });
}

export function scatterSvgFile({ scope, ...picture }: Picture): ExportedFile {
  const provenance = commentLines("", { title: picture.title, cells: scope });
  return { name: "cellscope-scatter.svg", mime: "image/svg+xml", data: scatterSvg({ ...picture, provenance }) };
}
