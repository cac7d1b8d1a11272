// Where vertices and edges stand: vertices in a column, in their order; an edge to the next one straight down, a longer one
// as an arc on that side where it crosses fewer others, shorter arcs inside longer ones.
import type { Edge } from "./spec.ts";

export const WIDTH = 276;
export const PILL = { width: 112, height: 30 };
const TOP = PILL.height / 2 + 3;
const STEP = 54;
const AXIS = WIDTH / 2;
/** Room for arcs on each side. */
const ROOM = AXIS - PILL.width / 2 - 8;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface EdgeShape {
  readonly edge: Edge;
  /** SVG path from rim to rim. */
  readonly path: string;
  readonly middle: Point;
  /** Tip of the head, and where it points, in degrees from the x axis. */
  readonly tip: Point;
  readonly angle: number;
}

export function vertexPoint(vertex: number): Point {
  return { x: AXIS, y: TOP + vertex * STEP };
}

export function heightOf(vertices: number): number {
  return 2 * TOP + (vertices - 1) * STEP;
}

const crosses = ([a, b]: Edge, [c, d]: Edge): boolean => (a < c && c < b && b < d) || (c < a && a < d && d < b);
const inside = ([a, b]: Edge, [c, d]: Edge): boolean => c <= a && b <= d;

interface Arc {
  edge: Edge;
  side: 1 | -1;
  /** 1 = next to the column. */
  level: number;
}

/** Sides and levels of the arcs, short ones first. */
function placeArcs(edges: readonly Edge[]): Arc[] {
  const arcs: Arc[] = [];
  const byLength = [...edges].sort((a, b) => a[1] - a[0] - (b[1] - b[0]) || a[0] - b[0]);
  for (const edge of byLength) {
    const cost = (side: number) => {
      const there = arcs.filter((arc) => arc.side === side);
      return 10 * there.filter((arc) => crosses(arc.edge, edge)).length + there.length;
    };
    const side = cost(1) <= cost(-1) ? 1 : -1;
    const below = arcs.filter((arc) => arc.side === side && (inside(arc.edge, edge) || crosses(arc.edge, edge)));
    arcs.push({ edge, side, level: 1 + Math.max(0, ...below.map((arc) => arc.level)) });
  }
  return arcs;
}

export function edgeShapes(edges: readonly Edge[]): EdgeShape[] {
  const arcs = placeArcs(edges.filter(([source, target]) => target - source > 1));
  const levels = Math.max(1, ...arcs.map((arc) => arc.level));
  const gap = Math.min(17, (ROOM - 14) / Math.max(1, levels - 1));
  return edges.map((edge) => {
    const [from, to] = [vertexPoint(edge[0]), vertexPoint(edge[1])];
    const arc = arcs.find((candidate) => candidate.edge === edge);
    if (!arc) {
      const tip = { x: AXIS, y: to.y - PILL.height / 2 - 1 };
      return {
        edge,
        path: `M${AXIS} ${from.y + PILL.height / 2}V${tip.y - 7}`,
        middle: { x: AXIS, y: (from.y + to.y) / 2 },
        tip,
        angle: 90,
      };
    }
    const rim = AXIS + (arc.side * PILL.width) / 2;
    const x = rim + arc.side * (14 + gap * (arc.level - 1));
    const [start, end] = [from.y + 6, to.y - 6];
    const tip = { x: rim + arc.side, y: end };
    const bend = (y: number) => `${x} ${y}`;
    return {
      edge,
      path: `M${rim} ${start}C${bend(start)} ${bend(start + 4)} ${bend(start + 18)}V${end - 18}C${bend(end - 4)} ${bend(end)} ${tip.x + arc.side * 7} ${end}`,
      middle: { x, y: (start + end) / 2 },
      tip,
      angle: arc.side > 0 ? 180 : 0,
    };
  });
}
