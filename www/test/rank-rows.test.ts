import assert from "node:assert/strict";
import { test } from "node:test";
import { filterRows, readNumber } from "../src/lab/rank/filter.ts";
import { MOST_KEPT, readDrawer } from "../src/lab/rank/drawer-store.ts";
import { ROW_HEIGHT, spanOf } from "../src/lab/rank/virtual.ts";
import { ranks, sortByNumber, sortByText, standing } from "../src/lab/rank/table-rows.ts";

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
  const found = (filter: string) => [...filterRows(rows, texts, filter).rows];
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

test("a filter's ranges are of columns; what it does not understand is named and left out", () => {
  const texts = ["conv", "conv skip", "pool", "skip", "none"];
  const columns = [
    { names: ["cifar10_test_acc", "accuracy"], shown: [93.5, 91, NaN, 60, 10] },
    { names: ["params"], shown: [1.2e6, 5e5, 4e5, 3e5, 100] },
    { names: ["expected_degree"], shown: [-1, 0, 1, 2, 3] },
  ];
  const found = (filter: string) => {
    const { rows: left, problems } = filterRows(rows, texts, filter, columns);
    return [[...left], problems.join("; ")];
  };
  assert.deepEqual(found("accuracy>=91"), [[0, 1], ""]);
  assert.deepEqual(found("Cifar10_Test_Acc=60..92% params<=500k"), [[1, 3], ""]);
  assert.deepEqual(found("params>1M conv"), [[0], ""]);
  assert.deepEqual(found("expected-degree=-1"), [[0], ""]);
  assert.deepEqual(found("expected-degree<0.5"), [[0, 1], ""]);
  const all = [0, 1, 2, 3, 4];
  assert.deepEqual(found("parmas>=1000"), [all, "no column shown is called “parmas”; did you mean “params”?"]);
  assert.deepEqual(found("parmas>=3"), [
    all,
    "no cell here holds “parmas”, and no column is called so; did you mean “params”?",
  ]);
  assert.deepEqual(found("synflow>=0.5"), [all, "no column shown is called “synflow”"]);
  assert.deepEqual(found("params>=5OOk"), [all, "“5ook” in “params>=5ook” is not a number"]);
  assert.deepEqual(found("params="), [all, "“params=” lacks a number"]);
  assert.deepEqual(found("params=1..2..3")[0], all);
  assert.deepEqual(found("params=9..1"), [all, "in “params=9..1” the range is empty: 9 is above 1"]);
  assert.deepEqual(found("conv -skpi"), [[0, 1], "no cell here holds “skpi”"]);
});

test("numbers in a filter", () => {
  assert.deepEqual(
    ["1", "-0.5", "−2", "1e-3", ".5", "93%", "2k", "1.5m"].map(readNumber),
    [1, -0.5, -2, 0.001, 0.5, 93, 2000, 1.5e6],
  );
  for (const bad of ["", "x", "1x", "--1", "1e", "infinity", "0x10"]) assert.ok(Number.isNaN(readNumber(bad)), bad);
});

test("a long table's rows in the page are those in sight and a few around, at either end too", () => {
  assert.deepEqual(spanOf(0, 360, 5), { first: 0, end: 5 });
  assert.deepEqual(spanOf(0, 360, 0), { first: 0, end: 0 });
  for (const top of [0, 36, 1000, 100_000, 15_625 * ROW_HEIGHT]) {
    const { first, end } = spanOf(top, 600, 15_625);
    const seen = Math.min(15_624, Math.floor(top / ROW_HEIGHT));
    assert.ok(
      first <= seen && (end === 15_625 || end * ROW_HEIGHT >= top + 600) && end - first <= 40,
      `${top}: ${first} to ${end}`,
    );
  }
});

test("a drawer that comes back holds texts by space and nothing else", () => {
  assert.deepEqual(readDrawer({ nasbench201: ["a", "a", 7, "b", ""], "nds-darts": [], elsewhere: ["c"] }), {
    nasbench201: ["a", "b"],
  });
  assert.equal(
    readDrawer({ nasbench201: Array.from({ length: 20 }, (_, k) => `cell ${k}`) })?.nasbench201?.length,
    MOST_KEPT,
  );
  for (const bad of [null, 7, "x"]) assert.equal(readDrawer(bad), null);
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

test("by rank each value stands at the share of others that it beats or ties with, the best end first", () => {
  assert.deepEqual([...standing(Float64Array.of(5, NaN, 1, 5, 3), "larger")], [100, NaN, 0, 100, 100 / 3]);
  assert.deepEqual([...standing(Float64Array.of(5, 1, 3), "smaller")], [0, 100, 50]);
  assert.deepEqual([...standing(Float64Array.of(7), "larger")], [1], "one cell beats nobody");
});
