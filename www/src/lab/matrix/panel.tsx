/** Proxies by data sets: every correlation at a glance, each a way to its scatter. */
import { useMemo, useState } from "preact/hooks";
import { csvFile, jsonFile, type ExportedFile, type Provenance } from "../../ui/export.ts";
import { whole } from "../../words/format.ts";
import { pick, type Column } from "../../columns/columns.ts";
import { accuracies } from "../../rank/controls.tsx";
import { BOOTSTRAP_SEED, useRows } from "../../columns/derive.ts";
import { EpsilonButton, EpsilonState } from "../../rank/epsilon.tsx";
import { measureOf, originWords, type Measure } from "../../columns/measures.ts";
import { rank, scores, setX, useRank } from "../../columns/model.ts";
import { enoughOf, useScopeWords } from "../../columns/pairs.ts";
import { TrainedNote } from "../../rank/trained.tsx";
import { about, coefficient } from "../../words/measures.ts";
import { surrogateWords } from "../../scores/about-words.ts";
import { SPACES } from "../../space/spaces.ts";
import { store, useStore } from "../../state/state.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Table } from "../../ui/table.tsx";
import type { Correlation } from "../../types.ts";
import { gridFiles } from "../../chart/grid-picture.ts";
import { LabHead, useWanted } from "../head.tsx";
import {
  figureOf,
  keyOf,
  rangeOf,
  sortRows,
  tint,
  type Line,
  type Order,
  type Pair,
  type Statistic,
} from "./fields.ts";
import { useMatrixRun } from "./run.ts";
import { useShown } from "../../ui/shown.ts";
import { FEW_RESAMPLES } from "../../columns/use.ts";

/** Proxies that are never scored for the sake of the matrix: they take long, or files of their own. */
const BY_HAND: ReadonlySet<string> = new Set(["epsilon", "tgnas"]);
const none: Line[] = [];
const NAMES: Record<Statistic, string> = { spearman: "Spearman ρ", kendall: "Kendall τ" };

/** Keeps the values of a column over some cells, so that the same question has the same answer. */
const picked = new WeakMap<Column, { rows: Uint32Array; count: number; values: Float64Array }>();
function valuesOf(column: Column, rows: Uint32Array): Float64Array {
  const held = picked.get(column);
  if (held && held.rows === rows && held.count === column.count) return held.values;
  const values = pick(column.values, rows);
  picked.set(column, { rows, count: column.count, values });
  return values;
}

