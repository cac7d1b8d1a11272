/** One measure against another over many cells: scatter, correlation, selection, table. */
import { whole } from "../../words/format.ts";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { setCell, useStore } from "../../state/state.ts";
import { DownloadMenu } from "../../ui/download.tsx";
import { common } from "../combine/mix.ts";
import { topOf, useAnswer } from "../../columns/use.ts";
import { AgainstSelect } from "./against.tsx";
import { Best } from "../../rank/best.tsx";
import { useTableColumns } from "./table-columns.ts";
import { Jobs, KnownState, ProxySelect, SampleFields, ScopeButtons } from "../../rank/controls.tsx";
import { Correlations } from "./correlations.tsx";
import { useCorrelation, useRows } from "../../columns/derive.ts";
import type { Series } from "../../chart/draw.ts";
import { EpsilonState } from "../../rank/epsilon.tsx";
import { correlationCsv, correlationJson, scatterPng, scatterSvgFile } from "./files.ts";
import { KeptNote } from "../../rank/kept-note.tsx";
import type { Combine } from "../../chart/lasso.ts";
import { useLater } from "./later.ts";
import { drawable, originWords, useAgainst, useMeasure, type Measure } from "../../columns/measures.ts";
import { MiniCell } from "../../space/kit/mini.tsx";
import { rank, setX, startRank, useRank, want } from "../../columns/model.ts";
import { usePairing, useScopeWords } from "../../columns/pairs.ts";
import { Picked } from "./picked.tsx";
import type { Plot } from "../../chart/plot.ts";
import { readPalette, Scatter } from "../../chart/scatter.tsx";
import { standing } from "./table-rows.ts";
import { select, useOnlySelected, useSelectedOf } from "./selection.ts";
import { CellTable } from "./table.tsx";
import { cellWords } from "../../space/kit/thumbnail.ts";
import { axisKind, figureName, isSurrogate, settingFull, settingShort, shownUnit } from "../../words/measures.ts";

const none = new Float64Array(0);

