// Undo and redo as a pure value: what was, and what was undone.

export interface History<T> {
  readonly past: readonly T[];
  readonly future: readonly T[];
  /** Name of the last kind of edit and when it was, so that a run of one kind (a slider) is one step. */
  readonly last: { tag: string; time: number } | null;
}

const LIMIT = 200;
/** Edits of one kind closer together than this (ms) are one step. */
const MERGE_WITHIN = 700;

export const emptyHistory = { past: [], future: [], last: null } as const;

/** Records that `present` is about to be replaced. `tag` names a kind of edit that may be merged with its like. */
export function record<T>(history: History<T>, present: T, tag: string | null, time: number): History<T> {
  const { past, last } = history;
  const merges =
    tag !== null && last !== null && last.tag === tag && time - last.time < MERGE_WITHIN && past.length > 0;
  return {
    past: merges ? past : [...past, present].slice(-LIMIT),
    future: [],
    last: tag === null ? null : { tag, time },
  };
}

/** The state before the last edit, and the history from there; null if there is none. */
export function undo<T>(history: History<T>, present: T): { present: T; history: History<T> } | null {
  const previous = history.past.at(-1);
  if (previous === undefined) return null;
  return {
    present: previous,
    history: { past: history.past.slice(0, -1), future: [present, ...history.future], last: null },
  };
}

/** The state that the last undo left; null if there is none. */
export function redo<T>(history: History<T>, present: T): { present: T; history: History<T> } | null {
  const [next, ...future] = history.future;
  if (next === undefined) return null;
  return { present: next, history: { past: [...history.past, present], future, last: null } };
}
