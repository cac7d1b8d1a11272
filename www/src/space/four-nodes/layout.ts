// Where the nodes and edges of a small cell stand: nodes in a column, an edge to the next node straight down, longer
// ones as arcs, alternately left and right, so that no two of four nodes' edges cross.
import type { CellEdge } from "../../types.ts";

export const WIDTH = 276;
export const RADIUS = 17;
const TOP = 22;
const STEP = 88;
const AXIS = 174;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface EdgeShape {
  /** SVG path from the rim of the source to the rim of the target. */
  readonly path: string;
  /** Centre of its label. */
  readonly label: Point;
}

export function nodePoint(node: number): Point {
  return { x: AXIS, y: TOP + node * STEP };
}

export function heightOf(nodes: number): number {
  return TOP + (nodes - 1) * STEP + RADIUS + 5;
}

/** How far an arc swings out from the axis, by how many nodes it spans and where it starts. */
function swing({ source, target }: CellEdge): number {
  const span = target - source;
  if (span === 1) return 0;
  if (span === 2) return source % 2 === 0 ? -62 : 62;
  return -134;
}

export function edgeShape(edge: CellEdge): EdgeShape {
  const from = nodePoint(edge.source);
  const to = nodePoint(edge.target);
  const out = swing(edge);
  const middle = (from.y + to.y) / 2;
  if (out === 0) {
    return {
      path: `M${from.x} ${from.y + RADIUS + 2}V${to.y - RADIUS - 8}`,
      label: { x: AXIS, y: middle - 3 },
    };
  }
  // Leaves and enters at a slant, runs straight down in between.
  const side = Math.sign(out);
  const dx = side * RADIUS;
  const x = AXIS + out;
  const start = { x: from.x + dx * 1.05, y: from.y + 6 };
  const end = { x: to.x + dx * 1.35, y: to.y - 9 };
  const bend = Math.min(Math.abs(out), STEP * 0.62);
  return {
    path: [
      `M${start.x} ${start.y}`,
      `C${x - side * 12} ${start.y + 8} ${x} ${start.y + bend * 0.45} ${x} ${start.y + bend}`,
      `V${end.y - bend}`,
      `C${x} ${end.y - bend * 0.4} ${x - side * 12} ${end.y - 10} ${end.x} ${end.y}`,
    ].join(""),
    label: { x, y: middle },
  };
}
