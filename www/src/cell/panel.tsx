// The cell editor: the drawing, its text, and the ways to another cell.
import { useRef, useState } from "preact/hooks";
import { call } from "../client.ts";
import { jsonFile, svgFile } from "../export.ts";
import { power } from "../format.ts";
import { usePromise } from "../known.ts";
import { useResults } from "../results.ts";
import { redo, setCell, store, undo, useStore } from "../state.ts";
import type { CellInfo } from "../types.ts";
import { IconButton } from "../ui/button.tsx";
import { DownloadMenu } from "../ui/download.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { Explain } from "../ui/pop.tsx";
import { ArchText } from "./arch.tsx";
import { Dag, nodeName } from "./dag.tsx";
import { edgeShape, WIDTH } from "./layout.ts";
import { EqualCells, IndexField, PresetMenu, RandomCell } from "./load.tsx";
import { OpMenu } from "./op-menu.tsx";
import { withOp } from "./text.ts";

export function CellPanel() {
  const info = useResults((results) => results.info.value);
  const svg = useRef<SVGSVGElement>(null);
  const space = useStore((state) => state.space);
  const spaces = usePromise("spaces", () => call("spaces", [])).value;
  const about = spaces?.find(({ id }) => id === space);
  return (
    <>
      <div class="row spread panel-head">
        <span class="row tight">
          <h2>Cell</h2>
          <Explain about="the cell">
            A cell is a small network of four nodes. Each edge applies one of five operations; a node adds up what comes in. The
            whole network is this one cell stacked many times. Both convolutions are ReLU, convolution, batch norm. Press an edge to change its operation; with the keyboard, Tab to
            it and press 1 to 5, the arrows, or Enter for the menu. Paste an arch string anywhere on the page to load it.
          </Explain>
        </span>
        <span class="row tight">
          <UndoButtons />
          {info && <DownloadMenu items={exportsOf(info, svg)} />}
        </span>
      </div>
      <div class="row">
        <PresetMenu />
        <RandomCell />
      </div>
      {info && about ? <Editor info={info} ops={about.ops} svg={svg} /> : <div class="dag dag-empty" aria-busy="true" />}
      {info && <Warnings info={info} />}
      <ArchText />
      {info && about && (
        <div class="cell-place">
          <IndexField info={info} size={about.size} />
          <EqualCells info={info} />
        </div>
      )}
    </>
  );
}

function exportsOf(info: CellInfo, svg: { current: SVGSVGElement | null }) {
  return [
    { label: "SVG", hint: "the drawing", make: () => svgFile("cell.svg", svg.current!) },
    { label: "JSON", hint: "text, edges, index, canonical form", make: () => jsonFile("cell.json", { cell: info }) },
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

interface EditorProps {
  info: CellInfo;
  ops: readonly string[];
  svg: { current: SVGSVGElement | null };
}

function Editor({ info, ops, svg }: EditorProps) {
  const [open, setOpen] = useState<number | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const edge = open === null ? undefined : info.edges[open];
  const change = (position: number, op: string) => setCell(withOp(store.get().space, info.edges, position, op));
  const close = (back: boolean) => {
    if (back) root.current?.querySelector<SVGElement>(`[data-edge="${open}"]`)?.focus();
    setOpen(null);
  };
  return (
    <div class="editor" ref={root}>
      <p class="hidden-text" id="dag-keys">
        Press 1 to {ops.length} or the arrow keys to change the operation, Enter for the menu.
      </p>
      <Dag info={info} ops={ops} svg={svg} open={open} onOpen={(next) => setOpen(next === open ? null : next)} onChange={change} />
      {edge && (
        <OpMenu
          key={open}
          ops={ops}
          current={edge.op}
          title={`${nodeName(edge.source, info.nodes)} to ${nodeName(edge.target, info.nodes)}`}
          at={inEditor(svg.current, edgeShape(edge).label)}
          onChoose={(op) => {
            change(open!, op);
            close(true);
          }}
          onClose={() => close(true)}
        />
      )}
    </div>
  );
}

/** A point of the drawing in px of the editor, which it fills from its left edge or stands centred in. */
function inEditor(svg: SVGSVGElement | null, point: { x: number; y: number }): { x: number; y: number } {
  if (!svg) return point;
  const scale = svg.clientWidth / WIDTH;
  const left = svg.getBoundingClientRect().left - svg.parentElement!.getBoundingClientRect().left;
  return { x: left + point.x * scale, y: point.y * scale };
}

function Warnings({ info }: { info: CellInfo }) {
  const lowWeight = useStore((state) => state.weights[0]);
  if (!info.connected) {
    return (
      <Notice kind="warning">
        <strong>The output is cut off.</strong> No path joins input and output, so the cell gives zeros whatever the image.
      </Notice>
    );
  }
  if (!info.parameterFreePath && lowWeight <= 1e-6) {
    return (
      <Notice kind="warning">
        <strong>ε will be undefined.</strong> Every path passes a convolution, and at weights of {power(lowWeight)} that leaves nothing
        of the signal.
      </Notice>
    );
  }
  return null;
}
