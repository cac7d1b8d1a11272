/** Histograms over the same bins, told apart by how they are drawn: filled, dashed, dotted. */
import type { RefObject } from "preact";
import { whole } from "../../words/format.ts";
import { useWidth } from "../../chart/use-width.ts";
import type { Bins } from "./bins.ts";

export interface Drawn {
  readonly name: string;
  readonly look: "filled" | "dashed" | "dotted";
}

interface ChartProps {
  title: string;
  bins: Bins;
  series: readonly Drawn[];
  /** Ends of a bin in words. */
  edge(value: number): string;
  /** A value of the first series that is marked, and what it is called. */
  mark: number;
  markWords: string;
  unit: string;
  svg: RefObject<SVGSVGElement | null>;
}

const HEIGHT = 190;
const FOOT = 34;
const HEAD = 18;

export function Histogram({
  title,
  bins: { low, width, counts, below },
  series,
  edge,
  mark,
  markWords,
  unit,
  svg,
}: ChartProps) {
  const [frame, total] = useWidth();
  const left = 38;
  const inner = Math.max(0, total - left - 8);
  const bars = counts[0]!.length;
  const most = Math.max(1, ...counts.flat());
  const x = (bin: number) => left + (bin / bars) * inner;
  const y = (count: number) => HEIGHT - FOOT - (count / most) * (HEIGHT - FOOT - HEAD);
  const range = (bin: number) =>
    bin === 0 && below
      ? `below ${edge(low + width)}`
      : `${edge(low + bin * width)} to ${edge(low + (bin + 1) * width)}`;
  const every = Math.max(1, Math.ceil(bars / Math.max(2, Math.floor(inner / 64))));
  const ticks = Array.from({ length: Math.floor(bars / every) + 1 }, (_, k) => k * every);
  const outline = (values: readonly number[]) =>
    `M${x(0)} ${y(0)}${values.map((count, bin) => `V${y(count)}H${x(bin + 1)}`).join("")}V${y(0)}`;
  const at = (mark - low) / width;
  return (
    <figure class="best-figure">
      <figcaption>
        <b>{title}</b>
        <span class="best-legend small">
          {series.map(({ name, look }) => (
            <span key={name}>
              <svg width="20" height="12" aria-hidden="true">
                <path class={`best-${look}`} d="M1 11V3H19V11" />
              </svg>{" "}
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      <div ref={frame} style={{ height: `${HEIGHT}px` }}>
        {inner > 0 && (
          <svg
            ref={svg}
            class="best-svg"
            width={total}
            height={HEIGHT}
            role="img"
            aria-label={`${title}: ${series.map(({ name }) => name).join(", ")}. ${markWords}. The table below holds the counts.`}
          >
            {[0, most].map((count) => (
              <g key={count}>
                <line class="best-grid" x1={left} x2={total - 8} y1={y(count)} y2={y(count)} />
                <text x={left - 6} y={y(count)} text-anchor="end" dominant-baseline="central">
                  {whole(count)}
                </text>
              </g>
            ))}
            {series.map(({ look }, k) => (
              <path key={k} class={`best-${look}`} d={outline(counts[k]!)} />
            ))}
            {ticks.map((bin) => (
              <text
                key={bin}
                x={x(bin)}
                y={HEIGHT - FOOT + 14}
                text-anchor={bin === 0 ? "start" : bin === bars ? "end" : "middle"}
              >
                {bin === 0 && below ? `< ${edge(low + width)}` : edge(low + bin * width)}
              </text>
            ))}
            <text x={left + inner / 2} y={HEIGHT - 3} text-anchor="middle">
              {unit}
            </text>
            {at >= 0 && at <= bars && (
              <>
                <line class="best-mark" x1={x(at)} x2={x(at)} y1={HEAD - 4} y2={y(0)} />
                <text
                  class="best-mark-text"
                  x={x(at)}
                  y={HEAD - 7}
                  text-anchor={at > bars * 0.75 ? "end" : at < bars * 0.25 ? "start" : "middle"}
                >
                  {markWords}
                </text>
              </>
            )}
          </svg>
        )}
      </div>
      <details>
        <summary class="small">As a table</summary>
        <div class="table-scroll best-bins" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{unit}</th>
                {series.map(({ name }) => (
                  <th key={name} scope="col" class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {counts[0]!.map((_, bin) => (
                <tr key={bin}>
                  <th scope="row">{range(bin)}</th>
                  {series.map(({ name }, k) => (
                    <td key={name} class="number">
                      {whole(counts[k]![bin]!)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
