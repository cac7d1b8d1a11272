// TransNAS-Bench-101 macro: a row of four to six stages, with switches below each.
import { opColour, opLook } from "../ops.ts";
import { setCell, setDraft, setHover, useStore } from "../../state/state.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { DraftNotice } from "../kit/draft.tsx";
import type { Editor, EditorProps } from "../editor.ts";
import { opOf, parseStages, printStages, problemOf, rulesOf, sizesOf, STAGES, type Stage } from "./stages.ts";

const WIDTH = 276;
const HEIGHT = 118;

function change(stages: readonly Stage[]): void {
  if (problemOf(stages) === null) setCell(printStages(stages));
  else setDraft(printStages(stages));
}

function View({ text, svg }: EditorProps) {
  const stages = parseStages(text);
  const sizes = sizesOf(stages);
  const problem = problemOf(stages);
  const column = WIDTH / STAGES[1];
  const set = (position: number, patch: Partial<Stage>) =>
    change(stages.map((stage, at) => (at === position ? { ...stage, ...patch } : stage)));
  const label = (position: number) => {
    const { channels, side } = sizes[position]!;
    return `Block ${position + 1}: ${channels} channels, ${side} × ${side} pixels`;
  };
  return (
    <div class="editor macro">
      <svg
        ref={svg}
        class="dag macro-row"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={stages.map((_, position) => label(position)).join("; ")}
      >
        {stages.map((stage, position) => (
          <Block
            key={position}
            stage={stage}
            position={position}
            x={column * (position + 0.5)}
            {...sizes[position]!}
            last={position === stages.length - 1}
            column={column}
          />
        ))}
      </svg>
      <div class="macro-switches">
        {stages.map((stage, position) => (
          <div
            key={position}
            class="macro-stage"
            role="group"
            aria-label={label(position)}
            onPointerEnter={() => setHover({ cellEdge: position })}
            onPointerLeave={() => setHover(null)}
            onFocusCapture={() => setHover({ cellEdge: position })}
            onBlurCapture={() => setHover(null)}
          >
            <Button
              aria-pressed={stage.doubles}
              aria-label="C×2: double the channels"
              title="Double the channels"
              onClick={() => set(position, { doubles: !stage.doubles })}
            >
              C×2
            </Button>
            <Button
              aria-pressed={stage.halves}
              aria-label="S÷2: halve the side"
              title="Halve the side"
              onClick={() => set(position, { halves: !stage.halves })}
            >
              S÷2
            </Button>
            <IconButton
              look="plain"
              label={`Remove block ${position + 1}`}
              disabled={stages.length <= 1}
              onClick={() => change(stages.filter((_, at) => at !== position))}
            >
              <Icon name="close" />
            </IconButton>
          </div>
        ))}
      </div>
      <div class="row spread spec-counts">
        <span class="small">
          {rulesOf(stages).map(({ what, range: [low, high], found, kept }, position) => (
            <span key={what} class={kept ? "" : "over"}>
              {position > 0 && ", "}
              {found} {what === "blocks" ? "blocks" : what === "double the channels" ? "doublings" : "halvings"}{" "}
              <span class="soft">
                ({low}–{high})
              </span>
            </span>
          ))}
        </span>
        <Button
          disabled={stages.length >= STAGES[1]}
          onClick={() => change([...stages, { doubles: false, halves: false }])}
        >
          Add block
        </Button>
      </div>
      {problem !== null && <DraftNotice problem={problem} />}
    </div>
  );
}

interface BlockProps {
  stage: Stage;
  position: number;
  x: number;
  channels: number;
  side: number;
  last: boolean;
  column: number;
}

/** A block as tall as its picture and as thick as its channels, on scales of powers of two. */
function Block({ stage, position, x, channels, side, last, column }: BlockProps) {
  const lit = useStore((state) => state.hover?.cellEdge === position);
  const middle = 48;
  const height = 14 + 16 * Math.log2(side / 3);
  const width = 12 + 7 * Math.log2(channels / 64);
  return (
    <g
      class={`macro-block ${lit ? "lit" : ""}`}
      onPointerEnter={() => setHover({ cellEdge: position })}
      onPointerLeave={() => setHover(null)}
    >
      <rect class="dag-hit" x={x - column / 2} y={0} width={column} height={HEIGHT} fill="transparent" stroke="none" />
      {!last && <path class="wire-line" d={`M${x + width / 2} ${middle}H${x + column - width / 2}`} />}
      <rect
        class="block-body"
        x={x - width / 2}
        y={middle - height / 2}
        width={width}
        height={height}
        rx={2}
        fill={opColour(opOf(stage))}
      />
      <text class="dag-glyph" x={x} y={middle} fill="var(--surface)">
        {opLook(opOf(stage)).glyph}
      </text>
      <text class="block-size" x={x} y={HEIGHT - 18}>
        {channels} ch
      </text>
      <text class="block-size" x={x} y={HEIGHT - 5}>
        {side}×{side}
      </text>
    </g>
  );
}

export const editor: Editor = {
  View,
  About: () => (
    <>
      An architecture is a row of four to six blocks, each two residual units of two 3×3 convolutions. A block may
      double the channels (C×2) and halve the side of the picture (S÷2): one to three blocks do the first, one to four
      the second. Channels and sides are those of the trained network; NASGraph’s has a quarter of the channels. Only
      their order is searched, so there are 3,256 architectures.
    </>
  ),
  presets: [
    { label: "Early and steep", hint: "channels and sides change in the first blocks", cell: "64-44411-basic" },
    { label: "Late", hint: "channels and sides change in the last blocks", cell: "64-111144-basic" },
    { label: "Like ResNet-18", hint: "four blocks; both change in the last three", cell: "64-1444-basic" },
  ],
  textName: "Architecture",
};
