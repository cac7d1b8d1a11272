// Lines over a whole-number axis, told apart by dash, marker and a label at their end: no colour is needed.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { extent, ticks, toPixel, type Scale } from "../../chart/scale.ts";
import { number } from "../../words/measures.ts";

export interface Series {
  readonly label: string;
  readonly x: readonly number[];
  /** NaN leaves a gap. */
  readonly y: readonly number[];
  readonly look: "solid" | "dashed" | "dotted";
  readonly marker?: "dot" | "ring" | "none";
}

interface ChartProps {
  title: string;
  /** What is to be seen, for those who do not see it. */
  words: string;
  series: readonly Series[];
  /** End of the x axis. */
  last: number;
  xLabel: string;
  /** Fixes the y axis; else it follows the values. */
  range?: readonly [number, number];
  /** A value to compare with, e.g. a baseline; its label may have several lines. */
  lines?: readonly { at: number; label: string }[];
  svg: RefObject<SVGSVGElement | null>;
  height?: number;
}

const LEFT = 44;
const TOP = 12;
const BOTTOM = 32;
const LABELS = 112;
/** No label of a curve is longer; those of values to compare with stand in lines of their own. */
const LONGEST = 100;
const DASH = { solid: undefined, dashed: "7 4", dotted: "2 4" } as const;

export function Chart({ title, words, series, last, xLabel, range, lines = [], svg, height = 190 }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current!;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const values = [...series.flatMap(({ y }) => y), ...lines.map(({ at }) => at)];
  const found = range ?? extent(values, "linear");
  const sx: Scale = {
    kind: "linear",
    low: 0,
    high: Math.max(1, last),
    start: LEFT,
    end: Math.max(LEFT + 40, width - LABELS),
  };
  const sy: Scale | null = found && { kind: "linear", low: found[0], high: found[1], start: height - BOTTOM, end: TOP };
  const written = lines.flatMap(({ at, label }) => label.split("\n").map((text) => ({ at, text })));
  // Labels stand beside the ends of their curves, also of curves that end early; there they cannot touch those at the rim.
  const tips = series.map(({ x, y }) => toPixel(sx, x[lastOf(y)] ?? Number.NaN));
  const early = (k: number) => tips[k]! + LONGEST < sx.end;
  const heights = (which: (k: number) => boolean, more: readonly number[]) =>
    sy ? apart([...series.map(({ y }, k) => (which(k) ? (y[lastOf(y)] ?? Number.NaN) : Number.NaN)), ...more], sy) : [];
  const inner = heights(early, []);
  const ends = heights(
    (k) => !early(k),
    written.map(({ at }) => at),
  );
  return (
    <figure class="chart" ref={frame}>
      <figcaption class="small soft">{title}</figcaption>
      {width > 0 && (
        <svg ref={svg} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
          {sy &&
            ticks(sy, 4).map((value) => (
              <g key={value}>
                <line class="chart-grid" x1={sx.start} x2={sx.end} y1={toPixel(sy, value)} y2={toPixel(sy, value)} />
                <text class="chart-tick end" x={sx.start - 6} y={toPixel(sy, value)}>
                  {number(value, 3)
                    .replace("-", "−")
                    .replace(/(\.\d*?)0+$/, "$1")
                    .replace(/\.$/, "")}
                </text>
              </g>
            ))}
          {ticks(sx, Math.max(2, Math.floor((sx.end - sx.start) / 60)))
            .filter(Number.isInteger)
            .map((value) => (
              <text key={value} class="chart-tick" x={toPixel(sx, value)} y={height - BOTTOM + 13}>
                {value}
              </text>
            ))}
          <line class="chart-axis" x1={sx.start} x2={sx.end} y1={height - BOTTOM} y2={height - BOTTOM} />
          <text class="chart-tick" x={(sx.start + sx.end) / 2} y={height - 6}>
            {xLabel}
          </text>
          {sy &&
            lines.map(({ at, label }) => (
              <line
                key={label}
                class="chart-reference"
                x1={sx.start}
                x2={sx.end}
                y1={toPixel(sy, at)}
                y2={toPixel(sy, at)}
              />
            ))}
          {sy &&
            written.map(({ text }, k) => (
              <text key={text} class="chart-reference-label" x={sx.end + 6} y={ends[series.length + k]}>
                {text}
              </text>
            ))}
          {sy &&
            series.map(({ label, x, y, look, marker = "none" }, at) => (
              <g key={label}>
                <path class="chart-line" d={linePath(x, y, sx, sy)} stroke-dasharray={DASH[look]} />
                {marker !== "none" &&
                  x.map(
                    (value, k) =>
                      Number.isFinite(y[k]) && (
                        <circle
                          key={value}
                          class={`chart-${marker}`}
                          cx={toPixel(sx, value)}
                          cy={toPixel(sy, y[k]!)}
                          r={2.5}
                        />
                      ),
                  )}
                {Number.isFinite(tips[at]) && (
                  <text class="chart-label" x={tips[at]! + 6} y={early(at) ? inner[at] : ends[at]}>
                    {label}
                  </text>
                )}
              </g>
            ))}
          {!sy && (
            <text class="chart-tick" x={(sx.start + sx.end) / 2} y={height / 2}>
              nothing yet
            </text>
          )}
        </svg>
      )}
    </figure>
  );
}

/** Place of the last defined value; −1 if there is none. */
const lastOf = (values: readonly number[]): number => values.findLastIndex(Number.isFinite);

/** Heights of the labels, moved apart where they would touch. */
export function apart(values: readonly number[], scale: Scale): number[] {
  const GAP = 13;
  const order = values
    .map((value, at) => ({ at, y: toPixel(scale, value) }))
    .filter(({ y }) => Number.isFinite(y))
    .sort((a, b) => a.y - b.y);
  const result = new Array<number>(values.length).fill(Number.NaN);
  let above = -Infinity;
  for (const { at, y } of order) {
    above = Math.max(y, above + GAP);
    result[at] = above;
  }
  // Those pushed below the axis go up again, and take the ones above them along.
  let below = Math.max(scale.start, scale.end);
  for (const { at } of [...order].reverse()) {
    result[at] = Math.min(result[at]!, below);
    below = result[at]! - GAP;
  }
  return result;
}

/** A line through the defined values, interrupted where one is missing. */
export function linePath(x: readonly number[], y: readonly number[], sx: Scale, sy: Scale): string {
  let path = "";
  let open = false;
  x.forEach((value, at) => {
    const here = y[at]!;
    if (!Number.isFinite(here)) return void (open = false);
    path += `${open ? "L" : "M"}${toPixel(sx, value).toFixed(1)} ${toPixel(sy, here).toFixed(1)}`;
    open = true;
  });
  return path;
}
