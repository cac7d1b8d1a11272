// Text of an edited cell, written without asking the module, so that an edge changes in the same frame.
import type { CellEdge, SpaceId } from "../types.ts";

/** Prints edges as the space does; `describe` remains the judge of the result. */
export function printEdges(space: SpaceId, edges: readonly CellEdge[]): string {
  switch (space) {
    case "nasbench201": {
      const byTarget = new Map<number, string[]>();
      for (const { source, target, op } of edges) {
        byTarget.set(target, [...(byTarget.get(target) ?? []), `${op}~${source}`]);
      }
      return [...byTarget.values()].map((group) => `|${group.join("|")}|`).join("+");
    }
    default:
      throw new Error(`cells of ${space} are not written as edges`);
  }
}

/** The text with the operation of one edge changed. */
export function withOp(space: SpaceId, edges: readonly CellEdge[], edge: number, op: string): string {
  return printEdges(space, edges.map((old, position) => (position === edge ? { ...old, op } : old)));
}
