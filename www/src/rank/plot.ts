/** Where everything of a scatter is, in CSS pixels: the same plan serves the canvas, the pointer and the SVG. */
import { extent, ticks, toPixel, toValue, warp, type Kind, type Scale } from "./scale.ts";

/** Part of the plane that is shown, in values; null = all of the data. */
export interface View {
  x: [number, number];
  y: [number, number];
}

export interface Plot {
  width: number;
  height: number;
  /** The inner box, in which points are drawn. */
  box: { left: number; top: number; right: number; bottom: number };
  x: Scale;
  y: Scale;
  ticksX: number[];
  ticksY: number[];
  /** Position of each point; NaN where a value is missing or outside the box. */
  px: Float32Array;
  py: Float32Array;
  /** Points that both axes can hold, and those of them inside the box. */
  defined: number;
  shown: number;
}

export interface PlotInput {
  width: number;
  height: number;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** How the axes are spaced. */
  kindX: Kind;
  kindY: Kind;
  view: View | null;
}

const LEFT = 60;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 40;

/** Lays a scatter out; null if no point has both values. Cost O(n). */
export function layOut({ width, height, x, y, kindX, kindY, view }: PlotInput): Plot | null {
  const n = x.length;
  let defined = 0;
  const keptX = new Float64Array(n).fill(NaN);
  const keptY = new Float64Array(n).fill(NaN);
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(warp(kindX, x[i]!)) || !Number.isFinite(warp(kindY, y[i]!))) continue;
    keptX[i] = x[i]!;
    keptY[i] = y[i]!;
    defined++;
  }
  const rangeX = view?.x ?? extent(keptX, kindX);
  const rangeY = view?.y ?? extent(keptY, kindY);
  if (!rangeX || !rangeY || width <= LEFT + RIGHT || height <= TOP + BOTTOM) return null;
  const box = { left: LEFT, top: TOP, right: width - RIGHT, bottom: height - BOTTOM };
  const sx: Scale = { kind: kindX, low: rangeX[0], high: rangeX[1], start: box.left, end: box.right };
  const sy: Scale = { kind: kindY, low: rangeY[0], high: rangeY[1], start: box.bottom, end: box.top };
  const px = new Float32Array(n).fill(NaN);
  const py = new Float32Array(n).fill(NaN);
  let shown = 0;
  for (let i = 0; i < n; i++) {
    const a = toPixel(sx, keptX[i]!);
    const b = toPixel(sy, keptY[i]!);
    if (!(a >= box.left && a <= box.right && b >= box.top && b <= box.bottom)) continue;
    px[i] = a;
    py[i] = b;
    shown++;
  }
  return {
    width, height, box, x: sx, y: sy, px, py, defined, shown,
    ticksX: ticks(sx, Math.max(2, Math.floor((box.right - box.left) / 80))),
    ticksY: ticks(sy, Math.max(2, Math.floor((box.bottom - box.top) / 44))),
  };
}

/** The shown points from left to right (then bottom to top), for the arrow keys. */
export function readingOrder({ px, py }: Plot): Uint32Array {
  const shown: number[] = [];
  for (let i = 0; i < px.length; i++) if (!Number.isNaN(px[i]!)) shown.push(i);
  return Uint32Array.from(shown).sort((a, b) => px[a]! - px[b]! || py[b]! - py[a]! || a - b);
}

/** The view between two corners in pixels (any order), cut to the box; null if it is too small to be meant. */
export function boxView(plot: Plot, x0: number, y0: number, x1: number, y1: number): View | null {
  const { box } = plot;
  const clampX = (v: number) => Math.min(box.right, Math.max(box.left, v));
  const clampY = (v: number) => Math.min(box.bottom, Math.max(box.top, v));
  const [left, right] = [clampX(Math.min(x0, x1)), clampX(Math.max(x0, x1))];
  const [top, bottom] = [clampY(Math.min(y0, y1)), clampY(Math.max(y0, y1))];
  if (right - left < 6 || bottom - top < 6) return null;
  return {
    x: [toValue(plot.x, left), toValue(plot.x, right)],
    y: [toValue(plot.y, bottom), toValue(plot.y, top)],
  };
}

/** The view zoomed by a factor about a point in pixels; below 1 zooms in. */
export function zoomView(plot: Plot, factor: number, cx: number, cy: number): View {
  const { box } = plot;
  return {
    x: [toValue(plot.x, cx + (box.left - cx) * factor), toValue(plot.x, cx + (box.right - cx) * factor)],
    y: [toValue(plot.y, cy + (box.bottom - cy) * factor), toValue(plot.y, cy + (box.top - cy) * factor)],
  };
}
