// Level of detail: which edges are drawn one by one, which as ribbons, and how opaque. Pure.
import type { Bundle, Layout } from "./layout.ts";
import type { Transform, Viewport } from "./camera.ts";

export interface Detail {
  /** Opacity of one line into each layer, emphasis included. */
  opacity: Float32Array;
  /** 1 where the layer's edges are drawn as ribbons. */
  ribbon: Uint8Array;
  /** Ranges of edges to draw as lines, ascending. */
  runs: [number, number][];
  /** Bundles (by position) to draw as ribbons. */
  ribbons: number[];
  lines: number;
}

/** Lines a pixel of height above which single edges cannot be told apart. */
const SATURATED = 26;
/** Least opacity of a line: fainter ones lose their hue to the rounding of 8-bit colours. */
const FAINTEST = 0.016;
/** Distance of columns up to which a layer's lines are drawn at full strength. */
const NEAR = 8;
/** Most lines in one picture; beyond it the densest layers become ribbons. */
export const LINE_BUDGET = 150_000;

/** Plans one frame in O(layers + bundles). Layers, not pairs, have one style: all pairs into a layer share its module. */
export function planDetail(
  layout: Layout,
  t: Transform,
  view: Viewport,
  emphasis: Float32Array | null = null,
  budget = LINE_BUDGET,
): Detail {
  const count = layout.boxes.length;
  const opacity = new Float32Array(count);
  const ribbon = new Uint8Array(count);
  const visible: { layer: number; first: number; last: number; density: number }[] = [];
  let lines = 0;
  for (let layer = 0; layer < count; layer++) {
    const first = layout.bundleOf[layer]!;
    const last = layout.bundleOf[layer + 1]!;
    let edges = 0;
    let seen = 0;
    let covered = 0;
    let rows = 0;
    let reach = 0;
    for (let index = first; index < last; index++) {
      const { source, target, start, end } = layout.bundles[index]!;
      edges += end - start;
      rows += Math.max(1, (spread(layout, source, t) + spread(layout, target, t)) / 2);
      reach += (end - start) * (layout.boxes[target]!.x - layout.boxes[source]!.x);
      covered += coverage(layout, t, layout.bundles[index]!);
      if (onScreen(layout, t, view, source, target)) seen++;
    }
    if (edges === 0) continue;
    const density = edges / rows;
    // What share of a band should look covered: a full convolution more than a skip, but never a solid block.
    const cover = (0.3 + 0.2 * (1 - Math.exp(-density / 3))) / Math.sqrt(last - first);
    const exact = 1 - (1 - cover) ** (rows / covered);
    const strength = emphasis?.[layer] ?? 1;
    // Lines from a cell or two before would lie over all columns in between and drown their colours.
    const far = strength > 1 ? 1 : Math.min(1, (NEAR * edges) / reach);
    // Faded layers are drawn as ribbons too: one faint fill keeps its hue where many fainter lines would not.
    ribbon[layer] = density > SATURATED || strength < 1 ? 1 : 0;
    opacity[layer] =
      strength * far * Math.min(density > 2 ? 0.34 : 0.8, ribbon[layer] ? exact : Math.max(FAINTEST, exact));
    if (seen === 0) continue;
    if (!ribbon[layer]) {
      lines += edges;
      visible.push({ layer, first, last, density });
    }
  }
  visible.sort((a, b) => a.density - b.density);
  while (lines > budget && visible.length > 0) {
    const { layer, first, last } = visible.pop()!;
    ribbon[layer] = 1;
    lines -= layout.bundles[last - 1]!.end - layout.bundles[first]!.start;
  }
  visible.sort((a, b) => a.layer - b.layer);
  const runs: [number, number][] = [];
  for (const { first, last } of visible) {
    const start = layout.bundles[first]!.start;
    const end = layout.bundles[last - 1]!.end;
    const previous = runs[runs.length - 1];
    if (previous && previous[1] === start) previous[1] = end;
    else runs.push([start, end]);
  }
  const ribbons: number[] = [];
  layout.bundles.forEach((bundle, index) => {
    if (ribbon[bundle.target] && onScreen(layout, t, view, bundle.source, bundle.target)) ribbons.push(index);
  });
  return { opacity, ribbon, runs, ribbons, lines };
}

/** Pixels of a column that a bundle's lines cover if none overlap: the steeper a line, the more. */
export function coverage(layout: Layout, t: Transform, { source, target, start, end }: Bundle): number {
  const height = (spread(layout, source, t) + spread(layout, target, t)) / 2;
  const across = Math.max(1, (layout.boxes[target]!.x - layout.boxes[source]!.x) * t.ax);
  // Lines of an all-to-all pair rise by a third of the height in the mean; those of a skip or a pool are level.
  const steep = end - start > 2 * layout.boxes[target]!.channels ? height / 3 / across : 0;
  return (end - start) * Math.hypot(1, steep);
}

function spread(layout: Layout, layer: number, t: Transform): number {
  const box = layout.boxes[layer]!;
  return (box.bottom - box.top) * t.ay;
}

function onScreen(layout: Layout, t: Transform, view: Viewport, source: number, target: number): boolean {
  const a = layout.boxes[source]!;
  const b = layout.boxes[target]!;
  return (
    Math.max(a.x, b.x) * t.ax + t.bx >= 0 &&
    Math.min(a.x, b.x) * t.ax + t.bx <= view.width &&
    Math.max(a.bottom, b.bottom) * t.ay + t.by >= 0 &&
    Math.min(a.top, b.top) * t.ay + t.by <= view.height
  );
}
