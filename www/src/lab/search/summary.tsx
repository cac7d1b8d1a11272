// The chart's table twin: how good each search ends, how soon, and how near the best.
import { whole } from "../../words/format.ts";
import { bareFigure, figure } from "../../words/measures.ts";
import { useSummary, type Judge, type Line, type Summary } from "./hooks.ts";
import { search } from "./model.ts";
import { untilWords } from "./rows.ts";
import { Swatch } from "./series.tsx";
import { LETTERS } from "../../chart/strokes.ts";

interface TableProps {
  lines: readonly Line[];
  judge: Judge;
  selected: number;
  budget: number;
  /** Receives each line's summary, for exports. */
  found(place: number, summary: Summary | null): void;
}

export function SummaryTable(props: TableProps) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Summary of the searches">
      <table class="table search-table">
        <caption class="hidden-text">
          Each search over its complete runs: best accuracy found, look-ups until near the optimum, and true rank of the
          best. Medians with quartiles.
        </caption>
        <thead>
          <tr>
            <th scope="col">Search</th>
            <th scope="col" class="number">
              complete runs
            </th>
            <th scope="col" class="number">
              best found: median
            </th>
            <th scope="col" class="number">
              quartiles
            </th>
            <th scope="col" class="number">
              look-ups until within 0.5 % of the optimum
            </th>
            <th scope="col" class="number">
              runs that get there
            </th>
            <th scope="col" class="number">
              true rank of the best: median
            </th>
          </tr>
        </thead>
        <tbody>
          {props.lines.map((line) => (
            <Row key={line.place} line={line} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ line, judge, selected, budget, found }: TableProps & { line: Line }) {
  const summary = useSummary(line, judge);
  found(line.place, summary);
  const { place, name } = line;
  return (
    <tr class={place === selected ? "own" : ""}>
      <th scope="row">
        <button type="button" class="search-pick" onClick={() => search.set({ selected: place })}>
          <Swatch place={place} />{" "}
          <span>
            <b>{LETTERS[place]}</b> {name}
          </span>
        </button>
      </th>
      {summary ? (
        <Figures summary={summary} judge={judge} budget={budget} all={line.found?.rows.runs ?? summary.runs} />
      ) : (
        <td colSpan={6} class="soft">
          {line.problem ?? "no complete run yet"}
        </td>
      )}
    </tr>
  );
}

function Figures({
  summary: {
    runs,
    reached,
    quartiles: { low, median, high },
  },
  judge,
  budget,
  all,
}: {
  summary: Summary;
  judge: Judge;
  budget: number;
  all: number;
}) {
  return (
    <>
      <td class="number">{runs === all ? whole(runs) : `${whole(runs)} of ${whole(all)}`}</td>
      <td class="number">
        <b>{figure(judge.column, median[0]!)}</b>
      </td>
      <td class="number">
        {bareFigure(judge.column, low[0]!)} to {figure(judge.column, high[0]!)}
      </td>
      <td class="number">{untilWords(median[1]!, runs, reached, budget)}</td>
      <td class="number">{whole(reached)}</td>
      <td class="number">
        {whole(median[2]!)} <span class="soft">of {whole(judge.known)}</span>
      </td>
    </>
  );
}
