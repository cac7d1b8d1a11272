/** Which rows of a long table stand in the page: those in sight and a few around them. All rows are equally high. */
import { useCallback, useRef, useState } from "preact/hooks";

/** Height of a row in px; `rank.css` holds rows to it. */
export const ROW_HEIGHT = 36;
const AROUND = 8;

export interface Span {
  readonly first: number;
  readonly end: number;
}

/** First row and end of what must stand in the page. It changes only every few rows, so that most scrolling draws nothing. */
export function spanOf(top: number, height: number, rows: number): Span {
  const at = Math.max(0, Math.floor(top / ROW_HEIGHT / 4) * 4 - AROUND);
  const first = Math.min(at, Math.max(0, rows - 1));
  return { first, end: Math.min(rows, first + Math.ceil(height / ROW_HEIGHT) + 2 * AROUND + 4) };
}

export function useVirtual(rows: number): {
  span: Span;
  frame: (element: HTMLElement | null) => void;
  onScroll(): void;
  toTop(): void;
  seen: Span;
} {
  const element = useRef<HTMLElement | null>(null);
  const observer = useRef<ResizeObserver | null>(null);
  const [place, setPlace] = useState({ top: 0, height: 600 });
  const measure = useCallback(() => {
    const now = element.current;
    if (now)
      setPlace((old) =>
        old.top === now.scrollTop && old.height === now.clientHeight
          ? old
          : { top: now.scrollTop, height: now.clientHeight },
      );
  }, []);
  const frame = useCallback((now: HTMLElement | null) => {
    element.current = now;
    observer.current?.disconnect();
    if (!now) return;
    measure();
    observer.current = new ResizeObserver(measure);
    observer.current.observe(now);
  }, []);
  const toTop = useCallback(() => {
    if (element.current) element.current.scrollTop = 0;
    measure();
  }, []);
  const first = Math.min(rows, Math.floor(place.top / ROW_HEIGHT));
  return {
    span: spanOf(place.top, place.height, rows),
    frame,
    onScroll: measure,
    toTop,
    seen: { first, end: Math.min(rows, first + Math.max(1, Math.floor(place.height / ROW_HEIGHT) - 2)) },
  };
}
