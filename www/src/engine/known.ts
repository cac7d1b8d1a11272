// Known figures and the list of all cells, each fetched once, when first wanted.
import { useEffect, useState } from "preact/hooks";
import { call, failureOf } from "./client.ts";
import type { TableId } from "./protocol.ts";
import type { ColumnInfo, Failure, SpaceId } from "../types.ts";

const held = new Map<string, Promise<unknown>>();

function once<T>(key: string, make: () => Promise<T>): Promise<T> {
  let promise = held.get(key) as Promise<T> | undefined;
  if (!promise) {
    promise = make();
    held.set(key, promise);
    promise.catch(() => held.delete(key)); // a failure is not kept: the next one who asks tries again
  }
  return promise;
}

export const knownColumns = (table: TableId): Promise<ColumnInfo[]> =>
  once(`columns:${table}`, () => call("knownColumns", [table]));

/** A column in the order of the table's rows; NaN where there is no figure. Shared: do not write to it. */
export const knownColumn = (table: TableId, id: string): Promise<Float64Array> =>
  once(`column:${table}:${id}`, () => call("knownColumn", [table, id]));

/** Texts of the cells in the table, in the order of its rows. Shared: do not write to it. */
export const knownCells = (space: SpaceId): Promise<string[]> =>
  once(`cells:${space}`, () => call("knownCells", [space]));

/** All cells of the space in index order. Shared: do not write to it. */
export const allCells = (space: SpaceId): Promise<string[]> => once(`list:${space}`, () => call("list", [space]));

/** How many cells a space has; null where they cannot be counted. */
export const sizeOf = (space: SpaceId): Promise<number | null> =>
  once("spaces", () => call("spaces", [])).then((spaces) => spaces.find(({ id }) => id === space)?.size ?? null);

/** The value of a promise, once it is there. `key` names it: a new key starts over. */
export function usePromise<T>(key: string, make: () => Promise<T>): { value: T | null; failure: Failure | null } {
  const [state, setState] = useState<{ key: string; value: T | null; failure: Failure | null }>({
    key,
    value: null,
    failure: null,
  });
  useEffect(() => {
    let wanted = true;
    make().then(
      (value) => wanted && setState({ key, value, failure: null }),
      (error: unknown) => wanted && setState({ key, value: null, failure: failureOf(error) }),
    );
    return () => void (wanted = false);
  }, [key]);
  return state.key === key ? state : { value: null, failure: null };
}
