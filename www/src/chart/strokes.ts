// How series are told apart: by letter, dash and marker. Colour means operation, so ink is all they have, and the accent
// for the one that is looked at.

export const LETTERS = "ABCDEF";

interface Look {
  /** Lengths of line and gap in px; none for a solid line. */
  readonly dash: readonly number[];
  /** Outline of the marker about a point, `r` = 4 px. */
  readonly marker: (x: number, y: number) => string;
}

const f = (n: number): string => String(Math.round(n * 10) / 10);
const polygon =
  (points: readonly (readonly [number, number])[]) =>
  (x: number, y: number): string =>
    `M${points.map(([dx, dy]) => `${f(x + dx)} ${f(y + dy)}`).join("L")}Z`;

const LOOKS: readonly Look[] = [
  { dash: [], marker: (x, y) => `M${f(x - 3.6)} ${f(y)}a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0Z` },
  {
    dash: [7, 4],
    marker: polygon([
      [-3.4, -3.4],
      [3.4, -3.4],
      [3.4, 3.4],
      [-3.4, 3.4],
    ]),
  },
  {
    dash: [2, 3],
    marker: polygon([
      [0, -4.4],
      [4.2, 3],
      [-4.2, 3],
    ]),
  },
  {
    dash: [10, 3, 2, 3],
    marker: polygon([
      [0, -4.8],
      [4.2, 0],
      [0, 4.8],
      [-4.2, 0],
    ]),
  },
  {
    dash: [14, 4],
    marker: polygon([
      [0, 4.4],
      [4.2, -3],
      [-4.2, -3],
    ]),
  },
  {
    dash: [5, 3, 1, 3, 1, 3],
    marker: polygon([
      [-4.4, -1.5],
      [-1.5, -1.5],
      [-1.5, -4.4],
      [1.5, -4.4],
      [1.5, -1.5],
      [4.4, -1.5],
      [4.4, 1.5],
      [1.5, 1.5],
      [1.5, 4.4],
      [-1.5, 4.4],
      [-1.5, 1.5],
      [-4.4, 1.5],
    ]),
  },
];

export const lookOf = (place: number): Look => LOOKS[place % LOOKS.length]!;

/** What is painted, in order: paths and texts, for the screen (SVG) and for a picture file (canvas) alike. */
export type Stroke =
  | {
      readonly kind: "path";
      readonly d: string;
      readonly stroke?: string;
      readonly width?: number;
      readonly dash?: readonly number[];
      readonly fill?: string;
      /** 0 to 1; default 1. */
      readonly opacity?: number;
      /** Cut off outside the inner box. */
      readonly inBox?: boolean;
    }
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly fill: string;
      readonly anchor: "start" | "middle" | "end";
      readonly bold?: boolean;
      readonly turned?: boolean;
    };

export interface Colours {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly accent: string;
  readonly surface: string;
}

/** For SVG in the page: follows the theme by itself. */
export const PAGE_COLOURS: Colours = {
  ink: "var(--ink)",
  soft: "var(--ink-soft)",
  line: "var(--line)",
  accent: "var(--accent)",
  surface: "var(--surface)",
};

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Paints on a canvas what the page shows as SVG. */
export function paint(ctx: CanvasRenderingContext2D, strokes: readonly Stroke[], box: Box, font: string): void {
  for (const stroke of strokes) {
    ctx.save();
    if (stroke.kind === "text") {
      ctx.font = `${stroke.bold ? "600 " : ""}11px ${font}`;
      ctx.fillStyle = stroke.fill;
      ctx.textAlign = stroke.anchor === "middle" ? "center" : stroke.anchor;
      ctx.textBaseline = "middle";
      ctx.translate(stroke.x, stroke.y);
      if (stroke.turned) ctx.rotate(-Math.PI / 2);
      ctx.fillText(stroke.text, 0, 0);
    } else {
      if (stroke.inBox) {
        ctx.beginPath();
        ctx.rect(box.left, box.top - 5, box.right - box.left + 5, box.bottom - box.top + 5);
        ctx.clip();
      }
      const path = new Path2D(stroke.d);
      ctx.globalAlpha = stroke.opacity ?? 1;
      if (stroke.fill) {
        ctx.fillStyle = stroke.fill;
        ctx.fill(path);
      }
      if (stroke.stroke) {
        ctx.strokeStyle = stroke.stroke;
        ctx.lineWidth = stroke.width ?? 1;
        ctx.lineCap = "round";
        ctx.lineJoin = "round";
        ctx.setLineDash([...(stroke.dash ?? [])]);
        ctx.stroke(path);
      }
    }
    ctx.restore();
  }
}
