/** Where the reader's cell ranks, by its known accuracy and by each proxy: the compact view. */
import { whole } from "../format.ts";
import { useEffect } from "preact/hooks";
import { store, useStore } from "../state.ts";
import { Explain } from "../ui/pop.tsx";
import type { ColumnInfo, ProxyInfo } from "../types.ts";
import { Jobs, KnownState, SampleFields, TargetSelect } from "./controls.tsx";
import { useRanking, useRows, type Ranking } from "./derive.ts";
import { EpsilonButton, EpsilonState } from "./epsilon.tsx";
import { QUICK, setX, startRank, useRank } from "./model.ts";
import { Strip } from "./strip.tsx";
import { formatOf, number, percent, rankSentence, settingFull } from "./words.ts";

const SHOWN: readonly string[] = [...QUICK, "epsilon"];

export function RankSummary() {
  useEffect(startRank, []);
  const { own, sample, all, everything } = useRows();
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
  return (
    <section class="rank-summary" aria-labelledby="rank-title">
      <div class="row rank-head">
        <h2 id="rank-title">Rank</h2>
        <Explain about="ranks">
          <p>Rank 1 = best; ties share the best rank. A percentage is the share of the compared cells that this one beats or equals.</p>
          <p>The true rank orders the cells by the accuracy that training gave; a proxy orders them by its score, without training. Proxies mislead where they only count size, and among the best cells, which they hardly tell apart.</p>
        </Explain>
        <span class="grow" />
        <SampleFields />
      </div>
      <Jobs slots={["quick", "extra"]} />
      <table class="rank-table">
        <caption class="hidden-text">Rank of this cell by accuracy and by each proxy, among the sample and among all cells. Rank 1 is best; ties share the best rank.</caption>
        <thead>
          <tr>
            <td>{column && <Target column={column} />}</td>
            <th scope="col">among {whole(sample.length)}</th>
            <th scope="col">
              {everything || all.length === 0 ? (
                <>among all {whole(all.length)}</>
              ) : (
                <button type="button" class="link-button" title="Scores all cells of the space; takes about a second" onClick={() => store.set({ rank: { ...rank, samples: "all" } })}>
                  score all {whole(all.length)}
                </button>
              )}
            </th>
          </tr>
        </thead>
        <tbody>
          {column && <Row id={target} label="True rank" value={(v) => `${number(v)} %`} better="larger" {...rows} strong />}
          {main.map((proxy) => <Row key={proxy.id} id={proxy.id} label={proxy.label} value={formatOf(proxy.id)} better={proxy.better} {...rows} />)}
          {other && <Row key="other" id={other.id} label={other.label} value={formatOf(other.id)} better={other.better} {...rows} />}
        </tbody>
      </table>
      <div class="rank-foot small soft">
        <span>Rank 1 = best; ties share the best rank.</span>
        {proxies.length > main.length && (
          <label class="field rank-other">
            <span class="hidden-text">Another measure</span>
            <select class="input" value={other ? x : ""} onChange={(event) => setX(event.currentTarget.value || "average_degree")}>
              <option value="">another measure…</option>
              {proxies.filter((proxy) => !main.includes(proxy)).map((proxy) => <option key={proxy.id} value={proxy.id}>{proxy.label}</option>)}
            </select>
          </label>
        )}
      </div>
      <EpsilonState compact />
      <KnownState />
    </section>
  );
}

function Target({ column }: { column: ColumnInfo }) {
  return (
    <div class="rank-target small">
      <TargetSelect label="True rank by" bare />
      <Explain about="this accuracy"><p>{settingFull(column)}</p></Explain>
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
}

function Row({ id, label, value, better, own, sample, all, strong }: RowProps) {
  const inSample = useRanking(id, sample, own, better);
  const inAll = useRanking(id, all, own, better);
  // While little more than the sample is scored, "all" would only repeat it.
  const wide = inAll.coverage.scored === all.length || inAll.coverage.scored > sample.length * 1.5;
  const fewOfAll = !wide || tooFew(inAll);
  return (
    <tr class={strong ? "strong" : ""}>
      <th scope="row">
        <span class="rank-name">
          <span>
            {label}
            <span class="rank-value soft">{inSample.value === null ? "\u00a0" : Number.isNaN(inSample.value) ? "undefined" : value(inSample.value)}</span>
          </span>
          {!(tooFew(inSample) && fewOfAll) && <Strip proxy={id} rows={fewOfAll ? sample : all} value={inSample.value} />}
        </span>
      </th>
      {id === "epsilon" && tooFew(inSample) && fewOfAll ? (
        <td colSpan={2}><EpsilonButton rows={sample} look="link" /></td>
      ) : (
        <>
          <Place ranking={inSample} better={better} few={tooFew(inSample)} />
          <Place ranking={inAll} better={better} few={fewOfAll} />
        </>
      )}
    </tr>
  );
}

/** A rank or a histogram of a handful of cells would only mislead. */
function tooFew({ coverage: { scored, cells } }: Pick<Ranking, "coverage">): boolean {
  return scored < cells && scored < Math.max(20, cells * 0.02);
}

function Place({ ranking: { coverage, result, value }, better, few }: { ranking: Ranking; better: ProxyInfo["better"]; few: boolean }) {
  if (better === "none") return <td class="soft small" title="Neither large nor small values are better">no order</td>;
  if (few) return <td class="soft" title="Not scored yet">–</td>;
  if (value !== null && Number.isNaN(value)) {
    return (
      <td class="small soft" title={`No score, so no rank. ${whole(coverage.defined)} of the ${whole(coverage.scored)} compared cells are defined.`}>
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
      {some && <span class="rank-percent small soft">of {whole(result.defined)}</span>}
      <span class="rank-percent small soft">≥ {percent(result.percentile)}</span>
    </td>
  );
}
