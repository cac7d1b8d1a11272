// One run, look-up by look-up: play, pause, step, scrub; the cells in the order in which the search looked them up.
import { useEffect, useMemo, useState } from "preact/hooks";
import { whole } from "../../words/format.ts";
import { MiniCell } from "../../space/kit/mini.tsx";
import { useRank } from "../../columns/model.ts";
import type { Kind } from "../../chart/scale.ts";
import { cellShort } from "../../space/kit/thumbnail.ts";
import { figure, figureName, formatOf, scaleOf } from "../../words/measures.ts";
import { setCell } from "../../state/state.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { NumberField } from "../../ui/field.tsx";
import { Explain } from "../../ui/pop.tsx";
import { Select } from "../../ui/select.tsx";
import { Table, type Column } from "../../ui/table.tsx";
import { useShown } from "../../ui/shown.ts";
import type { Judge, Line } from "./hooks.ts";
import { search, useSearch } from "./model.ts";
import { placeOf, type Rows } from "./rows.ts";
import type { Series } from "./settings.ts";
import { dotAt, layOutRun, runStrokes } from "./run-plot.ts";
import { LETTERS, PAGE_COLOURS } from "../../chart/strokes.ts";
import { Strokes } from "../../chart/strokes-svg.tsx";
import { useWidth } from "../../chart/use-width.ts";

interface ReplayProps {
  line: Line;
  judge: Judge;
  kind: Kind;
  label: string;
}

const SPEEDS = ["4", "12", "40"] as const;
type Speed = (typeof SPEEDS)[number];

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Look-ups that the strip of pictures shows. */
const STRIP = 8;

