/** Nearest point of a cloud in pixels, by a uniform grid: built in O(n), asked in about O(1). */
export class NearestGrid {
  private readonly columns: number;
  private readonly rows: number;
  /** Points of bucket b are `items[starts[b]] … items[starts[b + 1] - 1]`. */
  private readonly starts: Uint32Array;
  private readonly items: Uint32Array;

  /** Points with a coordinate that is not finite, or outside the box, are left out. */
  constructor(
    private readonly x: ArrayLike<number>,
    private readonly y: ArrayLike<number>,
    width: number,
    height: number,
    private readonly size = 12,
  ) {
    this.columns = Math.max(1, Math.ceil(width / size));
    this.rows = Math.max(1, Math.ceil(height / size));
    const starts = new Uint32Array(this.columns * this.rows + 1);
    for (let i = 0; i < x.length; i++) {
      const b = this.bucket(i);
      if (b >= 0) starts[b + 1]!++;
    }
    for (let b = 0; b < starts.length - 1; b++) starts[b + 1]! += starts[b]!;
    const next = starts.slice();
    this.items = new Uint32Array(starts[starts.length - 1]!);
    for (let i = 0; i < x.length; i++) {
      const b = this.bucket(i);
      if (b >= 0) this.items[next[b]!++] = i;
    }
    this.starts = starts;
  }

  private bucket(i: number): number {
    const column = Math.floor(this.x[i]! / this.size);
    const row = Math.floor(this.y[i]! / this.size);
    // Written so that NaN fails it too.
    const inside = column >= 0 && column < this.columns && row >= 0 && row < this.rows;
    return inside ? row * this.columns + column : -1;
  }

  /** Index of the nearest point within `reach` pixels, the lower one where two are equally near, or -1. */
  nearest(px: number, py: number, reach: number): number {
    const { size } = this;
    const column0 = Math.max(0, Math.floor((px - reach) / size));
    const column1 = Math.min(this.columns - 1, Math.floor((px + reach) / size));
    const row0 = Math.max(0, Math.floor((py - reach) / size));
    const row1 = Math.min(this.rows - 1, Math.floor((py + reach) / size));
    let best = -1;
    let bestDistance = reach * reach;
    for (let row = row0; row <= row1; row++) {
      for (let column = column0; column <= column1; column++) {
        const b = row * this.columns + column;
        for (let k = this.starts[b]!; k < this.starts[b + 1]!; k++) {
          const i = this.items[k]!;
          const dx = this.x[i]! - px;
          const dy = this.y[i]! - py;
          const distance = dx * dx + dy * dy;
          if (distance < bestDistance || (distance === bestDistance && (best < 0 || i < best))) {
            best = i;
            bestDistance = distance;
          }
        }
      }
    }
    return best;
  }
}
