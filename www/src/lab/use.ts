/** Answers of the workers as hooks, and columns prepared for them. */
import { useEffect, useState } from "preact/hooks";
import { call, failureOf } from "../client.ts";
import { BOOTSTRAP_SEED } from "../rank/derive.ts";
import type { Correlation, Failure } from "../types.ts";
import { lab } from "./client.ts";
import type { LabAnswer, LabCallName, LabCalls, TopMeasures } from "./protocol.ts";

export interface Answered<T> {
  /** The last answer to this very question; null while it is on its way. */
  readonly value: T | null;
  readonly failure: Failure | null;
}

const nothing = { value: null, failure: null };

/** The answer to a question that is asked anew when one of `inputs` changes; `ask` null asks nothing. */
export function useAnswer<T>(ask: (() => Promise<T>) | null, inputs: readonly unknown[]): Answered<T> {
  const [state, setState] = useState<Answered<T>>(nothing);
  useEffect(() => {
    setState(nothing);
    if (!ask) return;
    let wanted = true;
    ask().then(
      (value) => wanted && setState({ value, failure: null }),
      (error: unknown) => wanted && setState({ value: null, failure: failureOf(error) }),
    );
    return () => void (wanted = false);
  }, inputs);
  return state;
}

/** Asks the laboratory's module; the columns are copied, because messages may move them. */
export function askLab<N extends LabCallName>(name: N, args: Parameters<LabCalls[N]>, lane: string | null = null): Promise<LabAnswer<N>> {
  return lab(name, args, lane);
}

/** Resamples of intervals that are wanted by the dozen. */
export const FEW_RESAMPLES = 300;

export const correlate = (x: Float64Array, y: Float64Array, resamples: number, lane: string | null = null): Promise<Correlation> =>
  call("correlation", [x, y, resamples, BOOTSTRAP_SEED], lane);

export type Better = "larger" | "smaller";

/** The column turned so that larger is better. */
export const turned = (values: Float64Array, better: Better): Float64Array => (better === "larger" ? values : values.map((value) => -value));

/** Measures over the best cells, with the sign that ρ over all of them has. */
export async function topOf(x: Float64Array, betterX: Better, y: Float64Array, betterY: Better, lane: string | null = null): Promise<TopMeasures> {
  const found = await askLab("topMeasures", [turned(x, betterX), turned(y, betterY)], lane);
  const sign = betterX === betterY ? 1 : -1;
  const signed = (value: number | null) => (value === null ? null : sign * value);
  return { ...found, spearmanTop10: signed(found.spearmanTop10), kendallTop10: signed(found.kendallTop10) };
}