export function MatrixPanel() {
  const shown = useShown();
  const place = useRows();
  const { drawn } = place;
  const proxies = useRank((data) => data.proxies);
  const known = useRank((data) => data.known);
  const version = useRank((data) => data.version);
  const running = useRank((data) => Object.values(data.jobs).some((job) => job?.state === "running"));
  const target = useStore((state) => state.target);
  const space = useStore((state) => state.space);
  const options = useStore((state) => state.options);
  const statistic = useStore((state) => state.statistic);
  const [order, setOrder] = useState<Order | null>(null);
  const [focus, setFocus] = useState<Pair | null>(null);
  const { judged } = useScopeWords(place);

  const targets = useMemo(() => accuracies(known), [known]);
  const offered = useMemo(() => proxies.map((proxy) => proxy.id), [proxies]);
  useWanted(
    "matrix",
    useMemo(() => [...offered.filter((id) => !BY_HAND.has(id)), ...targets.map(({ id }) => id)], [offered, targets]),
    true,
  );

  // While cells are being scored the rows stay as they are: each change would start their correlations anew.
  const settled = !running || version === 0;
  const lines = useMemo(() => {
    const line = (id: string): Line | null => {
      const measure = measureOf(id);
      const column = scores().get(id);
      let scored = 0;
      for (const row of drawn) scored += column.scored[row]!;
      if (!measure || scored === 0 || !enoughOf(scored, drawn.length) || (!BY_HAND.has(id) && scored < drawn.length))
        return null;
      return { id, label: measure.label, tabulated: measure.tabulated, values: valuesOf(column, drawn) };
    };
    const there = (ids: readonly string[]) => ids.flatMap((id) => line(id) ?? []);
    return { rows: there(offered), columns: there(targets.map(({ id }) => id)), drawn };
  }, [offered, targets, drawn, settled ? version : -1]);
  // Columns of another sample are no rows of this one.
  const { rows, columns } = lines.drawn === drawn ? lines : { rows: none, columns: none };
  const run = useMatrixRun(rows, columns, drawn.length, shown);
  const sorted = useMemo(() => sortRows(rows, run.found, statistic, order), [rows, run.found, statistic, order]);
  const absent = offered.filter((id) => !rows.some((row) => row.id === id));
  const byHand = running ? [] : absent.filter((id) => BY_HAND.has(id));
  const lacking = running ? [] : absent.filter((id) => !BY_HAND.has(id));
  const partly = [...run.found.values()].some(({ defined, cells }) => defined < cells);

  const sortBy = (by: string) => setOrder((now) => ({ by, down: now?.by === by ? !now.down : by !== "name" }));
  const show = ({ row, column }: Pair) => {
    setX(row);
    store.set({ target: column, rank: { ...store.get().rank, against: "" }, tab: "rank" });
  };
  const note: Provenance = {
    cells: judged,
    intervals: run.intervals
      ? `95 % percentile bootstrap over cells, ${FEW_RESAMPLES} resamples, seed ${BOOTSTRAP_SEED}`
      : "none",
  };
  const records = () =>
    sorted.flatMap((row) =>
      columns.map((column) => ({ row, column, found: run.found.get(keyOf({ row: row.id, column: column.id })) })),
    );

  return (
    <div class="rank-panel lab-matrix-panel">
      <LabHead
        title="Matrix of proxies and data sets"
        about={
          <>
            <p>
              Each field is the correlation of a proxy (row) with an accuracy (column). Read along a row: a proxy that
              holds on one data set only has learned that data set's habits. Read down a column: is anything better than
              plain counts of parameters or FLOPs?
            </p>
            <p>
              Rows marked <b>table</b> were computed by their authors, often for part of the cells: compare like with
              like, the number of cells is said below. A stronger shade = further from 0; a minus means the reverse
              order.
            </p>
          </>
        }
        files={[
          { label: "CSV", hint: "one line a field: ρ, τ, intervals, coverage", make: () => matrixCsv(records(), note) },
          { label: "JSON", hint: "the same, with what made it", make: () => matrixJson(records(), note) },
          { label: "PNG", hint: "the picture, as sorted, at twice the size", make: () => picture().png() },
          { label: "SVG", hint: "the picture, as sorted", make: () => picture().svg() },
        ]}
      >
        <span class="rank-segments" role="group" aria-label="Statistic">
          {(["spearman", "kendall"] as const).map((id) => (
            <Button key={id} aria-pressed={statistic === id} onClick={() => store.set({ statistic: id })}>
              {NAMES[id]}
            </Button>
          ))}
        </span>
        {!run.intervals && run.state !== "running" && rows.length > 0 && (
          <Button title={`${FEW_RESAMPLES} bootstrap resamples a field`} onClick={() => run.start(true)}>
            Add 95 % intervals
          </Button>
        )}
        {run.state === "cancelled" && run.found.size < rows.length * columns.length && (
          <Button onClick={() => run.start(false)}>Go on</Button>
        )}
      </LabHead>
      <TrainedNote proxies={rows.map(({ id }) => id)} />
      <RunLine run={run} />
      {partly && (
        <p class="small soft">* some cells have no value and are left out: do not compare with rows without *.</p>
      )}
      {rows.length === 0 ? (
        <p class="soft lab-lacking" role="status">
          {known === null ? "Loading…" : running ? "The cells are being scored…" : "No proxy has been scored yet."}
        </p>
      ) : (
        <div class="table-scroll lab-matrix-scroll" tabIndex={0} role="region" aria-label="Matrix of correlations">
          <table class="lab-matrix" onPointerLeave={() => setFocus(null)}>
            <caption class="hidden-text">
              {NAMES[statistic]} of each proxy with each accuracy, over {judged}. Press a field to open its scatter.
            </caption>
            <thead>
              <tr>
                <Head label="Proxy" id="name" order={order} onSort={sortBy} />
                {columns.map(({ id, label }) => (
                  <Head key={id} label={label} id={id} order={order} onSort={sortBy} current={id === target} />
                ))}
              </tr>
            </thead>
            <tbody>
              {sorted.map((row) => (
                <tr key={row.id}>
                  <th scope="row">
                    {row.label.replace(/ \(table\)$/, "")}
                    {row.tabulated && (
                      <span class="lab-tag" title={originWords(measureOf(row.id)!, rank.get().all.length)}>
                        table
                      </span>
                    )}
                  </th>
                  {columns.map((column) => {
                    const pair = { row: row.id, column: column.id };
                    return (
                      <Field
                        key={column.id}
                        pair={pair}
                        found={run.found.get(keyOf(pair))}
                        statistic={statistic}
                        names={[row.label, column.label]}
                        onFocus={setFocus}
                        onShow={show}
                      />
                    );
                  })}
                </tr>
              ))}
            </tbody>
            {byHand.length > 0 && (
              <tfoot>
                {byHand.map((id) => (
                  <tr key={id}>
                    <th scope="row">{measureOf(id)?.label ?? id}</th>
                    <td colSpan={columns.length}>
                      <span class="row small">
                        not scored yet
                        {id === "epsilon" ? (
                          <EpsilonButton rows={drawn} look="button" />
                        ) : (
                          <Button
                            title="It is scored there, and then stands here"
                            onClick={() => {
                              setX(id);
                              store.set({ tab: "rank" });
                            }}
                          >
                            Score it in Rank and correlate
                          </Button>
                        )}
                      </span>
                    </td>
                  </tr>
                ))}
              </tfoot>
            )}
          </table>
        </div>
      )}
      {rows.length > 0 && (
        <p class="small lab-matrix-said" aria-live="polite">
          {focus ? (
            <Said pair={focus} found={run.found.get(keyOf(focus))} />
          ) : (
            <span class="soft">
              Point at a field, or go to it by keyboard, for its interval and the cells it covers; press it to see the
              scatter.
            </span>
          )}
        </p>
      )}
      {(lacking.length > 0 || !byHand.includes("epsilon")) && (
        <div class="row small">
          {offered.includes("epsilon") && !byHand.includes("epsilon") && <EpsilonButton rows={drawn} look="button" />}
          {lacking.length > 0 && (
            <span class="soft">Not scored: {lacking.map((id) => measureOf(id)?.label ?? id).join(", ")}.</span>
          )}
        </div>
      )}
      {SPACES[space].options.includes("task") && (
        <p class="small soft">
          NASGraph scores the same network whatever the column: {surrogateWords(space, options)}. Another task can be
          chosen above the channel graph.
        </p>
      )}
      <EpsilonState compact />
      {rows.length > 0 && (
        <details class="lab-twin">
          <summary>The same as a list, with intervals and cells covered</summary>
          <Table
            caption={`Correlations of proxies and accuracies, over ${judged}`}
            rows={records()}
            keyOf={({ row, column }) => keyOf({ row: row.id, column: column.id })}
            columns={[
              { id: "proxy", label: "proxy", show: ({ row }) => row.label, sortBy: ({ row }) => row.label },
              {
                id: "target",
                label: "accuracy",
                show: ({ column }) => column.label,
                sortBy: ({ column }) => column.label,
              },
              {
                id: "rho",
                label: "ρ",
                number: true,
                show: ({ found }) => figured(found, "spearman"),
                sortBy: ({ found }) => figureOf(found, "spearman"),
              },
              {
                id: "tau",
                label: "τ",
                number: true,
                show: ({ found }) => figured(found, "kendall"),
                sortBy: ({ found }) => figureOf(found, "kendall"),
              },
              {
                id: "cells",
                label: "cells covered",
                number: true,
                show: ({ found }) => (found ? `${whole(found.defined)} of ${whole(found.cells)}` : "–"),
                sortBy: ({ found }) => found?.defined ?? null,
              },
              {
                id: "source",
                label: "where from",
                show: ({ row }) => (row.tabulated ? (measureOf(row.id)?.info?.source ?? "table") : "computed here"),
              },
            ]}
          />
        </details>
      )}
    </div>
  );

  function picture() {
    return gridFiles(
      "cellscope-matrix",
      {
        title: `${NAMES[statistic]} of proxies with accuracies, over ${judged}${partly ? "; * some cells have no value and are left out" : ""}`,
        rows: sorted.map(({ label }) => label),
        columns: columns.map(({ label }) => label),
        field(row, column) {
          const found = run.found.get(keyOf({ row: sorted[row]!.id, column: columns[column]!.id }));
          const value = figureOf(found, statistic);
          return {
            text: `${coefficient(value)}${found && found.defined < found.cells ? "*" : ""}`,
            shade: tint(value) / 100,
          };
        },
      },
      note,
    );
  }
}

