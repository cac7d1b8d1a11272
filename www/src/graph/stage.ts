// The picture on the page: two canvases, a camera and a pointer. No framework; the view tells it what to show.
import type { ChannelGraph } from "../types.ts";
import { createCanvas2D } from "./canvas2d.ts";
import {
  clampCamera,
  FIT,
  MAX_ZOOM,
  pickNode,
  reveal,
  transformOf,
  zoomAt,
  type Camera,
  type Transform,
  type Viewport,
} from "./camera.ts";
import { listen } from "./gestures.ts";
import { layoutGraph, type Layout } from "./layout.ts";
import { bandHeight, dims, drawOverlay, MIN_ROOM, NO_HIGHLIGHT, type HeaderBox, type Highlight } from "./overlay.ts";
import type { Renderer } from "./renderer.ts";
import { graphStats, keep } from "./stats.ts";
import { onRatioChange, onThemeChange, readTheme, type GraphTheme } from "./theme.ts";
import { createWebGL } from "./webgl.ts";

/** What is under the pointer; x and y are CSS pixels from the picture's corner. */
export interface Hit {
  node: number;
  layer: number;
  x: number;
  y: number;
}

export interface StageEvents {
  hover(hit: Hit | null): void;
  tap(hit: Hit | null): void;
  changed(zoom: number): void;
}

export interface StageState {
  graph: ChannelGraph;
  layout: Layout;
  transform: Transform;
  view: Viewport;
  theme: GraphTheme;
}

/** How long to wait for a lost WebGL context. */
const RESTORE_MS = 2000;

export class Stage {
  private base: HTMLCanvasElement;
  private readonly overlay: HTMLCanvasElement;
  private readonly ink: CanvasRenderingContext2D;
  private renderer!: Renderer;
  private graph: ChannelGraph | null = null;
  private layout: Layout | null = null;
  private theme: GraphTheme | null = null;
  private view: Viewport = { width: 0, height: 0, ratio: 1, inset: { top: 0, right: 0, bottom: 0, left: 0 } };
  private camera: Camera = FIT;
  private highlight: Highlight = NO_HIGHLIGHT;
  private headers: HeaderBox[] = [];
  private stale = { base: false, overlay: false };
  private frame = 0;
  private moving = false;
  private waitingSince = 0;
  private animation = 0;
  private readonly undo: (() => void)[] = [];

  constructor(
    private readonly host: HTMLElement,
    private readonly events: StageEvents,
    force2D = false,
  ) {
    this.base = this.addCanvas();
    this.overlay = this.addCanvas();
    this.ink = this.overlay.getContext("2d")!;
    this.makeRenderer(force2D);
    const resize = new ResizeObserver(() => this.resize());
    resize.observe(host);
    this.undo.push(
      () => resize.disconnect(),
      onThemeChange(() => this.recolour()),
      onRatioChange(() => this.resize()),
      listen(host, {
        pan: (dx, dy) => this.pan(dx, dy),
        zoom: (factor, x, y) => this.move(zoomAt(this.view, this.camera, factor, x, y)),
        hover: (x, y) => this.events.hover(this.hit(x, y)),
        leave: () => this.events.hover(null),
        tap: (x, y) => this.events.tap(this.hit(x, y)),
        moving: (active) => {
          if (this.moving === active) return;
          this.moving = active;
          if (!active && this.renderer.kind === "canvas2d") this.invalidate(true);
        },
      }),
    );
    this.resize();
  }

  get zoom(): number {
    return this.camera.zoom;
  }

  get state(): StageState | null {
    const { graph, layout, theme, view } = this;
    return (
      graph && layout && theme && { graph, layout, theme, view, transform: transformOf(layout, view, this.camera) }
    );
  }

  setGraph(graph: ChannelGraph, layout: Layout = layoutGraph(graph)): void {
    if (graph === this.graph) return;
    const began = performance.now();
    // Another number of columns: the place that was looked at is no more.
    const refit = this.graph !== null && this.graph.layers.length !== graph.layers.length && this.camera.zoom > 1;
    this.graph = graph;
    this.layout = layout;
    this.theme = readTheme(this.host, graph.layers);
    this.inset();
    graphStats.sceneBytes = this.renderer.setScene(graph, this.layout);
    graphStats.nodes = graph.nodeLayer.length;
    graphStats.edges = graph.edgeSource.length;
    graphStats.firstFrameMs = performance.now() - began;
    this.waitingSince = began;
    this.camera = clampCamera(this.view, this.camera);
    if (refit) this.move(FIT);
    this.invalidate(true);
  }

