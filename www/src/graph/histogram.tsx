import { useEffect, useMemo, useState } from "preact/hooks";
import type { ChannelGraph } from "../types.ts";
import { degreeHistogram, nodesOfBar } from "./degree.ts";
import { digits, plural } from "./words.ts";

interface HistogramProps {
  graph: ChannelGraph;
  /** Nodes of the bar in question, or null. */
  onLight(nodes: readonly number[] | null): void;
}

/** How many channels have which degree. Its mean is NASGraph's score. */
export function DegreeChart({ graph, onLight }: HistogramProps) {
  const histogram = useMemo(() => degreeHistogram(graph), [graph]);
  const [bar, setBar] = useState<number | null>(null);
  const { width, counts, most } = histogram;
  const light = (next: number | null) => {
    setBar(next);
    onLight(next === null || !counts[next] ? null : nodesOfBar(graph, width, next));
  };
  useEffect(() => {
    setBar(null);
    return () => onLight(null);
  }, [graph]);
  const range = (at: number) => (width === 1 ? `degree ${at}` : `degree ${at * width} to ${at * width + width - 1}`);
  const span = counts.length * width;
  const mean = graph.measures.averageDegree;
  const x = (degree: number) => `${((100 * degree) / span).toFixed(3)}%`;
  const step = tickStep(span);
  const ticks = Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => index * step);
  const onKeyDown = (event: KeyboardEvent) => {
    const last = counts.length - 1;
    const to = { ArrowLeft: (bar ?? 1) - 1, ArrowRight: (bar ?? -1) + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    light(Math.min(last, Math.max(0, to)));
  };
  const said = bar === null ? "no bar chosen" : `${range(bar)}: ${plural(counts[bar] ?? 0, "channel")}`;
  return (
    <div class="graph-degree">
      <p class="small soft">
        {bar === null
          ? `Channels by degree, edges in + out. Their mean is NASGraph’s score. Point at a bar to see them.`
          : `${said}, of ${counts.reduce((sum, value) => sum + value, 0).toLocaleString("en-US")}`}
      </p>
      <div
        class="graph-bars"
        role="slider"
        tabIndex={0}
        aria-label="Degree distribution; arrow keys step through the bars"
        aria-valuemin={0}
        aria-valuemax={counts.length - 1}
        aria-valuenow={bar ?? 0}
        aria-valuetext={said}
        onKeyDown={onKeyDown}
        onBlur={() => light(null)}
        onPointerLeave={() => light(null)}
        onPointerMove={(event) => {
          const bounds = event.currentTarget.getBoundingClientRect();
          const at = Math.floor(((event.clientX - bounds.left) / bounds.width) * counts.length);
          if (at !== bar && at >= 0 && at < counts.length) light(at);
        }}
      >
        <svg aria-hidden="true">
          <g class="graph-bar-set">
            {counts.map((value, at) => {
              const share = value === 0 ? 0 : Math.max(1.5, (78 * value) / most);
              return (
                <rect
                  key={at}
                  class={at === bar ? "on" : ""}
                  x={x(at * width)}
                  y={`${84 - share}%`}
                  width={x(width)}
                  height={`${share}%`}
                />
              );
            })}
          </g>
          <line class="graph-axis" x1="0" x2="100%" y1="84%" y2="84%" />
          {ticks.map((tick) => (
            <text key={tick} x={x(tick)} y="100%" text-anchor={tick === 0 ? "start" : tick === span ? "end" : "middle"}>
              {tick}
            </text>
          ))}
          <line class="graph-mean" x1={x(mean)} x2={x(mean)} y1="0" y2="84%" />
          <text
            class="strong"
            x={x(mean)}
            dx={mean > 0.7 * span ? -5 : 5}
            y="11"
            text-anchor={mean > 0.7 * span ? "end" : "start"}
          >
            mean {digits(mean)}
          </text>
        </svg>
      </div>
    </div>
  );
}

/** 1, 2 or 5 times a power of ten that gives four to nine ticks. */
function tickStep(span: number): number {
  const rough = span / 6;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
}
