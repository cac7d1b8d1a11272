// Best of N: settings in a link, bins, figures.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bins, binWidth, decimalsOf, figures } from "../src/lab/best/bins.ts";
import { joined } from "../src/lab/best/joined.ts";
import { PRESETS, readBest, START, writeBest } from "../src/lab/best/settings.ts";

test("settings come back from a link; bad ones are named", () => {
  for (const { settings } of PRESETS) assert.deepEqual(readBest(writeBest(settings)), settings);
  assert.deepEqual(readBest(""), START);
  for (const [text, part] of [
    ["average_degree:0:5:1", "samples"],
    ["average_degree:200:x:1", "repeats"],
    ["average_degree:200", "PROXY:N"],
    ["<b>:1:1:1", "<b>"],
  ] as const) {
    const read = readBest(text);
    assert.ok(typeof read === "string" && read.includes(part), String(read));
  }
});

test("bins hold every number of every column once, few bad ones in the first", () => {
  const many = Float64Array.from({ length: 99 }, (_, k) => 90 + k / 50);
  const found = bins([Float64Array.of(10, 92, NaN), many], 20)!;
  assert.equal(
    found.counts[0]!.reduce((a, b) => a + b),
    2,
  );
  assert.equal(
    found.counts[1]!.reduce((a, b) => a + b),
    99,
  );
  assert.ok(found.below && found.low > 89 && found.counts[0]![0] === 1);
  const ranks = bins([Float64Array.of(1, 1, 2, 5)], 40, true)!;
  assert.deepEqual(ranks, { low: 1, width: 1, counts: [[2, 1, 0, 0, 1]], below: false });
  assert.equal(bins([Float64Array.of(NaN)], 10), null);
  assert.deepEqual(bins([Float64Array.of(3, 3)], 10)!.counts, [[2]], "equal values");
});

test("widths are round", () => {
  assert.deepEqual([binWidth(40, 40), binWidth(41, 40), binWidth(9.1, 40), binWidth(0, 9)], [1, 2, 0.25, 1]);
});

test("mean, spread and median are over what there is", () => {
  assert.deepEqual(figures([1, NaN, 3, 5, 7]), { count: 4, mean: 4, sd: Math.sqrt(5), median: 4 });
  assert.ok(Number.isNaN(figures([NaN]).median));
});

test("ends of bins are told apart, and no more", () => {
  assert.deepEqual([0.005, 0.0025, 0.01, 0.5, 2.5, 1, 20, 0.1 + 0.2].map(decimalsOf), [3, 4, 2, 1, 1, 0, 0, 1]);
});

test("slices of repetitions are joined in their order; the last one's means are over all", () => {
  const part = (first: number, count: number, mean: number) => {
    const numbers = Array.from({ length: count }, (_, k) => first + k);
    return {
      cell: Int32Array.from(numbers, (k) => -k),
      accuracy: Float64Array.from(numbers),
      rank: Uint32Array.from(numbers),
      rankOfAll: Uint32Array.from(numbers),
      optimum: Float64Array.from(numbers),
      random: Float64Array.from(numbers),
      undefined: Uint32Array.from(numbers),
      chosen: first + count,
      mean,
      sd: 0,
      meanRank: null,
    };
  };
  assert.equal(joined([]), null);
  assert.deepEqual(joined([part(0, 2, 9), part(2, 1, 8), part(3, 3, 7)]), part(0, 6, 7));
});
