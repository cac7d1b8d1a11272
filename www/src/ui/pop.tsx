import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Closes something on Escape or on a press outside of it. */
export function useDismiss(open: boolean, inside: RefObject<HTMLElement | null>, close: () => void): void {
  useEffect(() => {
    if (!open) return;
    const onPress = (event: Event) => {
      if (!inside.current?.contains(event.target as Node)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
      inside.current?.querySelector<HTMLElement>("[aria-expanded]")?.focus();
    };
    document.addEventListener("pointerdown", onPress);
    document.addEventListener("keydown", onKey, true);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      document.removeEventListener("keydown", onKey, true);
    };
  }, [open, close]);
}

/** Keeps an open panel inside the window: shifts it sideways, and opens it upwards where there is more room. */
export function useInWindow(open: boolean): RefObject<HTMLDivElement | null> {
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = panel.current;
    if (!open || !element) return;
    element.style.transform = "";
    const { left, right } = element.getBoundingClientRect();
    const over = Math.max(0, right - (document.documentElement.clientWidth - 8));
    const under = Math.max(0, 8 - left);
    if (over > 0 || under > 0) element.style.transform = `translateX(${under - over}px)`;
    const anchor = element.parentElement!.getBoundingClientRect();
    const below = window.innerHeight - anchor.bottom;
    element.classList.toggle("up", element.offsetHeight + 12 > below && anchor.top > below);
  }, [open]);
  return panel;
}

interface ExplainProps {
  /** What is explained, for the button's name. */
  about: string;
  /** Settles when what is shown is there: then it opens, at its full size. */
  ready?: () => Promise<boolean>;
  children: ComponentChildren;
}

/** A small "?" beside a control; opens a short explanation. */
export function Explain({ about, ready, children }: ExplainProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const panel = useInWindow(open);
  const id = useId();
  useDismiss(open, root, () => setOpen(false));
  const toggle = async () => setOpen(!open && ((await ready?.()) ?? true));
  return (
    <span class="pop" ref={root}>
      <button
        type="button"
        class="explain-button"
        aria-label={`About ${about}`}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => void toggle()}
      >
        ?
      </button>
      {open && (
        <div class="pop-panel small" id={id} ref={panel} role="note">
          {children}
        </div>
      )}
    </span>
  );
}
