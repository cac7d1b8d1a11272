// NAS-Bench-101: a free graph of up to seven vertices and nine edges, operations on the vertices.
import { useRef, useState } from "preact/hooks";
import { jsonFile } from "../../ui/export.ts";
import { notify, setCell, setDraft } from "../../state/state.ts";
import type { CellInfo } from "../../types.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Explain } from "../../ui/pop.tsx";
import type { Editor, EditorProps } from "../editor.ts";
import { DraftNotice } from "../kit/draft.tsx";
import { inEditor } from "../kit/drawing.ts";
import { Drawing } from "./drawing.tsx";
import { vertexPoint, WIDTH } from "./layout.ts";
import { Matrix } from "./matrix.tsx";
import { PRESETS } from "./presets.ts";
import {
  addVertex,
  aliveEdges,
  aliveVertices,
  cleanText,
  moveProblem,
  moveVertex,
  MOST_EDGES,
  MOST_VERTICES,
  parseSpec,
  printSpec,
  problemOf,
  removeVertex,
  setOp,
  toggleEdge,
  type Spec,
} from "./spec.ts";
import { VertexMenu } from "./vertex-menu.tsx";

function change(spec: Spec): void {
  const text = printSpec(spec);
  if (problemOf(spec) === null) setCell(text);
  else setDraft(text);
}

function View({ info, text, ops, svg }: EditorProps) {
  const [open, setOpen] = useState<number | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const spec = parseSpec(text);
  const problem = problemOf(spec);
  const last = spec.ops.length - 1;
  const focus = (vertex: number | null) =>
    root.current?.querySelector<SVGElement>(`[data-vertex="${vertex}"]`)?.focus();
  const close = () => {
    focus(open);
    setOpen(null);
  };
  const remove = (vertex: number) => {
    setOpen(null);
    change(removeVertex(spec, vertex));
    focus(vertex);
  };
  const move = (vertex: number, by: 1 | -1) => {
    change(moveVertex(spec, vertex, by));
    if (open !== null) setOpen(vertex + by);
    else focus(vertex + by);
  };
  const onVertexKey = (vertex: number, event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || vertex === 0 || vertex === last) return false;
    const direction = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
    const at = ops.indexOf(spec.ops[vertex]!);
    if (event.altKey) {
      if (!direction || moveProblem(spec, vertex, direction) !== null) return false;
      move(vertex, direction);
    } else if (direction) change(setOp(spec, vertex, ops[(at + direction + ops.length) % ops.length]!));
    else if (event.key === "Delete" || event.key === "Backspace") remove(vertex);
    else if (ops[Number(event.key) - 1]) change(setOp(spec, vertex, ops[Number(event.key) - 1]!));
    else return false;
    return true;
  };
  return (
    <div class="editor" ref={root}>
      <p class="hidden-text" id="dag-keys">
        Enter opens the menu with the edges. Press 1 to {ops.length} or the arrow keys to change the operation, Alt and
        an arrow key to move the vertex, Delete to remove it.
      </p>
      <Drawing
        spec={spec}
        svg={svg}
        open={open}
        onOpen={(vertex) => setOpen(vertex === open ? null : vertex)}
        onToggle={(source, target) => change(toggleEdge(spec, source, target))}
        onVertexKey={onVertexKey}
      />
      {open !== null && open <= last && (
        <VertexMenu
          key={open}
          spec={spec}
          vertex={open}
          ops={ops}
          at={inEditor(svg.current, vertexPoint(open), WIDTH)}
          onOp={(op) => change(setOp(spec, open, op))}
          onToggle={(source, target) => change(toggleEdge(spec, source, target))}
          onMove={(by) => move(open, by)}
          onRemove={() => remove(open)}
          onClose={close}
        />
      )}
      <div class="row spread spec-counts">
        <Counts spec={spec} />
        <Button disabled={spec.ops.length >= MOST_VERTICES} onClick={() => change(addVertex(spec))}>
          Add vertex
        </Button>
      </div>
      {problem !== null && <DraftNotice problem={problem} />}
      <Hash info={info} stale={problem !== null} />
      <Matrix spec={spec} onChange={change} />
    </div>
  );
}

function Counts({ spec }: { spec: Spec }) {
  const edges = aliveEdges(spec).length;
  const dead = aliveVertices(spec).filter((alive) => !alive).length;
  return (
    <span class="small">
      {spec.ops.length} / {MOST_VERTICES} vertices{dead > 0 && <span class="soft"> ({dead} pruned)</span>},{" "}
      <span class={edges > MOST_EDGES ? "over" : ""}>
        {edges} / {MOST_EDGES} edges
      </span>
    </span>
  );
}

/** The published hash, by which the benchmark names cells. */
function Hash({ info, stale }: { info: CellInfo; stale: boolean }) {
  const copy = () =>
    navigator.clipboard.writeText(info.canonical).then(
      () => notify("info", "The hash is copied."),
      () => notify("warning", "The browser did not allow copying; select the hash and copy it by hand."),
    );
  return (
    <p class="row tight spec-hash small">
      <span class="soft">{stale ? "Last hash" : "Hash"}</span>
      <code>{info.canonical}</code>
      <IconButton look="plain" label="Copy the hash" onClick={() => void copy()}>
        <Icon name="copy" />
      </IconButton>
      <Explain about="the hash">
        By this hash (MD5 over the neighbourhoods of the pruned cell) NAS-Bench-101 names a cell. Cells that differ only
        in the order of their vertices, or in what is pruned, share it.
      </Explain>
    </p>
  );
}

export const editor: Editor = {
  View,
  About: () => (
    <>
      A cell is a graph of up to seven vertices and nine edges; each vertex between input and output is an operation.
      Every convolution is followed by batch norm and ReLU. A vertex adds up what comes in; the output joins its inputs
      channel by channel. The network has three stacks of three such cells. Press a vertex for its operation and edges,
      or drag it onto another to join the two; press an edge to take it away. Vertices on no path from input to output
      are pruned and shown faint. Paste V:ADJACENCY:op|op|…, or JSON or ModelSpec(matrix=…, ops=…) as the nasbench code
      has it.
    </>
  ),
  presets: PRESETS,
  textName: "Cell text",
  clean: cleanText,
  exports: (info) => [
    {
      label: "nasbench JSON",
      hint: "module_adjacency and module_operations",
      make() {
        const { ops, rows } = parseSpec(info.text);
        return jsonFile("cell-nasbench.json", {
          module_adjacency: rows.map((row) => row.map(Number)),
          module_operations: ops,
        });
      },
    },
  ],
};