export function Replay({ line, judge, kind, label }: ReplayProps) {
  const { found, one, place, name } = line;
  const run = Math.min(
    useSearch((data) => data.run),
    (found?.rows.runs ?? 1) - 1,
  );
  const cells = useRank((data) => data.cells);
  const shown = useShown();
  const rows = found?.rows ?? null;
  const count = rows?.steps[run] ?? 0;
  const [at, setAt] = useState(1);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>("12");
  const [frame, width, element] = useWidth();
  const here = Math.max(1, Math.min(at, count));
  const goTo = (step: number) => setAt(Math.max(1, Math.min(count, step)));

  useEffect(() => {
    setAt(1);
    setPlaying(false);
  }, [rows, run]);
  useEffect(() => {
    if (!playing || !shown) return;
    const timer = setInterval(() => setAt((now) => Math.min(count, now + 1)), 1000 / Number(speed));
    return () => clearInterval(timer);
  }, [playing, shown, speed, count]);
  useEffect(() => {
    if (playing && here >= count && found?.state !== "running") setPlaying(false);
  }, [playing, here, count, found?.state]);

  const base = rows ? run * rows.budget : 0;
  const part = (column: Float64Array) => column.subarray(base, base + count);
  const height = 260;
  const scale = scaleOf(judge.column);
  const inUnit = (column: Float64Array) => (scale === 1 ? column : column.map((value) => value * scale));
  const plan = useMemo(
    () =>
      rows &&
      layOutRun({
        width,
        height,
        accuracy: inUnit(part(rows.accuracy)),
        best: inUnit(part(rows.best)),
        budget: rows.budget,
        kind,
        optimum: judge.sorted[0]! * scale,
        label,
        initial: one.method === "ageing-evolution" ? one.population : 0,
      }),
    [rows, run, count, width, kind, label, judge],
  );
  const strokes = plan ? runStrokes(plan, PAGE_COLOURS, here) : [];

  const textOf = (step: number): string => cells?.[rows!.cell[base + step - 1]!] ?? "";
  const load = (step: number) => setCell(textOf(step));
  const onPointerUp = (event: PointerEvent) => {
    if (!plan) return;
    const { left, top } = element.current!.getBoundingClientRect();
    const step = dotAt(plan, event.clientX - left, event.clientY - top, event.pointerType === "touch" ? 24 : 14);
    if (step === null) return;
    goTo(step);
    setPlaying(false);
    load(step);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.round(count / 20));
    const to = {
      ArrowRight: here + 1,
      ArrowLeft: here - 1,
      PageUp: here + page,
      PageDown: here - page,
      Home: 1,
      End: count,
    }[event.key];
    if (to !== undefined) goTo(to);
    else if (event.key === "Enter" && count > 0) load(here);
    else return;
    setPlaying(false);
    event.preventDefault();
  };

  const still = calm.matches;
  const play = () => {
    if (!playing && here >= count) setAt(1);
    setPlaying(!playing);
  };
  const first = Math.max(1, Math.min(here - STRIP + 3, count - STRIP + 1));
  const strip = Array.from({ length: Math.min(STRIP, count) }, (_, k) => first + k);
  const bestStep = rows && count > 0 ? bestUpTo(part(rows.accuracy), part(rows.best), here) : null;

  return (
    <section class="search-replay" aria-labelledby="search-replay-title">
      <div class="row">
        <h3 id="search-replay-title">One run, look-up by look-up</h3>
        <Explain about="one run">
          <p>
            A dot is one look-up: a cell whose accuracy the search paid for. The line is the best so far.{" "}
            {one.method === "ageing-evolution" && "Hollow dots are the initial population. "}Look for how long the line
            stays flat, and for dots far below it late in the run: look-ups that bought nothing.
          </p>
          <p>One run shows how a search works; how well it works only many runs show.</p>
        </Explain>
        <span class="small soft">
          {LETTERS[place]} {name}
        </span>
        <span class="grow" />
        {rows && (
          <NumberField
            label="Run"
            value={run + 1}
            limits={[1, rows.runs]}
            width={4}
            onChange={(number) => search.set({ run: number - 1 })}
          />
        )}
      </div>
      {count === 0 && (
        <p class="small soft">
          {found ? "This run has not looked up anything yet." : "Run the search to follow one of its runs."}
        </p>
      )}
      {count > 0 && rows && (
        <>
          <div
            ref={frame}
            class="search-plot search-run"
            style={{ height: `${height}px` }}
            role="application"
            aria-roledescription="chart"
            aria-label={`Look-ups of run ${run + 1} of ${name}. Left and right arrows step, Enter loads the cell. The list below holds the same values.`}
            tabIndex={0}
            onPointerUp={onPointerUp}
            onKeyDown={onKeyDown}
          >
            {plan && (
              <svg
                viewBox={`0 0 ${width} ${height}`}
                width={width}
                height={height}
                class="search-svg"
                aria-hidden="true"
              >
                <Strokes strokes={strokes} box={plan.box} />
              </svg>
            )}
          </div>
          <div class="row search-transport">
            <Button
              look="primary"
              disabled={still}
              title={still ? "Your system asks for reduced motion: step, or move the slider" : undefined}
              onClick={play}
            >
              {playing ? "Pause" : "Play"}
            </Button>
            <IconButton
              label="One look-up back"
              disabled={here <= 1}
              onClick={() => (setPlaying(false), goTo(here - 1))}
            >
              ‹
            </IconButton>
            <IconButton
              label="One look-up on"
              disabled={here >= count}
              onClick={() => (setPlaying(false), goTo(here + 1))}
            >
              ›
            </IconButton>
            <input
              class="search-scrub"
              type="range"
              min={1}
              max={count}
              value={here}
              aria-label="Look-up"
              aria-valuetext={`look-up ${here} of ${count}`}
              onInput={(event) => (setPlaying(false), goTo(Number(event.currentTarget.value)))}
            />
            <span class="small search-step">
              {whole(here)} of {whole(count)}
            </span>
            {still ? (
              <span class="small soft">No playing: your system asks for reduced motion.</span>
            ) : (
              <Select<Speed>
                label="a second"
                value={speed}
                options={SPEEDS.map((value) => ({ value, label: value }))}
                onChange={setSpeed}
              />
            )}
          </div>
          <ol class="search-strip" aria-label="Cells around this look-up">
            {strip.map((step) => (
              <li key={step}>
                <button
                  type="button"
                  class={step === here ? "search-tile selected" : step > here ? "search-tile later" : "search-tile"}
                  aria-current={step === here ? "step" : undefined}
                  onClick={() => (setPlaying(false), goTo(step))}
                >
                  <span class="small soft">{whole(step)}</span>
                  <MiniCell text={textOf(step)} />
                  <span class="small">{figure(judge.column, rows.accuracy[base + step - 1]!)}</span>
                </button>
              </li>
            ))}
          </ol>
          <div class="search-cards">
            <Card title={`Look-up ${whole(here)}`} step={here} {...{ one, judge, rows, run, textOf }} />
            {bestStep !== null && (
              <Card
                title={`Best so far: look-up ${whole(bestStep)}`}
                step={bestStep}
                {...{ one, judge, rows, run, textOf }}
              />
            )}
          </div>
          <RunTable key={`${line.key}|${run}`} {...{ name, count, one, judge, rows, run, textOf }} />
        </>
      )}
    </section>
  );
}