export function RankPanel() {
  useEffect(startRank, []);
  const place = useRows();
  const { own, outside, scope: rows, drawn } = place;
  const basis = useRank((data) => data.basis);
  const cells = useRank((data) => data.cells);
  const version = useRank((data) => data.version);
  const known = useRank((data) => data.known);
  const x = useStore((state) => state.rank.proxy);
  const y = useAgainst();
  const another = useStore((state) => state.rank.against);
  const kindX = useRank((data) => data.kindX);
  const chosenY = useRank((data) => data.kindY);
  const plan = useRef<Plot | null>(null);
  useEffect(() => want("correlate", another === "" ? [] : [another]), [another]);

  const measureX = useMeasure(x);
  const measureY = useMeasure(y);
  const accuracy = measureY?.kind === "accuracy" ? measureY.info : null;
  const kindY = chosenY === "log" ? "log" : accuracy ? axisKind(accuracy, chosenY) : "linear";
  const pairing = usePairing(x, y, place);
  const [byRank, setByRank] = useState(false);
  const { rows: scored, running, enough } = pairing;
  const { judgedX, judgedY } = pairing;
  const correlation = useCorrelation(enough ? judgedX : none, enough ? judgedY : none, !running);
  const top = useAnswer(
    enough && !running && accuracy && measureX
      ? () => topOf(judgedX, measureX.better, judgedY, measureY!.better, "rank-top")
      : null,
    [judgedX, judgedY, enough, running, accuracy, x],
  );
  // As the axes show them; a tip shows the figures themselves.
  const xs = useDrawable(measureX, pairing.x);
  const ys = useDrawable(measureY, pairing.y);
  const [atX, atY] = useMemo(() => {
    if (!byRank || !measureX || !measureY) return [xs, ys];
    // Ranks among the cells that have both, as ρ takes them.
    const [bothX, bothY] = common([xs, ys]);
    return [standing(bothX!, measureX.better), standing(bothY!, measureY.better)];
  }, [byRank, xs, ys, x, y]);

  const { scope, judged } = useScopeWords(place);
  const labels = byRank
    ? { x: `${measureX?.label ?? x}: % of cells beaten`, y: `${measureY?.label ?? y}: % of cells beaten` }
    : { x: measureX?.axis ?? x, y: measureY ? `${measureY.axis}${kindY === "error" ? " (log error scale)" : ""}` : y };
  const nameY = accuracy ? figureName(accuracy) : (measureY?.label ?? y);
  const figureY = (point: number) => ys[point]! / (measureY?.scale ?? 1);
  const words = (point: number) =>
    `${measureX?.axis ?? x} ${measureX?.format(xs[point]!) ?? ""}, ${nameY} ${measureY?.format(figureY(point)) ?? ""}. ${cellWords(cells![scored[point]!]!)}`;
  // The table follows a run at a fifth of the scatter's pace: sorting and ranking all cells takes longer than drawing them.
  const turn = running ? -Math.floor(version / 5) : version;
  // And it follows in a task of its own; rows of other cells cannot wait, as their texts are gone.
  const asked = useMemo(() => ({ rows, scope, cells, turn }), [rows, scope, cells, turn]);
  const later = useLater(asked);
  const list = later.cells === cells ? later : asked;
  const columns = useTableColumns(list.rows, x, y, list.turn);

  // Points that are selected, by their place among the scored rows.
  const picked = useSelectedOf(scored);
  const chosen = useMemo(() => {
    const wanted = new Set(picked);
    return Uint32Array.from(scored.keys()).filter((point) => wanted.has(scored[point]!));
  }, [scored, picked]);
  const series = useMemo<Series[]>(
    () => (chosen.length > 0 ? [{ points: chosen, marker: "dot", line: "none" }] : []),
    [chosen],
  );
  const pickedX = useMemo(() => Float64Array.from(chosen, (point) => pairing.x[point]!), [chosen, pairing.x]);
  const pickedY = useMemo(() => Float64Array.from(chosen, (point) => pairing.y[point]!), [chosen, pairing.y]);
  const onlyPicked = useOnlySelected() && picked.length > 0;
  const onSelect = (points: Uint32Array, how: Combine) =>
    select(
      points.map((point) => scored[point]!),
      how,
    );

  const picture = () => {
    if (!plan.current) throw new Error("there is nothing drawn yet");
    const title = `${labels.y} against ${labels.x}, ${scope}`;
    return { plot: plan.current, palette: readPalette(), labels, own: scored.indexOf(own), series, title, scope };
  };
  const figures = () => {
    if (!correlation.result) throw new Error("there is no correlation yet");
    return { x, y, result: correlation.result, top: top.value, scope: judged };
  };
  const empty = () => {
    if (x === "epsilon" || y === "epsilon")
      return "No cell has been scored yet: ε of many cells is started by hand, on the right.";
    if (running) return "Scoring…";
    if (known?.length === 0 && another === "")
      return "There are no known accuracies to set scores against in this space.";
    return known ? "No cell has both values." : "The known accuracies are not there.";
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
            {
              label: "Correlation, CSV",
              hint: "ρ, τ, intervals, coverage, top measures",
              make: () => correlationCsv(figures()),
            },
            { label: "Correlation, JSON", hint: "the same, with what made it", make: () => correlationJson(figures()) },
            { label: "Scatter, PNG", hint: "as shown, at twice the size", make: () => scatterPng(picture()) },
            { label: "Scatter, SVG", hint: "as shown, one circle a cell", make: () => scatterSvgFile(picture()) },
          ]}
        />
      </div>
      <div class="row rank-bar">
        <ProxySelect label="Proxy" value={x} onChange={setX} />
        <AgainstSelect />
        <label class="field">
          <input
            type="checkbox"
            disabled={byRank}
            checked={kindX === "log"}
            onChange={(event) => rank.set({ kindX: event.currentTarget.checked ? "log" : "linear" })}
          />
          <span>log proxy</span>
        </label>
        {accuracy && shownUnit(accuracy) === "%" && (
          <label
            class="field"
            title="Spaces accuracies by the logarithm of their error, 100 % − accuracy, so that the best cells do not lie on top of each other"
          >
            <input
              type="checkbox"
              disabled={byRank}
              checked={kindY === "error"}
              onChange={(event) => rank.set({ kindY: event.currentTarget.checked ? "error" : "linear" })}
            />
            <span>log error</span>
          </label>
        )}
        {measureY && !accuracy && (
          <label class="field">
            <input
              type="checkbox"
              disabled={byRank}
              checked={kindY === "log"}
              onChange={(event) => rank.set({ kindY: event.currentTarget.checked ? "log" : "linear" })}
            />
            <span>log vertical</span>
          </label>
        )}
        <label
          class="field"
          title="Spaces both axes by rank, which is all that ρ and τ look at: skewed scores spread, and what lies off the diagonal is misjudged"
        >
          <input type="checkbox" checked={byRank} onChange={(event) => setByRank(event.currentTarget.checked)} />
          <span>by rank</span>
        </label>
      </div>
      <KnownState />
      <Jobs slots={["quick", "extra"]} />
      <KeptNote />
      <div class="rank-plot">
        <Scatter
          x={atX}
          y={atY}
          kindX={byRank ? "linear" : kindX}
          kindY={byRank ? "linear" : kindY}
          labels={labels}
          own={scored.indexOf(own)}
          words={words}
          series={series}
          selected={picked.length}
          onSelect={onSelect}
          tip={(point) => {
            const row = scored[point]!;
            return (
              <>
                <MiniCell text={cells![row]!} large />
                <dl class="rank-tip-values">
                  <dt>{measureX?.label}</dt>
                  <dd>{measureX?.format(xs[point]!)}</dd>
                  <dt>{nameY}</dt>
                  <dd>{measureY?.format(figureY(point))}</dd>
                </dl>
                <code class="rank-tip-text">{cells![row]!.replaceAll("+", "+\u200b")}</code>
                <span class="soft">
                  {row === own ? "this cell" : `${basis === "space" ? "cell" : "row"} ${whole(row)}; click to load`}
                </span>
              </>
            );
          }}
          onPick={(point) => setCell(cells![scored[point]!]!)}
          empty={empty()}
          planned={(plot) => void (plan.current = plot)}
        />
        <div class="rank-side">
          <Correlations
            correlated={correlation}
            proxy={measureX}
            asked={drawn.length}
            running={running}
            aside={own >= 0 && scored.includes(own) && !drawn.includes(own)}
          />
          {accuracy && <Best top={top.value} />}
          <Picked rows={picked} x={pickedX} y={pickedY} columns={columns} scope={scope} />
          <EpsilonState />
          {accuracy && (
            <p class={isSurrogate(accuracy) ? "small" : "small soft"}>
              {isSurrogate(accuracy) && <b>{settingShort(accuracy)}. </b>}
              {settingFull(accuracy)}
            </p>
          )}
          {[measureX, measureY].map(
            (measure) =>
              measure?.kind === "tabulated" && (
                <p key={measure.id} class="small soft">
                  <b>{measure.label}</b>: {originWords(measure, rank.get().all.length)}.
                </p>
              ),
          )}
          {basis === "table" && <p class="small soft">{`Over ${scope}.`}</p>}
          {outside && basis === "table" && (
            <p class="small soft">
              This cell is not in the table (no known accuracy), so it is no point of the scatter.
            </p>
          )}
        </div>
      </div>
      {list.rows.length > 0 && (
        <CellTable
          rows={onlyPicked ? picked : list.rows}
          own={own}
          columns={columns}
          scope={onlyPicked ? `selected by hand out of ${list.scope}` : list.scope}
          picked={picked}
        />
      )}
    </div>
  );
}

/** Values as an axis can hold them. */
function useDrawable(measure: Measure | null, values: Float64Array): Float64Array {
  const { kind, scale } = measure ?? { kind: "computed", scale: 1 };
  return useMemo(
    () => (kind === "tabulated" || scale !== 1 ? values.map((value) => drawable({ kind, scale }, value)) : values),
    [kind, scale, values],
  );
}
