/** Answers of the workers as hooks, and columns prepared for them. */
import { useEffect, useRef, useState } from "preact/hooks";
import { call, failureOf, Superseded } from "../engine/client.ts";
import { BOOTSTRAP_SEED } from "./derive.ts";
import type { Correlation, Failure } from "../types.ts";
import { lab, startJob } from "../engine/lab-client.ts";
import { useShown } from "../ui/shown.ts";
import type { LabAnswer, LabCallName, LabCalls, TopMeasures } from "../engine/lab-protocol.ts";

export interface Answered<T> {
  /** The last answer to this very question; null while it is on its way. */
  readonly value: T | null;
  readonly failure: Failure | null;
}

const nothing = { value: null, failure: null };

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, k) => Object.is(value, b[k]));

/**
 * The answer to a question that is asked anew when one of `inputs` changes; `ask` null asks nothing. A panel out of sight
 * keeps what it has and asks nothing.
 */
export function useAnswer<T>(ask: (() => Promise<T>) | null, inputs: readonly unknown[]): Answered<T> {
  const shown = useShown();
  const [state, setState] = useState<Answered<T>>(nothing);
  const last = useRef<readonly unknown[] | null>(null);
  useEffect(() => {
    if (!shown || (last.current && same(last.current, inputs))) return;
    const mine = (last.current = inputs);
    setState(nothing);
    ask?.().then(
      (value) => last.current === mine && setState({ value, failure: null }),
      (error: unknown) => last.current === mine && setState({ value: null, failure: failureOf(error) }),
    );
  }, [...inputs, shown]);
  return state;
}

export interface Steps<T> extends Answered<T> {
  readonly state: "running" | "done" | "cancelled";
  readonly done: number;
  readonly total: number;
  cancel(): void;
  /** Does what was cancelled anew. */
  again(): void;
}

/** What a work of several steps is given: it hands over what it has after each. */
export interface Stepping<T> {
  /** Waits for a step; throws if the work was cancelled meanwhile. */
  step<S>(work: Promise<S>): Promise<S>;
  have(value: T): void;
}

/** As `useAnswer`, for work of `total` steps that can be cancelled: what it has by then stays. */
export function useSteps<T>(
  work: ((stepping: Stepping<T>) => Promise<void>) | null,
  total: number,
  inputs: readonly unknown[],
): Steps<T> {
  const shown = useShown();
  const [state, setState] = useState<Omit<Steps<T>, "total" | "cancel" | "again">>({
    ...nothing,
    state: "done",
    done: 0,
  });
  const [turn, setTurn] = useState(0);
  const last = useRef<readonly unknown[] | null>(null);
  const stop = useRef<() => void>(() => {});
  useEffect(() => {
    const now = [...inputs, turn];
    if (!shown || (last.current && same(last.current, now))) return;
    last.current = now;
    const current = () => last.current === now;
    setState({ ...nothing, state: work ? "running" : "done", done: 0 });
    let cancelled = false;
    stop.current = () => {
      cancelled = true;
      if (current()) setState((before) => (before.state === "running" ? { ...before, state: "cancelled" } : before));
    };
    work?.({
      async step(promise) {
        const value = await promise;
        if (cancelled || !current()) throw new Superseded("cancelled");
        setState((before) => ({ ...before, done: before.done + 1 }));
        return value;
      },
      have: (value) => setState((before) => ({ ...before, value })),
    }).then(
      () => current() && !cancelled && setState((before) => ({ ...before, state: "done" })),
      (error: unknown) =>
        current() && !cancelled && setState((before) => ({ ...before, state: "done", failure: failureOf(error) })),
    );
  }, [...inputs, shown, turn]);
  return { ...state, total, cancel: () => stop.current(), again: () => setTurn((now) => now + 1) };
}

/** Asks the laboratory's module; the columns are copied, because messages may move them. */
export function askLab<N extends LabCallName>(
  name: N,
  args: Parameters<LabCalls[N]>,
  lane: string | null = null,
): Promise<LabAnswer<N>> {
  return lab(name, args, lane);
}

/** Resamples of intervals that are wanted by the dozen. */
export const FEW_RESAMPLES = 300;

export const correlate = (
  x: Float64Array,
  y: Float64Array,
  resamples: number,
  lane: string | null = null,
): Promise<Correlation> => call("correlation", [x, y, resamples, BOOTSTRAP_SEED], lane);

/** Correlations of one column with several, in slices of a worker. */
export async function correlateAll(
  x: Float64Array,
  ys: readonly Float64Array[],
  resamples: number,
  how: { signal: AbortSignal; place: number },
): Promise<readonly Correlation[]> {
  let found: readonly Correlation[] | null = null;
  const request = { kind: "correlate", x, ys, resamples, seed: BOOTSTRAP_SEED } as const;
  await startJob<"correlate">(request, null, (part) => void (found = part.found), how).done;
  return found!;
}

export type Better = "larger" | "smaller";

/** The column turned so that larger is better. */
export const turned = (values: Float64Array, better: Better): Float64Array =>
  better === "larger" ? values : values.map((value) => -value);

/** Measures over the best cells, with the sign that ρ over all of them has. */
export async function topOf(
  x: Float64Array,
  betterX: Better,
  y: Float64Array,
  betterY: Better,
  lane: string | null = null,
): Promise<TopMeasures> {
  const found = await askLab("topMeasures", [turned(x, betterX), turned(y, betterY)], lane);
  const sign = betterX === betterY ? 1 : -1;
  const signed = (value: number | null) => (value === null ? null : sign * value);
  return { ...found, spearmanTop10: signed(found.spearmanTop10), kendallTop10: signed(found.kendallTop10) };
}
