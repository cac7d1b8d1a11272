// Settings of NASGraph's surrogate network: the seed, and those that networks of the space have.
import { SPACES, type TASKS, type OptionId } from "../space/spaces.ts";
import { LIMITS, setOptions, useStore } from "../state/state.ts";
import { NumberField } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { Explain } from "../ui/pop.tsx";
import { limitsOf } from "../state/url.ts";

interface Words {
  label: string;
  /** Of the box, in characters. */
  width: number;
  about: string;
  meaning: string;
}

const NUMBERS: Record<Exclude<OptionId, "task">, Words> = {
  stemChannels: {
    label: "Stem channels",
    width: 2,
    about: "stem channels",
    meaning:
      "Channels after the first convolutions; each reduction doubles them. Edges grow with the square. The authors use 16.",
  },
  cellsPerStack: {
    label: "Cells a stack",
    width: 1,
    about: "cells a stack",
    meaning:
      "How often the cell is repeated in each of the three stacks. The authors use 1; the trained networks have more.",
  },
  initChannels: {
    label: "Channels",
    width: 2,
    about: "the width",
    meaning:
      "Channels of each operation in the first cells; the two reductions double them. The stem has three times as many. The authors use 8.",
  },
  layers: {
    label: "Cells",
    width: 2,
    about: "the depth",
    meaning:
      "Cells in a row. Those a third and two thirds of the way down are reduction cells, the others normal cells. The authors use 8.",
  },
};

const TASK_LABELS: Record<(typeof TASKS)[number] | "jigsaw", string> = {
  class_object: "object class",
  class_scene: "scene class",
  room_layout: "room layout",
  jigsaw: "jigsaw (undefined)",
  segmentsemantic: "segmentation",
  autoencoder: "autoencoding",
  normal: "surface normals",
};

export function NetworkControls() {
  const space = useStore((state) => state.space);
  const options = useStore((state) => state.options);
  return (
    <div class="row graph-controls">
      <span class="graph-control">
        <NumberField
          label="Seed"
          value={options.seed}
          limits={LIMITS.seed}
          width={5}
          onChange={(value) => setOptions({ seed: value })}
        />
        <Explain about="the network's seed">
          Draws the network’s random weights as PyTorch does. Another seed gives another graph of the same cell; the
          paper’s authors use 1.
        </Explain>
      </span>
      {SPACES[space].options.map((option) =>
        option === "task" ? (
          <TaskSelect key={option} task={options.task} />
        ) : (
          <span key={option} class="graph-control">
            <NumberField
              label={NUMBERS[option].label}
              value={options[option]}
              {...limitsOf(space, option)}
              width={NUMBERS[option].width}
              onChange={(value) => setOptions({ [option]: value })}
            />
            <Explain about={NUMBERS[option].about}>
              {NUMBERS[option].meaning}
              {option === "stemChannels" &&
                SPACES[space].evenStem &&
                " An even number here: the first of the two stem convolutions has half as many."}
            </Explain>
          </span>
        ),
      )}
    </div>
  );
}

function TaskSelect({ task }: { task: string }) {
  return (
    <span class="graph-control">
      <Select
        label="Task"
        value={task}
        options={Object.entries(TASK_LABELS).map(([value, label]) => ({ value, label, disabled: value === "jigsaw" }))}
        onChange={(value) => setOptions({ task: value })}
      />
      <Explain about="the task">
        Decides the decoder behind the cells, and with it the graph. Object class, scene class and room layout share
        one; so do autoencoding and surface normals. NASGraph’s authors define no network for jigsaw.
      </Explain>
    </span>
  );
}
