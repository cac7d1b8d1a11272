/** Where a proxy fails: cells that it puts far too high or too low, slices in which it does not order, and the plain count as a rival. */
import { useMemo, useRef } from "preact/hooks";
import { csvFile, jsonFile, svgFile, type Provenance } from "../../ui/export.ts";
import { whole } from "../../words/format.ts";
import { pick } from "../../columns/columns.ts";
import { ProxySelect, TargetSelect } from "../../rank/controls.tsx";
import { BOOTSTRAP_SEED, useRows } from "../../columns/derive.ts";
import { EpsilonState } from "../../rank/epsilon.tsx";
import { useMeasure, type Measure } from "../../columns/measures.ts";
import { rank, scores, setX, useRank } from "../../columns/model.ts";
import { usePairing, useScopeWords } from "../../columns/pairs.ts";
import { ranks } from "../rank/table-rows.ts";
import { plainCount } from "../../columns/tabulated.ts";
import { coefficient } from "../../words/measures.ts";
import { SPACES } from "../../space/spaces.ts";
import { store, useStore } from "../../state/state.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Table, type Column } from "../../ui/table.tsx";
import type { Correlation } from "../../types.ts";
import { CellButton } from "../cell.tsx";
import { DotKey, Dots, type DotGroup } from "../../chart/dots.tsx";
import { LabHead, StepLine, useWanted } from "../head.tsx";
import { common } from "../combine/mix.ts";
import { askLab, correlate, FEW_RESAMPLES, turned, useAnswer, useSteps } from "../../columns/use.ts";
import { leadWords, outcome, pairUp, SLICINGS, sliceTitle, tally, type Compared } from "../../words/verdict.ts";

/** Cells listed at either end. */
const LISTED = 10;

/** Other plain counts, the most telling first. */
const COUNTS = ["params", "params_m", "flops", "flops_m"];

interface Line {
  row: number;
  score: number;
  scoreRank: number;
  accuracy: number;
  trueRank: number;
  places: number;
}

