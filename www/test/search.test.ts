import assert from "node:assert/strict";
import { test } from "node:test";
import { shares, withoutFirst } from "../src/engine/lab-client.ts";
import { layOut, lookupAt, nearest, spread, stepPath, strokesOf, type Curve } from "../src/lab/search/chart.ts";
import {
  addPart,
  bestFirst,
  complete,
  curves,
  emptyRows,
  finals,
  lookups,
  lookupsUntil,
  nearOptimum,
  placeOf,
  untilWords,
} from "../src/lab/search/rows.ts";
import { dotAt, layOutRun, runStrokes } from "../src/lab/search/run-plot.ts";
import {
  another,
  briefName,
  commandLine,
  isHelped,
  METHODS,
  MOST_SERIES,
  presets,
  problemOf,
  readSettings,
  series,
  seriesName,
  seriesText,
  startOf,
  writeSettings,
  type SearchSettings,
} from "../src/lab/search/settings.ts";
import { PAGE_COLOURS } from "../src/chart/strokes.ts";
import type { SearchPart } from "../src/engine/lab-protocol.ts";

const start = startOf("nasbench201", 15_625);

test("settings come back from their text, those of every preset too", () => {
  for (const { settings } of presets("nasbench201", 15_625)) {
    assert.deepEqual(readSettings(writeSettings(settings), start), { settings, problems: [] });
    assert.ok(settings.series.length <= MOST_SERIES);
  }
  const settings: SearchSettings = {
    budget: 7,
    runs: 3,
    seed: 4_294_967_295,
    series: [
      series({ method: "local-search", guide: "expected-degree", warmup: 9, move: "parent" }),
      series({ method: "ageing-evolution", population: 5, tournament: 2 }),
    ],
  };
  assert.equal(
    writeSettings(settings),
    "budget:7,runs:3,seed:4294967295,local-search~g.expected-degree~w.9~m.parent,ageing-evolution~p.5~t.2",
  );
  assert.deepEqual(readSettings(writeSettings(settings), start), { settings, problems: [] });
});

test("presets fit every space", () => {
  for (const [space, known] of [
    ["nasbench101", 30_001],
    ["transnas101-micro", 4096],
    ["transnas101-macro", 3256],
    ["nds-darts", 725],
  ] as const) {
    for (const { settings } of presets(space, known)) {
      for (const one of settings.series)
        assert.equal(problemOf(one, settings, known, space), null, `${space}: ${seriesText(one)}`);
    }
  }
});

test("bad parts of a link are named, the rest is kept", () => {
  const { settings, problems } = readSettings(
    "budget:0,runs:5,seed:-1,random,evolution,random~w.x,random~q.1,random~m.up,random~g.a b,,local-search",
    start,
  );
  assert.deepEqual(settings, { ...start, runs: 5, series: [series({}), series({ method: "local-search" })] });
  const named = ["budget", "seed", "evolution", "warmup", "q.1", "move", "proxy"];
  assert.equal(problems.length, named.length, problems.join("\n"));
  named.forEach((name, k) => assert.ok(problems[k]!.includes(name), problems[k]));
  assert.deepEqual(readSettings("", start), { settings: start, problems: [] });
  const many = readSettings(Array.from({ length: 8 }, (_, k) => `ageing-evolution~t.${k + 1}`).join(","), start);
  assert.equal(many.settings.series.length, MOST_SERIES);
  assert.equal(many.problems.length, 2);
});

test("a series has only what its method has", () => {
  assert.deepEqual(
    series({ method: "random", guide: "params", move: "parent", population: 3 }),
    series({ guide: "params" }),
  );
  assert.deepEqual(
    series({ method: "ageing-evolution", warmup: 5, move: "children" }),
    series({ method: "ageing-evolution" }),
  );
  assert.equal(series({ method: "local-search", guide: "params", move: "children" }).move, "parent");
  assert.deepEqual(
    METHODS.map((method) => briefName(series({ method, guide: "params", warmup: 3 }))),
    ["random + warm-up", "evolution + warm-up", "local search + warm-up"],
  );
  const one = series({ method: "ageing-evolution", guide: "epsilon", warmup: 3000, move: "parent", tournament: 5 });
  assert.equal(
    seriesName(one, () => "ε"),
    "evolution, warm-up 3,000 + move by ε, 64/5",
  );
});