  setHighlight(highlight: Highlight): void {
    const before = this.highlight;
    this.highlight = highlight;
    this.base.classList.toggle("dim", dims(highlight));
    this.invalidate(before.layers !== highlight.layers);
  }

  fit(): void {
    this.glide(FIT);
  }

  zoomBy(factor: number): void {
    this.glide(zoomAt(this.view, this.camera, factor, this.view.width / 2, this.view.height / 2));
  }

  /** Zooms about the middle without gliding there. */
  zoomNow(factor: number): void {
    this.move(zoomAt(this.view, this.camera, factor, this.view.width / 2, this.view.height / 2));
  }

  /** Moves the picture; false if it was at its border already. */
  pan(dx: number, dy: number): boolean {
    return this.move(clampCamera(this.view, { ...this.camera, x: this.camera.x + dx, y: this.camera.y + dy }));
  }

  reveal(node: number): void {
    if (this.layout && node >= 0)
      this.glide(reveal(this.layout, this.view, this.camera, this.layout.x[node]!, this.layout.y[node]!));
  }

  /** Where a node is on the host, in CSS pixels. */
  place(node: number): Hit | null {
    if (!this.layout || !this.graph || node < 0) return null;
    const t = transformOf(this.layout, this.view, this.camera);
    return {
      node,
      layer: this.graph.nodeLayer[node]!,
      x: t.ax * this.layout.x[node]! + t.bx,
      y: t.ay * this.layout.y[node]! + t.by,
    };
  }

  /** Node or header under a point. */
  hit(x: number, y: number): Hit | null {
    const { graph, layout } = this;
    if (!graph || !layout) return null;
    const began = performance.now();
    const header = this.headers.find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
    const node = header ? -1 : pickNode(graph, layout, transformOf(layout, this.view, this.camera), x, y);
    keep(graphStats.hoverMs, performance.now() - began);
    if (header) return { node: -1, layer: header.layer, x, y };
    return node < 0 ? null : this.place(node);
  }

  /** Draws now, on whatever renderer is in use, and returns a copy of the picture on the page's background. */
  snapshot(): HTMLCanvasElement {
    this.draw(true);
    const copy = document.createElement("canvas");
    copy.width = this.base.width;
    copy.height = this.base.height;
    const context = copy.getContext("2d")!;
    context.fillStyle = this.theme?.ink.surface ?? "#fff";
    context.fillRect(0, 0, copy.width, copy.height);
    context.globalAlpha = Number(getComputedStyle(this.base).opacity);
    context.drawImage(this.base, 0, 0);
    context.globalAlpha = 1;
    context.drawImage(this.overlay, 0, 0);
    return copy;
  }

  /** Draws a frame now and returns its script time in milliseconds; used by the bench. */
  drawNow(base = true): number {
    this.draw(base);
    return graphStats.frameMs[graphStats.frameMs.length - 1] ?? 0;
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    cancelAnimationFrame(this.animation);
    for (const step of this.undo) step();
    this.renderer.dispose();
    this.base.remove();
    this.overlay.remove();
  }

  private addCanvas(): HTMLCanvasElement {
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    this.host.append(canvas);
    return canvas;
  }

  /** WebGL2 where there is any, and the fallback in its place. */
  private makeRenderer(force2D: boolean): void {
    let renderer = force2D ? null : createWebGL(this.base);
    if (renderer) this.watchContext();
    else {
      // A canvas that has been asked for WebGL refuses any other context: start from a fresh one.
      const fresh = this.addCanvas();
      fresh.width = this.base.width;
      fresh.height = this.base.height;
      fresh.className = this.base.className;
      this.base.replaceWith(fresh);
      this.base = fresh;
      renderer = createCanvas2D(fresh)!;
    }
    this.renderer = renderer;
    graphStats.renderer = renderer.kind;
    if (this.graph && this.layout) renderer.setScene(this.graph, this.layout);
    this.events.changed(this.camera.zoom);
    this.invalidate(true);
  }

