/** The scatter: three canvases (cloud; what stands out of it; marks that follow the pointer), zoom, lasso, keys, a tooltip. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useShown } from "../ui/shown.ts";
import { resolvedColour } from "../space/ops.ts";
import { drawCloud, drawMarks, drawSeries, type Palette, type Series, type Shape } from "./draw.ts";
import { listen, type PlotTarget } from "./gestures.ts";
import { NearestGrid } from "./nearest.ts";
import { insideBox, insidePolygon, shownPoints, type Combine } from "./lasso.ts";
import { boxView, layOut, panView, readingOrder, zoomView, type Plot, type View } from "./plot.ts";
import type { Kind } from "./scale.ts";
import { SelectRow, ToolRow, type Tool } from "./tools.tsx";

export interface ScatterProps {
  x: Float64Array;
  y: Float64Array;
  kindX: Kind;
  kindY: Kind;
  labels: { x: string; y: string };
  /** Position of the reader's cell among the points, or −1. */
  own: number;
  /** What the tooltip says of a point, and the same as one sentence for screen readers. */
  tip(point: number): ComponentChildren;
  words(point: number): string;
  onPick(point: number): void;
  /** Said instead of a plot when there is nothing to draw. */
  empty: ComponentChildren;
  /** Receives the plan that is on screen, for exports. */
  planned(plot: Plot | null): void;
  /** Points that stand out. */
  series?: readonly Series[];
  /** How many points are selected, and who hears of a new choice; without it there is nothing to select with. */
  selected?: number;
  onSelect?(points: Uint32Array, how: Combine): void;
}

export function readPalette(): Palette {
  return {
    ink: resolvedColour("--ink"),
    muted: resolvedColour("--ink-soft"),
    line: resolvedColour("--line"),
    cloud: resolvedColour("--ink-soft"),
    accent: resolvedColour("--accent"),
    surface: resolvedColour("--surface"),
    font: resolvedColour("--sans"),
  };
}

/** Goes up when the page's colours change. */
function useTheme(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const up = () => setCount((now) => now + 1);
    const observer = new MutationObserver(up);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", up);
    return () => {
      observer.disconnect();
      system.removeEventListener("change", up);
    };
  }, []);
  return count;
}

/** How near the pointer must come to a point, in pixels: fingers are less exact. */
const REACH = { mouse: 14, touch: 28 };

/** A step of the arrow keys when they move the view, in pixels. */
const STEP = 40;

const noSeries: readonly Series[] = [];

