// A worker of the laboratory's module: measures of whole columns, and long jobs.
import init, * as api from "laboratory";
import { batchShelf } from "./worker-batches.ts";
import { nextStep, serve, type Job, type Work } from "./worker-loop.ts";
import { predictorShelf } from "./worker-predictor.ts";
import { startTraining } from "./lab-training.ts";
import type {
  BestPart,
  BestRequest,
  CorrelatePart,
  CorrelateRequest,
  JobKind,
  LabJobs,
  SearchPart,
  SearchRequest,
} from "./lab-protocol.ts";

const batches = batchShelf(api.Batch);
const predictors = predictorShelf(api.Predictor);

function startSearch({ space, texts, accuracy, options, guide }: SearchRequest, tgnas: api.Predictor | null): Job {
  const search = new api.Search(space, texts && [...texts], accuracy, options);
  if (guide && "scores" in guide) search.guideByColumn(guide.scores, guide.better);
  else if (guide) {
    search.guideByProxy(guide.proxy, guide.options);
    if (tgnas) search.setPredictor(tgnas);
    if (guide.batch) search.setBatch(batches.of(guide.batch), [guide.weights[0], guide.weights[1]]);
  }
  // ε of a large network takes long: one cell first, to find out.
  let work = 1;
  return {
    step() {
      const started = performance.now();
      const rows = search.step(work);
      work = nextStep(work, performance.now() - started);
      return { part: { ...rows, warmed: search.warmed } satisfies SearchPart, done: search.done >= search.total };
    },
    free: () => search.free(),
  };
}

function startCorrelations({ x, ys, resamples, seed }: CorrelateRequest): Job {
  const run = new api.Correlations(x, [...ys], resamples, seed);
  let work = 8;
  return {
    step() {
      const started = performance.now();
      if (run.done < run.total) run.step(work);
      work = nextStep(work, performance.now() - started);
      const done = run.done >= run.total;
      return {
        part: { done: run.done, total: run.total, found: done ? run.found() : null } satisfies CorrelatePart,
        done,
      };
    },
    free: () => run.free(),
  };
}

function startBest({ scores, scoresBetter, accuracy, accuracyBetter, samples, repeats, seed }: BestRequest): Job {
  const run = new api.BestOfRun(scores, scoresBetter, accuracy, accuracyBetter, samples, repeats, seed);
  let work = 1;
  return {
    step() {
      const started = performance.now();
      const found = run.step(work);
      work = nextStep(work, performance.now() - started);
      return { part: { ...found, done: run.done } satisfies BestPart, done: run.done >= run.total };
    },
    free: () => run.free(),
  };
}

const starts: { [K in JobKind]: (request: LabJobs[K]["request"]) => Job | Promise<Job> } = {
  search(request) {
    const { guide } = request;
    const byPredictor = guide !== null && "proxy" in guide && guide.proxy === "tgnas";
    return byPredictor
      ? predictors.of(guide.model).then((tgnas) => startSearch(request, tgnas))
      : startSearch(request, null);
  },
  train: (request) => startTraining(api.Trainer, request),
  correlate: startCorrelations,
  best: startBest,
};

serve({
  load: init,
  functions: api as unknown as Work["functions"],
  startJob: (request) => {
    const { kind } = request as { kind: JobKind };
    return starts[kind](request as never);
  },
  keepFile(file, bytes) {
    batches.keepFile(file, bytes);
    predictors.keepFile(file, bytes);
  },
});
