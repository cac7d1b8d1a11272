// The pool: whatever happens to its workers, each cell is scored once or blamed by name.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SweepRequest } from "../src/engine/protocol.ts";
import { initialState } from "../src/state/state.ts";
import { mostWorkers, Pool, type PoolWorker, type Progress } from "../src/engine/pool.ts";
import { CallError, deathWords, Superseded, WorkerDied } from "../src/engine/worker-handle.ts";

const base: Omit<SweepRequest, "texts"> = {
  space: "nasbench201",
  proxies: ["edges", "nodes"],
  options: initialState.options,
  batch: null,
};
const texts = Array.from({ length: 500 }, (_, k) => `cell ${k}`);
const squareOf = (text: string): number => Number(text.slice(5)) ** 2;

/** What a worker does with a cell, before it reports it; by default nothing special. */
type Fate = (text: string, worker: StandIn) => "score" | "die" | "hang" | Error;

/** A worker that reports four cells at a time, each time in a task of its own. */
class StandIn implements PoolWorker {
  scored = 0;
  ended = 0;
  private stop: (() => void) | null = null;
  constructor(
    readonly name: number,
    private readonly fate: Fate,
  ) {}

  job(asked: unknown, _batch: unknown, onPart: (part: unknown) => void, signal?: AbortSignal) {
    const { texts } = asked as { texts: string[] };
    let settle: { resolve(): void; reject(error: unknown): void };
    const done = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
    let over = false;
    this.stop = () => {
      over = true;
      settle.reject(new WorkerDied({ kind: "worker", message: "it was ended", at: null }, true));
    };
    signal?.addEventListener("abort", () => {
      over = true;
      settle.reject(new Superseded("cancelled"));
    });
    const turn = (start: number) => {
      if (over) return;
      if (start >= texts.length) return settle.resolve();
      const part = texts.slice(start, start + 4);
      for (const text of part) {
        const fate = this.fate(text, this);
        if (fate === "hang") return;
        if (fate === "die") return settle.reject(new WorkerDied({ kind: "worker", message: "trap", at: null }, true));
        if (fate instanceof Error) return settle.reject(fate);
      }
      this.scored += part.length;
      onPart({
        start,
        rows: Float64Array.from(part.flatMap((text) => [squareOf(text), -squareOf(text)])),
        seconds: 0.001 * part.length,
      });
      setTimeout(turn, 0, start + 4);
    };
    setTimeout(turn, 0, 0);
    return { done, pause() {} };
  }

  end() {
    this.ended++;
    this.stop?.();
  }
}

interface Told {
  values: Float64Array;
  /** How often each cell was told. */
  times: Uint8Array;
  progress: Progress;
  workers: StandIn[];
  error: unknown;
}

async function run(
  fate: Fate,
  {
    workers = 3,
    signal = new AbortController().signal,
    silence = { first: 1e6, later: 1e6, times: 20 },
    onCell = (_: number) => {},
  } = {},
): Promise<Told> {
  const made: StandIn[] = [];
  const pool = new Pool(() => {
    const worker = new StandIn(made.length, fate);
    made.push(worker);
    return worker;
  }, silence);
  const told: Told = {
    values: new Float64Array(texts.length).fill(NaN),
    times: new Uint8Array(texts.length),
    progress: { pace: null, restarts: 0, failed: [] },
    workers: made,
    error: null,
  };
  const looking = setInterval(() => pool.check(), 5);
  await pool
    .score({
      base,
      texts,
      workers,
      signal,
      onCell(index, values, at) {
        told.times[index]!++;
        told.values[index] = values[at]!;
        assert.equal(values[at + 1], -values[at]!, "the second proxy stands beside the first");
        onCell(index);
      },
      onProgress: (progress) => void (told.progress = progress),
    })
    .catch((error: unknown) => (told.error = error));
  clearInterval(looking);
  return told;
}

const undisturbed = Float64Array.from(texts, squareOf);

test("all cells come, each once, from several workers", async () => {
  const { values, times, workers, progress, error } = await run(() => "score");
  assert.equal(error, null);
  assert.deepEqual(values, undisturbed);
  assert.ok(times.every((count) => count === 1));
  assert.equal(workers.length, 3);
  assert.ok(
    workers.every(({ scored }) => scored > 0),
    "all have worked",
  );
  assert.ok(Math.abs(progress.pace! - 0.001) < 1e-9, "pace is seconds a cell");
});

