// What the panel's parts read: the settings, each series with what was found, the figures that searches are judged by.
import { useEffect, useMemo, useState } from "preact/hooks";
import { knownColumn, usePromise } from "../../engine/known.ts";
import { loadMore, rank, useRank } from "../../columns/model.ts";
import { notify, useStore } from "../../state/state.ts";
import type { ColumnInfo } from "../../types.ts";
import { lab } from "../../engine/lab-client.ts";
import type { Better } from "../../engine/lab-protocol.ts";
import { keyOfSeries, settingsOf, useSearch, type Found } from "./model.ts";
import { bestFirst, complete, finals, type Bands } from "./rows.ts";
import { problemOf, seriesName, type SearchSettings, type Series } from "./settings.ts";

/** What searches are judged by. */
export interface Judge {
  readonly column: ColumnInfo;
  /** One a cell; NaN where it is not known. */
  readonly accuracy: Float64Array;
  readonly better: Better;
  /** Known ones, the best first. */
  readonly sorted: Float64Array;
  /** Cells of known accuracy. */
  readonly known: number;
}

export function useJudge(): Judge | null {
  const space = useStore((state) => state.space);
  const target = useStore((state) => state.target);
  const columns = useRank((data) => (data.space === space ? data.known : null));
  const column = columns?.find(({ id }) => id === target) ?? null;
  const accuracy = usePromise(`search:${space}:${column ? target : ""}`, async () =>
    column ? knownColumn(space, target) : null,
  ).value;
  return useMemo(() => {
    if (!column || !accuracy) return null;
    const better: Better = column.better === "smaller" ? "smaller" : "larger";
    const sorted = bestFirst(accuracy, better);
    return { column, accuracy, better, sorted, known: sorted.length };
  }, [column, accuracy]);
}

export function useSettings(known: number): SearchSettings {
  const text = useStore((state) => state.search);
  const space = useStore((state) => state.space);
  const { settings, problems } = settingsOf({ search: text, space }, known);
  useEffect(() => problems.forEach((problem) => notify("warning", `In the link: ${problem}.`)), [problems]);
  return settings;
}

export interface Line {
  readonly place: number;
  readonly one: Series;
  readonly key: string;
  readonly name: string;
  /** What keeps it from being searched. */
  readonly problem: string | null;
  readonly found: Found | null;
}

const proxyLabel = (id: string): string => rank.get().proxies.find((proxy) => proxy.id === id)?.label ?? id;

/** The series in their order, each with what has been found by its present settings. */
export function useLines(settings: SearchSettings, known: number): Line[] {
  const space = useStore((state) => state.space);
  // All of these decide the keys.
  useStore((state) => state.options);
  useStore((state) => state.batch);
  useStore((state) => state.weights);
  useStore((state) => state.ownModel);
  useStore((state) => state.target);
  useRank((data) => data.proxies);
  const found = useSearch((data) => data.found);
  // A guide of a link may stand in the second table.
  const missing = settings.series.some(
    ({ guide }) => guide !== "" && !rank.get().proxies.some(({ id }) => id === guide),
  );
  useEffect(() => void (missing && rank.get().proxies.length > 0 && loadMore()), [missing]);
  return settings.series.map((one, place) => {
    const key = keyOfSeries(one, settings);
    return {
      place,
      one,
      key,
      name: seriesName(one, proxyLabel),
      problem: problemOf(one, settings, known, space),
      found: found[key] ?? null,
    };
  });
}

export interface Summary {
  /** Complete runs, and those of them that came near the optimum. */
  readonly runs: number;
  readonly reached: number;
  /** Quartiles of: last best accuracy, look-ups until near the optimum, true rank. */
  readonly quartiles: Bands;
}

/** The summary of the complete runs of a series; null until there is one. */
export function useSummary({ found, key }: Line, judge: Judge): Summary | null {
  const [summary, setSummary] = useState<{ key: string; value: Summary } | null>(null);
  const runs = found ? complete(found.rows).length : 0;
  useEffect(() => {
    if (!found || runs === 0) return setSummary(null);
    let wanted = true;
    const { curves, reached } = finals(found.rows, judge.sorted, judge.better);
    lab("quartileBands", [curves]).then(
      (quartiles) => wanted && setSummary({ key, value: { runs, reached, quartiles } }),
      () => wanted && setSummary(null),
    );
    return () => void (wanted = false);
  }, [found?.rows, runs, judge]);
  return summary?.key === key ? summary.value : null;
}
