// Published genotypes. Each is offered in every NDS space that has its operations.
import { AMOEBANET_A, DARTS_V1, DARTS_V2, ENAS, NASNET_A, PNASNET } from "./genotypes.ts";
import type { Preset } from "../editor.ts";
import { parseGenotype } from "./genotype.ts";

function published(label: string, hint: string, cell: string): Preset {
  const { normal, reduce } = parseGenotype(cell);
  const uses = [...new Set([...normal.pairs, ...reduce.pairs].map(([op]) => op))];
  return { label, hint, cell, uses };
}

export const PRESETS: readonly Preset[] = [
  published("DARTS v1", "first order; Liu et al. 2019", DARTS_V1),
  published("DARTS v2", "second order; Liu et al. 2019", DARTS_V2),
  published("ENAS", "Pham et al. 2018", ENAS),
  published("PNASNet-5", "both cells the same; Liu et al. 2018", PNASNET),
  published("NASNet-A", "Zoph et al. 2018", NASNET_A),
  published("AmoebaNet-A", "Real et al. 2019", AMOEBANET_A),
];