test("a worker that dies in the middle costs nothing that was told, and nothing is missing", async () => {
  const deadly = new Set(["cell 40", "cell 333"]);
  const { values, times, progress, error } = await run((text) => (deadly.delete(text) ? "die" : "score"));
  assert.equal(error, null);
  assert.deepEqual(values, undisturbed);
  assert.ok(times.every((count) => count === 1));
  assert.equal(progress.restarts, 2);
  assert.deepEqual(progress.failed, []);
});

test("a cell that kills its worker twice is blamed by name, and the others go on", async () => {
  const { values, times, progress, error } = await run((text) => (text === "cell 123" ? "die" : "score"));
  assert.equal(error, null);
  assert.deepEqual(
    progress.failed.map(({ index }) => index),
    [123],
  );
  assert.match(progress.failed[0]!.message, /twice/);
  assert.ok(times.every((count, cell) => count === (cell === 123 ? 0 : 1)));
  assert.ok(values.every((value, cell) => cell === 123 || value === undisturbed[cell]));
});

test("a cell beyond a limit is blamed, a failure of the whole run ends it", async () => {
  const limit = new CallError({ kind: "limit", message: "too many layers", at: null });
  const one = await run((text) => (text === "cell 7" ? limit : "score"));
  assert.deepEqual(one.progress.failed, [{ index: 7, message: "too many layers" }]);
  assert.equal(
    one.times.reduce((sum, count) => sum + count),
    texts.length - 1,
  );
  const batch = new CallError({ kind: "batch", message: "no such file", at: null });
  const whole = await run((text) => (text === "cell 7" ? batch : "score"));
  assert.equal(whole.error, batch);
});

test("a silent worker is stood in for, and ended when the run is over", async () => {
  const { values, times, workers, progress } = await run((_, worker) => (worker.name === 1 ? "hang" : "score"), {
    silence: { first: 30, later: 30, times: 1 },
  });
  assert.deepEqual(values, undisturbed);
  assert.ok(times.every((count) => count === 1));
  assert.ok(progress.restarts >= 1);
  assert.equal(workers[1]!.ended, 1);
  const alone = await run((_, worker) => (worker.name === 0 ? "hang" : "score"), {
    workers: 1,
    silence: { first: 30, later: 30, times: 1 },
  });
  assert.deepEqual(alone.values, undisturbed, "also where it was the only one");
});

test("workers that never start end the run instead of the cells", async () => {
  const dead = new WorkerDied({ kind: "worker", message: "it could not be started", at: null }, false);
  const { error, progress, times } = await run(() => dead);
  assert.equal(error, dead);
  assert.deepEqual(progress.failed, []);
  assert.ok(times.every((count) => count === 0));
});

test("a cancelled run keeps what was told", async () => {
  const stop = new AbortController();
  let seen = 0;
  const { error, times } = await run(() => "score", {
    signal: stop.signal,
    onCell: () => void (++seen === 100 && stop.abort()),
  });
  assert.ok(error instanceof Superseded);
  const told = times.reduce((sum, count) => sum + count);
  assert.ok(told >= 100 && told < texts.length, `${told} of ${texts.length}`);
});

test("a newer run goes first; both end complete", async () => {
  const pool = new Pool(() => new StandIn(0, () => "score"));
  const order: string[] = [];
  const score = (name: string, cells: string[]) =>
    pool
      .score({ base, texts: cells, workers: 1, signal: new AbortController().signal, onCell() {} })
      .then(() => void order.push(name));
  await Promise.all([
    score("long", texts),
    new Promise((resolve) => setTimeout(resolve, 5)).then(() => score("short", texts.slice(0, 3))),
  ]);
  assert.deepEqual(order, ["short", "long"]);
});

test("workers by cores: both of two, else one left to the page, eight at most", () => {
  assert.deepEqual([1, 2, 3, 4, 8, 64].map(mostWorkers), [1, 2, 2, 3, 7, 8]);
});

test("a worker that never started is not said to have been restarted", () => {
  assert.equal(
    deathWords("edit", "it trapped", true, false),
    "A background worker (edit) stopped and was restarted: it trapped.",
  );
  for (const again of [false, true])
    assert.match(
      deathWords("edit", "no network", false, again),
      /^A background worker \(edit\) could not be started: no network\. /,
    );
  assert.match(deathWords("edit", "it trapped", true, true), /keeps stopping/);
});
