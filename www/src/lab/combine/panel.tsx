/** Several proxies made one by their ranks, and the cells that are best at their cost. */
import { useEffect, useMemo } from "preact/hooks";
import { csvFile, jsonFile, type Provenance } from "../../ui/export.ts";
import { whole } from "../../words/format.ts";
import { overlapWords, top64Words } from "../../rank/best.tsx";
import { pick } from "../../columns/columns.ts";
import { TargetSelect } from "../../rank/controls.tsx";
import { BOOTSTRAP_SEED, useRows } from "../../columns/derive.ts";
import { EpsilonButton, EpsilonState } from "../../rank/epsilon.tsx";
import { TOP, topValues } from "../rank/files.ts";
import { measureOf, useMeasure, type Measure } from "../../columns/measures.ts";
import { scores, useRank } from "../../columns/model.ts";
import { useScopeWords } from "../../columns/pairs.ts";
import { ranks } from "../rank/table-rows.ts";
import { coefficient, number } from "../../words/measures.ts";
import { notify, store, useStore } from "../../state/state.ts";
import { Notice } from "../../ui/notice.tsx";
import { Table, type Column } from "../../ui/table.tsx";
import type { Correlation } from "../../types.ts";
import { CellButton } from "../cell.tsx";
import { Front, MIX } from "./front.tsx";
import { TrainedNote } from "../../rank/trained.tsx";
import { LabHead, StepLine, useWanted } from "../head.tsx";
import { beaten, best, common, MOST_PARTS, NO_MIX, readMix, writeMix, type Mix } from "./mix.ts";
import type { TopMeasures } from "../../engine/lab-protocol.ts";
import { askLab, correlate, FEW_RESAMPLES, topOf, useAnswer, useSteps } from "../../columns/use.ts";

/** Best cells listed. */
const LISTED = 10;
/** Two to start with: of these the first that the space has. */
const START: readonly string[] = ["average_degree", "params", "density"];
const noRows = new Uint32Array(0);

/** What can be a cost: the plain counts that are computed, and what the tables call one. */
const isCost = ({ id, info }: Measure): boolean =>
  ["params", "flops"].includes(id) || info?.role === "latency" || info?.role === "cost";

interface Judged {
  id: string;
  label: string;
  correlation: Correlation;
  top: TopMeasures;
}

