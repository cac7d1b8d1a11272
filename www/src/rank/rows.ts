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

/** One word of a filter: `conv_3x3`, `-none`, `skip=2`, `conv>=4`. */
export interface Condition {
  word: string;
  test: (occurrences: number) => boolean;
}

/** Reads a filter: words apart by blanks, all of which must hold. Upper and lower case are the same. */
export function parseFilter(text: string): Condition[] {
  const conditions: Condition[] = [];
  for (const part of text.toLowerCase().split(/\s+/)) {
    const counted = /^(.+?)(<=|>=|=|<|>)(\d{1,3})$/.exec(part);
    if (counted) {
      const n = Number(counted[3]);
      conditions.push({ word: counted[1]!, test: comparison(counted[2]!, n) });
    } else if (part.startsWith("-") && part.length > 1) {
      conditions.push({ word: part.slice(1), test: (k) => k === 0 });
    } else if (part !== "" && part !== "-") {
      conditions.push({ word: part, test: (k) => k > 0 });
    }
  }
  return conditions;
}

function comparison(sign: string, n: number): (k: number) => boolean {
  switch (sign) {
    case "<": return (k) => k < n;
    case "<=": return (k) => k <= n;
    case ">": return (k) => k > n;
    case ">=": return (k) => k >= n;
    default: return (k) => k === n;
  }
}

function occurrences(text: string, word: string): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) count++;
  return count;
}

/** The rows whose text meets every condition, in the order given. */
export function filterRows(rows: Uint32Array, texts: readonly string[], filter: string): Uint32Array {
  const conditions = parseFilter(filter);
  if (conditions.length === 0) return rows;
  return rows.filter((row) => {
    const text = texts[row]!.toLowerCase();
    return conditions.every(({ word, test }) => test(occurrences(text, word)));
  });
}

/**
 * Competition ranks of the rows' values: 1 is best, ties share the best rank, undefined has none (NaN).
 * The result is parallel to `rows`.
 */
export function ranks(rows: Uint32Array, values: ArrayLike<number>, better: "larger" | "smaller"): Float64Array {
  // Sorted without a comparison function, which is many times faster; best first after the sign.
  const sign = better === "larger" ? -1 : 1;
  const order = Float64Array.from(rows, (row) => sign * values[row]!).filter((value) => !Number.isNaN(value)).sort();
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
