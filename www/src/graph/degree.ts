// Distribution of the nodes' degrees (in + out).
import type { ChannelGraph } from "../types.ts";

export interface DegreeHistogram {
  /** Degrees a bar spans: bar b holds degrees b·width .. b·width + width − 1. */
  width: number;
  counts: number[];
  most: number;
  largest: number;
}

export function degreeOf(graph: ChannelGraph, node: number): number {
  return graph.nodeIn[node]! + graph.nodeOut[node]!;
}

/** At most `bars` bars of equal, whole width. */
export function degreeHistogram(graph: ChannelGraph, bars = 32): DegreeHistogram {
  const nodes = graph.nodeLayer.length;
  let largest = 0;
  for (let node = 0; node < nodes; node++) largest = Math.max(largest, degreeOf(graph, node));
  const width = Math.max(1, Math.ceil((largest + 1) / bars));
  const counts = new Array<number>(Math.floor(largest / width) + 1).fill(0);
  for (let node = 0; node < nodes; node++) counts[Math.floor(degreeOf(graph, node) / width)]!++;
  return { width, counts, most: Math.max(1, ...counts), largest };
}

/** Nodes of one bar, ascending. */
export function nodesOfBar(graph: ChannelGraph, width: number, bar: number): number[] {
  const nodes: number[] = [];
  for (let node = 0; node < graph.nodeLayer.length; node++)
    if (Math.floor(degreeOf(graph, node) / width) === bar) nodes.push(node);
  return nodes;
}
