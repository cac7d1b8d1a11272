// Published genotypes, in the module's printed form. Facts only, from the code that published them:
// - DARTS v1, v2: Liu et al. 2019, arXiv 1806.09055; NASNet-A: Zoph et al. 2018, arXiv 1707.07012; AmoebaNet-A: Real et al.
//   2019, arXiv 1802.01548; all as in quark0/darts, cnn/genotypes.py, and facebookresearch/unnas (the code base of NDS),
//   pycls/models/nas/genotypes.py.
// - PNASNet-5: Liu et al. 2018, arXiv 1712.00559, by its first author's chenxi116/PNASNet.pytorch, genotypes.py.
// - ENAS: Pham et al. 2018, arXiv 1802.03268, the `fixed_arc` of melodyguan/enas, scripts/cifar10_micro_final.sh; its output
//   concatenates the nodes that no other node reads.

/** One cell: node after node its two operations, each with the node that it reads. */
type Pairs = readonly (readonly [op: string, source: number])[];

/** Prints a genotype as the module does. */
export function printGenotype(
  normal: Pairs,
  normalConcat: readonly number[],
  reduce: Pairs,
  reduceConcat: readonly number[],
): string {
  const pairs = (list: Pairs) => `[${list.map(([op, source]) => `["${op}", ${source}]`).join(", ")}]`;
  const numbers = (list: readonly number[]) => `[${list.join(", ")}]`;
  return `{"normal": ${pairs(normal)}, "normal_concat": ${numbers(normalConcat)}, "reduce": ${pairs(reduce)}, "reduce_concat": ${numbers(reduceConcat)}}`;
}

const [sep3, sep5, sep7, dil3, skip, max, avg] = [
  "sep_conv_3x3",
  "sep_conv_5x5",
  "sep_conv_7x7",
  "dil_conv_3x3",
  "skip_connect",
  "max_pool_3x3",
  "avg_pool_3x3",
] as const;

export const DARTS_V1 = printGenotype(
  [
    [sep3, 1],
    [sep3, 0],
    [skip, 0],
    [sep3, 1],
    [skip, 0],
    [sep3, 1],
    [sep3, 0],
    [skip, 2],
  ],
  [2, 3, 4, 5],
  [
    [max, 0],
    [max, 1],
    [skip, 2],
    [max, 0],
    [max, 0],
    [skip, 2],
    [skip, 2],
    [avg, 0],
  ],
  [2, 3, 4, 5],
);

export const DARTS_V2 = printGenotype(
  [
    [sep3, 0],
    [sep3, 1],
    [sep3, 0],
    [sep3, 1],
    [sep3, 1],
    [skip, 0],
    [skip, 0],
    [dil3, 2],
  ],
  [2, 3, 4, 5],
  [
    [max, 0],
    [max, 1],
    [skip, 2],
    [max, 1],
    [max, 0],
    [skip, 2],
    [skip, 2],
    [max, 1],
  ],
  [2, 3, 4, 5],
);

export const ENAS = printGenotype(
  [
    [avg, 0],
    [sep3, 0],
    [skip, 0],
    [sep5, 0],
    [skip, 0],
    [sep5, 1],
    [sep3, 1],
    [sep5, 0],
    [avg, 0],
    [sep5, 1],
  ],
  [2, 3, 4, 5, 6],
  [
    [sep3, 1],
    [sep3, 1],
    [max, 0],
    [avg, 0],
    [sep5, 1],
    [sep5, 3],
    [sep3, 1],
    [skip, 0],
    [max, 0],
    [sep5, 1],
  ],
  [2, 4, 5, 6],
);

const PNAS_CELL: Pairs = [
  [sep5, 0],
  [max, 0],
  [sep7, 1],
  [max, 1],
  [sep5, 1],
  [sep3, 1],
  [sep3, 4],
  [max, 1],
  [sep3, 0],
  [skip, 1],
];
/** Both cells are the same. */
export const PNASNET = printGenotype(PNAS_CELL, [2, 3, 4, 5, 6], PNAS_CELL, [2, 3, 4, 5, 6]);

export const NASNET_A = printGenotype(
  [
    [sep5, 1],
    [sep3, 0],
    [sep5, 0],
    [sep3, 0],
    [avg, 1],
    [skip, 0],
    [avg, 0],
    [avg, 0],
    [sep3, 1],
    [skip, 1],
  ],
  [2, 3, 4, 5, 6],
  [
    [sep5, 1],
    [sep7, 0],
    [max, 1],
    [sep7, 0],
    [avg, 1],
    [sep5, 0],
    [skip, 3],
    [avg, 2],
    [sep3, 2],
    [max, 1],
  ],
  [4, 5, 6],
);

export const AMOEBANET_A = printGenotype(
  [
    [avg, 0],
    [max, 1],
    [sep3, 0],
    [sep5, 2],
    [sep3, 0],
    [avg, 3],
    [sep3, 1],
    [skip, 1],
    [skip, 0],
    [avg, 1],
  ],
  [4, 5, 6],
  [
    [avg, 0],
    [sep3, 1],
    [max, 0],
    [sep7, 2],
    [sep7, 0],
    [avg, 1],
    [max, 0],
    [max, 1],
    ["conv_7x1_1x7", 0],
    [sep3, 5],
  ],
  [3, 4, 6],
);
