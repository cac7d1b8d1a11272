// One run as a picture: each look-up a dot, the best so far a line. Pure.
import { extent, toPixel, type Kind, type Scale } from "../../chart/scale.ts";
import { frameStrokes } from "../../chart/frame.ts";
import type { Box, Colours, Stroke } from "../../chart/strokes.ts";

export interface RunInput {
  readonly width: number;
  readonly height: number;
  /** One a look-up, in their order. */
  readonly accuracy: Float64Array;
  readonly best: Float64Array;
  readonly budget: number;
  readonly kind: Kind;
  readonly optimum: number;
  readonly label: string;
  /** The first so many look-ups start the search (its population); their dots are hollow. */
  readonly initial: number;
}

export interface RunPlan extends RunInput {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
  /** Place of each dot; those below the chart stand at its edge. */
  readonly px: Float64Array;
  readonly py: Float64Array;
}

/** The worst of the look-ups, this share of them, would squeeze all others. */
const WORST = 0.03;

export function layOutRun(input: RunInput): RunPlan | null {
  const { width, height, accuracy, budget, kind, optimum } = input;
  const box: Box = { left: 60, top: 12, right: width - 14, bottom: height - 38 };
  if (box.right - box.left < 60 || box.bottom - box.top < 60 || accuracy.length === 0) return null;
  const sorted = accuracy.slice().sort();
  const range = extent([sorted[Math.floor(sorted.length * WORST)]!, sorted[sorted.length - 1]!, optimum], kind) ?? [
    0, 1,
  ];
  const x: Scale = { kind: "linear", low: 1, high: Math.max(2, budget), start: box.left, end: box.right };
  const y: Scale = { kind, low: range[0], high: range[1], start: box.bottom, end: box.top };
  const inside = (value: number) => {
    const at = toPixel(y, value);
    return Number.isNaN(at) ? box.bottom - 2 : Math.min(box.bottom - 2, Math.max(box.top, at));
  };
  return {
    ...input,
    box,
    x,
    y,
    px: Float64Array.from(accuracy, (_, k) => toPixel(x, k + 1)),
    py: Float64Array.from(accuracy, inside),
  };
}

const f = (n: number): string => String(Math.round(n * 10) / 10);

/** `at`: the look-up that is shown, from 1; later ones are faint. */
export function runStrokes(plan: RunPlan, colours: Colours, at: number): Stroke[] {
  const { box, x, y, px, py, best, optimum, height, label, initial } = plan;
  const strokes = frameStrokes(
    { box, x, y, height, optimum, labelX: "look-up of this run", labelY: label, spacingY: 36 },
    colours,
  );
  // A line of no length with round ends is a dot: one path for all.
  const dots = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, k) => `M${f(px[from + k]!)} ${f(py[from + k]!)}h0.01`).join("");
  const start = Math.min(initial, px.length);
  const layers: [from: number, to: number, opacity: number][] = [
    [at, px.length, 0.25],
    [0, at, 1],
  ];
  for (const [from, to, opacity] of layers) {
    const hollow = dots(Math.min(from, start), Math.min(to, start));
    const full = dots(Math.max(from, start), Math.max(to, start));
    if (hollow)
      strokes.push(
        { kind: "path", d: hollow, stroke: colours.soft, width: 6, opacity },
        { kind: "path", d: hollow, stroke: colours.surface, width: 3.4 },
      );
    if (full) strokes.push({ kind: "path", d: full, stroke: colours.soft, width: 5, opacity });
  }
  let line = "";
  for (let k = 0; k < Math.min(at, best.length); k++) {
    const height = Math.min(box.bottom - 2, toPixel(y, best[k]!));
    line += k === 0 ? `M${f(px[0]!)} ${f(height)}` : best[k] === best[k - 1] ? "" : `H${f(px[k]!)}V${f(height)}`;
  }
  if (line)
    strokes.push({
      kind: "path",
      d: `${line}H${f(px[Math.min(at, px.length) - 1]!)}`,
      stroke: colours.accent,
      width: 2.5,
    });
  if (at >= 1 && at <= px.length) {
    const [cx, cy] = [px[at - 1]!, py[at - 1]!];
    strokes.push({ kind: "path", d: `M${f(cx)} ${box.bottom}V${f(cy)}`, stroke: colours.ink, dash: [3, 3] });
    strokes.push({
      kind: "path",
      d: `M${f(cx - 5.5)} ${f(cy)}a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0Z`,
      stroke: colours.ink,
      width: 2.5,
      fill: colours.surface,
    });
  }
  return strokes;
}

/** The look-up whose dot is nearest to a point, from 1; null if none is within `reach` px. */
export function dotAt({ px, py }: Pick<RunPlan, "px" | "py">, x: number, y: number, reach = 14): number | null {
  let found: number | null = null;
  let least = reach;
  for (let k = 0; k < px.length; k++) {
    const distance = Math.hypot(px[k]! - x, py[k]! - y);
    if (distance < least) [found, least] = [k + 1, distance];
  }
  return found;
}
