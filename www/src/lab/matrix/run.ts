/** The correlations of a matrix, row after row in several workers, with progress; answers stay until their columns change. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { failureOf } from "../../engine/client.ts";
import { mostWorkers } from "../../engine/pool.ts";
import type { Correlation, Failure } from "../../types.ts";
import { keyOf, missing, type Found, type Line, type Pair } from "./fields.ts";
import { correlateAll, FEW_RESAMPLES } from "../../columns/use.ts";

interface Kept {
  x: Float64Array;
  y: Float64Array;
  resamples: number;
  result: Correlation;
}

export interface Run {
  readonly found: Found;
  readonly done: number;
  readonly total: number;
  readonly state: "running" | "done" | "cancelled" | "failed";
  readonly failure: Failure | null;
  /** Whether what is there has intervals. */
  readonly intervals: boolean;
  /** Seconds that are left, once there is a pace. */
  readonly left: number | null;
  cancel(): void;
  /** Takes a stopped run up again, with intervals or without. */
  start(intervals: boolean): void;
}

interface Step {
  readonly pairs: readonly Pair[];
  readonly resamples: number;
}

/** The pairs of each row, in their order. */
function byRow(pairs: readonly Pair[], resamples: number): Step[] {
  const rows = new Map<string, Pair[]>();
  for (const pair of pairs) rows.set(pair.row, [...(rows.get(pair.row) ?? []), pair]);
  return [...rows.values()].map((row) => ({ pairs: row, resamples }));
}

/** Correlations that are worth a worker of their own. */
const FEW = 20;

/** Of so few cells intervals are there at once. */
const SMALL = 2000;

export function useMatrixRun(rows: readonly Line[], columns: readonly Line[], cells: number, shown: boolean): Run {
  const kept = useRef(new Map<string, Kept>()).current;
  const [ask, setAsk] = useState<{ intervals: boolean; stopped: boolean; count: number }>({
    intervals: false,
    stopped: false,
    count: 0,
  });
  const [state, setState] = useState<{
    done: number;
    total: number;
    state: Run["state"];
    failure: Failure | null;
    left: number | null;
    version: number;
  }>({ done: 0, total: 0, state: "done", failure: null, left: null, version: 0 });
  const resamples = ask.intervals || cells <= SMALL ? FEW_RESAMPLES : 0;
  const abort = useRef<AbortController | null>(null);
  const columnOf = useMemo(() => new Map([...rows, ...columns].map((line) => [line.id, line.values])), [rows, columns]);

  const answered = (pair: Pair, least: number): boolean => {
    const held = kept.get(keyOf(pair));
    return (
      held !== undefined &&
      held.x === columnOf.get(pair.row) &&
      held.y === columnOf.get(pair.column) &&
      held.resamples >= least
    );
  };

  useEffect(() => {
    if (!shown || ask.stopped || rows.length === 0 || columns.length === 0) return;
    const stop = new AbortController();
    abort.current = stop;
    void (async () => {
      // Coefficients of all pairs first, then their intervals: a row at a time, whose columns share their resamples.
      const plan = [
        ...byRow(
          missing(rows, columns, (pair) => answered(pair, 0)),
          0,
        ),
        ...(resamples > 0
          ? byRow(
              missing(rows, columns, (pair) => answered(pair, resamples)),
              resamples,
            )
          : []),
      ];
      const total = plan.reduce((sum, step) => sum + step.pairs.length, 0);
      if (total === 0) return setState((now) => ({ ...now, state: "done", left: null, version: now.version + 1 }));
      let done = 0;
      let told = 0;
      let paced = 0;
      let since = performance.now();
      const tell = (patch: Partial<typeof state>) =>
        setState((now) => ({ ...now, done, total, failure: null, version: now.version + 1, ...patch }));
      tell({ state: "running", left: null });
      const queue = [...plan];
      const work = async (place: number) => {
        for (let step = queue.shift(); step; step = queue.shift()) {
          if (step.resamples > 0 && paced === 0) since = performance.now();
          const { pairs, resamples } = step;
          const x = columnOf.get(pairs[0]!.row)!;
          const ys = pairs.map(({ column }) => columnOf.get(column)!);
          const results = await correlateAll(x, ys, resamples, { signal: stop.signal, place });
          pairs.forEach((pair, k) => kept.set(keyOf(pair), { x, y: ys[k]!, resamples, result: results[k]! }));
          done += pairs.length;
          if (resamples === plan.at(-1)!.resamples) paced += pairs.length;
          if (performance.now() - told < 120) continue;
          told = performance.now();
          tell({ left: paced > pairs.length ? (((told - since) / paced) * (total - done)) / 1000 : null });
        }
      };
      try {
        await Promise.all(
          Array.from({ length: Math.min(mostWorkers(), Math.ceil(total / FEW)) }, (_, place) => work(place)),
        );
        tell({ state: "done", left: null });
      } catch (error) {
        const failure = failureOf(error);
        if (!stop.signal.aborted && failure) tell({ state: "failed", failure });
        stop.abort(); // one worker failed: the others' work would be for nothing
      }
    })();
    return () => stop.abort();
  }, [rows, columns, resamples, ask, shown]);

  const found = useMemo(() => {
    const result = new Map<string, Correlation>();
    for (const row of rows) {
      for (const column of columns) {
        const pair = { row: row.id, column: column.id };
        if (answered(pair, 0)) result.set(keyOf(pair), kept.get(keyOf(pair))!.result);
      }
    }
    return result;
  }, [rows, columns, state.version]);

  return {
    found,
    done: state.done,
    total: state.total,
    state: state.state,
    failure: state.failure,
    left: state.left,
    intervals: [...found.values()].some((one) => one.spearmanLow !== null),
    cancel() {
      abort.current?.abort();
      setAsk((now) => ({ ...now, stopped: true }));
      setState((now) => ({ ...now, state: "cancelled", left: null }));
    },
    start: (intervals) => setAsk((now) => ({ intervals, stopped: false, count: now.count + 1 })),
  };
}
