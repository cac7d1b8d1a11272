// Where the nodes of an operator graph stand: a row for each number of steps from the input, edges straight down, and around
// the nodes of the rows between where they are longer (as layered drawings do, with a place kept free in each row).

export type Link = readonly [source: number, target: number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface OpLayout {
  readonly width: number;
  readonly height: number;
  /** Centre of each node. */
  readonly nodes: readonly Point[];
  /** SVG path of each link, from the rim of its source to that of its target, in the order given. */
  readonly paths: readonly string[];
  /** Row of each node. */
  readonly rows: readonly number[];
}

export const PILL = { width: 120, height: 34 };
const COLUMN = PILL.width + 8;
/** Width of the place that a passing edge keeps free. */
const LANE = 26;
const ROW = 66;
const MARGIN = 12;

/** Longest number of steps from a node without predecessors, by node. `links` must go from lower to higher nodes. */
export function depths(nodes: number, links: readonly Link[]): number[] {
  const depth = new Array<number>(nodes).fill(0);
  const ordered = [...links].sort((a, b) => a[0] - b[0]);
  for (const [source, target] of ordered) depth[target] = Math.max(depth[target]!, depth[source]! + 1);
  return depth;
}

interface Place {
  /** The node, or −1 − the link that passes. */
  id: number;
  width: number;
  x: number;
}

/** Lays the graph out. Cost O(rows · nodes²) for the few nodes that a cell has. */
export function layOut(nodes: number, links: readonly Link[]): OpLayout {
  const rows = depths(nodes, links);
  const count = Math.max(0, ...rows) + 1;
  const grid: Place[][] = Array.from({ length: count }, () => []);
  rows.forEach((row, node) => grid[row]!.push({ id: node, width: COLUMN, x: 0 }));
  /** What each link goes through, from source to target: the node, a place in each row between, the node. */
  const chains = links.map(([source, target], link) => {
    const between: Place[] = [];
    for (let row = rows[source]! + 1; row < rows[target]!; row++) {
      const place = { id: -1 - link, width: LANE, x: 0 };
      grid[row]!.push(place);
      between.push(place);
    }
    return between;
  });
  const placeOf = (node: number) => grid[rows[node]!]!.find(({ id }) => id === node)!;
  const chain = links.map(([source, target], link) => [placeOf(source), ...chains[link]!, placeOf(target)]);
  settle(grid, chain);

  const widths = grid.map((row) => row.reduce((sum, { width }) => sum + width, 0));
  const width = Math.max(...widths) + 2 * MARGIN;
  const y = (row: number) => MARGIN + PILL.height / 2 + row * ROW;
  const paths = chain.map((places, link) => {
    const first = rows[links[link]![0]]!;
    const points = places.map(({ x }, step) => ({ x, y: y(first + step) }));
    return pathOf(points);
  });
  return {
    width,
    height: 2 * MARGIN + PILL.height + (count - 1) * ROW,
    rows,
    paths,
    nodes: rows.map((row, node) => ({ x: placeOf(node).x, y: y(row) })),
  };
}

/** Orders each row by the mean place of its neighbours, down and up a few times, then centres the rows. */
function settle(grid: Place[][], chains: readonly (readonly Place[])[]): void {
  const above = new Map<Place, Place[]>();
  const below = new Map<Place, Place[]>();
  const join = (map: Map<Place, Place[]>, from: Place, to: Place) => map.set(from, [...(map.get(from) ?? []), to]);
  for (const places of chains) {
    for (let step = 1; step < places.length; step++) {
      join(above, places[step]!, places[step - 1]!);
      join(below, places[step - 1]!, places[step]!);
    }
  }
  const widest = Math.max(...grid.map((row) => row.reduce((sum, { width }) => sum + width, 0)));
  const spread = (row: Place[]) => {
    let x = MARGIN + (widest - row.reduce((sum, { width }) => sum + width, 0)) / 2;
    for (const place of row) {
      place.x = x + place.width / 2;
      x += place.width;
    }
  };
  grid.forEach(spread);
  for (let turn = 0; turn < 4; turn++) {
    const down = turn % 2 === 0;
    for (const row of down ? grid : [...grid].reverse()) {
      const mean = new Map(
        row.map((place) => {
          const others = (down ? above : below).get(place) ?? [];
          return [place, others.length > 0 ? others.reduce((sum, { x }) => sum + x, 0) / others.length : place.x];
        }),
      );
      row.sort((a, b) => mean.get(a)! - mean.get(b)!);
      spread(row);
    }
  }
}

/** Down from the first point's lower rim to the last one's upper rim, upright where it passes a row between. */
function pathOf(points: readonly Point[]): string {
  const [start, ...rest] = points as [Point, ...Point[]];
  let from = { x: start.x, y: start.y + PILL.height / 2 };
  let path = `M${round(from.x)} ${round(from.y)}`;
  rest.forEach((point, step) => {
    const last = step === rest.length - 1;
    const to = { x: point.x, y: point.y - PILL.height / 2 - (last ? 7 : 0) };
    const bend = (to.y - from.y) / 2;
    path += `C${round(from.x)} ${round(from.y + bend)} ${round(to.x)} ${round(to.y - bend)} ${round(to.x)} ${round(to.y)}`;
    from = to;
    if (last) return;
    from = { x: to.x, y: to.y + PILL.height };
    path += `V${round(from.y)}`;
  });
  return path;
}

const round = (value: number): number => Math.round(value * 10) / 10;
