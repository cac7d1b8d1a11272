/** Draws a scatter on a canvas. Neutral for the cloud, the accent for the reader's cell: colour means operation elsewhere. */
import type { Corner } from "./lasso.ts";
import type { Plot } from "./plot.ts";
import { toPixel } from "./scale.ts";
import { number } from "../words/measures.ts";

/** Colours as CSS text, read from the page's tokens by the caller. */
export interface Palette {
  ink: string;
  muted: string;
  line: string;
  cloud: string;
  accent: string;
  surface: string;
  font: string;
}

/** Radius and strength of a point: large clouds need small, faint ones so that density can be seen. */
export function dot(points: number): { radius: number; alpha: number } {
  if (points <= 400) return { radius: 3.2, alpha: 0.62 };
  if (points <= 3000) return { radius: 2.4, alpha: 0.4 };
  return { radius: 1.7, alpha: 0.28 };
}

/** Tick label: as few digits as tell the ticks apart. */
export function tickLabel(value: number, all: readonly number[]): string {
  const size = Math.max(...all.map(Math.abs));
  const [unit, suffix] = size >= 1e6 ? [1e6, " M"] : size >= 1e4 ? [1e3, " k"] : [1, ""];
  return (
    number(value / unit, 3)
      .replace(/(\.\d*?)0+$/, "$1")
      .replace(/\.$/, "") + suffix
  );
}

/** Holds the points until they are laid over the axes; kept, because canvases are slow to make. */
let layer: HTMLCanvasElement | null = null;

/** The cloud with its axes. */
export function drawCloud(
  ctx: CanvasRenderingContext2D,
  plot: Plot,
  palette: Palette,
  labels: { x: string; y: string },
  ratio: number,
): void {
  const { box } = plot;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, plot.width, plot.height);
  drawAxes(ctx, plot, palette, labels);
  const { radius, alpha } = dot(plot.shown);
  const width = Math.ceil((box.right - box.left) * ratio);
  const height = Math.ceil((box.bottom - box.top) * ratio);
  const transparency = stampDots(plot, radius, alpha, ratio, width, height);
  layer ??= document.createElement("canvas");
  if (layer.width !== width) layer.width = width;
  if (layer.height !== height) layer.height = height;
  const layerCtx = layer.getContext("2d");
  if (!layerCtx) return;
  const [red, green, blue] = channels(ctx, palette.cloud);
  const image = layerCtx.createImageData(width, height);
  for (let i = 0; i < transparency.length; i++) {
    const clear = transparency[i]!;
    if (clear === 1) continue;
    image.data[4 * i] = red;
    image.data[4 * i + 1] = green;
    image.data[4 * i + 2] = blue;
    image.data[4 * i + 3] = 255 * (1 - clear);
  }
  layerCtx.putImageData(image, 0, 0);
  ctx.drawImage(layer, box.left, box.top, width / ratio, height / ratio);
}

/**
 * How much of the background each pixel of the box lets through when every dot covers it by `alpha`.
 * Done by hand because 15,625 canvas calls take ten times as long, and overlaps must add up to show density.
 */
function stampDots(
  { px, py, box }: Plot,
  radius: number,
  alpha: number,
  ratio: number,
  width: number,
  height: number,
): Float32Array {
  const r = radius * ratio;
  const half = Math.ceil(r);
  const size = 2 * half + 1;
  // A disc with a soft rim one pixel wide.
  const mask = Float32Array.from({ length: size * size }, (_, k) => {
    const distance = Math.hypot((k % size) - half, Math.floor(k / size) - half);
    return 1 - alpha * Math.min(1, Math.max(0, r + 0.5 - distance));
  });
  const clear = new Float32Array(width * height).fill(1);
  for (let i = 0; i < px.length; i++) {
    if (Number.isNaN(px[i]!)) continue;
    const left = Math.round((px[i]! - box.left) * ratio) - half;
    const top = Math.round((py[i]! - box.top) * ratio) - half;
    for (let y = Math.max(0, -top); y < size && top + y < height; y++) {
      for (let x = Math.max(0, -left); x < size && left + x < width; x++) {
        clear[(top + y) * width + left + x]! *= mask[y * size + x]!;
      }
    }
  }
  return clear;
}

