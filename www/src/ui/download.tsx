import { useRef, useState } from "preact/hooks";
import { exportFile, type ExportedFile } from "../export.ts";
import { notify } from "../state.ts";
import { Button } from "./button.tsx";
import { useDismiss, useInWindow } from "./pop.tsx";

export interface Download {
  /** E.g. "CSV". */
  label: string;
  /** What is in the file, in a few words. */
  hint: string;
  make(): ExportedFile | Promise<ExportedFile>;
}

/** A button that offers files; each is made when it is asked for. */
export function DownloadMenu({ items, label = "Export" }: { items: readonly Download[]; label?: string }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const panel = useInWindow(open);
  useDismiss(open, root, () => setOpen(false));
  const save = async (item: Download) => {
    setOpen(false);
    try {
      exportFile(await item.make());
    } catch (error) {
      notify("error", `The ${item.label} file could not be made: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <span class="pop" ref={root}>
      <Button aria-expanded={open} aria-haspopup="true" onClick={() => setOpen(!open)}>
        {label}
      </Button>
      {open && (
        <div class="pop-panel menu end" ref={panel}>
          {items.map((item) => (
            <button key={item.label} type="button" class="menu-item" onClick={() => void save(item)}>
              <span>{item.label}</span>
              <span class="small soft">{item.hint}</span>
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