export function FailuresPanel() {
  const place = useRows();
  const { own } = place;
  const space = useRank((data) => data.space);
  const proxies = useRank((data) => data.proxies);
  const x = useStore((state) => state.rank.proxy);
  const y = useStore((state) => state.target);
  const statistic = useStore((state) => state.statistic);
  const dots = useRef<SVGSVGElement | null>(null);
  const proxy = useMeasure(x);
  const target = useMeasure(y);
  const count =
    [plainCount(space), ...COUNTS].filter((id) => id !== x).find((id) => proxies.some((other) => other.id === id)) ??
    null;
  const plain = useMeasure(count ?? "");
  useWanted("failures", count === null ? [] : [count], false);
  const { judged } = useScopeWords(place);
  const pairing = usePairing(x, y, place);
  const { judged: rows, judgedX, judgedY, running } = pairing;
  const ready = pairing.enough && !running && proxy !== null && target !== null && rows.length > 2;

  const over = useAnswer(
    ready ? () => askLab("overrating", [judgedX, proxy.better, judgedY, target.better], "overrating") : null,
    [judgedX, judgedY, ready, x],
  );
  const lines = useMemo<Line[]>(() => {
    if (!over.value || !proxy || !target) return [];
    const places = over.value;
    // Ranks are among the cells in which both are defined, as the places are.
    const both = (values: Float64Array) => values.map((value, i) => (Number.isNaN(places[i]!) ? NaN : value));
    const at = Uint32Array.from(rows.keys());
    const byScore = ranks(at, both(judgedX), proxy.better);
    const byAccuracy = ranks(at, both(judgedY), target.better);
    return Array.from(rows, (row, i) => ({
      row,
      score: judgedX[i]!,
      scoreRank: byScore[i]!,
      accuracy: judgedY[i]!,
      trueRank: byAccuracy[i]!,
      places: places[i]!,
    }))
      .filter((line) => !Number.isNaN(line.places))
      .sort((a, b) => b.places - a.places || a.row - b.row);
  }, [over.value]);
  const rival = useRival(
    ready && (plain !== null || proxies.length > 0),
    x,
    count,
    proxy,
    plain,
    judgedX,
    judgedY,
    rows,
  );
  const mine = useMemo(() => {
    const found = lines.find((line) => line.row === own);
    const at = pairing.rows.indexOf(own);
    if (found || at < 0 || !proxy || !target || lines.length === 0) return found ?? null;
    // Not one of the cells: where it would stand beside them.
    const [score, accuracy] = [pairing.x[at]!, pairing.y[at]!];
    if (Number.isNaN(score) || Number.isNaN(accuracy)) return null;
    const beside = (value: number, of: (line: Line) => number, better: "larger" | "smaller") =>
      1 + lines.filter((line) => (better === "larger" ? of(line) > value : of(line) < value)).length;
    const [scoreRank, trueRank] = [
      beside(score, (line) => line.score, proxy.better),
      beside(accuracy, (line) => line.accuracy, target.better),
    ];
    return { scoreRank, trueRank, places: trueRank - scoreRank };
  }, [lines, own, pairing.rows]);

  const note: Provenance = {
    cells: judged,
    proxy: x,
    target: y,
    places: "true rank less rank by score, ties averaged; positive = over-rated",
    intervals: `95 % percentile bootstrap over cells, ${FEW_RESAMPLES} resamples, seed ${BOOTSTRAP_SEED}`,
  };
  const sliceRows = () =>
    rival.value
      ? rival.value.groups.flatMap(({ title, lines: slices }) => slices.map((slice) => ({ title, ...slice })))
      : [];
  const need = <T,>(list: T[]): T[] => {
    if (list.length === 0) throw new Error("there is nothing computed yet");
    return list;
  };
  return (
    <div class="rank-panel">
      <LabHead
        title="Where proxies fail"
        about={
          <>
            <p>
              A proxy with a good correlation may still be wrong where it matters. Look for what the most over-rated
              cells share, and the under-rated ones. The average degree, for one, puts cells of NAS-Bench-201 too high
              whose convolutions never reach the output (10 % accuracy: chance), and cells too low that are mostly skips
              around a single convolution.
            </p>
            <p>
              Then look at the slices: a proxy that only counts size orders well over all cells and hardly at all among
              those with equally many convolutions, or among the best tenth. If a plain count of parameters does as
              well, the proxy has told you nothing new.
            </p>
            <p>
              Proxy and count are measured on the same cells, so what counts is the interval of their difference: both ρ
              are taken over the same resamples, and what chance does to both alike cancels. Their own intervals may
              overlap though this one is clear of 0. Of twenty slices in which both are equally good, one such interval
              leaves 0 out by chance.
            </p>
          </>
        }
        files={[
          {
            label: "All places, CSV",
            hint: "each cell: both ranks, places apart",
            make: () =>
              csvFile(
                "cellscope-places.csv",
                ["row", "arch", x, "rank_by_score", y, "true_rank", "places_overrated"],
                need(lines).map((line) => [
                  line.row,
                  rank.get().cells![line.row]!,
                  line.score,
                  line.scoreRank,
                  line.accuracy,
                  line.trueRank,
                  line.places,
                ]),
                note,
              ),
          },
          {
            label: "Slices, CSV",
            hint: "ρ and τ of proxy and plain count, and their difference",
            make: () =>
              csvFile(
                "cellscope-slices.csv",
                [
                  "slicing",
                  "slice",
                  "measure",
                  "cells",
                  "defined",
                  "spearman",
                  "spearman_low",
                  "spearman_high",
                  "kendall",
                  "kendall_low",
                  "kendall_high",
                ],
                need(sliceRows()).flatMap((slice) =>
                  (
                    [
                      [x, slice.proxy],
                      [count, slice.plain],
                      [`${x} less ${count}`, slice.lead],
                    ] as const
                  ).flatMap(([id, r]) =>
                    r === null
                      ? []
                      : [
                          [
                            slice.title,
                            slice.name,
                            id,
                            r.cells,
                            r.defined,
                            r.spearman,
                            r.spearmanLow,
                            r.spearmanHigh,
                            r.kendall,
                            r.kendallLow,
                            r.kendallHigh,
                          ],
                        ],
                  ),
                ),
                note,
              ),
          },
          {
            label: "JSON",
            hint: "places and slices",
            make: () =>
              jsonFile(
                "cellscope-failures.json",
                {
                  places: need(lines).map((line) => ({ arch: rank.get().cells![line.row]!, ...line })),
                  overall: rival.value?.overall ?? null,
                  slices: sliceRows(),
                },
                note,
              ),
          },
          {
            label: "Slices, SVG",
            hint: "the picture",
            make: () => {
              if (!dots.current) throw new Error("there is nothing drawn yet");
              return svgFile("cellscope-slices.svg", dots.current, note);
            },
          },
        ]}
      >
        <ProxySelect label="Proxy" value={x} onChange={setX} />
        <TargetSelect label="against accuracy" />
      </LabHead>
      {over.failure && <Notice kind="error">{over.failure.message}</Notice>}
      {rival.failure && <Notice kind="error">{rival.failure.message}</Notice>}
      {!ready && !running && proxy && pairing.rows.length <= PROBED && x === "epsilon" && (
        <p class="small">ε of these cells has not been scored: it is started by hand.</p>
      )}
      {x === "epsilon" && <EpsilonState />}
      {plain && rival.value && proxy && (
        <Verdict
          proxy={proxy}
          plain={plain}
          overall={rival.value.overall}
          groups={rival.value.groups}
          undefinedCells={rows.length - rival.value.overall.proxy.defined}
        />
      )}
      {count === null && proxies.length > 0 && (
        <p class="lab-verdict small">
          {SPACES[space].label} has neither parameters nor FLOPs here (
          {rank.get().reasons.params ?? "none are published with its table"}), so there is no plain count to compare the
          proxy with. What follows needs none.
        </p>
      )}
      {mine && target && proxy && (
        <p class="small">
          {"row" in mine
            ? `This cell: rank ${whole(mine.scoreRank)} by ${proxy.label}, true rank ${whole(mine.trueRank)} of ${whole(lines.length)}: `
            : `This cell is not among these ${whole(lines.length)}: it would be rank ${whole(mine.scoreRank)} by ${proxy.label} and truly rank ${whole(mine.trueRank)} among them: `}
          <b>
            {mine.places === 0
              ? "just right"
              : `${whole(Math.abs(mine.places))} ${Math.abs(mine.places) === 1 ? "place" : "places"} too ${mine.places > 0 ? "high (over-rated)" : "low (under-rated)"}`}
          </b>
          .
        </p>
      )}
      {proxy && target && lines.length > 0 && (
        <div class="lab-columns">
          <Extremes
            title="Most over-rated"
            lines={lines.slice(0, LISTED).filter(({ places }) => places > 0)}
            total={lines.length}
            own={own}
            proxy={proxy}
            target={target}
          />
          <Extremes
            title="Most under-rated"
            lines={lines
              .slice(-LISTED)
              .reverse()
              .filter(({ places }) => places < 0)}
            total={lines.length}
            own={own}
            proxy={proxy}
            target={target}
          />
        </div>
      )}
      <StepLine label="Correlations" steps={rival} />
      {rival.value && rival.value.groups.length > 0 && proxy && (
        <div class="lab-block">
          <div class="row">
            <h3>Within slices</h3>
            <span class="rank-segments" role="group" aria-label="Statistic">
              <Button aria-pressed={statistic === "spearman"} onClick={() => store.set({ statistic: "spearman" })}>
                Spearman ρ
              </Button>
              <Button aria-pressed={statistic === "kendall"} onClick={() => store.set({ statistic: "kendall" })}>
                Kendall τ
              </Button>
            </span>
          </div>
          <DotKey proxy={proxy.label} plain={plain?.label ?? null} />
          <Dots
            groups={rival.value.groups}
            statistic={statistic}
            label={`Correlation of ${proxy.label}${plain ? ` and of ${plain.label}` : ""} with ${target?.label} within slices`}
            svg={(element) => (dots.current = element)}
          />
          <details class="lab-twin">
            <summary>The same as a table</summary>
            <SliceTable groups={rival.value.groups} proxy={proxy} plain={plain} />
          </details>
        </div>
      )}
    </div>
  );
}

