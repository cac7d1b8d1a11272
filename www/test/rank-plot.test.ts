import assert from "node:assert/strict";
import { test } from "node:test";
import { NearestGrid } from "../src/chart/nearest.ts";
import { combine, insideBox, insidePolygon, shownPoints } from "../src/chart/lasso.ts";
import { boxView, layOut, panView, readingOrder, zoomView } from "../src/chart/plot.ts";
import { extent, ticks, toPixel, toValue, type Scale } from "../src/chart/scale.ts";

/** A small, fixed source of numbers in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

test("the grid finds what a plain search finds", () => {
  const next = numbers(7);
  const n = 3000;
  const x = Float32Array.from({ length: n }, () => (next() < 0.05 ? NaN : next() * 640));
  const y = Float32Array.from({ length: n }, () => Math.floor(next() * 400)); // some points are equally near
  const grid = new NearestGrid(x, y, 640, 400);
  for (let k = 0; k < 500; k++) {
    const px = next() * 700 - 30;
    const py = next() * 460 - 30;
    const reach = next() * 40;
    let best = -1;
    let least = reach * reach;
    for (let i = 0; i < n; i++) {
      if (!(x[i]! < 640)) continue;
      const distance = (x[i]! - px) ** 2 + (y[i]! - py) ** 2;
      if (distance < least || (distance === least && best < 0)) {
        best = i;
        least = distance;
      }
    }
    assert.equal(grid.nearest(px, py, reach), best);
  }
});

test("an empty grid finds nothing", () => {
  assert.equal(new NearestGrid([], [], 0, 0).nearest(0, 0, 10), -1);
  assert.equal(new NearestGrid([NaN], [1], 100, 100).nearest(0, 0, 100), -1);
});

const scales: Scale[] = [
  { kind: "linear", low: -3, high: 17, start: 50, end: 650 },
  { kind: "log", low: 1e-4, high: 30, start: 50, end: 650 },
  { kind: "error", low: 8, high: 94.6, start: 400, end: 10 },
];

test("pixels and values are each other's inverse, ticks lie inside and apart", () => {
  for (const scale of scales) {
    for (const t of [0, 0.2, 0.5, 1]) {
      const pixel = scale.start + t * (scale.end - scale.start);
      assert.ok(Math.abs(toPixel(scale, toValue(scale, pixel)) - pixel) < 1e-6, scale.kind);
    }
    const marks = ticks(scale, 7);
    assert.ok(marks.length >= 3 && marks.length <= 14, `${scale.kind}: ${marks}`);
    for (let k = 0; k < marks.length; k++) {
      assert.ok(marks[k]! >= scale.low && marks[k]! <= scale.high);
      if (k > 0)
        assert.ok(Math.abs(toPixel(scale, marks[k]!) - toPixel(scale, marks[k - 1]!)) > 12, `${scale.kind}: ${marks}`);
    }
  }
});

test("ticks are round", () => {
  assert.deepEqual(
    ticks({ kind: "linear", low: 0.05, high: 0.61, start: 0, end: 1 }, 6),
    [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
  );
  assert.deepEqual(ticks({ kind: "log", low: 0.5, high: 2000, start: 0, end: 600 }, 5), [1, 10, 100, 1000]);
  assert.deepEqual(ticks({ kind: "linear", low: 1, high: 1, start: 0, end: 1 }, 5), []);
});

test("a scale holds what it can: logs above 0, errors below 100 %", () => {
  assert.ok(Number.isNaN(toPixel(scales[1]!, 0)));
  assert.ok(Number.isNaN(toPixel(scales[2]!, 100)));
  assert.equal(extent([NaN, -1, 0], "log"), null);
  const range = extent([NaN, 5, 5], "linear")!;
  assert.ok(range[0] < 5 && range[1] > 5);
});

test("a plot counts what it can draw and what is in view, and zooms to a box", () => {
  const x = [1, 2, 3, NaN, 5];
  const y = [10, 20, NaN, 40, 90];
  const input = { width: 600, height: 400, x, y, kindX: "linear", kindY: "error" } as const;
  const plot = layOut({ ...input, view: null })!;
  assert.equal(plot.defined, 3);
  assert.equal(plot.shown, 3);
  assert.deepEqual([...readingOrder(plot)], [0, 1, 4]);
  const view = boxView(plot, plot.px[1]! + 5, plot.py[1]! - 5, plot.px[0]! - 5, plot.py[0]! + 5)!;
  const zoomed = layOut({ ...input, view })!;
  assert.equal(zoomed.defined, 3);
  assert.equal(zoomed.shown, 2);
  assert.equal(boxView(plot, 100, 100, 103, 300), null, "a slip of the hand is no box");
  const closer = layOut({ ...input, view: zoomView(plot, null, 0.5, plot.px[1]!, plot.py[1]!) })!;
  assert.ok(
    Math.abs(closer.px[1]! - plot.px[1]!) < 0.01 && Math.abs(closer.py[1]! - plot.py[1]!) < 0.01,
    "the centre stays",
  );
  assert.equal(layOut({ ...input, x: [NaN], y: [1], view: null }), null);
  assert.equal(layOut({ ...input, width: 20, view: null }), null);
});

test("a view stays inside the data: zooming out ends with all of it, moving stops at its border, zooming in has an end", () => {
  const input = { width: 600, height: 400, x: [0, 10, 20], y: [0, 50, 100], kindX: "linear", kindY: "linear" } as const;
  const all = layOut({ ...input, view: null })!;
  assert.equal(zoomView(all, null, 2, 300, 200), null);
  assert.equal(panView(all, null, 50, 0), null, "all of it cannot be moved");
  const view = zoomView(all, null, 0.5, 300, 200)!;
  const closer = layOut({ ...input, view })!;
  const far = layOut({ ...input, view: panView(closer, view, -10_000, 10_000)! })!;
  assert.ok(
    Math.abs(far.x.high - all.x.high) < 1e-9 && Math.abs(far.y.high - all.y.high) < 1e-9,
    "the upper right corner of the data",
  );
  assert.ok(Math.abs(far.x.high - far.x.low - (closer.x.high - closer.x.low)) < 1e-9, "moving does not zoom");
  assert.equal(zoomView(closer, view, 4, 300, 200), null);
  assert.equal(zoomView(closer, view, 1e-6, 300, 200), view, "too close");
  const carried = layOut({ ...input, view: zoomView(closer, view, 0.8, 310, 190, 30, -20)! })!;
  const before = [toValue(closer.x, 280), toValue(closer.y, 210)];
  assert.ok(
    Math.abs(toPixel(carried.x, before[0]!) - 310) < 1e-6 && Math.abs(toPixel(carried.y, before[1]!) - 190) < 1e-6,
    "what was 30, −20 away is under the fingers",
  );
});

test("a lasso and a box find the points inside; undrawn ones are never found", () => {
  const next = numbers(11);
  const n = 2000;
  const px = Float32Array.from({ length: n }, () => (next() < 0.1 ? NaN : next() * 300));
  const py = Float32Array.from({ length: n }, () => next() * 300);
  // A ring around a square hole: the even-odd rule leaves the hole out.
  const disc = Array.from(
    { length: 64 },
    (_, k) => [150 + 100 * Math.cos((k / 32) * Math.PI), 150 + 100 * Math.sin((k / 32) * Math.PI)] as const,
  );
  const inside = new Set(insidePolygon(px, py, disc));
  for (let i = 0; i < n; i++) {
    const distance = Math.hypot(px[i]! - 150, py[i]! - 150);
    if (distance < 99) assert.ok(inside.has(i));
    if (!(distance < 101)) assert.ok(!inside.has(i));
  }
  const concave = [
    [0, 0],
    [100, 0],
    [100, 100],
    [50, 20],
    [0, 100],
  ] as const;
  assert.deepEqual([...insidePolygon([50, 50, 10, 90], [10, 60, 60, 60], concave)], [0, 2, 3]);
  assert.deepEqual(
    [
      ...insidePolygon(
        [1],
        [1],
        [
          [0, 0],
          [2, 2],
        ],
      ),
    ],
    [],
    "a line holds nothing",
  );
  assert.deepEqual([...insideBox([0, 5, 10, NaN], [0, 5, 11, 5], [10, 10], [0, 0])], [0, 1]);
  assert.deepEqual([...shownPoints([1, NaN, 3])], [0, 2]);
  const some = Uint32Array.of(2, 5);
  assert.deepEqual([...combine(some, Uint32Array.of(9, 5, 1), "add")], [1, 2, 5, 9]);
  assert.deepEqual([...combine(some, Uint32Array.of(5), "remove")], [2]);
  assert.deepEqual([...combine(some, Uint32Array.of(8, 7), "replace")], [7, 8]);
});
