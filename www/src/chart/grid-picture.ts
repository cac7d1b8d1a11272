/** Shaded tables, such as the matrix of correlations, as picture files: the numbers stand in their fields. */
import { commentLines, pngFile, type ExportedFile, type Provenance } from "../ui/export.ts";
import { readPalette } from "./scatter.tsx";

export interface GridField {
  readonly text: string;
  /** How strong the field’s ink is, 0 to 1; a number on the darkest must still be read. */
  readonly shade: number;
}

export interface Grid {
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  field(row: number, column: number): GridField;
  /** Words behind each row, and their head. */
  readonly after?: { readonly head: string; text(row: number): string };
}

interface Colours {
  readonly ink: string;
  readonly surface: string;
}

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** Width of a text of so many letters, rather too much than too little; no canvas is asked, so that files are alike everywhere. */
const widthOf = (texts: readonly string[], size: number): number =>
  Math.max(0, ...texts.map((text) => text.length)) * size * 0.56;

const HEIGHT = 24;
/** Slope of the columns’ names, in degrees. */
const SLOPE = 40;

/** The grid as an SVG document, and its size. */
export function gridSvg(
  { title, rows, columns, field, after }: Grid,
  { ink, surface }: Colours,
  provenance: string,
): { svg: string; width: number; height: number } {
  const texts = rows.map((_, r) => columns.map((_, c) => field(r, c)));
  const cell = Math.ceil(
    Math.max(
      30,
      widthOf(
        texts.flat().map(({ text }) => text),
        12,
      ) + 12,
    ),
  );
  const slanted = widthOf(columns, 11);
  const left = Math.ceil(widthOf(rows, 12)) + 20;
  const top = Math.ceil(slanted * Math.sin((SLOPE * Math.PI) / 180)) + 24;
  const end = left + columns.length * cell;
  const behind = after ? widthOf([after.head, ...rows.map((_, r) => after.text(r))], 12) + 16 : 0;
  const width = end + Math.ceil(Math.max(12, behind, slanted * Math.cos((SLOPE * Math.PI) / 180) - cell / 2 + 8));
  const height = top + rows.length * HEIGHT + 12;
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(provenance)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${escapeXml(surface)}"/>`,
    `<g fill="${escapeXml(ink)}">`,
  ];
  columns.forEach((label, c) =>
    out.push(
      `<text transform="translate(${left + c * cell + cell / 2} ${top - 8}) rotate(${-SLOPE})" font-size="11">${escapeXml(label)}</text>`,
    ),
  );
  if (after) out.push(`<text x="${end + 10}" y="${top - 8}">${escapeXml(after.head)}</text>`);
  rows.forEach((label, r) => {
    const y = top + r * HEIGHT;
    out.push(`<text x="${left - 8}" y="${y + 16}" text-anchor="end">${escapeXml(label)}</text>`);
    texts[r]!.forEach(({ text, shade }, c) => {
      const x = left + c * cell;
      out.push(
        `<rect x="${x}" y="${y}" width="${cell - 1}" height="${HEIGHT - 1}" fill-opacity="${Math.round(shade * 1000) / 1000}"/>`,
      );
      out.push(`<text x="${x + cell / 2}" y="${y + 16}" text-anchor="middle">${escapeXml(text)}</text>`);
    });
    if (after) out.push(`<text x="${end + 10}" y="${y + 16}">${escapeXml(after.text(r))}</text>`);
  });
  return { svg: [...out, "</g>", "</svg>"].join("\n"), width, height };
}

/** The two picture files of a grid, in the page’s colours. */
export function gridFiles(
  name: string,
  grid: Grid,
  extra: Provenance,
): { svg(): ExportedFile; png(): Promise<ExportedFile> } {
  const note = { title: grid.title, ...extra };
  const draw = () => gridSvg(grid, readPalette(), commentLines("", note));
  return {
    svg: () => ({ name: `${name}.svg`, mime: "image/svg+xml", data: draw().svg }),
    async png() {
      const { svg, width, height } = draw();
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      // At twice its size, as the other pictures.
      canvas.width = 2 * width;
      canvas.height = 2 * height;
      canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
      return pngFile(`${name}.png`, canvas, note);
    },
  };
}
