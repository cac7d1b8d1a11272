// A minimal observable value. Views read it with `useStoreOf`, which renders again only when the selected part changes.
import { useLayoutEffect, useReducer, useRef } from "preact/hooks";

export interface Store<S> {
  get(): S;
  /** Merges the given fields; listeners run only if one of them differs. */
  set(patch: Partial<S>): void;
  /** Calls the listener after each change, with the state before it; returns how to stop. */
  subscribe(listener: (now: S, before: S) => void): () => void;
}

export function createStore<S extends object>(initial: S): Store<S> {
  let state = initial;
  const listeners = new Set<(now: S, before: S) => void>();
  return {
    get: () => state,
    set(patch) {
      const keys = Object.keys(patch) as (keyof S)[];
      if (keys.every((key) => Object.is(state[key], patch[key]))) return;
      const before = state;
      state = { ...state, ...patch };
      for (const listener of [...listeners]) listener(state, before);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The selected part of a store; a component that calls it renders again when that part changes (by `Object.is`). */
export function useStoreOf<S extends object, T>(store: Store<S>, select: (state: S) => T): T {
  const [, render] = useReducer<number, void>((count) => count + 1, 0);
  const value = select(store.get());
  const latest = useRef({ select, value });
  latest.current = { select, value };
  useLayoutEffect(() => {
    const check = () => {
      const { select, value } = latest.current;
      if (!Object.is(select(store.get()), value)) render();
    };
    check(); // the store may have changed between render and subscription
    return store.subscribe(check);
  }, [store]);
  return value;
}
