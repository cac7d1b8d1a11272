/** The scatter: two canvases (cloud; marks that follow the pointer), box zoom, keys, a tooltip. */
import { whole } from "../format.ts";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { resolvedColour } from "../ops.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { drawCloud, drawMarks, type Palette } from "./draw.ts";
import { NearestGrid } from "./grid.ts";
import { boxView, layOut, readingOrder, zoomView, type Plot, type View } from "./plot.ts";
import type { Kind } from "./scale.ts";

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
}

export function readPalette(): Palette {
  return {
    ink: resolvedColour("--ink"), muted: resolvedColour("--ink-soft"), line: resolvedColour("--line"),
    cloud: resolvedColour("--ink-soft"), accent: resolvedColour("--accent"), surface: resolvedColour("--surface"),
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

interface Drag {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** How near the pointer must come to a point, in pixels: fingers are less exact. */
const REACH = { mouse: 14, touch: 28 };

export function Scatter({ x, y, kindX, kindY, labels, own, tip, words, onPick, empty, planned }: ScatterProps) {
  const frame = useRef<HTMLDivElement>(null);
  const cloud = useRef<HTMLCanvasElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [view, setView] = useState<View | null>(null);
  const [active, setActive] = useState(-1);
  const [drag, setDrag] = useState<Drag | null>(null);
  const theme = useTheme();
  const height = Math.round(Math.min(460, Math.max(300, width * 0.62)));
  const ratio = Math.min(3, window.devicePixelRatio || 1);

  useLayoutEffect(() => {
    const element = frame.current!;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const plot = useMemo(() => layOut({ width, height, x, y, kindX, kindY, view }), [width, height, x, y, kindX, kindY, view]);
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
    const ctx = marks.current?.getContext("2d");
    if (ctx && plot) drawMarks(ctx, plot, palette, { active, own, drag }, ratio);
  }, [plot, palette, ratio, active, own, drag]);

  const at = (event: PointerEvent): [number, number] => {
    const { left, top } = frame.current!.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const near = (event: PointerEvent) => {
    if (!plot) return -1;
    if (grid.current?.plot !== plot) grid.current = { plot, nearest: new NearestGrid(plot.px, plot.py, width, height) };
    return grid.current.nearest.nearest(...at(event), event.pointerType === "touch" ? REACH.touch : REACH.mouse);
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || event.pointerType === "touch") return; // a finger scrolls the page; buttons zoom
    const [px, py] = at(event);
    setDrag({ x0: px, y0: py, x1: px, y1: py });
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag) {
      const [x1, y1] = at(event);
      setDrag({ ...drag, x1, y1 });
      if (Math.hypot(x1 - drag.x0, y1 - drag.y0) > 6) setActive(-1);
    } else if (event.pointerType !== "touch") {
      setActive(near(event));
    }
  };
  const onPointerUp = (event: PointerEvent) => {
    const zoomed = drag && plot && boxView(plot, drag.x0, drag.y0, drag.x1, drag.y1);
    const still = !drag || Math.hypot(drag.x1 - drag.x0, drag.y1 - drag.y0) <= 6;
    setDrag(null);
    if (zoomed) return setView(zoomed);
    if (!still) return;
    const point = near(event);
    // A finger cannot hover: its first tap shows the point, the second one loads it.
    if (event.pointerType === "touch" && point !== active) setActive(point);
    else if (point >= 0) onPick(point);
  };

  const zoom = (factor: number) => {
    if (!plot) return;
    const centre = active >= 0 ? active : own;
    const seen = centre >= 0 && !Number.isNaN(plot.px[centre]!);
    const { box } = plot;
    setView(zoomView(plot, factor, seen ? plot.px[centre]! : (box.left + box.right) / 2, seen ? plot.py[centre]! : (box.top + box.bottom) / 2));
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
    switch (event.key) {
      case "ArrowRight": case "ArrowUp": walk((k) => k + 1); break;
      case "ArrowLeft": case "ArrowDown": walk((k) => k - 1); break;
      case "PageUp": walk((k, _, page) => k + page); break;
      case "PageDown": walk((k, _, page) => k - page); break;
      case "Home": walk(() => 0); break;
      case "End": walk((_, last) => last); break;
      case "Enter": case " ": if (active >= 0) onPick(active); break;
      case "+": case "=": zoom(0.5); break;
      case "-": zoom(2); break;
      case "0": setView(null); break;
      case "Escape": drag || active >= 0 ? (setDrag(null), setActive(-1)) : setView(null); break;
      default: return;
    }
    event.preventDefault();
  };

  const canvas = { width: Math.round(width * ratio), height: Math.round(height * ratio), style: { width: `${width}px`, height: `${height}px` } };
  return (
    <div class="rank-scatter">
      <div
        ref={frame}
        class="rank-scatter-frame"
        style={{ height: `${height}px` }}
        role="application"
        aria-roledescription="scatter plot"
        aria-label={`${labels.y} against ${labels.x}. Arrow keys go from point to point, Enter loads the cell, plus and minus zoom. The table below holds the same values.`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => setDrag(null)}
        onPointerLeave={(event) => drag || event.pointerType === "touch" || setActive(-1)}
      >
        <canvas ref={cloud} {...canvas} aria-hidden="true" />
        <canvas ref={marks} {...canvas} aria-hidden="true" class={active >= 0 ? "picking" : ""} />
        {!plot && width > 0 && <div class="rank-scatter-empty soft">{empty}</div>}
        {plot && active >= 0 && !drag && <Tip plot={plot} point={active}>{tip(active)}</Tip>}
      </div>
      <div class="row small soft">
        <span class="grow">
          {plot && view ? `${whole(plot.shown)} of ${whole(plot.defined)} points in view.` : "Drag a box to zoom; press a point to load its cell."}
        </span>
        <IconButton label="Zoom in" disabled={!plot} onClick={() => zoom(0.5)}>+</IconButton>
        <IconButton label="Zoom out" disabled={!plot} onClick={() => zoom(2)}>−</IconButton>
        <Button disabled={!view} onClick={() => setView(null)}>Reset zoom</Button>
      </div>
      <div class="hidden-text" aria-live="polite">{active >= 0 ? words(active) : ""}</div>
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
  return <div class="rank-tip small" style={style}>{children}</div>;
}
