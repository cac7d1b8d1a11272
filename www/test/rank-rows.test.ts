import assert from "node:assert/strict";
import { test } from "node:test";
import { filterRows, ranks, sortByNumber, sortByText } from "../src/rank/rows.ts";

const rows = Uint32Array.of(0, 1, 2, 3, 4);

test("sorting puts undefined last in both directions and keeps ties in order", () => {
  const values = [3, NaN, 1, 3, 2];
  assert.deepEqual([...sortByNumber(rows, values, "ascending")], [2, 4, 0, 3, 1]);
  assert.deepEqual([...sortByNumber(rows, values, "descending")], [0, 3, 4, 2, 1]);
  assert.deepEqual([...rows], [0, 1, 2, 3, 4], "the rows given are not touched");
});

test("sorting by text is by code unit, stable, in both directions", () => {
  const texts = ["b", "a", "B", "a", "ä"];
  assert.deepEqual([...sortByText(rows, texts, "ascending")], [2, 1, 3, 0, 4]);
  assert.deepEqual([...sortByText(rows, texts, "descending")], [4, 0, 1, 3, 2]);
});

test("a filter's words must all hold; counts and exclusions work", () => {
  const texts = [
    "|nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|",
    "|nor_conv_3x3~0|+|skip_connect~0|none~1|",
    "|skip_connect~0|+|skip_connect~0|skip_connect~1|",
    "|nor_conv_1x1~0|+|nor_conv_1x1~0|nor_conv_3x3~1|",
    "|none~0|+|none~0|none~1|",
  ];
  const found = (filter: string) => [...filterRows(rows, texts, filter)];
  assert.deepEqual(found(""), [0, 1, 2, 3, 4]);
  assert.deepEqual(found("  CONV_3x3 "), [0, 1, 3]);
  assert.deepEqual(found("conv_3x3 -none"), [3]);
  assert.deepEqual(found("conv_3x3>=2"), [0]);
  assert.deepEqual(found("conv_3x3=1 conv_1x1=2"), [3]);
  assert.deepEqual(found("skip>0 skip<=1"), [1]);
  assert.deepEqual(found("none<1"), [2, 3]);
  assert.deepEqual(found("|none~0|+|none"), [4]);
  assert.deepEqual(found("nothing_like_this"), []);
  assert.deepEqual(found("- >=2"), [], "a lone comparison is a word like any other");
});

test("ranks are competition ranks, parallel to the rows; undefined has none", () => {
  const values = [5, 7, 7, NaN, 1, 99];
  assert.deepEqual([...ranks(rows, values, "larger")], [3, 1, 1, NaN, 4]);
  assert.deepEqual([...ranks(rows, values, "smaller")], [2, 3, 3, NaN, 1]);
  assert.deepEqual([...ranks(Uint32Array.of(4, 0), values, "larger")], [2, 1]);
});

test("ranks agree with counting how many are better", () => {
  const values = Array.from({ length: 300 }, (_, i) => ((i * 7919) % 37) - (i % 11 === 0 ? NaN : 0));
  const all = Uint32Array.from(values.keys());
  const found = ranks(all, values, "larger");
  values.forEach((value, i) => {
    const expected = Number.isNaN(value) ? NaN : 1 + values.filter((other) => other > value).length;
    assert.equal(found[i], expected);
  });
});
