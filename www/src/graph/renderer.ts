// What the stage asks of a renderer; `webgl.ts` and `canvas2d.ts` draw the same picture.
import type { ChannelGraph } from "../types.ts";
import type { Layout } from "./layout.ts";
import type { Transform, Viewport } from "./camera.ts";

/** Colour of each layer as red, green, blue in 0..1, three numbers a layer. */
export type LayerColours = Float32Array;

export interface Picture {
  transform: Transform;
  view: Viewport;
  colours: LayerColours;
  /** Colour of the rim around nodes: the page's surface. */
  halo: readonly [number, number, number];
  /** Strength of each layer's edges and nodes, 1 = normal; null = all normal. */
  emphasis: Float32Array | null;
  /** During a gesture a slow renderer may draw less. */
  moving: boolean;
}

export interface DrawStats {
  drawCalls: number;
  /** Edges drawn one by one, and layer pairs drawn as ribbons. */
  lines: number;
  ribbons: number;
  /** Bytes sent to the GPU for this frame. */
  bytes: number;
}

export interface Renderer {
  readonly kind: "webgl2" | "canvas2d";
  /** Takes a new graph; returns the bytes uploaded. */
  setScene(graph: ChannelGraph, layout: Layout): number;
  draw(picture: Picture): DrawStats;
  dispose(): void;
}

/** Radius of a node in CSS pixels, from the distance of two rows and of two columns. */
export function nodeRadius(rowPitch: number, columnPitch: number): number {
  return Math.min(8, Math.max(0.9, Math.min(rowPitch * 0.34, columnPitch * 0.14)));
}
