// How alike the sentence transformer finds the operators' words: a table whose cells are shaded more strongly where they are more alike.
import { useState } from "preact/hooks";
import { csvFile } from "../../ui/export.ts";
import { gridFiles } from "../../chart/grid-picture.ts";
import { DownloadMenu } from "../../ui/download.tsx";
import { Select } from "../../ui/select.tsx";
import { nearest, type Words } from "./words.ts";

/** Which words stand in the rows and in the columns. */
type View = "short" | "wordings" | "unseen";

const VIEWS: readonly { value: View; label: string }[] = [
  { value: "short", label: "the words in use, with each other" },
  { value: "wordings", label: "longer wordings, with the trained words" },
  { value: "unseen", label: "other operators and controls, with the trained words" },
];

/** Ink of the darkest field of a picture: what stands on it can be read in the light and in the dark theme. */
const DARKEST = 0.4;

export function HeatMap({ words, trained }: { words: Words; trained: ReadonlySet<string> }) {
  const [view, setView] = useState<View>("short");
  const all = words.entries.map((entry, at) => ({ ...entry, at }));
  const inUse = all.filter(({ group }) => group === "short");
  const learnt = all.filter(({ text }) => trained.has(text));
  const rows =
    view === "short"
      ? inUse
      : all.filter(({ group }) =>
          view === "unseen" ? group === "unseen" || group === "control" : group === "medium" || group === "long",
        );
  const columns = view === "short" ? inUse : learnt;
  const note = { similarity: "cosine", sentence_transformer: "all-MiniLM-L6-v2" };
  const csv = () =>
    csvFile(
      "operator-similarity.csv",
      ["words", "group", "trained", ...columns.map(({ text }) => text)],
      rows.map((row) => [
        row.text,
        row.group,
        trained.has(row.text) ? "yes" : "no",
        ...columns.map((column) => words.similarity(row.at, column.at)),
      ]),
      note,
    );
  const dot = (text: string) => (trained.has(text) ? "●" : "○");
  const picture = () =>
    gridFiles(
      "operator-similarity",
      {
        title: `Cosine similarity of descriptions: ${VIEWS.find(({ value }) => value === view)!.label}. ● trained on NAS-Bench-101, ○ never trained`,
        rows: rows.map(({ text }) => `${dot(text)} ${text}`),
        columns: columns.map(({ text }) => `${dot(text)} ${headOf(text)}`),
        field(row, column) {
          const value = words.similarity(rows[row]!.at, columns[column]!.at);
          return { text: hundredths(value), shade: Math.max(0, value) * DARKEST };
        },
        ...(view === "short"
          ? {}
          : {
              after: {
                head: "nearest trained",
                text: (row: number) => nearest(words, rows[row]!.at, trained)?.text ?? "–",
              },
            }),
      },
      note,
    );
  return (
    <section class="tg-part" aria-labelledby="tg-heat">
      <div class="row spread">
        <h3 id="tg-heat">How alike are the words?</h3>
        <DownloadMenu
          items={[
            { label: "CSV", hint: "cosine similarities as shown", make: csv },
            { label: "PNG", hint: "the table as a picture, at twice the size", make: () => picture().png() },
            { label: "SVG", hint: "the table as a picture", make: () => picture().svg() },
          ]}
        />
      </div>
      <p class="tg-words">
        Cosine of the angle between two descriptions’ vectors: 1 = the same, 0 = unrelated. The predictor knows an
        operator only by its vector, so words that lie close are treated alike, whether or not the operators are. Look
        along a row without ●: it can only be guessed from its nearest trained words.
        {view === "unseen" && " “Not a convolution” lies next to “Convolution”: a vector hardly holds a “not”."}
      </p>
      <div class="row">
        <Select label="Show" value={view} options={VIEWS} onChange={(next: View) => setView(next)} />
        <span class="small soft">● trained on NAS-Bench-101 &emsp; ○ never trained</span>
      </div>
      <div class="table-scroll tg-heat" tabIndex={0} role="region" aria-label="Cosine similarity of descriptions">
        <table>
          <caption class="hidden-text">Cosine similarity of descriptions</caption>
          <thead>
            <tr>
              <td />
              {columns.map(({ text }) => (
                <th key={text} scope="col" title={text}>
                  <span>
                    {mark(text)} {headOf(text)}
                  </span>
                </th>
              ))}
              {view !== "short" && (
                <th scope="col" class="tg-near">
                  <span>nearest trained</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.text}>
                <th scope="row">
                  {mark(row.text)} {row.text}
                </th>
                {columns.map((column) => {
                  const value = words.similarity(row.at, column.at);
                  return (
                    <td
                      key={column.text}
                      style={{ "--heat": Math.max(0, value).toFixed(3) }}
                      title={`${row.text} · ${column.text}: ${value.toFixed(3)}`}
                    >
                      {hundredths(value)}
                    </td>
                  );
                })}
                {view !== "short" && <td class="tg-near">{nearest(words, row.at, trained)?.text ?? "–"}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );

  function mark(text: string) {
    return trained.has(text) ? (
      <>
        <span aria-hidden="true">●</span>
        <span class="hidden-text">trained:</span>
      </>
    ) : (
      <span aria-hidden="true">○</span>
    );
  }
}

/** Characters that fit a column’s upright head. */
const HEAD = 31;

/** Words for a column’s head: long ones lose their middle, as they often differ in their ends alone. */
export function headOf(text: string): string {
  const shorter = text.replace(/(depth-wise) separable convolution/i, "$1 sep. conv");
  return shorter.length <= HEAD
    ? shorter
    : `${shorter.slice(0, HEAD - 13).trimEnd()}…${shorter.slice(-12).trimStart()}`;
}

/** Two decimals without the leading zero: `.83`, `1`, `−.04`. */
export function hundredths(value: number): string {
  const text = Math.abs(value).toFixed(2);
  const sign = value < 0 && Number(text) !== 0 ? "−" : "";
  return Number(text) === 1 ? `${sign}1` : sign + text.slice(1);
}
