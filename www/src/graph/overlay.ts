// What lies over the edges: headers of layers and stacks, the edges of the node in question, channel numbers.
// Drawn on a 2D canvas of its own, so that hovering never redraws the graph under it.
import type { ChannelGraph } from "../types.ts";
import { css } from "./canvas2d.ts";
import type { Transform, Viewport } from "./camera.ts";
import { edgesOf, type Layout, type Span } from "./layout.ts";
import { nodeRadius } from "./renderer.ts";
import type { GraphTheme } from "./theme.ts";
import { headerLines } from "./words.ts";

export interface Highlight {
  /** Node under the pointer or the keyboard, or -1. */
  node: number;
  /** Node clicked first, and its partner, or -1. */
  selected: number;
  partner: number;
  /** Layers lit from elsewhere. */
  layers: ReadonlySet<number> | null;
  /** Nodes lit by the histogram. */
  nodes: readonly number[] | null;
}

export const NO_HIGHLIGHT: Highlight = { node: -1, selected: -1, partner: -1, layers: null, nodes: null };

export interface HeaderBox {
  layer: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Heights of the bands that hold the names of the stacks and of the cells. */
const STACKS = 21;
const CELLS = 17;
/** Distance of columns, less a gap, that a standing name needs, in pixels. */
export const MIN_ROOM = 5.5;

interface Frame {
  context: CanvasRenderingContext2D;
  graph: ChannelGraph;
  layout: Layout;
  t: Transform;
  view: Viewport;
  theme: GraphTheme;
  highlight: Highlight;
}

/** Height of the names above the layers' own, in pixels. */
export function bandHeight(layout: Layout): number {
  return STACKS + (layout.cells.length > 0 ? CELLS : 0);
}

/** Whether the picture under the overlay should step back. */
export function dims({ node, selected, nodes }: Highlight): boolean {
  return node >= 0 || selected >= 0 || nodes !== null;
}

/** Draws the overlay and returns where the headers are, for the pointer. */
export function drawOverlay(frame: Frame): HeaderBox[] {
  const { context, view } = frame;
  context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  drawLitNodes(frame);
  drawNodeEdges(frame);
  drawChannelNumbers(frame);
  drawSpans(frame, frame.layout.stacks, 0, STACKS, 600);
  drawSpans(frame, frame.layout.cells, STACKS, CELLS, 400);
  return drawHeaders(frame);
}

function drawLitNodes({ context, layout, graph, t, theme, highlight }: Frame): void {
  for (const node of highlight.nodes ?? []) {
    context.fillStyle = css(theme.colours, graph.nodeLayer[node]!);
    disc(
      context,
      t.ax * layout.x[node]! + t.bx,
      t.ay * layout.y[node]! + t.by,
      radiusOf(layout, t, graph.nodeLayer[node]!) + 1,
    );
  }
}

function radiusOf(layout: Layout, t: Transform, layer: number): number {
  const box = layout.boxes[layer]!;
  return nodeRadius(((box.bottom - box.top) / box.channels) * t.ay, t.ax);
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}

function drawNodeEdges(frame: Frame): void {
  const { context, graph, layout, t, theme, highlight } = frame;
  const { node, selected, partner } = highlight;
  const place = (at: number): [number, number] => [t.ax * layout.x[at]! + t.bx, t.ay * layout.y[at]! + t.by];
  for (const centre of new Set([selected, node])) {
    if (centre < 0 || centre >= graph.nodeLayer.length) continue;
    const { incoming, outgoing } = edgesOf(graph, layout, centre);
    const edges = [...incoming, ...outgoing];
    // Strokes are joined a layer at a time: some hundred edges then cost a handful of calls.
    let layer = -1;
    const asked = centre === node || (node < 0 && partner < 0);
    context.globalAlpha = asked ? Math.min(0.8, 0.3 + 12 / Math.sqrt(edges.length + 1)) : 0.16;
    context.lineWidth = 1;
    for (const edge of edges) {
      const target = graph.nodeLayer[graph.edgeTarget[edge]!]!;
      if (target !== layer) {
        if (layer >= 0) context.stroke();
        context.beginPath();
        context.strokeStyle = css(theme.colours, (layer = target));
      }
      context.moveTo(...place(graph.edgeSource[edge]!));
      context.lineTo(...place(graph.edgeTarget[edge]!));
    }
    if (layer >= 0) context.stroke();
    context.globalAlpha = 1;
    for (const edge of edges) {
      const other = graph.edgeSource[edge] === centre ? graph.edgeTarget[edge]! : graph.edgeSource[edge]!;
      const at = graph.nodeLayer[other]!;
      context.fillStyle = css(theme.colours, at);
      disc(context, ...place(other), radiusOf(layout, t, at));
    }
  }
  if (selected >= 0 && partner >= 0) {
    const joined = edgesOf(graph, layout, selected).outgoing.some((edge) => graph.edgeTarget[edge] === partner);
    context.strokeStyle = theme.ink.text;
    context.lineWidth = 2;
    context.setLineDash(joined ? [] : [3, 4]); // dashed: asked for, but there is no edge
    context.beginPath();
    context.moveTo(...place(selected));
    context.lineTo(...place(partner));
    context.stroke();
    context.setLineDash([]);
  }
  for (const at of new Set([selected, partner, node])) {
    if (at < 0 || at >= graph.nodeLayer.length) continue;
    const radius = Math.max(4, radiusOf(layout, t, graph.nodeLayer[at]!) + 1);
    context.fillStyle = theme.ink.surface;
    disc(context, ...place(at), radius + 2.5);
    context.fillStyle = at === selected || at === partner ? theme.ink.accent : theme.ink.text;
    disc(context, ...place(at), radius + 1);
    context.fillStyle = css(theme.colours, graph.nodeLayer[at]!);
    disc(context, ...place(at), radius - 1);
  }
}

/** Numbers beside the channels once rows are far enough apart to hold them. */
function drawChannelNumbers({ context, graph, layout, t, view, theme }: Frame): void {
  context.font = `10px ${theme.ink.font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.fillStyle = theme.ink.muted;
  context.strokeStyle = theme.ink.surface;
  for (const box of layout.boxes) {
    const x = t.ax * box.x + t.bx;
    if (((box.bottom - box.top) / box.channels) * t.ay < 13 || t.ax < 40 || x < -30 || x > view.width) continue;
    for (let node = box.firstNode; node < box.firstNode + box.nodeCount; node++) {
      const y = t.ay * layout.y[node]! + t.by;
      if (y < 0 || y > view.height) continue;
      const radius = nodeRadius(((box.bottom - box.top) / box.channels) * t.ay, t.ax);
      context.strokeText(String(graph.nodeChannel[node]), x + radius + 3, y);
      context.fillText(String(graph.nodeChannel[node]), x + radius + 3, y);
    }
  }
}

/** Names of stacks or cells in a band along the top, each with a thin rule under it, as long as there is room for. */
function drawSpans(
  { context, layout, t, view, theme }: Frame,
  spans: readonly Span[],
  top: number,
  height: number,
  weight: number,
): void {
  context.font = `${weight} 11px ${theme.ink.font}`;
  context.textBaseline = "middle";
  context.textAlign = "left";
  const margin = Math.min(0.45 * layout.pitch * t.ax, 22);
  for (const { words, left: from, right: to } of spans) {
    const left = t.ax * from + t.bx - margin;
    const right = t.ax * to + t.bx + margin;
    if (right < 0 || left > view.width) continue;
    context.fillStyle = theme.ink.surface;
    context.globalAlpha = 0.86;
    context.fillRect(left, top, right - left, height - 1);
    context.globalAlpha = 1;
    context.fillStyle = theme.ink.line;
    context.fillRect(left, top + height - 1, right - left, 1);
    const start = Math.max(left, 0) + 4;
    const room = Math.min(right, view.width) - start - 2;
    const text = words.find((candidate) => textWidth(context, candidate) <= room);
    context.fillStyle = theme.ink.muted;
    if (text) context.fillText(text, start, top + height / 2 - 0.5);
  }
}

const widths = new Map<string, number>();

/** `measureText` remembered: a hundred headers would ask for the same widths every frame. */
function textWidth(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 4000) widths.clear();
    widths.set(key, (width = context.measureText(text).width));
  }
  return width;
}

/** A cap in the operation's colour over each column, its label and its operation's short name. */
function drawHeaders({ context, graph, layout, t, view, theme, highlight }: Frame): HeaderBox[] {
  const starved = new Set(layout.starved);
  const words = graph.layers.map((layer) => {
    const label = starved.has(layer.id) && layer.op !== "none" ? `${layer.label} ∅` : layer.label;
    return [...headerLines(layer).slice(0, -1), label];
  });
  const band = bandHeight(layout);
  const room = layout.pitch * t.ax - 3;
  const font = (lit: boolean, size: number) => (context.font = `${lit ? "700" : "500"} ${size}px ${theme.ink.font}`);
  font(true, 10.5);
  const wide = words.map((lines) => Math.max(...lines.map((line) => textWidth(context, line))));
  // The cell's layers all lie or all stand, or the row would be ragged.
  const flat = graph.layers.every((layer) => layer.kind !== "cell" || wide[layer.id]! <= room + 2);
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  const headers: HeaderBox[] = [];
  for (const layer of graph.layers) {
    const box = layout.boxes[layer.id]!;
    const x = t.ax * box.x + t.bx;
    if (x < -40 || x > view.width + 40) continue;
    const lines = words[layer.id]!;
    const lying = layer.kind === "cell" ? flat : wide[layer.id]! <= room + 2;
    const lit = highlight.layers?.has(layer.id) ?? false;
    font(lit, lying ? 10.5 : room < 9 ? 8.5 : 10);
    const standing = lines.join(" ");
    // On the narrowest screens only the caps are left.
    const high = room < MIN_ROOM ? 0 : lying ? 12 * lines.length : textWidth(context, standing) + 2;
    // A column whose top has left the window keeps its header, under the stack's name and on a ground of its own.
    const top = t.ay * box.top + t.by - 5;
    const base = Math.max(top, band + high + 8);
    if (base > t.ay * box.bottom + t.by || base > view.height + 10) continue;
    if (base > top) {
      context.fillStyle = theme.ink.surface;
      context.globalAlpha = 0.88;
      context.fillRect(x - room / 2 - 1, band, room + 2, base - band + 2);
      context.globalAlpha = 1;
    }
    const cap = Math.min(22, Math.max(4, room));
    context.fillStyle = context.strokeStyle = css(theme.colours, layer.id);
    context.lineWidth = 1;
    if (starved.has(layer.id)) context.strokeRect(x - cap / 2 + 0.5, base - 2.5, cap - 1, 3);
    else context.fillRect(x - cap / 2, base - 3, cap, 4);
    context.strokeStyle = theme.ink.surface;
    context.lineWidth = 3;
    context.save();
    context.translate(lying ? x : x + 3.5, base - 8);
    if (!lying) context.rotate(-Math.PI / 2);
    context.textAlign = lying ? "center" : "left";
    (high === 0 ? [] : lying ? lines : [standing]).forEach((line, index) => {
      context.fillStyle = index === 0 || lit ? theme.ink.text : theme.ink.muted;
      context.strokeText(line, 0, -12 * index);
      context.fillText(line, 0, -12 * index);
    });
    context.restore();
    headers.push({
      layer: layer.id,
      left: x - room / 2 - 1.5,
      right: x + room / 2 + 1.5,
      top: base - 8 - high,
      bottom: base + 4,
    });
  }
  return headers;
}
