// The cell drawn: nodes as circles, each edge a curve in its operation's colour, dash and width, with a label to press.
import type { RefObject } from "preact";
import { opColour, opLook } from "../ops.ts";
import { setHover, useStore } from "../../state/state.ts";
import type { CellEdge, CellInfo } from "../../types.ts";
import { edgeShape, heightOf, nodePoint, RADIUS, WIDTH } from "./layout.ts";

interface DagProps {
  info: CellInfo;
  ops: readonly string[];
  /** The edge whose menu is open. */
  open: number | null;
  svg: RefObject<SVGSVGElement | null>;
  onOpen(edge: number): void;
  onChange(edge: number, op: string): void;
}

export function nodeName(node: number, nodes: number): string {
  return node === 0 ? "input" : node === nodes - 1 ? "output" : `node ${node}`;
}

export function Dag({ info, svg, ...rest }: DagProps) {
  return (
    <svg
      ref={svg}
      class="dag"
      viewBox={`0 0 ${WIDTH} ${heightOf(info.nodes)}`}
      role="group"
      aria-label={`Cell with ${info.nodes} nodes and ${info.edges.length} edges`}
    >
      {info.edges.map((edge, position) => (
        <Edge key={position} edge={edge} position={position} info={info} {...rest} />
      ))}
      {Array.from({ length: info.nodes }, (_, node) => {
        const { x, y } = nodePoint(node);
        const end = node === 0 || node === info.nodes - 1;
        return (
          <g key={node} class="dag-node">
            <circle cx={x} cy={y} r={RADIUS} />
            <text x={x} y={y} class="dag-number">
              {node}
            </text>
            {end && (
              <text x={x + RADIUS + 8} y={y + (node === 0 ? 0 : 6)} class="dag-name">
                {nodeName(node, info.nodes)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

interface EdgeProps extends Omit<DagProps, "svg"> {
  edge: CellEdge;
  position: number;
}

function Edge({ edge, position, info, ops, open, onOpen, onChange }: EdgeProps) {
  const lit = useStore((state) => state.hover?.cellEdge === position);
  const look = opLook(edge.op);
  const { path, label } = edgeShape(edge);
  const none = edge.op === "none";
  const dead = !none && info.deadEdges.includes(position);
  const between = `${nodeName(edge.source, info.nodes)} to ${nodeName(edge.target, info.nodes)}`;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = ops.indexOf(edge.op);
    const turn = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = turn ? ops[(at + turn + ops.length) % ops.length] : ops[Number(event.key) - 1];
    if (event.key === "Enter" || event.key === " ") onOpen(position);
    else if (next !== undefined) onChange(position, next);
    else return;
    event.preventDefault();
  };
  const width = look.label.length * 7 + 28;
  return (
    <g
      class={`dag-edge ${lit || open === position ? "lit" : ""} ${dead ? "dead" : ""}`}
      role="button"
      tabindex={0}
      data-edge={position}
      aria-haspopup="menu"
      aria-expanded={open === position}
      aria-label={`${between}: ${look.label}${dead ? ", on no path from input to output" : ""}`}
      aria-describedby="dag-keys"
      onClick={() => onOpen(position)}
      onKeyDown={onKeyDown}
      onPointerEnter={() => setHover({ cellEdge: position })}
      onPointerLeave={() => setHover(null)}
      onFocus={() => setHover({ cellEdge: position })}
      onBlur={() => setHover(null)}
    >
      <path class="dag-hit" d={path} />
      <path class="dag-halo" d={path} />
      <path
        class="dag-line"
        d={path}
        stroke={opColour(edge.op)}
        stroke-width={look.width}
        stroke-dasharray={look.dash ?? undefined}
        stroke-linecap={look.dash === null ? "butt" : look.dash.startsWith("0") ? "round" : "butt"}
      />
      <ArrowHead edge={edge} />
      <rect class="dag-pill" x={label.x - width / 2} y={label.y - 11} width={width} height={22} rx={11} />
      <text class="dag-label" x={label.x} y={label.y}>
        <tspan class="dag-glyph" fill={opColour(edge.op)}>
          {look.glyph}
        </tspan>
        <tspan dx={4}>{look.label}</tspan>
      </text>
    </g>
  );
}

/** A head at the rim of the target, pointing the way the curve comes in. */
function ArrowHead({ edge }: { edge: CellEdge }) {
  const to = nodePoint(edge.target);
  const { label } = edgeShape(edge);
  const side = Math.sign(Math.round(label.x - to.x));
  const tip = side === 0 ? { x: to.x, y: to.y - RADIUS - 1 } : { x: to.x + side * (RADIUS * 0.98), y: to.y - 6 };
  const angle = side === 0 ? 90 : side < 0 ? 22 : 158;
  return (
    <path
      class="dag-head"
      d="M0 0L-9 -5V5Z"
      transform={`translate(${tip.x} ${tip.y}) rotate(${angle})`}
      fill={opColour(edge.op)}
    />
  );
}
