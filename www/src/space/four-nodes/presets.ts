// Named cells of four nodes.
import type { Preset } from "../editor.ts";

export const NASBENCH201_PRESETS: readonly Preset[] = [
  {
    label: "All conv 3×3",
    hint: "the most parameters of the space",
    cell: "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|",
  },
  {
    label: "Residual-like",
    hint: "two convolutions beside a skip",
    cell: "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|skip_connect~2|",
  },
  {
    label: "ε undefined",
    hint: "three convolutions in a row and no way around them",
    cell: "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|none~0|none~1|nor_conv_3x3~2|",
  },
];

export const MICRO_PRESETS: readonly Preset[] = [
  { label: "All conv 3×3", hint: "the most parameters of the space", cell: "64-41414-3_33_333" },
  { label: "Residual-like", hint: "two convolutions beside a skip", cell: "64-41414-3_03_101" },
  { label: "A chain", hint: "three convolutions in a row", cell: "64-41414-3_03_003" },
  { label: "Only skips", hint: "the stage's own reduction is all that computes", cell: "64-41414-1_11_111" },
];
