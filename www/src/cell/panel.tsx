// The cell panel: the space's editor, the cell's text, and the ways to another cell.
import { useRef } from "preact/hooks";
import { call } from "../engine/client.ts";
import { usePromise } from "../engine/known.ts";
import { useResults } from "../engine/results.ts";
import { redo, undo, useStore } from "../state/state.ts";
import type { CellInfo } from "../types.ts";
import { IconButton } from "../ui/button.tsx";
import { DownloadMenu, type Download } from "../ui/download.tsx";
import { Icon } from "../ui/icon.tsx";
import { Explain } from "../ui/pop.tsx";
import { CellText } from "./arch.tsx";
import { useEditor } from "../space/editors.ts";
import type { Editor } from "../space/editor.ts";
import { EqualCells, IndexField, PresetMenu, RandomCell } from "./load.tsx";
import { Warnings } from "./warnings.tsx";

export function CellPanel() {
  const space = useStore((state) => state.space);
  // Another space's panel starts anew: its drawing, its open menus.
  return <SpacePanel key={space} />;
}

function SpacePanel() {
  const space = useStore((state) => state.space);
  const text = useStore((state) => state.draft ?? state.cell);
  const editor = useEditor(space);
  const info = useResults((results) => results.info.value);
  const svg = useRef<SVGSVGElement>(null);
  const spaces = usePromise("spaces", () => call("spaces", [])).value;
  const about = spaces?.find(({ id }) => id === space);
  const ready = info !== null && info.space === space && editor !== null && about !== undefined;
  return (
    <>
      <div class="row spread panel-head">
        <span class="row tight">
          <h2>Cell</h2>
          {editor && <Explain about="the cell">{<editor.About />}</Explain>}
        </span>
        <span class="row tight">
          <UndoButtons />
          {ready && <DownloadMenu items={exportsOf(editor, info, svg)} />}
        </span>
      </div>
      <div class="row">
        <PresetMenu presets={editor?.presets ?? []} ops={about?.ops ?? []} />
        <RandomCell />
      </div>
      {ready ? (
        <editor.View info={info} text={text} ops={about.ops} svg={svg} />
      ) : (
        <div class="dag dag-empty" aria-busy="true" />
      )}
      {ready && <Warnings info={info} />}
      <CellText name={editor?.textName ?? "Text"} clean={editor?.clean} />
      {ready && (
        <div class="cell-place">
          <IndexField info={info} size={about.size} />
          {about.classes !== null && <EqualCells info={info} />}
        </div>
      )}
    </>
  );
}

function exportsOf(editor: Editor, info: CellInfo, svg: { current: SVGSVGElement | null }): Download[] {
  return [
    {
      label: "SVG",
      hint: "the drawing",
      make: async () => (await import("../ui/export.ts")).svgFile("cell.svg", svg.current!),
    },
    {
      label: "JSON",
      hint: "text, edges, canonical form and what else is known",
      make: async () => (await import("../ui/export.ts")).jsonFile("cell.json", { cell: info }),
    },
    ...(editor.exports?.(info) ?? []),
  ];
}

function UndoButtons() {
  const canUndo = useStore((state) => state.history.past.length > 0);
  const canRedo = useStore((state) => state.history.future.length > 0);
  return (
    <>
      <IconButton look="plain" label="Undo (Ctrl+Z)" disabled={!canUndo} onClick={undo}>
        <Icon name="undo" />
      </IconButton>
      <IconButton look="plain" label="Redo (Ctrl+Shift+Z)" disabled={!canRedo} onClick={redo}>
        <Icon name="redo" />
      </IconButton>
    </>
  );
}
