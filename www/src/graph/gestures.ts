// Pointer, wheel and touch on the graph, turned into pan, zoom, hover and tap. Knows nothing of what is drawn.

export interface GestureTarget {
  pan(dx: number, dy: number): boolean;
  zoom(factor: number, x: number, y: number): void;
  hover(x: number, y: number): void;
  leave(): void;
  tap(x: number, y: number): void;
  /** A gesture began or ended. */
  moving(active: boolean): void;
}

/** A press that moves less than this many pixels is a tap. */
const TAP = 5;

/** Listens on an element; returns how to stop. */
export function listen(element: HTMLElement, target: GestureTarget): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const at = (event: MouseEvent): { x: number; y: number } => {
    const bounds = element.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };

  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      if (pointers.size === 0) travelled = 0;
      pointers.set(event.pointerId, at(event));
      // Captured only once the pointer drags, so that a press still ends on what it began on.
    },
    options,
  );

  element.addEventListener(
    "pointermove",
    (event) => {
      const here = at(event);
      const before = pointers.get(event.pointerId);
      if (!before) {
        if (event.pointerType !== "touch") target.hover(here.x, here.y);
        return;
      }
      travelled += Math.hypot(here.x - before.x, here.y - before.y);
      if (travelled < TAP) return;
      if (!element.hasPointerCapture(event.pointerId)) {
        element.setPointerCapture(event.pointerId);
        target.moving(true);
      }
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, here);
      if (other) {
        const factor =
          Math.hypot(here.x - other.x, here.y - other.y) /
          Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
        target.zoom(factor, (here.x + other.x) / 2, (here.y + other.y) / 2);
        target.pan((here.x - before.x) / 2, (here.y - before.y) / 2);
      } else target.pan(here.x - before.x, here.y - before.y);
    },
    options,
  );

  const release = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    if (pointers.size > 0) return;
    if (travelled < TAP && event.type === "pointerup") {
      const { x, y } = at(event);
      target.tap(x, y);
    }
    target.moving(false);
  };
  element.addEventListener("pointerup", release, options);
  element.addEventListener("pointercancel", release, options);
  // A finger always leaves; what it tapped stays in question until the next tap.
  element.addEventListener(
    "pointerleave",
    (event) => pointers.size === 0 && event.pointerType !== "touch" && target.leave(),
    options,
  );

  let settle = 0;
  element.addEventListener(
    "wheel",
    (event) => {
      const { x, y } = at(event);
      const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? element.clientHeight : 1;
      let used = true;
      if (event.ctrlKey || event.metaKey)
        target.zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY * unit)) * 0.008), x, y);
      // At the border, or with nothing to pan, the wheel scrolls the page.
      else
        used =
          event.shiftKey && event.deltaX === 0
            ? target.pan(-event.deltaY * unit, 0)
            : target.pan(-event.deltaX * unit, -event.deltaY * unit);
      if (!used) return;
      event.preventDefault();
      target.moving(true);
      clearTimeout(settle);
      settle = window.setTimeout(() => target.moving(false), 120);
    },
    { ...options, passive: false },
  );

  return () => {
    clearTimeout(settle);
    stop.abort();
  };
}
