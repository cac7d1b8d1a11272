// The channel graph's arithmetic: layout, picking, level of detail, selection, degrees, sentences, SVG.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clampCamera, FIT, pickNode, transformOf, zoomAt, type Viewport } from "../src/graph/camera.ts";
import { degreeHistogram, degreeOf, nodesOfBar } from "../src/graph/degree.ts";
import { planDetail } from "../src/graph/detail.ts";
import { edgesOf, layoutGraph, nodeAt, parallelGroups } from "../src/graph/layout.ts";
import { choose, neighbourNode } from "../src/graph/selection.ts";
import { pictureSvg } from "../src/graph/svg.ts";
import { fromEdges, syntheticGraph } from "../src/graph/synthetic.ts";
import { parseColour, type GraphTheme } from "../src/graph/theme.ts";
import { whySentence } from "../src/graph/why-words.ts";
import { digits, layerNames, starvedSentence } from "../src/graph/words.ts";
import type { EdgeExplanation } from "../src/types.ts";

const view: Viewport = { width: 800, height: 600, ratio: 1, inset: { top: 90, right: 24, bottom: 14, left: 24 } };
const MIXED = ["nor_conv_3x3", "none", "nor_conv_1x1", "skip_connect", "avg_pool_3x3", "none"];
const full = syntheticGraph();
const mixed = syntheticGraph({ ops: MIXED });

test("an all-convolution cell has the nodes of NAS-Bench-201's surrogate", () => {
  assert.equal(full.nodeLayer.length, 1043);
  assert.equal(full.layers.length, 27);
});

test("columns stand in network order, rows inside their column, all of it inside the unit height", () => {
  const layout = layoutGraph(full);
  for (let layer = 1; layer < layout.boxes.length; layer++)
    assert.ok(layout.boxes[layer]!.x > layout.boxes[layer - 1]!.x);
  for (let node = 0; node < full.nodeLayer.length; node++) {
    const box = layout.boxes[full.nodeLayer[node]!]!;
    assert.ok(layout.y[node]! > box.top && layout.y[node]! < box.bottom);
    assert.equal(layout.x[node], Math.fround(box.x));
  }
  assert.ok(layout.boxes.every(({ top, bottom }) => top >= 0 && bottom <= 1));
  assert.equal(layout.width, layout.boxes[26]!.x);
});

test("layers that are summed into the same children form a group", () => {
  // 0 input, 1 stem, 2 0→1, 3–4 →2, 5–7 →3, 8 conv_a, 9 downsample, 10 conv_b, …
  assert.deepEqual(parallelGroups(full.layers).slice(0, 7), [[0], [1], [2], [3, 4], [5, 6, 7], [8], [9, 10]]);
});

test("bundles hold every edge once, between the layers they say", () => {
  for (const graph of [full, mixed]) {
    const { bundles, bundleOf } = layoutGraph(graph);
    let next = 0;
    bundles.forEach(({ source, target, start, end }, index) => {
      assert.equal(start, next);
      next = end;
      for (const edge of [start, end - 1]) {
        assert.equal(graph.nodeLayer[graph.edgeSource[edge]!], source);
        assert.equal(graph.nodeLayer[graph.edgeTarget[edge]!], target);
      }
      assert.ok(index >= bundleOf[target]! && index < bundleOf[target + 1]!);
    });
    assert.equal(next, graph.edgeSource.length);
  }
});

test("a channel without an edge is no node", () => {
  const graph = fromEdges(mixed.layers.slice(0, 2), [0, 3], 19, [0, 2], [4, 5]);
  const layout = layoutGraph(graph);
  assert.equal(graph.nodeLayer.length, 4);
  assert.equal(nodeAt(graph, layout, 0, 1), -1);
  assert.equal(nodeAt(graph, layout, 0, 2), 1);
  assert.equal(nodeAt(graph, layout, 1, 2), 3);
  assert.equal(nodeAt(graph, layout, 7, 0), -1);
});

test("edges of a node agree with its degrees", () => {
  const layout = layoutGraph(mixed);
  for (let node = 0; node < mixed.nodeLayer.length; node += 7) {
    const { incoming, outgoing } = edgesOf(mixed, layout, node);
    assert.equal(incoming.length, mixed.nodeIn[node]);
    assert.equal(outgoing.length, mixed.nodeOut[node]);
    assert.ok(
      incoming.every((edge) => mixed.edgeTarget[edge] === node) &&
        outgoing.every((edge) => mixed.edgeSource[edge] === node),
    );
  }
});

