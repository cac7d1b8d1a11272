// Files that leave the page by the user's own hand. Each says what made it: version, cell, seeds, batch, settings, date.
import { module } from "../engine/client.ts";
import { SPACES, type OptionId } from "../space/spaces.ts";
import { store } from "../state/state.ts";
import { batchText, writeFragment } from "../state/url.ts";

export interface ExportedFile {
  name: string;
  mime: string;
  data: string | Uint8Array<ArrayBuffer> | Blob;
}

/** Settings of the network as the command line's golden files name them. */
const OPTION_NAMES: Record<OptionId, string> = {
  cellsPerStack: "cells_per_stack",
  stemChannels: "stem_channels",
  task: "task",
  initChannels: "init_channels",
  layers: "layers",
};

export type Provenance = Record<string, string | number>;

/** What made a result, from the state as it is now; `extra` adds what only the caller knows. */
export function provenance(extra: Provenance = {}): Provenance {
  const state = store.get();
  return {
    program: module.version,
    space: state.space,
    cell: state.cell,
    network_seed: state.options.seed,
    ...Object.fromEntries(SPACES[state.space].options.map((option) => [OPTION_NAMES[option], state.options[option]])),
    epsilon_batch: batchText(state.batch),
    epsilon_weights: state.weights.join(","),
    ...(state.ownModel === null ? {} : { tgnas_model: "trained in the page; the link does not carry it" }),
    ...extra,
    date: new Date().toISOString(),
    link: `${location.href.replace(/#.*$/, "")}${writeFragment(state)}`,
  };
}

/** Provenance as comment lines, e.g. with `# ` before each (CSV) or `// ` (DOT). */
export function commentLines(prefix: string, extra?: Provenance): string {
  const oneLine = (value: string | number) => String(value).replace(/[\r\n]+/g, " ");
  return Object.entries(provenance(extra))
    .map(([key, value]) => `${prefix}${key}: ${oneLine(value)}\n`)
    .join("");
}

type CsvValue = string | number | null;

function csvValue(value: CsvValue): string {
  if (value === null || (typeof value === "number" && Number.isNaN(value))) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A CSV file (RFC 4180 below its `#` lines): header, then rows. Null and NaN are empty. */
export function csvFile(
  name: string,
  header: string[],
  rows: Iterable<readonly CsvValue[]>,
  extra?: Provenance,
): ExportedFile {
  const lines = [header.map(csvValue).join(",")];
  for (const row of rows) lines.push(row.map(csvValue).join(","));
  return { name, mime: "text/csv", data: `${commentLines("# ", extra)}${lines.join("\r\n")}\r\n` };
}

/** A JSON file: `{ provenance, …content }`; typed arrays become lists, NaN and infinities null. */
export function jsonFile(name: string, content: Record<string, unknown>, extra?: Provenance): ExportedFile {
  const plain = (_: string, value: unknown) =>
    ArrayBuffer.isView(value) && !(value instanceof DataView)
      ? Array.from(value as unknown as ArrayLike<number>)
      : value;
  return {
    name,
    mime: "application/json",
    data: `${JSON.stringify({ provenance: provenance(extra), ...content }, plain, 1)}\n`,
  };
}

/** A standalone SVG file of an element in the page, its colours resolved, its provenance in `<desc>`. */
export function svgFile(name: string, svg: SVGSVGElement, extra?: Provenance): ExportedFile {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  inlineStyles(svg, copy);
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(Math.round(width)));
  copy.setAttribute("height", String(Math.round(height)));
  if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const desc = document.createElementNS("http://www.w3.org/2000/svg", "desc");
  desc.textContent = commentLines("", extra);
  copy.prepend(desc);
  return { name, mime: "image/svg+xml", data: new XMLSerializer().serializeToString(copy) };
}

/** What an SVG file needs of the page's style sheets. */
const SVG_STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
  "display",
  "visibility",
];

function inlineStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const property of SVG_STYLES) to.setAttribute(property, style.getPropertyValue(property));
  to.removeAttribute("class");
  to.removeAttribute("style");
  for (let child = 0; child < from.children.length; child++) inlineStyles(from.children[child]!, to.children[child]!);
}

/** A PNG file of a canvas, its provenance in an `iTXt` chunk. */
export async function pngFile(name: string, canvas: HTMLCanvasElement, extra?: Provenance): Promise<ExportedFile> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the browser gave no image");
  const png = new Uint8Array(await blob.arrayBuffer());
  return { name, mime: "image/png", data: withText(png, "Description", commentLines("", extra)) };
}

/** Adds a text to a PNG file as an uncompressed UTF-8 `iTXt` chunk (PNG specification, 11.3.3.4) after its header. */
export function withText(png: Uint8Array, keyword: string, text: string): Uint8Array<ArrayBuffer> {
  const AFTER_HEADER = 8 + 25; // signature and IHDR
  const data = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const out = new Uint8Array(png.length + data.length + 8);
  const view = new DataView(out.buffer);
  out.set(png.subarray(0, AFTER_HEADER));
  view.setUint32(AFTER_HEADER, data.length - 4);
  out.set(data, AFTER_HEADER + 4);
  view.setUint32(AFTER_HEADER + 4 + data.length, crc32(data));
  out.set(png.subarray(AFTER_HEADER), AFTER_HEADER + data.length + 8);
  return out;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Hands a file to the browser's download. */
export function exportFile({ name, mime, data }: ExportedFile): void {
  const url = URL.createObjectURL(data instanceof Blob ? data : new Blob([data], { type: mime }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
