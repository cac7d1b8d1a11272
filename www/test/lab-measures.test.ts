// What the panels on proxies make of figures: order and tint of a matrix, verdicts on slices, combinations and fronts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gridSvg } from "../src/chart/grid-picture.ts";
import { keyOf, missing, sortRows, tint, type Line } from "../src/lab/matrix/fields.ts";
import { beaten, best, common, NO_MIX, readMix, shortfalls, writeMix } from "../src/lab/combine/mix.ts";
import { leadWords, outcome, pairUp, sliceName, tally, type Compared } from "../src/words/verdict.ts";
import type { Correlation } from "../src/types.ts";

const found = (spearman: number | null, low = spearman, high = spearman, defined = 100): Correlation => ({
  cells: 100,
  defined,
  spearman,
  spearmanLow: low,
  spearmanHigh: high,
  kendall: spearman === null ? null : spearman / 2,
  kendallLow: null,
  kendallHigh: null,
});
const line = (id: string): Line => ({ id, label: id, tabulated: false, values: new Float64Array(0) });

test("a matrix asks for what is missing, sorts by a column with undefined figures last, and tints by size", () => {
  const [rows, columns] = [["b", "a", "c"].map(line), ["x", "y"].map(line)];
  const held = new Map([
    ["b|x", found(0.2)],
    ["a|x", found(-0.9)],
    ["c|x", found(null)],
  ]);
  assert.deepEqual(missing(rows, columns, (pair) => held.has(keyOf(pair))).map(keyOf), ["b|y", "a|y", "c|y"]);
  const ids = (order: Parameters<typeof sortRows>[3]) =>
    sortRows(rows, held, "spearman", order)
      .map(({ id }) => id)
      .join("");
  assert.equal(ids(null), "bac");
  assert.equal(ids({ by: "x", down: true }), "bac");
  assert.equal(ids({ by: "x", down: false }), "abc");
  assert.equal(ids({ by: "name", down: false }), "abc");
  assert.equal(sortRows(rows, held, "kendall", { by: "x", down: false })[0]!.id, "a");
  assert.ok(
    tint(-0.9) === tint(0.9) && tint(0.9) > tint(0.5) && tint(null) === 0 && tint(1) <= 40,
    "ink on the darkest field can still be read",
  );
});

test("a grid as a picture: numbers in their fields, no name cut off, texts escaped", () => {
  const grid = {
    title: "<t>",
    rows: ["a long name of a row", "b & c"],
    columns: ["x", "a column’s name that is long"],
    field: (row: number, column: number) => ({ text: `.${row}${column}`, shade: (row + column) / 8 }),
  };
  const { svg, width, height } = gridSvg(grid, { ink: "#000", surface: "#fff" }, "p & q");
  assert.match(svg, new RegExp(`^<svg xmlns[^>]* width="${width}" height="${height}"`));
  assert.ok(
    svg.includes("&#60;t&#62;") &&
      svg.includes("p &#38; q") &&
      svg.includes("b &#38; c") &&
      !/<(?!\/?(svg|title|desc|rect|g|text)\b)/.test(svg),
  );
  for (const text of [".00", ".01", ".10", ".11"]) assert.equal(svg.split(`>${text}</text>`).length, 2, text);
  assert.deepEqual(
    [...svg.matchAll(/fill-opacity="([^"]+)"/g)].map((found) => Number(found[1])),
    [0, 0.125, 0.125, 0.25],
  );
  const fields = [...svg.matchAll(/<rect x="(\d+)" y="(\d+)" width="(\d+)"/g)].map((found) =>
    found.slice(1).map(Number),
  );
  assert.equal(new Set(fields.map(([x, y]) => `${x},${y}`)).size, 4);
  assert.ok(
    fields.every(([x, , w]) => x! > 20 * 6 && x! + w! <= width),
    "the rows’ names have room on the left",
  );
  const wider = gridSvg(
    { ...grid, after: { head: "nearest", text: () => "something that is long as well, and longer" } },
    { ink: "#000", surface: "#fff" },
    "",
  );
  assert.ok(wider.width > width && wider.svg.split("something that is long").length === 3);
});

