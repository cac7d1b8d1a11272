// Measures the picture of one graph in this browser. Script time only: what the GPU does is not seen from here.
import type { ChannelGraph } from "../types.ts";
import { pickNode, transformOf, FIT } from "./camera.ts";
import { layoutGraph } from "./layout.ts";
import { Stage } from "./stage.ts";
import { graphStats } from "./stats.ts";

export interface GraphBench {
  renderer: string;
  nodes: number;
  edges: number;
  /** From a ChannelGraph to the end of its first draw, context and shaders included, milliseconds. */
  firstFrameMs: number;
  /** The same for the next graph on the same stage. */
  nextGraphMs: number;
  /** Median and largest script time of a frame while panning and zooming, milliseconds. */
  frameMs: number;
  frameMaxMs: number;
  /** Most draw calls, single lines and ribbons in a frame. */
  drawCalls: number;
  lines: number;
  ribbons: number;
  /** Bytes uploaded for the graph, and most for a frame. */
  sceneBytes: number;
  frameBytes: number;
  /** Median and largest time to find a node under the pointer and draw its edges, milliseconds. */
  hoverMs: number;
  hoverMaxMs: number;
}

const FRAMES = 90;

/** Draws a graph in a hidden stage of 900 × 560 pixels, pans, zooms and hovers over it. */
export async function benchGraph(graph: ChannelGraph, force2D = false): Promise<GraphBench> {
  const host = document.createElement("div");
  Object.assign(host.style, {
    position: "fixed",
    left: "0",
    top: "0",
    width: "900px",
    height: "560px",
    opacity: "0",
    overflow: "hidden",
  });
  document.body.append(host);
  const nothing = () => {};
  const began = performance.now();
  const stage = new Stage(host, { hover: nothing, tap: nothing, changed: nothing }, force2D);
  try {
    stage.setGraph(graph);
    stage.drawNow();
    const firstFrameMs = performance.now() - began;
    await nextFrame();
    const again = performance.now();
    stage.setGraph({ ...graph });
    stage.drawNow();
    const nextGraphMs = performance.now() - again;
    await nextFrame();

    const most = { drawCalls: 0, lines: 0, ribbons: 0, frameBytes: 0 };
    const times: number[] = [];
    for (let step = 0; step < FRAMES; step++) {
      const third = Math.floor((3 * step) / FRAMES);
      if (third === 1) stage.pan(Math.sin(step) * 40, Math.cos(step) * 25);
      else stage.zoomNow(third === 0 ? 1.06 : 1 / 1.06);
      times.push(stage.drawNow());
      for (const key of ["drawCalls", "lines", "ribbons", "frameBytes"] as const)
        most[key] = Math.max(most[key], graphStats[key]);
      await nextFrame();
    }
    const hovers = hoverTimes(stage, graph);
    return {
      renderer: graphStats.renderer,
      nodes: graph.nodeLayer.length,
      edges: graph.edgeSource.length,
      firstFrameMs,
      nextGraphMs,
      frameMs: median(times),
      frameMaxMs: Math.max(...times),
      ...most,
      sceneBytes: graphStats.sceneBytes,
      hoverMs: median(hovers),
      hoverMaxMs: Math.max(...hovers),
    };
  } finally {
    stage.dispose();
    host.remove();
  }
}

function hoverTimes(stage: Stage, graph: ChannelGraph): number[] {
  const layout = layoutGraph(graph);
  const { view } = stage.state!;
  const t = transformOf(layout, view, FIT);
  const times: number[] = [];
  const step = Math.max(1, Math.floor(graph.nodeLayer.length / 60));
  for (let node = 0; node < graph.nodeLayer.length; node += step) {
    const began = performance.now();
    const found = pickNode(graph, layout, t, t.ax * layout.x[node]! + t.bx + 1, t.ay * layout.y[node]! + t.by);
    stage.setHighlight({ node: found, selected: -1, partner: -1, layers: null, nodes: null });
    stage.drawNow(false);
    times.push(performance.now() - began);
  }
  return times;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
