// Where everything of the best-so-far chart is, in CSS pixels: pure, for the screen, the pointer and the files.
import { extent, toPixel, type Kind, type Scale } from "../../chart/scale.ts";
import { frameStrokes, levelOf } from "../../chart/frame.ts";
import type { Bands } from "./rows.ts";
import { LETTERS, lookOf, type Box, type Colours, type Stroke } from "../../chart/strokes.ts";

export interface Curve {
  /** Place among the series, which decides letter, dash and marker. */
  readonly place: number;
  /** A brief name. */
  readonly name: string;
  readonly bands: Bands;
}

export interface ChartInput {
  readonly width: number;
  readonly height: number;
  readonly curves: readonly Curve[];
  readonly budget: number;
  readonly kind: Kind;
  /** The best known accuracy, and what to say of it. */
  readonly optimum: number;
  readonly optimumWords: string;
  /** Place of the series that is looked at. */
  readonly selected: number;
  /** What the vertical axis is, and the same in a few words. */
  readonly label: string;
  readonly shortLabel: string;
  /** How low the chart goes while there is no curve. */
  readonly usual: number;
}

export interface Chart extends ChartInput {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
}

/** Below this width the names do not fit beside the curves: letters stand there instead. */
const NARROW = 620;

/** Share of the look-ups after which a curve decides how low the chart goes: the first few would squeeze all others. */
const SETTLED = 0.03;

/** Lays the chart out; null if there is no room. */
export function layOut(input: ChartInput): Chart | null {
  const { width, height, curves, budget, kind, optimum, usual } = input;
  const box: Box = { left: 60, top: 22, right: width - (width < NARROW ? 28 : 198), bottom: height - 40 };
  if (box.right - box.left < 60 || box.bottom - box.top < 60) return null;
  const settled = Math.min(budget - 1, Math.ceil(budget * SETTLED));
  const ends = curves.flatMap(({ bands }) =>
    [bands.low, bands.median].map((curve) => curve[Math.min(settled, curve.length - 1)] ?? NaN),
  );
  const range = extent([...(ends.length > 0 ? ends : [usual]), optimum], kind) ?? [optimum - 1, optimum];
  return {
    ...input,
    box,
    x: { kind: "linear", low: 1, high: Math.max(2, budget), start: box.left, end: box.right },
    y: { kind, low: range[0], high: range[1], start: box.bottom, end: box.top },
  };
}

const f = (n: number): string => String(Math.round(n * 10) / 10);

/** Height of an accuracy; those below the chart are kept just under its edge. */
function heightOf({ y, box }: Chart, value: number): number {
  const at = toPixel(y, value);
  return Number.isNaN(at) ? box.bottom + 20 : Math.min(box.bottom + 20, Math.max(box.top - 20, at));
}

/** A curve that stays where it is until a look-up lifts it. */
export function stepPath(chart: Chart, curve: ArrayLike<number>, back = false): string {
  const points: [number, number][] = [];
  for (let k = 0; k < curve.length; k++) {
    const x = toPixel(chart.x, k + 1);
    const y = heightOf(chart, curve[k]!);
    const before = points[points.length - 1];
    if (before && before[1] === y && k < curve.length - 1) continue;
    if (before && before[1] !== y) points.push([x, before[1]]);
    points.push([x, y]);
  }
  if (back) points.reverse();
  return points.map(([x, y], k) => `${k === 0 && !back ? "M" : "L"}${f(x)} ${f(y)}`).join("");
}

/** Look-ups at which a curve carries its marker: a few, and not the same for all, so that they do not lie on each other. */
function markedAt(length: number, place: number): number[] {
  const count = 5;
  return Array.from({ length: count }, (_, k) => Math.round(((k + 0.35 + place * 0.1) / count) * (length - 1))).filter(
    (k) => k >= 0 && k < length,
  );
}

/** Heights of labels that do not overlap, as near to their own as can be. */
export function spread(heights: readonly number[], room: number, low: number, high: number): number[] {
  const order = [...heights.keys()].sort((a, b) => heights[a]! - heights[b]!);
  const placed = [...heights];
  let floor = low;
  for (const k of order) {
    placed[k] = Math.max(floor, heights[k]!);
    floor = placed[k]! + room;
  }
  let ceiling = high;
  for (const k of order.reverse()) {
    placed[k] = Math.min(ceiling, placed[k]!);
    ceiling = placed[k]! - room;
  }
  return placed;
}