/** Of so few ε a probe of the pace has been made, no more. */
const PROBED = 30;

interface Rival {
  overall: Compared;
  /** The slicings that are done. */
  groups: readonly DotGroup[];
}

/** Proxy and plain count over the cells that both cover, turned so that larger is better: over all and within slices. */
function useRival(
  ready: boolean,
  x: string,
  count: string | null,
  proxy: Measure | null,
  plain: Measure | null,
  xs: Float64Array,
  ys: Float64Array,
  rows: Uint32Array,
) {
  const column = count === null ? null : scores().get(count);
  const there = rows.length > 0 && (column === null || rows.every((row) => column.scored[row] === 1));
  return useSteps<Rival>(
    ready && there && proxy
      ? async ({ step, have }) => {
          const all = turned(xs, proxy.better);
          const counts = column && plain && turned(pick(column.values, rows), plain.better);
          const [mine, theirs = null] = counts ? common([all, counts]) : [all];
          const { space, cells, basis, all: every } = rank.get();
          const texts =
            basis === "space" && rows.length === every.length ? null : Array.from(rows, (row) => cells![row]!);
          const whole = (values: Float64Array) => step(correlate(values, ys, FEW_RESAMPLES));
          const overall = {
            name: "all",
            proxy: await whole(mine!),
            plain: theirs && (await whole(theirs)),
            lead: theirs && (await step(askLab("difference", [mine!, theirs, ys, FEW_RESAMPLES, BOOTSTRAP_SEED]))),
          };
          let groups: readonly DotGroup[] = [];
          have({ overall, groups });
          for (const by of SLICINGS) {
            const within = (values: Float64Array) =>
              step(askLab("slices", [space, texts, values, ys, by, FEW_RESAMPLES, BOOTSTRAP_SEED]));
            const between = (a: Float64Array, b: Float64Array) =>
              step(askLab("sliceDifferences", [space, texts, [a, b], ys, by, FEW_RESAMPLES, BOOTSTRAP_SEED]));
            groups = [
              ...groups,
              {
                title: sliceTitle[by],
                lines: pairUp(
                  by,
                  await within(mine!),
                  theirs && (await within(theirs)),
                  theirs && (await between(mine!, theirs)),
                ),
              },
            ];
            have({ overall, groups });
          }
        }
      : null,
    (column === null ? 1 : 3) * (1 + SLICINGS.length),
    [ready, there, xs, ys, x, count],
  );
}

