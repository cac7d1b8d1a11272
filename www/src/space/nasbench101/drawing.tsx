// The cell drawn: a pill a vertex, an arrow an edge. Vertices open a menu and can be dragged onto each other; pressing an
// edge takes it away.
import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { opColour, opLook } from "../ops.ts";
import { setHover, useStore } from "../../state/state.ts";
import { edgeShapes, heightOf, PILL, vertexPoint, WIDTH, type EdgeShape, type Point } from "./layout.ts";
import { aliveVertices, edgesOf, prunedNumbers, vertexName, type Spec } from "./spec.ts";

export interface DrawingProps {
  spec: Spec;
  svg: RefObject<SVGSVGElement | null>;
  /** The vertex whose menu is open. */
  open: number | null;
  onOpen(vertex: number): void;
  onToggle(source: number, target: number): void;
  /** Keys on a vertex; returns whether the key meant something. */
  onVertexKey(vertex: number, event: KeyboardEvent): boolean;
}

/** A drag from a vertex, in units of the drawing. */
interface Drag {
  from: number;
  start: Point;
  at: Point;
  /** The vertex under the pointer. */
  over: number | null;
}

/** A press that moves less than this (px) is no drag. */
const STILL = 6;

export function Drawing({ spec, svg, open, onOpen, onToggle, onVertexKey }: DrawingProps) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const press = useRef<{ vertex: number; x: number; y: number } | null>(null);
  const alive = aliveVertices(spec);
  const numbers = prunedNumbers(spec);
  const last = spec.ops.length - 1;
  const height = heightOf(spec.ops.length);

  const pointOf = (event: PointerEvent): Point => {
    const box = svg.current!.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * WIDTH,
      y: ((event.clientY - box.top) / box.height) * height,
    };
  };
  const vertexAt = ({ x, y }: Point): number | null => {
    const found = spec.ops.findIndex((_, vertex) => {
      const centre = vertexPoint(vertex);
      return Math.abs(x - centre.x) <= PILL.width / 2 + 6 && Math.abs(y - centre.y) <= PILL.height / 2 + 8;
    });
    return found < 0 ? null : found;
  };
  const onPointerDown = (vertex: number, event: PointerEvent) => {
    if (event.button !== 0) return;
    press.current = { vertex, x: event.clientX, y: event.clientY };
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = press.current;
    if (!from || (!drag && Math.hypot(event.clientX - from.x, event.clientY - from.y) < STILL)) return;
    const at = pointOf(event);
    const over = vertexAt(at);
    setDrag({ from: from.vertex, start: vertexPoint(from.vertex), at, over: over === from.vertex ? null : over });
  };
  const onPointerUp = () => {
    const from = press.current;
    press.current = null;
    if (!drag) return void (from && onOpen(from.vertex));
    setDrag(null);
    if (drag.over !== null) onToggle(drag.from, drag.over);
  };
  const cancel = () => {
    press.current = null;
    setDrag(null);
  };

  return (
    <svg
      ref={svg}
      class="dag dag101"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="group"
      aria-label={`Cell with ${spec.ops.length} vertices and ${edgesOf(spec).length} edges`}
    >
      {edgeShapes(edgesOf(spec)).map((shape) => (
        <EdgeArrow
          key={shape.edge.join()}
          shape={shape}
          spec={spec}
          dead={!alive[shape.edge[0]] || !alive[shape.edge[1]]}
          onRemove={() => onToggle(...shape.edge)}
        />
      ))}
      {spec.ops.map((op, vertex) => (
        <Vertex
          key={vertex}
          vertex={vertex}
          op={op}
          spec={spec}
          dead={!alive[vertex]}
          number={numbers[vertex] ?? null}
          end={vertex === 0 || vertex === last}
          open={open === vertex}
          target={drag?.over === vertex}
          onPointerDown={(event) => onPointerDown(vertex, event)}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={cancel}
          onKeyDown={(event) => {
            if (event.key === "Enter" || event.key === " ") onOpen(vertex);
            else if (!onVertexKey(vertex, event)) return;
            event.preventDefault();
          }}
        />
      ))}
      {drag && <path class="dag-rubber" d={`M${drag.start.x} ${drag.start.y}L${drag.at.x} ${drag.at.y}`} />}
    </svg>
  );
}

interface VertexProps {
  vertex: number;
  op: string;
  spec: Spec;
  dead: boolean;
  number: number | null;
  end: boolean;
  open: boolean;
  target: boolean;
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  onPointerUp(): void;
  onPointerCancel(): void;
  onKeyDown(event: KeyboardEvent): void;
}

function Vertex({ vertex, op, spec, dead, number, end, open, target, ...handlers }: VertexProps) {
  const lit = useStore((state) => number !== null && state.hover?.cellNode === number);
  const look = opLook(op);
  const { x, y } = vertexPoint(vertex);
  const name = vertexName(spec, vertex);
  const hover = () => setHover(number === null ? null : { cellNode: number });
  return (
    <g
      class={`dag-vertex ${lit || open || target ? "lit" : ""} ${dead ? "dead" : ""} ${end ? "end" : ""}`}
      role="button"
      tabindex={0}
      data-vertex={vertex}
      aria-haspopup="dialog"
      aria-expanded={open}
      aria-label={`${end ? name : `${name}: ${look.label}`}${dead ? ", on no path from input to output" : ""}`}
      aria-describedby="dag-keys"
      onPointerEnter={hover}
      onPointerLeave={() => setHover(null)}
      onFocus={hover}
      onBlur={() => setHover(null)}
      {...handlers}
    >
      <rect
        class="vertex-pill"
        x={x - PILL.width / 2}
        y={y - PILL.height / 2}
        width={PILL.width}
        height={PILL.height}
        rx={end ? 4 : PILL.height / 2}
        stroke={end ? undefined : opColour(op)}
        stroke-width={end ? 1.5 : 1 + look.width / 2}
      />
      {end ? (
        <text class="dag-number" x={x} y={y}>
          {name}
        </text>
      ) : (
        <>
          <text class="vertex-number" x={x - PILL.width / 2 + 15} y={y}>
            {vertex}
          </text>
          <text class="dag-label" x={x + 6} y={y}>
            <tspan class="dag-glyph" fill={opColour(op)}>
              {look.glyph}
            </tspan>
            <tspan dx={4}>{look.label}</tspan>
          </text>
        </>
      )}
    </g>
  );
}

function EdgeArrow({ shape, spec, dead, onRemove }: { shape: EdgeShape; spec: Spec; dead: boolean; onRemove(): void }) {
  const [source, target] = shape.edge;
  return (
    <g
      class={`dag-wire ${dead ? "dead" : ""}`}
      role="button"
      tabindex={0}
      data-wire={shape.edge.join("-")}
      aria-label={`Edge from ${vertexName(spec, source)} to ${vertexName(spec, target)}${dead ? ", pruned" : ""}: press to remove`}
      onClick={onRemove}
      onKeyDown={(event) => {
        if (!["Enter", " ", "Delete", "Backspace"].includes(event.key)) return;
        event.preventDefault();
        onRemove();
      }}
    >
      <path class="dag-hit" d={shape.path} />
      <path class="wire-line" d={shape.path} />
      <path
        class="wire-head"
        d="M0 0L-8 -4.5V4.5Z"
        transform={`translate(${shape.tip.x} ${shape.tip.y}) rotate(${shape.angle})`}
      />
      <g class="wire-cross" transform={`translate(${shape.middle.x} ${shape.middle.y})`}>
        <circle r={8} />
        <path d="M-3 -3L3 3M3 -3L-3 3" />
      </g>
    </g>
  );
}