test("layers that nothing reaches are named, and only these", () => {
  const cut = syntheticGraph({ ops: ["nor_conv_3x3", "none", "none", "none", "none", "none"] });
  const { starved } = layoutGraph(cut);
  const labels = new Set(starved.map((id) => cut.layers[id]!.label));
  assert.ok(labels.has("output") && !labels.has("stem"));
  assert.ok(!starved.includes(2), "the first cell's 0→1 is fed by the stem");
  assert.match(starvedSentence(cut.layers, starved, layerNames(cut.layers))!, /^The output is cut off\./);
  assert.deepEqual(layoutGraph(full).starved, []);
  assert.equal(
    starvedSentence(mixed.layers, layoutGraph(mixed).starved, layerNames(mixed.layers)),
    null,
    "an edge `none` is meant to give nothing",
  );
});

test("picking finds each node at its own place, at any zoom, and nothing in the gaps", () => {
  const layout = layoutGraph(mixed);
  for (const camera of [FIT, zoomAt(view, FIT, 6, 300, 300)]) {
    const t = transformOf(layout, view, camera);
    for (let node = 0; node < mixed.nodeLayer.length; node++) {
      const [x, y] = [t.ax * layout.x[node]! + t.bx, t.ay * layout.y[node]! + t.by];
      assert.equal(pickNode(mixed, layout, t, x, y), node);
    }
  }
  const t = transformOf(layout, view, zoomAt(view, FIT, 6, 300, 300));
  const [a, b] = [layout.boxes[4]!, layout.boxes[5]!];
  assert.equal(pickNode(mixed, layout, t, (t.ax * (a.x + b.x)) / 2 + t.bx, t.ay * 0.5 + t.by), -1);
});

test("zoom keeps the point under the pointer, and the graph covers the window", () => {
  const layout = layoutGraph(full);
  let camera = zoomAt(view, FIT, 3, 500, 350);
  const before = transformOf(layout, view, camera);
  const world = [(430 - before.bx) / before.ax, (300 - before.by) / before.ay] as const;
  camera = zoomAt(view, camera, 1.7, 430, 300);
  const after = transformOf(layout, view, camera);
  assert.ok(Math.abs(after.ax * world[0] + after.bx - 430) < 1e-9);
  assert.ok(Math.abs(after.ay * world[1] + after.by - 300) < 1e-9);
  assert.deepEqual(zoomAt(view, camera, 1e-6, 100, 100), FIT);
  assert.deepEqual(clampCamera(view, { zoom: 2, x: 500, y: -1e6 }), { zoom: 2, x: 0, y: -496 });
});

test("level of detail: all lines of a small graph, a bounded number of a large one, each edge in one of the two", () => {
  const layout = layoutGraph(full);
  const plan = planDetail(layout, transformOf(layout, view, FIT), view);
  assert.deepEqual(plan.runs, [[0, full.edgeSource.length]]);
  assert.equal(plan.ribbons.length, 0);

  const tight = planDetail(layout, transformOf(layout, view, FIT), view, null, 20_000);
  assert.ok(tight.lines <= 20_000 && tight.lines > 0);
  const covered =
    tight.runs.reduce((sum, [start, end]) => sum + end - start, 0) +
    tight.ribbons.reduce((sum, index) => sum + layout.bundles[index]!.end - layout.bundles[index]!.start, 0);
  assert.equal(covered, full.edgeSource.length);
  assert.ok(tight.opacity.every((value) => value >= 0 && value <= 0.8));
});

test("zoomed in, layers off the screen cost nothing; faded layers become ribbons", () => {
  const layout = layoutGraph(full);
  const near = planDetail(layout, transformOf(layout, view, zoomAt(view, FIT, 20, 30, 300)), view);
  assert.ok(near.lines < full.edgeSource.length / 10);
  const emphasis = new Float32Array(27).fill(0.1);
  emphasis[5] = 1.5;
  const plan = planDetail(layout, transformOf(layout, view, FIT), view, emphasis);
  const lit = layout.bundles.filter((bundle) => bundle.target === 5);
  assert.equal(
    plan.lines,
    lit.reduce((sum, { start, end }) => sum + end - start, 0),
  );
  assert.equal(plan.ribbons.length, layout.bundles.length - lit.length);
});

test("two clicks choose a pair, in either order, only along the network", () => {
  const stem = { layer: 1, channel: 3 };
  const child = { layer: 2, channel: 5 };
  const none = { node: null, pair: null };
  const one = choose(full, none, stem);
  assert.deepEqual(one, { node: stem, pair: null });
  assert.deepEqual(choose(full, one, child), { node: null, pair: { source: stem, target: child } });
  assert.deepEqual(choose(full, choose(full, none, child), stem), {
    node: null,
    pair: { source: stem, target: child },
  });
  assert.deepEqual(choose(full, one, stem), none);
  const far = { layer: 20, channel: 0 };
  assert.deepEqual(choose(full, one, far), { node: far, pair: null });
});

