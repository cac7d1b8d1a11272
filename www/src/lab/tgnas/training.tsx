// Training in the page: settings, a running training with its curves, and what to do with the result.
import { useRef, useState } from "preact/hooks";
import { call, keepFile } from "../../engine/client.ts";
import { csvFile, exportFile, svgFile } from "../../ui/export.ts";
import { fixed, whole } from "../../words/format.ts";
import { allCells, knownColumn, usePromise } from "../../engine/known.ts";
import type { EpochReport } from "../../engine/lab-protocol.ts";
import { pool } from "../../engine/pool.ts";
import { coefficient } from "../../words/measures.ts";
import { startOf, store, useStore } from "../../state/state.ts";
import { Button } from "../../ui/button.tsx";
import { DownloadMenu } from "../../ui/download.tsx";
import { NumberField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Select } from "../../ui/select.tsx";
import { Table } from "../../ui/table.tsx";
import { Chart, type Series } from "./chart.tsx";
import {
  cancelTraining,
  isActive,
  LIMITS,
  pauseTraining,
  PRESETS,
  startTraining,
  trainings,
  useTrainings,
  type Run,
  type Settings,
  type Target,
} from "./runs.ts";
import { FORMS, type Form } from "./types.ts";

const TARGETS: readonly { value: Target; label: string }[] = [
  { value: "rank", label: "normal scores of the rank" },
  { value: "raw", label: "raw accuracy" },
  { value: "pairs", label: "order of pairs (ranking loss)" },
];

