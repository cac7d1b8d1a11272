/** Searches compared: controls, best-so-far curves, summary, and one run to follow. */
import { useEffect, useRef, useState } from "preact/hooks";
import { whole } from "../../words/format.ts";
import { KnownState, TargetSelect } from "../../rank/controls.tsx";
import { remaining } from "../../columns/jobs.ts";
import { startRank, useRank, wholeOf } from "../../columns/model.ts";
import { about, axisKind, axisLabel, figure, figureName, isSurrogate, shownUnit } from "../../words/measures.ts";
import { store } from "../../state/state.ts";
import { Button } from "../../ui/button.tsx";
import { DownloadMenu } from "../../ui/download.tsx";
import { NumberField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Explain } from "../../ui/pop.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Select } from "../../ui/select.tsx";
import type { Chart } from "./chart.ts";
import { chartPng, chartSvg, rowsCsv, searchJson, summaryCsv } from "./files.ts";
import { useJudge, useLines, useSettings, type Judge, type Line, type Summary } from "./hooks.ts";
import { cancel, followState, pause, setSettings, start, useSearch } from "./model.ts";
import { SearchPlot } from "./plot.tsx";
import { Replay } from "./replay.tsx";
import { lookups } from "./rows.ts";
import { SeriesList } from "./series.tsx";
import { excess, LIMITS, presets, writeSettings } from "./settings.ts";
import { LETTERS } from "../../chart/strokes.ts";
import { SummaryTable } from "./summary.tsx";

export function SearchPanel() {
  useEffect(startRank, []);
  useEffect(followState, []);
  const judge = useJudge();
  return (
    <div class="search-panel">
      <div class="row rank-bar">
        <h2>Search</h2>
        <About />
        <TargetSelect label="judged by" />
      </div>
      <KnownState />
      {judge && <Searches judge={judge} />}
    </div>
  );
}

function About() {
  return (
    <Explain about="searches">
      <p>
        A search wants a good cell for few accuracies, because each costs a training. Here all accuracies are known, so
        a search can be run again and again at once, and its end be compared with the best there is.
      </p>
      <p>
        <b>What to look for.</b> A curve that rises early needs few trainings. A band holds the middle half of the runs:
        it says how much single runs differ, not how sure the median is, so with many runs two medians can differ for
        sure though their bands overlap. Where a curve with help starts high and then stays flat, the proxy has led to a
        good region and cannot tell its cells apart.
      </p>
      <p>
        <b>When it misleads.</b> The help is only as good as the proxy on this space. Searching by a test accuracy, as
        can be chosen here, is not allowed outside of a benchmark. One accuracy is both searched by and shown; papers
        often search by validation and show the best test accuracy met on the way.
      </p>
    </Explain>
  );
}

/** The validation accuracy that searches on NAS-Bench-201 are held by. */
const USUAL = "cifar10valid_val_acc";

function Searches({ judge }: { judge: Judge }) {
  const { column, known, sorted } = judge;
  const settings = useSettings(known);
  const lines = useLines(settings, known);
  const selected = Math.min(
    useSearch((data) => data.selected),
    lines.length - 1,
  );
  const [logError, setLogError] = useState(true);
  const kind = axisKind(column, logError ? "error" : "linear");
  const chart = useRef<{ plan: Chart | null; svg: SVGSVGElement | null }>({ plan: null, svg: null });
  const summaries = useRef<(Summary | null)[]>([]);
  const hasUsual = useRank((data) => data.known?.some(({ id }) => id === USUAL) ?? false);
  const shown = { settings, judge, lines };
  const label = `best ${axisLabel(column)}${kind === "error" ? " (log error scale)" : ""}`;
  const shortLabel = `${figureName(column)}${column.unit === "" ? "" : `, ${shownUnit(column)}`}`;
  const line = lines[selected]!;
  const begun = lines.some(({ found }) => found?.bands);
  const { space } = store.get();
  const choices = presets(space, known);
  const tooMuch = excess(settings);
  const preset = choices.find((choice) => writeSettings(choice.settings) === writeSettings(settings));

  return (
    <>
      <div class="row rank-bar">
        <Select
          label="Compare"
          value={preset?.id ?? ""}
          options={[
            ...(preset ? [] : [{ value: "", label: "your own choice" }]),
            ...choices.map(({ id, label }) => ({ value: id, label })),
          ]}
          onChange={(id) => {
            const chosen = choices.find((choice) => choice.id === id);
            if (chosen) setSettings(chosen.settings);
          }}
        />
        <NumberField
          label="Look-ups"
          value={settings.budget}
          limits={LIMITS.budget}
          width={5}
          onChange={(budget) => setSettings({ budget })}
        />
        <NumberField
          label="Runs"
          value={settings.runs}
          limits={LIMITS.runs}
          width={4}
          onChange={(runs) => setSettings({ runs })}
        />
        <NumberField
          label="Seed"
          value={settings.seed}
          limits={LIMITS.seed}
          width={5}
          onChange={(seed) => setSettings({ seed })}
        />
        {shownUnit(column) === "%" && (
          <label
            class="field"
            title="Spaces accuracies by the logarithm of their error, 100 % − accuracy, so that the best cells do not lie on top of each other"
          >
            <input type="checkbox" checked={logError} onChange={(event) => setLogError(event.currentTarget.checked)} />
            <span>log error</span>
          </label>
        )}
        <span class="grow" />
        <DownloadMenu
          items={[
            {
              label: `Look-ups of ${LETTERS[selected]}, CSV`,
              hint: "run, step, arch, score, accuracy, best: as the command line prints them",
              make: () => rowsCsv(line, shown),
            },
            { label: "Summary, CSV", hint: "the table below", make: () => summaryCsv(shown, summaries.current) },
            { label: "All, JSON", hint: "settings to replay it, ends of runs, bands", make: () => searchJson(shown) },
            { label: "Chart, SVG", hint: "as shown", make: () => chartSvg(chart.current.svg, shown) },
            {
              label: "Chart, PNG",
              hint: "as shown, at twice the size",
              make: () => chartPng(chart.current.plan, shown),
            },
          ]}
        />
      </div>
      {tooMuch && (
        <p class="field-error" role="alert">
          {tooMuch}
        </p>
      )}
      {preset && (
        <p class="small soft">
          {preset.label}: {preset.hint}.
        </p>
      )}
      {column.id.includes("_test_") && hasUsual && (
        <p class="small soft">
          This is a test accuracy. Searches in papers go by validation:{" "}
          <button type="button" class="link-button" onClick={() => store.set({ target: USUAL })}>
            use CIFAR-10-valid, validation
          </button>
          .
        </p>
      )}
      {isSurrogate(column) && (
        <p class="small">
          The accuracies here are predicted by a surrogate, not trained: a search among them finds what the surrogate
          likes.
        </p>
      )}
      {space === "nasbench101" && (
        <p class="small">
          Of the 423,624 cells of this space {whole(known)} are known, drawn at random: a search steps among these only,
          so most neighbours of a cell are out of its reach. Evolution and local search suffer from that.
        </p>
      )}
      <Control lines={lines} tooMuch={tooMuch !== null} />
      <div class="search-main">
        <div class="search-chart">
          <SearchPlot
            lines={lines}
            budget={settings.budget}
            selected={selected}
            judge={judge}
            kind={kind}
            label={label}
            shortLabel={`best ${shortLabel}`}
            optimumWords={`best of all ${whole(known)} known: ${figure(column, sorted[0]!)}`}
            planned={(plan, svg) => void (chart.current = { plan, svg })}
          />
          <p class="small soft">
            {begun
              ? "Lines: median of the runs; bands: from the lower to the upper quartile; dotted: what an exhaustive search finds. The first look-ups may lie below the chart. Press a line to select its search."
              : "Press Run: each search is run again and again from seeds, and the curves show how good the best cell is after so many look-ups."}
          </p>
        </div>
        <SeriesList lines={lines} settings={settings} judge={judge} selected={selected} />
      </div>
      <SummaryTable
        lines={lines}
        judge={judge}
        selected={selected}
        budget={settings.budget}
        found={(place, summary) => void (summaries.current[place] = summary)}
      />
      <Replay line={line} judge={judge} kind={kind} label={shortLabel} />
    </>
  );
}

