// The operator graph with its form, its table twin and its exports.
import { useRef, useState } from "preact/hooks";
import { csvFile, jsonFile, svgFile } from "../../ui/export.ts";
import { opColour, opLook } from "../../space/ops.ts";
import { setHover } from "../../state/state.ts";
import { Button } from "../../ui/button.tsx";
import { DownloadMenu } from "../../ui/download.tsx";
import { Table } from "../../ui/table.tsx";
import { Drawing } from "./drawing.tsx";
import type { OperatorGraph } from "../../types.ts";
import type { OpPlaces } from "./places.ts";
import { FORMS, type Form, type OpNode } from "./types.ts";

interface GraphViewProps {
  graph: OperatorGraph;
  form: Form;
  /** The form that the model was trained on. */
  learnt: Form;
  places: OpPlaces;
  trained: ReadonlySet<string>;
  /** The node whose words were changed, or null. */
  changed: number | null;
  chosen: number | null;
  onChoose(id: number): void;
  onForm(form: Form): void;
}

export function GraphView({ graph, form, learnt, places, trained, changed, chosen, onChoose, onForm }: GraphViewProps) {
  const svg = useRef<SVGSVGElement>(null);
  const [table, setTable] = useState(false);
  const { meaning } = FORMS.find(({ id }) => id === form)!;
  const unread = graph.nodes.filter(({ text }) => !trained.has(text));
  const named = (node: number) => places.name(graph.nodes[node]!.id);
  const rows = graph.nodes.map((node, at) => ({
    ...node,
    at,
    feeds: graph.edges.filter(([source]) => source === at).map(([, target]) => target),
  }));
  return (
    <section class="tg-part" aria-labelledby="tg-graph">
      <div class="row spread">
        <h3 id="tg-graph">Operator graph</h3>
        <span class="row tight">
          <Button aria-pressed={table} onClick={() => setTable(!table)}>
            As a table
          </Button>
          <DownloadMenu
            items={[
              ...(table
                ? []
                : [
                    {
                      label: "SVG",
                      hint: "the drawing",
                      make: () => svgFile("operator-graph.svg", svg.current!, { form }),
                    },
                  ]),
              {
                label: "CSV",
                hint: "a row a node: words, what it feeds",
                make: () =>
                  csvFile(
                    "operator-graph.csv",
                    ["node", "place", "operation", "words", "trained", "feeds"],
                    rows.map((row) => [
                      row.at,
                      places.name(row.id),
                      row.op,
                      row.text,
                      trained.has(row.text) ? "yes" : "no",
                      row.feeds.join(" "),
                    ]),
                    { form },
                  ),
              },
              {
                label: "JSON",
                hint: "nodes and edges",
                make: () => jsonFile("operator-graph.json", { graph }, { form }),
              },
            ]}
          />
        </span>
      </div>
      <div class="row">
        <span class="row tight" role="group" aria-label="Form of the graph">
          {FORMS.map(({ id, label }) => (
            <Button key={id} aria-pressed={form === id} onClick={() => onForm(id)}>
              {label}
            </Button>
          ))}
        </span>
      </div>
      <p class="tg-words">
        What the predictor sees: operations in words, and what feeds what. {meaning}
        {form !== learnt && " The model was trained on the other form."} Press a node to give it other words below.
      </p>
      {table ? (
        <Table<OpNode & { at: number; feeds: number[] }>
          caption="Nodes of the operator graph"
          columns={[
            {
              id: "place",
              label: "Node",
              show: (row) => (
                <button
                  type="button"
                  class="link-button"
                  onClick={() => onChoose(row.id)}
                  onFocus={() => setHover(places.place(row.id))}
                  onBlur={() => setHover(null)}
                >
                  {places.name(row.id)}
                </button>
              ),
            },
            {
              id: "op",
              label: "Operation",
              show: (row) =>
                row.op === "" ? (
                  "–"
                ) : (
                  <>
                    <span style={{ color: opColour(row.op) }} aria-hidden="true">
                      {row.op === "input" || row.op === "output" ? "" : opLook(row.op).glyph}
                    </span>{" "}
                    {row.op === "input" || row.op === "output" ? row.op : opLook(row.op).label}
                  </>
                ),
            },
            { id: "text", label: "Words", show: (row) => `“${row.text}”` },
            { id: "trained", label: "Trained", show: (row) => (trained.has(row.text) ? "yes" : "never") },
            { id: "feeds", label: "Feeds", show: (row) => [...row.feeds.map(named), "global node"].join(", ") },
          ]}
          rows={rows}
          keyOf={(row) => row.at}
        />
      ) : (
        <div class="tg-graph" tabIndex={0} role="region" aria-label="Operator graph, drawn">
          <Drawing
            graph={graph}
            svg={svg}
            placeOf={places.place}
            nameOf={places.name}
            changed={changed}
            chosen={chosen}
            onChoose={onChoose}
          />
        </div>
      )}
      <p class="small soft">
        {graph.edges.length === 0 && "No path is left from input to output: nothing but the ends remains. "}
        {unread.length > 0
          ? `Never trained: ${[...new Set(unread.map(({ text }) => `“${text}”`))].join(", ")}. For these the predictor goes by likeness alone.`
          : "All of these words occur in the predictor’s training."}
      </p>
    </section>
  );
}