  /** A lost context mostly comes back within a moment; where it does not, the fallback takes over. */
  private watchContext(): void {
    const canvas = this.base;
    canvas.addEventListener(
      "webglcontextlost",
      (event) => {
        event.preventDefault();
        const timer = setTimeout(() => this.makeRenderer(true), RESTORE_MS);
        this.undo.push(() => clearTimeout(timer));
        canvas.addEventListener(
          "webglcontextrestored",
          () => {
            clearTimeout(timer);
            if (this.base === canvas) this.makeRenderer(false);
          },
          { once: true },
        );
      },
      { once: true },
    );
  }

  private recolour(): void {
    if (this.graph) this.theme = readTheme(this.host, this.graph.layers);
    this.invalidate(true);
  }

  private resize(): void {
    const width = this.host.clientWidth;
    const height = this.host.clientHeight;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    for (const canvas of [this.base, this.overlay]) {
      canvas.width = Math.max(1, Math.round(width * ratio));
      canvas.height = Math.max(1, Math.round(height * ratio));
    }
    this.view = { ...this.view, width, height, ratio };
    this.inset();
    this.camera = clampCamera(this.view, this.camera);
    this.draw(true); // in the same frame, or a resized canvas would flash empty
  }

  /** Room for headers: names lie flat where columns are wide enough, else they stand. */
  private inset(): void {
    const side = this.view.width < 480 ? 12 : 24;
    const pitch = (this.view.width - 2 * side) / Math.max(1, this.layout?.width ?? 1);
    const top = (pitch > 70 ? 35 : pitch < MIN_ROOM + 3 ? 19 : 79) + (this.layout ? bandHeight(this.layout) : 21);
    this.view = { ...this.view, inset: { top, right: side, bottom: 14, left: side } };
  }

  private move(camera: Camera): boolean {
    const { zoom, x, y } = this.camera;
    if (camera.zoom === zoom && camera.x === x && camera.y === y) return false;
    this.camera = camera;
    // Fitted, a finger scrolls the page; zoomed in, it pans the picture.
    this.host.style.touchAction = camera.zoom > 1 ? "none" : "pan-y";
    if (camera.zoom !== zoom) this.events.changed(camera.zoom);
    this.invalidate(true);
    return true;
  }

  /** Moves the camera over a few frames, at once if the reader prefers no motion. */
  private glide(to: Camera): void {
    cancelAnimationFrame(this.animation);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return void this.move(to);
    const from = this.camera;
    const began = performance.now();
    const step = (now: number) => {
      const linear = Math.min(1, Math.max(0, (now - began) / 180));
      const share = 1 - (1 - linear) ** 3;
      const mix = (a: number, b: number) => a + (b - a) * share;
      this.move(
        linear === 1
          ? to
          : { zoom: Math.min(MAX_ZOOM, mix(from.zoom, to.zoom)), x: mix(from.x, to.x), y: mix(from.y, to.y) },
      );
      if (linear < 1) this.animation = requestAnimationFrame(step);
    };
    this.animation = requestAnimationFrame(step);
  }

  private invalidate(base: boolean): void {
    this.stale.base ||= base;
    this.stale.overlay = true;
    this.frame ||= requestAnimationFrame(() => this.draw(this.stale.base));
  }

  private draw(base: boolean): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.stale = { base: false, overlay: false };
    const state = this.state;
    if (!state || this.view.width === 0) return;
    const began = performance.now();
    const { graph, layout, transform, theme, view } = state;
    if (base) {
      const emphasis =
        this.highlight.layers &&
        Float32Array.from(graph.layers, (layer) => (this.highlight.layers!.has(layer.id) ? 1.5 : 0.1));
      const stats = this.renderer.draw({
        transform,
        view,
        colours: theme.colours,
        halo: theme.halo,
        emphasis,
        moving: this.moving,
      });
      graphStats.drawCalls = stats.drawCalls;
      graphStats.lines = stats.lines;
      graphStats.ribbons = stats.ribbons;
      graphStats.frameBytes = stats.bytes;
      graphStats.frames++;
    }
    this.headers = drawOverlay({
      context: this.ink,
      graph,
      layout,
      t: transform,
      view,
      theme,
      highlight: this.highlight,
    });
    const spent = performance.now() - began;
    keep(graphStats.frameMs, spent);
    if (this.waitingSince > 0) {
      graphStats.firstFrameMs += spent;
      this.waitingSince = 0;
    }
  }
}
