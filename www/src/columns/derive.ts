/** Ranks and correlations of what the columns hold, from the module, asked for again when the values change. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { call, failureOf } from "../engine/client.ts";
import { startJob } from "../engine/lab-client.ts";
import { useStore } from "../state/state.ts";
import type { Correlation, Failure, ProxyInfo, RankResult } from "../types.ts";
import { coverage, pick, scoredRows, seated, type Coverage } from "./columns.ts";
import { scores, useRank } from "./model.ts";

export interface Rows {
  /** The reader's cell: a row, or the seat after the rows. */
  own: number;
  /** Whether it is neither a row nor equal to one. */
  outside: boolean;
  sample: Uint32Array;
  all: Uint32Array;
  /** Those of the two that the scatter and the table are about. */
  scope: Uint32Array;
  everything: boolean;
  /** The scope without a cell that was put in by hand: what correlations are about. */
  drawn: Uint32Array;
}

/** Rows under discussion, by scope, with the reader's cell in them. */
export function useRows(): Rows {
  const wanted = useStore((state) => state.rank.samples === "all");
  const own = useRank((data) => data.own);
  const drawn = useRank((data) => data.sample);
  const basis = useRank((data) => data.basis);
  const every = useRank((data) => data.all);
  return useMemo(() => {
    const sample = seated(drawn ?? new Uint32Array(0), own.row, own.equal);
    const all = seated(every, own.row, own.equal);
    // Of a space that can neither be listed nor has a table, there is nothing but the sample.
    const everything = wanted && basis !== "drawn";
    const outside = own.row >= every.length && own.equal < 0;
    return {
      own: own.row,
      outside,
      sample,
      all: basis === "drawn" ? sample : all,
      scope: everything ? all : sample,
      everything,
      drawn: everything ? every : (drawn ?? new Uint32Array(0)),
    };
  }, [drawn, every, own, wanted, basis]);
}

export interface Ranking {
  /** The reader's cell's value: NaN = undefined, null = not scored yet. */
  value: number | null;
  coverage: Coverage;
  result: RankResult | null;
}

/** How many of the rows are scored and defined. */
export function useCoverage(proxy: string, rows: Uint32Array): Coverage {
  useRank((data) => data.version);
  const column = scores().get(proxy);
  return useMemo(() => coverage(column, rows), [column, column.count, rows]);
}

/** The place of the reader's cell by one column among some rows, as far as these are scored. */
export function useRanking(proxy: string, rows: Uint32Array, own: number, better: ProxyInfo["better"]): Ranking {
  const column = scores().get(proxy);
  const covered = useCoverage(proxy, rows);
  const value = own >= 0 && column.scored[own] ? column.values[own]! : null;
  const [result, setResult] = useState<RankResult | null>(null);
  useEffect(() => {
    // Two cells at least: a cell is always first among itself.
    if (value === null || better === "none" || covered.scored < 2) return setResult(null);
    let wanted = true;
    const values = pick(column.values, scoredRows(column, rows));
    call("rankOf", [values, value, better]).then(
      (found) => wanted && setResult(found),
      () => wanted && setResult(null),
    );
    return () => void (wanted = false);
  }, [column, rows, value, better, covered.scored, covered.defined]);
  return { value, coverage: covered, result };
}

/** Of the bootstrap intervals; both stand in exports. */
export const RESAMPLES = 1000;
export const BOOTSTRAP_SEED = 0;

export interface Correlated {
  /** Without intervals until these are there. */
  result: Correlation | null;
  intervals: "idle" | "running" | "cancelled" | "failed";
  /** Resamples so far. */
  done: number;
  failure: Failure | null;
  cancel(): void;
  /** Computes the intervals after all. */
  again(): void;
}

const nothing = { result: null, intervals: "idle", done: 0, failure: null } as const;

/**
 * Correlation of two columns over the rows scored in both; the intervals come after the coefficients, in slices that can
 * be cancelled. `lane`: questions that replace each other.
 */
export function useCorrelation(
  x: Float64Array,
  y: Float64Array,
  settled: boolean,
  lane = "rank-correlation",
): Correlated {
  const [state, setState] = useState<Omit<Correlated, "cancel" | "again">>(nothing);
  const [turn, setTurn] = useState(0);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => {
    if (x.length < 2) return setState(nothing);
    const stop = (abort.current = new AbortController());
    let wanted = true;
    const put = (patch: Partial<typeof state>) => wanted && setState((now) => ({ ...now, ...patch }));
    const ask = async () => {
      put({
        result: await call("correlation", [x.slice(), y.slice(), 0, BOOTSTRAP_SEED], lane),
        intervals: settled ? "running" : "idle",
        done: 0,
        failure: null,
      });
      if (!wanted || !settled) return;
      const request = { kind: "correlate", x, ys: [y], resamples: RESAMPLES, seed: BOOTSTRAP_SEED } as const;
      await startJob<"correlate">(
        request,
        null,
        ({ done, found }) => put(found ? { result: found[0]!, intervals: "idle", done } : { done }),
        { signal: stop.signal },
      ).done;
    };
    ask().catch((error: unknown) => {
      const failure = failureOf(error);
      put(failure ? { intervals: "failed", failure } : { intervals: stop.signal.aborted ? "cancelled" : "idle" });
    });
    return () => {
      wanted = false;
      stop.abort();
    };
  }, [x, y, settled, turn]);
  return { ...state, cancel: () => abort.current?.abort(), again: () => setTurn((now) => now + 1) };
}
