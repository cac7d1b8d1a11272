/** Cells that no other beats at their cost: by a score, and by true accuracy for comparison. */
import { useMemo, useRef, useState } from "preact/hooks";
import { csvFile, jsonFile, type ExportedFile, type Provenance } from "../../ui/export.ts";
import { whole } from "../../words/format.ts";
import type { Series } from "../../chart/draw.ts";
import { scatterPng, scatterSvgFile } from "../rank/files.ts";
import { drawable, type Measure } from "../../columns/measures.ts";
import { MiniCell } from "../../space/kit/mini.tsx";
import { rank, useRank } from "../../columns/model.ts";
import type { Plot } from "../../chart/plot.ts";
import { readPalette, Scatter } from "../../chart/scatter.tsx";
import { cellWords } from "../../space/kit/thumbnail.ts";
import { number, shownUnit } from "../../words/measures.ts";
import { SPACES } from "../../space/spaces.ts";
import { setCell } from "../../state/state.ts";
import { Button } from "../../ui/button.tsx";
import { DownloadMenu } from "../../ui/download.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Select } from "../../ui/select.tsx";
import { Table } from "../../ui/table.tsx";
import { CellButton } from "../cell.tsx";
import { shortfalls } from "./mix.ts";
import { askLab, useAnswer } from "../../columns/use.ts";

/** Stands for the combination where one proxy is chosen. */
export const MIX = "combination";

const none = new Float64Array(0);
const percent = (value: number) => `${number(value)} %`;

interface FrontProps {
  /** The cells, and the columns over them: the accuracy, the cost, the proxy whose front it is. */
  rows: Uint32Array;
  columns: ReadonlyMap<string, Float64Array>;
  /** The average of ranks over the same cells, if there is one. */
  mixed: Float64Array | null;
  target: Measure | null;
  measures: readonly Measure[];
  costs: readonly Measure[];
  cost: Measure | null;
  /** The proxy that is judged; null = the average of ranks. */
  proxy: Measure | null;
  own: number;
  running: boolean;
  note: Provenance;
  /** The cells in words. */
  scope: string;
  onCost(id: string): void;
  onProxy(id: string): void;
}

