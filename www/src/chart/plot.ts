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
  /** What is shown when nothing is zoomed: all of the data. */
  whole: View;
  /** Position of a point, also where it lies outside the box; NaN where a value is missing. */
  at(point: number): [x: number, y: number];
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
  const allX = extent(keptX, kindX);
  const allY = extent(keptY, kindY);
  if (!allX || !allY || width <= LEFT + RIGHT || height <= TOP + BOTTOM) return null;
  const whole = { x: allX, y: allY };
  const { x: rangeX, y: rangeY } = view ?? whole;
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
    width,
    height,
    box,
    x: sx,
    y: sy,
    px,
    py,
    defined,
    shown,
    whole,
    at: (point) => [toPixel(sx, keptX[point]!), toPixel(sy, keptY[point]!)],
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

/** The closest view: this part of all the data, on either axis. */
const CLOSEST = 1 / 4000;

/**
 * The view of a rectangle in pixels of the present plot, kept inside the data: null where that is all of it, the present
 * one where it would be too close.
 */
function windowView(plot: Plot, present: View | null, x0: number, y0: number, x1: number, y1: number): View | null {
  const { whole } = plot;
  const across = keepInside(x0, x1, toPixel(plot.x, whole.x[0]), toPixel(plot.x, whole.x[1]));
  const up = keepInside(y0, y1, toPixel(plot.y, whole.y[1]), toPixel(plot.y, whole.y[0]));
  if (across === "close" || up === "close") return present;
  if (across === "all" && up === "all") return null;
  return {
    x: across === "all" ? whole.x : [toValue(plot.x, across[0]), toValue(plot.x, across[1])],
    y: up === "all" ? whole.y : [toValue(plot.y, up[1]), toValue(plot.y, up[0])],
  };
}

/** A stretch shifted into [low, high]; `all` if it is no shorter than that, `close` if it is too short. */
function keepInside(start: number, end: number, low: number, high: number): [number, number] | "all" | "close" {
  const size = end - start;
  const room = high - low;
  if (!(size < room * 0.999)) return "all";
  if (size < room * CLOSEST) return "close";
  const shift = Math.max(0, low - start) - Math.max(0, end - high);
  return [start + shift, end + shift];
}

/** The view zoomed by a factor about a point in pixels (below 1 zooms in), its content moved too; null = all of the data. */
export function zoomView(
  plot: Plot,
  present: View | null,
  factor: number,
  cx: number,
  cy: number,
  dx = 0,
  dy = 0,
): View | null {
  const { left, top, right, bottom } = plot.box;
  const [x, y] = [cx - dx, cy - dy];
  return windowView(
    plot,
    present,
    x + (left - cx) * factor,
    y + (top - cy) * factor,
    x + (right - cx) * factor,
    y + (bottom - cy) * factor,
  );
}

/** The view after its content was moved by some pixels. */
export function panView(plot: Plot, present: View | null, dx: number, dy: number): View | null {
  const { left, top, right, bottom } = plot.box;
  return present && windowView(plot, present, left - dx, top - dy, right - dx, bottom - dy);
}
