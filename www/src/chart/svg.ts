/** The scatter as an SVG file: the same plan as on the canvas, with its provenance inside. */
import { dot, markers, steps, tickLabel, type Palette, type Series } from "./draw.ts";
import type { Plot } from "./plot.ts";
import { toPixel } from "./scale.ts";

export interface SvgInput {
  plot: Plot;
  palette: Palette;
  labels: { x: string; y: string };
  own: number;
  series: readonly Series[];
  /** A sentence on what is shown, and the settings that made it. */
  title: string;
  provenance: string;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

const f = (n: number) => String(Math.round(n * 10) / 10);

export function scatterSvg({ plot, palette, labels, own, series, title, provenance }: SvgInput): string {
  const { box, width, height } = plot;
  const { radius, alpha } = dot(plot.shown);
  const out: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(provenance)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${escapeXml(palette.surface)}"/>`,
    `<g stroke="${escapeXml(palette.line)}" fill="none">`,
  ];
  for (const v of plot.ticksX) out.push(`<path d="M${f(toPixel(plot.x, v))} ${box.top}V${box.bottom + 4}"/>`);
  for (const v of plot.ticksY) out.push(`<path d="M${box.left - 4} ${f(toPixel(plot.y, v))}H${box.right}"/>`);
  out.push(`</g><g fill="${escapeXml(palette.muted)}">`);
  for (const v of plot.ticksX) {
    out.push(
      `<text x="${f(toPixel(plot.x, v))}" y="${box.bottom + 16}" text-anchor="middle">${escapeXml(tickLabel(v, plot.ticksX))}</text>`,
    );
  }
  for (const v of plot.ticksY) {
    out.push(
      `<text x="${box.left - 7}" y="${f(toPixel(plot.y, v) + 4)}" text-anchor="end">${escapeXml(tickLabel(v, plot.ticksY))}</text>`,
    );
  }
  out.push(`</g><g fill="${escapeXml(palette.ink)}" text-anchor="middle">`);
  out.push(`<text x="${f((box.left + box.right) / 2)}" y="${height - 5}">${escapeXml(labels.x)}</text>`);
  out.push(
    `<text transform="translate(14 ${f((box.top + box.bottom) / 2)}) rotate(-90)">${escapeXml(labels.y)}</text></g>`,
  );
  out.push(`<g fill="${escapeXml(palette.cloud)}" fill-opacity="${alpha}">`);
  for (let i = 0; i < plot.px.length; i++) {
    if (!Number.isNaN(plot.px[i]!)) out.push(`<circle cx="${f(plot.px[i]!)}" cy="${f(plot.py[i]!)}" r="${radius}"/>`);
  }
  out.push("</g>");
  const ink = escapeXml(palette.ink);
  const surface = escapeXml(palette.surface);
  out.push(
    `<clipPath id="box"><rect x="${box.left - 5}" y="${box.top - 5}" width="${box.right - box.left + 10}" height="${box.bottom - box.top + 10}"/></clipPath>`,
  );
  for (const { points, marker, line } of series) {
    if (line !== "none") {
      const dash = line === "dashed" ? ` stroke-dasharray="5 4"` : "";
      out.push(
        `<path clip-path="url(#box)" d="${steps(plot, points)}" fill="none" stroke="${ink}" stroke-width="1.5"${dash}/>`,
      );
    }
    const [fill, stroke] = marker === "diamond" ? [surface, ink] : [ink, marker === "dot" ? "none" : surface];
    out.push(`<path d="${markers(plot, points, marker)}" fill="${fill}" stroke="${stroke}"/>`);
  }
  if (own >= 0 && !Number.isNaN(plot.px[own]!)) {
    out.push(
      `<circle cx="${f(plot.px[own]!)}" cy="${f(plot.py[own]!)}" r="6" fill="none" stroke="${escapeXml(palette.accent)}" stroke-width="2.5"/>`,
    );
  }
  out.push("</svg>");
  return out.join("\n");
}