function RunLine({ run }: { run: ReturnType<typeof useMatrixRun> }) {
  switch (run.state) {
    case "running":
      // What is done in a moment needs no bar.
      return run.total - run.done < 12 && run.left === null ? null : (
        <div>
          <Progress label="Correlations" done={run.done} total={run.total} onCancel={run.cancel} />
          <p class="small soft">Correlations{run.left === null ? "" : `: ${about(run.left)} left`}</p>
        </div>
      );
    case "cancelled":
      return (
        <p class="small" role="status">
          Cancelled after {whole(run.done)} of {whole(run.total)} correlations. What was computed is shown.
        </p>
      );
    case "failed":
      return (
        <Notice kind="error">
          The correlations stopped: {run.failure?.message}{" "}
          <button type="button" class="link-button" onClick={() => run.start(false)}>
            Try again
          </button>
        </Notice>
      );
    case "done":
      return null;
  }
}

function Head({
  label,
  id,
  order,
  onSort,
  current,
}: {
  label: string;
  id: string;
  order: Order | null;
  onSort(id: string): void;
  current?: boolean;
}) {
  const active = order?.by === id;
  return (
    <th
      scope="col"
      class={current ? "current" : undefined}
      aria-sort={active ? (order.down ? "descending" : "ascending") : undefined}
    >
      <button type="button" class="sort-button" onClick={() => onSort(id)}>
        {label}
        <span aria-hidden="true">{active ? (order.down ? " ↓" : " ↑") : ""}</span>
      </button>
    </th>
  );
}

