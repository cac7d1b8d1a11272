// The NDS spaces (DARTS, ENAS, PNAS, NASNet, Amoeba): a normal and a reduction cell, each a drawing with its rows.
import { useRef, useState } from "preact/hooks";
import { setCell, useStore } from "../../state/state.ts";
import type { Editor, EditorProps } from "../editor.ts";
import { inEditor } from "../kit/drawing.ts";
import { OpMenu } from "../kit/op-menu.tsx";
import { Drawing } from "./drawing.tsx";
import {
  cleanText,
  joinedNodes,
  nodeLabel,
  parseGenotype,
  printPair,
  setPair,
  targetOf,
  toggleConcat,
  type Genotype,
  type HalfName,
} from "./genotype.ts";
import { layoutHalf, WIDTH } from "./layout.ts";
import { PRESETS } from "./presets.ts";
import { Concat, Rows } from "./rows.tsx";

const TABS: readonly { id: HalfName; label: string }[] = [
  { id: "normal", label: "Normal cell" },
  { id: "reduce", label: "Reduction cell" },
];

function View({ info, text, ops, svg }: EditorProps) {
  const [tab, setTab] = useState<HalfName>("normal");
  const [open, setOpen] = useState<number | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const genotype = parseGenotype(text);
  const half = genotype[tab];
  const first = tab === "normal" ? 0 : genotype.normal.pairs.length;
  const joined = joinedNodes(genotype, tab);
  const change = (next: Genotype) => setCell(printPair(next));
  const onPair = (place: number, op: string, source: number) => change(setPair(genotype, tab, place, op, source));
  const onOp = (place: number, op: string) => onPair(place, op, half.pairs[place]![1]);
  const pair = open === null ? undefined : half.pairs[open];
  const close = () => {
    root.current?.querySelector<SVGElement>(`[data-edge="${open}"]`)?.focus();
    setOpen(null);
  };
  const show = (next: HalfName) => {
    setTab(next);
    setOpen(null);
  };
  return (
    <div class="editor-nds">
      <Tabs tab={tab} split={genotype.normal.pairs.length} onShow={show} />
      <div class="editor" ref={root} role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`}>
        <p class="hidden-text" id="dag-keys">
          Press a number or the arrow keys to change the operation, Enter for the menu. What it reads is chosen in the
          rows below.
        </p>
        <Drawing
          half={half}
          title={TABS.find(({ id }) => id === tab)!.label}
          joined={joined}
          first={first}
          dead={info.deadEdges}
          ops={ops}
          svg={svg}
          open={open}
          onOpen={(place) => setOpen(place === open ? null : place)}
          onOp={onOp}
        />
        {open !== null && pair && (
          <OpMenu
            key={open}
            ops={ops}
            current={pair[0]}
            title={`${nodeLabel(pair[1])} to node ${targetOf(open)}`}
            at={inEditor(svg.current, layoutHalf(half, joined).edges[open]!.middle, WIDTH)}
            onChoose={(op) => {
              onOp(open, op);
              close();
            }}
            onClose={close}
          />
        )}
        <Rows half={half} first={first} ops={ops} onPair={onPair} />
        <Concat half={half} name={tab} joined={joined} onToggle={(node) => change(toggleConcat(genotype, tab, node))} />
      </div>
    </div>
  );
}

/** The two halves; the one that another view lights up is marked. */
function Tabs({ tab, split, onShow }: { tab: HalfName; split: number; onShow(tab: HalfName): void }) {
  const edge = useStore((state) => state.hover?.cellEdge ?? null);
  const lit: HalfName | null = edge === null ? null : edge < split ? "normal" : "reduce";
  const other: HalfName = tab === "normal" ? "reduce" : "normal";
  return (
    <div class="nds-tabs" role="tablist" aria-label="Which cell">
      {TABS.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          class={`nds-tab ${lit === id && id !== tab ? "lit" : ""}`}
          aria-selected={id === tab}
          aria-controls={id === tab ? `panel-${id}` : undefined}
          tabIndex={id === tab ? 0 : -1}
          onClick={() => onShow(id)}
          onKeyDown={(event) => {
            if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
            event.preventDefault();
            onShow(other);
            document.getElementById(`tab-${other}`)?.focus();
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

export const editor: Editor = {
  View,
  About: () => (
    <>
      A genotype is two cells: the normal cell keeps the size of the picture, the reduction cell halves it. Each node
      adds up two operations, each of which reads an input of the cell (0: the output of the cell before last, 1: of the
      last cell) or an earlier node. Press an edge for its operation, and choose in the rows what it reads. Paste a
      genotype anywhere on the page: as JSON, or as Genotype(normal=…, …) in the way DARTS code prints it. Width and
      depth stand above the graph.
    </>
  ),
  presets: PRESETS,
  textName: "Genotype",
  clean: cleanText,
};
