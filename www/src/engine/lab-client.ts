// The laboratory's side of its workers. `lab` answers one request; `startJob` does long work in a worker of its own.
// A worker that dies is replaced; a search takes up where it stopped, because the same seed gives the same rows.
import { Superseded, WorkerDied, WorkerHandle, type RunningJob } from "./worker-handle.ts";
import { mostWorkers } from "./pool.ts";
import type {
  GuideSpec,
  JobKind,
  LabAnswer,
  LabCallName,
  LabCalls,
  LabJobs,
  SearchPart,
  SearchRequest,
} from "./lab-protocol.ts";

const workers: WorkerHandle[] = [];

function worker(place: number): WorkerHandle {
  return (workers[place] ??= new WorkerHandle("laboratory", "lab-worker.js"));
}

/**
 * Calls a function of the laboratory's module in a worker.
 * `lane`: a newer request of the same lane replaces this one, which then rejects with `Superseded`.
 */
export function lab<N extends LabCallName>(
  name: N,
  args: Parameters<LabCalls[N]>,
  lane: string | null = null,
): Promise<LabAnswer<N>> {
  return worker(0).call(name, args, lane) as Promise<LabAnswer<N>>;
}

/** Starts a long job; `place`: which worker, below `mostWorkers()`, jobs of one worker taking turns. */
export function startJob<K extends JobKind>(
  request: LabJobs[K]["request"],
  batch: unknown,
  onPart: (part: LabJobs[K]["part"]) => void,
  { signal, place = 0 }: { signal?: AbortSignal; place?: number } = {},
): RunningJob {
  return worker(place).job(request, batch, (part) => onPart(part as LabJobs[K]["part"]), signal);
}

/** A search whose worker stops again and again is given up. */
const MOST_DEATHS = 3;

const batchOf = (guide: GuideSpec | null): unknown => (guide && "proxy" in guide ? (guide.batch ?? guide.model) : null);

/** One worker's share of a search; takes up where it stopped if the worker dies. */
function startShare(request: SearchRequest, place: number, onRows: (part: SearchPart) => void, signal: AbortSignal) {
  const { budget = 300, firstRun = 0, runs = 1 } = request.options;
  /** Rows that have come, and those of them to be left out when they come again. */
  let rows = 0;
  let again = 0;
  let running: RunningJob;
  let paused = false;
  const start = () => {
    // Finished runs are not done again; the one under way is, without a word on the rows that are there already.
    const finished = Math.floor(rows / budget);
    again = rows % budget;
    const options = { ...request.options, firstRun: firstRun + finished, runs: runs - finished };
    running = startJob<"search">(
      { ...request, options },
      batchOf(request.guide),
      (part) => {
        const skip = Math.min(again, part.run.length);
        again -= skip;
        const fresh = skip === 0 ? part : withoutFirst(part, skip);
        rows += fresh.run.length;
        onRows(fresh);
      },
      { signal, place },
    );
    running.pause(paused);
    return running.done;
  };
  const last = async (deaths: number): Promise<void> => {
    try {
      await start();
    } catch (error) {
      // One that could not even start would not start the next time either.
      if (!(error instanceof WorkerDied) || !error.started || deaths === MOST_DEATHS || rows === budget * runs)
        throw error;
      await last(deaths + 1);
    }
  };
  return {
    done: last(0),
    pause(now: boolean) {
      paused = now;
      running.pause(now);
    },
  };
}

export function withoutFirst(part: SearchPart, count: number): SearchPart {
  const { run, step, cell, score, accuracy, best, warmed } = part;
  return {
    run: run.subarray(count),
    step: step.subarray(count),
    cell: cell.subarray(count),
    score: score.subarray(count),
    accuracy: accuracy.subarray(count),
    best: best.subarray(count),
    warmed,
  };
}

/** How many of the runs each of some workers does: as even as can be, the first ones more. */
export function shares(runs: number, workers: number): number[] {
  const count = Math.min(runs, workers);
  return Array.from({ length: count }, (_, k) => Math.floor((runs + count - 1 - k) / count));
}

/**
 * Runs a search, its runs shared among workers; the rows of each run come in order. Rejects with `Superseded` when
 * `signal` aborts: what has come by then stays true.
 *
 * # Arguments
 * `request.options.runs` are shared; `onRows` is told what came, and by which of the workers.
 */
export function startSearch(
  request: SearchRequest,
  onRows: (part: SearchPart, place: number) => void,
  signal: AbortSignal,
): RunningJob {
  const { firstRun = 0, runs = 1 } = request.options;
  const stop = new AbortController();
  const forward = () => stop.abort();
  if (signal.aborted) stop.abort();
  signal.addEventListener("abort", forward, { once: true });
  let first = firstRun;
  const parts = shares(runs, mostWorkers()).map((count, place) => {
    const share = { ...request, options: { ...request.options, firstRun: first, runs: count } };
    first += count;
    return startShare(share, place, (part) => onRows(part, place), stop.signal);
  });
  const done = Promise.all(parts.map((part) => part.done))
    .then(() => {})
    .catch((error: unknown) => {
      stop.abort(); // one worker failed: the others' work would be for nothing
      throw signal.aborted ? new Superseded("cancelled") : error;
    })
    .finally(() => signal.removeEventListener("abort", forward));
  return { done, pause: (paused) => parts.forEach((part) => part.pause(paused)) };
}
