// Predictions of the cells that the rank views compare: computed once for each model, form and row, kept, and cancellable.
import { useEffect, useMemo } from "preact/hooks";
import { failureOf, Superseded } from "../../engine/client.ts";
import type { ModelFile } from "../../engine/protocol.ts";
import { rank, useRank } from "../../columns/model.ts";
import { store } from "../../state/state.ts";
import { createStore, useStoreOf } from "../../state/store.ts";
import type { Failure } from "../../types.ts";
import { predictMany } from "../../engine/predictor-client.ts";
import type { Form } from "./types.ts";

interface Column {
  readonly values: Float64Array;
  readonly done: Uint8Array;
}

interface Run {
  readonly state: "running" | "cancelled" | "done" | "failed";
  readonly done: number;
  readonly total: number;
  readonly failure: Failure | null;
}

interface Data {
  readonly run: Run | null;
  /** Goes up when values have come. */
  readonly version: number;
}

const data = createStore<Data>({ run: null, version: 0 });

/** By what rows mean, and by form and model. */
const kept = new Map<string, Column>();

function columnOf(form: Form, model: ModelFile | null): Column {
  const { space, basis, all } = rank.get();
  const { samples, seed } = store.get().rank;
  const key = [space, basis, basis === "drawn" ? `${samples},${seed}` : "", form, model?.file].join("|");
  const held = kept.get(key);
  if (held && held.values.length === all.length) return held;
  const column = { values: new Float64Array(all.length).fill(Number.NaN), done: new Uint8Array(all.length) };
  kept.set(key, column);
  return column;
}

let abort: AbortController | null = null;

/** Stops the run under way; what it has found stays. */
export function cancelPredictions(): void {
  abort?.abort();
}

async function fill(cells: readonly string[], rows: Uint32Array, form: Form, model: ModelFile | null): Promise<void> {
  abort?.abort();
  const column = columnOf(form, model);
  const missing = rows.filter((row) => column.done[row] === 0);
  if (missing.length === 0) return data.set({ run: null, version: data.get().version + 1 });
  const mine = new AbortController();
  abort = mine;
  let done = 0;
  const tell = (state: Run["state"], failure: Failure | null = null) => {
    if (abort === mine)
      data.set({ run: { state, done, total: missing.length, failure }, version: data.get().version + 1 });
  };
  tell("running");
  try {
    const texts = Array.from(missing, (row) => cells[row]!);
    await predictMany(
      { kind: "predict", space: store.get().space, texts, form, model },
      ({ start, values }) => {
        values.forEach((value, k) => {
          const row = missing[start + k]!;
          column.values[row] = value;
          column.done[row] = 1;
        });
        done += values.length;
        tell("running");
      },
      mine.signal,
    );
    tell("done");
  } catch (error) {
    if (error instanceof Superseded) tell("cancelled");
    else tell("failed", failureOf(error));
  }
}

export interface Predictions {
  /** The rows that have a prediction, and their predictions. */
  readonly rows: Uint32Array;
  readonly values: Float64Array;
  readonly run: Run | null;
}

/** Predictions of some rows of the rank views’ cells, as far as they are there; starts what is missing. */
export function usePredictions(
  rows: Uint32Array,
  form: Form,
  model: ModelFile | null,
  shown: boolean,
): Predictions & { again(): void } {
  const cells = useRank((rank) => rank.cells);
  const run = useStoreOf(data, ({ run }) => run);
  const version = useStoreOf(data, ({ version }) => version);
  const start = () => void (cells && fill(cells, rows, form, model));
  useEffect(() => {
    if (shown && cells && rows.length > 0) start();
  }, [cells, rows, form, model, shown]);
  return useMemo(() => {
    if (!cells) return { rows: new Uint32Array(0), values: new Float64Array(0), run, again: start };
    const column = columnOf(form, model);
    const there = rows.filter((row) => column.done[row] === 1);
    return { rows: there, values: Float64Array.from(there, (row) => column.values[row]!), run, again: start };
  }, [cells, rows, form, model, version]);
}
