// Where a prediction stands among those of many cells.

/** Predictions of the cells that this one is compared with, itself not among them, in ascending order; without undefined ones. */
export class Reference {
  readonly sorted: Float64Array;

  constructor(values: ArrayLike<number>) {
    this.sorted = Float64Array.from(values)
      .filter((value) => !Number.isNaN(value))
      .sort();
  }

  /** Compared cells, this one included. */
  get cells(): number {
    return this.sorted.length + 1;
  }

  /** Position of the first value that is not below. O(log n). */
  private lower(value: number): number {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** 1 + how many predictions are larger. Those within one part in a million count as equal: a sum in another order. */
  rank(value: number): number {
    const slack = Math.max(1, Math.abs(value)) * 1e-6;
    return 1 + this.sorted.length - this.lower(value + slack);
  }

  /** The value below which a share of the predictions lies, 0 to 1. */
  quantile(share: number): number {
    const at = Math.min(this.sorted.length - 1, Math.max(0, Math.round(share * (this.sorted.length - 1))));
    return this.sorted[at]!;
  }
}

/** `top 12.3 %` of so many cells; never better than it is. */
export function topShare(rank: number, cells: number): string {
  const share = (100 * rank) / cells;
  return `top ${share < 10 ? (Math.ceil(share * 10) / 10).toFixed(1) : Math.ceil(share)} %`;
}