function Verdict({
  proxy,
  plain,
  overall,
  groups,
  undefinedCells,
}: {
  proxy: Measure;
  plain: Measure;
  overall: Compared;
  groups: readonly DotGroup[];
  undefinedCells: number;
}) {
  const found = outcome(overall);
  const says = {
    better: "Yes",
    worse: "No",
    open: "No difference is claimed, as its interval holds 0",
    unknown: "It cannot be said",
  }[found];
  const turnedWords =
    proxy.better === "smaller" || plain.better === "smaller" ? " Both are turned so that larger is better." : "";
  return (
    <div class="lab-verdict">
      <p>
        <b>
          Is {proxy.label} better than counting {plain.id.startsWith("params") ? "parameters" : "FLOPs"}?
        </b>{" "}
        {says}: over {whole(overall.proxy.defined)} cells ρ is{" "}
        {overall.lead?.spearman != null && (
          <>
            <b>{leadWords(overall.lead.spearman, overall.lead.spearmanLow, overall.lead.spearmanHigh)}</b>:{" "}
          </>
        )}
        {range(overall.proxy)} against {range(overall.plain)}.
        {undefinedCells > 0 && ` ${whole(undefinedCells)} cells lack one of the two and are left out of both.`}
        {turnedWords}
      </p>
      {groups.map(({ title, lines }) => (
        <p key={title} class="small">
          {title}: <Tally lines={lines} />
        </p>
      ))}
    </div>
  );
}

function Tally({ lines }: { lines: readonly Compared[] }) {
  const { better, worse, open, undefined: none, small, lead: most, lag } = tally(lines);
  const parts = [
    better > 0 && `better in ${better}`,
    worse > 0 && `worse in ${worse}`,
    open > 0 && `undecided in ${open === lines.length ? "all " : ""}${open} (the interval of the difference holds 0)`,
    none > 0 && `undefined in ${none} (one of the two does not vary)`,
    small > 0 && `${small} with fewer than 10 cells not judged`,
  ].filter(Boolean);
  const named = ({ name, proxy, plain, lead }: Compared) =>
    `${name}: ρ ${leadWords(lead!.spearman!, lead!.spearmanLow, lead!.spearmanHigh)}, ${coefficient(proxy.spearman)} against ${coefficient(plain!.spearman)}`;
  return (
    <>
      {parts.join(", ")}.{most && ` Largest lead, ${named(most)}.`}
      {lag && ` Largest lag, ${named(lag)}.`}
    </>
  );
}

