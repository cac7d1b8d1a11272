// The channel graph beyond NAS-Bench-201: names, spans, what lights up, and the sentences for modules of other spaces.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FIT, transformOf } from "../src/graph/camera.ts";
import { planDetail } from "../src/graph/detail.ts";
import { layoutGraph } from "../src/graph/layout.ts";
import { cellPart, litLayers } from "../src/graph/selection.ts";
import { syntheticGraph, fromEdges } from "../src/graph/synthetic.ts";
import { concatOffset, droppedSentence, whySentence } from "../src/graph/why-words.ts";
import { headerLines, layerNames, legendLabel, stackWord, starvedSentence } from "../src/graph/words.ts";
import type { EdgeExplanation, LayerInfo } from "../src/types.ts";

type Brief = Partial<LayerInfo> & { label: string; channels: number };

/** Layers from the little that matters to a test; `id` follows from the place. */
function layersOf(briefs: Brief[]): LayerInfo[] {
  const layers: LayerInfo[] = [];
  for (const { channels, ...brief } of briefs) {
    const parents = brief.parents ?? (layers.length > 0 ? [layers.length - 1] : []);
    const from = layers[parents[0] ?? -1]?.output ?? [3, 32, 32];
    layers.push({
      kind: "cell",
      op: "identity",
      module: "identity",
      stack: null,
      cell: null,
      cellEdge: null,
      cellNode: null,
      input: from,
      output: [channels, 32, 32],
      ...brief,
      id: layers.length,
      parents,
    });
  }
  return layers;
}

const sep =
  "conv 3×3, padding 1, 8 groups, 8 → 8 · conv 1×1, 8 → 8 · ReLU · conv 3×3, padding 1, 8 groups, 8 → 8 · conv 1×1, 8 → 8 · ReLU";
// One stack of two NDS cells; the second halves the image.
const nds = layersOf([
  { label: "image", channels: 3, kind: "input" },
  { label: "stem", channels: 24, kind: "stem", op: "conv" },
  ...[0, 1].flatMap((cell): Brief[] => [
    { label: "input 0", channels: 8, op: "conv", stack: 0, cell, cellNode: 0, parents: [1] },
    {
      label: "input 1",
      channels: 8,
      op: "conv",
      stack: 0,
      cell,
      cellNode: 1,
      ...(cell === 0 ? { parents: [1] } : { parents: [4, 6], input: [16, 32, 32] }),
    },
    {
      label: "0→2",
      channels: 8,
      op: "sep_conv_3x3",
      module: sep,
      stack: 0,
      cell,
      cellEdge: 4 * cell,
      ...(cell === 1 ? { output: [8, 16, 16] } : {}),
    },
    {
      label: "1→2",
      channels: 8,
      op: "max_pool_3x3",
      module: "max pool 3×3, padding 1",
      stack: 0,
      cell,
      cellEdge: 4 * cell + 1,
    },
    { label: "node 2", channels: 8, stack: 0, cell, cellNode: 2, parents: [4 + 5 * cell, 5 + 5 * cell] },
  ]),
  { label: "output", channels: 8, kind: "output" },
]);
const decoder = layersOf([
  { label: "image", channels: 3, kind: "input" },
  { label: "0→1", channels: 8, op: "nor_conv_3x3", stack: 0, cell: 0, cellEdge: 0 },
  ...["conv", "conv", "deconv"].map((label): Brief => ({ label, channels: 8, kind: "output", op: "conv" })),
]);

const explain = (rule: EdgeExplanation["rule"], target: number, exists: boolean, source = 0): EdgeExplanation => ({
  sourceLayer: source,
  sourceChannel: 3,
  targetLayer: target,
  targetChannel: 5,
  exists,
  rule,
  kernel: new Float32Array(0),
  kernelShape: [0, 0],
  partialSums: [],
  score: exists ? 120.5 : 0,
  total: 3900,
  weight: exists ? 0.0309 : 0,
});

test("every layer has a name of its own, with its cell where a stack has several", () => {
  const names = layerNames(nds);
  assert.equal(new Set(names).size, nds.length);
  assert.equal(names[4], "stack 1, cell 1, 0→2");
  assert.equal(names[9], "stack 1, cell 2, 0→2");
  assert.equal(names[1], "stem");
  assert.deepEqual(layerNames(decoder, stackWord("transnas101-micro")).slice(1), [
    "stage 1, 0→1",
    "decoder, conv (1)",
    "decoder, conv (2)",
    "decoder, deconv",
  ]);
  assert.equal(layerNames(syntheticGraph().layers)[2], "stack 1, 0→1", "one cell a stack needs no number");
});

test("cells have a span each where a stack has several, and the one that halves says so", () => {
  const layout = layoutGraph(
    fromEdges(
      nds,
      nds.map((_, id) => 24 * id),
      24 * nds.length,
      [],
      [],
    ),
  );
  assert.deepEqual(
    layout.cells.map(({ words }) => words[0]),
    ["cell 1", "cell 2 · reduction"],
  );
  assert.ok(layout.cells[0]!.right < layout.cells[1]!.left);
  assert.equal(layout.stacks[0]!.left, layout.cells[0]!.left);
  assert.ok(layout.boxes[7]!.x - layout.boxes[6]!.x > layout.pitch, "cells stand apart");
  assert.deepEqual(layoutGraph(syntheticGraph()).cells, []);
  const spans = layoutGraph(
    fromEdges(
      decoder,
      decoder.map((_, id) => 8 * id),
      8 * decoder.length,
      [],
      [],
    ),
    "stage",
  ).stacks;
  assert.deepEqual(
    spans.map(({ words }) => words.at(-2)),
    ["stage 1", "decoder"],
  );
});

