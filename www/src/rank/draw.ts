/** Draws a scatter on a canvas. Neutral for the cloud, the accent for the reader's cell: colour means operation elsewhere. */
import type { Plot } from "./plot.ts";
import { toPixel } from "./scale.ts";
import { number } from "./words.ts";

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
  if (size >= 1e6) return `${number(value / 1e6, 3)} M`;
  if (size >= 1e4) return `${number(value / 1e3, 3)} k`;
  return number(value, 3).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

/** The cloud with its axes. */
export function drawCloud(ctx: CanvasRenderingContext2D, plot: Plot, palette: Palette, labels: { x: string; y: string }, ratio: number): void {
  const { box } = plot;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, plot.width, plot.height);
  drawAxes(ctx, plot, palette, labels);
  const { radius, alpha } = dot(plot.shown);
  const stamp = makeStamp(radius, palette.cloud, ratio);
  // One pre-drawn dot stamped 15,625 times is several times faster than as many arcs, and overlaps add up, which arcs in one path do not.
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left * ratio, box.top * ratio, (box.right - box.left) * ratio, (box.bottom - box.top) * ratio);
  ctx.clip();
  ctx.globalAlpha = alpha;
  const half = stamp.width / 2;
  for (let i = 0; i < plot.px.length; i++) {
    const x = plot.px[i]!;
    if (!Number.isNaN(x)) ctx.drawImage(stamp, Math.round(x * ratio - half), Math.round(plot.py[i]! * ratio - half));
  }
  ctx.restore();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
}

function makeStamp(radius: number, colour: string, ratio: number): HTMLCanvasElement {
  const stamp = document.createElement("canvas");
  stamp.width = stamp.height = Math.ceil(2 * radius * ratio) + 2;
  const ctx = stamp.getContext("2d")!;
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.arc(stamp.width / 2, stamp.height / 2, radius * ratio, 0, 2 * Math.PI);
  ctx.fill();
  return stamp;
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

export interface Marks {
  /** Point under the pointer or chosen by key, and the reader's own cell; -1 = none. */
  active: number;
  own: number;
  /** Corners of a zoom box being drawn. */
  drag: { x0: number; y0: number; x1: number; y1: number } | null;
}

/** What changes with the pointer, on a canvas of its own above the cloud. */
export function drawMarks(ctx: CanvasRenderingContext2D, plot: Plot, palette: Palette, marks: Marks, ratio: number): void {
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
  if (active >= 0 && !Number.isNaN(plot.px[active]!)) ring(ctx, plot.px[active]!, plot.py[active]!, 4.5, palette.surface, palette.ink);
  if (marks.drag) {
    const { x0, y0, x1, y1 } = marks.drag;
    ctx.strokeStyle = palette.ink;
    ctx.setLineDash([4, 3]);
    ctx.lineWidth = 1;
    ctx.strokeRect(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
    ctx.setLineDash([]);
  }
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