export function Training() {
  const settings = useTrainings((data) => data.settings);
  const runs = useTrainings((data) => data.runs);
  const [looked, look] = useState<number | null>(null);
  const current = runs.find(({ id }) => id === looked) ?? runs.at(-1) ?? null;
  const active = runs.find(isActive) ?? null;
  const set = (patch: Partial<Settings>) => trainings.set({ settings: { ...settings, ...patch } });
  const preset = PRESETS.find(({ patch }) =>
    (Object.keys(patch) as (keyof Settings)[]).every((key) => patch[key] === settings[key]),
  );
  return (
    <section class="tg-part tg-training" aria-labelledby="tg-training">
      <h3 id="tg-training">Train it yourself</h3>
      <p class="tg-words">
        The same model, from seeded random weights, on cells of NAS-Bench-101 in this page: about a minute for 8,000
        cells × 40 epochs, other settings in proportion. Choose a preset, watch which of the three curves tells you
        something, then change one setting. Stop by the held-out curve: whoever stops where NAS-Bench-201 looks best has
        used the test to choose, and his figure is no test any more.
      </p>
      <div class="tg-training-columns">
        <div class="tg-settings">
          <label class="field stacked">
            <span>Preset</span>
            <select
              class="input"
              value={preset?.id ?? ""}
              disabled={active !== null}
              onChange={(event) => set(PRESETS.find(({ id }) => id === event.currentTarget.value)?.patch ?? {})}
            >
              {!preset && <option value="">own settings</option>}
              {PRESETS.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          {preset && <p class="small">{preset.lesson}</p>}
          <fieldset class="tg-fields" disabled={active !== null}>
            <legend class="hidden-text">Settings of the training</legend>
            <div class="row">
              <NumberField
                label="Seed"
                value={settings.seed}
                limits={LIMITS.seed}
                width={3}
                onChange={(seed) => set({ seed })}
              />
              <NumberField
                label="Cells"
                value={settings.cells}
                limits={LIMITS.cells}
                width={5}
                onChange={(cells) => set({ cells })}
              />
              <NumberField
                label="Epochs"
                value={settings.epochs}
                limits={LIMITS.epochs}
                width={3}
                onChange={(epochs) => set({ epochs })}
              />
            </div>
            <Select label="Target" value={settings.target} options={TARGETS} onChange={(target) => set({ target })} />
            <Select
              label="Graphs"
              value={settings.form}
              options={FORMS.map(({ id, label }) => ({ value: id, label }))}
              onChange={(form: Form) => set({ form })}
            />
            <p class="small soft">
              Normal scores of the rank: places among the cells, spread like a bell curve (0 = the middle). Contracted:
              “None” and skips become edges, dead ends go; authors’: each operation is a node.
            </p>
          </fieldset>
          <div class="row">
            {active === null ? (
              <Button
                look="primary"
                onClick={() => {
                  look(null);
                  void startTraining();
                }}
              >
                Train
              </Button>
            ) : (
              <>
                <Button disabled={active.state === "loading"} onClick={() => pauseTraining(active.state !== "paused")}>
                  {active.state === "paused" ? "Go on" : "Pause"}
                </Button>
                <Button onClick={cancelTraining}>Cancel</Button>
              </>
            )}
          </div>
          {current && <State run={current} />}
          {current?.weights && !isActive(current) && <UseModel run={current} />}
        </div>
        {current ? (
          <Curves run={current} />
        ) : (
          <p class="soft tg-empty">
            The curves come here: loss, τ on held-out cells, τ on NAS-Bench-201. The tables that are needed (1.2 MB) are
            fetched when you press Train.
          </p>
        )}
      </div>
      {runs.length > 1 && <Runs runs={runs} current={current!} onLook={look} />}
    </section>
  );
}

function State({ run }: { run: Run }) {
  const last = run.epochs.at(-1);
  const share = `epoch ${last?.epoch ?? 0} of ${run.settings.epochs}`;
  switch (run.state) {
    case "loading":
      return (
        <p class="small" role="status">
          Fetching the cells of NAS-Bench-101…
        </p>
      );
    case "running":
    case "paused": {
      const left = run.done > 0 ? (run.seconds / run.done) * (run.total - run.done) : null;
      return (
        <div class="tg-progress">
          <progress max={run.total} value={run.done} aria-label="Training" />
          <p class="small soft">
            {run.state === "paused" ? "Paused, " : ""}
            {share}, {fixed(run.seconds, 0)} s
            {left !== null && run.state === "running" && `, about ${fixed(Math.max(1, left), 0)} s left`}
          </p>
        </div>
      );
    }
    case "cancelled":
      return (
        <p class="small" role="status">
          Cancelled at {share}, after {fixed(run.seconds, 1)} s.{" "}
          {run.weights
            ? "What was learnt up to there is kept: you can use it like a finished model, but say that it is not one."
            : "Nothing had been learnt yet."}
        </p>
      );
    case "failed":
      return (
        <Notice kind="error">
          The training stopped at {share}: {run.failure?.message ?? "the worker ended."}{" "}
          {run.epochs.length > 0 ? "What is shown stays; " : ""}
          {run.weights ? "the model of the last whole epoch can be used. " : ""}Press Train to start again.
        </Notice>
      );
    case "done":
      return (
        <p class="small" role="status">
          Done: {whole(run.settings.epochs)} epochs in {fixed(run.seconds, 1)} s.
        </p>
      );
  }
}

function UseModel({ run }: { run: Run }) {
  const own = useStore((state) => state.ownModel);
  const used = own !== null && files.get(run.id) === own;
  return (
    <div class="row">
      {used ? (
        <Button onClick={() => store.set({ ownModel: null })}>Back to the shipped model</Button>
      ) : (
        <Button onClick={() => store.set({ ownModel: fileOf(run) })}>Use this model in the page</Button>
      )}
      <Button
        onClick={() =>
          exportFile({
            name: `tgnas-seed${run.settings.seed}.weights`,
            mime: "application/octet-stream",
            data: run.weights!,
          })
        }
      >
        Download weights
      </Button>
    </div>
  );
}

/** Numbers under which the workers hold trained models. */
const files = new Map<number, number>();

function fileOf(run: Run): number {
  const held = files.get(run.id) ?? keepFile(run.weights!);
  files.set(run.id, held);
  return held;
}

const pickSeries = (
  run: Run,
  label: string,
  value: (epoch: EpochReport) => number | null,
  look: Series["look"],
  marker: "dot" | "ring" | "none",
): Series => ({
  label,
  look,
  marker: run.epochs.length <= 60 ? marker : "none",
  x: run.epochs.map(({ epoch }) => epoch),
  y: run.epochs.map((epoch) => value(epoch) ?? Number.NaN),
});

function Curves({ run }: { run: Run }) {
  const loss = useRef<SVGSVGElement>(null);
  const tau = useRef<SVGSVGElement>(null);
  const [table, setTable] = useState(false);
  const counting = usePromise("tgnas-counting", tauOfCounting).value;
  const last = run.epochs.at(-1);
  const losses = [pickSeries(run, "training loss", (epoch) => epoch.loss, "solid", "none")];
  const taus = [
    pickSeries(run, "held-out NB-101", (epoch) => epoch.heldOut, "solid", "dot"),
    pickSeries(run, "NB-201 (watch)", (epoch) => epoch.watched, "dashed", "ring"),
  ];
  const described = last
    ? `After epoch ${last.epoch}: held-out τ ${coefficient(last.heldOut)}, NAS-Bench-201 τ ${coefficient(last.watched)}`
    : "No epoch is done yet";
  const settings = {
    seed: run.settings.seed,
    training_cells: run.settings.cells,
    epochs: run.settings.epochs,
    training_target: run.settings.target,
    graphs: run.settings.form,
    state: run.state,
  };
  const csv = () =>
    csvFile(
      "training.csv",
      ["epoch", "training_loss", "tau_nasbench101_held_out", "tau_nasbench201_watched", "seconds"],
      run.epochs.map((epoch) => [epoch.epoch, epoch.loss, epoch.heldOut, epoch.watched, epoch.seconds]),
      settings,
    );
  return (
    <div class="tg-curves">
      <div class="row spread">
        <span class="small soft">{settingsWords(run.settings)}</span>
        <span class="row tight">
          <Button aria-pressed={table} onClick={() => setTable(!table)}>
            As a table
          </Button>
          <DownloadMenu
            items={[
              { label: "CSV", hint: "loss and τ by epoch", make: csv },
              ...(table
                ? []
                : [
                    {
                      label: "Loss, SVG",
                      hint: "the first chart",
                      make: () => svgFile("training-loss.svg", loss.current!, settings),
                    },
                    {
                      label: "τ, SVG",
                      hint: "the second chart",
                      make: () => svgFile("training-tau.svg", tau.current!, settings),
                    },
                  ]),
            ]}
          />
        </span>
      </div>
      {table ? (
        <Table<EpochReport>
          caption="Loss and τ after each epoch"
          columns={[
            { id: "epoch", label: "Epoch", number: true, show: (row) => row.epoch, sortBy: (row) => row.epoch },
            {
              id: "loss",
              label: "Training loss",
              number: true,
              show: (row) => fixed(row.loss, 4),
              sortBy: (row) => row.loss,
            },
            {
              id: "held",
              label: "τ held-out NB-101",
              number: true,
              show: (row) => coefficient(row.heldOut),
              sortBy: (row) => row.heldOut,
            },
            {
              id: "watched",
              label: "τ NB-201, watched",
              number: true,
              show: (row) => coefficient(row.watched),
              sortBy: (row) => row.watched,
            },
            {
              id: "seconds",
              label: "Seconds",
              number: true,
              show: (row) => fixed(row.seconds, 1),
              sortBy: (row) => row.seconds,
            },
          ]}
          rows={run.epochs}
          keyOf={(row) => row.epoch}
        />
      ) : (
        <>
          <Chart
            title="Training loss (smaller is better; what it is measured in depends on the target)"
            words={`Training loss by epoch. ${last ? `Now ${fixed(last.loss, 4)}` : ""}`}
            series={losses}
            last={run.settings.epochs}
            xLabel="epoch"
            svg={loss}
            height={150}
          />
          <Chart
            title="Kendall τ with accuracy (larger is better)"
            words={described}
            series={taus}
            last={run.settings.epochs}
            xLabel="epoch"
            svg={tau}
            lines={
              counting === null
                ? []
                : [{ at: counting, label: `counting parameters\non NB-201: ${coefficient(counting)}` }]
            }
          />
        </>
      )}
      <p class="small soft">
        Held-out: 3,000 cells of NAS-Bench-101 that no training sees, validation accuracy. NB-201: all of NAS-Bench-201,
        CIFAR-10 test accuracy, <b>to watch, not to choose by</b>. “Counting parameters”: the τ with accuracy on NB-201
        that the number of parameters alone has, without training.
      </p>
    </div>
  );
}

/** What a plain count of parameters reaches on all of NAS-Bench-201: the bar for the dashed curve. */
async function tauOfCounting(): Promise<number | null> {
  const [texts, accuracy] = await Promise.all([
    allCells("nasbench201"),
    knownColumn("nasbench201", "cifar10_test_acc"),
  ]);
  const count = new Float64Array(texts.length);
  await pool.score({
    base: { space: "nasbench201", proxies: ["params"], options: startOf("nasbench201").options, batch: null },
    texts,
    workers: 1,
    signal: new AbortController().signal,
    onCell: (cell, values, at) => void (count[cell] = values[at]!),
  });
  return (await call("correlation", [count, accuracy.slice(), 0, 0], "tgnas-counting")).kendall;
}

const settingsWords = ({ seed, cells, epochs, target, form }: Settings): string =>
  `${TARGETS.find(({ value }) => value === target)!.label}, ${FORMS.find(({ id }) => id === form)!.label} graphs, ${whole(cells)} cells, ${epochs} epochs, seed ${seed}`;

function Runs({ runs, current, onLook }: { runs: readonly Run[]; current: Run; onLook(id: number): void }) {
  const last = (run: Run) => run.epochs.at(-1);
  return (
    <Table<Run>
      caption="Trainings of this visit"
      columns={[
        {
          id: "run",
          label: "Training",
          show: (run) => (
            <button
              type="button"
              class="link-button"
              aria-pressed={run.id === current.id}
              onClick={() => onLook(run.id)}
            >
              {run.id}: {settingsWords(run.settings)}
            </button>
          ),
        },
        { id: "state", label: "State", show: (run) => run.state },
        {
          id: "epoch",
          label: "Epoch",
          number: true,
          show: (run) => last(run)?.epoch ?? 0,
          sortBy: (run) => last(run)?.epoch ?? 0,
        },
        {
          id: "held",
          label: "τ held-out",
          number: true,
          show: (run) => coefficient(last(run)?.heldOut ?? null),
          sortBy: (run) => last(run)?.heldOut ?? null,
        },
        {
          id: "watched",
          label: "τ NB-201",
          number: true,
          show: (run) => coefficient(last(run)?.watched ?? null),
          sortBy: (run) => last(run)?.watched ?? null,
        },
        {
          id: "seconds",
          label: "Seconds",
          number: true,
          show: (run) => fixed(run.seconds, 1),
          sortBy: (run) => run.seconds,
        },
      ]}
      rows={runs}
      keyOf={(run) => run.id}
    />
  );
}
