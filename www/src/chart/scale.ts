/** Axes: scales from values to pixels, and round numbers for their ticks. */

/**
 * `log`: equal steps are equal ratios (values above 0). `error`: for accuracies in per cent, equal steps are equal ratios
 * of the error, 100 − accuracy, so that the best cells, which lie close together, are spread (values below 100).
 */
export type Kind = "linear" | "log" | "error";

export interface Scale {
  kind: Kind;
  low: number;
  high: number;
  /** Pixels of `low` and `high`. */
  start: number;
  end: number;
}

/** The value as the scale spaces it; NaN where the scale cannot hold it. */
export function warp(kind: Kind, value: number): number {
  switch (kind) {
    case "linear":
      return value;
    case "log":
      return value > 0 ? Math.log(value) : NaN;
    case "error":
      return value < 100 ? -Math.log(100 - value) : NaN;
  }
}

function unwarp(kind: Kind, warped: number): number {
  switch (kind) {
    case "linear":
      return warped;
    case "log":
      return Math.exp(warped);
    case "error":
      return 100 - Math.exp(-warped);
  }
}

/** Position of a value in pixels; NaN for one that the scale cannot hold. */
export function toPixel({ kind, low, high, start, end }: Scale, value: number): number {
  const a = warp(kind, low);
  return start + ((warp(kind, value) - a) / (warp(kind, high) - a)) * (end - start);
}

export function toValue({ kind, low, high, start, end }: Scale, pixel: number): number {
  const a = warp(kind, low);
  return unwarp(kind, a + ((pixel - start) / (end - start)) * (warp(kind, high) - a));
}

/** Lowest and highest of the values that the scale can hold, widened by a margin; null if there is none. */
export function extent(values: ArrayLike<number>, kind: Kind): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const v = warp(kind, values[i]!);
    if (!Number.isFinite(v)) continue;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  if (low > high) return null;
  const margin = high > low ? (high - low) * 0.03 : Math.abs(high) * 0.05 || 1;
  return [unwarp(kind, low - margin), unwarp(kind, high + margin)];
}

/** Round numbers inside the scale, at most about `count`. */
export function ticks(scale: Scale, count: number): number[] {
  const { kind, low, high } = scale;
  if (kind === "log" && high / low >= 10) return decadeTicks(low, high, count);
  return kind === "error" ? errorTicks(scale, count) : linearTicks(low, high, count);
}

function linearTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((m) => m * power >= rough * 0.999)! * power;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  const result: number[] = [];
  // Counting in whole steps keeps rounding errors from adding up; the rounding writes 0.3, not 0.30000000000000004.
  for (let k = first; k <= last && result.length < 50; k++) result.push(Number((k * step).toPrecision(12)));
  return result;
}

function decadeTicks(low: number, high: number, count: number): number[] {
  const decades = Math.log10(high / low);
  const factors = decades * 3 <= count ? [1, 2, 5] : [1];
  const skip = Math.max(1, Math.ceil(decades / count));
  const result: number[] = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e += skip) {
    for (const f of factors) {
      const v = Number((f * 10 ** e).toPrecision(12));
      if (v >= low && v <= high) result.push(v);
    }
  }
  return result;
}

/** Steps that shrink towards 100 %; where two would stand too close, the one nearer the top stays. */
function errorTicks(scale: Scale, count: number): number[] {
  const room = (Math.abs(scale.end - scale.start) / Math.max(1, count)) * 0.6;
  const inner = linearTicks(scale.low, scale.high, count);
  // A narrow view is nearly linear; a wide one needs finer steps near its top.
  const steps =
    scale.high - scale.low > 12 ? [10, 5, 2, 1].flatMap((step) => multiples(step, scale.low, scale.high)) : inner;
  const kept: number[] = [];
  for (const v of [...new Set(steps)]) {
    const at = toPixel(scale, v);
    if (kept.every((other) => Math.abs(toPixel(scale, other) - at) >= room)) kept.push(v);
  }
  return kept.sort((a, b) => a - b);
}

function multiples(step: number, low: number, high: number): number[] {
  const result: number[] = [];
  for (let v = Math.ceil(low / step) * step; v <= high && v < 100; v += step) result.push(v);
  return result.reverse();
}
