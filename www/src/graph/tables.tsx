// The picture as tables: its layers, and its nodes.
import { useMemo } from "preact/hooks";
import { opLook } from "../space/ops.ts";
import { setHover, store } from "../state/state.ts";
import type { ChannelGraph, LayerInfo } from "../types.ts";
import { Table, type Column } from "../ui/table.tsx";
import { degreeOf } from "./degree.ts";
import { edgeCounts, type Layout } from "./layout.ts";
import { cellPart } from "./selection.ts";
import { shape } from "./words.ts";

export function GraphTables({
  graph,
  layout,
  names,
}: {
  graph: ChannelGraph;
  layout: Layout;
  names: readonly string[];
}) {
  const { into, out } = useMemo(() => edgeCounts(graph, layout), [graph, layout]);
  const name = (id: number) => names[id]!;
  const starved = new Set(layout.starved);
  const layerColumns: Column<LayerInfo>[] = [
    {
      id: "layer",
      label: "Layer",
      show: (layer) => `${layer.id} · ${name(layer.id)}${starved.has(layer.id) ? " ∅" : ""}`,
      sortBy: (layer) => layer.id,
    },
    {
      id: "op",
      label: "Operation",
      show: (layer) => `${opLook(layer.op).glyph} ${opLook(layer.op).label}`,
      sortBy: (layer) => layer.op,
    },
    { id: "module", label: "Module", show: (layer) => layer.module },
    { id: "input", label: "Input", show: (layer) => shape(layer.input) },
    { id: "output", label: "Output", show: (layer) => shape(layer.output) },
    { id: "parents", label: "Parents", show: (layer) => layer.parents.map(name).join("; ") || "–" },
    {
      id: "in",
      label: "Edges in",
      number: true,
      show: (layer) => into[layer.id]!.toLocaleString("en-US"),
      sortBy: (layer) => into[layer.id]!,
    },
    {
      id: "out",
      label: "Edges out",
      number: true,
      show: (layer) => out[layer.id]!.toLocaleString("en-US"),
      sortBy: (layer) => out[layer.id]!,
    },
  ];
  const nodeColumns: Column<number>[] = [
    {
      id: "node",
      label: "Channel",
      sortBy: (node) => node,
      show: (node) => {
        const ref = { layer: graph.nodeLayer[node]!, channel: graph.nodeChannel[node]! };
        return (
          <button
            type="button"
            class="link-button"
            onFocus={() => setHover({ node: ref, ...cellPart(graph, ref.layer) })}
            onBlur={() => setHover(null)}
            onClick={() => store.set({ node: ref, pair: null })}
          >
            {name(ref.layer)}, {ref.channel}
          </button>
        );
      },
    },
    {
      id: "in",
      label: "Edges in",
      number: true,
      show: (node) => graph.nodeIn[node]!,
      sortBy: (node) => graph.nodeIn[node]!,
    },
    {
      id: "out",
      label: "Edges out",
      number: true,
      show: (node) => graph.nodeOut[node]!,
      sortBy: (node) => graph.nodeOut[node]!,
    },
    {
      id: "degree",
      label: "Degree",
      number: true,
      show: (node) => degreeOf(graph, node),
      sortBy: (node) => degreeOf(graph, node),
    },
  ];
  const nodes = useMemo(() => Array.from(graph.nodeLayer, (_, node) => node), [graph]);
  return (
    <div class="graph-tables">
      <h3>Layers ({graph.layers.length})</h3>
      <Table
        caption="Layers of the channel graph"
        columns={layerColumns}
        rows={graph.layers}
        keyOf={(layer) => layer.id}
      />
      <h3>Channels ({nodes.length.toLocaleString("en-US")})</h3>
      <Table
        caption="Channels of the channel graph"
        columns={nodeColumns}
        rows={nodes}
        keyOf={(node) => node}
        page={50}
      />
    </div>
  );
}
