// Which channels are chosen, and where the arrow keys lead. Pure.
import type { ChannelPair, Hover, NodeRef } from "../state/state.ts";
import type { ChannelGraph } from "../types.ts";
import { nodeAt, type Layout } from "./layout.ts";

export interface Selection {
  node: NodeRef | null;
  pair: ChannelPair | null;
}

/** After a click on a channel: the first is kept, a second in a parent or child layer makes the pair. */
export function choose(graph: ChannelGraph, { node, pair }: Selection, clicked: NodeRef): Selection {
  if (pair || !node) return { node: clicked, pair: null };
  if (node.layer === clicked.layer && node.channel === clicked.channel) return { node: null, pair: null };
  const feeds = (from: NodeRef, to: NodeRef) => graph.layers[to.layer]?.parents.includes(from.layer) ?? false;
  if (feeds(node, clicked)) return { node: null, pair: { source: node, target: clicked } };
  if (feeds(clicked, node)) return { node: null, pair: { source: clicked, target: node } };
  return { node: clicked, pair: null };
}

export function refOf(graph: ChannelGraph, node: number): NodeRef | null {
  return node < 0 || node >= graph.nodeLayer.length
    ? null
    : { layer: graph.nodeLayer[node]!, channel: graph.nodeChannel[node]! };
}

/** What the other views light up for a layer: the edge or the node of the cell that it stands for. */
export function cellPart(graph: ChannelGraph, layer: number): Pick<Hover, "cellEdge" | "cellNode"> {
  const { cellEdge, cellNode } = graph.layers[layer]!;
  return { cellEdge, cellNode };
}

/** The layers that a hover elsewhere stands for; null if there are none, or if it is on one channel. */
export function litLayers(graph: ChannelGraph, hover: Hover | null): ReadonlySet<number> | null {
  if (!hover || hover.node) return null;
  if (hover.layer !== null) return hover.layer < graph.layers.length ? new Set([hover.layer]) : null;
  const { cellEdge, cellNode } = hover;
  const lit = graph.layers.filter(
    (layer) => (cellEdge !== null && layer.cellEdge === cellEdge) || (cellNode !== null && layer.cellNode === cellNode),
  );
  return lit.length > 0 ? new Set(lit.map((layer) => layer.id)) : null;
}

export function nodeOf(graph: ChannelGraph, layout: Layout, ref: NodeRef | null): number {
  return ref ? nodeAt(graph, layout, ref.layer, ref.channel) : -1;
}

/** The node that an arrow key leads to: the next channel, or the channel at the same height of the next layer. */
export function neighbourNode(graph: ChannelGraph, layout: Layout, node: number, key: string, far: boolean): number {
  const layer = graph.nodeLayer[node]!;
  const box = layout.boxes[layer]!;
  const last = box.firstNode + box.nodeCount - 1;
  const step = far ? 8 : 1;
  if (key === "ArrowDown") return Math.min(last, node + step);
  if (key === "ArrowUp") return Math.max(box.firstNode, node - step);
  if (key === "Home") return box.firstNode;
  if (key === "End") return last;
  const direction = key === "ArrowRight" ? 1 : -1;
  const height = layout.y[node]!;
  for (let next = layer + direction; next >= 0 && next < layout.boxes.length; next += direction) {
    const { firstNode, nodeCount } = layout.boxes[next]!;
    if (nodeCount === 0) continue;
    let best = firstNode;
    for (let other = firstNode; other < firstNode + nodeCount; other++) {
      if (Math.abs(layout.y[other]! - height) < Math.abs(layout.y[best]! - height)) best = other;
    }
    return best;
  }
  return node;
}
