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

const LOOKS: readonly OpLook[] = [
  {
    id: "none", label: "none", short: "none", glyph: "×", token: "--op-none", dash: "2 5", width: 1.5,
    meaning: "No connection: gives zeros.",
  },
  {
    id: "skip_connect", label: "skip", short: "skip", glyph: "→", token: "--op-skip", dash: null, width: 2,
    meaning: "Unchanged; no parameters.",
  },
  {
    id: "nor_conv_1x1", label: "conv 1×1", short: "1×1", glyph: "▪", token: "--op-conv1", dash: "11 4", width: 3.5,
    meaning: "Mixes channels, pixel by pixel.",
  },
  {
    id: "nor_conv_3x3", label: "conv 3×3", short: "3×3", glyph: "▦", token: "--op-conv3", dash: null, width: 5,
    meaning: "Mixes channels and neighbours.",
  },
  {
    id: "avg_pool_3x3", label: "avg pool", short: "pool", glyph: "≈", token: "--op-pool", dash: "0.1 6", width: 4,
    meaning: "3×3 mean of each channel alone.",
  },
  // Layers of the skeleton around the cells (see `LayerInfo.op`).
  {
    id: "conv", label: "conv", short: "conv", glyph: "■", token: "--op-skeleton", dash: null, width: 3,
    meaning: "A convolution of the network's skeleton, the same for every cell.",
  },
  {
    id: "identity", label: "identity", short: "id", glyph: "○", token: "--op-identity", dash: null, width: 1.5,
    meaning: "Passes the tensor on unchanged.",
  },
];

const BY_ID = new Map(LOOKS.map((look) => [look.id, look]));

/** The look of an operation; one that has none of its own is shown by its name, in the skeleton's colour. */
export function opLook(id: string): OpLook {
  return (
    BY_ID.get(id) ?? {
      id, label: id.replaceAll("_", " "), short: id.slice(0, 6), glyph: "◆", token: "--op-skeleton", dash: null, width: 3,
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
