// Text of an edited cell, written without asking the module, so that an edge changes in the same frame.
import type { CellEdge, SpaceId } from "../../types.ts";

/** Prints edges as the space does, `ops` being its operations in order; `describe` remains the judge of the result. */
export function printEdges(space: SpaceId, edges: readonly CellEdge[], ops: readonly string[]): string {
  const intoNode = new Map<number, CellEdge[]>();
  for (const edge of edges) intoNode.set(edge.target, [...(intoNode.get(edge.target) ?? []), edge]);
  const groups = [...intoNode.values()];
  return space === "transnas101-micro"
    ? `64-41414-${groups.map((group) => group.map(({ op }) => ops.indexOf(op)).join("")).join("_")}`
    : groups.map((group) => `|${group.map(({ op, source }) => `${op}~${source}|`).join("")}`).join("+");
}

/** The text with the operation of one edge changed. */
export function withOp(
  space: SpaceId,
  edges: readonly CellEdge[],
  edge: number,
  op: string,
  ops: readonly string[],
): string {
  return printEdges(
    space,
    edges.map((old, position) => (position === edge ? { ...old, op } : old)),
    ops,
  );
}
