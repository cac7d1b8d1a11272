// Where a node of the authors’ graph is in the cell’s editor, and the cell with another operation there.
import { withOp } from "../../space/four-nodes/text.ts";
import { aliveVertices, parseSpec, printSpec, setOp } from "../../space/nasbench101/spec.ts";
import { nodeLabel, parseGenotype, printPair, setPair, targetOf } from "../../space/nds/genotype.ts";
import type { CellInfo, SpaceId } from "../../types.ts";
import type { Place } from "./drawing.tsx";

/** Another operation at a node of the authors’ graph. */
export interface Replacement {
  readonly id: number;
  readonly op: string;
}

export interface OpPlaces {
  /** What the editor has for a node; null for inputs and the output where it has none. */
  place(id: number): Place;
  /** Short name: `0→1`, `vertex 2`, `input 0 → 2`. */
  name(id: number): string;
  /** The cell’s text with another operation there. */
  replaced(replacement: Replacement, ops: readonly string[]): string;
}

/** How many inputs the authors’ graph of a space has. */
const inputs = (space: SpaceId): number => (space.startsWith("nds") ? 2 : 1);

/** The places of a cell’s operations; `info` must be of a space that the predictor covers. */
export function placesOf(info: CellInfo): OpPlaces {
  const { space } = info;
  if (space === "nasbench101") {
    const spec = parseSpec(info.text);
    const alive = aliveVertices(spec);
    /** Vertex of the text, by vertex of the pruned cell. */
    const vertices = spec.ops.flatMap((_, vertex) => (alive[vertex] ? [vertex] : []));
    return {
      place: (id) => ({ cellNode: id }),
      name: (id) => `vertex ${vertices[id] ?? id}`,
      replaced: ({ id, op }) => printSpec(setOp(spec, vertices[id]!, op)),
    };
  }
  const first = inputs(space);
  const edgeOf = (id: number) => {
    const edge = id - first;
    return edge >= 0 && edge < info.edges.length ? edge : null;
  };
  if (space.startsWith("nds")) {
    const genotype = parseGenotype(info.text);
    const { pairs } = genotype.normal;
    return {
      place: (id) => (edgeOf(id) !== null && id - first < pairs.length ? { cellEdge: id - first } : null),
      name: (id) => {
        const pair = pairs[id - first];
        if (!pair) return id < first ? nodeLabel(id) : "output";
        return `${pair[1]}→${targetOf(id - first)}`;
      },
      replaced: ({ id, op }) => {
        const place = id - first;
        return printPair(setPair(genotype, "normal", place, op, pairs[place]![1]));
      },
    };
  }
  return {
    place: (id) => {
      const edge = edgeOf(id);
      return edge === null ? null : { cellEdge: edge };
    },
    name: (id) => {
      const edge = info.edges[id - first];
      return edge ? `${edge.source}→${edge.target}` : id < first ? "input" : "output";
    },
    replaced: ({ id, op }, ops) => withOp(space, info.edges, id - first, op, ops),
  };
}
