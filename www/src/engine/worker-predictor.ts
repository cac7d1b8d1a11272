// TG-NAS's predictors that a worker has loaded: the shipped one, and those that were trained in the page.
import type * as Api from "../../../src/web/types";
import type { ModelFile, PredictorCalls, PredictorTable, PredictPart, PredictRequest } from "./protocol.ts";
import { failure, nextStep, type Job } from "./worker-loop.ts";

/** The module's part in it. */
type Module = Pick<typeof Api, "Predictor" | "operatorGraph" | "operatorTexts">;

export interface PredictorShelf {
  of(model: ModelFile | null): Promise<Api.Predictor>;
  keepFile(file: number, bytes: Uint8Array): void;
}

async function fetched(name: string, what: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`../data/${name}`, import.meta.url)).catch(() => {
    throw failure("predictor", `${what} could not be fetched; is there a connection?`);
  });
  if (!response.ok) throw failure("predictor", `${what} could not be loaded (HTTP ${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

/** `make`: the module’s `Predictor`. */
export function predictorShelf(make: typeof Api.Predictor): PredictorShelf {
  const files = new Map<number, Uint8Array>();
  const held = new Map<number | null, Promise<Api.Predictor>>();
  let words: Promise<Uint8Array> | null = null;

  async function load(model: ModelFile | null): Promise<Api.Predictor> {
    words ??= fetched("operators.words", "the operators’ vectors");
    words.catch(() => (words = null)); // the next request tries again
    const weights = model ? files.get(model.file) : fetched("tgnas.weights", "the predictor’s weights");
    if (!weights) throw failure("predictor", "the model that was trained here is gone");
    return make.load(await weights, await words);
  }

  return {
    of(model) {
      const key = model?.file ?? null;
      let predictor = held.get(key);
      if (!predictor) {
        predictor = load(model);
        held.set(key, predictor);
        predictor.catch(() => held.delete(key));
      }
      return predictor;
    },
    keepFile: (file, bytes) => void files.set(file, bytes),
  };
}

/** What the view of the predictor asks its worker. */
export function predictorCalls(
  api: Module,
  shelf: PredictorShelf,
): Pick<PredictorCalls, "predictorTable" | "occlude"> & { startPredict(request: PredictRequest): Promise<Job> } {
  /** The predictor on graphs of a form, which need not be the one that it was trained on. */
  const inForm = async (model: ModelFile | null, form: Api.OperatorForm): Promise<Api.Predictor> =>
    (await shelf.of(model)).inForm(form);
  return {
    async predictorTable(model): Promise<PredictorTable> {
      const predictor = await shelf.of(model);
      const trained = ["Input", "Output", ...api.operatorTexts("nasbench101")];
      return { ...predictor.info(), cosines: predictor.similarities(), trained };
    },
    async occlude(space, text, form, model) {
      const predictor = await inForm(model, form);
      const occlusion = predictor.occlusion(space, text);
      predictor.free();
      const { nodes } = api.operatorGraph(space, text, "authors");
      return { ...occlusion, operators: occlusion.nodes.map((id) => nodes.find((node) => node.id === id)!) };
    },
    async startPredict({ space, texts, form, model }) {
      const predictor = await inForm(model, form);
      let at = 0;
      let size = 64;
      return {
        step() {
          const started = performance.now();
          const start = at;
          at = Math.min(texts.length, at + size);
          const values = Float64Array.from(texts.slice(start, at), (text) => predictor.predict(space, text));
          size = nextStep(size, performance.now() - started);
          return { part: { start, values } satisfies PredictPart, done: at >= texts.length };
        },
        free: () => predictor.free(),
      };
    },
  };
}
