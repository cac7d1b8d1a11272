/** Scores of the cells of a space, column by column, filled in as they come. */

export interface Column {
  /** By row (position in the space's order); NaN where undefined or not yet scored. */
  readonly values: Float64Array;
  /** 1 where the row has been scored, defined or not; 2 where that failed; else 0. */
  readonly scored: Uint8Array;
  /** How many rows have been scored: it changes whenever the column does. */
  count: number;
  /** Whether it was read from the table of known figures as a whole. */
  tabulated: boolean;
  /** Rows whose scores were kept from an earlier visit. */
  kept: number;
}

/** Puts in scores that were kept, where there are none yet. */
export function fillKept(column: Column, { values, scored }: Pick<Column, "values" | "scored">): void {
  for (let row = 0; row < values.length; row++) {
    if (scored[row] !== 1 || column.scored[row] === 1) continue;
    setScore(column, row, values[row]!);
    column.kept++;
  }
}

export function setScore(column: Column, row: number, value: number): void {
  column.values[row] = value;
  if (column.scored[row] !== 1) column.count++;
  column.scored[row] = 1;
}

/** Marks a row that cannot be scored, so that it is not tried again and again. */
export function setFailed(column: Column, row: number): void {
  if (column.scored[row] === 0) column.scored[row] = 2;
}

/** Settings that decide a column's values; two columns with equal keys are the same. */
export type Keys = (proxy: string) => string;

/**
 * Columns for one space. A column whose settings have changed starts over empty. After the rows there is one more place,
 * the seat, for a cell that is not among them.
 */
export class Columns {
  private readonly held = new Map<string, { key: string; column: Column }>();
  /** Goes up when another cell takes the seat. */
  seating = 0;
  /** The row of a cell equal to the seated one, or −1. */
  private equal = -1;

  constructor(
    readonly rows: number,
    private keys: Keys,
  ) {}

  /** The place of the seat: just after the rows. */
  get seat(): number {
    return this.rows;
  }

  /** Empties the seat for another cell; `equal` is the row of one equal to it, whose known figures are its own, or −1. */
  reseat(equal: number): void {
    this.seating++;
    this.equal = equal;
    for (const { column } of this.held.values()) {
      column.values[this.rows] = column.tabulated && equal >= 0 ? column.values[equal]! : NaN;
      if (column.tabulated) continue;
      if (column.scored[this.rows] === 1) column.count--;
      column.scored[this.rows] = 0;
    }
  }

  setKeys(keys: Keys): void {
    this.keys = keys;
  }

  get(proxy: string): Column {
    const key = this.keys(proxy);
    const held = this.held.get(proxy);
    if (held && held.key === key) return held.column;
    const places = this.rows + 1;
    const column = {
      values: new Float64Array(places).fill(NaN),
      scored: new Uint8Array(places),
      count: 0,
      tabulated: false,
      kept: 0,
    };
    this.held.set(proxy, { key, column });
    return column;
  }

  /** A column that is known as a whole, e.g. read from the table. */
  put(proxy: string, known: Float64Array): void {
    const places = this.rows + 1;
    const values = new Float64Array(places).fill(NaN);
    values.set(known.subarray(0, this.rows));
    if (this.equal >= 0) values[this.rows] = values[this.equal]!;
    this.held.set(proxy, {
      key: this.keys(proxy),
      column: { values, scored: new Uint8Array(places).fill(1), count: places, tabulated: true, kept: 0 },
    });
  }

  /** The rows that lack a score in one of the columns. */
  missing(proxies: readonly string[], rows: Uint32Array): Uint32Array {
    const scored = proxies.map((proxy) => this.get(proxy).scored);
    return rows.filter((row) => scored.some((flags) => flags[row] === 0));
  }
}

export interface Coverage {
  cells: number;
  scored: number;
  /** Scored and not undefined. */
  defined: number;
}

export function coverage(column: Column, rows: Uint32Array): Coverage {
  let scored = 0;
  let defined = 0;
  for (const row of rows) {
    if (column.scored[row] !== 1) continue;
    scored++;
    if (!Number.isNaN(column.values[row]!)) defined++;
  }
  return { cells: rows.length, scored, defined };
}

/** Rows that have been scored, in the order given. */
export function scoredRows(column: Column, rows: Uint32Array): Uint32Array {
  return rows.filter((row) => column.scored[row] === 1);
}

/** The values of some rows, in their order. */
export function pick(values: ArrayLike<number>, rows: Uint32Array): Float64Array {
  const result = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) result[i] = values[rows[i]!]!;
  return result;
}

/** Rows with one more row at the end, unless it is there already; −1 adds nothing. */
export function including(rows: Uint32Array, row: number): Uint32Array {
  if (row < 0 || rows.includes(row)) return rows;
  const result = new Uint32Array(rows.length + 1);
  result.set(rows);
  result[rows.length] = row;
  return result;
}

/** Rows with a cell in place of the one that is equal to it, so that it is not compared with itself. */
export function seated(rows: Uint32Array, row: number, equal: number): Uint32Array {
  return including(equal < 0 ? rows : rows.filter((other) => other !== equal), row);
}

/**
 * One row to score for each class of equal cells, and who else gets its value.
 * Classes that already have a scored row are answered from it.
 */
export function byClass(
  rows: Uint32Array,
  classOf: Uint32Array,
  column: Pick<Column, "scored">,
): { score: Uint32Array; copies: Map<number, number[]>; given: [from: number, to: number][] } {
  const known = new Map<number, number>();
  for (let row = 0; row < classOf.length; row++) {
    const kind = classOf[row]!;
    if (column.scored[row] === 1 && !known.has(kind)) known.set(kind, row);
  }
  const score: number[] = [];
  const first = new Map<number, number>();
  const copies = new Map<number, number[]>();
  const given: [number, number][] = [];
  for (const row of rows) {
    const kind = classOf[row]!;
    const done = known.get(kind);
    const chosen = first.get(kind);
    if (done !== undefined) given.push([done, row]);
    else if (chosen !== undefined) copies.get(chosen)!.push(row);
    else {
      first.set(kind, row);
      copies.set(row, []);
      score.push(row);
    }
  }
  return { score: Uint32Array.from(score), copies, given };
}

/** Bins of a histogram over the defined values; `own` is the bin of the reader's cell, or −1. */
export function histogram(
  values: ArrayLike<number>,
  bins: number,
  own: number,
): { counts: number[]; low: number; high: number; own: number } | null {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  if (low > high) return null;
  const bin = (v: number) =>
    high > low ? Math.min(bins - 1, Math.floor(((v - low) / (high - low)) * bins)) : Math.floor(bins / 2);
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) counts[bin(values[i]!)]!++;
  return { counts, low, high, own: own >= low && own <= high ? bin(own) : -1 };
}
