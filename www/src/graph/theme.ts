// Colours that the page's style sheets decide, as the canvases need them. Read again when the theme changes.
import { opLook } from "../space/ops.ts";
import type { LayerInfo } from "../types.ts";

export interface Ink {
  text: string;
  muted: string;
  line: string;
  surface: string;
  accent: string;
  font: string;
}

export interface GraphTheme {
  ink: Ink;
  /** Red, green, blue of each layer's operation, 0..1. */
  colours: Float32Array;
  halo: [number, number, number];
}

/** Resolves the custom properties on an element inside `host`, whatever colour syntax they use. */
export function readTheme(host: HTMLElement, layers: readonly LayerInfo[]): GraphTheme {
  const probe = document.createElement("span");
  probe.hidden = true;
  host.append(probe);
  const resolve = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const ink: Ink = {
    text: resolve("--graph-text"),
    muted: resolve("--graph-muted"),
    line: resolve("--graph-line"),
    surface: resolve("--graph-surface"),
    accent: resolve("--graph-accent"),
    font: getComputedStyle(host).fontFamily,
  };
  const known = new Map<string, [number, number, number]>();
  const colours = new Float32Array(layers.length * 3);
  layers.forEach((layer, index) => {
    let rgb = known.get(layer.op);
    if (!rgb) known.set(layer.op, (rgb = parseColour(resolve(opLook(layer.op).token))));
    colours.set(rgb, index * 3);
  });
  probe.remove();
  return { ink, colours, halo: parseColour(ink.surface) };
}

/** A computed colour, `rgb(…)` or `color(srgb …)`, as numbers 0..1; grey if it cannot be read. */
export function parseColour(text: string): [number, number, number] {
  const numbers = (text.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).slice(0, 3).map(Number);
  if (numbers.length < 3 || numbers.some(Number.isNaN)) return [0.5, 0.5, 0.5];
  const scale = text.startsWith("color(") ? 1 : 255;
  return numbers.map((value) => Math.min(1, Math.max(0, value / scale))) as [number, number, number];
}

/** Calls back when the colours may have changed: the system's scheme, or the page's own switch. */
export function onThemeChange(changed: () => void): () => void {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class", "data-theme"] });
  return () => {
    scheme.removeEventListener("change", changed);
    observer.disconnect();
  };
}

/** Calls back when a pixel of the page takes another number of the screen's: zoomed, or on another screen. */
export function onRatioChange(changed: () => void): () => void {
  const stop = new AbortController();
  const watch = () =>
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => (watch(), changed()), {
      once: true,
      signal: stop.signal,
    });
  watch();
  return () => stop.abort();
}
