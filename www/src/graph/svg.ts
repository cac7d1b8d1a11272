// The picture as an SVG text. Lines are grouped a source channel at a time: crossings between groups then add up as on
// the screen. More than 60,000 lines would choke any viewer; then the densest layers are drawn as bands, and it says so.
import { css } from "./canvas2d.ts";
import { coverage, planDetail } from "./detail.ts";
import { nodeRadius } from "./renderer.ts";
import type { StageState } from "./stage.ts";
import { headerLines } from "./words.ts";

export const SVG_LINES = 60_000;

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const round = (value: number) => String(Math.round(value * 10) / 10);

/** Returns the file's text and how many edges it draws as bands instead of lines. */
export function pictureSvg(
  { graph, layout, transform: t, view, theme }: StageState,
  describe: (note: Record<string, string | number>) => string,
  limit = SVG_LINES,
): { text: string; bundled: number } {
  const detail = planDetail(layout, t, view, null, limit);
  const px = (node: number) => round(t.ax * layout.x[node]! + t.bx);
  const py = (node: number) => round(t.ay * layout.y[node]! + t.by);
  const out: string[] = [];
  let bundled = 0;
  for (const index of detail.ribbons) {
    const bundle = layout.bundles[index]!;
    const a = layout.boxes[bundle.source]!;
    const b = layout.boxes[bundle.target]!;
    const height = ((a.bottom - a.top + b.bottom - b.top) / 2) * t.ay;
    const cover = 1 - (1 - detail.opacity[bundle.target]!) ** (coverage(layout, t, bundle) / Math.max(height, 1));
    const corner = (x: number, y: number) => `${round(t.ax * x + t.bx)} ${round(t.ay * y + t.by)}`;
    out.push(
      `<path d="M${corner(a.x, a.top)} ${corner(b.x, b.top)} ${corner(b.x, b.bottom)} ${corner(a.x, a.bottom)}z" fill="${css(theme.colours, bundle.target)}" fill-opacity="${(cover * 0.85).toFixed(3)}"/>`,
    );
    bundled += bundle.end - bundle.start;
  }
  for (const { source, target, start, end } of layout.bundles) {
    const drawn = detail.runs.some(([from, to]) => start >= from && end <= to);
    if (!drawn) continue;
    out.push(
      `<g fill="none" stroke="${css(theme.colours, target)}" stroke-opacity="${detail.opacity[target]!.toFixed(3)}">`,
    );
    const fans = new Map<number, string[]>();
    for (let edge = start; edge < end; edge++) {
      const from = graph.edgeSource[edge]!;
      const fan = fans.get(from) ?? [];
      fan.push(`M${px(from)} ${py(from)}L${px(graph.edgeTarget[edge]!)} ${py(graph.edgeTarget[edge]!)}`);
      fans.set(from, fan);
    }
    const pass = end - start <= Math.max(layout.boxes[source]!.channels, layout.boxes[target]!.channels);
    const paths = [...fans.values()].map((fan) => fan.join(""));
    for (const path of pass ? [paths.join("")] : paths) out.push(`<path d="${path}"/>`);
    out.push("</g>");
  }
  layout.boxes.forEach((box, layer) => {
    if (box.nodeCount === 0) return;
    const radius = round(nodeRadius(((box.bottom - box.top) / box.channels) * t.ay, t.ax));
    out.push(`<g fill="${css(theme.colours, layer)}" stroke="${theme.ink.surface}" stroke-width=".6">`);
    for (let node = box.firstNode; node < box.firstNode + box.nodeCount; node++)
      out.push(`<circle cx="${px(node)}" cy="${py(node)}" r="${radius}"/>`);
    const x = t.ax * box.x + t.bx;
    const y = t.ay * box.top + t.by - 8;
    const words = headerLines(graph.layers[layer]!).join(" ");
    out.push(
      `</g><text transform="translate(${round(x + 3.5)} ${round(y)}) rotate(-90)" fill="${theme.ink.text}">${escaped(words)}</text>`,
    );
  });
  for (const [spans, y, weight] of [
    [layout.stacks, 14, 600],
    [layout.cells, 32, 400],
  ] as const) {
    for (const { words, left, right } of spans) {
      // About 6 units a character: a name that would run into the next gives way to a shorter one.
      const room = t.ax * (right - left) + 12;
      const text = words.find((candidate) => candidate.length * 6 <= room) ?? words[words.length - 1]!;
      out.push(
        `<text x="${round(t.ax * left + t.bx)}" y="${y}" font-weight="${weight}" fill="${theme.ink.muted}">${escaped(text)}</text>`,
      );
    }
  }
  const note =
    bundled > 0
      ? { drawn_as_bands: `${bundled} of ${graph.edgeSource.length} edges: a file holds at most ${limit} lines` }
      : {};
  if (bundled > 0) {
    out.push(
      `<text x="${view.width - 8}" y="${view.height - 4}" text-anchor="end" fill="${theme.ink.muted}">${bundled.toLocaleString("en-US")} edges drawn as bands</text>`,
    );
  }
  const size = `width="${view.width}" height="${view.height}" viewBox="0 0 ${view.width} ${view.height}"`;
  return {
    bundled,
    text:
      `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="10.5"><desc>${escaped(describe(note))}</desc>` +
      `<rect width="100%" height="100%" fill="${theme.ink.surface}"/>\n${out.join("\n")}\n</svg>\n`,
  };
}
