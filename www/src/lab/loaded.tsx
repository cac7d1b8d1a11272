/** A sign that the cell was changed from down here, while the editor that shows it is out of sight. */
import { useEffect, useState } from "preact/hooks";
import { store } from "../state/state.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

const editor = () => document.querySelector<HTMLElement>(".region-cell");

/** Less of the editor than this, in pixels, is as good as nothing. */
const LEAST = 80;

export function Loaded() {
  const [shown, show] = useState(false);
  useEffect(() => {
    return store.subscribe((now, before) => {
      if (now.cell === before.cell && now.space === before.space) return;
      // Another space brings its own cell, which nobody has picked.
      show(now.space === before.space && (editor()?.getBoundingClientRect().bottom ?? LEAST) < LEAST);
    });
  }, []);
  useEffect(() => {
    const region = editor();
    if (!shown || !region) return;
    const watch = new IntersectionObserver(([entry]) => entry!.isIntersecting && show(false), {
      rootMargin: `-${LEAST}px 0px 0px`,
    });
    watch.observe(region);
    return () => watch.disconnect();
  }, [shown]);
  const go = () => {
    const region = editor();
    if (!region) return;
    region.tabIndex = -1;
    region.focus({ preventScroll: true });
    region.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  };
  return (
    <div class="lab-loaded" role="status">
      {shown && (
        <div class="row">
          <span>Loaded into the editor above</span>
          <Button onClick={go}>Show it</Button>
          <IconButton look="plain" label="Dismiss" onClick={() => show(false)}>
            <Icon name="close" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
