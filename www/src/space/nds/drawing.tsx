// One half of a genotype drawn: nodes by layers, two coloured edges into each, and what the output joins.
import type { RefObject } from "preact";
import { opColour, opLook } from "../ops.ts";
import { setHover, useStore } from "../../state/state.ts";
import { nodeLabel, stepsOf, targetOf, type Half } from "./genotype.ts";
import { layoutHalf, RADIUS, WIDTH, type EdgeShape } from "./layout.ts";

export interface DrawingProps {
  half: Half;
  title: string;
  /** Nodes that the output joins in the network that is scored. */
  joined: readonly number[];
  /** Position of the half's first edge in `CellInfo.edges`. */
  first: number;
  dead: readonly number[];
  ops: readonly string[];
  svg: RefObject<SVGSVGElement | null>;
  /** Place of the edge whose menu is open. */
  open: number | null;
  onOpen(place: number): void;
  onOp(place: number, op: string): void;
}

export function Drawing({ half, title, joined, first, dead, ops, svg, open, onOpen, onOp }: DrawingProps) {
  const layout = layoutHalf(half, [...new Set([...joined, ...half.concat])]);
  const steps = stepsOf(half);
  return (
    <svg
      ref={svg}
      class="dag nds"
      viewBox={`0 0 ${WIDTH} ${layout.height}`}
      role="group"
      aria-label={`${title}: ${steps} nodes, two operations into each`}
    >
      {layout.joins.map(({ node, path }) => (
        <path key={node} class={`wire-line ${joined.includes(node) ? "" : "listed"}`} d={path} />
      ))}
      {layout.edges.map((shape, place) => (
        <OpEdge
          key={place}
          shape={shape}
          place={place}
          position={first + place}
          op={half.pairs[place]![0]}
          source={half.pairs[place]![1]}
          dead={dead.includes(first + place)}
          ops={ops}
          open={open === place}
          onOpen={onOpen}
          onOp={onOp}
        />
      ))}
      {layout.nodes.map(({ x, y }, node) => (
        <g key={node} class="dag-node">
          <circle cx={x} cy={y} r={RADIUS} />
          <text class="dag-number" x={x} y={y}>
            {node}
          </text>
          {node < 2 && (
            <text class="dag-name" x={node === 0 ? x - RADIUS - 6 : x + RADIUS + 6} y={y} data-side={node}>
              {node === 0 ? "before last" : "last"}
            </text>
          )}
        </g>
      ))}
      <rect class="vertex-pill" x={layout.output.x - 34} y={layout.output.y - 11} width={68} height={22} rx={4} />
      <text class="dag-number" x={layout.output.x} y={layout.output.y}>
        output
      </text>
    </svg>
  );
}

interface OpEdgeProps {
  shape: EdgeShape;
  place: number;
  position: number;
  op: string;
  source: number;
  dead: boolean;
  ops: readonly string[];
  open: boolean;
  onOpen(place: number): void;
  onOp(place: number, op: string): void;
}

function OpEdge({ shape, place, position, op, source, dead, ops, open, onOpen, onOp }: OpEdgeProps) {
  const lit = useStore((state) => state.hover?.cellEdge === position);
  const look = opLook(op);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const turn = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = turn ? ops[(ops.indexOf(op) + turn + ops.length) % ops.length] : ops[Number(event.key) - 1];
    if (event.key === "Enter" || event.key === " ") onOpen(place);
    else if (next !== undefined) onOp(place, next);
    else return;
    event.preventDefault();
  };
  return (
    <g
      class={`dag-edge ${lit || open ? "lit" : ""} ${dead ? "dead" : ""}`}
      role="button"
      tabindex={0}
      data-edge={place}
      aria-haspopup="menu"
      aria-expanded={open}
      aria-label={`${nodeLabel(source)} to node ${targetOf(place)}: ${look.label}${dead ? ", on no path to the output" : ""}`}
      aria-describedby="dag-keys"
      onClick={() => onOpen(place)}
      onKeyDown={onKeyDown}
      onPointerEnter={() => setHover({ cellEdge: position })}
      onPointerLeave={() => setHover(null)}
      onFocus={() => setHover({ cellEdge: position })}
      onBlur={() => setHover(null)}
    >
      <path class="dag-hit" d={shape.path} />
      <path class="dag-halo" d={shape.path} />
      <path
        class="dag-line"
        d={shape.path}
        stroke={opColour(op)}
        stroke-width={Math.min(4, look.width)}
        stroke-dasharray={look.dash ?? undefined}
        stroke-linecap={look.dash?.startsWith("0") ? "round" : "butt"}
      />
      <path
        class="dag-head"
        d="M0 0L-8 -4.5V4.5Z"
        transform={`translate(${shape.tip.x} ${shape.tip.y}) rotate(${shape.angle})`}
        fill={opColour(op)}
      />
      <circle class="dag-pill" cx={shape.middle.x} cy={shape.middle.y} r={9} />
      <text class="dag-glyph" x={shape.middle.x} y={shape.middle.y} fill={opColour(op)}>
        {look.glyph}
      </text>
      <title>{look.label}</title>
    </g>
  );
}