/** Red, green and blue of a CSS colour, by way of the canvas, which writes opaque ones as `#rrggbb`. */
function channels(ctx: CanvasRenderingContext2D, colour: string): [number, number, number] {
  ctx.fillStyle = colour;
  const value = parseInt(String(ctx.fillStyle).slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function drawAxes(ctx: CanvasRenderingContext2D, plot: Plot, palette: Palette, labels: { x: string; y: string }): void {
  const { box, ticksX, ticksY } = plot;
  ctx.font = `11px ${palette.font}`;
  ctx.lineWidth = 1;
  ctx.strokeStyle = palette.line;
  ctx.fillStyle = palette.muted;
  ctx.beginPath();
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  for (const v of ticksX) {
    const x = Math.round(toPixel(plot.x, v)) + 0.5;
    ctx.moveTo(x, box.top);
    ctx.lineTo(x, box.bottom + 4);
    ctx.fillText(tickLabel(v, ticksX), x, box.bottom + 6);
  }
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  for (const v of ticksY) {
    const y = Math.round(toPixel(plot.y, v)) + 0.5;
    ctx.moveTo(box.left - 4, y);
    ctx.lineTo(box.right, y);
    ctx.fillText(tickLabel(v, ticksY), box.left - 7, y);
  }
  ctx.stroke();
  ctx.fillStyle = palette.ink;
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  ctx.fillText(labels.x, (box.left + box.right) / 2, plot.height - 2);
  ctx.save();
  ctx.translate(11, (box.top + box.bottom) / 2);
  ctx.rotate(-Math.PI / 2);
  ctx.textBaseline = "middle";
  ctx.fillText(labels.y, 0, 0);
  ctx.restore();
}

/** A shape that is being drawn on the plot: a box by two corners, or a lasso. */
export interface Shape {
  kind: "box" | "lasso";
  corners: readonly Corner[];
}

export interface Marks {
  /** Point under the pointer or chosen by key, and the reader's own cell; -1 = none. */
  active: number;
  own: number;
  shape: Shape | null;
}

/** Points that stand out of the cloud: joined by steps or not. Series differ by marker and dash, never by colour alone. */
export interface Series {
  points: Uint32Array;
  marker: "dot" | "square" | "diamond";
  /** Joined in their order, by steps that show what is dominated; `dashed` for the second of two. */
  line: "none" | "solid" | "dashed";
}

const HALF: Record<Series["marker"], number> = { dot: 2.2, square: 3.5, diamond: 4.5 };

/** The selected points and the series, between the cloud and the marks. */
export function drawSeries(
  ctx: CanvasRenderingContext2D,
  plot: Plot,
  palette: Palette,
  series: readonly Series[],
  ratio: number,
): void {
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, plot.width, plot.height);
  const { box } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left - 5, box.top - 5, box.right - box.left + 10, box.bottom - box.top + 10);
  ctx.clip();
  for (const { points, marker, line } of series) {
    const path = new Path2D(steps(plot, points));
    if (line !== "none") {
      ctx.strokeStyle = palette.ink;
      ctx.lineWidth = 1.5;
      ctx.setLineDash(line === "dashed" ? [5, 4] : []);
      ctx.stroke(path);
      ctx.setLineDash([]);
    }
    const shapes = new Path2D(markers(plot, points, marker));
    ctx.fillStyle = marker === "diamond" ? palette.surface : palette.ink;
    ctx.fill(shapes);
    if (marker === "dot") continue;
    ctx.strokeStyle = marker === "diamond" ? palette.ink : palette.surface;
    ctx.lineWidth = marker === "diamond" ? 1.5 : 1;
    ctx.stroke(shapes);
  }
  ctx.restore();
}

const round = (n: number) => String(Math.round(n * 10) / 10);

/** A line of steps through the points, as SVG path data: also those outside the view, which it may lead to. */
export function steps(plot: Plot, points: Uint32Array): string {
  return Array.from(points, (i, k) =>
    k === 0 ? `M${round(plot.at(i)[0])} ${round(plot.at(i)[1])}` : `H${round(plot.at(i)[0])}V${round(plot.at(i)[1])}`,
  ).join("");
}

/** The markers of the points in view, as SVG path data. */
export function markers({ px, py }: Plot, points: Uint32Array, marker: Series["marker"]): string {
  const h = HALF[marker];
  const parts: string[] = [];
  for (const i of points) {
    const [x, y] = [px[i]!, py[i]!];
    if (Number.isNaN(x)) continue;
    if (marker === "dot")
      parts.push(`M${round(x - h)} ${round(y)}a${h} ${h} 0 1 0 ${2 * h} 0a${h} ${h} 0 1 0 ${-2 * h} 0z`);
    else if (marker === "diamond") parts.push(`M${round(x - h)} ${round(y)}l${h} -${h}l${h} ${h}l-${h} ${h}z`);
    else parts.push(`M${round(x - h)} ${round(y - h)}h${2 * h}v${2 * h}h-${2 * h}z`);
  }
  return parts.join("");
}

/** What changes with the pointer, on a canvas of its own above the rest. */
export function drawMarks(
  ctx: CanvasRenderingContext2D,
  plot: Plot,
  palette: Palette,
  marks: Marks,
  ratio: number,
): void {
  const { box } = plot;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, plot.width, plot.height);
  const own = marks.own;
  if (own >= 0 && !Number.isNaN(plot.px[own]!)) {
    const x = plot.px[own]!;
    const y = plot.py[own]!;
    ctx.strokeStyle = palette.accent;
    ctx.lineWidth = 1;
    ctx.setLineDash([3, 3]);
    ctx.beginPath();
    ctx.moveTo(x, box.bottom);
    ctx.lineTo(x, y);
    ctx.lineTo(box.left, y);
    ctx.stroke();
    ctx.setLineDash([]);
    ring(ctx, x, y, 6, palette.surface, palette.accent);
  }
  const active = marks.active;
  if (active >= 0 && !Number.isNaN(plot.px[active]!))
    ring(ctx, plot.px[active]!, plot.py[active]!, 4.5, palette.surface, palette.ink);
  if (marks.shape) outline(ctx, palette, marks.shape);
}

function outline(ctx: CanvasRenderingContext2D, palette: Palette, { kind, corners }: Shape): void {
  const [first, ...others] = corners;
  const last = others.at(-1);
  if (!first || !last) return;
  ctx.beginPath();
  if (kind === "box")
    ctx.rect(
      Math.min(first[0], last[0]),
      Math.min(first[1], last[1]),
      Math.abs(first[0] - last[0]),
      Math.abs(first[1] - last[1]),
    );
  else {
    ctx.moveTo(...first);
    for (const corner of others) ctx.lineTo(...corner);
    ctx.closePath();
  }
  ctx.fillStyle = palette.ink;
  ctx.globalAlpha = 0.06;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = 1;
  ctx.setLineDash([4, 3]);
  ctx.stroke();
  ctx.setLineDash([]);
}

function ring(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number, halo: string, colour: string): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.strokeStyle = halo;
  ctx.lineWidth = 5;
  ctx.stroke();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2.5;
  ctx.stroke();
}