const figured = (value: number | null, low: number | null, high: number | null): string =>
  coefficient(value) + (low !== null && high !== null ? ` [${coefficient(low)}, ${coefficient(high)}]` : "");
const range = (one: Correlation | null): string =>
  one ? figured(one.spearman, one.spearmanLow, one.spearmanHigh) : "–";
const rangeTau = (one: Correlation | null): string =>
  one ? figured(one.kendall, one.kendallLow, one.kendallHigh) : "–";

function Extremes({
  title,
  lines,
  total,
  own,
  proxy,
  target,
}: {
  title: string;
  lines: readonly Line[];
  total: number;
  own: number;
  proxy: Measure;
  target: Measure;
}) {
  const columns: Column<Line>[] = [
    { id: "cell", label: "Cell", show: ({ row }) => <CellButton row={row} own={row === own} /> },
    {
      id: "places",
      label: "places",
      number: true,
      show: ({ places }) => `${places > 0 ? "+" : "−"}${whole(Math.abs(places))}`,
      sortBy: ({ places }) => places,
    },
    {
      id: "scoreRank",
      label: "rank by score",
      number: true,
      show: ({ scoreRank }) => whole(scoreRank),
      sortBy: ({ scoreRank }) => scoreRank,
    },
    {
      id: "trueRank",
      label: "true rank",
      number: true,
      show: ({ trueRank }) => whole(trueRank),
      sortBy: ({ trueRank }) => trueRank,
    },
    {
      id: "score",
      label: proxy.head,
      number: true,
      show: ({ score }) => proxy.bare(score),
      sortBy: ({ score }) => score,
    },
    {
      id: "accuracy",
      label: target.head,
      number: true,
      show: ({ accuracy }) => target.bare(accuracy),
      sortBy: ({ accuracy }) => accuracy,
    },
  ];
  return (
    <section class="lab-block" aria-label={title}>
      <h3>
        {title} <span class="small soft">of {whole(total)}</span>
      </h3>
      {lines.length > 0 ? (
        <Table
          caption={`${title}: cells with score, rank by score, accuracy, true rank`}
          columns={columns}
          rows={lines}
          keyOf={({ row }) => row}
        />
      ) : (
        <p class="soft">None.</p>
      )}
    </section>
  );
}

function SliceTable({ groups, proxy, plain }: { groups: readonly DotGroup[]; proxy: Measure; plain: Measure | null }) {
  type Slice = Compared & { title: string };
  const rows: Slice[] = groups.flatMap(({ title, lines }) => lines.map((line) => ({ ...line, title })));
  const columns: Column<Slice>[] = [
    { id: "by", label: "slices", show: ({ title }) => title },
    { id: "name", label: "slice", show: ({ name }) => name },
    {
      id: "cells",
      label: "cells",
      number: true,
      show: (one) => whole(one.proxy.defined),
      sortBy: (one) => one.proxy.defined,
    },
    {
      id: "rho",
      label: `ρ, ${proxy.label}`,
      number: true,
      show: (one) => range(one.proxy),
      sortBy: (one) => one.proxy.spearman,
    },
    {
      id: "tau",
      label: `τ, ${proxy.label}`,
      number: true,
      show: (one) => rangeTau(one.proxy),
      sortBy: (one) => one.proxy.kendall,
    },
  ];
  if (plain) {
    columns.push(
      {
        id: "rhoPlain",
        label: `ρ, ${plain.label}`,
        number: true,
        show: (one) => range(one.plain),
        sortBy: (one) => one.plain?.spearman ?? null,
      },
      {
        id: "tauPlain",
        label: `τ, ${plain.label}`,
        number: true,
        show: (one) => rangeTau(one.plain),
        sortBy: (one) => one.plain?.kendall ?? null,
      },
      {
        id: "lead",
        label: "ρ, difference",
        number: true,
        show: (one) => range(one.lead),
        sortBy: (one) => one.lead?.spearman ?? null,
      },
      {
        id: "outcome",
        label: "by ρ the proxy is",
        show: (one) => ({ better: "better", worse: "worse", open: "undecided", unknown: "undefined" })[outcome(one)],
      },
    );
  }
  return (
    <Table
      caption="Correlations within slices"
      rows={rows}
      keyOf={({ title, name }) => `${title} ${name}`}
      columns={columns}
    />
  );
}
