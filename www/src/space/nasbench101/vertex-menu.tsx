// What can be done with one vertex: its operation, its edges, its place.
import { useEffect, useRef } from "preact/hooks";
import { opLook } from "../ops.ts";
import { Button } from "../../ui/button.tsx";
import { useDismiss } from "../../ui/pop.tsx";
import { OpSwatch, usePlaced } from "../kit/op-menu.tsx";
import { moveProblem, vertexName, type Spec } from "./spec.ts";

interface VertexMenuProps {
  spec: Spec;
  vertex: number;
  ops: readonly string[];
  /** Centre of the vertex, in px from the top left of the editor. */
  at: { x: number; y: number };
  onOp(op: string): void;
  onToggle(source: number, target: number): void;
  onMove(by: 1 | -1): void;
  onRemove(): void;
  onClose(): void;
}

export function VertexMenu({ spec, vertex, ops, at, onOp, onToggle, onMove, onRemove, onClose }: VertexMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useDismiss(true, menu, onClose);
  usePlaced(menu, at);
  useEffect(() => menu.current?.querySelector<HTMLElement>('[aria-checked="true"], button')?.focus(), []);
  const last = spec.ops.length - 1;
  const interior = vertex > 0 && vertex < last;
  const name = vertexName(spec, vertex);
  const onKeyDown = (event: KeyboardEvent) => {
    const op = ops[Number(event.key) - 1];
    if (op !== undefined && interior) onOp(op);
  };
  return (
    <div ref={menu} class="op-menu vertex-menu" role="dialog" aria-label={name} onKeyDown={onKeyDown}>
      {interior && (
        <div role="radiogroup" aria-label="Operation">
          {ops.map((op, position) => (
            <button
              key={op}
              type="button"
              class="op-item"
              role="radio"
              aria-checked={op === spec.ops[vertex]}
              onClick={() => onOp(op)}
            >
              <OpSwatch op={op} />
              <span class="grow">
                <span class="op-name">{opLook(op).label}</span>
                <span class="small soft">{opLook(op).meaning}</span>
              </span>
              <kbd aria-hidden="true">{position + 1}</kbd>
            </button>
          ))}
        </div>
      )}
      {vertex > 0 && (
        <Ends
          title="from"
          spec={spec}
          others={[...Array(vertex).keys()]}
          on={(other) => spec.rows[other]![vertex]!}
          onPress={(other) => onToggle(other, vertex)}
        />
      )}
      {vertex < last && (
        <Ends
          title="to"
          spec={spec}
          others={[...Array(last - vertex).keys()].map((offset) => vertex + 1 + offset)}
          on={(other) => spec.rows[vertex]![other]!}
          onPress={(other) => onToggle(vertex, other)}
        />
      )}
      {interior && (
        <div class="row vertex-acts">
          <MoveButton spec={spec} vertex={vertex} by={-1} onMove={onMove} />
          <MoveButton spec={spec} vertex={vertex} by={1} onMove={onMove} />
          <Button onClick={onRemove}>Remove</Button>
        </div>
      )}
    </div>
  );
}

function MoveButton({
  spec,
  vertex,
  by,
  onMove,
}: {
  spec: Spec;
  vertex: number;
  by: 1 | -1;
  onMove(by: 1 | -1): void;
}) {
  const problem = moveProblem(spec, vertex, by);
  return (
    <Button disabled={problem !== null} title={problem ?? undefined} onClick={() => onMove(by)}>
      {by < 0 ? "Move up" : "Move down"}
    </Button>
  );
}

interface EndsProps {
  title: "from" | "to";
  spec: Spec;
  others: readonly number[];
  on(other: number): boolean;
  onPress(other: number): void;
}

/** A switch for each possible edge in one direction. */
function Ends({ title, spec, others, on, onPress }: EndsProps) {
  return (
    <div class="vertex-ends" role="group" aria-label={`Edges ${title}`}>
      <span class="small soft">{title}</span>
      {others.map((other) => {
        const name = vertexName(spec, other);
        return (
          <Button
            key={other}
            aria-pressed={on(other)}
            aria-label={`Edge ${title} ${name}`}
            onClick={() => onPress(other)}
          >
            {name.replace("vertex ", "")}
          </Button>
        );
      })}
    </div>
  );
}
