// What the workers say about the cell in hand: asked for whenever the cell or a setting changes, newest wins.
import { call, failureOf, Superseded } from "./client.ts";
import type { Answer, CallName, Calls } from "./protocol.ts";
import { store, type State } from "../state/state.ts";
import { createStore, useStoreOf } from "../state/store.ts";
import type { CellInfo, ChannelGraph, EpsilonResult, Failure, Scores } from "../types.ts";

/** An answer that may still be on its way; `value` is the last good one until the next arrives. */
export interface Result<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly pending: boolean;
}

export interface Results {
  readonly info: Result<CellInfo>;
  readonly scores: Result<Scores>;
  readonly graph: Result<ChannelGraph>;
  readonly epsilon: Result<EpsilonResult>;
}

const nothing = { value: null, failure: null, pending: true };
const nothingYet: Results = { info: nothing, scores: nothing, graph: nothing, epsilon: nothing };
export const results = createStore<Results>(nothingYet);

export function useResults<T>(select: (results: Results) => T): T {
  return useStoreOf(results, select);
}

function request<K extends keyof Results, N extends CallName>(key: K, name: N, args: Parameters<Calls[N]>): void {
  results.set({ [key]: { ...results.get()[key], pending: true } } as Partial<Results>);
  const settle = (patch: Partial<Result<Answer<N>>>) =>
    results.set({ [key]: { ...results.get()[key], pending: false, ...patch } } as Partial<Results>);
  call(name, args, key).then(
    (value) => settle({ value, failure: null }),
    (error: unknown) => {
      // A superseded request stays pending: the one that replaced it will settle.
      if (!(error instanceof Superseded)) settle({ value: null, failure: failureOf(error) });
    },
  );
}

function ask(now: State, before: State | null): void {
  const { space, cell, options, batch, weights } = now;
  // A cell of another space would be shown by the wrong views.
  if (before && before.space !== space) results.set(nothingYet);
  const cellChanged = before === null || before.space !== space || before.cell !== cell;
  const networkChanged = cellChanged || before.options !== options;
  if (cellChanged) request("info", "describe", [space, cell]);
  if (networkChanged) {
    request("scores", "score", [space, cell, options]);
    request("graph", "graph", [space, cell, options]);
  }
  if (cellChanged || before.batch !== batch || before.weights !== weights) {
    request("epsilon", "epsilon", [space, cell, batch, weights]);
  }
}

/** Starts to keep the results up to date; call once the first state is known. */
export function startResults(): void {
  ask(store.get(), null);
  store.subscribe(ask);
}

/** Asks again for what failed, after the worker was restarted. */
export function retry(): void {
  ask(store.get(), null);
}
