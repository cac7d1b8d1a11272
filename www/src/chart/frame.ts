// What the chart of searches and the picture of one run stand in.
import { tickLabel } from "./draw.ts";
import { ticks, toPixel, type Scale } from "./scale.ts";
import type { Box, Colours, Stroke } from "./strokes.ts";

/** Where a horizontal line at a value lies: in the middle of a pixel, so that it is sharp. */
export const levelOf = (y: Scale, value: number): number => Math.round(toPixel(y, value)) + 0.5;

export interface Frame {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
  readonly height: number;
  /** The best known accuracy. */
  readonly optimum: number;
  readonly labelX: string;
  readonly labelY: string;
  /** Pixels, at least, from one tick to the next upwards. */
  readonly spacingY: number;
}

/** Ticks, the axes' names, and the best known accuracy. */
export function frameStrokes(
  { box, x, y, height, optimum, labelX, labelY, spacingY }: Frame,
  colours: Colours,
): Stroke[] {
  const strokes: Stroke[] = [];
  const ticksX = ticks(x, Math.max(3, Math.floor((box.right - box.left) / 80)));
  const ticksY = ticks(y, Math.max(2, Math.floor((box.bottom - box.top) / spacingY)));
  for (const value of ticksX) {
    const at = Math.round(toPixel(x, value)) + 0.5;
    strokes.push({ kind: "path", d: `M${at} ${box.bottom}v4`, stroke: colours.line });
    strokes.push({
      kind: "text",
      x: at,
      y: box.bottom + 13,
      text: tickLabel(value, ticksX),
      fill: colours.soft,
      anchor: "middle",
    });
  }
  for (const value of ticksY) {
    const at = levelOf(y, value);
    strokes.push({ kind: "path", d: `M${box.left - 4} ${at}H${box.right}`, stroke: colours.line });
    strokes.push({
      kind: "text",
      x: box.left - 8,
      y: at,
      text: tickLabel(value, ticksY),
      fill: colours.soft,
      anchor: "end",
    });
  }
  strokes.push({
    kind: "text",
    x: (box.left + box.right) / 2,
    y: height - 8,
    text: labelX,
    fill: colours.ink,
    anchor: "middle",
  });
  strokes.push({
    kind: "text",
    x: 11,
    y: (box.top + box.bottom) / 2,
    text: labelY,
    fill: colours.ink,
    anchor: "middle",
    turned: true,
  });
  strokes.push({
    kind: "path",
    d: `M${box.left} ${levelOf(y, optimum)}H${box.right}`,
    stroke: colours.soft,
    width: 1.5,
    dash: [1, 4],
  });
  return strokes;
}