test("what does not fit is refused in words", () => {
  const problem = (patch: Parameters<typeof series>[0], settings = {}, known = 100, space = "nasbench201" as const) =>
    problemOf(series(patch), { budget: 300, runs: 20, ...settings }, known, space) ?? "";
  assert.match(problem({}), /no cell twice.*100/);
  assert.match(problem({ guide: "params", warmup: 101 }, { budget: 9 }), /at most 100/);
  assert.match(problem({ method: "ageing-evolution" }, { budget: 9 }), /population \(64\) must fit.*9/);
  assert.match(problem({ method: "ageing-evolution", population: 5 }), /tournament \(10\).*5/);
  assert.match(problem({}, { budget: 5000, runs: 200 }, 15_625), /must not exceed/);
  assert.match(problemOf(series({ method: "local-search" }), start, 725, "nds-darts")!, /only random search/);
});

test("a search that is added is new, and a proxy in it has a say", () => {
  const first = another([series({})], series({}), 15_625, "nasbench201");
  assert.equal(seriesText(first), "random~g.average_degree~w.1000");
  assert.equal(another([], undefined, 725, "nds-darts").warmup, 725);
  for (const space of ["nasbench201", "nds-darts"] as const) {
    const list = [series({})];
    while (list.length < (space === "nasbench201" ? MOST_SERIES : 2)) {
      const one = another(list, list.at(-1), 15_625, space);
      assert.ok(one.guide === "" || isHelped(one));
      assert.ok(!list.map(seriesText).includes(seriesText(one)), seriesText(one));
      list.push(one);
    }
  }
});

test("the command line says the same", () => {
  const one = series({ method: "ageing-evolution", guide: "epsilon", warmup: 50, move: "children" });
  assert.equal(
    commandLine(one, { ...start, seed: 3 }, "nasbench101", "val_acc_epoch108", ["--batch leaves:0:64"]),
    "cellscope search --space nasbench101 --method ageing-evolution --guide epsilon --warmup 50 --move=children --budget 300 --runs 20 --population 64 --tournament 10 --seed 3 --target val_acc_epoch108 --batch leaves:0:64",
  );
  assert.equal(
    commandLine(series({}), start, "nasbench201", "cifar10_test_acc", ["--net-seed 1"]),
    "cellscope search --method random --budget 300 --runs 20 --seed 0 --target cifar10_test_acc",
  );
});

const part = (rows: [run: number, step: number, accuracy: number, best: number][]): SearchPart => ({
  run: Uint32Array.from(rows, (row) => row[0]),
  step: Uint32Array.from(rows, (row) => row[1]),
  cell: Uint32Array.from(rows, (_, k) => k),
  score: Float64Array.from(rows, () => NaN),
  accuracy: Float64Array.from(rows, (row) => row[2]),
  best: Float64Array.from(rows, (row) => row[3]),
  warmed: 4,
});

test("rows come to their place in any order of runs; partial runs are curves, but no ends", () => {
  const rows = emptyRows(3, 3);
  addPart(
    rows,
    part([
      [1, 1, 5, 5],
      [1, 2, 4, 5],
      [1, 3, 9, 9],
    ]),
  );
  addPart(
    rows,
    withoutFirst(
      part([
        [0, 1, 0, 0],
        [0, 1, 8, 8],
        [0, 2, 2, 8],
      ]),
      1,
    ),
  );
  assert.equal(lookups(rows), 5);
  assert.deepEqual(complete(rows), [1]);
  assert.deepEqual(
    curves(rows).map((curve) => [...curve]),
    [
      [8, 8],
      [5, 5, 9],
    ],
  );
  const sorted = bestFirst(Float64Array.of(9, 5, NaN, 5, 10), "larger");
  assert.deepEqual([...sorted], [10, 9, 5, 5]);
  assert.deepEqual(finals(rows, sorted, "larger"), { curves: [Float64Array.of(9, 4, 2)], reached: 0 });
  assert.equal(nearOptimum(10, "larger"), 9.95);
  assert.equal(nearOptimum(-2, "larger"), -2.01);
  assert.equal(lookupsUntil(rows, 1, 8.9, "larger"), 3);
  assert.equal(lookupsUntil(rows, 1, 4, "larger"), 1);
  assert.equal(lookupsUntil(rows, 0, 8.5, "larger"), null);
});

