// What a space brings to the cell panel. A space = one folder with its `Editor`, and one line here.
import type { ComponentType, RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { notify } from "../state/state.ts";
import type { CellInfo, SpaceId } from "../types.ts";
import type { Download } from "../ui/download.tsx";
import { nasbench201, transnasMicro } from "../space/four-nodes/editor.tsx";

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

/** Editors that the first page does not need are fetched when their space is entered. */
const nds = () => import("../space/nds/editor.tsx");
const LATER: Record<Exclude<SpaceId, "nasbench201" | "transnas101-micro">, () => Promise<{ editor: Editor }>> = {
  nasbench101: () => import("../space/nasbench101/editor.tsx"),
  "transnas101-macro": () => import("../space/transnas101-macro/editor.tsx"),
  "nds-darts": nds, "nds-enas": nds, "nds-pnas": nds, "nds-nasnet": nds, "nds-amoeba": nds,
};

const loaded = new Map<SpaceId, Editor>([["nasbench201", nasbench201], ["transnas101-micro", transnasMicro]]);

/** The editor of a space; null until its code is there. */
export function useEditor(space: SpaceId): Editor | null {
  const [, show] = useState<Editor | null>(null);
  useEffect(() => {
    const load = LATER[space as keyof typeof LATER];
    if (loaded.has(space) || !load) return;
    load().then(
      ({ editor }) => {
        loaded.set(space, editor);
        show(editor);
      },
      () => notify("error", "The editor could not be loaded. Check the connection and reload."),
    );
  }, [space]);
  return loaded.get(space) ?? null;
}
