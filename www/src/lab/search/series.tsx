// The series beside the chart: which there are, how far they are, and the settings of the one that is looked at.
import { whole } from "../../words/format.ts";
import { ProxySelect } from "../../rank/controls.tsx";
import { figure } from "../../words/measures.ts";
import { SPACES } from "../../space/spaces.ts";
import { store } from "../../state/state.ts";
import { batchText } from "../../state/url.ts";
import { Arxiv } from "../../ui/arxiv.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { NumberField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Explain } from "../../ui/pop.tsx";
import { Select } from "../../ui/select.tsx";
import type { Judge, Line } from "./hooks.ts";
import { search, setSeries, setSettings } from "./model.ts";
import { complete, lookups } from "./rows.ts";
import {
  another,
  commandLine,
  isHelped,
  LIMITS,
  METHOD_NAMES,
  METHODS,
  MOST_SERIES,
  movesIn,
  series,
  type Method,
  type SearchSettings,
  type Series,
} from "./settings.ts";
import { LETTERS, lookOf } from "../../chart/strokes.ts";

interface ListProps {
  lines: readonly Line[];
  settings: SearchSettings;
  judge: Judge;
  selected: number;
}

export function SeriesList({ lines, settings, judge, selected }: ListProps) {
  const remove = (place: number) => {
    setSettings({ series: settings.series.filter((_, k) => k !== place) });
    search.set({
      selected: Math.max(0, selected > place || selected === settings.series.length - 1 ? selected - 1 : selected),
    });
  };
  const add = () => {
    setSettings({
      series: [...settings.series, another(settings.series, lines[selected]?.one, judge.known, store.get().space)],
    });
    search.set({ selected: settings.series.length });
  };
  const line = lines[selected];
  return (
    <div class="search-side">
      <ul class="search-list" aria-label="Searches that are compared">
        {lines.map((one) => (
          <li key={one.place} class={one.place === selected ? "search-item selected" : "search-item"}>
            <button
              type="button"
              class="search-pick"
              aria-pressed={one.place === selected}
              onClick={() => search.set({ selected: one.place })}
            >
              <Swatch place={one.place} />
              <span>
                <span class="search-name">
                  <b>{LETTERS[one.place]}</b> {one.name}
                </span>
                <span class="small soft">{stateWords(one, judge)}</span>
              </span>
            </button>
            <IconButton
              look="plain"
              label={`Remove ${LETTERS[one.place]}, ${one.name}`}
              disabled={lines.length === 1}
              onClick={() => remove(one.place)}
            >
              <Icon name="close" />
            </IconButton>
          </li>
        ))}
      </ul>
      <div class="row">
        <Button disabled={lines.length >= MOST_SERIES} onClick={add}>
          Add a search
        </Button>
        {lines.length >= MOST_SERIES && <span class="small soft">At most {MOST_SERIES} at once.</span>}
      </div>
      {line && <SeriesEditor line={line} settings={settings} />}
    </div>
  );
}

/** Dash and marker of a series. */
export function Swatch({ place }: { place: number }) {
  const { dash, marker } = lookOf(place);
  return (
    <svg class="search-swatch" viewBox="0 0 44 14" aria-hidden="true">
      <path
        d="M2 7H42"
        fill="none"
        stroke="currentColor"
        stroke-width="1.75"
        stroke-linecap="round"
        stroke-dasharray={dash.length > 0 ? dash.join(" ") : undefined}
      />
      <path d={marker(22, 7)} fill="var(--surface)" stroke="currentColor" stroke-width="1.5" />
    </svg>
  );
}

function stateWords({ found, problem }: Line, { column }: Judge): string {
  if (problem) return problem;
  if (!found) return "not run yet";
  const { rows, bands, state, warmed, failure } = found;
  const some = `${whole(complete(rows).length)} of ${whole(rows.runs)} runs`;
  switch (state) {
    case "scoring":
      return "waits for scores";
    case "running":
      return lookups(rows) === 0 && warmed > 0 ? `warming up: ${whole(warmed)} cells scored` : `running, ${some}`;
    case "paused":
      return `paused, ${some}`;
    case "cancelled":
      return `cancelled after ${some} and ${whole(lookups(rows))} of ${whole(rows.runs * rows.budget)} look-ups`;
    case "failed":
      return `failed: ${failure?.message ?? "unknown"}`;
    case "done": {
      const last = bands?.median[bands.median.length - 1];
      return last === undefined ? "done" : `median best ${figure(column, last)}`;
    }
  }
}

type Help = "none" | "parent" | "children";

