import { useCallback, useRef, useState } from "preact/hooks";

/** The width of an element in px, as it changes: give it the returned function as `ref`. */
export function useWidth(): [
  ref: (element: HTMLElement | null) => void,
  width: number,
  element: { readonly current: HTMLElement | null },
] {
  const element = useRef<HTMLElement | null>(null);
  const observer = useRef<ResizeObserver | null>(null);
  const [width, setWidth] = useState(0);
  const ref = useCallback((now: HTMLElement | null) => {
    observer.current?.disconnect();
    element.current = now;
    if (!now) return;
    const measure = () => setWidth(Math.floor(now.clientWidth));
    measure();
    observer.current = new ResizeObserver(measure);
    observer.current.observe(now);
  }, []);
  return [ref, width, element];
}
