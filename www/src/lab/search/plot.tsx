// The best-so-far chart on the page: pointer, keys, and what stands at a look-up.
import { useMemo, useRef, useState } from "preact/hooks";
import { whole } from "../../words/format.ts";
import { bareFigure, figure, scaleOf } from "../../words/measures.ts";
import type { Kind } from "../../chart/scale.ts";
import { toPixel } from "../../chart/scale.ts";
import { layOut, lookupAt, nearest, strokesOf, type Chart, type Curve } from "./chart.ts";
import type { Judge, Line } from "./hooks.ts";
import { search } from "./model.ts";
import { Swatch } from "./series.tsx";
import { briefName } from "./settings.ts";
import { LETTERS, PAGE_COLOURS } from "../../chart/strokes.ts";
import { Strokes } from "../../chart/strokes-svg.tsx";
import { useWidth } from "../../chart/use-width.ts";

interface PlotProps {
  lines: readonly Line[];
  budget: number;
  selected: number;
  judge: Judge;
  kind: Kind;
  label: string;
  shortLabel: string;
  optimumWords: string;
  /** Receives the plan and the drawing that are on screen, for exports. */
  planned(chart: Chart | null, svg: SVGSVGElement | null): void;
}

/** Curves as the axis shows them. */
const scaled = (curves: readonly Curve[], scale: number): readonly Curve[] => {
  if (scale === 1) return curves;
  const times = (values: Float64Array) => values.map((value) => value * scale);
  return curves.map((curve) => ({
    ...curve,
    bands: { low: times(curve.bands.low), median: times(curve.bands.median), high: times(curve.bands.high) },
  }));
};

export function SearchPlot({
  lines,
  budget,
  selected,
  judge,
  kind,
  label,
  shortLabel,
  optimumWords,
  planned,
}: PlotProps) {
  const [frame, width, element] = useWidth();
  const [at, setAt] = useState<number | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const height = Math.round(Math.min(440, Math.max(300, width * 0.5)));
  const curves: Curve[] = lines.flatMap(({ place, one, found }) =>
    found?.bands && found.bands.median.length > 0 ? [{ place, name: briefName(one), bands: found.bands }] : [],
  );
  const scale = scaleOf(judge.column);
  const optimum = judge.sorted[0]! * scale;
  const chart = layOut({
    width,
    height,
    curves: scaled(curves, scale),
    budget,
    kind,
    optimum,
    optimumWords,
    selected,
    label,
    shortLabel,
    usual: judge.sorted[judge.known >> 1]! * scale,
  });
  const strokes = useMemo(
    () => (chart ? strokesOf(chart, PAGE_COLOURS) : []),
    [
      width,
      kind,
      selected,
      label,
      optimum,
      ...lines.map(({ found }) => found?.bands),
      lines.map(({ name }) => name).join("|"),
    ],
  );
  planned(chart, svg.current);
  if (!chart) return <div ref={frame} class="search-plot" style={{ height: `${height}px` }} />;

  const point = (event: PointerEvent): [number, number] => {
    const { left, top } = element.current!.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const onPointerMove = (event: PointerEvent) => {
    const [px] = point(event);
    setAt(px >= chart.box.left - 4 && px <= chart.box.right + 4 ? lookupAt(chart, px) : null);
  };
  const onPointerUp = (event: PointerEvent) => {
    const place = nearest(chart, ...point(event));
    if (place >= 0) search.set({ selected: place });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = at ?? 0;
    const page = Math.max(1, Math.round(budget / 20));
    const to = {
      ArrowRight: here + 1,
      ArrowLeft: here - 1,
      PageUp: here + page,
      PageDown: here - page,
      Home: 1,
      End: budget,
    }[event.key];
    if (to !== undefined) setAt(Math.max(1, Math.min(budget, to)));
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const step = event.key === "ArrowDown" ? 1 : lines.length - 1;
      search.set({ selected: (selected + step) % lines.length });
    } else if (event.key === "Escape") setAt(null);
    else return;
    event.preventDefault();
  };
  const x = at === null ? 0 : toPixel(chart.x, at);
  return (
    <div
      ref={frame}
      class="search-plot"
      style={{ height: `${height}px` }}
      role="application"
      aria-roledescription="line chart"
      aria-label={`Best accuracy so far against look-ups, ${lines.length} searches. Left and right arrows go from look-up to look-up, up and down from search to search. The table below holds the summary.`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerLeave={() => setAt(null)}
    >
      <svg
        ref={svg}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        class="search-svg"
        aria-hidden="true"
      >
        <Strokes strokes={strokes} box={chart.box} />
      </svg>
      {at !== null && (
        <div
          class="search-cursor"
          style={{ left: `${x}px`, top: `${chart.box.top}px`, height: `${chart.box.bottom - chart.box.top}px` }}
        />
      )}
      {at !== null && curves.length > 0 && (
        <div
          class="search-tip small"
          style={x < width / 2 ? { left: `${x + 10}px` } : { right: `${width - x + 10}px` }}
        >
          <b>
            {whole(at)} {at === 1 ? "look-up" : "look-ups"}
          </b>
          <table>
            <tbody>
              {curves.map(({ place, bands }) => (
                <tr key={place} class={place === selected ? "selected" : ""}>
                  <th scope="row">
                    <Swatch place={place} /> {LETTERS[place]}
                  </th>
                  <td>{bands.median[at - 1] === undefined ? "–" : figure(judge.column, bands.median[at - 1]!)}</td>
                  <td class="soft">
                    {bands.low[at - 1] === undefined
                      ? ""
                      : `${bareFigure(judge.column, bands.low[at - 1]!)} to ${bareFigure(judge.column, bands.high[at - 1]!)}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="hidden-text" aria-live="polite">
        {at === null
          ? ""
          : `${at} look-ups: ${curves.map(({ place, name, bands }) => `${LETTERS[place]}, ${name}, ${bands.median[at - 1] === undefined ? "not there yet" : `median ${figure(judge.column, bands.median[at - 1]!)}`}`).join("; ")}`}
      </div>
    </div>
  );
}
