// The worker of the page's first module.
import init, * as api from "cellscope";
import type { Answer, Calls, PredictRequest, SweepPart, SweepRequest, TableId } from "./protocol.ts";
import { batchShelf } from "./worker-batches.ts";
import { failure, nextStep, serve, type Job, type Work } from "./worker-loop.ts";
import { predictorCalls, predictorShelf } from "./worker-predictor.ts";

const batches = batchShelf(api.Batch);
const predictors = predictorShelf(api.Predictor);
const predictions = predictorCalls(api, predictors);
const tables = new Map<TableId, Promise<api.KnownTable>>();

function knownTable(id: TableId): Promise<api.KnownTable> {
  let table = tables.get(id);
  if (!table) {
    table = loadTable(id);
    tables.set(id, table);
    table.catch(() => tables.delete(id)); // the next request tries again
  }
  return table;
}

async function loadTable(id: TableId): Promise<api.KnownTable> {
  const response = await fetch(new URL(`../data/${id}.known`, import.meta.url)).catch(() => {
    throw failure("known", "the table could not be fetched; is there a connection?");
  });
  if (!response.ok) throw failure("known", `the table of known figures could not be loaded (HTTP ${response.status})`);
  return api.known(new Uint8Array(await response.arrayBuffer()));
}

type Extras = Pick<Calls, "epsilon" | "batchPictures" | "canonicalForms"> & {
  [N in
    | "knownColumns"
    | "knownCells"
    | "knownDraw"
    | "knownRowOf"
    | "knownColumn"
    | "knownRow"
    | "predictorInfo"
    | "predict"]: (...args: Parameters<Calls[N]>) => Promise<Answer<N>>;
};

const extras: Extras = {
  epsilon: (space, text, spec, weights) => api.epsilon(space, text, batches.of(spec), [weights[0], weights[1]]),
  batchPictures(spec, first, count) {
    const batch = batches.of(spec);
    const shown = Math.max(0, Math.min(count, batch.count - first));
    const rgba = new Uint8ClampedArray(shown * 32 * 32 * 4);
    for (let image = 0; image < shown; image++) rgba.set(batch.picture(first + image), image * 32 * 32 * 4);
    return { label: batch.label, count: batch.count, rgba };
  },
  canonicalForms: (space) => api.list(space).map((text) => api.describe(space, text).canonical),
  knownColumns: async (space) => (await knownTable(space)).columns(),
  knownCells: async (space) => (await knownTable(space)).cells(),
  knownDraw: async (space, count, seed) => (await knownTable(space)).draw(count, seed),
  knownRowOf: async (space, text) => (await knownTable(space)).rowOf(text) ?? null,
  knownColumn: async (space, id) => (await knownTable(space)).column(id),
  knownRow: async (space, text) => (await knownTable(space)).row(text),
  predictorInfo: async (model) => (await predictors.of(model)).info(),
  predict: async (space, text, model) => (await predictors.of(model)).predict(space, text),
};

/** Sweeps that have ended, by what they score: the next chunk of the same run goes on with what its cells share. */
const kept = new Map<string, api.Sweep>();
const KEPT = 3;

/** The sweep for a chunk of cells. */
function sweepOf(
  { space, texts, proxies, options, batch, weights }: SweepRequest,
  key: string,
  tgnas: api.Predictor | null,
): api.Sweep {
  const old = kept.get(key);
  if (old && texts) {
    kept.delete(key);
    old.setCells(texts);
    return old;
  }
  const sweep = new api.Sweep(space, texts, proxies, options);
  if (tgnas) sweep.setPredictor(tgnas);
  if (batch) sweep.setBatch(batches.of(batch), weights ? [weights[0], weights[1]] : undefined);
  return sweep;
}

function startSweep(request: SweepRequest, tgnas: api.Predictor | null): Job {
  const key = JSON.stringify({ ...request, texts: null });
  const sweep = sweepOf(request, key, tgnas);
  // ε of a large network takes long: one cell first, to find out.
  let step = request.batch ? 1 : 8;
  return {
    step() {
      const started = performance.now();
      const start = sweep.done;
      const rows = sweep.step(step);
      const took = performance.now() - started;
      step = nextStep(step, took);
      return { part: { start, rows, seconds: took / 1000 } satisfies SweepPart, done: sweep.done >= sweep.total };
    },
    free() {
      kept.get(key)?.free();
      kept.delete(key);
      kept.set(key, sweep);
      for (const [stale, old] of kept) {
        if (kept.size <= KEPT) break;
        kept.delete(stale);
        old.free();
      }
    },
  };
}

serve({
  load: init,
  functions: { ...api, ...extras, ...predictions } as unknown as Work["functions"],
  startJob(request) {
    if ("kind" in (request as object)) return predictions.startPredict(request as PredictRequest);
    const sweep = request as SweepRequest;
    if (!sweep.proxies.includes("tgnas")) return startSweep(sweep, null);
    return predictors.of(sweep.model ?? null).then((tgnas) => startSweep(sweep, tgnas));
  },
  keepFile(file, bytes) {
    batches.keepFile(file, bytes);
    predictors.keepFile(file, bytes);
  },
});
