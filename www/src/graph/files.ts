// What can be taken away from the graph: the picture, and the graph itself.
import { call } from "../engine/client.ts";
import { commentLines, csvFile, jsonFile, pngFile, type ExportedFile } from "../ui/export.ts";
import { store } from "../state/state.ts";
import type { ChannelGraph } from "../types.ts";
import type { Download } from "../ui/download.tsx";
import { degreeOf } from "./degree.ts";
import type { Stage } from "./stage.ts";

export function graphDownloads(graph: ChannelGraph, stage: () => Stage | null): Download[] {
  const name = (node: number) => `${graph.nodeLayer[node]}_${graph.nodeChannel[node]}`;
  const drawn = () => {
    const it = stage();
    if (!it?.state) throw new Error("there is no picture yet");
    return { stage: it, state: it.state };
  };
  return [
    { label: "PNG", hint: "The picture as seen", make: () => pngFile("channel-graph.png", drawn().stage.snapshot()) },
    { label: "SVG", hint: "The same as lines; very many become bands", make: () => svg(drawn()) },
    { label: "DOT", hint: "For Graphviz and other graph tools", make: dot },
    {
      label: "CSV, edges",
      hint: "source,target,weight; nodes are layer_channel",
      make: () =>
        csvFile(
          "channel-graph-edges.csv",
          ["source", "target", "weight"],
          Array.from(graph.edgeSource, (source, edge) => [
            name(source),
            name(graph.edgeTarget[edge]!),
            graph.edgeWeight[edge]!,
          ]),
        ),
    },
    {
      label: "CSV, channels",
      hint: "One line a channel: layer, operation, degrees",
      make: () =>
        csvFile(
          "channel-graph-nodes.csv",
          ["node", "layer", "channel", "label", "op", "in_degree", "out_degree", "degree"],
          Array.from(graph.nodeLayer, (id, node) => {
            const layer = graph.layers[id]!;
            return [
              name(node),
              id,
              graph.nodeChannel[node]!,
              layer.label,
              layer.op,
              graph.nodeIn[node]!,
              graph.nodeOut[node]!,
              degreeOf(graph, node),
            ];
          }),
        ),
    },
    {
      label: "JSON",
      hint: "Layers, channels, edges, measures",
      make: () => jsonFile("channel-graph.json", { ...graph }),
    },
  ];
}

async function dot(): Promise<ExportedFile> {
  const { space, cell, options } = store.get();
  return {
    name: "channel-graph.dot",
    mime: "text/vnd.graphviz",
    data: commentLines("// ") + (await call("graphDot", [space, cell, options])),
  };
}

async function svg({ state }: { state: NonNullable<Stage["state"]> }): Promise<ExportedFile> {
  const { pictureSvg } = await import("./svg.ts");
  const { text, bundled } = pictureSvg(state, (note) => commentLines("", note));
  return { name: bundled > 0 ? "channel-graph-bundled.svg" : "channel-graph.svg", mime: "image/svg+xml", data: text };
}
