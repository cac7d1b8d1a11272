// Ways to another cell: presets, a random one, one by its index, and those that compute the same function.
import { useRef, useState } from "preact/hooks";
import { call, failureOf } from "../engine/client.ts";
import { usePromise } from "../engine/known.ts";
import { LIMITS, notify, setCell, useStore } from "../state/state.ts";
import type { CellInfo } from "../types.ts";
import { Button } from "../ui/button.tsx";
import { NumberField } from "../ui/field.tsx";
import { lazily } from "../ui/lazy.tsx";
import { useDismiss, useInWindow } from "../ui/pop.tsx";
import type { Preset } from "../space/editor.ts";

const EqualCellsDialog = lazily(() => import("./equal-cells.tsx").then((module) => module.EqualCellsDialog));

function report(error: unknown): void {
  const failure = failureOf(error);
  if (failure) notify("error", failure.message);
}

export function PresetMenu({ presets, ops }: { presets: readonly Preset[]; ops: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const panel = useInWindow(open);
  useDismiss(open, root, () => setOpen(false));
  const choose = ({ cell }: Preset) => {
    setOpen(false);
    setCell(cell);
  };
  return (
    <span class="pop" ref={root}>
      <Button aria-expanded={open} aria-haspopup="true" onClick={() => setOpen(!open)}>
        Presets
      </Button>
      {open && (
        <div class="pop-panel menu" ref={panel}>
          {presets.map((preset) => (
            <PresetItem
              key={preset.label}
              preset={preset}
              lacks={preset.uses?.filter((op) => !ops.includes(op))}
              onChoose={choose}
            />
          ))}
          <KnownPresets onChoose={choose} />
        </div>
      )}
    </span>
  );
}

interface PresetItemProps {
  preset: Preset;
  /** Operations that it uses and the space has not. */
  lacks?: readonly string[] | undefined;
  onChoose(preset: Preset): void;
}

function PresetItem({ preset, lacks = [], onChoose }: PresetItemProps) {
  return (
    <button type="button" class="menu-item" disabled={lacks.length > 0} onClick={() => onChoose(preset)}>
      <span>{preset.label}</span>
      <span class="small soft">
        {lacks.length === 0 ? preset.hint : `uses ${lacks.join(", ")}, which this space lacks`}
      </span>
    </button>
  );
}

function KnownPresets({ onChoose }: { onChoose(preset: Preset): void }) {
  const space = useStore((state) => state.space);
  const target = useStore((state) => state.target);
  const { value, failure } = usePromise(`presets:${space}:${target}`, async () => {
    const { knownPresets } = await import("./known-presets.ts");
    return knownPresets(space, target);
  });
  if (failure) return <p class="menu-note field-error">{failure.message}</p>;
  if (!value) return <p class="menu-note small soft">Reading the known figures…</p>;
  return (
    <>
      {value.map((preset) => (
        <PresetItem key={preset.label} preset={preset} onChoose={onChoose} />
      ))}
    </>
  );
}

/** Draws a cell. The seed shown is that of the last draw: the button takes the next one, a typed one is drawn at once. */
export function RandomCell() {
  const space = useStore((state) => state.space);
  const [{ seed, drawn }, setLast] = useState({ seed: 0, drawn: false });
  const draw = async (seed: number) => {
    setLast({ seed, drawn: true });
    try {
      const [text] = await call("sample", [space, 1, seed], "random");
      if (text !== undefined) setCell(text, "random seed");
    } catch (error) {
      report(error);
    }
  };
  return (
    <span class="row tight">
      <Button onClick={() => void draw(drawn ? (seed + 1) % (LIMITS.seed[1] + 1) : seed)}>Random</Button>
      <NumberField label="seed" value={seed} limits={LIMITS.seed} width={4} onChange={(typed) => void draw(typed)} />
    </span>
  );
}

/** The cell's place in the published order, editable. */
export function IndexField({ info, size }: { info: CellInfo; size: number | null }) {
  const go = async (index: number) => {
    try {
      setCell(await call("cellAt", [info.space, index], "index"), "index");
    } catch (error) {
      report(error);
    }
  };
  if (info.index === null || size === null) return null;
  return (
    <span class="row tight">
      <NumberField
        label="Cell"
        value={info.index}
        limits={[0, size - 1]}
        width={6}
        onChange={(index) => void go(index)}
      />
      <span class="soft">of {size.toLocaleString("en-US")}, from 0</span>
    </span>
  );
}

/** How many cells compute the same function, and which. */
export function EqualCells({ info }: { info: CellInfo }) {
  const [open, setOpen] = useState(false);
  const others = (info.classSize ?? 1) - 1;
  if (info.classSize === null) return null;
  if (others === 0) return <p class="small soft">No other cell computes the same function.</p>;
  return (
    <p class="small">
      <button type="button" class="link-button" onClick={() => setOpen(true)}>
        {others.toLocaleString("en-US")} other {others === 1 ? "cell" : "cells"}
      </button>{" "}
      <span class="soft">{others === 1 ? "computes" : "compute"} the same function.</span>
      {open && <EqualCellsDialog info={info} onClose={() => setOpen(false)} />}
    </p>
  );
}
