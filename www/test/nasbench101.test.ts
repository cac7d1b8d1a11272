// The NAS-Bench-101 editor's pure parts: rules, edits, texts, layout.
import assert from "node:assert/strict";
import { test } from "node:test";
import { edgeShapes, heightOf, PILL, vertexPoint, WIDTH } from "../src/space/nasbench101/layout.ts";
import { PRESETS } from "../src/space/nasbench101/presets.ts";
import {
  addVertex,
  aliveVertices,
  cleanText,
  edgesOf,
  moveProblem,
  moveVertex,
  parseSpec,
  printSpec,
  problemOf,
  prunedNumbers,
  removeVertex,
  setOp,
  toggleEdge,
  type Spec,
} from "../src/space/nasbench101/spec.ts";

/** input → 1 → 2 → output, input → output; vertex 3 hangs loose. */
const LOOSE = "5:0100100100000010000000000:input|conv3x3-bn-relu|conv1x1-bn-relu|maxpool3x3|output".replace(
  "0100100100000010000000000",
  "01001" + "00100" + "00001" + "00000" + "00000",
);

/** Small deterministic pseudo-random numbers. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) yield (state = (state * 1103515245 + 12345) % 2 ** 31);
}

/** A random spec of 2 to 7 vertices. */
function randomSpec(draw: Generator<number, never>): Spec {
  const n = 2 + ((draw.next().value >> 8) % 6);
  const names = ["conv3x3-bn-relu", "conv1x1-bn-relu", "maxpool3x3"];
  const ops = Array.from({ length: n }, (_, v) =>
    v === 0 ? "input" : v === n - 1 ? "output" : names[(draw.next().value >> 8) % 3]!,
  );
  return { ops, rows: ops.map((_, s) => ops.map((_, t) => t > s && (draw.next().value >> 8) % 2 === 1)) };
}

test("texts come back as they were", () => {
  assert.equal(printSpec(parseSpec(LOOSE)), LOOSE);
  const draw = numbers(1);
  for (let k = 0; k < 200; k++) {
    const spec = randomSpec(draw);
    assert.deepEqual(parseSpec(printSpec(spec)), spec);
  }
});

test("vertices on no path are found, against a search of all paths", () => {
  const draw = numbers(2);
  for (let k = 0; k < 300; k++) {
    const spec = randomSpec(draw);
    const last = spec.ops.length - 1;
    const onPath = new Set<number>();
    const walk = (path: number[]): void => {
      const at = path.at(-1)!;
      if (at === last) path.forEach((vertex) => onPath.add(vertex));
      spec.rows[at]!.forEach((fed, target) => fed && walk([...path, target]));
    };
    walk([0]);
    assert.deepEqual(
      aliveVertices(spec),
      spec.ops.map((_, vertex) => onPath.has(vertex)),
    );
  }
  assert.deepEqual(prunedNumbers(parseSpec(LOOSE)), [0, 1, 2, null, 3]);
});

test("the rules of the space are those of the benchmark", () => {
  assert.equal(problemOf(parseSpec(LOOSE)), null);
  assert.match(problemOf(toggleEdge(toggleEdge(parseSpec(LOOSE), 0, 4), 2, 4))!, /No path/);
  const ops = ["input", ...Array<string>(5).fill("maxpool3x3"), "output"];
  const complete: Spec = { ops, rows: ops.map((_, s) => ops.map((_, t) => t > s)) };
  assert.match(problemOf(complete)!, /^21 edges count; at most 9/);
  // Edges that pruning drops do not count.
  const chain = {
    ops,
    rows: ops.map((_, s) => ops.map((_, t) => t === s + 1 || (s < 5 && t === 5 && s > 0 && s < 4))),
  };
  assert.equal(problemOf(chain), null);
});

test("an edge is switched on and off whichever end comes first", () => {
  const spec = parseSpec(LOOSE);
  assert.deepEqual(edgesOf(toggleEdge(spec, 3, 1)).filter(([s, t]) => s === 1 && t === 3).length, 1);
  assert.deepEqual(toggleEdge(toggleEdge(spec, 3, 1), 1, 3), spec);
});