interface FieldProps {
  pair: Pair;
  found: Correlation | undefined;
  statistic: Statistic;
  names: [row: string, column: string];
  onFocus(pair: Pair): void;
  onShow(pair: Pair): void;
}

function Field({ pair, found, statistic, names, onFocus, onShow }: FieldProps) {
  const value = figureOf(found, statistic);
  const text = found ? (value === null ? "n/a" : coefficient(value)) : "…";
  const partly = found && found.defined < found.cells;
  const words = `${names[0]} with ${names[1]}: ${text}${partly ? `, over ${whole(found.defined)} of ${whole(found.cells)} cells` : ""}`;
  return (
    <td style={{ "--tint": `${tint(value)}%` } as Record<string, string>}>
      <button
        type="button"
        class="lab-field"
        aria-label={words}
        onPointerEnter={() => onFocus(pair)}
        onFocus={() => onFocus(pair)}
        onClick={() => onShow(pair)}
      >
        {text}
        {partly && (
          <span class="lab-partly" aria-hidden="true">
            *
          </span>
        )}
      </button>
    </td>
  );
}

function figured(found: Correlation | undefined, statistic: Statistic): string {
  const range = rangeOf(found, statistic);
  return (
    coefficient(figureOf(found, statistic)) + (range ? ` [${coefficient(range[0])}, ${coefficient(range[1])}]` : "")
  );
}

/** All that is known of a field. */
function Said({ pair, found }: { pair: Pair; found: Correlation | undefined }) {
  const proxy = measureOf(pair.row);
  const target = measureOf(pair.column);
  if (!proxy || !target) return null;
  if (!found)
    return (
      <>
        {proxy.label} with {target.label}: not computed yet.
      </>
    );
  const left = found.cells - found.defined;
  return (
    <>
      <b>{proxy.label}</b> with <b>{target.label}</b>: ρ {figured(found, "spearman")}, τ {figured(found, "kendall")},
      over {whole(found.defined)} of {whole(found.cells)} cells
      {left > 0 ? `; ${whole(left)} have no value and are left out (*)` : ""}.{" "}
      <span class="soft">
        {found.spearman === null ? "Undefined: one of the columns does not vary. " : ""}
        {capital(originWords(proxy, rank.get().all.length))}.
      </span>
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

type Record_ = { row: Line; column: Line; found: Correlation | undefined };

function matrixCsv(records: readonly Record_[], note: Provenance): ExportedFile {
  return csvFile(
    "cellscope-matrix.csv",
    [
      "proxy",
      "target",
      "tabulated",
      "cells",
      "defined",
      "spearman",
      "spearman_low",
      "spearman_high",
      "kendall",
      "kendall_low",
      "kendall_high",
    ],
    records.map(({ row, column, found: r }) => [
      row.id,
      column.id,
      row.tabulated ? "yes" : "no",
      r?.cells ?? null,
      r?.defined ?? null,
      r?.spearman ?? null,
      r?.spearmanLow ?? null,
      r?.spearmanHigh ?? null,
      r?.kendall ?? null,
      r?.kendallLow ?? null,
      r?.kendallHigh ?? null,
    ]),
    note,
  );
}

function matrixJson(records: readonly Record_[], note: Provenance): ExportedFile {
  return jsonFile(
    "cellscope-matrix.json",
    {
      correlations: records.map(({ row, column, found }) => ({
        proxy: row.id,
        target: column.id,
        tabulated: row.tabulated,
        source: (measureOf(row.id) as Measure | null)?.info?.source ?? null,
        correlation: found ?? null,
      })),
    },
    note,
  );
}