test("arrow keys step through channels and layers and stop at the ends", () => {
  const layout = layoutGraph(full);
  const first = nodeAt(full, layout, 1, 0);
  assert.equal(neighbourNode(full, layout, first, "ArrowUp", false), first);
  assert.equal(neighbourNode(full, layout, first, "ArrowDown", false), first + 1);
  assert.equal(neighbourNode(full, layout, first, "End", false), nodeAt(full, layout, 1, 15));
  assert.equal(neighbourNode(full, layout, first, "ArrowRight", false), nodeAt(full, layout, 2, 0));
  assert.equal(neighbourNode(full, layout, 0, "ArrowLeft", false), 0);
});

test("the histogram counts every node once, and its bars give them back", () => {
  const { width, counts, largest } = degreeHistogram(mixed, 24);
  assert.ok(counts.length <= 24);
  assert.equal(
    counts.reduce((sum, value) => sum + value, 0),
    mixed.nodeLayer.length,
  );
  counts.forEach((value, bar) => assert.equal(nodesOfBar(mixed, width, bar).length, value));
  assert.equal(largest, Math.max(...Array.from(mixed.nodeLayer, (_, node) => degreeOf(mixed, node))));
});

const why = (sums: number[], exists: boolean, rule: EdgeExplanation["rule"] = "conv"): EdgeExplanation => ({
  sourceLayer: 1,
  sourceChannel: 3,
  targetLayer: 2,
  targetChannel: 5,
  exists,
  rule,
  kernel: new Float32Array(9),
  kernelShape: [3, 3],
  score: 12,
  total: 3900,
  weight: exists ? 0.0031 : 0,
  partialSums: sums.map((sum) => ({ rows: [0, 3], columns: [0, 3], positions: 1, sum })),
});

test("the sentence says how many sums are positive", () => {
  assert.equal(
    whySentence(why([1, 2, 3, 4, -1, -1, -1, 0, 0], true), full.layers),
    "Four of nine sums are positive, so after ReLU something is left: there is an edge of weight 0.0031.",
  );
  assert.equal(whySentence(why([1, -2, -3, -4], true), full.layers).slice(0, 28), "One of four sums is positive");
  assert.equal(
    whySentence(why([0, -1, -2, -3], false), full.layers),
    "None of the four sums is positive, so ReLU leaves nothing: there is no edge.",
  );
  assert.equal(
    whySentence(why([-1], false), full.layers),
    "The only sum is not positive, so ReLU leaves nothing: there is no edge.",
  );
  assert.match(whySentence(why([], false, "pass"), full.layers), /channel 3 reaches only channel 3/);
  assert.match(
    whySentence({ ...why([], false, "zero"), targetLayer: 3 }, mixed.layers),
    /gives zeros whatever comes in: there is no edge/,
  );
  assert.equal(digits(-0.00012), "−1.20e-4");
  assert.equal(digits(331_500.4), "331,500");
});

test("colours are read in either computed form", () => {
  assert.deepEqual(parseColour("rgb(0, 51, 255)"), [0, 0.2, 1]);
  assert.deepEqual(parseColour("color(srgb 0.5 0 1 / 0.3)"), [0.5, 0, 1]);
  assert.deepEqual(parseColour(""), [0.5, 0.5, 0.5]);
});

test("the SVG draws every edge as a line, or says how many it does not", () => {
  const layout = layoutGraph(mixed);
  const ink = { text: "#000", muted: "#555", line: "#ccc", surface: "#fff", accent: "#f0f", font: "sans-serif" };
  const theme: GraphTheme = { ink, colours: new Float32Array(mixed.layers.length * 3), halo: [1, 1, 1] };
  const state = { graph: mixed, layout, transform: transformOf(layout, view, FIT), view, theme };
  const describe = (note: Record<string, string | number>) => `seed: 1 & ${JSON.stringify(note)}`;
  const whole = pictureSvg(state, describe);
  assert.equal(whole.bundled, 0);
  assert.equal(whole.text.match(/[0-9]L/g)!.length, mixed.edgeSource.length);
  assert.equal(whole.text.match(/<circle/g)!.length, mixed.nodeLayer.length);
  assert.ok(whole.text.includes("seed: 1 &#38; {}"));
  const cut = pictureSvg(state, describe, 5_000);
  assert.equal((cut.text.match(/[0-9]L/g) ?? []).length + cut.bundled, mixed.edgeSource.length);
  assert.match(cut.text, /edges drawn as bands/);
});
