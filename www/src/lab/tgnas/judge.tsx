// How good the predictor is here: its correlation with known figures beside that of plain counts, computed on the spot.
import { useMemo } from "preact/hooks";
import { csvFile } from "../../ui/export.ts";
import { whole } from "../../words/format.ts";
import { useWanted } from "../head.tsx";
import { KnownState, SampleFields, ScopeButtons, TargetSelect } from "../../rank/controls.tsx";
import { pick } from "../../columns/columns.ts";
import { askLab, useAnswer } from "../../columns/use.ts";
import { BOOTSTRAP_SEED, RESAMPLES, useCorrelation, useRows, type Correlated } from "../../columns/derive.ts";
import { Intervals } from "../../rank/intervals.tsx";
import { scores, useRank } from "../../columns/model.ts";
import { plainCount } from "../../columns/tabulated.ts";
import { coefficient, isSurrogate, scopeWords, settingShort } from "../../words/measures.ts";
import { useStore } from "../../state/state.ts";
import { DownloadMenu } from "../../ui/download.tsx";
import { Explain } from "../../ui/pop.tsx";
import { Progress } from "../../ui/progress.tsx";
import { cancelPredictions, type Predictions } from "./predictions.ts";
import { bestCount, verdict } from "./verdict.ts";

const none = new Float64Array(0);
const noRows = new Uint32Array(0);

