// The small menu of operations that opens beside an edge.
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { opColour, opLook } from "../ops.ts";
import { useDismiss } from "../../ui/pop.tsx";

/** Puts a menu below a point of the editor, but never beyond the editor's sides. */
export function usePlaced(menu: RefObject<HTMLElement | null>, at: { x: number; y: number }): void {
  useLayoutEffect(() => {
    const element = menu.current!;
    const room = element.parentElement!.clientWidth - element.offsetWidth;
    element.style.left = `${Math.max(0, Math.min(room, at.x - element.offsetWidth / 2))}px`;
    element.style.top = `${at.y + 16}px`;
  }, [at.x, at.y]);
}

interface OpMenuProps {
  ops: readonly string[];
  current: string;
  /** What the edge joins, for the menu's name. */
  title: string;
  /** Centre of the edge's label, in px from the top left of the editor. */
  at: { x: number; y: number };
  onChoose(op: string): void;
  onClose(): void;
}

export function OpMenu({ ops, current, title, at, onChoose, onClose }: OpMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useDismiss(true, menu, onClose);
  usePlaced(menu, at);
  useEffect(
    () => menu.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus({ preventScroll: false }),
    [],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...menu.current!.querySelectorAll<HTMLElement>('[role="menuitemradio"]')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const turn = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (turn) items[(at + turn + items.length) % items.length]?.focus();
    else if (event.key === "Home") items[0]?.focus();
    else if (event.key === "End") items.at(-1)?.focus();
    else if (event.key === "Tab") return onClose();
    else if (ops[Number(event.key) - 1]) onChoose(ops[Number(event.key) - 1]!);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={menu} class="op-menu" role="menu" aria-label={`Operation from ${title}`} onKeyDown={onKeyDown}>
      {ops.map((op, position) => {
        const look = opLook(op);
        return (
          <button
            key={op}
            type="button"
            class="op-item"
            role="menuitemradio"
            aria-checked={op === current}
            tabIndex={-1}
            onClick={() => onChoose(op)}
          >
            <OpSwatch op={op} />
            <span class="grow">
              <span class="op-name">{look.label}</span>
              <span class="small soft">{look.meaning}</span>
            </span>
            <kbd aria-hidden="true">{position + 1}</kbd>
          </button>
        );
      })}
    </div>
  );
}

/** The line and glyph that stand for an operation everywhere on the page. */
export function OpSwatch({ op }: { op: string }) {
  const look = opLook(op);
  return (
    <svg class="op-swatch" viewBox="0 0 44 18" aria-hidden="true">
      <path
        d="M2 9H26"
        stroke={opColour(op)}
        stroke-width={look.width}
        stroke-dasharray={look.dash ?? undefined}
        stroke-linecap={look.dash?.startsWith("0") ? "round" : "butt"}
      />
      <text x={36} y={9} fill={opColour(op)}>
        {look.glyph}
      </text>
    </svg>
  );
}