export function Front({
  rows,
  columns,
  mixed,
  target,
  measures,
  costs,
  cost,
  proxy,
  own,
  running,
  note,
  scope,
  onCost,
  onProxy,
}: FrontProps) {
  const space = useRank((data) => data.space);
  const cells = useRank((data) => data.cells);
  const [vertical, setVertical] = useState<"score" | "accuracy">("accuracy");
  const plan = useRef<Plot | null>(null);
  const accuracy = target ? columns.get(target.id) : undefined;
  const score = proxy ? (columns.get(proxy.id) ?? null) : mixed;
  const scoreBetter = proxy?.better ?? "larger";
  const guideLabel = proxy?.label ?? "average of ranks, % of cells beaten";
  const writeScore = (value: number) => (proxy ? proxy.format(value) : percent(value));
  const price = useMemo(
    () => (cost ? (columns.get(cost.id)?.map((value) => drawable(cost, value)) ?? null) : null),
    [columns, cost],
  );
  const fronts = useAnswer(
    price && score && target && accuracy
      ? async () => ({
          rows,
          price,
          score,
          accuracy,
          byScore: await askLab("front", [price, "smaller", score, scoreBetter], "front-score"),
          byAccuracy: await askLab("front", [price, "smaller", accuracy, target.better], "front-accuracy"),
        })
      : null,
    [price, score, accuracy, scoreBetter, target?.id],
  );
  const front = fronts.value;
  const behind = useMemo(
    () => (front && target ? shortfalls(front.price, front.accuracy, target.better) : null),
    [front],
  );
  const series = useMemo<Series[]>(
    () =>
      front
        ? [
            { points: front.byAccuracy, marker: "diamond", line: vertical === "accuracy" ? "dashed" : "none" },
            { points: front.byScore, marker: "square", line: vertical === "score" ? "solid" : "none" },
          ]
        : [],
    [front, vertical],
  );
  const listed = useMemo(() => {
    if (!front || !behind) return [];
    const [found, best] = [new Set(front.byScore), new Set(front.byAccuracy)];
    return [...new Set([...front.byScore, ...front.byAccuracy])]
      .sort((a, b) => front.price[a]! - front.price[b]! || a - b)
      .map((i) => ({
        i,
        row: front.rows[i]!,
        price: front.price[i]!,
        score: front.score[i]!,
        accuracy: front.accuracy[i]!,
        found: found.has(i),
        best: best.has(i),
        behind: behind[i]!,
      }));
  }, [front, behind]);
  const both = listed.filter(({ found, best }) => found && best).length;
  const meanBehind = listed
    .filter(({ found, behind: gap }) => found && !Number.isNaN(gap))
    .reduce((sum, { behind: gap }, _, all) => sum + gap / all.length, 0);
  const at = (front?.rows ?? rows).indexOf(own);

  const provenance = { ...note, cost: cost?.id ?? "none", front_by: proxy?.id ?? "average of ranks" };
  const labels = {
    x: cost ? `${cost.axis} (smaller is better)` : "",
    y:
      vertical === "accuracy"
        ? (target?.axis ?? "")
        : `${guideLabel}${scoreBetter === "smaller" ? " (smaller is better)" : ""}`,
  };
  const drawnY = useMemo(() => {
    if (!front) return none;
    return vertical === "accuracy"
      ? front.accuracy.map((value) => drawable(target!, value))
      : front.score.map((value) => (proxy ? drawable(proxy, value) : value));
  }, [front, vertical, proxy?.id, target?.id]);
  const picture = () => {
    if (!plan.current) throw new Error("there is nothing drawn yet");
    const title = `Fronts of ${labels.y} against ${labels.x}: squares by score, diamonds by accuracy`;
    return { plot: plan.current, palette: readPalette(), labels, own: at, series, title, scope };
  };
  const frontRecords = () => {
    if (listed.length === 0) throw new Error("there is no front yet");
    return listed.map(({ i: _, ...one }) => ({ arch: cells![one.row]!, ...one }));
  };

  return (
    <section class="lab-block" aria-label="Front">
      <div class="row">
        <h3 class="grow">Best at their cost</h3>
        {costs.length > 0 && (
          <DownloadMenu
            label="Export front"
            items={[
              {
                label: "Front, CSV",
                hint: "its cells: cost, score, accuracy",
                make: () => frontCsv(frontRecords(), provenance),
              },
              {
                label: "Front, JSON",
                hint: "the same, with what made it",
                make: () => jsonFile("cellscope-front.json", { front: frontRecords() }, provenance),
              },
              { label: "Front, PNG", hint: "as shown, at twice the size", make: () => scatterPng(picture()) },
              { label: "Front, SVG", hint: "as shown", make: () => scatterSvgFile(picture()) },
            ]}
          />
        )}
      </div>
      {fronts.failure && <Notice kind="error">{fronts.failure.message}</Notice>}
      {costs.length === 0 ? (
        <p class="small">{`${SPACES[space].label} has no parameters, FLOPs or latencies here (${rank.get().reasons.params ?? "none are published with its table"}), so there is no front to draw.`}</p>
      ) : (
        <>
          <div class="row rank-bar">
            <Select
              label="Cost"
              value={cost?.id ?? ""}
              options={costs.map(({ id, label, tabulated }) => ({
                value: id,
                label: tabulated ? `${label} (table)` : label,
              }))}
              onChange={onCost}
            />
            <Select
              label="Front by"
              value={proxy?.id ?? MIX}
              options={[
                { value: MIX, label: "the average of ranks" },
                ...measures
                  .filter(({ id }) => id !== cost?.id)
                  .map(({ id, label, tabulated }) => ({ value: id, label: tabulated ? `${label} (table)` : label })),
              ]}
              onChange={onProxy}
            />
            <span class="rank-segments" role="group" aria-label="Vertical axis">
              <Button aria-pressed={vertical === "accuracy"} onClick={() => setVertical("accuracy")}>
                accuracy
              </Button>
              <Button aria-pressed={vertical === "score"} onClick={() => setVertical("score")}>
                score
              </Button>
            </span>
          </div>
          {front && target && listed.length > 0 && (
            <p>{`Of the ${whole(front.byScore.length)} cells on the front by score, ${whole(both)} ${both === 1 ? "is" : "are"} on the true front (${whole(front.byAccuracy.length)} cells). Their accuracy is on average ${number(meanBehind * target.scale, 3)}${target.info && shownUnit(target.info) === "%" ? " points" : ""} below the best at their cost.`}</p>
          )}
          <Scatter
            x={front?.price ?? none}
            y={drawnY}
            kindX="linear"
            kindY={vertical === "accuracy" && target?.info && shownUnit(target.info) === "%" ? "error" : "linear"}
            labels={labels}
            own={at}
            series={series}
            words={(point) =>
              `${cost?.label} ${cost?.format(front!.price[point]!)}, score ${writeScore(front!.score[point]!)}, accuracy ${target?.format(front!.accuracy[point]!)}. ${cellWords(cells![front!.rows[point]!]!)}`
            }
            tip={(point) => (
              <>
                <MiniCell text={cells![front!.rows[point]!]!} large />
                <dl class="rank-tip-values">
                  <dt>{cost?.label}</dt>
                  <dd>{cost?.format(front!.price[point]!)}</dd>
                  <dt>{proxy?.label ?? "average of ranks"}</dt>
                  <dd>{writeScore(front!.score[point]!)}</dd>
                  <dt>accuracy</dt>
                  <dd>{target?.format(front!.accuracy[point]!)}</dd>
                </dl>
                <span class="soft">{front!.rows[point] === own ? "this cell" : "click to load"}</span>
              </>
            )}
            onPick={(point) => setCell(cells![front!.rows[point]!]!)}
            empty={
              running
                ? "Scoring…"
                : !proxy && !mixed
                  ? "Choose two proxies above, or a front by one proxy."
                  : "Nothing to draw yet."
            }
            planned={(plot) => void (plan.current = plot)}
          />
          <p class="row small">
            <span>■ on the front by score</span>
            <span>◇ on the front by true accuracy</span>
            {at >= 0 && <span>◯ this cell</span>}
            <span class="soft">
              {vertical === "accuracy"
                ? "Dashed: the best accuracy at each cost."
                : "Line: the best score at each cost."}
            </span>
          </p>
          {target && cost && listed.length > 0 && (
            <Table
              caption="Cells on the fronts"
              rows={listed}
              keyOf={({ row }) => row}
              page={15}
              columns={[
                { id: "cell", label: "Cell", show: ({ row }) => <CellButton row={row} own={row === own} /> },
                {
                  id: "by",
                  label: "front by",
                  show: ({ found, best }) => (found && best ? "■ ◇ both" : found ? "■ score" : "◇ accuracy"),
                  sortBy: ({ found, best }) => (found && best ? 0 : found ? 1 : 2),
                },
                {
                  id: "cost",
                  label: cost.head,
                  number: true,
                  show: ({ price: value }) => cost.bare(value),
                  sortBy: ({ price: value }) => value,
                },
                {
                  id: "score",
                  label: proxy?.head ?? "average of ranks, %",
                  number: true,
                  show: ({ score: value }) => (proxy ? proxy.bare(value) : number(value)),
                  sortBy: ({ score: value }) => value,
                },
                {
                  id: "accuracy",
                  label: target.head,
                  number: true,
                  show: ({ accuracy: value }) => target.bare(value),
                  sortBy: ({ accuracy: value }) => value,
                },
                {
                  id: "behind",
                  label: "below the best at this cost",
                  number: true,
                  show: ({ behind: gap }) =>
                    Number.isNaN(gap) ? "–" : gap === 0 ? "0" : number(gap * target.scale, 3),
                  sortBy: ({ behind: gap }) => gap,
                },
              ]}
            />
          )}
        </>
      )}
    </section>
  );
}

interface FrontRecord {
  arch: string;
  price: number;
  score: number;
  accuracy: number;
  found: boolean;
  best: boolean;
  behind: number;
}

function frontCsv(records: readonly FrontRecord[], provenance: Provenance): ExportedFile {
  return csvFile(
    "cellscope-front.csv",
    ["arch", "cost", "score", "accuracy", "on_front_by_score", "on_front_by_accuracy", "accuracy_behind"],
    records.map((one) => [
      one.arch,
      one.price,
      one.score,
      one.accuracy,
      one.found ? "yes" : "no",
      one.best ? "yes" : "no",
      one.behind,
    ]),
    provenance,
  );
}
