/** Where the reader's cell ranks, by its known accuracy and by each proxy: the compact view. */
import { whole } from "../words/format.ts";
import { useEffect, useMemo } from "preact/hooks";
import { useResults } from "../engine/results.ts";
import { store, useStore } from "../state/state.ts";
import { Explain } from "../ui/pop.tsx";
import type { ColumnInfo, ProxyInfo } from "../types.ts";
import { Jobs, KnownState, SampleFields, TargetSelect } from "./controls.tsx";
import { useRanking, useRows, type Ranking } from "../columns/derive.ts";
import { EpsilonButton, EpsilonState } from "./epsilon.tsx";
import { QUICK, quickSeconds, setX, startRank, useRank } from "../columns/model.ts";
import { Strip } from "../chart/strip.tsx";
import {
  about,
  figure,
  formatOf,
  isSurrogate,
  rankSentence,
  settingFull,
  settingShort,
  topPercent,
} from "../words/measures.ts";

const SHOWN: readonly string[] = [...QUICK, "epsilon"];

export function RankSummary() {
  useEffect(startRank, []);
  const { own, outside, sample, all, everything } = useRows();
  const basis = useRank((data) => data.basis);
  const reasons = useRank((data) => data.reasons);
  const version = useRank((data) => data.version);
  const proxies = useRank((data) => data.proxies);
  const known = useRank((data) => data.known);
  const x = useStore((state) => state.rank.proxy);
  const target = useStore((state) => state.target);
  const rank = useStore((state) => state.rank);
  const column = known?.find((candidate) => candidate.id === target);
  const computed = proxies.filter((proxy) => !proxy.tabulated);
  const main = SHOWN.flatMap((id) => computed.find((proxy) => proxy.id === id) ?? []);
  const other = proxies.find((proxy) => proxy.id === x && !main.includes(proxy));
  const rows = { own, sample, all };
  const total = useRank((data) => data.all.length);
  const seconds = useMemo(() => quickSeconds(all), [all, version]);
  return (
    <section class="rank-summary" aria-labelledby="rank-title">
      <div class="row rank-head">
        <h2 id="rank-title">Rank</h2>
        <Explain about="ranks">
          <p>
            Rank 1 = best; ties share the best rank. “Top 5 %” = no more than 5 % of the compared cells are as good or
            better. Accuracies differ from run to run, so neighbouring true ranks are within noise. For parameters and
            FLOPs larger is taken as better here, to compare them as proxies.
          </p>
          <p>
            The true rank orders the cells by the accuracy that training gave; a proxy orders them by its score, without
            training. Proxies mislead where they only count size, and among the best cells, which they hardly tell
            apart.
          </p>
        </Explain>
        <span class="grow" />
        <SampleFields />
      </div>
      <Jobs slots={["quick", "extra"]} />
      <table class="rank-table">
        <caption class="hidden-text">
          Rank of this cell by accuracy and by each proxy, among the sample and among all cells. Rank 1 is best; ties
          share the best rank.
        </caption>
        <thead>
          <tr>
            <td>{column && <Target column={column} />}</td>
            <th scope="col">among {whole(sample.length)}</th>
            <th scope="col">
              {basis === "drawn" ? null : everything || all.length === 0 ? (
                <>
                  among all {whole(total)}
                  {basis === "table" ? " known" : ""}
                </>
              ) : (
                <button
                  type="button"
                  class="link-button"
                  title={`Scores all cells of the ${basis === "table" ? "table" : "space"}: ${seconds === null ? "the pace is being measured" : about(seconds)}`}
                  onClick={() => store.set({ rank: { ...rank, samples: "all" } })}
                >
                  score all {whole(total)}
                  {basis === "table" ? " known" : ""}
                </button>
              )}
            </th>
          </tr>
        </thead>
        <tbody>
          {column && (
            <Row
              id={target}
              label={isSurrogate(column) ? "Rank by surrogate" : "True rank"}
              value={(v) => figure(column, v)}
              better={column.better}
              {...rows}
              strong
              missing={outside ? "not in the table (no known accuracy)" : undefined}
            />
          )}
          {main.map((proxy) => (
            <Row
              key={proxy.id}
              id={proxy.id}
              label={proxy.label}
              value={formatOf(proxy.id)}
              better={proxy.better}
              {...rows}
            />
          ))}
          {other && (
            <Row
              key="other"
              id={other.id}
              label={other.label}
              value={formatOf(other.id)}
              better={other.better}
              {...rows}
            />
          )}
        </tbody>
      </table>
      <div class="rank-foot small soft">
        <span>Rank 1 = best.</span>
        {proxies.length > main.length && (
          <label class="field rank-other">
            <span class="hidden-text">Another measure</span>
            <select
              class="input"
              value={other ? x : ""}
              onChange={(event) => setX(event.currentTarget.value || "average_degree")}
            >
              <option value="">more…</option>
              {proxies
                .filter((proxy) => !main.includes(proxy))
                .map((proxy) => (
                  <option key={proxy.id} value={proxy.id}>
                    {proxy.label}
                  </option>
                ))}
            </select>
          </label>
        )}
      </div>
      {column && isSurrogate(column) && (
        <p class="small">
          <b>{settingShort(column)}.</b>
        </p>
      )}
      {basis === "table" && (
        <p class="small soft">
          Compared with the {whole(total)} cells in the table of known figures, of which the sample is drawn
          {outside ? "; this cell is not in the table (no known accuracy)" : ""}.
        </p>
      )}
      {Object.keys(reasons).length > 0 && <Lacking reasons={reasons} />}
      <EpsilonState compact />
      <KnownState />
    </section>
  );
}

