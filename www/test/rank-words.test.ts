import assert from "node:assert/strict";
import { test } from "node:test";
import {
  byClass,
  Columns,
  coverage,
  histogram,
  including,
  pick,
  scoredRows,
  seated,
  setScore,
} from "../src/columns/columns.ts";
import { keyOf } from "../src/columns/model.ts";
import { cellShort, cellWords, readThumb } from "../src/space/kit/thumbnail.ts";
import { startOf } from "../src/state/state.ts";
import {
  about,
  axisKind,
  axisLabel,
  coefficient,
  bareFigure,
  figure,
  headLabel,
  inUnit,
  isSurrogate,
  number,
  percent,
  place,
  progressWords,
  rankSentence,
  scaleOf,
  scopeWords,
  settingFull,
  settingShort,
  topPercent,
} from "../src/words/measures.ts";

test("a percentage never rounds up to a place that the cell does not have", () => {
  assert.equal(percent(99.97), "99.9 %");
  assert.equal(percent(100), "100 %");
  assert.equal(percent(0.04), "0 %");
  assert.equal(percent(94.5), "94.5 %");
  assert.equal(percent(0.3), "0.3 %", "0.3 · 10 is below 3 in binary");
});

test("the share of the best is rounded up and never none", () => {
  const top = (rank: number, defined: number) => topPercent({ rank, defined });
  assert.deepEqual([top(4, 15_625), top(1, 15_625), top(1, 423_624)], ["0.03 %", "0.007 %", "0.0003 %"]);
  assert.deepEqual(
    [top(1, 200), top(26, 200), top(3, 1000), top(200, 200), top(1, 1), top(1, 1000)],
    ["0.5 %", "13 %", "0.3 %", "100 %", "100 %", "0.1 %"],
  );
  assert.equal(top(2, 201), "1 %", "0.995 % is not below 1 %");
});

test("ranks are told with ties and with who is left out", () => {
  const result = { score: 1, rank: 12, ties: 0, percentile: 94.52, cells: 201, defined: 201 };
  assert.equal(place(result), "12 of 201");
  assert.equal(rankSentence(result), "Rank 12 of 201; it beats or equals 94.5 % of the compared cells.");
  assert.equal(place({ ...result, ties: 1214, defined: 15625 }), "12 of 15,625, tied with 1,214");
  const none = { score: null, rank: null, ties: 0, percentile: null, cells: 201, defined: 118 };
  assert.equal(
    rankSentence(none),
    "No value for this cell, so no rank. 83 of the 201 compared cells have no value and are left out.",
  );
});

test("numbers keep the digits that help", () => {
  assert.equal(number(55.27345), "55.27");
  assert.equal(number(0.0012345), "0.001234");
  assert.equal(number(0.00001234), "1.23e-5");
  assert.equal(number(1234567), "1,234,567");
  assert.equal(number(0), "0");
  assert.equal(number(NaN), "–");
  assert.equal(coefficient(0.7774), ".777");
  assert.equal(coefficient(-0.5), "−.500");
  assert.equal(coefficient(1), "1.000");
  assert.equal(coefficient(-0.0001), ".000");
  assert.equal(coefficient(null), "–");
});

test("durations and progress are told plainly", () => {
  assert.equal(about(0.4), "less than a second");
  assert.equal(about(7.4), "about 7 s");
  assert.equal(about(58), "about 60 s");
  assert.equal(about(200), "about 3 min");
  assert.equal(progressWords("cancelled", 4312, 15625), "cancelled after 4,312 of 15,625");
});

test("the half and the full CIFAR-10 settings are told apart", () => {
  const column = (id: string) => ({ id, label: "L", source: "S" });
  assert.match(settingFull(column("cifar10_test_acc")), /all 50,000 training images/);
  assert.match(settingFull(column("cifar10valid_test_acc")), /half of the training images/);
  assert.notEqual(settingShort(column("cifar10_test_acc")), settingShort(column("cifar10valid_test_acc")));
  assert.equal(settingShort(column("other")), "L", "an unknown column keeps its own label");
  assert.equal(settingFull(column("other")), "L. Source: S");
});

test("columns remember what was scored, and start over when their settings change", () => {
  let seed = 1;
  const columns = new Columns(4, (proxy) => (proxy === "params" ? "" : String(seed)));
  const degree = columns.get("average_degree");
  setScore(degree, 2, 5);
  setScore(degree, 3, NaN); // scored, undefined
  setScore(degree, 3, NaN);
  assert.equal(degree.count, 2);
  columns.get("params").scored.fill(1);
  const rows = Uint32Array.of(3, 2, 1);
  assert.deepEqual([...columns.missing(["average_degree", "params"], rows)], [1]);
  assert.deepEqual(coverage(degree, rows), { cells: 3, scored: 2, defined: 1 });
  assert.deepEqual([...scoredRows(degree, rows)], [3, 2]);
  assert.deepEqual([...pick(degree.values, rows)], [NaN, 5, NaN]);
  seed = 2;
  assert.deepEqual([...columns.missing(["average_degree", "params"], rows)], [3, 2, 1]);
  assert.deepEqual([...columns.missing(["params"], rows)], []);
});

