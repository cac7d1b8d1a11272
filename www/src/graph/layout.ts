// Where every channel is drawn: layers are columns in network order, channels are rows. A pure function of the graph.
//
// World units: one unit is the distance of two neighbouring columns (x) and the height of the tallest column (y); the
// camera scales the axes apart, so that the picture fills any shape of window.
import type { ChannelGraph, LayerInfo } from "../types.ts";
import { isDecoder, severalCells } from "./words.ts";

export interface LayerBox {
  x: number;
  top: number;
  bottom: number;
  /** Channels that the layer has, whether or not an edge touches them. */
  channels: number;
  /** Nodes of the layer are `firstNode .. firstNode + nodeCount` (nodes are ordered by layer, then channel). */
  firstNode: number;
  nodeCount: number;
  group: number;
}

/** All edges from one layer to another: a contiguous run of the graph's edges. */
export interface Bundle {
  source: number;
  target: number;
  start: number;
  end: number;
}

/** Neighbouring columns with a common name. */
export interface Span {
  /** The name, from its longest form to its shortest. */
  words: string[];
  left: number;
  right: number;
}

export interface Layout {
  /** Position of each node. */
  x: Float32Array;
  y: Float32Array;
  boxes: LayerBox[];
  bundles: Bundle[];
  /** Bundles of each target layer are `bundleOf[l] .. bundleOf[l + 1]`, as edges are ordered by target layer. */
  bundleOf: Uint32Array;
  /** Stacks, and the decoder if there is one. */
  stacks: Span[];
  /** Cells, where a stack has several. */
  cells: Span[];
  /** Smallest distance of two columns. */
  pitch: number;
  /** Extent in columns; the height is 1. */
  width: number;
  /** Layers that no value reaches from the input, in order. */
  starved: number[];
}

const GROUP_GAP = 0.35;
const CELL_GAP = 0.7;
const STACK_GAP = 0.7;

/** Lays a graph out in O(nodes + edges); `word` is what a stack is called. */
export function layoutGraph(graph: ChannelGraph, word = "stack"): Layout {
  const { layers } = graph;
  const widest = layers.reduce((most, layer) => Math.max(most, layer.output[0]), 1);
  const boxes: LayerBox[] = [];
  const several = severalCells(layers);
  let x = 0;
  parallelGroups(layers).forEach((group, index) => {
    for (const id of group) {
      const { output, stack, cell } = layers[id]!;
      if (id > 0) {
        const before = layers[id - 1]!;
        x +=
          1 +
          (id === group[0] ? GROUP_GAP : 0) +
          (stack !== before.stack ? STACK_GAP : 0) +
          (several && cell !== before.cell ? CELL_GAP : 0);
      }
      // Square-root heights: networks widen as they deepen, and true proportions would leave the first stacks a sliver.
      // Centred, because no channel of one layer is nearer than another to a channel of the next.
      const half = Math.sqrt(output[0] / widest) / 2;
      boxes.push({
        x,
        top: 0.5 - half,
        bottom: 0.5 + half,
        channels: output[0],
        firstNode: 0,
        nodeCount: 0,
        group: index,
      });
    }
  });

  const places = placeNodes(graph, boxes);
  const { bundles, bundleOf } = bundleEdges(graph);
  return {
    ...places,
    boxes,
    bundles,
    bundleOf,
    stacks: stackSpans(layers, boxes, word),
    cells: several ? cellSpans(layers, boxes) : [],
    pitch: boxes.reduce(
      (least, box, id) => (id === 0 ? least : Math.min(least, box.x - boxes[id - 1]!.x)),
      Math.max(1, x),
    ),
    width: x,
    starved: starvedLayers(layers, bundles),
  };
}

/** Consecutive layers with the same children, i.e. layers whose outputs are summed wherever they are used. */
export function parallelGroups(layers: LayerInfo[]): number[][] {
  const children: number[][] = layers.map(() => []);
  for (const layer of layers) for (const parent of layer.parents) children[parent]?.push(layer.id);
  const keys = children.map((ids) => ids.join());
  const groups: number[][] = [];
  layers.forEach((layer, id) => {
    const last = groups[groups.length - 1];
    const previous = last?.[last.length - 1];
    const parallel =
      previous !== undefined &&
      keys[id] !== "" &&
      keys[previous] === keys[id] &&
      layers[previous]!.stack === layer.stack;
    if (parallel) last!.push(id);
    else groups.push([id]);
  });
  return groups;
}

function placeNodes(graph: ChannelGraph, boxes: LayerBox[]): { x: Float32Array; y: Float32Array } {
  const count = graph.nodeLayer.length;
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  for (let node = 0; node < count; node++) {
    const box = boxes[graph.nodeLayer[node]!]!;
    if (box.nodeCount === 0) box.firstNode = node;
    box.nodeCount++;
    x[node] = box.x;
    y[node] = rowY(box, graph.nodeChannel[node]!);
  }
  return { x, y };
}

/** Height of a channel's row. */
export function rowY(box: LayerBox, channel: number): number {
  return box.top + ((channel + 0.5) / box.channels) * (box.bottom - box.top);
}