/** The scores that the space does not have, and why. */
function Lacking({ reasons }: { reasons: Readonly<Record<string, string>> }) {
  const names: Record<string, string> = { params: "parameters", flops: "FLOPs", epsilon: "ε", tgnas: "TG-NAS" };
  const groups = [...new Set(Object.values(reasons))].map((reason) => {
    const of = Object.keys(reasons).filter((id) => reasons[id] === reason);
    return `${of.map((id) => names[id] ?? id).join(", ")} (${reason})`;
  });
  return <p class="small soft">Not ranked here: {groups.join("; ")}.</p>;
}

function Target({ column }: { column: ColumnInfo }) {
  return (
    <div class="rank-target small">
      <TargetSelect label="True rank by" bare />
      <Explain about="this accuracy">
        <p>{settingFull(column)}</p>
      </Explain>
    </div>
  );
}

interface RowProps {
  id: string;
  label: string;
  value: (value: number) => string;
  better: ProxyInfo["better"];
  own: number;
  sample: Uint32Array;
  all: Uint32Array;
  strong?: boolean;
  /** Said where the cell has no value, instead of "undefined". */
  missing?: string | undefined;
}

function Row({ id, label, value, better, own, sample, all, strong, missing }: RowProps) {
  const inSample = useRanking(id, sample, own, better);
  const inAll = useRanking(id, all, own, better);
  // While little more than the sample is scored, "all" would only repeat it.
  const wide = inAll.coverage.scored === all.length || inAll.coverage.scored > sample.length * 1.5;
  const fewOfAll = !wide || tooFew(inAll);
  // A score that none of many cells has is not one of this space.
  const never =
    inSample.coverage.defined === 0 && inSample.coverage.scored >= Math.min(20, sample.length) && sample.length > 1;
  const reason = useResults((results) => results.scores.value?.expectedReason ?? null);
  if (never) {
    return (
      <tr>
        <th scope="row">{label}</th>
        <td colSpan={2} class="small soft" title={(id === "expected-degree" && reason) || undefined}>
          {id === "expected-degree" ? "no closed form for these cells" : "undefined for all compared cells"}
        </td>
      </tr>
    );
  }
  return (
    <tr class={strong ? "strong" : ""}>
      <th scope="row">
        <span class="rank-name">
          <span>
            {label}
            <span class="rank-value soft">
              {inSample.value === null
                ? "\u00a0"
                : Number.isNaN(inSample.value)
                  ? missing
                    ? ""
                    : "undefined"
                  : value(inSample.value)}
            </span>
          </span>
          {!(tooFew(inSample) && fewOfAll) && (
            <Strip proxy={id} rows={fewOfAll ? sample : all} value={inSample.value} write={value} />
          )}
        </span>
      </th>
      {id === "epsilon" && ((tooFew(inSample) && fewOfAll) || inSample.value === null) ? (
        <td colSpan={2}>
          <EpsilonButton rows={sample} look="link" />
        </td>
      ) : missing ? (
        <td colSpan={2} class="small soft">
          {missing}
        </td>
      ) : (
        <>
          <Place ranking={inSample} better={better} few={tooFew(inSample)} />
          {sample === all ? <td /> : <Place ranking={inAll} better={better} few={fewOfAll} />}
        </>
      )}
    </tr>
  );
}

/** A rank or a histogram of a handful of cells would only mislead. */
function tooFew({ coverage: { scored, cells } }: Pick<Ranking, "coverage">): boolean {
  return scored < cells && scored < Math.max(20, cells * 0.02);
}

function Place({
  ranking: { coverage, result, value },
  better,
  few,
}: {
  ranking: Ranking;
  better: ProxyInfo["better"];
  few: boolean;
}) {
  if (better === "none")
    return (
      <td class="soft small" title="Neither large nor small values are better">
        no order
      </td>
    );
  if (few)
    return (
      <td class="soft" title="Not scored yet">
        –
      </td>
    );
  if (value !== null && Number.isNaN(value)) {
    return (
      <td
        class="small soft"
        title={`No value, so no rank. ${whole(coverage.defined)} of the ${whole(coverage.scored)} compared cells are defined.`}
      >
        no rank
        <span class="rank-percent">{whole(coverage.defined)} defined</span>
      </td>
    );
  }
  if (!result || result.rank === null || result.percentile === null) return <td class="soft">–</td>;
  const some = result.defined < coverage.cells;
  return (
    <td title={rankSentence(result)}>
      <b class="rank-place">{whole(result.rank)}</b>
      {some && <span class="small soft"> of {whole(result.defined)}</span>}
      <span class="rank-percent small soft">top {topPercent({ rank: result.rank, defined: result.defined })}</span>
    </td>
  );
}