test("the reader's cell joins the sample once", () => {
  assert.deepEqual([...including(Uint32Array.of(4, 2), 7)], [4, 2, 7]);
  assert.deepEqual([...including(Uint32Array.of(4, 2), 2)], [4, 2]);
  assert.deepEqual([...including(Uint32Array.of(4, 2), -1)], [4, 2]);
});

test("each class of equal cells is scored once; known ones not at all", () => {
  const column = {
    values: Float64Array.of(9, NaN, NaN, NaN, NaN, NaN),
    scored: Uint8Array.of(1, 0, 0, 0, 0, 0),
    count: 1,
  };
  const plan = byClass(Uint32Array.of(1, 2, 3, 4, 5), Uint32Array.of(0, 0, 1, 2, 1, 1), column);
  assert.deepEqual([...plan.score], [2, 3]);
  assert.deepEqual(
    [...plan.copies],
    [
      [2, [4, 5]],
      [3, []],
    ],
  );
  assert.deepEqual(plan.given, [[0, 1]]);
});

test("a histogram holds every defined value and the reader's place", () => {
  const bins = histogram([0, 1, 1, NaN, 10], 5, 10)!;
  assert.deepEqual(bins.counts, [3, 0, 0, 0, 1]);
  assert.equal(bins.own, 4);
  assert.equal(histogram([NaN], 5, 1), null);
  assert.deepEqual(histogram([2, 2], 5, 2)!.counts, [0, 0, 2, 0, 0]);
  assert.equal(histogram([1, 2], 5, NaN)!.own, -1);
});

test("a cell's thumbnail reads its text", () => {
  const text = "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|avg_pool_3x3~0|nor_conv_1x1~1|none~2|";
  assert.deepEqual(
    readThumb(text)!.edges.map(({ source, target }) => `${source}${target}`),
    ["01", "02", "12", "03", "13", "23"],
  );
  assert.equal(cellShort(text), "3×3 | none skip | pool 1×1 none");
  assert.equal(readThumb("not a cell"), null);
  assert.equal(cellShort("not a cell"), "not a cell");
});

test("cells of the other spaces are told in short too", () => {
  assert.equal(cellShort("64-41414-3_02_101"), "3×3 | none 1×1 | skip none skip");
  assert.equal(cellShort("64-1234-basic"), "64-1234-basic");
  const graph = "4:0101001000010000:input|conv3x3-bn-relu|maxpool3x3|output";
  assert.deepEqual(
    readThumb(graph)!.edges.map(({ source, target }) => `${source}${target}`),
    ["01", "03", "12", "23"],
  );
  assert.match(cellShort(graph), /, 4 edges$/);
  assert.equal(readThumb("4:0101:input|output"), null, "a matrix of another size");
  const genotype = JSON.stringify({
    normal: [
      ["skip_connect", 0],
      ["sep_conv_3x3", 1],
      ["sep_conv_3x3", 0],
    ],
    reduce: [["max_pool_3x3", 0]],
  });
  assert.match(cellWords(genotype), /^normal: 2 sep.*, 1 skip.*; reduce: 1 max/);
  assert.equal(cellShort("{broken"), "{broken");
});

test("the seat after the rows holds one cell at a time, with the known figures of its equal", () => {
  const columns = new Columns(3, () => "");
  columns.put("accuracy", Float64Array.of(90, 91, 92));
  const degree = columns.get("average_degree");
  setScore(degree, 0, 7);
  columns.reseat(1);
  setScore(degree, columns.seat, 8);
  assert.equal(degree.count, 2);
  assert.equal(columns.get("accuracy").values[columns.seat], 91);
  columns.reseat(-1);
  assert.equal(degree.count, 1);
  assert.deepEqual([...degree.values], [7, NaN, NaN, NaN]);
  assert.equal(columns.get("accuracy").values[columns.seat], NaN, "not in the table: no known figure");
  columns.reseat(2);
  columns.put("other", Float64Array.of(1, 2, 3));
  assert.equal(columns.get("other").values[columns.seat], 3, "a column that comes later knows it too");
  assert.deepEqual([...seated(Uint32Array.of(0, 2, 1), 3, 2)], [0, 1, 3], "not compared with its equal");
  assert.deepEqual([...seated(Uint32Array.of(0, 2, 1), 2, -1)], [0, 2, 1]);
});

