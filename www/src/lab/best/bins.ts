// Histograms of several columns over the same bins, and the figures beside them. Pure functions.

export interface Bins {
  readonly low: number;
  readonly width: number;
  /** One a column and bin. */
  readonly counts: readonly (readonly number[])[];
  /** Whether values below `low` are counted in the first bin. */
  readonly below: boolean;
}

/** 1, 2, 2.5 or 5 times a power of ten, the least that needs no more than so many bins for the span. */
export function binWidth(span: number, most: number): number {
  const rough = span / most;
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10);
}

/** Decimals by which multiples of a bin's width are told apart. */
export function decimalsOf(width: number): number {
  let decimals = 0;
  while (decimals < 9 && Math.abs(width * 10 ** decimals - Math.round(width * 10 ** decimals)) > 1e-6) decimals++;
  return decimals;
}

/**
 * Counts columns of numbers; NaN does not count. `whole`: bins are no narrower than 1 and begin at whole numbers. What
 * lies below the lowest twentieth of all columns together goes into the first bin, so that few bad cells do not squeeze
 * the rest.
 */
export function bins(columns: readonly ArrayLike<number>[], most: number, whole = false): Bins | null {
  const all = Float64Array.from(columns.flatMap((column) => Array.from(column)))
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (all.length === 0) return null;
  const least = whole ? all[0]! : all[Math.floor(all.length * 0.05)]!;
  const width = Math.max(whole ? 1 : 0, binWidth(Math.max(all.at(-1)! - least, whole ? 1 : 1e-9), most));
  const low = whole ? least : Math.floor(least / width) * width;
  const count = Math.floor((all.at(-1)! - low) / width + 1e-9) + 1;
  const counts = columns.map((column) => {
    const found = new Array<number>(count).fill(0);
    for (let k = 0; k < column.length; k++) {
      const value = column[k]!;
      if (!Number.isNaN(value)) found[Math.max(0, Math.min(count - 1, Math.floor((value - low) / width + 1e-9)))]!++;
    }
    return found;
  });
  return { low, width, counts, below: all[0]! < low };
}

export interface Figures {
  readonly count: number;
  readonly mean: number;
  /** Divided by the number, as NumPy does. */
  readonly sd: number;
  readonly median: number;
}

/** Over the values that are numbers. */
export function figures(values: ArrayLike<number>): Figures {
  const defined = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const count = defined.length;
  const mean = defined.reduce((sum, value) => sum + value, 0) / count;
  const sd = Math.sqrt(defined.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
  const median = count === 0 ? NaN : (defined[(count - 1) >> 1]! + defined[count >> 1]!) / 2;
  return { count, mean, sd, median };
}
