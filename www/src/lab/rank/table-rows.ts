/** Order and choice of table rows: pure functions on columns, no views. */

export type Direction = "ascending" | "descending";

/**
 * Sorts row numbers by a column. Undefined values (NaN) come last in both directions; ties keep the order given, so
 * that sorting by one column and then by another does what one expects.
 */
export function sortByNumber(rows: Uint32Array, values: ArrayLike<number>, direction: Direction): Uint32Array {
  const sign = direction === "ascending" ? 1 : -1;
  return Uint32Array.from(rows).sort((a, b) => {
    const x = values[a]!;
    const y = values[b]!;
    if (x === y) return 0;
    if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : 1;
    if (Number.isNaN(y)) return -1;
    return x < y ? -sign : sign;
  });
}

/** Sorts row numbers by text, in code-unit order (the same everywhere). */
export function sortByText(rows: Uint32Array, texts: readonly string[], direction: Direction): Uint32Array {
  const sign = direction === "ascending" ? 1 : -1;
  return Uint32Array.from(rows).sort((a, b) => {
    const x = texts[a]!;
    const y = texts[b]!;
    return x === y ? 0 : x < y ? -sign : sign;
  });
}

/**
 * Competition ranks of the rows' values: 1 is best, ties share the best rank, undefined has none (NaN).
 * The result is parallel to `rows`.
 */
export function ranks(rows: Uint32Array, values: ArrayLike<number>, better: "larger" | "smaller"): Float64Array {
  // Sorted without a comparison function, which is many times faster; best first after the sign.
  const sign = better === "larger" ? -1 : 1;
  const order = Float64Array.from(rows, (row) => sign * values[row]!)
    .filter((value) => !Number.isNaN(value))
    .sort();
  return Float64Array.from(rows, (row) => {
    const value = sign * values[row]!;
    return Number.isNaN(value) ? NaN : lowerBound(order, value) + 1;
  });
}

/** How many of the ascending values are below the given one. */
function lowerBound(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where each value stands, as per cent of the others that it beats or ties with: equal steps are equally many cells, so that
 * skewed columns are spread. 100 is best; undefined stays undefined.
 */
export function standing(values: Float64Array, better: "larger" | "smaller"): Float64Array {
  const rows = Uint32Array.from(values.keys());
  const found = ranks(rows, values, better);
  let defined = 0;
  for (const rank of found) if (!Number.isNaN(rank)) defined++;
  return found.map((rank) => (defined > 1 ? (100 * (defined - rank)) / (defined - 1) : rank));
}