/** Run, pause, cancel, and how far it is. */
function Control({ lines, tooMuch }: { lines: readonly Line[]; tooMuch: boolean }) {
  const active = lines.filter(({ found }) => found && ["scoring", "running", "paused"].includes(found.state));
  const open = lines.filter(({ found, problem }) => !problem && found?.state !== "done");
  const stuck = tooMuch
    ? "Too many look-ups"
    : lines.every(({ problem }) => problem)
      ? "Nothing to run"
      : "All runs are done";
  const waits = active.some(({ found }) => found!.state === "scoring");
  const isPaused = active.some(({ found }) => found!.state === "paused");
  const failed = lines.find(({ found }) => found?.state === "failed");
  const cancelled = lines.filter(({ found }) => found?.state === "cancelled");
  const total = active.reduce((sum, { found }) => sum + found!.rows.runs * found!.rows.budget, 0);
  const done = active.reduce((sum, { found }) => sum + lookups(found!.rows), 0);
  // Another tab may have other scores computed at the same time.
  const job = useRank(
    (data) =>
      active
        .map(({ one, found }) => (found!.state === "scoring" ? wholeOf(data, one.guide) : null))
        .find((scoring) => scoring !== null) ?? null,
  );
  const left = job && remaining(job);
  return (
    <>
      <div class="row search-control">
        {active.length === 0 ? (
          <Button look="primary" disabled={open.length === 0} onClick={start}>
            {open.length === 0
              ? stuck
              : open.length < lines.length
                ? `Run ${open.map(({ place }) => LETTERS[place]).join(", ")}`
                : "Run"}
          </Button>
        ) : (
          <>
            <Button aria-pressed={isPaused} disabled={waits && !isPaused} onClick={() => pause(!isPaused)}>
              {isPaused ? "Go on" : "Pause"}
            </Button>
            <div class="grow">
              {job ? (
                <Progress
                  label="Scoring the cells that warm-ups draw from"
                  done={job.done}
                  total={job.total}
                  onCancel={cancel}
                />
              ) : (
                <Progress label="Look-ups" done={done} total={total} onCancel={cancel} />
              )}
            </div>
            <span class="small soft">
              {job
                ? `scores first, so that all runs can share them${left === null ? "" : `: ${about(left)} left`}`
                : isPaused
                  ? "paused"
                  : "look-ups"}
            </span>
          </>
        )}
      </div>
      {active.length === 0 && cancelled.length > 0 && (
        <p class="small" role="status">
          Cancelled:{" "}
          {cancelled
            .map(
              ({ place, found }) =>
                `${LETTERS[place]} after ${whole(lookups(found!.rows))} of ${whole(found!.rows.runs * found!.rows.budget)} look-ups`,
            )
            .join("; ")}
          . What was found is shown; the summary counts complete runs only.
        </p>
      )}
      {failed && (
        <Notice kind="error">
          {LETTERS[failed.place]} stopped: {failed.found!.failure?.message} What was found until then is shown.
        </Notice>
      )}
    </>
  );
}