export function Scatter({
  x,
  y,
  kindX,
  kindY,
  labels,
  own,
  tip,
  words,
  onPick,
  empty,
  planned,
  series = noSeries,
  selected = 0,
  onSelect,
}: ScatterProps) {
  const frame = useRef<HTMLDivElement>(null);
  const cloud = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [view, setView] = useState<View | null>(null);
  const [active, setActive] = useState(-1);
  const [tool, setTool] = useState<Tool>("zoom");
  const [shape, setShape] = useState<Shape | null>(null);
  const theme = useTheme();
  const height = Math.round(Math.min(460, Math.max(300, width * 0.62)));
  const ratio = Math.min(3, window.devicePixelRatio || 1);

  useLayoutEffect(() => {
    const element = frame.current!;
    // A panel that is put away has no width: what was measured before stands.
    const measure = () => element.clientWidth > 0 && setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // A panel out of sight draws nothing: its columns may change several times a second while others are scored.
  const shown = useShown();
  const held = useRef<Plot | null>(null);
  const plot = useMemo(() => {
    if (shown) held.current = layOut({ width, height, x, y, kindX, kindY, view });
    return held.current;
  }, [width, height, x, y, kindX, kindY, view, shown]);
  // Built when the pointer first asks: a run replaces the plot several times a second.
  const grid = useRef<{ plot: Plot; nearest: NearestGrid } | null>(null);
  const order = useRef<{ plot: Plot; rows: Uint32Array } | null>(null);
  useEffect(() => planned(plot), [plot]);
  useEffect(() => setView(null), [labels.x, labels.y, kindX, kindY]);
  useEffect(() => setActive(-1), [plot]);

  const palette = useMemo(readPalette, [theme]);
  useLayoutEffect(() => {
    const ctx = cloud.current?.getContext("2d");
    if (ctx && plot) drawCloud(ctx, plot, palette, labels, ratio);
  }, [plot, palette, ratio, labels.x, labels.y]);
  useLayoutEffect(() => {
    const ctx = above.current?.getContext("2d");
    if (ctx && plot) drawSeries(ctx, plot, palette, series, ratio);
  }, [plot, palette, ratio, series]);
  useLayoutEffect(() => {
    const ctx = marks.current?.getContext("2d");
    if (ctx && plot) drawMarks(ctx, plot, palette, { active, own, shape }, ratio);
  }, [plot, palette, ratio, active, own, shape]);

  const near = (px: number, py: number, touch: boolean) => {
    if (!plot) return -1;
    if (grid.current?.plot !== plot) grid.current = { plot, nearest: new NearestGrid(plot.px, plot.py, width, height) };
    return grid.current.nearest.nearest(px, py, touch ? REACH.touch : REACH.mouse);
  };
  const choose = (points: Uint32Array, how: Combine) => onSelect?.(points, how);

  const move = (dx: number, dy: number) => plot && setView(panView(plot, view, dx, dy));
  // The listeners stay, what they call is of the last render.
  const target = useRef<PlotTarget>(null!);
  target.current = {
    tool,
    hover: (px, py) => setActive(near(px, py, false)),
    leave: () => setActive(-1),
    tap(px, py, touch) {
      const point = near(px, py, touch);
      // A finger cannot hover: its first tap shows the point, the second one loads it.
      if (touch && point !== active) setActive(point);
      else if (point >= 0) onPick(point);
    },
    pan: (dx, dy) => move(dx, dy),
    zoom: (factor, px, py, dx, dy) => plot && setView(zoomView(plot, view, factor, px, py, dx, dy)),
    draw(corners) {
      setActive(-1);
      setShape(corners && { kind: tool === "lasso" ? "lasso" : "box", corners });
    },
    drawn(corners, how) {
      setShape(null);
      const last = corners.at(-1)!;
      if (!plot) return;
      if (tool === "zoom") setView(boxView(plot, ...corners[0]!, ...last) ?? view);
      else
        choose(
          tool === "lasso" ? insidePolygon(plot.px, plot.py, corners) : insideBox(plot.px, plot.py, corners[0]!, last),
          how,
        );
    },
  };
  useEffect(() => listen(frame.current!, target), []);

  const zoom = (factor: number) => {
    if (!plot) return;
    const centre = active >= 0 ? active : own;
    const seen = centre >= 0 && !Number.isNaN(plot.px[centre]!);
    const { box } = plot;
    setView(
      zoomView(
        plot,
        view,
        factor,
        seen ? plot.px[centre]! : (box.left + box.right) / 2,
        seen ? plot.py[centre]! : (box.top + box.bottom) / 2,
      ),
    );
  };
  const walk = (to: (position: number, last: number, page: number) => number) => {
    if (!plot || plot.shown === 0) return;
    if (order.current?.plot !== plot) order.current = { plot, rows: readingOrder(plot) };
    const { rows } = order.current;
    const here = rows.indexOf(active >= 0 ? active : own);
    const last = rows.length - 1;
    setActive(rows[Math.max(0, Math.min(last, to(here, last, Math.ceil(rows.length / 20))))]!);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { shiftKey } = event;
    switch (event.key) {
      case "ArrowRight":
        shiftKey ? move(-STEP, 0) : walk((k) => k + 1);
        break;
      case "ArrowUp":
        shiftKey ? move(0, STEP) : walk((k) => k + 1);
        break;
      case "ArrowLeft":
        shiftKey ? move(STEP, 0) : walk((k) => k - 1);
        break;
      case "ArrowDown":
        shiftKey ? move(0, -STEP) : walk((k) => k - 1);
        break;
      case "PageUp":
        walk((k, _, page) => k + page);
        break;
      case "PageDown":
        walk((k, _, page) => k - page);
        break;
      case "Home":
        walk(() => 0);
        break;
      case "End":
        walk((_, last) => last);
        break;
      case "Enter":
      case " ":
        if (active >= 0) onPick(active);
        break;
      case "+":
      case "=":
        zoom(0.5);
        break;
      case "-":
        zoom(2);
        break;
      case "0":
        setView(null);
        break;
      case "s":
        if (active >= 0) choose(Uint32Array.of(active), "add");
        break;
      case "S":
        if (active >= 0) choose(Uint32Array.of(active), "remove");
        break;
      case "a":
        if (plot) choose(shownPoints(plot.px), "replace");
        break;
      case "Escape":
        shape || active >= 0 ? (setShape(null), setActive(-1)) : setView(null);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  const canvas = {
    width: Math.round(width * ratio),
    height: Math.round(height * ratio),
    style: { width: `${width}px`, height: `${height}px` },
  };
  const selecting = onSelect
    ? " S adds a point to the selection, Shift and S takes it out, A selects all in view."
    : "";
  return (
    <div class="rank-scatter">
      <div
        ref={frame}
        class={`rank-scatter-frame tool-${tool}`}
        style={{ height: `${height}px` }}
        role="application"
        aria-roledescription="scatter plot"
        aria-label={`${labels.y} against ${labels.x}. Arrow keys go from point to point, Enter loads the cell, plus and minus zoom, Shift and arrows move the view, 0 shows all.${selecting} The table below holds the same values.`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <canvas ref={cloud} {...canvas} aria-hidden="true" />
        <canvas ref={above} {...canvas} aria-hidden="true" />
        <canvas ref={marks} {...canvas} aria-hidden="true" class={active >= 0 ? "picking" : ""} />
        {!plot && width > 0 && <div class="rank-scatter-empty soft">{empty}</div>}
        {plot && active >= 0 && !shape && (
          <Tip plot={plot} point={active}>
            {tip(active)}
          </Tip>
        )}
      </div>
      <ToolRow
        tool={tool}
        plot={plot}
        zoomed={view !== null}
        selecting={onSelect !== undefined}
        onTool={setTool}
        onZoom={zoom}
        onReset={() => setView(null)}
      />
      {onSelect && plot && (
        <SelectRow
          selected={selected}
          zoomed={view !== null}
          onView={() => choose(shownPoints(plot.px), "replace")}
          onClear={() => choose(new Uint32Array(0), "replace")}
        />
      )}
      <div class="hidden-text" aria-live="polite">
        {active >= 0 ? words(active) : ""}
      </div>
    </div>
  );
}

/** The tooltip beside a point, on the side where there is room. */
function Tip({ plot, point, children }: { plot: Plot; point: number; children: ComponentChildren }) {
  const px = plot.px[point]!;
  const py = plot.py[point]!;
  const left = px < plot.width / 2;
  const up = py > plot.height / 2;
  const style = {
    [left ? "left" : "right"]: `${left ? px + 12 : plot.width - px + 12}px`,
    [up ? "bottom" : "top"]: `${up ? plot.height - py + 8 : py + 8}px`,
  };
  return (
    <div class="rank-tip small" style={style}>
      {children}
    </div>
  );
}
