/** Proxy against accuracy over many cells: scatter, correlation, table. */
import { whole } from "../format.ts";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { setCell, store, useStore } from "../state.ts";
import { DownloadMenu } from "../ui/download.tsx";
import { pick } from "./columns.ts";
import { Jobs, KnownState, ProxySelect, SampleFields, ScopeButtons, TargetSelect } from "./controls.tsx";
import { Correlations } from "./correlations.tsx";
import { useCorrelation, useRows } from "./derive.ts";
import { EpsilonState } from "./epsilon.tsx";
import { correlationCsv, correlationJson, scatterPng, scatterSvgFile, type TableColumn } from "./files.ts";
import { MiniCell } from "./mini.tsx";
import { columnInfo, QUICK, rank, sampleSize, scores, setX, startRank, useRank } from "./model.ts";
import type { Plot } from "./plot.ts";
import { ranks } from "./rows.ts";
import { readPalette, Scatter } from "./scatter.tsx";
import { CellTable } from "./table.tsx";
import { cellWords } from "./thumbnail.ts";
import { axisKind, axisLabel, figure, figureName, formatOf, headLabel, isSurrogate, number, scopeWords, settingFull, settingShort } from "./words.ts";

const none = new Float64Array(0);

export function RankPanel() {
  useEffect(startRank, []);
  const { own, outside, scope: rows, everything, drawn } = useRows();
  const basis = useRank((data) => data.basis);
  const total = useRank((data) => data.all.length);
  const cells = useRank((data) => data.cells);
  const version = useRank((data) => data.version);
  const proxies = useRank((data) => data.proxies);
  const known = useRank((data) => data.known);
  const x = useStore((state) => state.rank.proxy);
  const kindX = useRank((data) => data.kindX);
  const chosenY = useRank((data) => data.kindY);
  const target = useStore((state) => state.target);
  const seed = useStore((state) => state.rank.seed);
  const plan = useRef<Plot | null>(null);

  const proxy = proxies.find((candidate) => candidate.id === x);
  const column = known?.find((candidate) => candidate.id === target);
  const kindY = axisKind(column, chosenY);
  const columnX = scores().get(x);
  const columnY = scores().get(target);
  const scored = useMemo(() => rows.filter((row) => columnX.scored[row] === 1 && columnY.scored[row] === 1), [rows, columnX, columnY, columnX.count, columnY.count]);
  const xs = useMemo(() => pick(columnX.values, scored), [scored, columnX]);
  const ys = useMemo(() => pick(columnY.values, scored), [scored, columnY]);
  const running = useRank((data) => Object.values(data.jobs).some((job) => job?.state === "running" && job.proxies.includes(x)));
  // The reader's cell was chosen, not drawn: it is plotted, but it does not count towards ρ and τ.
  const judged = useMemo(() => drawn.filter((row) => columnX.scored[row] === 1 && columnY.scored[row] === 1), [drawn, columnX, columnY, columnX.count, columnY.count]);
  const judgedX = useMemo(() => pick(columnX.values, judged), [judged, columnX]);
  const judgedY = useMemo(() => pick(columnY.values, judged), [judged, columnY]);
  // Of the few cells that a speed probe scores, a correlation would only mislead.
  const enough = judged.length === drawn.length || judged.length >= Math.max(100, drawn.length * 0.02);
  const correlation = useCorrelation(enough ? judgedX : none, enough ? judgedY : none, !running);

  const scope = scopeWords({ basis, everything, cells: total, drawn: Math.min(sampleSize(), total), seed, outside });
  const judgedScope = scopeWords({ basis, everything, cells: total, drawn: Math.min(sampleSize(), total), seed, outside, drawnOnly: true });
  const labels = { x: proxy?.label ?? x, y: column ? `${axisLabel(column)}${kindY === "error" ? " (log error scale)" : ""}` : target };
  const formatX = formatOf(x);
  const words = (point: number) => {
    const row = scored[point]!;
    return `${labels.x} ${formatX(xs[point]!)}, ${column ? `${figureName(column)} ${figure(column, ys[point]!)}` : ""}. ${cellWords(cells![row]!)}`;
  };
  // The table follows a run at a fifth of the scatter's pace: sorting and ranking all cells takes longer than drawing them.
  const columns = useTableColumns(rows, running ? -Math.floor(version / 5) : version);
  const picture = () => {
    if (!plan.current) throw new Error("there is nothing drawn yet");
    const title = `${labels.y} against ${labels.x}, ${scope}`;
    return { plot: plan.current, palette: readPalette(), labels, own: scored.indexOf(own), title, scope };
  };
  const figures = () => {
    if (!correlation.result) throw new Error("there is no correlation yet");
    return { x, y: target, result: correlation.result, scope: judgedScope };
  };

  return (
    <div class="rank-panel">
      <div class="row rank-bar">
        <h2>Proxies against accuracy</h2>
        <ScopeButtons />
        <SampleFields />
        <span class="grow" />
        <DownloadMenu
          items={[
            { label: "Correlation, CSV", hint: "ρ, τ, intervals, coverage", make: () => correlationCsv(figures()) },
            { label: "Correlation, JSON", hint: "the same, with what made it", make: () => correlationJson(figures()) },
            { label: "Scatter, PNG", hint: "as shown, at twice the size", make: () => scatterPng(picture()) },
            { label: "Scatter, SVG", hint: "as shown, one circle a cell", make: () => scatterSvgFile(picture()) },
          ]}
        />
      </div>
      <div class="row rank-bar">
        <ProxySelect label="Proxy" value={x} onChange={setX} />
        <TargetSelect label="against accuracy" />
        <label class="field">
          <input type="checkbox" checked={kindX === "log"} onChange={(event) => rank.set({ kindX: event.currentTarget.checked ? "log" : "linear" })} />
          <span>log proxy</span>
        </label>
        {column?.unit === "%" && <label class="field" title="Spaces accuracies by the logarithm of their error, 100 % − accuracy, so that the best cells do not lie on top of each other">
          <input type="checkbox" checked={kindY === "error"} onChange={(event) => rank.set({ kindY: event.currentTarget.checked ? "error" : "linear" })} />
          <span>log error</span>
        </label>}
      </div>
      <KnownState />
      <Jobs slots={["quick", "extra"]} />
      <div class="rank-plot">
        <Scatter
          x={xs}
          y={ys}
          kindX={kindX}
          kindY={kindY}
          labels={labels}
          own={scored.indexOf(own)}
          words={words}
          tip={(point) => {
            const row = scored[point]!;
            return (
              <>
                <MiniCell text={cells![row]!} large />
                <dl class="rank-tip-values">
                  <dt>{labels.x}</dt>
                  <dd>{formatX(xs[point]!)}</dd>
                  {column && <dt>{figureName(column)}</dt>}
                  {column && <dd>{figure(column, ys[point]!)}</dd>}
                </dl>
                <code class="rank-tip-text">{cells![row]!.replaceAll("+", "+\u200b")}</code>
                <span class="soft">{row === own ? "this cell" : `${basis === "space" ? "cell" : "row"} ${whole(row)}; click to load`}</span>
              </>
            );
          }}
          onPick={(point) => setCell(cells![scored[point]!]!)}
          empty={x === "epsilon" ? "No cell has been scored yet: ε of many cells is started by hand, on the right." : running ? "Scoring…" : known?.length === 0 ? "There are no known accuracies to set scores against in this space." : known ? "No cell has both values." : "The known accuracies are not there."}
          planned={(plot) => void (plan.current = plot)}
        />
        <div class="rank-side">
          <Correlations correlated={correlation} proxy={proxy ?? null} asked={drawn.length} running={running} />
          <EpsilonState />
          {column && <p class={isSurrogate(column) ? "small" : "small soft"}>{isSurrogate(column) && <b>{settingShort(column)}. </b>}{settingFull(column)}</p>}
          {proxy?.tabulated && <p class="small soft">{`${columnInfo(x)?.label}. Tabulated, from ${columnInfo(x)?.source}.`}</p>}
          {basis === "table" && <p class="small soft">{`Over ${scope}.`}</p>}
          {outside && basis === "table" && <p class="small soft">This cell is not in the table (no known accuracy), so it is no point of the scatter.</p>}
        </div>
      </div>
      {rows.length > 0 && <CellTable key={`${x},${target}`} rows={rows} own={own} columns={columns} scope={scope} />}
    </div>
  );

  /** Proxy and accuracy with their ranks first, then whatever else has been scored. */
  function useTableColumns(rows: Uint32Array, version: number): TableColumn[] {
    return useMemo(() => {
      const result: TableColumn[] = [];
      const add = (id: string, label: string, better: "larger" | "smaller" | "none", format: (value: number) => string, ranked: boolean) => {
        const { values, scored } = scores().get(id);
        const tabulated = columnInfo(id) !== undefined;
        const missing = (row: number) => (!tabulated ? (scored[row] ? "undefined" : "–") : row >= total ? "not in the table" : "no figure");
        result.push({ id, label, values, format, missing, first: better === "smaller" ? "ascending" : "descending" });
        if (!ranked || better === "none") return;
        const places = new Float64Array(values.length).fill(NaN);
        const found = ranks(rows, values, better);
        rows.forEach((row, i) => (places[row] = found[i]!));
        result.push({ id: `${id}_rank`, label: "rank", values: places, format: whole, missing: () => "", first: "ascending" });
      };
      if (column) add(target, headLabel(column), column.better, (v) => number(v).replace("-", "−"), true);
      if (proxy) add(x, proxy.label, proxy.better, formatX, true);
      for (const id of [...QUICK, "epsilon"]) {
        const other = proxies.find((candidate) => candidate.id === id);
        if (!other || id === x || (id === "epsilon" && !scores().get(id).scored.includes(1))) continue;
        add(id, other.label, other.better, formatOf(id), false);
      }
      return result;
    }, [rows, version, x, target, column, proxy, proxies, total]);
  }
}