test("what a score depends on: the settings that its space has, the weights of ε", () => {
  const state = (space: "nds-darts" | "nasbench201") => ({ space, ...startOf(space), ownModel: null });
  const darts = state("nds-darts");
  const wider = { ...darts, options: { ...darts.options, initChannels: 16 } };
  const stem = { ...darts, options: { ...darts.options, stemChannels: 32 } };
  assert.notEqual(keyOf(darts, "average_degree"), keyOf(wider, "average_degree"));
  assert.equal(keyOf(darts, "average_degree"), keyOf(stem, "average_degree"), "NDS has no stem channels to set");
  const seeded = { ...darts, options: { ...darts.options, seed: 9 } };
  assert.equal(keyOf(darts, "expected-degree"), keyOf(seeded, "expected-degree"));
  assert.notEqual(keyOf(darts, "gini"), keyOf(seeded, "gini"));
  const nb201 = state("nasbench201");
  assert.notEqual(keyOf(nb201, "epsilon"), keyOf({ ...nb201, weights: [1e-5, 1] }, "epsilon"));
  assert.equal(keyOf(nb201, "epsilon"), keyOf({ ...nb201, options: seeded.options }, "epsilon"));
  assert.equal(keyOf(nb201, "tgnas"), keyOf({ ...nb201, options: seeded.options }, "tgnas"));
  assert.notEqual(keyOf(nb201, "tgnas"), keyOf({ ...nb201, ownModel: 1 }, "tgnas"));
});

test("figures have their source's unit, fractions of 1 are per cent, and a prediction is never called an accuracy", () => {
  const column = (id: string, unit: string, label = id) => ({ id, unit, label });
  assert.equal(figure(column("cifar10_test_acc", "%"), 94.3733), "94.37 %");
  assert.equal(figure(column("val_acc_epoch108", "fraction"), 0.940204), "94.02 %");
  assert.equal(bareFigure(column("val_acc_epoch108", "fraction"), 0.940204), "94.02");
  assert.deepEqual(
    [scaleOf(column("a", "fraction")), scaleOf(column("a", "%")), scaleOf(column("a", ""))],
    [100, 1, 1],
  );
  for (let k = 0; k <= 10_000; k++)
    assert.equal(inUnit(k / 10_000, 100), k / 100, "no digit that the source does not have");
  assert.deepEqual([inUnit(NaN, 100), inUnit(0.1 + 0.2, 1)], [NaN, 0.1 + 0.2]);
  assert.equal(figure(column("room_layout_test_neg_loss", ""), -0.65309), "−0.6531");
  assert.equal(axisLabel(column("cifar10_test_acc", "%")), "CIFAR-10, full: test accuracy, %");
  assert.equal(axisLabel(column("val_acc_epoch108", "fraction")), "CIFAR-10, 108 epochs: validation accuracy, %");
  assert.equal(headLabel(column("val_acc_epoch108", "fraction")), "Accuracy, %");
  assert.equal(axisLabel(column("autoencoder_test_ssim", "")), "Autoencoding: test, SSIM");
  const darts = column(
    "val_accuracy",
    "%",
    "CIFAR-10 validation accuracy by the NAS-Bench-301 SURROGATE (predicted, not trained)",
  );
  assert.ok(isSurrogate(darts) && !isSurrogate(column("cifar10_test_acc", "%")));
  assert.match(axisLabel(darts), /SURROGATE \(predicted, not trained\)/);
  assert.match(headLabel(darts), /^Predicted accuracy, % \(surrogate\)$/);
  assert.equal(axisKind(column("a", "%"), "error"), "error");
  assert.equal(axisKind(column("a", "fraction"), "error"), "error");
  assert.equal(axisKind(column("a", ""), "error"), "linear");
});

test("it is said which cells are compared", () => {
  const scope = { basis: "table" as const, everything: false, cells: 30001, drawn: 200, seed: 4, outside: true };
  assert.equal(
    scopeWords(scope),
    "200 cells drawn uniformly without replacement from the 30,001 in the table of known figures, seed 4, and this cell",
  );
  assert.equal(
    scopeWords({ ...scope, drawnOnly: true }),
    "200 cells drawn uniformly without replacement from the 30,001 in the table of known figures, seed 4",
  );
  assert.equal(
    scopeWords({ ...scope, everything: true }),
    "all 30,001 cells of the table of known figures, and this cell",
  );
  assert.equal(
    scopeWords({ ...scope, basis: "space", everything: true, cells: 4096, outside: false }),
    "all 4,096 cells of the space",
  );
});