export function CombinePanel() {
  const place = useRows();
  const { own, drawn, scope } = place;
  const proxies = useRank((data) => data.proxies);
  useRank((data) => data.version);
  const running = useRank((data) => Object.values(data.jobs).some((job) => job?.state === "running"));
  const y = useStore((state) => state.target);
  const target = useMeasure(y);
  const text = useStore((state) => state.mix);
  const settings = useMemo(() => readMix(text), [text]);
  const { parts: wanted, cost: wantedCost, guide: wantedGuide } = typeof settings === "string" ? NO_MIX : settings;
  const loading = useRank((data) => data.known === null || (data.more === null && data.moreFailure === null));

  const measures = useMemo(() => proxies.flatMap(({ id }) => measureOf(id) ?? []), [proxies]);
  const parts = useMemo(() => {
    const there = (list: readonly string[]) => list.filter((id) => measures.some((measure) => measure.id === id));
    return wanted.length > 0 ? there(wanted) : there(START).slice(0, 2);
  }, [wanted, measures]);
  const unknown = loading
    ? ""
    : [...wanted, wantedCost, wantedGuide]
        .filter((id) => id !== "" && !measures.some((measure) => measure.id === id))
        .join(", ");
  useEffect(() => {
    if (typeof settings === "string") notify("warning", `In the link, mix: ${settings}.`);
    else if (unknown !== "")
      notify("warning", `Not to be had in this space, and left out of the combination: ${unknown}.`);
  }, [settings, unknown]);
  const set = (patch: Partial<Mix>) =>
    store.set({ mix: writeMix({ parts, cost: wantedCost, guide: wantedGuide, ...patch }) });
  const costs = useMemo(() => measures.filter(isCost), [measures]);
  const cost = costs.find(({ id }) => id === wantedCost) ?? costs.find(({ id }) => id === "flops") ?? costs[0] ?? null;
  const guide = measures.find(({ id }) => id === wantedGuide) ?? null;
  const ids = useMemo(
    () => [...new Set([...parts, ...(guide ? [guide.id] : []), ...(cost ? [cost.id] : [])])],
    [parts, guide, cost],
  );
  useWanted("combine", ids, true);

  const { judged } = useScopeWords(place);
  const needed = [y, ...ids];
  const lacking = needed.filter((id) => {
    const { scored, count } = scores().get(id);
    return count === 0 || drawn.some((row) => scored[row] === 0);
  });
  // Those of which all that is asked for has been scored; ε may be there for some only.
  const counts = needed.map((id) => scores().get(id).count).join();
  const rows = useMemo(() => {
    if (running && lacking.length > 0) return noRows;
    const flags = needed.map((id) => scores().get(id).scored);
    return scope.filter((row) => flags.every((scored) => scored[row] === 1));
  }, [scope, needed.join(), counts, running]);
  const columns = useMemo(() => new Map(needed.map((id) => [id, pick(scores().get(id).values, rows)])), [rows]);
  const accuracy = columns.get(y);

  const mixed = useAnswer(
    rows.length > 2 && parts.length >= 2 && accuracy
      ? async () => {
          const values = common([...parts.map((id) => columns.get(id)!), accuracy]);
          const mean = await askLab(
            "averageRanks",
            [values.slice(0, -1), parts.map((id) => measureOf(id)!.better)],
            "combine-ranks",
          );
          return { rows, score: beaten(mean), parts: values.slice(0, -1), accuracy: values.at(-1)! };
        }
      : null,
    [columns, parts.join()],
  );
  // An answer of a moment ago may be about other cells.
  const mix = mixed.value?.rows === rows ? mixed.value : null;
  const compared = useSteps<readonly Judged[]>(
    mix && target
      ? async ({ step, have }) => {
          const { score, parts: singles } = mix;
          // A cell that was put in by hand is ranked, but it does not count.
          const aside = drawn.includes(own) ? -1 : rows.indexOf(own);
          const truth = mix.accuracy.map((value, i) => (i === aside ? NaN : value));
          let result: readonly Judged[] = [];
          const judge = async (id: string, label: string, values: Float64Array, better: "larger" | "smaller") => {
            const correlation = await step(correlate(values, truth, FEW_RESAMPLES));
            const top = await step(topOf(values, better, truth, target.better));
            result = [...result, { id, label, correlation, top }];
            have(result);
          };
          await judge(MIX, "average of ranks", score, "larger");
          for (const [k, id] of parts.entries()) {
            const measure = measureOf(id)!;
            await judge(id, measure.label, singles[k]!, measure.better);
          }
        }
      : null,
    2 * (parts.length + 1),
    [mix, target?.id],
  );

  const toggle = (id: string, on: boolean) =>
    set({ parts: on ? [...parts, id] : parts.filter((other) => other !== id) });
  const note: Provenance = {
    cells: judged,
    target: y,
    combination: parts.join(" + "),
    intervals: `95 % percentile bootstrap over cells, ${FEW_RESAMPLES} resamples, seed ${BOOTSTRAP_SEED}`,
  };

  return (
    <div class="rank-panel">
      <LabHead
        title="Combine"
        about={
          <>
            <p>
              Proxies that fail on different cells can mend each other: each cell gets the mean of its ranks. Look
              whether the combination beats its best part by more than the intervals, and among the best cells as well;
              two proxies that count the same thing give nothing.
            </p>
            <p>
              The front: cells that no other beats in score without costing more. Compare it with the front by true
              accuracy: what does the proxy give away at the same cost?
            </p>
          </>
        }
        files={[
          {
            label: "Comparison, CSV",
            hint: "ρ, τ and top measures of each",
            make: () => {
              if (!compared.value) throw new Error("there is nothing computed yet");
              return csvFile(
                "cellscope-combination.csv",
                [
                  "proxy",
                  "cells",
                  "defined",
                  "spearman",
                  "spearman_low",
                  "spearman_high",
                  "kendall",
                  "kendall_low",
                  "kendall_high",
                  ...TOP,
                ],
                compared.value.map(({ id, correlation: r, top }) => [
                  id === MIX ? parts.join(" + ") : id,
                  r.cells,
                  r.defined,
                  r.spearman,
                  r.spearmanLow,
                  r.spearmanHigh,
                  r.kendall,
                  r.kendallLow,
                  r.kendallHigh,
                  ...topValues(top),
                ]),
                note,
              );
            },
          },
          {
            label: "Comparison, JSON",
            hint: "the same, with what made it",
            make: () => jsonFile("cellscope-combination.json", { comparison: compared.value }, note),
          },
        ]}
      >
        <TargetSelect label="against accuracy" />
      </LabHead>
      <TrainedNote proxies={ids} />
      <fieldset class="lab-parts">
        <legend>
          Average the ranks of{" "}
          <span class="small soft">
            ({parts.length} chosen, 2 to {MOST_PARTS})
          </span>
        </legend>
        <div class="lab-choice" role="group" aria-label="Proxies">
          {measures.map(({ id, label, tabulated }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={parts.includes(id)}
                disabled={parts.includes(id) ? parts.length === 1 : parts.length >= MOST_PARTS}
                onChange={(event) => toggle(id, event.currentTarget.checked)}
              />
              <span>
                {label}
                {tabulated && <span class="lab-tag">table</span>}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {parts.includes("epsilon") && (
        <div class="row">
          <EpsilonButton rows={drawn} look="button" />
          <EpsilonState compact />
        </div>
      )}
      {parts.length < 2 && <p class="small">Choose at least two proxies to average.</p>}
      {[mixed, compared].map(
        ({ failure }, k) =>
          failure && (
            <Notice key={k} kind="error">
              {failure.message}
            </Notice>
          ),
      )}
      {!running && lacking.length > 0 && rows.length < scope.length && (
        <p class="small">{`${whole(rows.length)} of ${whole(scope.length)} cells have all that is asked for; not yet scored for the others: ${lacking.map((id) => measureOf(id)?.label ?? id).join(", ")}.`}</p>
      )}
      {mix && target && (
        <div class="lab-block lab-combine">
          <h3>The combination beside its parts</h3>
          {compared.value ? (
            <>
              <Table
                caption="Correlation with accuracy of the average of ranks and of each proxy alone, over the same cells"
                rows={compared.value}
                keyOf={({ id }) => id}
                columns={[
                  {
                    id: "name",
                    label: "proxy",
                    show: ({ id, label }) => (id === MIX ? <b>{label}</b> : label),
                    sortBy: ({ label }) => label,
                  },
                  {
                    id: "rho",
                    label: "ρ",
                    number: true,
                    show: ({ correlation: r }) => figured(r.spearman, r.spearmanLow, r.spearmanHigh),
                    sortBy: ({ correlation }) => correlation.spearman,
                  },
                  {
                    id: "tau",
                    label: "τ",
                    number: true,
                    show: ({ correlation: r }) => figured(r.kendall, r.kendallLow, r.kendallHigh),
                    sortBy: ({ correlation }) => correlation.kendall,
                  },
                  {
                    id: "rho10",
                    label: "top 10 % ρ",
                    number: true,
                    show: ({ top }) => coefficient(top.spearmanTop10),
                    sortBy: ({ top }) => top.spearmanTop10,
                  },
                  {
                    id: "tau10",
                    label: "top 10 % τ",
                    number: true,
                    show: ({ top }) => coefficient(top.kendallTop10),
                    sortBy: ({ top }) => top.kendallTop10,
                  },
                  {
                    id: "overlap",
                    label: "overlap of the top 10 %",
                    number: true,
                    show: ({ top }) => overlapWords(top.top10Overlap),
                    sortBy: ({ top }) => top.top10Overlap,
                  },
                  {
                    id: "top64",
                    label: "best 64 in the top 5 %",
                    number: true,
                    show: ({ top }) => top64Words(top.top64InTop5),
                    sortBy: ({ top }) => top.top64InTop5,
                  },
                ]}
              />
              <p class="small soft">{`Over the ${whole(compared.value[0]!.correlation.defined)} of ${whole(drawn.length)} cells in which all of them and the accuracy are defined; brackets: 95 % bootstrap intervals, ${FEW_RESAMPLES} resamples. Cells: ${judged}.`}</p>
            </>
          ) : null}
          <StepLine label="Comparison" steps={compared} />
          <h3>Its best cells</h3>
          <BestCells
            score={mix.score}
            accuracy={mix.accuracy}
            parts={parts}
            columns={mix.parts}
            rows={rows}
            own={own}
            target={target}
          />
        </div>
      )}
      <Front
        rows={rows}
        columns={columns}
        mixed={mix?.score ?? null}
        target={target}
        measures={measures}
        costs={costs}
        cost={cost}
        proxy={guide}
        own={own}
        running={running}
        note={note}
        scope={judged}
        onCost={(id) => set({ cost: id })}
        onProxy={(id) => set({ guide: id === MIX ? "" : id })}
      />
    </div>
  );
}

const figured = (value: number | null, low: number | null, high: number | null): string =>
  coefficient(value) + (low !== null && high !== null ? ` [${coefficient(low)}, ${coefficient(high)}]` : "");

interface BestCellsProps {
  score: Float64Array;
  accuracy: Float64Array;
  parts: readonly string[];
  columns: readonly Float64Array[];
  rows: Uint32Array;
  own: number;
  target: Measure;
}

interface BestLine {
  place: number;
  row: number;
  score: number;
  places: number[];
  accuracy: number;
  truth: number;
}

/** The first by the combination: how each part ranks them, and how they rank in truth. */
function BestCells({ score, accuracy, parts, columns, rows, own, target }: BestCellsProps) {
  const lines = useMemo<BestLine[]>(() => {
    const all = Uint32Array.from(score.keys());
    const places = columns.map((values, k) => ranks(all, values, measureOf(parts[k]!)?.better ?? "larger"));
    const truth = ranks(all, accuracy, target.better);
    return best(score, LISTED).map((i, k) => ({
      place: k + 1,
      row: rows[i]!,
      score: score[i]!,
      places: places.map((of) => of[i]!),
      accuracy: accuracy[i]!,
      truth: truth[i]!,
    }));
  }, [score, accuracy, columns]);
  const shown: Column<BestLine>[] = [
    { id: "place", label: "place", number: true, show: ({ place }) => place },
    { id: "cell", label: "Cell", show: ({ row }) => <CellButton row={row} own={row === own} /> },
    {
      id: "score",
      label: "cells beaten, %",
      number: true,
      show: (line) => number(line.score),
      sortBy: (line) => line.score,
    },
    ...parts.map(
      (id, k): Column<BestLine> => ({
        id,
        label: `rank by ${measureOf(id)?.label ?? id}`,
        number: true,
        show: ({ places }) => whole(places[k]!),
        sortBy: ({ places }) => places[k]!,
      }),
    ),
    {
      id: "accuracy",
      label: target.head,
      number: true,
      show: (line) => target.bare(line.accuracy),
      sortBy: (line) => line.accuracy,
    },
    { id: "truth", label: "true rank", number: true, show: ({ truth }) => whole(truth), sortBy: ({ truth }) => truth },
  ];
  return (
    <Table caption="The best cells by the average of ranks" rows={lines} keyOf={({ row }) => row} columns={shown} />
  );
}