export function Judge({ predictions, again, learnt }: { predictions: Predictions; again(): void; learnt: string }) {
  const { drawn, everything } = useRows();
  useRank((data) => data.version); // columns fill up
  const known = useRank((data) => data.known);
  const basis = useRank((data) => data.basis);
  const reasons = useRank((data) => data.reasons);
  const total = useRank((data) => data.all.length);
  const target = useStore((state) => state.target);
  const seed = useStore((state) => state.rank.seed);
  const space = useStore((state) => state.space);
  const column = known?.find(({ id }) => id === target);
  const truth = scores().get(target);
  const settled = predictions.run?.state !== "running";

  const usable = column && truth.tabulated ? predictions.rows : noRows;
  const ownX = useMemo(() => (usable.length > 0 ? predictions.values : none), [usable, predictions.values]);
  const ownY = useMemo(() => pick(truth.values, usable), [usable, truth]);
  const own = useCorrelation(ownX, ownY, settled, "tgnas-own");
  const degree = useCount("average_degree", drawn, truth.tabulated ? truth.values : null);
  const count = plainCount(space);
  useWanted("tgnas-judge", [count], false);
  const params = useCount(count, drawn, truth.tabulated ? truth.values : null);
  const rows: { id: string; label: string; correlated: Correlated; missing: string | null }[] = [
    { id: "tgnas", label: "TG-NAS", correlated: own, missing: null },
    { id: "average_degree", label: "average degree", correlated: degree, missing: reasons.average_degree ?? null },
    { id: count, label: "parameters", correlated: params, missing: reasons[count] ?? null },
  ];
  const ready = rows.every(
    ({ correlated, missing }) => missing !== null || (correlated.result !== null && correlated.intervals === "idle"),
  );
  const judged = rows
    .slice(1)
    .filter(({ missing }) => missing === null)
    .map(({ id, label, correlated }) => ({ id, label, kendall: correlated.result?.kendall ?? null }));
  const best = ready ? bestCount(judged) : null;
  const lead = useAnswer(
    best && ownX.length > 1
      ? () =>
          askLab(
            "difference",
            [ownX.slice(), pick(scores().get(best.id).values, usable), ownY.slice(), RESAMPLES, BOOTSTRAP_SEED],
            "tgnas-lead",
          )
      : null,
    [ownX, ownY, best?.id, ready],
  );
  const said = verdict(best, lead.value);
  const waits = !ready || (best !== null && lead.value === null && lead.failure === null);
  // They take turns in one worker: the first one's bar stands for all.
  const waiting = rows.find(
    ({ correlated, missing }) => missing === null && correlated.intervals !== "idle",
  )?.correlated;
  const scope = scopeWords({
    basis,
    everything,
    cells: total,
    drawn: drawn.length,
    seed,
    outside: false,
    drawnOnly: true,
  });
  const { run } = predictions;
  const csv = () =>
    csvFile(
      "tgnas-against-counting.csv",
      [
        "score",
        "target",
        "cells",
        "kendall",
        "kendall_low",
        "kendall_high",
        "spearman",
        "spearman_low",
        "spearman_high",
      ],
      rows.map(({ id, correlated: { result } }) => [
        id,
        target,
        result?.defined ?? null,
        result?.kendall ?? null,
        result?.kendallLow ?? null,
        result?.kendallHigh ?? null,
        result?.spearman ?? null,
        result?.spearmanLow ?? null,
        result?.spearmanHigh ?? null,
      ]),
      {
        cells: scope,
        predictor: learnt,
        bootstrap_resamples: RESAMPLES,
        ...(best && lead.value?.kendall != null
          ? {
              lead: `${coefficient(lead.value.kendall)} [${coefficient(lead.value.kendallLow)}, ${coefficient(lead.value.kendallHigh)}]: Kendall τ less that of ${best.id}, paired bootstrap`,
            }
          : {}),
      },
    );
  return (
    <section class="tg-part" aria-labelledby="tg-judge">
      <div class="row spread">
        <h3 id="tg-judge">How good is it?</h3>
        <DownloadMenu items={[{ label: "CSV", hint: "τ and ρ with intervals", make: csv }]} />
      </div>
      <div class="row">
        <ScopeButtons />
        <SampleFields />
      </div>
      <div class="row">
        <TargetSelect label="against" />
      </div>
      <KnownState />
      {run?.state === "running" && run.total > 500 && (
        <Progress
          label={`Predicting ${whole(run.total)} cells`}
          done={run.done}
          total={run.total}
          onCancel={cancelPredictions}
        />
      )}
      {run?.state === "cancelled" && (
        <p class="small" role="status">
          Cancelled after {whole(run.done)} of {whole(run.total)}; what was predicted counts.{" "}
          <button type="button" class="link-button" onClick={again}>
            Go on
          </button>
        </p>
      )}
      {run?.state === "failed" && (
        <p class="small" role="alert">
          {run.failure?.message ?? "The prediction stopped."}{" "}
          <button type="button" class="link-button" onClick={again}>
            Try again
          </button>
        </p>
      )}
      {known && known.length > 0 && (
        <>
          <table class="table tg-judge">
            <caption class="hidden-text">
              Rank correlation with {column ? settingShort(column) : target}, of the predictor and of plain counts
            </caption>
            <thead>
              <tr>
                <th scope="col">Score</th>
                <th scope="col" class="number">
                  Kendall τ
                </th>
                <th scope="col" class="number">
                  95 %
                </th>
                <th scope="col" class="number">
                  Spearman ρ
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ id, label, correlated: { result, intervals }, missing }) => (
                <tr key={id} class={id === "tgnas" ? "own" : undefined}>
                  <th scope="row">{label}</th>
                  {missing !== null ? (
                    <td colSpan={3} class="small soft">
                      not computed in this space
                    </td>
                  ) : (
                    <>
                      <td class="number">
                        <b>{coefficient(result?.kendall ?? null)}</b>
                      </td>
                      <td class="number small soft">
                        {result?.kendallLow != null
                          ? `${coefficient(result.kendallLow)} – ${coefficient(result.kendallHigh)}`
                          : intervals === "running"
                            ? "…"
                            : "–"}
                      </td>
                      <td class="number">{coefficient(result?.spearman ?? null)}</td>
                    </>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
          {waiting ? (
            <Intervals of={waiting} />
          ) : (
            <p class={`tg-verdict ${said?.kind ?? ""}`} role="status">
              {said?.text ?? lead.failure?.message ?? (waits ? "Being computed…" : "")}
            </p>
          )}
          <p class="small soft">
            Over {scope}; {RESAMPLES.toLocaleString("en-US")} bootstrap resamples.
            {column && isSurrogate(column) && " The “truth” here is itself a model’s prediction."}
            {space === "nasbench101" &&
              " Most of these cells were training data of the predictor, so this figure flatters it: the other spaces are the test."}
            <Explain about="this comparison">
              <p>
                τ says how much more often a score and accuracy agree on the better of two cells than they disagree.
                Average degree and parameters read no words and were never trained: a predictor is worth its training
                only where it is above both. All are measured on the same cells, so the verdict goes by the interval of
                the difference, both τ over the same resamples: it may be clear of 0 where the intervals in the table
                overlap.
              </p>
              <p>{learnt}</p>
            </Explain>
          </p>
        </>
      )}
      {known && known.length === 0 && <p class="small">Without known accuracies nothing can be judged here.</p>}
    </section>
  );
}

/** The correlation of a plain count with the truth over the drawn rows. */
function useCount(id: string, drawn: Uint32Array, truth: Float64Array | null): Correlated {
  const column = scores().get(id);
  const rows = useMemo(
    () => (truth ? drawn.filter((row) => column.scored[row] === 1) : noRows),
    [drawn, column, column.count, truth],
  );
  const complete = rows.length === drawn.length;
  const x = useMemo(() => (complete ? pick(column.values, rows) : none), [rows, column, complete]);
  const y = useMemo(() => (complete && truth ? pick(truth, rows) : none), [rows, truth, complete]);
  return useCorrelation(x, y, true, `tgnas-${id}`);
}
