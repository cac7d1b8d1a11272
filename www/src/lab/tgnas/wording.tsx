// Other words for one node: the same operator in other wordings, operators never seen, and nonsense.
import { useState } from "preact/hooks";
import { csvFile } from "../../ui/export.ts";
import { fixed, whole } from "../../words/format.ts";
import { Button } from "../../ui/button.tsx";
import { DownloadMenu } from "../../ui/download.tsx";
import { signed } from "./influence.tsx";
import type { Reference } from "./reference.ts";
import { GROUPS, nearest, type Entry, type Words } from "./words.ts";

interface WordingProps {
  words: Words;
  trained: ReadonlySet<string>;
  nodes: readonly { id: number; name: string; text: string; inGraph: boolean }[];
  chosen: { id: number; name: string; text: string };
  /** Words in the chosen node’s place; empty for its own. */
  put: string;
  base: number;
  /** Predictions by entry; NaN while on their way. */
  values: readonly number[];
  reference: Reference | null;
  onChoose(id: number): void;
  onPut(words: string): void;
}

type Set = "same" | "unseen" | "control";
const SETS: readonly { id: Set; label: string }[] = [
  { id: "same", label: "the same in other words" },
  { id: "unseen", label: "operators never seen" },
  { id: "control", label: "nonsense" },
];

