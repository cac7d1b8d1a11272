// NAS-Bench-201 and TransNAS-Bench-101 micro: four nodes, an operation on each of the six edges.
import { useRef, useState } from "preact/hooks";
import { setCell } from "../../state/state.ts";
import type { Editor, EditorProps } from "../editor.ts";
import { inEditor } from "../kit/drawing.ts";
import { OpMenu } from "../kit/op-menu.tsx";
import { Dag, nodeName } from "./dag.tsx";
import { edgeShape, WIDTH } from "./layout.ts";
import { MICRO_PRESETS, NASBENCH201_PRESETS } from "./presets.ts";
import { withOp } from "./text.ts";

function View({ info, ops, svg }: EditorProps) {
  const [open, setOpen] = useState<number | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const edge = open === null ? undefined : info.edges[open];
  const change = (position: number, op: string) => setCell(withOp(info.space, info.edges, position, op, ops));
  const close = () => {
    root.current?.querySelector<SVGElement>(`[data-edge="${open}"]`)?.focus();
    setOpen(null);
  };
  return (
    <div class="editor" ref={root}>
      <p class="hidden-text" id="dag-keys">
        Press 1 to {ops.length} or the arrow keys to change the operation, Enter for the menu.
      </p>
      <Dag
        info={info}
        ops={ops}
        svg={svg}
        open={open}
        onOpen={(next) => setOpen(next === open ? null : next)}
        onChange={change}
      />
      {edge && (
        <OpMenu
          key={open}
          ops={ops}
          current={edge.op}
          title={`${nodeName(edge.source, info.nodes)} to ${nodeName(edge.target, info.nodes)}`}
          at={inEditor(svg.current, edgeShape(edge).label, WIDTH)}
          onChoose={(op) => {
            change(open!, op);
            close();
          }}
          onClose={close}
        />
      )}
    </div>
  );
}

const HOW =
  "Press an edge to change its operation; with the keyboard, Tab to it and press its number, the arrows, or Enter for the menu. Paste an arch string anywhere on the page to load it.";

export const nasbench201: Editor = {
  View,
  About: () => (
    <>
      A cell is a small network of four nodes. Each edge applies one of five operations; a node adds up what comes in.
      The whole network is this one cell stacked many times. Both convolutions are ReLU, convolution, batch norm. {HOW}
    </>
  ),
  presets: NASBENCH201_PRESETS,
  textName: "Arch string",
};

export const transnasMicro: Editor = {
  View,
  About: () => (
    <>
      A cell of four nodes, with one of four operations on each edge; a node adds up what comes in. The network has five
      such cells; in the first, third and fifth, what leaves the input halves the side and doubles the channels, so that
      even a skip there is a pair of 1×1 convolutions. {HOW}
    </>
  ),
  presets: MICRO_PRESETS,
  textName: "Arch string",
};
