// From world to screen: the fit scales each axis on its own, zoom scales both alike. Pure functions.
import { nodeAt, type Layout } from "./layout.ts";
import type { ChannelGraph } from "../types.ts";

/** Zoom 1 shows the whole graph; `x` and `y` are the shift in CSS pixels from the fitted place. */
export interface Camera {
  zoom: number;
  x: number;
  y: number;
}

/** The window in CSS pixels, and the free border kept for headers. */
export interface Viewport {
  width: number;
  height: number;
  ratio: number;
  inset: { top: number; right: number; bottom: number; left: number };
}

/** screen x = ax · x + bx, screen y = ay · y + by, in CSS pixels. */
export interface Transform {
  ax: number;
  ay: number;
  bx: number;
  by: number;
}

export const FIT: Camera = { zoom: 1, x: 0, y: 0 };
export const MAX_ZOOM = 48;

export function transformOf(layout: Layout, view: Viewport, camera: Camera): Transform {
  const { inset } = view;
  const ax = (Math.max(20, view.width - inset.left - inset.right) / Math.max(layout.width, 1)) * camera.zoom;
  const ay = Math.max(20, view.height - inset.top - inset.bottom) * camera.zoom;
  return { ax, ay, bx: inset.left + camera.x, by: inset.top + camera.y };
}

/** Keeps the graph over the window: nothing to pan when fitted, no empty screen when zoomed in. */
export function clampCamera(view: Viewport, camera: Camera): Camera {
  const zoom = Math.min(MAX_ZOOM, Math.max(1, camera.zoom));
  const { inset } = view;
  const slackX = Math.max(20, view.width - inset.left - inset.right) * (zoom - 1);
  const slackY = Math.max(20, view.height - inset.top - inset.bottom) * (zoom - 1);
  return { zoom, x: Math.min(0, Math.max(0 - slackX, camera.x)), y: Math.min(0, Math.max(0 - slackY, camera.y)) };
}

/** Zooms by a factor so that the point under (px, py) stays there. */
export function zoomAt(view: Viewport, camera: Camera, factor: number, px: number, py: number): Camera {
  const zoom = Math.min(MAX_ZOOM, Math.max(1, camera.zoom * factor));
  const real = zoom / camera.zoom;
  const fromX = px - view.inset.left;
  const fromY = py - view.inset.top;
  return clampCamera(view, { zoom, x: fromX - (fromX - camera.x) * real, y: fromY - (fromY - camera.y) * real });
}

/** The camera that brings a world point near the middle, without moving if it is well inside already. */
export function reveal(layout: Layout, view: Viewport, camera: Camera, x: number, y: number): Camera {
  const t = transformOf(layout, view, camera);
  const sx = t.ax * x + t.bx;
  const sy = t.ay * y + t.by;
  const { inset } = view;
  if (
    sx >= inset.left - 1 &&
    sx <= view.width - inset.right + 1 &&
    sy >= inset.top - 1 &&
    sy <= view.height - inset.bottom + 1
  )
    return camera;
  return clampCamera(view, {
    zoom: camera.zoom,
    x: camera.x + view.width / 2 - sx,
    y: camera.y + view.height / 2 - sy,
  });
}

/** The node within `reach` pixels of a point, or -1: arithmetic on columns and rows, no search over nodes. */
export function pickNode(graph: ChannelGraph, layout: Layout, t: Transform, px: number, py: number, reach = 9): number {
  let best = -1;
  let nearest = reach * reach;
  const wy = (py - t.by) / t.ay;
  for (let layer = 0; layer < layout.boxes.length; layer++) {
    const box = layout.boxes[layer]!;
    const dx = t.ax * box.x + t.bx - px;
    if (dx * dx > nearest || box.nodeCount === 0) continue;
    const row = Math.round(((wy - box.top) / (box.bottom - box.top)) * box.channels - 0.5);
    const channel = Math.min(box.channels - 1, Math.max(0, row));
    const node = nodeAt(graph, layout, layer, channel);
    if (node < 0) continue;
    const dy = t.ay * layout.y[node]! + t.by - py;
    if (dx * dx + dy * dy < nearest) {
      nearest = dx * dx + dy * dy;
      best = node;
    }
  }
  return best;
}
