// Where the nodes of one half stand: by layers, a node one below the lowest that it reads; within a layer near what they
// read, so that few edges cross.
import { stepsOf, targetOf, type Half } from "./genotype.ts";

export const WIDTH = 276;
export const RADIUS = 13;
const TOP = RADIUS + 3;
/** From input to input: leaves room for their names. */
const INPUTS = 104;
/** From layer to layer; more where many edges end side by side. */
const STEP = { few: 56, many: 78 };

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface HalfLayout {
  /** Inputs 0 and 1, then the nodes. */
  readonly nodes: readonly Point[];
  readonly output: Point;
  readonly height: number;
  /** By place: a curve from rim to rim, the middle of it, and the way it points in at the end (degrees). */
  readonly edges: readonly EdgeShape[];
  /** By node of the concat list: a curve to the output. */
  readonly joins: readonly { node: number; path: string }[];
}

export interface EdgeShape {
  readonly path: string;
  /** Where its label stands. */
  middle: Point;
  readonly tip: Point;
  readonly angle: number;
}

/** Start, control point and end of the curve. */
interface Bow {
  readonly bow: readonly [Point, Point, Point];
}

/** Layer of each node: inputs 0, a node one more than the deepest that it reads. */
export function depths(half: Half): number[] {
  const depth = [0, 0];
  half.pairs.forEach(([, source], place) => {
    const target = targetOf(place);
    depth[target] = Math.max(depth[target] ?? 1, depth[source]! + 1);
  });
  return depth;
}

export function layoutHalf(half: Half, joined: readonly number[]): HalfLayout {
  const depth = depths(half);
  const layers: number[][] = [];
  depth.forEach((layer, node) => (layers[layer] ??= []).push(node));
  const x: number[] = [];
  const sources = (node: number) =>
    half.pairs.filter((_, place) => targetOf(place) === node).map(([, source]) => x[source]!);
  for (const [layer, nodes] of layers.entries()) {
    const wanted = new Map(nodes.map((node) => [node, layer === 0 ? node : mean(sources(node))]));
    const order = [...nodes].sort((a, b) => wanted.get(a)! - wanted.get(b)! || a - b);
    const gap = Math.min(92, (WIDTH - 2 * RADIUS - 28) / Math.max(1, nodes.length - 1));
    // Odd layers stand a little to the side, so that straight edges do not run through nodes.
    const shift = nodes.length === 1 && layer > 0 ? (layer % 2 === 0 ? -34 : 34) : 0;
    order.forEach(
      (node, place) => (x[node] = WIDTH / 2 + shift + (place - (nodes.length - 1) / 2) * (layer === 0 ? INPUTS : gap)),
    );
  }
  const y = [TOP];
  for (const layer of layers.slice(1)) y.push(y.at(-1)! + (layer.length > 3 ? STEP.many : STEP.few));
  const nodes = depth.map((layer, node) => ({ x: x[node]!, y: y[layer]! }));
  const bottom = y.at(-1)! + STEP.few;
  const output = { x: WIDTH / 2, y: bottom };
  const twins = half.pairs.map(([, source], place) => {
    const other = half.pairs[place ^ 1];
    return other !== undefined && other[1] === source ? (place % 2 === 0 ? -1 : 1) : 0;
  });
  const taken: Point[] = [...nodes];
  const edges = half.pairs.map(([, source], place) => {
    const shape = curve(nodes[source]!, nodes[targetOf(place)]!, twins[place]!, nodes, [source, targetOf(place)]);
    shape.middle = labelPoint(shape, taken);
    taken.push(shape.middle);
    return shape;
  });
  const joins = joined
    .filter((node) => node < stepsOf(half) + 2)
    .map((node) => ({ node, path: join(nodes[node]!, output) }));
  return { nodes, output, height: bottom + RADIUS + 3, edges, joins };
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** A curve that leaves downwards and comes in from above, out of the way of other nodes; `twin` parts two edges of one pair. */
function curve(
  from: Point,
  to: Point,
  twin: number,
  nodes: readonly Point[],
  ends: readonly number[],
): EdgeShape & Bow {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  // A node in the way pushes the curve to its other side.
  let push = twin * 16;
  nodes.forEach((node, at) => {
    if (ends.includes(at) || node.y <= from.y || node.y >= to.y) return;
    const off = from.x + dx * ((node.y - from.y) / dy) + push - node.x;
    if (Math.abs(off) < RADIUS + 8) push += (off < 0 ? -1 : 1) * (RADIUS + 12 - Math.abs(off)) * 1.5;
  });
  const bent = { x: (from.x + to.x) / 2 + push * 1.3, y: (from.y + to.y) / 2 };
  const start = toward(from, bent, RADIUS + 1);
  const tip = toward(to, bent, RADIUS + 1);
  const end = toward(to, bent, RADIUS + 7);
  return {
    path: `M${round(start.x)} ${round(start.y)}Q${round(bent.x)} ${round(bent.y)} ${round(end.x)} ${round(end.y)}`,
    bow: [start, bent, end],
    middle: bent,
    tip: { x: round(tip.x), y: round(tip.y) },
    angle: round((Math.atan2(to.y - bent.y, to.x - bent.x) * 180) / Math.PI),
  };
}

/** Room that a label needs around its centre. */
const LABEL = 20;

/** The point of a curve, near its middle if it can be, that is farthest from what stands already. */
function labelPoint({ bow: [start, bent, end] }: Bow, taken: readonly Point[]): Point {
  const at = (t: number): Point => {
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return { x: round(a * start.x + b * bent.x + c * end.x), y: round(a * start.y + b * bent.y + c * end.y) };
  };
  const room = (point: Point) =>
    Math.min(LABEL, ...taken.map((other) => Math.hypot(point.x - other.x, point.y - other.y)));
  return [0.5, 0.42, 0.58, 0.34, 0.66, 0.26]
    .map(at)
    .reduce((best, point) => (room(point) > room(best) + 0.5 ? point : best));
}

function join(from: Point, to: Point): string {
  const start = toward(from, { x: from.x, y: from.y + 1 }, RADIUS + 1);
  return `M${round(start.x)} ${round(start.y)}C${round(from.x)} ${round(to.y - 24)} ${round(to.x)} ${round(to.y - 36)} ${round(to.x)} ${round(to.y - 11)}`;
}

/** The point `distance` away from one towards another. */
function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) / length) * distance, y: from.y + ((to.y - from.y) / length) * distance };
}

const round = (value: number): number => Math.round(value * 10) / 10;