export function Wording({
  words,
  trained,
  nodes,
  chosen,
  put,
  base,
  values,
  reference,
  onChoose,
  onPut,
}: WordingProps) {
  const now = words.entries.find(({ text }) => text === put);
  const [set, setSet] = useState<Set>(now?.group === "unseen" || now?.group === "control" ? now.group : "same");
  const rows = set === "same" ? words.wordings(chosen.text) : words.entries.filter(({ group }) => group === set);
  const shown = rows.map((entry) => ({
    entry,
    at: words.indexOf(entry.text),
    value: values[words.indexOf(entry.text)] ?? Number.NaN,
  }));
  // Nothing moves where the graph leaves the operation out.
  const told = values.filter(Number.isFinite);
  const dead = told.length > 1 && told.every((value) => value === base);
  const range = rangeOf([...shown.map(({ value }) => value), base], reference);
  const csv = () =>
    csvFile(
      "wordings.csv",
      ["node", "place", "words", "group", "trained", "prediction", "change", "rank"],
      shown.map(({ entry, value }) => [
        chosen.id,
        chosen.name,
        entry.text,
        entry.group,
        trained.has(entry.text) ? "yes" : "no",
        value,
        value - base,
        reference && Number.isFinite(value) ? reference.rank(value) : null,
      ]),
    );
  return (
    <section class="tg-part" aria-labelledby="tg-wording">
      <div class="row spread">
        <h3 id="tg-wording">The same place in other words</h3>
        <DownloadMenu items={[{ label: "CSV", hint: "these descriptions and predictions", make: csv }]} />
      </div>
      <p class="tg-words">
        Give the chosen node another description: TG-NAS promises to read operators that it never saw. Look whether the
        same operator in longer words gives the same prediction. Nonsense such as “Chocolate cake” should lower the
        prediction clearly; where it scores like a real operator, the predictor does not understand the words.
      </p>
      <div class="row">
        <label class="field">
          <span>Node</span>
          <select class="input" value={chosen.id} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
            {nodes.map(({ id, name, text, inGraph }) => (
              <option key={id} value={id}>
                {name === text.toLowerCase() ? name : `${name}: ${text}`}
                {inGraph ? "" : " (not in the graph)"}
              </option>
            ))}
          </select>
        </label>
        <span class="tg-sets" role="group" aria-label="Descriptions">
          {SETS.map(({ id, label }) => (
            <Button key={id} aria-pressed={set === id} onClick={() => setSet(id)}>
              {label}
            </Button>
          ))}
        </span>
        {put !== "" && <Button onClick={() => onPut("")}>Back to its own words</Button>}
      </div>
      {dead && (
        <p role="status">
          <b>{chosen.name} is not in the graph</b> (it lies on no path, or its form leaves it out), so no words there
          change the prediction. Choose another node.
        </p>
      )}
      <div class="table-scroll tg-wording" tabIndex={0} role="region" aria-label="Predictions by description">
        <table class="table">
          <caption class="hidden-text">Predictions by description</caption>
          <thead>
            <tr>
              <th scope="col">Words at {chosen.name}</th>
              <th scope="col" class="number">
                Prediction
              </th>
              <th scope="col" class="number">
                Change
              </th>
              <th scope="col" class="number">
                Rank
              </th>
              <th scope="col" class="tg-strip-head">
                <span class="hidden-text">Prediction, drawn</span>
              </th>
              <th scope="col">Nearest trained words</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ entry, at, value }) => (
              <tr key={entry.text} class={entry.text === (put || chosen.text) ? "own" : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    class="link-button"
                    aria-pressed={entry.text === (put || chosen.text)}
                    onClick={() => onPut(entry.text === chosen.text ? "" : entry.text)}
                  >
                    {entry.text}
                  </button>
                  <span class="small soft tg-group">
                    {entry.text === chosen.text ? "as it is" : groupLabel(entry)}
                    {trained.has(entry.text) ? ", trained" : ""}
                  </span>
                </th>
                <td class="number">{fixed(value, 3)}</td>
                <td class="number">{Number.isFinite(value) ? signed(value - base) : "–"}</td>
                <td class="number">{reference && Number.isFinite(value) ? whole(reference.rank(value)) : "–"}</td>
                <td class="tg-strip-cell">
                  <Strip value={value} base={base} range={range} reference={reference} />
                </td>
                <td class="small soft">{trained.has(entry.text) ? "itself" : near(at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="small soft">
        Strip: ● this description, │ the cell as it is; the band holds the middle 80 % of the compared cells. Larger is
        better.
        {set === "same" && rows.length === 1 && " There are no other wordings of these words in the table."}
      </p>
    </section>
  );

  function near(at: number): string {
    const found = nearest(words, at, trained);
    return found ? `${found.text} (${found.similarity.toFixed(2)})` : "–";
  }
}

const groupLabel = ({ group }: Entry): string => GROUPS.find(({ id }) => id === group)!.label.toLowerCase();

/** What the strips span: all shown values and the middle of the compared cells. */
export function rangeOf(values: readonly number[], reference: Reference | null): [number, number] | null {
  const all = values.filter(Number.isFinite);
  if (reference) all.push(reference.quantile(0.05), reference.quantile(0.95));
  if (all.length === 0) return null;
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const margin = high > low ? (high - low) * 0.05 : 0.5;
  return [low - margin, high + margin];
}

const WIDTH = 150;

function Strip({
  value,
  base,
  range,
  reference,
}: {
  value: number;
  base: number;
  range: [number, number] | null;
  reference: Reference | null;
}) {
  if (!range || !Number.isFinite(value)) return null;
  const x = (at: number) => 5 + ((at - range[0]) / (range[1] - range[0])) * (WIDTH - 10);
  return (
    <svg class="tg-strip" width={WIDTH} height={18} viewBox={`0 0 ${WIDTH} 18`} aria-hidden="true">
      <line class="interval-axis" x1={0} x2={WIDTH} y1={9} y2={9} />
      {reference && (
        <rect
          class="interval-wide"
          x={x(reference.quantile(0.1))}
          width={Math.max(1, x(reference.quantile(0.9)) - x(reference.quantile(0.1)))}
          y={5}
          height={8}
          rx={2}
        />
      )}
      <line class="interval-mean" x1={x(base)} x2={x(base)} y1={2} y2={16} />
      <circle class="interval-dot" cx={x(value)} cy={9} r={4} />
    </svg>
  );
}
