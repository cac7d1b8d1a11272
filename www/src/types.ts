// The wasm module's types, re-exported so that views import them from one place.
export type * from "../../src/web/types";
import type { CellscopeError } from "../../src/web/types";

/** What can go wrong with a request: an error of the module, or the worker itself. */
export interface Failure {
  kind: CellscopeError["kind"] | "worker";
  message: string;
  at: CellscopeError["at"];
}
