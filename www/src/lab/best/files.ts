// What the experiment exports; each file says what made it.
import { csvFile, jsonFile, svgFile, type ExportedFile, type Provenance } from "../../ui/export.ts";
import { rank } from "../../columns/model.ts";
import type { Experiment } from "./model.ts";

const note = ({ settings, asked, target, pool, known, timing }: Experiment): Provenance => ({
  experiment: `best of ${settings.samples} cells by ${settings.proxy}, ${settings.repeats} repetitions, seed ${settings.seed}`,
  ...(settings.repeats < asked
    ? { cancelled: `the drawing was cancelled after ${settings.repeats} of ${asked} repetitions` }
    : {}),
  target,
  drawn_from:
    pool < known
      ? `the ${pool} cells scored before the scoring was stopped, of ${known} of known accuracy`
      : `all ${known} cells of known accuracy`,
  undefined_scores: "a cell without a score is drawn but never chosen",
  ...(timing
    ? { seconds_to_score: `${timing.seconds.toFixed(4)} (${timing.cells} cells, one worker, from nothing)` }
    : {}),
});

/** One row a repetition; ranks are empty where nothing was chosen. */
export function picksCsv(done: Experiment): ExportedFile {
  const { found } = done;
  const cells = rank.get().cells!;
  const rows = Array.from(found.cell, (cell, k) => [
    k,
    cell < 0 ? null : cells[cell]!,
    found.accuracy[k]!,
    found.rank[k] || null,
    found.rankOfAll[k] || null,
    found.optimum[k]!,
    found.random[k]!,
    found.undefined[k]!,
  ]);
  return csvFile(
    "cellscope-best-of.csv",
    [
      "repetition",
      "arch",
      "accuracy",
      "rank_among_drawn",
      "rank_of_all",
      "best_drawn",
      "random_pick",
      "undefined_drawn",
    ],
    rows,
    note(done),
  );
}

export function bestJson(done: Experiment): ExportedFile {
  const { settings, target, pool, known, timing, found } = done;
  return jsonFile(
    "cellscope-best-of.json",
    { settings, target, drawn_from: pool, known, timing, found: { ...found } },
    note(done),
  );
}

export const histogramSvg = (name: string, svg: SVGSVGElement | null, done: Experiment): ExportedFile => {
  if (!svg) throw new Error("there is nothing drawn yet");
  return svgFile(name, svg, note(done));
};
