/** The rows of tools below a scatter. */
import { whole } from "../words/format.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Explain } from "../ui/pop.tsx";
import type { Plot } from "./plot.ts";

/** What dragging does. */
export type Tool = "zoom" | "pan" | "lasso" | "box";

const TOOLS: Record<Tool, { label: string; hint: string }> = {
  zoom: { label: "Zoom", hint: "Drag a box to zoom; press a point to load its cell." },
  pan: { label: "Move", hint: "Drag to move what is shown." },
  lasso: { label: "Lasso", hint: "Draw around points to select them." },
  box: { label: "Box", hint: "Drag a box to select the points in it." },
};

interface ToolRowProps {
  tool: Tool;
  plot: Plot | null;
  zoomed: boolean;
  selecting: boolean;
  onTool(tool: Tool): void;
  onZoom(factor: number): void;
  onReset(): void;
}

export function ToolRow({ tool, plot, zoomed, selecting, onTool, onZoom, onReset }: ToolRowProps) {
  const tools: Tool[] = selecting ? ["zoom", "pan", "lasso", "box"] : ["zoom", "pan"];
  return (
    <div class="rank-tools small soft">
      <span class="rank-segments" role="group" aria-label="What dragging does">
        {tools.map((id) => (
          <Button key={id} aria-pressed={tool === id} title={TOOLS[id].hint} onClick={() => onTool(id)}>
            {TOOLS[id].label}
          </Button>
        ))}
      </span>
      <Explain about="zooming and selecting">
        <p>
          Zoom by box, by the buttons, by Ctrl and wheel, or by pinching; then <b>Move</b>. <kbd>+</kbd> <kbd>−</kbd>{" "}
          <kbd>0</kbd> and Shift with arrows do the same by keyboard.
        </p>
        {selecting && (
          <p>
            A lasso or a box selects; with Shift it adds, with Alt it takes away. By keyboard: arrows go to a point,{" "}
            <kbd>S</kbd> selects it, Shift with <kbd>S</kbd> takes it out, <kbd>A</kbd> selects all that is in view. On
            a phone, take up a tool first: else a finger scrolls the page.
          </p>
        )}
      </Explain>
      <span class="grow" role="status">
        {plot && zoomed ? `${whole(plot.shown)} of ${whole(plot.defined)} points in view.` : TOOLS[tool].hint}
      </span>
      <span class="row">
        <IconButton label="Zoom in" disabled={!plot} onClick={() => onZoom(0.5)}>
          +
        </IconButton>
        <IconButton label="Zoom out" disabled={!plot || !zoomed} onClick={() => onZoom(2)}>
          −
        </IconButton>
        <Button disabled={!zoomed} onClick={onReset}>
          Reset zoom
        </Button>
      </span>
    </div>
  );
}

interface SelectRowProps {
  selected: number;
  zoomed: boolean;
  onView(): void;
  onClear(): void;
}

export function SelectRow({ selected, zoomed, onView, onClear }: SelectRowProps) {
  return (
    <div class="row small soft">
      <span class="grow" role="status">
        {selected > 0 ? `${whole(selected)} ${selected === 1 ? "cell" : "cells"} selected.` : "No cells selected."}
      </span>
      <Button disabled={!zoomed} title={zoomed ? "Selects the points in view" : "Zoom in first"} onClick={onView}>
        Select what is in view
      </Button>
      <Button disabled={selected === 0} onClick={onClear}>
        Clear selection
      </Button>
    </div>
  );
}