test("vertices are added and removed, and the output is not cut off by it", () => {
  const spec = parseSpec(LOOSE);
  const more = addVertex(spec);
  assert.equal(more.ops.length, 6);
  assert.equal(more.ops[4], "conv3x3-bn-relu");
  assert.ok(more.rows[0]![4] && more.rows[4]![5]);
  assert.deepEqual(printSpec(removeVertex(more, 4)), LOOSE);
  const chain = parseSpec("4:0100001000010000:input|maxpool3x3|conv3x3-bn-relu|output");
  const shorter = removeVertex(chain, 1);
  assert.equal(printSpec(shorter), "3:010001000:input|conv3x3-bn-relu|output");
  assert.equal(printSpec(removeVertex(shorter, 1)), "2:0100:input|output");
});

test("vertices change places with a neighbour that no edge joins them with; the graph stays", () => {
  const spec = parseSpec(LOOSE);
  assert.match(moveProblem(spec, 1, 1)!, /an edge joins it with vertex 2/);
  assert.match(moveProblem(spec, 1, -1)!, /first/);
  assert.match(moveProblem(spec, 0, 1)!, /input/);
  assert.equal(moveProblem(spec, 3, -1), null);
  const moved = moveVertex(spec, 3, -1);
  assert.deepEqual(moved.ops.slice(1, 4), ["conv3x3-bn-relu", "maxpool3x3", "conv1x1-bn-relu"]);
  assert.deepEqual(edgesOf(moved), [
    [0, 1],
    [0, 4],
    [1, 3],
    [3, 4],
  ]);
  assert.deepEqual(moveVertex(moved, 2, 1), spec);
  assert.equal(setOp(spec, 3, "conv3x3-bn-relu").ops[3], "conv3x3-bn-relu");
});

test("presets are cells of the space in printed form", () => {
  for (const { cell } of PRESETS) {
    assert.equal(printSpec(parseSpec(cell)), cell);
    assert.equal(problemOf(parseSpec(cell)), null);
  }
});

test("ModelSpec of the nasbench code becomes JSON; other texts, however long, stay", () => {
  const code = `cell = api.ModelSpec(
    matrix=[[0, 1, 0],    # input layer
            [0, 0, 1],
            [0, 0, 0]],   # output layer
    ops=[INPUT, CONV3X3, 'output'],
  )`;
  assert.deepEqual(JSON.parse(cleanText(code)), {
    matrix: [
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 0],
    ],
    ops: ["input", "conv3x3-bn-relu", "output"],
  });
  for (const text of [
    LOOSE,
    "{}",
    "ModelSpec",
    "(".repeat(1_000_000),
    "a".repeat(1_000_000),
    "ModelSpec(".repeat(100_000),
  ]) {
    const started = performance.now();
    const cleaned = cleanText(text);
    assert.ok(performance.now() - started < 200);
    if (!text.startsWith("ModelSpec(")) assert.equal(cleaned, text);
  }
});

test("arcs stay inside the drawing, and arcs that cross have places of their own", () => {
  const draw = numbers(3);
  for (let k = 0; k < 200; k++) {
    const spec = randomSpec(draw);
    const shapes = edgeShapes(edgesOf(spec));
    const arcs = shapes.filter(({ edge: [s, t] }) => t - s > 1);
    for (const { middle } of shapes) {
      assert.ok(middle.x >= 0 && middle.x <= WIDTH);
      assert.ok(middle.y > 0 && middle.y < heightOf(spec.ops.length));
    }
    for (const { middle } of arcs) assert.ok(Math.abs(middle.x - vertexPoint(0).x) > PILL.width / 2 + 10);
    for (const [at, a] of arcs.entries()) {
      for (const b of arcs.slice(at + 1)) {
        const overlap = Math.min(a.edge[1], b.edge[1]) - Math.max(a.edge[0], b.edge[0]) > 0;
        if (overlap) assert.notEqual(a.middle.x, b.middle.x, `${a.edge} and ${b.edge} lie on each other`);
      }
    }
  }
});