test("a hover lights the layers of a cell's edge or of its node, in every cell; one on no layer dims nothing", () => {
  const graph = { ...syntheticGraph(), layers: nds };
  const off = { cellEdge: null, cellNode: null, layer: null, node: null };
  assert.deepEqual(litLayers(graph, { ...off, cellNode: 1 }), new Set([3, 8]));
  assert.deepEqual(litLayers(graph, { ...off, cellEdge: 5 }), new Set([10]));
  assert.deepEqual(litLayers(graph, { ...off, layer: 4, cellEdge: 0 }), new Set([4]));
  assert.equal(litLayers(graph, { ...off, cellNode: 9 }), null);
  assert.equal(litLayers(graph, { ...off, node: { layer: 4, channel: 0 }, cellEdge: 0 }), null);
  assert.deepEqual(cellPart(graph, 11), { cellEdge: null, cellNode: 2 });
});

test("headers and legend name what a cell chose, and the rest by where it stands", () => {
  assert.deepEqual(headerLines(nds[4]!), ["sep 3", "0→2"]);
  assert.deepEqual(headerLines(nds[6]!), ["node 2"]);
  assert.equal(legendLabel(nds, "conv"), "stem, cell inputs");
  assert.equal(legendLabel(nds, "sep_conv_3x3"), "sep conv 3×3");
  assert.equal(legendLabel(decoder, "conv"), "decoder");
});

test("a module of several convolutions is explained by its outcome, without a kernel", () => {
  const there = whySentence(explain("chain", 4, true), nds);
  assert.match(there, /^Four convolutions decide together, so there is no one kernel to show\./);
  assert.match(
    there,
    /output channel 5 after the whole block: it sums to 120\.5 over the image, so there is an edge of weight 0\.0309\.$/,
  );
  assert.match(
    whySentence(explain("chain", 4, false), nds),
    /nothing is left of it anywhere in the image, so there is no edge\.$/,
  );
  const one = (module: string) =>
    layersOf([
      { label: "image", channels: 3 },
      { label: "x", channels: 8, module },
    ]);
  assert.match(
    whySentence(explain("chain", 1, true), one("factorised reduce, stride 2, 16 → 32 · ReLU")),
    /^Two 1×1 convolutions give half/,
  );
  assert.match(
    whySentence(explain("chain", 1, true), one("transposed conv 3×3, stride 2, padding 1, 8 → 8 · ReLU")),
    /adds a bias/,
  );
});

test("a concatenation leads a channel to its own place; a sum drops what is too many", () => {
  const layers = layersOf([
    { label: "image", channels: 3, kind: "input" },
    { label: "1", channels: 11, stack: 0, cell: 0, parents: [0] },
    { label: "2", channels: 10, stack: 0, cell: 0, parents: [0] },
    { label: "concat", channels: 21, input: [21, 32, 32], stack: 0, cell: 0, parents: [1, 2] },
    { label: "3", channels: 10, input: [10, 32, 32], stack: 0, cell: 0, parents: [1, 2] },
  ]);
  assert.deepEqual([concatOffset(layers, 1, 3), concatOffset(layers, 2, 3), concatOffset(layers, 1, 4)], [0, 11, null]);
  assert.match(
    whySentence(explain("pass", 3, false, 2), layers),
    /^The concatenation .*channel 3 reaches only channel 14, so there is no edge/,
  );
  assert.match(whySentence(explain("pass", 4, false, 1), layers), /^The sum .*channel 3 reaches only channel 3/);
  const names = layerNames(layers);
  assert.equal(droppedSentence(layers, names, 1, 9, 4), null);
  assert.equal(
    droppedSentence(layers, names, 1, 10, 4),
    "There is no edge: stack 1, vertex 3 takes 10 channels, so channel 10 of stack 1, vertex 1 is dropped before it.",
  );
});

test("the output is cut off if the last layer is, whatever its kind", () => {
  assert.match(
    starvedSentence(nds, [6, 12], layerNames(nds))!,
    /^The output is cut off\. Nothing from the input reaches stack 1, cell 1, node 2; output/,
  );
  assert.match(starvedSentence(nds, [6], layerNames(nds))!, /^Nothing from the input reaches/);
});

test("lines that pass over many columns are fainter than the same lines between neighbours, unless they are lit", () => {
  const view = { width: 800, height: 600, ratio: 1, inset: { top: 90, right: 24, bottom: 14, left: 24 } };
  const chain = layersOf(
    Array.from(
      { length: 30 },
      (_, id): Brief => ({ label: `l${id}`, channels: 8, parents: id === 0 ? [] : id === 29 ? [0] : [id - 1] }),
    ),
  );
  const ends = [
    [0, 1],
    [0, 29],
  ].flatMap(([from, to]) =>
    Array.from({ length: 8 }, (_, channel) => [8 * from! + channel, 8 * to! + channel] as const),
  );
  const layout = layoutGraph(
    fromEdges(
      chain,
      chain.map((_, id) => 8 * id),
      240,
      ends.map(([from]) => from),
      ends.map(([, to]) => to),
    ),
  );
  const t = transformOf(layout, view, FIT);
  const { opacity } = planDetail(layout, t, view);
  assert.ok(opacity[29]! > 0 && opacity[29]! < opacity[1]! / 2);
  const lit = planDetail(layout, t, view, new Float32Array(30).fill(1.5)).opacity;
  assert.equal(lit[29], lit[1]);
});
