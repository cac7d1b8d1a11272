// The operator graph drawn: a pill a node, an arrow a flow of data, and the global node that reads them all.
import type { RefObject } from "preact";
import { useMemo } from "preact/hooks";
import { opColour, opLook } from "../../space/ops.ts";
import { setHover, useStore, type Hover } from "../../state/state.ts";
import { layOut, PILL, type Point } from "./layout.ts";
import type { OperatorGraph } from "../../types.ts";
import type { OpNode } from "./types.ts";

/** What of the cell in the editor a node is, for hover; null for what the editor does not have. */
export type Place = Pick<Hover, "cellEdge"> | Pick<Hover, "cellNode"> | null;

interface DrawingProps {
  graph: OperatorGraph;
  svg: RefObject<SVGSVGElement | null>;
  /** By node of the authors’ graph. */
  placeOf(id: number): Place;
  /** E.g. `0→1`, by node of the authors’ graph. */
  nameOf(id: number): string;
  /** The node whose words were changed, or null. */
  changed: number | null;
  /** The chosen one, by node of the authors’ graph. */
  chosen: number | null;
  onChoose(id: number): void;
}

/** The global node’s distance below the rest, and its size. */
const GLOBAL = { gap: 58, width: 190, height: 30 };

export function Drawing({ graph, svg, placeOf, nameOf, changed, chosen, onChoose }: DrawingProps) {
  const layout = useMemo(() => layOut(graph.nodes.length, graph.edges), [graph]);
  const width = Math.max(layout.width, GLOBAL.width + 24);
  const shift = (width - layout.width) / 2;
  const global = { x: width / 2, y: layout.height + GLOBAL.gap - GLOBAL.height / 2 };
  const height = global.y + GLOBAL.height / 2 + 4;
  return (
    <svg
      ref={svg}
      class="op-graph"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={`Operator graph: ${graph.nodes.length} nodes, ${graph.edges.length} edges, and the global node that reads all of them`}
    >
      <g class="op-global-wires">
        {layout.nodes.map((point, node) => (
          <path key={node} d={wire({ x: point.x + shift, y: point.y }, global)} />
        ))}
      </g>
      <g transform={`translate(${shift} 0)`}>
        {layout.paths.map((path, edge) => {
          const [source, target] = graph.edges[edge]!;
          const tip = layout.nodes[target]!;
          const lit = chosen !== null && (graph.nodes[source]!.id === chosen || graph.nodes[target]!.id === chosen);
          return (
            <g key={edge} class={`op-wire ${lit ? "lit" : ""}`}>
              <path class="op-line" d={path} />
              <path
                class="op-head"
                d="M0 0L-4.5 -8H4.5Z"
                transform={`translate(${tip.x} ${tip.y - PILL.height / 2 - 1})`}
              />
            </g>
          );
        })}
        {graph.nodes.map((node, at) => (
          <Node
            key={node.id}
            node={node}
            point={layout.nodes[at]!}
            name={nameOf(node.id)}
            place={placeOf(node.id)}
            changed={changed === node.id}
            chosen={chosen === node.id}
            onChoose={onChoose}
          />
        ))}
      </g>
      <g class="op-global">
        <rect
          x={global.x - GLOBAL.width / 2}
          y={global.y - GLOBAL.height / 2}
          width={GLOBAL.width}
          height={GLOBAL.height}
          rx={4}
        />
        <text x={global.x} y={global.y}>
          global node (reads all nodes)
        </text>
      </g>
    </svg>
  );
}

interface NodeProps {
  node: OpNode;
  point: Point;
  name: string;
  place: Place;
  changed: boolean;
  chosen: boolean;
  onChoose(id: number): void;
}

/** At most so many characters of words fit a pill. */
const FITS = 16;

function Node({ node, point: { x, y }, name, place, changed, chosen, onChoose }: NodeProps) {
  const lit = useStore(
    ({ hover }) =>
      hover !== null &&
      place !== null &&
      ("cellEdge" in place ? hover.cellEdge === place.cellEdge : hover.cellNode === place.cellNode),
  );
  const end = node.op === "input" || node.op === "output";
  const look = opLook(node.op);
  const label = changed ? shortened(node.text) : end ? node.op : look.label;
  const enter = () => setHover(place);
  return (
    <g
      class={`op-node ${lit ? "lit" : ""} ${chosen ? "chosen" : ""} ${changed ? "changed" : ""} ${end ? "end" : ""}`}
      transform={`translate(${x} ${y})`}
      role="button"
      tabindex={0}
      data-node={node.id}
      aria-pressed={chosen}
      aria-label={`${end && !changed ? label : `${label} ${name}`}, “${node.text}”`}
      onClick={() => onChoose(node.id)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onChoose(node.id);
      }}
      onPointerEnter={enter}
      onPointerLeave={() => setHover(null)}
      onFocus={enter}
      onBlur={() => setHover(null)}
    >
      <title>{node.text}</title>
      <rect
        class="op-pill"
        x={-PILL.width / 2}
        y={-PILL.height / 2}
        width={PILL.width}
        height={PILL.height}
        rx={end ? 4 : PILL.height / 2}
        stroke={end || changed ? undefined : opColour(node.op)}
        stroke-width={end || changed ? 1.5 : 1 + look.width / 2}
        stroke-dasharray={changed ? "3 3" : undefined}
      />
      <text class="op-label" y={end && !changed ? 0 : -5}>
        {!end && !changed && (
          <tspan class="dag-glyph" fill={opColour(node.op)}>
            {look.glyph}
          </tspan>
        )}
        <tspan dx={!end && !changed ? 4 : 0}>{label}</tspan>
      </text>
      {(!end || changed) && <text class="op-name" y={9}>{` ${name}`}</text>}
    </g>
  );
}

const shortened = (text: string): string => (text.length > FITS ? `${text.slice(0, FITS - 1).trimEnd()}…` : text);

/** From a node to the global one: it leaves at the side, so that it can be told from the flow of data. */
function wire(from: Point, to: Point): string {
  const y = from.y + PILL.height / 2;
  const middle = (y + to.y) / 2;
  return `M${from.x} ${y}C${from.x} ${middle + 20} ${to.x} ${to.y - 60} ${to.x} ${to.y - GLOBAL.height / 2}`;
}
