/** TG-NAS's predictor for the cell in hand: its graph, its prediction, what moves it, how good it is, and its training. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { usePromise } from "../../engine/known.ts";
import type { ModelFile } from "../../engine/protocol.ts";
import { useShown } from "../../ui/shown.ts";
import { useRows } from "../../columns/derive.ts";
import { startRank, useRank } from "../../columns/model.ts";
import { scopeWords } from "../../words/measures.ts";
import { useResults } from "../../engine/results.ts";
import { notify, setCell, store, useStore } from "../../state/state.ts";
import type { CellInfo } from "../../types.ts";
import { Notice } from "../../ui/notice.tsx";
import { choose, readChoice } from "./choice.ts";
import { ask } from "../../engine/predictor-client.ts";
import { GraphView } from "./graph-view.tsx";
import { HeatMap } from "./heat-map.tsx";
import { Influence } from "./influence.tsx";
import { Judge } from "./judge.tsx";
import { ModelInUse, unitWords } from "./model.tsx";
import { placesOf } from "./places.ts";
import { Prediction } from "./prediction.tsx";
import { usePredictions } from "./predictions.ts";
import { Reference } from "./reference.ts";
import { Training } from "./training.tsx";
import { useLatest } from "./use.ts";
import { opsOf, tableOf, type Table } from "./table.ts";
import { Wording } from "./wording.tsx";

export function TgnasPanel() {
  useEffect(startRank, []);
  const info = useResults((results) => results.info.value);
  const space = useStore((state) => state.space);
  const own = useStore((state) => state.ownModel);
  const model = useMemo(() => (own === null ? null : { file: own }), [own]);
  const [attempt, setAttempt] = useState(0);
  const table = usePromise(`${own}:${attempt}`, () => tableOf(model));
  return (
    <div class="tg">
      {table.failure ? (
        <Notice kind="error">
          The predictor is not available: {table.failure.message}{" "}
          <button type="button" class="link-button" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </button>
          {own !== null && (
            <>
              {" "}
              or{" "}
              <button type="button" class="link-button" onClick={() => store.set({ ownModel: null })}>
                go back to the shipped model
              </button>
            </>
          )}
        </Notice>
      ) : table.value && info && info.space === space ? (
        <CellViews info={info} model={model} table={table.value} />
      ) : (
        <p class="soft" role="status">
          Loading the predictor…
        </p>
      )}
      <Training />
    </div>
  );
}

function CellViews({ info, model, table }: { info: CellInfo; model: ModelFile | null; table: Table }) {
  const shown = useShown();
  const link = useStore((state) => state.tgnas);
  const choice = readChoice(link);
  const { space, text } = info;
  const { about, words } = table;
  const form = choice?.form ?? about.form;
  const trained = useMemo(() => new Set(about.trained), [about]);
  const places = useMemo(() => placesOf(info), [info]);
  const key = `${text}|${form}|${model?.file}`;
  const occlusion = useLatest(key, space, async () => {
    const [ops, texts, found] = await Promise.all([
      opsOf(space),
      ask("operatorTexts", [space]),
      ask("occlude", [space, text, form, model], "occlude"),
    ]);
    // Predictions by operator and entry of the table; NaN for words that stand in for nothing.
    const columns = words.entries.map((entry) => found.words.indexOf(entry.text));
    const values = found.nodes.map((_, row) =>
      columns.map((column) =>
        column < 0 ? Number.NaN : found.base + found.changes[row * found.words.length + column]!,
      ),
    );
    return { base: found.base, operators: found.operators, values, ops, texts };
  });
  const operators = occlusion.value?.operators ?? [];

  // What a link may have brought: nonsense, words that the table lacks, a node that the cell lacks.
  const bad =
    choice === null
      ? `“${link.slice(0, 60)}” is no choice of form, node and words`
      : words.indexOf(choice.words) < 0 && choice.words !== ""
        ? `there is no description “${choice.words.slice(0, 60)}” in the table`
        : null;
  useEffect(() => {
    if (bad === null) return;
    notify("warning", `TG-NAS: ${bad}; the cell’s own words stand.`);
    store.set({ tgnas: "" });
  }, [bad]);
  const node = operators.some(({ id }) => id === choice?.node) ? choice!.node : null;
  const put = node !== null && bad === null ? choice!.words : "";
  const graph = useLatest(`${text}|${form}|${node}|${put}`, space, () =>
    put === ""
      ? ask("operatorGraph", [space, text, form], "graph")
      : ask("operatorGraphWith", [space, text, form, node!, put], "graph"),
  );

  const { drawn, everything, own } = useRows();
  const basis = useRank((data) => data.basis);
  const total = useRank((data) => data.all.length);
  const seed = useStore((state) => state.rank.seed);
  const predictions = usePredictions(drawn, form, model, shown);
  const settled = predictions.rows.length === drawn.length || predictions.run?.state !== "running";
  const others = useMemo(
    () => predictions.values.filter((_, k) => predictions.rows[k] !== own),
    [predictions.rows, predictions.values, own],
  );
  const reference = useSettled(settled, others);
  const scope = scopeWords({ basis, everything, cells: total, drawn: drawn.length, seed, outside: own >= total });

  const failure = graph.failure ?? occlusion.failure;
  if (failure) return <Notice kind="warning">{failure.message}</Notice>;
  if (!graph.value || !occlusion.value)
    return (
      <p class="soft" role="status">
        Predicting…
      </p>
    );
  const { base, values, ops, texts } = occlusion.value;
  // The first operation that is drawn stands for a choice as long as nobody has made one.
  const inGraph = new Set(graph.value.nodes.map(({ id }) => id));
  const chosen = operators.findIndex(({ id }) => id === node);
  const row =
    chosen >= 0
      ? chosen
      : Math.max(
          0,
          operators.findIndex(({ id }) => inGraph.has(id)),
        );
  const operator = operators[row];
  const changed = put === "" ? null : (values[chosen]?.[words.indexOf(put)] ?? null);
  return (
    <>
      <div class="tg-columns">
        <div class="tg-side">
          <ModelInUse about={about} own={model !== null} />
          <Prediction
            base={base}
            put={changed === null ? null : { value: changed, words: put, place: places.name(node!) }}
            reference={reference}
            unit={unitWords(about)}
            scope={scope}
          />
          <Judge predictions={predictions} again={predictions.again} learnt={about.note} />
        </div>
        <GraphView
          graph={graph.value}
          form={form}
          learnt={about.form}
          places={places}
          trained={trained}
          changed={put === "" ? null : node}
          chosen={node}
          onChoose={(id) =>
            operators.some((other) => other.id === id) && choose({ node: id === node ? null : id, words: "" })
          }
          onForm={(next) => choose({ form: next === about.form ? null : next })}
        />
      </div>
      {operators.length > 0 && (
        <Influence
          nodes={operators.map(({ id, op }) => ({ id, op, name: places.name(id), place: places.place(id) }))}
          ops={ops}
          base={base}
          values={values.map((own) => texts.map((other) => own[words.indexOf(other)] ?? Number.NaN))}
          onApply={(replacement) => setCell(places.replaced(replacement, ops))}
        />
      )}
      {operator && (
        <Wording
          words={words}
          trained={trained}
          base={base}
          reference={reference}
          put={put}
          values={values[row]!}
          nodes={operators.map(({ id, text: own }) => ({
            id,
            name: places.name(id),
            text: own,
            inGraph: inGraph.has(id),
          }))}
          chosen={{ id: operator.id, name: places.name(operator.id), text: operator.text }}
          onChoose={(id) => choose({ node: id, words: "" })}
          onPut={(next) => choose({ node: operator.id, words: next })}
        />
      )}
      <HeatMap words={words} trained={trained} />
    </>
  );
}

/** The place of predictions among each other, renewed once a run has come to its end, so that ranks do not flicker. */
function useSettled(settled: boolean, values: Float64Array): Reference | null {
  const [reference, set] = useState<Reference | null>(null);
  useEffect(() => {
    if (settled) set(values.length > 0 ? new Reference(values) : null);
  }, [settled, values]);
  return reference;
}