test("better and worse by the interval of the difference; slices are named, small ones are not judged", () => {
  const compare = (proxy: Correlation, plain: Correlation | null, lead: Correlation | null, name = ""): Compared => ({
    name,
    proxy,
    plain,
    lead,
  });
  // Their own intervals overlap, the one of the difference is clear of 0.
  assert.equal(outcome(compare(found(0.8, 0.7, 0.9), found(0.75, 0.7, 0.8), found(0.05, 0.01, 0.09))), "better");
  assert.equal(outcome(compare(found(0.02), found(0.11), found(-0.09, -0.14, -0.04))), "worse");
  assert.equal(outcome(compare(found(0.8), found(0.75), found(0.05, -0.01, 0.09))), "open");
  assert.equal(outcome(compare(found(0.8), found(0.8), found(0, 0, 0))), "open", "a score against itself");
  assert.equal(
    outcome(compare(found(0.8), found(0.7), { ...found(0.1), spearmanLow: null, spearmanHigh: null })),
    "open",
    "without an interval nothing is claimed",
  );
  assert.equal(outcome(compare(found(0.3), found(null), found(null))), "unknown");
  assert.equal(outcome(compare(found(0.3), null, null)), "unknown");
  assert.equal(leadWords(0.0512, 0.041, 0.06), ".051 higher [.041, .060]");
  assert.equal(leadWords(-0.0512, -0.06, 0.004), ".051 lower [−.004, .060]");
  assert.equal(leadWords(0.0512, null, null), ".051 higher");
  const lines = [
    compare(found(0.8), found(0.75), found(0.05, 0.04, 0.06), "a"),
    compare(found(0.5), found(0.1), found(0.4, 0.3, 0.5), "b"),
    compare(found(0), found(0.3), found(-0.3, -0.4, -0.2), "c"),
    compare(found(0.2), found(0.3), found(-0.1, -0.3, 0.1), "d"),
    compare(found(0.2), found(null), found(null), "e"),
    compare(found(0.9, 0.9, 0.9, 9), found(0.1), found(0.8, 0.7, 0.9), "f"),
  ];
  const { lead, lag, ...counts } = tally(lines);
  assert.deepEqual(counts, { better: 2, worse: 1, open: 1, undefined: 1, small: 1 });
  assert.deepEqual([lead?.name, lag?.name], ["b", "c"]);
  assert.deepEqual(tally([]), { better: 0, worse: 0, open: 0, undefined: 0, small: 0, lead: null, lag: null });
  assert.deepEqual(
    [
      sliceName("decile", 0),
      sliceName("decile", 4),
      sliceName("decile", 9),
      sliceName("convs", 1),
      sliceName("convs", 0),
      sliceName("skip", 0),
    ],
    ["worst tenth", "tenth 5", "best tenth", "1 convolution", "0 convolutions", "without skip"],
  );
  const paired = pairUp(
    "skip",
    [
      { ...found(0.5), group: 0 },
      { ...found(0.6), group: 1 },
    ],
    [{ ...found(0.4), group: 1 }],
    [{ ...found(0.2), group: 1 }],
  );
  assert.deepEqual(
    paired.map(({ plain, lead }) => [plain?.spearman ?? null, lead?.spearman ?? null]),
    [
      [null, null],
      [0.4, 0.2],
    ],
  );
});

test("mean ranks become a share of beaten cells; figures side by side are about the same cells", () => {
  assert.deepEqual([...beaten(Float64Array.of(1, 3, 2, NaN))], [100, 0, 50, NaN]);
  assert.deepEqual([...beaten(Float64Array.of(1))], [1], "one cell beats nobody");
  assert.deepEqual(
    common([Float64Array.of(1, NaN, 3), Float64Array.of(4, 5, NaN)]).map((column) => [...column]),
    [
      [1, NaN, NaN],
      [4, NaN, NaN],
    ],
  );
  assert.deepEqual(best(Float64Array.of(1, NaN, 3, 3, 2), 3), [2, 3, 4]);
});

test("what a cell gives away is the best accuracy at its cost or less, as a plain search finds it", () => {
  let state = 5;
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const cost = Float64Array.from({ length: 300 }, () => (next() < 0.05 ? NaN : Math.floor(next() * 40)));
  const accuracy = Float64Array.from({ length: 300 }, () => (next() < 0.05 ? NaN : Math.floor(next() * 50)));
  const larger = shortfalls(cost, accuracy, "larger");
  const smaller = shortfalls(cost, accuracy, "smaller");
  for (let i = 0; i < cost.length; i++) {
    const there = [...cost.keys()]
      .filter((k) => cost[k]! <= cost[i]! && !Number.isNaN(accuracy[k]!))
      .map((k) => accuracy[k]!);
    const defined = !Number.isNaN(cost[i]!) && !Number.isNaN(accuracy[i]!);
    assert.equal(larger[i], defined ? Math.max(...there) - accuracy[i]! : NaN);
    assert.equal(smaller[i], defined ? accuracy[i]! - Math.min(...there) : NaN);
  }
});

test("a combination comes back from its text; what is wrong with others is said", () => {
  for (const mix of [
    NO_MIX,
    { parts: ["average_degree", "jacov"], cost: "raspi4_latency", guide: "" },
    { parts: [], cost: "", guide: "snip" },
    { parts: ["params"], cost: "", guide: "" },
  ]) {
    assert.deepEqual(readMix(writeMix(mix)), mix);
  }
  assert.equal(writeMix(NO_MIX), "");
  for (const [text, said] of [
    ["a,a::", /twice/],
    ["a,b,c,d,e,f,g,h,i::", /at most 8/],
    ["a:b:c:d", /colons/],
    ["a,,b::", /not the name/],
    ["a b::", /not the name/],
  ] as const) {
    assert.match(String(readMix(text)), said, text);
  }
});
