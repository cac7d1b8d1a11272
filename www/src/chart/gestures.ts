// Mouse, pen, fingers and wheel on the scatter, turned into hover, tap, pan, zoom and drawn shapes. Knows nothing of points.
import type { Combine, Corner } from "./lasso.ts";
import type { Tool } from "./tools.tsx";

export interface PlotTarget {
  tool: Tool;
  hover(x: number, y: number): void;
  leave(): void;
  tap(x: number, y: number, touch: boolean): void;
  pan(dx: number, dy: number): void;
  /** Zooms about a point (below 1: in) and moves by some pixels. */
  zoom(factor: number, x: number, y: number, dx: number, dy: number): void;
  /** A shape as it is being drawn; null: it was given up. */
  draw(corners: readonly Corner[] | null): void;
  drawn(corners: readonly Corner[], how: Combine): void;
}

/** A press that moves less than this many pixels is a tap. */
const TAP = 6;

/** Listens on an element; returns how to stop. */
export function listen(element: HTMLElement, target: { readonly current: PlotTarget }): () => void {
  const pointers = new Map<number, Corner>();
  let corners: Corner[] = [];
  let dragged = false;
  /** Two fingers have met: what one of them began is given up. */
  let pinched = false;
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const at = (event: MouseEvent): Corner => {
    const { left, top } = element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  /** A finger scrolls the page, unless a tool was taken up that needs it. */
  const draws = (event: PointerEvent) =>
    target.current.tool !== "pan" && !(event.pointerType === "touch" && target.current.tool === "zoom");

  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      const here = at(event);
      if (pointers.size === 0) {
        corners = [here];
        dragged = pinched = false;
      } else {
        pinched = true;
        target.current.draw(null);
      }
      pointers.set(event.pointerId, here);
      if (event.pointerType !== "touch" || target.current.tool !== "zoom") element.setPointerCapture(event.pointerId);
    },
    options,
  );

  element.addEventListener(
    "pointermove",
    (event) => {
      const here = at(event);
      const before = pointers.get(event.pointerId);
      if (!before) {
        if (event.pointerType !== "touch") target.current.hover(...here);
        return;
      }
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        pointers.set(event.pointerId, here);
        const apart = (corner: Corner) => Math.max(1, Math.hypot(corner[0] - other[0], corner[1] - other[1]));
        const middle: Corner = [(here[0] + other[0]) / 2, (here[1] + other[1]) / 2];
        target.current.zoom(
          apart(before) / apart(here),
          ...middle,
          (here[0] - before[0]) / 2,
          (here[1] - before[1]) / 2,
        );
        return;
      }
      const start = corners[0]!;
      dragged ||= Math.hypot(here[0] - start[0], here[1] - start[1]) > TAP;
      if (!dragged || pinched) return;
      pointers.set(event.pointerId, here);
      if (target.current.tool === "pan") target.current.pan(here[0] - before[0], here[1] - before[1]);
      else if (draws(event)) {
        corners = target.current.tool === "lasso" ? [...corners, here] : [start, here];
        target.current.draw(corners);
      }
    },
    options,
  );

  element.addEventListener(
    "pointerup",
    (event) => {
      if (!pointers.delete(event.pointerId) || pointers.size > 0 || pinched) return;
      if (!dragged) return target.current.tap(...at(event), event.pointerType === "touch");
      if (!draws(event)) return;
      target.current.drawn(corners, event.shiftKey ? "add" : event.altKey ? "remove" : "replace");
    },
    options,
  );
  element.addEventListener(
    "pointercancel",
    (event) => {
      pointers.delete(event.pointerId);
      target.current.draw(null);
    },
    options,
  );
  // A finger always leaves; what it tapped stays in question until the next tap.
  element.addEventListener(
    "pointerleave",
    (event) => pointers.size === 0 && event.pointerType !== "touch" && target.current.leave(),
    options,
  );

  element.addEventListener(
    "wheel",
    (event) => {
      // Alone, the wheel scrolls the page. A pinch on a touchpad comes as a wheel with Ctrl.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? element.clientHeight : 1;
      target.current.zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY * unit)) * 0.008), ...at(event), 0, 0);
    },
    { ...options, passive: false },
  );

  return () => stop.abort();
}
