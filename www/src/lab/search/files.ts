// What the search panel exports; every file says what made it and how to get it again.
import { csvFile, jsonFile, pngFile, svgFile, type ExportedFile, type Provenance } from "../../ui/export.ts";
import { rank } from "../../columns/model.ts";
import { readPalette } from "../../chart/scatter.tsx";
import { store } from "../../state/state.ts";
import { strokesOf, type Chart } from "./chart.ts";
import type { Judge, Line, Summary } from "./hooks.ts";
import { complete, lookups, NEAR, type Rows } from "./rows.ts";
import { commandOf } from "./series.tsx";
import { seriesText, writeSettings, type SearchSettings } from "./settings.ts";
import { LETTERS, paint } from "../../chart/strokes.ts";

interface Shown {
  readonly settings: SearchSettings;
  readonly judge: Judge;
  readonly lines: readonly Line[];
}

const note = ({ settings }: Shown): Provenance => ({
  target: store.get().target,
  seed: settings.seed,
  runs: settings.runs,
  budget: settings.budget,
  searches: settings.series.map(seriesText).join(" "),
});

const stateOf = ({ found }: Line): string =>
  !found
    ? "not run"
    : found.state === "done"
      ? "complete"
      : `${found.state}: ${lookups(found.rows)} of ${found.rows.runs * found.rows.budget} look-ups`;

/** Rows as the command line prints them. */
export function* lookupRows(
  { runs, budget, steps, cell, score, accuracy, best }: Rows,
  texts: readonly string[],
): Generator<(number | string)[]> {
  for (let run = 0; run < runs; run++) {
    for (let k = run * budget; k < run * budget + steps[run]!; k++) {
      yield [run + 1, k - run * budget + 1, texts[cell[k]!]!, score[k]!, accuracy[k]!, best[k]!];
    }
  }
}

export function rowsCsv(line: Line, shown: Shown): ExportedFile {
  if (!line.found || lookups(line.found.rows) === 0)
    throw new Error(`nothing has been looked up by ${LETTERS[line.place]} yet`);
  return csvFile(
    `cellscope-search-${LETTERS[line.place]}.csv`,
    ["run", "step", "arch", "score", "accuracy", "best_accuracy"],
    lookupRows(line.found.rows, rank.get().cells ?? []),
    {
      ...note(shown),
      search: seriesText(line.one),
      state: stateOf(line),
      command: commandOf(line.one, shown.settings),
    },
  );
}

export function summaryCsv(shown: Shown, summaries: readonly (Summary | null)[]): ExportedFile {
  const header = [
    "series",
    "search",
    "complete_runs",
    "runs",
    "best_median",
    "best_low",
    "best_high",
    "lookups_until_near_median",
    "runs_near",
    "true_rank_median",
    "cells",
  ];
  const rows = shown.lines.map(({ place, one }) => {
    const summary = summaries[place] ?? null;
    const { runs, reached, quartiles: q } = summary ?? { runs: 0, reached: 0, quartiles: null };
    const until = q && 2 * reached > runs ? q.median[1]! : null;
    return [
      LETTERS[place]!,
      seriesText(one),
      runs,
      shown.settings.runs,
      q?.median[0] ?? null,
      q?.low[0] ?? null,
      q?.high[0] ?? null,
      until,
      reached,
      q?.median[2] ?? null,
      shown.judge.known,
    ];
  });
  return csvFile("cellscope-search-summary.csv", header, rows, {
    ...note(shown),
    near: `within ${100 * NEAR} % of the optimum, ${shown.judge.sorted[0]}`,
  });
}

export function searchJson(shown: Shown): ExportedFile {
  const texts = rank.get().cells ?? [];
  const series = shown.lines.map((line) => {
    const { found, one, place, name } = line;
    const ends = found ? complete(found.rows).map((run) => endOf(found.rows, run, texts)) : [];
    return {
      series: LETTERS[place],
      name,
      ...one,
      state: stateOf(line),
      command: commandOf(one, shown.settings),
      runs: ends,
      bands: found?.bands ?? null,
    };
  });
  const { settings, judge } = shown;
  return jsonFile(
    "cellscope-search.json",
    {
      settings: { ...settings, text: writeSettings(settings), target: store.get().target },
      optimum: judge.sorted[0],
      cells: judge.known,
      searches: series,
    },
    note(shown),
  );
}

function endOf({ budget, best, accuracy, cell }: Rows, run: number, texts: readonly string[]) {
  const from = run * budget;
  const last = best[from + budget - 1]!;
  const step = accuracy.subarray(from, from + budget).indexOf(last) + 1;
  return { run: run + 1, best_accuracy: last, step, arch: texts[cell[from + step - 1]!] };
}

export function chartSvg(svg: SVGSVGElement | null, shown: Shown): ExportedFile {
  if (!svg) throw new Error("there is nothing drawn yet");
  return svgFile("cellscope-search.svg", svg, note(shown));
}

/** The chart at twice its size on screen, on the page's own background. */
export async function chartPng(chart: Chart | null, shown: Shown): Promise<ExportedFile> {
  if (!chart) throw new Error("there is nothing drawn yet");
  const { ink, muted, line, accent, surface, font } = readPalette();
  const canvas = document.createElement("canvas");
  canvas.width = chart.width * 2;
  canvas.height = chart.height * 2;
  const ctx = canvas.getContext("2d")!;
  ctx.scale(2, 2);
  ctx.fillStyle = surface;
  ctx.fillRect(0, 0, chart.width, chart.height);
  paint(ctx, strokesOf(chart, { ink, soft: muted, line, accent, surface }), chart.box, font);
  return pngFile("cellscope-search.png", canvas, note(shown));
}