function SeriesEditor({ line: { place, one, problem }, settings }: { line: Line; settings: SearchSettings }) {
  const { space } = store.get();
  const moves = movesIn(space);
  const set = (patch: Partial<Series>) => setSeries(place, series({ ...one, ...patch }));
  const evolves = one.method === "ageing-evolution";
  // A proxy without a say would change nothing.
  const choose = (guide: string) =>
    set(guide === "" ? { guide, warmup: 0, move: null } : { guide, warmup: isHelped(one) ? one.warmup : 1000 });
  return (
    <fieldset class="search-editor">
      <legend>Search {LETTERS[place]}</legend>
      <div class="row">
        <Select<Method>
          label="Method"
          value={one.method}
          options={METHODS.map((method) => ({
            value: method,
            label: METHOD_NAMES[method],
            disabled: method !== "random" && !moves,
          }))}
          onChange={(method) => set({ method })}
        />
        <Explain about="the methods">
          <p>
            <b>Random search</b> draws cells without replacement: the baseline that a search must beat.
          </p>
          <p>
            <b>Ageing evolution</b> (Real et al. 2019, <Arxiv id="1802.01548" />
            ): of a tournament’s members, drawn from the population, the best is the parent; its child, one random edit
            away, joins, and the oldest member dies. The members of a tournament are distinct here; theirs are drawn
            with replacement. Each edit is as likely as any other, as in the code of Abdelfattah et al.; NAS-Bench-201’s
            own draws a node first, then one of its edges.
          </p>
          <p>
            <b>Local search</b> goes to the first neighbour that is better and starts anew where there is none (White et
            al. 2020, <Arxiv id="2005.02960" />, call it state of the art on these benchmarks). It looks up no cell
            twice.
          </p>
        </Explain>
      </div>
      {!moves && (
        <p class="small soft">
          The known cells of {SPACES[space].label} are a sample of a huge space: no two are one edit apart, so a search
          has nowhere to step. Only random search, with or without a warm-up, is possible.
        </p>
      )}
      <div class="row">
        <ProxySelect label="Helped by" none="no proxy" value={one.guide} onChange={choose} />
        <Explain about="help by a proxy">
          <p>
            A score costs seconds where training costs hours, so scores are taken to be free: the chart counts
            accuracies only (Abdelfattah et al. 2021, <Arxiv id="2101.08134" />
            ).
          </p>
          <p>
            <b>Warm-up</b>: the first cells are the best by the proxy of N random ones. <b>Move</b>: the proxy has a say
            in which cell is next. The ε paper (Gracheva 2023, <Arxiv id="2302.04406" />) shows both, with N = 3,000 and
            the tournament’s best by the proxy as the parent.
          </p>
          <p>
            “Child” is near to what Abdelfattah et al. do, who take the best by the proxy of all children in three of
            four steps, and any child else.
          </p>
          <p>A cell whose score is undefined comes after all others.</p>
        </Explain>
      </div>
      {one.guide !== "" && (
        <>
          <NumberField
            label="Warm-up: best of"
            value={one.warmup}
            limits={LIMITS.warmup}
            width={6}
            onChange={(warmup) => set({ warmup })}
          />
          {one.method !== "random" && (
            <Select<Help>
              label="Move"
              value={one.move ?? "none"}
              options={[
                { value: "none", label: "none" },
                {
                  value: "parent",
                  label:
                    one.method === "local-search"
                      ? "neighbours in the order of the proxy"
                      : "parent: the tournament’s best by the proxy",
                },
                ...(evolves ? [{ value: "children", label: "child: the best by the proxy of five" } as const] : []),
              ]}
              onChange={(move) => set({ move: move === "none" ? null : move })}
            />
          )}
        </>
      )}
      {evolves && (
        <div class="row">
          <NumberField
            label="Population"
            value={one.population}
            limits={LIMITS.population}
            width={5}
            onChange={(population) => set({ population })}
          />
          <NumberField
            label="Tournament"
            value={one.tournament}
            limits={LIMITS.tournament}
            width={5}
            onChange={(tournament) => set({ tournament })}
          />
        </div>
      )}
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      {one.guide !== "" && !isHelped(one) && (
        <p class="small soft">Without a warm-up or a move the proxy has no say: its scores are only listed.</p>
      )}
      <details class="small">
        <summary>The same on the command line</summary>
        <code class="search-command">{commandOf(one, settings)}</code>
        {byOwnModel(one) && (
          <p class="soft">
            FILE: the weights of the model that you trained here; “Download weights” in the TG-NAS tab gives them.
          </p>
        )}
      </details>
    </fieldset>
  );
}

/** Names of the network's settings on the command line. */
const FLAGS = {
  cellsPerStack: "cells-per-stack",
  stemChannels: "stem-channels",
  task: "task",
  initChannels: "init-channels",
  layers: "layers",
} as const;

/** Whether the guide is TG-NAS by weights that were trained in the page. */
const byOwnModel = ({ guide }: Series): boolean => guide === "tgnas" && store.get().ownModel !== null;

/** The command line that gives the same rows. */
export function commandOf(one: Series, settings: SearchSettings): string {
  const { space, target, options, batch, weights } = store.get();
  // A count depends on no setting here, while the command line's size of the surrogate would be that of the counted network too.
  const network = ["params", "flops"].includes(one.guide)
    ? []
    : byOwnModel(one)
      ? ["--predictor FILE"]
      : one.guide === "epsilon"
        ? [`--batch ${batchText(batch)}`, `--weights ${weights.join(",")}`]
        : [
            `--net-seed ${options.seed}`,
            ...SPACES[space].options.map((option) => `--${FLAGS[option]} ${options[option]}`),
          ];
  return commandLine(one, settings, space, target, network);
}
