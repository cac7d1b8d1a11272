// A NAS-Bench-101 cell as the editor changes it: vertices that carry operations, edges from lower to higher ones. The rules
// here decide in the same frame whether an edit is a cell of the space; the module judges every text again.

export const MOST_VERTICES = 7;
export const MOST_EDGES = 9;
/** Operation of a new vertex. */
const NEW_OP = "conv3x3-bn-relu";

export interface Spec {
  /** Operations, `input` first and `output` last. */
  readonly ops: readonly string[];
  /** By source, whether each target is fed. */
  readonly rows: readonly (readonly boolean[])[];
}

export type Edge = readonly [source: number, target: number];

/** Reads `V:ADJACENCY:op|op|…` in printed form. */
export function parseSpec(text: string): Spec {
  const [, bits = "", names = ""] = text.split(":");
  const ops = names.split("|");
  const rows = ops.map((_, source) => ops.map((_, target) => bits[source * ops.length + target] === "1"));
  return { ops, rows };
}

export function printSpec({ ops, rows }: Spec): string {
  return `${ops.length}:${rows.flat().map(Number).join("")}:${ops.join("|")}`;
}

export function edgesOf({ rows }: Spec): Edge[] {
  return rows.flatMap((row, source) => row.flatMap((fed, target): Edge[] => (fed ? [[source, target]] : [])));
}

/** Which vertices lie on a path from input to output. */
export function aliveVertices({ rows }: Spec): boolean[] {
  const last = rows.length - 1;
  const forward = rows.map((_, vertex) => vertex === 0);
  const backward = rows.map((_, vertex) => vertex === last);
  for (let target = 1; target <= last; target++)
    forward[target] = rows.some((row, source) => row[target]! && forward[source]!);
  for (let source = last - 1; source >= 0; source--)
    backward[source] = rows[source]!.some((fed, target) => fed && backward[target]!);
  return forward.map((reached, vertex) => reached && backward[vertex]!);
}

/** Edges that pruning keeps. */
export function aliveEdges(spec: Spec): Edge[] {
  const alive = aliveVertices(spec);
  return edgesOf(spec).filter(([source, target]) => alive[source] && alive[target]);
}

/** What keeps this from being a cell of the space, or null. */
export function problemOf(spec: Spec): string | null {
  const edges = aliveEdges(spec).length;
  if (edges === 0) return "No path joins the input and the output.";
  if (edges > MOST_EDGES) return `${edges} edges count; at most ${MOST_EDGES} may.`;
  return null;
}

/** Adds an edge between two vertices, from the lower to the higher, or takes it away. */
export function toggleEdge({ ops, rows }: Spec, a: number, b: number): Spec {
  const [from, to] = a < b ? [a, b] : [b, a];
  return {
    ops,
    rows: rows.map((row, source) => row.map((fed, target) => (source === from && target === to ? !fed : fed))),
  };
}

export function setOp({ ops, rows }: Spec, vertex: number, op: string): Spec {
  return { ops: ops.map((old, position) => (position === vertex ? op : old)), rows };
}

/** The spec with its vertices renumbered: `order[new]` is the old number, or −1 for a vertex without edges. */
function reorder({ ops, rows }: Spec, order: readonly number[]): Spec {
  return {
    ops: order.map((old) => ops[old] ?? NEW_OP),
    rows: order.map((source) => order.map((target) => rows[source]?.[target] ?? false)),
  };
}

/** A new vertex before the output, joined with input and output where the edges allow it. */
export function addVertex(spec: Spec): Spec {
  const last = spec.ops.length - 1;
  const added = reorder(spec, [...Array(last).keys(), -1, last]);
  const joined = toggleEdge(toggleEdge(added, 0, last), last, last + 1);
  return problemOf(joined) === null ? joined : added;
}

/** Takes a vertex out. If that cut the output off, what fed the vertex now feeds what it fed. */
export function removeVertex(spec: Spec, vertex: number): Spec {
  const without = reorder(
    spec,
    [...spec.ops.keys()].filter((old) => old !== vertex),
  );
  if (aliveEdges(without).length > 0) return without;
  let bridged = spec;
  for (const source of spec.rows.keys()) {
    for (const target of spec.rows.keys()) {
      if (spec.rows[source]![vertex] && spec.rows[vertex]![target] && !spec.rows[source]![target])
        bridged = toggleEdge(bridged, source, target);
    }
  }
  return reorder(
    bridged,
    [...spec.ops.keys()].filter((old) => old !== vertex),
  );
}

/** What keeps a vertex from changing places with its neighbour above (−1) or below (1), or null. */
export function moveProblem({ ops, rows }: Spec, vertex: number, by: 1 | -1): string | null {
  const other = vertex + by;
  const last = ops.length - 1;
  if (vertex < 1 || vertex >= last) return "input and output keep their places";
  if (other < 1 || other >= last) return `it is the ${by < 0 ? "first" : "last"}`;
  return rows[Math.min(vertex, other)]![Math.max(vertex, other)] ? `an edge joins it with vertex ${other}` : null;
}

/** Changes places with a neighbour; the graph stays the same. */
export function moveVertex(spec: Spec, vertex: number, by: 1 | -1): Spec {
  if (moveProblem(spec, vertex, by) !== null) return spec;
  const order = [...spec.ops.keys()];
  [order[vertex], order[vertex + by]] = [vertex + by, vertex];
  return reorder(spec, order);
}

/** Number of each vertex in the pruned cell; null for one that is pruned. */
export function prunedNumbers(spec: Spec): (number | null)[] {
  let count = 0;
  return aliveVertices(spec).map((alive) => (alive ? count++ : null));
}

export function vertexName({ ops }: Pick<Spec, "ops">, vertex: number): string {
  return vertex === 0 ? "input" : vertex === ops.length - 1 ? "output" : `vertex ${vertex}`;
}

/** Turns `ModelSpec(matrix=[…], ops=[…])`, as `nasbench` code writes a cell, into JSON, which the module reads. */
export function cleanText(text: string): string {
  const [, body] = /^[\w\s.=]*ModelSpec\s*\(([\s\S]*?)\)?\s*$/.exec(text.slice(0, 8000)) ?? [];
  if (body === undefined) return text;
  const names: Record<string, string> = {
    INPUT: "input",
    OUTPUT: "output",
    CONV3X3: NEW_OP,
    CONV1X1: "conv1x1-bn-relu",
    MAXPOOL3X3: "maxpool3x3",
  };
  const json = body
    .replace(/#[^\n]*/g, "")
    .replace(/\b(INPUT|OUTPUT|CONV3X3|CONV1X1|MAXPOOL3X3)\b/g, (name) => `"${names[name]}"`)
    .replace(/\b(matrix|ops)\s*=/g, '"$1":')
    .replaceAll("'", '"')
    .replace(/,(\s*)(?=[\]}]|$)/g, "$1");
  return `{${json.trim().replace(/,$/, "")}}`;
}
