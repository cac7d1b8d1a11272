// What a space brings to the cell panel.
import type { ComponentType, RefObject } from "preact";
import type { CellInfo } from "../types.ts";
import type { Download } from "../ui/download.tsx";

/** A cell to start from. */
export interface Preset {
  label: string;
  hint: string;
  cell: string;
  /** Operations that it uses, where not every space that lists it has them all. */
  uses?: readonly string[];
}

export interface EditorProps {
  /** What is known of the cell in hand, which breaks no rule. */
  info: CellInfo;
  /** What is edited: the cell's text, or a draft that breaks a rule of the space. */
  text: string;
  /** Operations of the space. */
  ops: readonly string[];
  /** The drawing, for export. */
  svg: RefObject<SVGSVGElement | null>;
}

export interface Editor {
  /** Draws the cell and edits it. */
  readonly View: ComponentType<EditorProps>;
  /** What a cell is here and how it is edited: behind the "?". */
  readonly About: ComponentType;
  /** Cells to start from; those that are best by a known figure are looked up. */
  readonly presets: readonly Preset[];
  /** What a cell's text is called, e.g. "Arch string". */
  readonly textName: string;
  /** Brings a form in which the text is found elsewhere closer to what the module reads. */
  readonly clean?: (text: string) => string;
  /** Further files to export. */
  readonly exports?: (info: CellInfo) => Download[];
}
