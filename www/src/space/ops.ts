// Operations as the page shows them: one colour, dash and glyph each, the same in editor, graph, charts and tables.
// Colours are of the Okabe–Ito set and mean operation and nothing else; label, dash or glyph always go with them.

export interface OpLook {
  readonly id: string;
  /** As in a sentence, e.g. `conv 3×3`. */
  readonly label: string;
  /** For tight places, e.g. `3×3`. */
  readonly short: string;
  /** One line: what it does to the tensor. */
  readonly meaning: string;
  /** Name of the CSS custom property that holds its colour. */
  readonly token: `--op-${string}`;
  /** `stroke-dasharray` and `stroke-width` of an edge of 1 unit weight; null = solid. */
  readonly dash: string | null;
  readonly width: number;
  /** One character that tells it apart without colour. */
  readonly glyph: string;
}

function look(
  id: string,
  label: string,
  short: string,
  glyph: string,
  colour: string,
  dash: string | null,
  width: number,
  meaning: string,
): OpLook {
  return { id, label, short, glyph, token: `--op-${colour}`, dash, width, meaning };
}

const LOOKS: readonly OpLook[] = [
  {
    id: "none",
    label: "none",
    short: "none",
    glyph: "×",
    token: "--op-none",
    dash: "2 5",
    width: 1.5,
    meaning: "No connection: gives zeros.",
  },
  {
    id: "skip_connect",
    label: "skip",
    short: "skip",
    glyph: "→",
    token: "--op-skip",
    dash: null,
    width: 2,
    meaning: "Unchanged; no parameters.",
  },
  {
    id: "nor_conv_1x1",
    label: "conv 1×1",
    short: "1×1",
    glyph: "▪",
    token: "--op-conv1",
    dash: "11 4",
    width: 3.5,
    meaning: "Mixes channels, pixel by pixel.",
  },
  {
    id: "nor_conv_3x3",
    label: "conv 3×3",
    short: "3×3",
    glyph: "▦",
    token: "--op-conv3",
    dash: null,
    width: 5,
    meaning: "Mixes channels and neighbours.",
  },
  {
    id: "avg_pool_3x3",
    label: "avg pool",
    short: "pool",
    glyph: "≈",
    token: "--op-pool",
    dash: "0.1 6",
    width: 4,
    meaning: "3×3 mean of each channel alone.",
  },
  // NAS-Bench-101, whose vertices are convolution, batch norm, ReLU, or a pooling.
  look(
    "conv1x1-bn-relu",
    "conv 1×1",
    "1×1",
    "▪",
    "conv1",
    "11 4",
    3.5,
    "Convolution 1×1, batch norm, ReLU: mixes channels, pixel by pixel.",
  ),
  look(
    "conv3x3-bn-relu",
    "conv 3×3",
    "3×3",
    "▦",
    "conv3",
    null,
    5,
    "Convolution 3×3, batch norm, ReLU: mixes channels and neighbours.",
  ),
  look("maxpool3x3", "max pool", "max", "▲", "pool", "0.1 6", 4, "3×3 maximum of each channel alone."),
  // The NDS spaces.
  look("conv_1x1", "conv 1×1", "1×1", "▪", "conv1", "11 4", 3.5, "Mixes channels, pixel by pixel."),
  look("conv_3x3", "conv 3×3", "3×3", "▦", "conv3", null, 5, "Mixes channels and neighbours."),
  look("conv_3x1_1x3", "conv 1×3, 3×1", "3×1", "╋", "conv3", "16 3 4 3", 4, "A 1×3 convolution, then a 3×1 one."),
  look("conv_7x1_1x7", "conv 1×7, 7×1", "7×1", "╬", "conv3", "16 3 4 3", 5, "A 1×7 convolution, then a 7×1 one."),
  look(
    "sep_conv_3x3",
    "sep conv 3×3",
    "sep 3",
    "◫",
    "sep",
    null,
    3,
    "Each channel alone by 3×3, then channels mixed by 1×1; twice.",
  ),
  look(
    "sep_conv_5x5",
    "sep conv 5×5",
    "sep 5",
    "⊟",
    "sep",
    null,
    4.5,
    "Each channel alone by 5×5, then channels mixed by 1×1; twice.",
  ),
  look(
    "sep_conv_7x7",
    "sep conv 7×7",
    "sep 7",
    "⊞",
    "sep",
    null,
    6,
    "Each channel alone by 7×7, then channels mixed by 1×1; twice.",
  ),
  look(
    "dil_conv_3x3",
    "dil conv 3×3",
    "dil 3",
    "◎",
    "dil",
    "6 4",
    3,
    "Each channel alone by 3×3 with gaps of one pixel, then channels mixed by 1×1.",
  ),
  look(
    "dil_conv_5x5",
    "dil conv 5×5",
    "dil 5",
    "◉",
    "dil",
    "6 4",
    4.5,
    "Each channel alone by 5×5 with gaps of one pixel, then channels mixed by 1×1.",
  ),
  look(
    "dil_sep_conv_3x3",
    "dil sep conv 3×3",
    "dil sep",
    "◍",
    "dil",
    "10 4 2 4",
    3.5,
    "A separable 3×3 convolution with gaps of one pixel.",
  ),
  look("max_pool_3x3", "max pool 3×3", "max 3", "▲", "pool", "0.1 6", 3.5, "3×3 maximum of each channel alone."),
  look("max_pool_5x5", "max pool 5×5", "max 5", "△", "pool", "0.1 7", 4.5, "5×5 maximum of each channel alone."),
  look("max_pool_7x7", "max pool 7×7", "max 7", "▵", "pool", "0.1 8", 5.5, "7×7 maximum of each channel alone."),
  // TransNAS-Bench-101 macro: blocks of two residual units.
  look("block", "block", "block", "▦", "conv3", null, 5, "Two residual units; channels and side stay."),
  look("block, channels × 2", "block, C×2", "C×2", "»", "conv3", "12 3", 5, "Two residual units; twice the channels."),
  look("block, side ÷ 2", "block, S÷2", "S÷2", "÷", "conv3", "4 3", 5, "Two residual units; half the side."),
  look(
    "block, channels × 2, side ÷ 2",
    "block, C×2, S÷2",
    "C×2 S÷2",
    "※",
    "conv3",
    "12 3 4 3",
    5,
    "Two residual units; twice the channels, half the side.",
  ),
  // Layers of the skeleton around the cells, and those that join a cell's parts (see `LayerInfo.op`).
  look("conv", "conv", "conv", "■", "skeleton", null, 3, "A convolution that no cell chooses."),
  look(
    "projection",
    "projection",
    "proj",
    "◇",
    "skeleton",
    null,
    2.5,
    "A 1×1 convolution that brings the cell’s input to a vertex’s channels.",
  ),
  look("pool", "pool", "pool", "▽", "skeleton", null, 2, "A pooling that no cell chooses."),
  look("identity", "identity", "id", "○", "identity", null, 1.5, "Passes the tensor on unchanged."),
];

const BY_ID = new Map(LOOKS.map((look) => [look.id, look]));

/** The look of an operation; one that has none of its own is shown by its name, in the skeleton's colour. */
export function opLook(id: string): OpLook {
  return (
    BY_ID.get(id) ?? {
      id,
      label: id.replaceAll("_", " "),
      short: id.slice(0, 6),
      glyph: "◆",
      token: "--op-skeleton",
      dash: null,
      width: 3,
      meaning: "",
    }
  );
}

/** CSS colour of an operation, for SVG and HTML. */
export function opColour(id: string): string {
  return `var(${opLook(id).token})`;
}

/** The colour as the theme in use resolves it, for canvas and WebGL. Read again when the theme changes. */
export function resolvedColour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}
