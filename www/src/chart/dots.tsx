/** Correlations with their intervals as points on a line each: the proxy filled, the plain count hollow and dashed. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { whole } from "../words/format.ts";
import { coefficient } from "../words/measures.ts";
import type { Correlation } from "../types.ts";
import type { Statistic } from "../lab/matrix/fields.ts";
import type { Compared } from "../words/verdict.ts";

export interface DotGroup {
  readonly title: string;
  readonly lines: readonly Compared[];
}

interface DotsProps {
  groups: readonly DotGroup[];
  statistic: Statistic;
  /** What it shows, for a screen reader. */
  label: string;
  svg(element: SVGSVGElement | null): void;
}

const ROW = 26;
const HEAD = 24;
const FOOT = 22;

export function Dots({ groups, statistic, label, svg }: DotsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(480);
  useLayoutEffect(() => {
    const element = frame.current!;
    const measure = () => element.clientWidth > 0 && setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const ends = groups.flatMap(({ lines }) =>
    lines.flatMap(({ proxy, plain }) => [proxy, plain].flatMap((one) => endsOf(one, statistic))),
  );
  const low = Math.max(-1, Math.floor(Math.min(0, ...ends) * 5) / 5);
  const high = Math.min(1, Math.ceil(Math.max(0.2, ...ends) * 5) / 5);
  const left = width < 420 ? 104 : 178;
  const right = width - 12;
  const x = (value: number) => left + ((value - low) / (high - low)) * (right - left);
  const height = groups.reduce((sum, { lines }) => sum + HEAD + lines.length * ROW, FOOT + 4);
  const marks = Array.from({ length: Math.round((high - low) * 5) + 1 }, (_, k) => Math.round((low + k / 5) * 10) / 10);
  const shown = marks.filter((_, k) => width >= 420 || marks.length <= 6 || k % 2 === 0);
  let top = 0;
  return (
    <div ref={frame}>
      <svg
        ref={svg}
        class="lab-dots"
        viewBox={`0 0 ${width} ${height}`}
        height={height}
        role="img"
        aria-label={`${label}. The table below holds the same figures.`}
      >
        {shown.map((value) => (
          <g key={value}>
            <line class={value === 0 ? "zero" : "grid"} x1={x(value)} x2={x(value)} y1={4} y2={height - FOOT} />
            <text class="soft" x={x(value)} y={height - 6} text-anchor="middle">
              {value === 0 ? "0" : coefficient(value).replace(/\.?0+$/, "")}
            </text>
          </g>
        ))}
        {groups.map(({ title, lines }) => {
          const start = top;
          top += HEAD + lines.length * ROW;
          return (
            <g key={title}>
              <text x={0} y={start + 17} font-weight="600">
                {title}
              </text>
              {lines.map((line, k) => {
                const y = start + HEAD + k * ROW + ROW / 2;
                return (
                  <g key={line.name}>
                    <text x={0} y={y + 4}>
                      {line.name}
                    </text>
                    {left > 150 && (
                      <text class="soft" x={left - 8} y={y + 4} text-anchor="end">
                        {whole(line.proxy.defined)}
                      </text>
                    )}
                    <Dot
                      one={line.proxy}
                      statistic={statistic}
                      x={x}
                      y={line.plain ? y - 4 : y}
                      name={`${line.name}, proxy`}
                    />
                    <Dot
                      one={line.plain}
                      statistic={statistic}
                      x={x}
                      y={y + 5}
                      second
                      name={`${line.name}, plain count`}
                    />
                  </g>
                );
              })}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function endsOf(one: Correlation | null, statistic: Statistic): number[] {
  return one === null
    ? []
    : [one[statistic], one[`${statistic}Low`], one[`${statistic}High`]].filter((value) => value !== null);
}

function Dot({
  one,
  statistic,
  x,
  y,
  second,
  name,
}: {
  one: Correlation | null;
  statistic: Statistic;
  x(value: number): number;
  y: number;
  second?: boolean;
  name: string;
}) {
  const value = one?.[statistic] ?? null;
  if (one === null || value === null) return null;
  const low = one[`${statistic}Low`];
  const high = one[`${statistic}High`];
  const at = x(value);
  const kind = second ? "second" : "";
  const range = low !== null && high !== null ? ` [${coefficient(low)}, ${coefficient(high)}]` : "";
  return (
    <g>
      <title>{`${name}: ${coefficient(value)}${range}, ${whole(one.defined)} cells`}</title>
      {low !== null && high !== null && <line class={`range ${kind}`} x1={x(low)} x2={x(high)} y1={y} y2={y} />}
      {second ? (
        <path class="point second" d={`M${at - 4.5} ${y}l4.5 -4.5l4.5 4.5l-4.5 4.5z`} />
      ) : (
        <circle class="point" cx={at} cy={y} r={4} />
      )}
    </g>
  );
}

/** What the two kinds of points are. */
export function DotKey({ proxy, plain }: { proxy: string; plain: string | null }) {
  return (
    <p class="row small">
      <span class="lab-key">
        <svg class="lab-dots" viewBox="0 0 30 12" aria-hidden="true">
          <line class="range" x1="1" x2="29" y1="6" y2="6" />
          <circle class="point" cx="15" cy="6" r="4" />
        </svg>
        {proxy}
      </span>
      {plain !== null && (
        <span class="lab-key">
          <svg class="lab-dots" viewBox="0 0 30 12" aria-hidden="true">
            <line class="range second" x1="1" x2="29" y1="6" y2="6" />
            <path class="point second" d="M10.5 6l4.5 -4.5l4.5 4.5l-4.5 4.5z" />
          </svg>
          {plain}
        </span>
      )}
      <span class="soft">Point: the figure. Line: its 95 % interval. Number: cells.</span>
    </p>
  );
}
