// The fallback without WebGL: the same picture on a 2D canvas, with fewer single lines over ribbons.
import type { ChannelGraph } from "../types.ts";
import { coverage, planDetail, type Detail } from "./detail.ts";
import type { Layout } from "./layout.ts";
import { nodeRadius, type DrawStats, type Picture, type Renderer } from "./renderer.ts";

/** Most lines a frame, at rest and during a gesture. */
const RESTING = 24_000;
const MOVING = 3_000;

export function createCanvas2D(canvas: HTMLCanvasElement): Renderer | null {
  const context = canvas.getContext("2d");
  return context && new CanvasRenderer(context);
}

class CanvasRenderer implements Renderer {
  readonly kind = "canvas2d";
  private graph: ChannelGraph | null = null;
  private layout: Layout | null = null;

  constructor(private readonly context: CanvasRenderingContext2D) {}

  setScene(graph: ChannelGraph, layout: Layout): number {
    this.graph = graph;
    this.layout = layout;
    return 0;
  }

  draw(picture: Picture): DrawStats {
    const { context, graph, layout } = this;
    const { view, transform, colours, emphasis } = picture;
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    const stats: DrawStats = { drawCalls: 0, lines: 0, ribbons: 0, bytes: 0 };
    if (!graph || !layout) return stats;
    const detail = planDetail(layout, transform, view, picture.emphasis);
    // Every n-th line of the dense layers; what is left out is made good by a ribbon under them.
    const step = Math.max(1, Math.ceil(detail.lines / (picture.moving ? MOVING : RESTING)));
    context.lineWidth = 1;
    layout.bundles.forEach((_, index) => this.drawBundle(picture, detail, index, step, stats));
    context.globalAlpha = 1;
    const { ax, ay, bx, by } = transform;
    layout.boxes.forEach((box, layer) => {
      const x = ax * box.x + bx;
      if (x < -10 || x > view.width + 10 || box.nodeCount === 0) return;
      const radius = nodeRadius(((box.bottom - box.top) / box.channels) * ay, ax);
      context.fillStyle = css(colours, layer);
      context.globalAlpha = Math.min(1, emphasis?.[layer] ?? 1);
      context.beginPath();
      for (let node = box.firstNode; node < box.firstNode + box.nodeCount; node++) {
        const y = ay * layout.y[node]! + by;
        if (y < -10 || y > view.height + 10) continue;
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 7);
      }
      context.strokeStyle = css(picture.halo, 0);
      context.lineWidth = Math.min(radius * 0.8, 4);
      context.stroke();
      context.fill();
      stats.drawCalls += 2;
    });
    context.globalAlpha = 1;
    return stats;
  }

  dispose(): void {
    this.graph = this.layout = null;
  }

  private drawBundle(
    { transform, view, colours }: Picture,
    detail: Detail,
    index: number,
    step: number,
    stats: DrawStats,
  ): void {
    const { context } = this;
    const graph = this.graph!;
    const layout = this.layout!;
    const { source, target, start, end } = layout.bundles[index]!;
    const a = layout.boxes[source]!;
    const b = layout.boxes[target]!;
    const { ax, ay, bx, by } = transform;
    const x0 = ax * a.x + bx;
    const x1 = ax * b.x + bx;
    if (Math.max(x0, x1) < 0 || Math.min(x0, x1) > view.width) return;
    const opacity = detail.opacity[target]!;
    const count = end - start;
    const dense = count > 2 * Math.max(a.channels, b.channels);
    const skip = dense ? step : 1;
    context.fillStyle = context.strokeStyle = css(colours, target);
    if (detail.ribbon[target] || skip > 1) {
      const height = ((a.bottom - a.top + b.bottom - b.top) / 2) * ay;
      const cover = 1 - (1 - opacity) ** (coverage(layout, transform, layout.bundles[index]!) / Math.max(height, 1));
      context.globalAlpha = cover * (detail.ribbon[target] ? 0.85 : 0.45);
      context.beginPath();
      context.moveTo(x0, ay * a.top + by);
      context.lineTo(x1, ay * b.top + by);
      context.lineTo(x1, ay * b.bottom + by);
      context.lineTo(x0, ay * a.bottom + by);
      context.fill();
      stats.ribbons++;
      stats.drawCalls++;
      if (detail.ribbon[target]) return;
    }
    // A path covers each pixel once, however often it crosses itself; a path a few channels lets crossings add up.
    context.globalAlpha = Math.min(0.85, opacity * (skip > 1 ? 2 : 1));
    const chunk = dense ? Math.max(64, Math.ceil(count / skip / 8)) : count;
    let drawn = 0;
    context.beginPath();
    for (let edge = start; edge < end; edge += skip) {
      context.moveTo(x0, ay * layout.y[graph.edgeSource[edge]!]! + by);
      context.lineTo(x1, ay * layout.y[graph.edgeTarget[edge]!]! + by);
      if (++drawn % chunk === 0) {
        context.stroke();
        context.beginPath();
        stats.drawCalls++;
      }
    }
    context.stroke();
    stats.drawCalls++;
    stats.lines += drawn;
  }
}

/** A layer's colour as CSS text, with commas: not every SVG reader takes the newer form. */
export function css(colours: ArrayLike<number>, layer: number): string {
  const [r, g, b] = [0, 1, 2].map((channel) => Math.round(colours[layer * 3 + channel]! * 255));
  return `rgb(${r},${g},${b})`;
}
