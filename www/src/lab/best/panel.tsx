/** The papers' own experiment: of N random cells take the one that a proxy likes best, and see how good it is. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import { fixed, whole } from "../../words/format.ts";
import { Jobs, KnownState, ProxySelect, TargetSelect } from "../../rank/controls.tsx";
import { measureOf, originWords, useMeasure, type Measure } from "../../columns/measures.ts";
import { startRank, useRank } from "../../columns/model.ts";
import { figureName, isSurrogate, shownUnit } from "../../words/measures.ts";
import { notify, store, useStore } from "../../state/state.ts";
import { batchText } from "../../state/url.ts";
import { Button } from "../../ui/button.tsx";
import { DownloadMenu } from "../../ui/download.tsx";
import { NumberField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { LateProgress } from "../../ui/progress.tsx";
import { Explain } from "../../ui/pop.tsx";
import { Select } from "../../ui/select.tsx";
import { bins, decimalsOf, figures, type Figures } from "./bins.ts";
import { Histogram } from "./chart.tsx";
import { bestJson, histogramSvg, picksCsv } from "./files.ts";
import { cancel, keyOfBest, start, useBest, type Experiment } from "./model.ts";
import { EPSILON, LIMITS, NASGRAPH, PRESETS, readBest, START, writeBest, type BestSettings } from "./settings.ts";

function useSettings(): BestSettings {
  const text = useStore((state) => state.best);
  const read = useMemo(() => readBest(text), [text]);
  useEffect(() => {
    if (typeof read === "string")
      notify("warning", `In the link, best: ${read}; NASGraph's experiment stands in for it.`);
  }, [read]);
  return typeof read === "string" ? START : read;
}

const set = (settings: BestSettings) => store.set({ best: writeBest(settings) });

export function BestPanel() {
  useEffect(startRank, []);
  const settings = useSettings();
  const { stage, failure, progress, done } = useBest((data) => data);
  const target = useStore((state) => state.target);
  const offered = useRank((data) => data.proxies.some(({ id }) => id === "epsilon"));
  const ready = useRank((data) => data.cells !== null && (data.known?.length ?? 0) > 0);
  // All of these enter the key.
  useStore((state) => state.space);
  useStore((state) => state.options);
  useStore((state) => state.batch);
  useStore((state) => state.weights);
  useStore((state) => state.ownModel);
  const fresh = done !== null && done.key === keyOfBest(settings);
  const presets = PRESETS.filter(({ settings: { proxy } }) => proxy !== "epsilon" || offered);
  const preset = presets.find((one) => writeBest({ ...one.settings, seed: settings.seed }) === writeBest(settings));
  const charts = { accuracy: useRef<SVGSVGElement>(null), rank: useRef<SVGSVGElement>(null) };
  const finished = () => {
    if (!done) throw new Error("the experiment has not been run yet");
    if (!fresh)
      throw new Error(
        "the settings or the space have changed since the experiment was run; press Run for these, or go back to those",
      );
    return done;
  };
  return (
    <div class="best-panel">
      <div class="row rank-bar">
        <h2>Best of N</h2>
        <About />
        <Select
          label="Experiment"
          value={preset?.id ?? ""}
          options={[
            ...(preset ? [] : [{ value: "", label: "your own" }]),
            ...presets.map(({ id, label }) => ({ value: id, label })),
          ]}
          onChange={(id) => {
            const chosen = presets.find((one) => one.id === id);
            if (chosen) set({ ...chosen.settings, seed: settings.seed });
          }}
        />
        <TargetSelect label="judged by" />
        <span class="grow" />
        <DownloadMenu
          items={[
            {
              label: "Repetitions, CSV",
              hint: "each choice, its accuracy and ranks",
              make: () => picksCsv(finished()),
            },
            { label: "All, JSON", hint: "settings, figures, time", make: () => bestJson(finished()) },
            {
              label: "Accuracies, SVG",
              hint: "the histogram as shown",
              make: () => histogramSvg("best-of-accuracy.svg", charts.accuracy.current, finished()),
            },
            {
              label: "Ranks, SVG",
              hint: "the histogram as shown",
              make: () => histogramSvg("best-of-rank.svg", charts.rank.current, finished()),
            },
          ]}
        />
      </div>
      <div class="row rank-bar">
        <ProxySelect label="Proxy" value={settings.proxy} onChange={(proxy) => set({ ...settings, proxy })} />
        <NumberField
          label="N"
          value={settings.samples}
          limits={LIMITS.samples}
          width={5}
          onChange={(samples) => set({ ...settings, samples })}
        />
        <NumberField
          label="repetitions"
          value={settings.repeats}
          limits={LIMITS.repeats}
          width={5}
          onChange={(repeats) => set({ ...settings, repeats })}
        />
        <NumberField
          label="seed"
          value={settings.seed}
          limits={LIMITS.seed}
          width={4}
          onChange={(seed) => set({ ...settings, seed })}
        />
        {stage === "scoring" ? (
          <Button onClick={cancel}>Stop scoring</Button>
        ) : (
          <Button look="primary" disabled={!ready || stage !== "idle"} onClick={() => void start(settings)}>
            {fresh ? "Run again" : "Run"}
          </Button>
        )}
        <span class="small soft" role="status">
          {
            {
              idle: "",
              scoring: "scoring all cells of known accuracy…",
              drawing: "drawing…",
              timing: "timing one repetition…",
            }[stage]
          }
        </span>
      </div>
      <KnownState />
      <Jobs slots={["whole"]} />
      {progress && (
        <LateProgress
          key={stage}
          label={stage === "timing" ? "Timing: cells" : "Drawing: repetitions"}
          {...progress}
          onCancel={cancel}
        />
      )}
      {failure && <Notice kind="error">{failure.message}</Notice>}
      {done && !fresh && stage === "idle" && (
        <p class="small soft">The settings have changed since; press Run for these.</p>
      )}
      {done && fresh ? (
        <Outcome done={done} charts={charts} target={target} />
      ) : (
        stage === "idle" && !failure && <Before settings={settings} />
      )}
    </div>
  );
}

function About() {
  return (
    <Explain about="best of N">
      <p>
        The cheapest search there is: draw N cells, score all, train the one with the best score. Here its accuracy is
        known, so it can be done many times over, and chance be told from merit.
      </p>
      <p>
        <b>What to look for.</b> How far the choices lie above random ones, and how far below the best cell drawn, which
        no proxy can beat.
      </p>
      <p>
        <b>When it misleads.</b> A mean hides a few bad choices: look at the lower end of the histogram. Accuracies of
        neighbouring ranks differ by less than two trainings of one cell.
      </p>
    </Explain>
  );
}

function Before({ settings: { samples, repeats, proxy } }: { settings: BestSettings }) {
  const measure = useMeasure(proxy);
  return (
    <p class="soft best-before">
      Draws {whole(samples)} cells of known accuracy, takes the one with the best {measure?.label ?? proxy}, and does so{" "}
      {whole(repeats)} times by the seed. Scores come first, of all cells that can be drawn; then one repetition is
      timed from nothing.
    </p>
  );
}

interface OutcomeProps {
  done: Experiment;
  charts: { accuracy: preact.RefObject<SVGSVGElement | null>; rank: preact.RefObject<SVGSVGElement | null> };
  target: string;
}

function Outcome({ done, charts, target }: OutcomeProps) {
  const { found, settings, asked, pool, known } = done;
  const judge = measureOf(target);
  const proxy = measureOf(settings.proxy);
  const scale = judge?.scale ?? 1;
  const accuracies = useMemo(
    () =>
      bins(
        [found.accuracy, found.random, found.optimum].map((column) => column.map((value) => value * scale)),
        40,
      ),
    [found, scale],
  );
  const places = useMemo(() => bins([placed(found.rank)], 40, true), [found]);
  if (!judge?.info || !proxy) return null;
  const inPercent = shownUnit(judge.info) === "%";
  const of = (value: number) => `${fixed(value * scale, inPercent ? 2 : 4)}${inPercent ? " %" : ""}`;
  const name = figureName(judge.info);
  const missed = settings.repeats - found.chosen;
  const absent = found.undefined.reduce((sum, count) => sum + count, 0) / (settings.repeats * settings.samples);
  const series = [
    { name: `best by ${proxy.label}`, look: "filled" },
    { name: "random pick", look: "dashed" },
    { name: "best cell drawn", look: "dotted" },
  ] as const;
  const edge = (value: number) => fixed(value, decimalsOf(accuracies?.width ?? 1));
  return (
    <>
      {settings.repeats < asked && (
        <Notice kind="warning">
          Partial: the drawing was cancelled after {whole(settings.repeats)} of {whole(asked)} repetitions; all figures
          are over these. Run again for all.
        </Notice>
      )}
      {pool < known && (
        <Notice kind="warning">
          Partial: drawn from the {whole(pool)} cells that were scored before the scoring was stopped, of {whole(known)}
          . Run again to go on.
        </Notice>
      )}
      <div class="best-main">
        <div class="best-figures">
          <Summary done={done} of={of} name={name} label={proxy.label} />
          {accuracies && (
            <Histogram
              title={`True ${name}`}
              bins={accuracies}
              series={series}
              edge={edge}
              mark={(found.mean ?? NaN) * scale}
              markWords={`mean ${of(found.mean ?? NaN)}`}
              unit={judge.axis}
              svg={charts.accuracy}
            />
          )}
          {places && (
            <Histogram
              title={`True rank of the choice among the ${whole(settings.samples)} drawn`}
              bins={places}
              series={[series[0]]}
              edge={whole}
              mark={found.meanRank ?? NaN}
              markWords={`mean rank ${fixed(found.meanRank, 1)}`}
              unit="rank, 1 = best"
              svg={charts.rank}
            />
          )}
        </div>
        <div class="best-side">
          <Time done={done} measure={proxy} />
          {settings.proxy === "epsilon" && (
            <>
              <h3>In the paper</h3>
              <p class="small">
                {EPSILON.who}: {EPSILON.words}. Its mini-batch is of CIFAR-10; the one here is {batchText(done.batch)}.
              </p>
            </>
          )}
          <h3>Read with care</h3>
          <p class="small">
            {absent > 0
              ? `On average ${fixed(absent * 100, 1)} % of the drawn cells have no score. They are never chosen, but count among the ${whole(settings.samples)} drawn, and in the rank.`
              : "All drawn cells have a score."}{" "}
            {missed > 0 &&
              `In ${whole(missed)} of ${whole(settings.repeats)} repetitions no cell had one: these are left out.`}{" "}
            Of equal scores the cell drawn first is taken.
          </p>
          <p class="small soft">
            Drawn uniformly without replacement within a repetition; repetition r has its own seed, made of{" "}
            {settings.seed} and r. Spreads are standard deviations between repetitions.
          </p>
          {isSurrogate(judge.info) && <p class="small">The accuracies are predicted by a surrogate, not trained.</p>}
        </div>
      </div>
    </>
  );
}

/** Ranks as numbers; 0 stands for none. */
const placed = (ranks: Uint32Array): Float64Array => Float64Array.from(ranks, (rank) => rank || NaN);