interface RunProps {
  one: Series;
  judge: Judge;
  rows: Rows;
  run: number;
  textOf(step: number): string;
}

const scoreWords = (guide: string, score: number): string =>
  Number.isNaN(score) ? "undefined" : formatOf(guide)(score);

function Card({ title, step, one, judge, rows, run, textOf }: RunProps & { title: string; step: number }) {
  const text = textOf(step);
  const at = run * rows.budget + step - 1;
  const accuracy = rows.accuracy[at]!;
  return (
    <div class="search-card">
      <h4>{title}</h4>
      <MiniCell text={text} large />
      <dl>
        <dt>{figureName(judge.column)}</dt>
        <dd>
          <b>{figure(judge.column, accuracy)}</b>
        </dd>
        <dt>true rank</dt>
        <dd>
          {whole(placeOf(judge.sorted, accuracy))} of {whole(judge.known)}
        </dd>
        {one.guide !== "" && <dt>score</dt>}
        {one.guide !== "" && <dd>{scoreWords(one.guide, rows.score[at]!)}</dd>}
      </dl>
      <code class="rank-tip-text">{cellShort(text)}</code>
      <Button onClick={() => setCell(text)}>Load this cell</Button>
    </div>
  );
}

function RunTable({ name, count, one, judge, rows, run, textOf }: RunProps & { name: string; count: number }) {
  const [open, setOpen] = useState(false);
  const value = (column: Float64Array) => (step: number) => column[run * rows.budget + step - 1]!;
  const [score, accuracy, best] = [value(rows.score), value(rows.accuracy), value(rows.best)];
  const columns: Column<number>[] = [
    { id: "step", label: "look-up", show: whole, sortBy: (step) => step, number: true },
    {
      id: "cell",
      label: "cell",
      show: (step) => (
        <button type="button" class="rank-load" onClick={() => setCell(textOf(step))}>
          <MiniCell text={textOf(step)} />
          <span class="rank-cell-text">{cellShort(textOf(step))}</span>
        </button>
      ),
    },
    ...(one.guide === ""
      ? []
      : [
          {
            id: "score",
            label: "score",
            show: (step: number) => scoreWords(one.guide, score(step)),
            sortBy: score,
            number: true,
          },
        ]),
    {
      id: "accuracy",
      label: figureName(judge.column),
      show: (step) => figure(judge.column, accuracy(step)),
      sortBy: accuracy,
      number: true,
    },
    { id: "best", label: "best so far", show: (step) => figure(judge.column, best(step)), sortBy: best, number: true },
  ];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>All {whole(count)} look-ups of this run as a table</summary>
      {open && (
        <Table
          caption={`Look-ups of run ${run + 1} of ${name}`}
          columns={columns}
          rows={Array.from({ length: count }, (_, k) => k + 1)}
          keyOf={(step) => step}
          page={50}
        />
      )}
    </details>
  );
}

/** The look-up, from 1, that brought the best accuracy of the first `at`. */
export function bestUpTo(accuracy: Float64Array, best: Float64Array, at: number): number {
  return accuracy.subarray(0, at).indexOf(best[at - 1]!) + 1;
}