/** Axes, the optimum, bands, curves and their names, in the order of painting. */
export function strokesOf(chart: Chart, colours: Colours): Stroke[] {
  const { box, x, y, curves, selected, optimum, optimumWords, width, height } = chart;
  // Letters of this size are about 6 px wide.
  const label = chart.label.length * 6 < box.bottom - box.top + 40 ? chart.label : chart.shortLabel;
  const strokes = frameStrokes(
    { box, x, y, height, optimum, labelX: "accuracies looked up in a run", labelY: label, spacingY: 40 },
    colours,
  );
  const top = levelOf(y, optimum);
  // On ground of its own: a line of the grid would strike it through.
  const words = optimumWords.length * 5.8 + 6;
  strokes.push({ kind: "path", d: `M${box.left + 1} ${top - 16}h${f(words)}v14h${f(-words)}Z`, fill: colours.surface });
  strokes.push({ kind: "text", x: box.left + 4, y: top - 9, text: optimumWords, fill: colours.soft, anchor: "start" });

  const first = (a: Curve, b: Curve) => Number(a.place === selected) - Number(b.place === selected);
  const painted = [...curves].filter(({ bands }) => bands.median.length > 0).sort(first);
  for (const { place, bands } of painted) {
    const mine = place === selected;
    const d = `${stepPath(chart, bands.high)}${stepPath(chart, bands.low, true)}Z`;
    strokes.push({
      kind: "path",
      d,
      fill: mine ? colours.accent : colours.soft,
      opacity: mine ? 0.16 : 0.08,
      inBox: true,
    });
  }
  // Letters at some markers: where curves run together, their ends alone do not tell which is which.
  const lettered: [x: number, y: number][] = [];
  for (const { place, bands } of painted) {
    const mine = place === selected;
    const colour = mine ? colours.accent : colours.ink;
    const { dash, marker } = lookOf(place);
    strokes.push({
      kind: "path",
      d: stepPath(chart, bands.median),
      stroke: colour,
      width: mine ? 2.5 : 1.5,
      dash,
      inBox: true,
    });
    for (const k of markedAt(bands.median.length, place)) {
      const at = heightOf(chart, bands.median[k]!);
      if (at > box.bottom) continue;
      const across = toPixel(x, k + 1);
      strokes.push({
        kind: "path",
        d: marker(across, at),
        stroke: colour,
        width: 1.5,
        fill: colours.surface,
        inBox: true,
      });
      const above = at - 12 > box.top ? at - 12 : at + 13;
      if (lettered.some(([otherX, otherY]) => Math.abs(otherX - across) < 14 && Math.abs(otherY - above) < 14))
        continue;
      lettered.push([across, above]);
      strokes.push({
        kind: "path",
        d: `M${f(across - 5)} ${f(above - 6)}h10v12h-10Z`,
        fill: colours.surface,
        opacity: 0.8,
      });
      strokes.push({
        kind: "text",
        x: across,
        y: above,
        text: LETTERS[place]!,
        fill: colour,
        anchor: "middle",
        bold: mine,
      });
    }
  }
  const heights = spread(
    painted.map(({ bands }) => heightOf(chart, bands.median[bands.median.length - 1]!)),
    15,
    box.top,
    box.bottom,
  );
  painted.forEach(({ place, name, bands }, k) => {
    const mine = place === selected;
    const end = toPixel(x, bands.median.length);
    const colour = mine ? colours.accent : colours.ink;
    const from = heightOf(chart, bands.median[bands.median.length - 1]!);
    strokes.push({
      kind: "path",
      d: `M${f(end + 2)} ${f(from)}L${f(box.right + 8)} ${f(heights[k]!)}`,
      stroke: colour,
      opacity: 0.5,
    });
    const text = width < NARROW ? LETTERS[place]! : `${LETTERS[place]} ${name}`;
    strokes.push({ kind: "text", x: box.right + 11, y: heights[k]!, text, fill: colour, anchor: "start", bold: mine });
  });
  return strokes;
}

/** The look-up under a point, from 1. */
export function lookupAt({ x, budget }: Chart, px: number): number {
  return Math.max(1, Math.min(budget, Math.round(1 + ((px - x.start) / (x.end - x.start)) * (x.high - 1))));
}

/** The series whose median is nearest to a point, within `reach` px; −1 if none. */
export function nearest(chart: Chart, px: number, py: number, reach = 24): number {
  const at = lookupAt(chart, px);
  let found = -1;
  let best = reach;
  for (const { place, bands } of chart.curves) {
    const value = bands.median[at - 1];
    const distance = value === undefined ? Infinity : Math.abs(heightOf(chart, value) - py);
    if (distance < best) [found, best] = [place, distance];
  }
  return found;
}