function bundleEdges(graph: ChannelGraph): { bundles: Bundle[]; bundleOf: Uint32Array } {
  const { nodeLayer, edgeSource, edgeTarget } = graph;
  const bundles: Bundle[] = [];
  let current: Bundle | undefined;
  for (let edge = 0; edge < edgeSource.length; edge++) {
    const source = nodeLayer[edgeSource[edge]!]!;
    const target = nodeLayer[edgeTarget[edge]!]!;
    if (!current || current.source !== source || current.target !== target) {
      current = { source, target, start: edge, end: edge };
      bundles.push(current);
    }
    current.end = edge + 1;
  }
  const bundleOf = new Uint32Array(graph.layers.length + 1);
  for (const bundle of bundles) bundleOf[bundle.target + 1]!++;
  for (let layer = 0; layer < graph.layers.length; layer++) bundleOf[layer + 1]! += bundleOf[layer]!;
  return { bundles, bundleOf };
}

/** Spans of layers with equal keys; a layer whose key is null is in none. */
function spansBy(
  layers: LayerInfo[],
  boxes: LayerBox[],
  keyOf: (layer: LayerInfo) => string | null,
  wordsOf: (members: LayerInfo[]) => string[],
): Span[] {
  const members = new Map<string, LayerInfo[]>();
  for (const layer of layers) {
    const key = keyOf(layer);
    if (key !== null) members.set(key, [...(members.get(key) ?? []), layer]);
  }
  return [...members.values()].map((those) => ({
    words: wordsOf(those),
    left: boxes[those[0]!.id]!.x,
    right: boxes[those[those.length - 1]!.id]!.x,
  }));
}

function stackSpans(layers: LayerInfo[], boxes: LayerBox[], word: string): Span[] {
  const decoder = isDecoder(layers);
  const keyOf = ({ kind, stack }: LayerInfo) =>
    stack !== null ? String(stack) : decoder && kind === "output" ? "decoder" : null;
  return spansBy(layers, boxes, keyOf, (those) => {
    const { stack, output } = those[those.length - 1]!;
    const [channels, height, width] = output;
    if (stack === null) return [`decoder · to ${channels} × ${height}×${width}`, "decoder", "d"];
    const name = `${word} ${stack + 1}`;
    return [
      `${name} · ${channels} channels · ${height}×${width}`,
      `${name} · ${channels} channels`,
      name,
      String(stack + 1),
    ];
  });
}

function cellSpans(layers: LayerInfo[], boxes: LayerBox[]): Span[] {
  const keyOf = ({ stack, cell }: LayerInfo) => (cell === null ? null : `${stack} ${cell}`);
  return spansBy(layers, boxes, keyOf, (those) => {
    const number = those[0]!.cell! + 1;
    // A cell that halves the image is a reduction cell.
    const reduces = those.some(({ cellEdge, input, output }) => cellEdge !== null && output[1] < input[1]);
    return [
      ...(reduces ? [`cell ${number} · reduction`, `cell ${number} · red.`] : []),
      `cell ${number}`,
      String(number),
    ];
  });
}

/** Layers without a chain of edges from the input. NASGraph tests each pair of layers alone, so they may still have edges. */
function starvedLayers(layers: LayerInfo[], bundles: Bundle[]): number[] {
  const reached = layers.map((layer) => layer.kind === "input");
  for (const bundle of bundles) if (reached[bundle.source]) reached[bundle.target] = true;
  return layers.filter((layer) => !reached[layer.id]).map((layer) => layer.id);
}

/** Node of a channel, or -1 if no edge touches it. O(log channels). */
export function nodeAt(graph: ChannelGraph, layout: Layout, layer: number, channel: number): number {
  const box = layout.boxes[layer];
  if (!box) return -1;
  let low = box.firstNode;
  let high = box.firstNode + box.nodeCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (graph.nodeChannel[middle]! < channel) low = middle + 1;
    else high = middle;
  }
  return low < box.firstNode + box.nodeCount && graph.nodeChannel[low] === channel ? low : -1;
}

/** Edges into and out of a node. Scans only the bundles of its layer. */
export function edgesOf(graph: ChannelGraph, layout: Layout, node: number): { incoming: number[]; outgoing: number[] } {
  const layer = graph.nodeLayer[node]!;
  const incoming: number[] = [];
  const outgoing: number[] = [];
  for (const { source, target, start, end } of layout.bundles) {
    if (target === layer)
      for (let edge = start; edge < end; edge++) if (graph.edgeTarget[edge] === node) incoming.push(edge);
    if (source === layer)
      for (let edge = start; edge < end; edge++) if (graph.edgeSource[edge] === node) outgoing.push(edge);
  }
  return { incoming, outgoing };
}

/** Edges into and out of each layer. */
export function edgeCounts(graph: ChannelGraph, layout: Layout): { into: number[]; out: number[] } {
  const into = graph.layers.map(() => 0);
  const out = graph.layers.map(() => 0);
  for (const { source, target, start, end } of layout.bundles) {
    into[target]! += end - start;
    out[source]! += end - start;
  }
  return { into, out };
}
