// Named cells, by the designs of which they remind.
import type { Preset } from "../editor.ts";
import { edgesOf, printSpec, toggleEdge, type Edge, type Spec } from "./spec.ts";

const NAMES = { 3: "conv3x3-bn-relu", 1: "conv1x1-bn-relu", p: "maxpool3x3" } as const;

/** A cell from the operations of its interior vertices and its edges. */
function cell(interior: readonly (keyof typeof NAMES)[], edges: readonly Edge[]): string {
  const ops = ["input", ...interior.map((op) => NAMES[op]), "output"];
  const empty: Spec = { ops, rows: ops.map(() => ops.map(() => false)) };
  const spec = edges.reduce((made, [source, target]) => toggleEdge(made, source, target), empty);
  if (edgesOf(spec).length !== edges.length) throw new Error("an edge is given twice");
  return printSpec(spec);
}

export const PRESETS: readonly Preset[] = [
  {
    label: "ResNet-like",
    hint: "two 3×3 convolutions beside a skip",
    cell: cell(
      [3, 3],
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [0, 3],
      ],
    ),
  },
  {
    label: "Bottleneck",
    hint: "1×1, 3×3, 1×1 beside a skip, as in deeper ResNets",
    cell: cell(
      [1, 3, 1],
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
        [0, 4],
      ],
    ),
  },
  {
    label: "Inception-like",
    hint: "four branches side by side: 1×1; 1×1, 3×3; 3×3, 3×3; pool",
    cell: cell(
      [1, 3, 3, 3, "p"],
      [
        [0, 1],
        [1, 2],
        [0, 3],
        [3, 4],
        [0, 5],
        [2, 6],
        [4, 6],
        [5, 6],
        [1, 6],
      ],
    ),
  },
  {
    label: "Dense-like",
    hint: "each vertex feeds all that follow",
    cell: cell(
      [3, 3],
      [
        [0, 1],
        [0, 2],
        [0, 3],
        [1, 2],
        [1, 3],
        [2, 3],
      ],
    ),
  },
  { label: "No operation", hint: "the input alone, by a 1×1 projection", cell: cell([], [[0, 1]]) },
];