test("places in a list of accuracies, both ways up", () => {
  const down = Float64Array.of(10, 9, 5, 5, 1);
  assert.deepEqual(
    [11, 10, 9, 7, 5, 1, 0].map((value) => placeOf(down, value)),
    [1, 1, 2, 3, 3, 5, 6],
  );
  assert.deepEqual(
    [1, 5, 9].map((value) => placeOf(bestFirst(down, "smaller"), value)),
    [1, 2, 4],
  );
  assert.equal(untilWords(12.5, 4, 3, 300), "13");
  assert.equal(untilWords(200, 4, 2, 300), "> 300");
});

test("runs are shared evenly", () => {
  assert.deepEqual(shares(20, 8), [3, 3, 3, 3, 2, 2, 2, 2]);
  assert.deepEqual(shares(2, 4), [1, 1]);
  for (let runs = 1; runs < 30; runs++)
    assert.equal(
      shares(runs, 7).reduce((sum, n) => sum + n, 0),
      runs,
    );
});

const bands = (...values: number[]) => ({
  low: Float64Array.from(values, (v) => v - 1),
  median: Float64Array.from(values),
  high: Float64Array.from(values, (v) => v + 1),
});
const curve = (place: number, ...values: number[]): Curve => ({
  place,
  name: `series ${place}`,
  bands: bands(...values),
});
const input = {
  width: 800,
  height: 400,
  budget: 4,
  kind: "linear",
  optimum: 95,
  optimumWords: "best",
  selected: 1,
  label: "accuracy",
  shortLabel: "accuracy",
  usual: 80,
} as const;

test("the chart: steps, the curve under the pointer, names apart", () => {
  const chart = layOut({ ...input, curves: [curve(0, 60, 80, 80, 90), curve(1, 70, 70, 85, 91)] })!;
  const d = stepPath(chart, chart.curves[0]!.bands.median);
  assert.match(d, /^M60 [\d.]+L[\d.]+ [\d.]+L[\d.]+ [\d.]+L/);
  assert.equal(d.match(/L/g)!.length, 4, "a corner and a point a rise");
  assert.equal(lookupAt(chart, chart.box.left - 50), 1);
  assert.equal(lookupAt(chart, chart.box.right), 4);
  const strokes = strokesOf(chart, PAGE_COLOURS);
  const names = strokes.filter((stroke) => stroke.kind === "text" && /^[AB] series/.test(stroke.text)) as {
    y: number;
    text: string;
  }[];
  assert.deepEqual(names.map(({ text }) => text).sort(), ["A series 0", "B series 1"]);
  assert.ok(Math.abs(names[0]!.y - names[1]!.y) >= 15);
  const dashes = strokes
    .filter((stroke) => stroke.kind === "path" && stroke.inBox && !stroke.fill)
    .map((stroke) => (stroke.kind === "path" ? stroke.dash!.join() : ""));
  assert.equal(new Set(dashes).size, 2, "told apart without colour");
  assert.equal(nearest(chart, chart.box.right, (chart.box.top + chart.box.bottom) / 2, 1), -1);
  assert.equal(layOut({ ...input, width: 100, curves: [] }), null);
  assert.ok(layOut({ ...input, curves: [] })!.y.low < 80, "without a curve it reaches from a usual cell to the best");
});

test("labels do not overlap and stay inside", () => {
  assert.deepEqual(spread([10, 12, 11], 15, 0, 100), [10, 40, 25]);
  assert.deepEqual(spread([99, 98], 15, 0, 100), [100, 85]);
});

test("one run: dots, found by the pointer; the line ends at the look-up shown", () => {
  const accuracy = Float64Array.of(10, 80, 70, 90);
  const plan = layOutRun({
    width: 500,
    height: 260,
    accuracy,
    best: Float64Array.of(10, 80, 80, 90),
    budget: 4,
    kind: "linear",
    optimum: 95,
    label: "accuracy",
    initial: 2,
  })!;
  assert.equal(dotAt(plan, plan.px[2]!, plan.py[2]! + 3), 3);
  assert.equal(dotAt(plan, plan.px[2]! + 40, plan.py[2]!), null);
  const line = runStrokes(plan, PAGE_COLOURS, 3).find(
    (stroke) => stroke.kind === "path" && stroke.stroke === PAGE_COLOURS.accent,
  );
  assert.ok(line?.kind === "path" && line.d.endsWith(`H${Math.round(plan.px[2]! * 10) / 10}`));
});
