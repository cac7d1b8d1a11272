/** What the rows of a space are, and which of them are drawn as a sample. */
import { call, failureOf } from "../engine/client.ts";
import { allCells, knownCells, sizeOf } from "../engine/known.ts";
import type { TableId } from "../engine/protocol.ts";
import { SPACES } from "../space/spaces.ts";
import type { SpaceId } from "../types.ts";

/**
 * `space`: all cells of the space, in index order. `table`: those in the table of known figures, in its order, where the
 * space cannot be listed. `drawn`: a sample of a space that can neither be listed nor has a table.
 */
export type Basis = "space" | "table" | "drawn";

/** A second table with figures that fewer people want, on the same rows; fetched when one of them is asked for. */
export const MORE: Readonly<Partial<Record<SpaceId, TableId>>> = { nasbench201: "nasbench201-more" };
/** What fetching it costs, in words. */
export const MORE_SIZE = "0.6 MB";

export const hasTable = (space: SpaceId): boolean => SPACES[space].target !== null;

export async function basisOf(space: SpaceId): Promise<Basis> {
  if ((await sizeOf(space)) !== null) return "space";
  return hasTable(space) ? "table" : "drawn";
}

/** Size and seed of a sample. */
export interface Draw {
  readonly count: number;
  readonly seed: number;
}

/** The cells that are the rows. Shared: do not write to them. */
export function cellsOf(space: SpaceId, basis: Basis, { count, seed }: Draw): Promise<string[]> {
  switch (basis) {
    case "space":
      return allCells(space);
    case "table":
      return knownCells(space);
    case "drawn":
      return call("sample", [space, count, seed], "rank-sample");
  }
}

/** Rows drawn uniformly without replacement, in the order drawn: the same as the command line draws by the same seed. */
export async function drawRows(
  space: SpaceId,
  basis: Basis,
  draw: Draw,
  rowOf: ReadonlyMap<string, number>,
): Promise<Uint32Array> {
  const count = Math.min(draw.count, rowOf.size);
  switch (basis) {
    case "space":
      return Uint32Array.from(
        await call("sample", [space, count, draw.seed], "rank-sample"),
        (text) => rowOf.get(text)!,
      );
    case "table":
      return call("knownDraw", [space, count, draw.seed], "rank-sample");
    case "drawn":
      return Uint32Array.from(rowOf.values());
  }
}

/** Where the reader's cell stands. */
export interface Own {
  readonly text: string;
  /** Its row, or the seat after the rows (see `Columns`) where its text is not among them; −1 while this is being found out. */
  readonly row: number;
  /** The row of a cell equal to it by canonical form, if it has the seat; else −1. */
  readonly equal: number;
}

/** Proxies that the space does not have, with the reason. `cell` is any of its cells. */
export async function reasonsOf(space: SpaceId, cell: string): Promise<Readonly<Record<string, string>>> {
  const [{ costReason, epsilonReason }, tgnas] = await Promise.all([
    call("score", [space, cell]),
    call("operatorGraph", [space, cell, "authors"]).then(
      () => null,
      (error: unknown) => failureOf(error)?.message ?? null,
    ),
  ]);
  const all = { params: costReason, flops: costReason, epsilon: epsilonReason, tgnas };
  return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null));
}
