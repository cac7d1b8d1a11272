// Made-up channel graphs for the bench and the tests: the shape and density of real ones, no network behind them.
import type { ChannelGraph, LayerInfo } from "../types.ts";

export interface SyntheticOptions {
  /** Operation of each of the six cell edges, in the order 0→1, 0→2, 1→2, 0→3, 1→3, 2→3. */
  ops?: string[];
  stem?: number;
  cells?: number;
  stacks?: number;
  /** Share of the convolutions' channel pairs that have an edge; the share differs by kind. */
  keep?: number;
}

const PAIRS: [number, number][] = [
  [0, 1],
  [0, 2],
  [1, 2],
  [0, 3],
  [1, 3],
  [2, 3],
];
const SHARE: Record<string, number> = { nor_conv_3x3: 0.843, nor_conv_1x1: 0.5, conv: 0.77 };
const MODULE: Record<string, string> = {
  nor_conv_3x3: "conv 3×3, padding 1",
  nor_conv_1x1: "conv 1×1",
  avg_pool_3x3: "average pool 3×3, padding 1",
  skip_connect: "identity",
  none: "zero",
  conv: "conv 3×3, padding 1",
  identity: "identity",
};

export function syntheticGraph(options: SyntheticOptions = {}): ChannelGraph {
  const { ops = Array(6).fill("nor_conv_3x3") as string[], stem = 16, cells = 1, stacks = 3, keep = 1 } = options;
  const layers: LayerInfo[] = [];
  const add = (
    kind: LayerInfo["kind"],
    label: string,
    op: string,
    channels: number,
    side: number,
    parents: number[],
    stack: number | null,
    cell: number | null,
    cellEdge: number | null,
  ): number => {
    const from = layers[parents[0] ?? -1]?.output ?? [3, 32, 32];
    layers.push({
      id: layers.length,
      kind,
      label,
      op,
      module: MODULE[op] ?? op,
      stack,
      cell,
      cellEdge,
      cellNode: null,
      input: [...from],
      output: [channels, side, side],
      parents,
    });
    return layers.length - 1;
  };
  let width = stem;
  let side = 32;
  let inputs = [
    add(
      "stem",
      "stem",
      "conv",
      width,
      side,
      [add("input", "input", "identity", 3, 32, [], null, null, null)],
      null,
      null,
      null,
    ),
  ];
  for (let stack = 0; stack < stacks; stack++) {
    if (stack > 0) {
      width *= 2;
      side /= 2;
      const a = add("reduction", "conv_a", "conv", width, side, inputs, stack, null, null);
      const b = add("reduction", "conv_b", "conv", width, side, [a], stack, null, null);
      inputs = [add("reduction", "downsample", "conv", width, side, inputs, stack, null, null), b];
    }
    for (let cell = 0; cell < cells; cell++) {
      const nodes: number[][] = [inputs, [], [], []];
      PAIRS.forEach(([from, to], edge) =>
        nodes[to]!.push(add("cell", `${from}→${to}`, ops[edge]!, width, side, nodes[from]!, stack, cell, edge)),
      );
      inputs = nodes[3]!;
    }
  }
  add("output", "output", "identity", width, side, inputs, null, null, null);
  return connect(layers, keep);
}

/** About 3,100 nodes and 400,000 edges, layers of up to 192 channels: for the bench. */
export function largeGraph(): ChannelGraph {
  return syntheticGraph({ stem: 48, keep: 0.73 });
}

function connect(layers: LayerInfo[], keep: number): ChannelGraph {
  let state = 1;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
  const first: number[] = [];
  let total = 0;
  for (const layer of layers) {
    first.push(total);
    total += layer.output[0];
  }
  const source: number[] = [];
  const target: number[] = [];
  for (const layer of layers) {
    for (const parent of layer.parents) {
      const inputs = layers[parent]!.output[0];
      const outputs = layer.output[0];
      const share = (SHARE[layer.op] ?? 0) * keep;
      for (let i = 0; i < inputs; i++) {
        if (share > 0) {
          for (let j = 0; j < outputs; j++)
            if (random() < share) source.push(first[parent]! + i), target.push(first[layer.id]! + j);
        } else if (layer.op !== "none") source.push(first[parent]! + i), target.push(first[layer.id]! + (i % outputs));
      }
    }
  }
  return fromEdges(layers, first, total, source, target);
}

/** A channel graph from edges between all possible nodes; those without an edge are dropped. */
export function fromEdges(
  layers: LayerInfo[],
  first: number[],
  total: number,
  source: number[],
  target: number[],
): ChannelGraph {
  const into = new Uint32Array(total);
  const out = new Uint32Array(total);
  for (const node of source) out[node]!++;
  for (const node of target) into[node]!++;
  const kept: number[] = [];
  const index = new Uint32Array(total);
  for (let node = 0; node < total; node++) if (into[node]! + out[node]! > 0) index[node] = kept.push(node) - 1;
  const layerOf = (node: number) => {
    let layer = layers.length - 1;
    while (first[layer]! > node) layer--;
    return layer;
  };
  const nodeLayer = Uint32Array.from(kept, layerOf);
  const edges = source.length;
  const nodes = kept.length;
  return {
    text: "synthetic",
    layers,
    nodeLayer,
    nodeChannel: Uint32Array.from(kept, (node, at) => node - first[nodeLayer[at]!]!),
    nodeIn: Uint32Array.from(kept, (node) => into[node]!),
    nodeOut: Uint32Array.from(kept, (node) => out[node]!),
    edgeSource: Uint32Array.from(source, (node) => index[node]!),
    edgeTarget: Uint32Array.from(target, (node) => index[node]!),
    edgeWeight: new Float64Array(edges).fill(edges > 0 ? 1 / edges : 0),
    measures: {
      nodes,
      edges,
      averageDegree: nodes > 0 ? (2 * edges) / nodes : 0,
      density: 0,
      resilience: 0,
      entropy: 0,
      wedge: 0,
      gini: 0,
    },
  };
}