function Summary({
  done: { found, settings, known },
  of,
  name,
  label,
}: {
  done: Experiment;
  of(value: number): string;
  name: string;
  label: string;
}) {
  const rows: [string, Figures, Figures | null, Figures | null][] = useMemo(
    () => [
      [`best by ${label}`, figures(found.accuracy), figures(placed(found.rank)), figures(placed(found.rankOfAll))],
      ["random pick", figures(found.random), null, null],
      ["best cell drawn", figures(found.optimum), null, null],
    ],
    [found, label],
  );
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Summary">
      <table class="table best-table">
        <caption class="hidden-text">{`Over ${whole(settings.repeats)} repetitions: mean and spread of the true ${name} of what was chosen, and its true rank.`}</caption>
        <thead>
          <tr>
            <th scope="col">Choice</th>
            <th scope="col" class="number">
              mean {name}
            </th>
            <th scope="col" class="number">
              ± sd
            </th>
            <th scope="col" class="number">
              median
            </th>
            <th scope="col" class="number">
              mean rank among {whole(settings.samples)}
            </th>
            <th scope="col" class="number">
              median rank of all {whole(known)}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([who, accuracy, drawn, all], k) => (
            <tr key={who} class={k === 0 ? "own" : undefined}>
              <th scope="row">{who}</th>
              <td class="number">
                <b>{of(accuracy.mean)}</b>
              </td>
              <td class="number">{of(accuracy.sd)}</td>
              <td class="number">{of(accuracy.median)}</td>
              <td class="number">
                {drawn ? (
                  <>
                    {fixed(drawn.mean, 1)} <span class="soft">± {fixed(drawn.sd, 1)}</span>
                  </>
                ) : (
                  <span class="soft">
                    {k === 2 ? "1, by definition" : `${fixed((settings.samples + 1) / 2, 1)} expected`}
                  </span>
                )}
              </td>
              <td class="number">{all ? whole(all.median) : <span class="soft">–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Time({ done: { timing, settings }, measure }: { done: Experiment; measure: Measure }) {
  const rows = useRank((data) => data.all.length);
  const running = useBest((data) => data.stage === "timing");
  return (
    <div class="best-time">
      <h3>Time to score {whole(settings.samples)} cells</h3>
      {measure.tabulated ? (
        <p class="small">None: {originWords(measure, rows)}.</p>
      ) : timing ? (
        <>
          <p>
            <b class="best-seconds">
              {timing.seconds < 1 ? `${fixed(timing.seconds * 1000, 0)} ms` : `${fixed(timing.seconds, 1)} s`}
            </b>{" "}
            <span class="small soft">measured in this browser</span>
          </p>
          {settings.proxy === "average_degree" && (
            <p class="small">
              The paper: <b>217 CPU-seconds</b> to score 200 cells ({NASGRAPH}).
            </p>
          )}
          <p class="small soft">
            One worker, started for this and sharing nothing with earlier scores; tables that the cells share
            {settings.proxy === "epsilon" ? " and the mini-batch" : ""} included, loading the module not. Drawing and
            looking up accuracies take no time worth counting.
          </p>
        </>
      ) : (
        <p class="small soft">{running ? "being measured…" : "Not measured this time."}</p>
      )}
    </div>
  );
}
