/** What a filter over the table says: words of a cell's text, and ranges of the columns. Pure functions. */

/** A column as a filter may name it. */
export interface Named {
  /** Lower-case, `_` between words; the first is how messages call it. */
  readonly names: readonly string[];
  /** By row, in the unit that is shown. */
  readonly shown: ArrayLike<number>;
}

type Condition =
  | {
      readonly word: string;
      readonly test: (occurrences: number) => boolean /** A column that may have been meant. */;
      readonly near?: string | null;
    }
  | { readonly values: ArrayLike<number>; readonly test: (value: number) => boolean };

export interface Filter {
  readonly conditions: readonly Condition[];
  /** Parts that are not understood, and so not applied. */
  readonly problems: readonly string[];
}

export interface Filtered {
  readonly rows: Uint32Array;
  readonly problems: readonly string[];
}

/** A name as it is compared: `Expected-Degree` is `expected_degree`. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[\s-]+/g, "_");

/** Reads a filter: parts apart by blanks, all of which must hold. Upper and lower case are the same. */
export function readFilter(text: string, columns: readonly Named[]): Filter {
  const conditions: Condition[] = [];
  const problems: string[] = [];
  for (const part of text.toLowerCase().split(/\s+/)) {
    const compared = /^(.+?)(<=|>=|=|<|>)(.*)$/.exec(part);
    if (compared) {
      const read = readComparison(part, compared[1]!, compared[2]!, compared[3]!, columns);
      if (typeof read === "string") problems.push(read);
      else conditions.push(read);
    } else if (part.startsWith("-") && part.length > 1) {
      conditions.push({ word: part.slice(1), test: (k) => k === 0 });
    } else if (part !== "" && part !== "-") {
      conditions.push({ word: part, test: (k) => k > 0 });
    }
  }
  return { conditions, problems };
}

function readComparison(
  part: string,
  name: string,
  sign: string,
  value: string,
  columns: readonly Named[],
): Condition | string {
  const column = columns.find(({ names }) => names.includes(plainName(name)));
  if (value === "") return `“${part}” lacks a number`;
  if (!column) {
    const near = nearest(
      plainName(name),
      columns.map(({ names }) => names[0]!),
    );
    if (/^\d{1,3}$/.test(value)) return { word: name, test: comparison(sign, Number(value)), near };
    return `no column shown is called “${name}”${near ? `; did you mean “${near}”?` : ""}`;
  }
  const ends = sign === "=" ? value.split("..") : [value];
  const numbers = ends.map(readNumber);
  const bad = numbers.findIndex(Number.isNaN);
  if (bad >= 0 || numbers.length > 2) return `“${numbers.length > 2 ? value : ends[bad]}” in “${part}” is not a number`;
  const [low, high] = numbers as [number, number | undefined];
  if (high !== undefined)
    return low <= high
      ? { values: column.shown, test: (v) => v >= low && v <= high }
      : `in “${part}” the range is empty: ${ends[0]} is above ${ends[1]}`;
  return { values: column.shown, test: comparison(sign, low) };
}

/** `0.5`, `1e-3`, `93.5%`, `500k`, `1.2m`; NaN for anything else. */
export function readNumber(text: string): number {
  const parts = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?)(%|k|m)?$/.exec(text.replace("−", "-"));
  if (!parts) return NaN;
  return Number(parts[1]) * (parts[2] === "k" ? 1e3 : parts[2] === "m" ? 1e6 : 1);
}

function comparison(sign: string, n: number): (k: number) => boolean {
  switch (sign) {
    case "<":
      return (k) => k < n;
    case "<=":
      return (k) => k <= n;
    case ">":
      return (k) => k > n;
    case ">=":
      return (k) => k >= n;
    default:
      return (k) => k === n;
  }
}

/** The name that is at most a third of its letters away, or begins likewise; null if none is. */
function nearest(name: string, names: readonly string[]): string | null {
  const near = names.map((other) => ({
    other,
    far: other.startsWith(name) || name.startsWith(other) ? 0.5 : distance(name, other),
  }));
  const best = near.sort((a, b) => a.far - b.far)[0];
  return best && best.far <= Math.max(1, best.other.length / 3) ? best.other : null;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])));
    row = next;
  }
  return row[b.length]!;
}

function occurrences(text: string, word: string): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) count++;
  return count;
}

/** The rows that meet every condition, in the order given. A word that no cell holds is a problem too: it may be a slip. */
export function filterRows(
  rows: Uint32Array,
  texts: readonly string[],
  filter: string,
  columns: readonly Named[] = [],
): Filtered {
  const { conditions, problems } = readFilter(filter, columns);
  if (conditions.length === 0) return { rows, problems };
  const lower = new Map<number, string>();
  const textOf = (row: number): string => {
    let text = lower.get(row);
    if (text === undefined) lower.set(row, (text = texts[row]!.toLowerCase()));
    return text;
  };
  let found = rows;
  const slips: string[] = [];
  for (const condition of conditions) {
    if ("values" in condition) {
      found = found.filter((row) => condition.test(condition.values[row]!));
      continue;
    }
    const { word, test, near } = condition;
    if (!rows.some((row) => textOf(row).includes(word))) {
      slips.push(`no cell here holds “${word}”${near ? `, and no column is called so; did you mean “${near}”?` : ""}`);
      if (near) continue;
    }
    found = found.filter((row) => test(occurrences(textOf(row), word)));
  }
  return { rows: found, problems: [...problems, ...slips] };
}
