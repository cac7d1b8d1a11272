import { useRef, useState } from "preact/hooks";
import type { ExportedFile } from "./export.ts";
import { notify } from "../state/state.ts";
import { Button } from "./button.tsx";
import { useDismiss, useInWindow } from "./pop.tsx";

export interface Download {
  /** E.g. "CSV". */
  label: string;
  /** What is in the file, in a few words. */
  hint: string;
  make(): ExportedFile | Promise<ExportedFile>;
}

type Downloads = readonly Download[];

/** A button that offers files; each is made when it is asked for, and by code that is fetched only then. */
export function DownloadMenu({
  items,
  label = "Export",
}: {
  items: Downloads | (() => Promise<Downloads>);
  label?: string;
}) {
  const [open, setOpen] = useState<Downloads | null>(null);
  const root = useRef<HTMLSpanElement>(null);
  const panel = useInWindow(open !== null);
  useDismiss(open !== null, root, () => setOpen(null));
  const now = async () => (typeof items === "function" ? items() : items);
  const trying = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      notify("error", `The ${what} could not be made: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const toggle = () => trying("list of files", async () => setOpen(open ? null : await now()));
  const save = (label: string) => {
    setOpen(null);
    return trying(`${label} file`, async () => {
      const { exportFile } = await import("./export.ts");
      // Asked for anew: what is shown may have changed since the menu was opened.
      const item = (await now()).find((candidate) => candidate.label === label);
      if (item) exportFile(await item.make());
    });
  };
  return (
    <span class="pop" ref={root}>
      <Button aria-expanded={open !== null} aria-haspopup="true" onClick={() => void toggle()}>
        {label}
      </Button>
      {open && (
        <div class="pop-panel menu end" ref={panel}>
          {open.map((item) => (
            <button key={item.label} type="button" class="menu-item" onClick={() => void save(item.label)}>
              <span>{item.label}</span>
              <span class="small soft">{item.hint}</span>
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
