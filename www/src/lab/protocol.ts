// What the laboratory's panels and their workers say to each other, by the words of `../protocol.ts`.
import type * as Api from "../../../src/web/laboratory";
import type { BatchSpec, NetworkSettings } from "../state.ts";
import type { SpaceId } from "../types.ts";

export type * from "../../../src/web/laboratory";

/** Functions of the module that are called as they are. */
export type LabCalls = Pick<
  typeof Api,
  "topMeasures" | "front" | "averageRanks" | "overrating" | "slices" | "quartileBands" | "bestOf"
>;
export type LabCallName = keyof LabCalls;
export type LabAnswer<N extends LabCallName> = ReturnType<LabCalls[N]>;

/** What guides a search: scores that are there already, one a cell, or a proxy that is computed where one is needed. */
export type GuideSpec =
  | { readonly scores: Float64Array; readonly better: Api.Better }
  | {
      readonly proxy: string;
      readonly options: NetworkSettings;
      /** Needed if the proxy is `epsilon`. */
      readonly batch: BatchSpec | null;
      readonly weights: readonly [number, number];
    };

export interface SearchRequest {
  kind: "search";
  space: SpaceId;
  /** Null = all of the space in index order. */
  texts: readonly string[] | null;
  /** One a cell; NaN where it is not known. */
  accuracy: Float64Array;
  options: Api.SearchOptions;
  guide: GuideSpec | null;
}

/** What a slice of a search found. */
export interface SearchPart extends Api.SearchRows {
  /** Cells of a warm-up that have been scored so far in the run under way. */
  warmed: number;
}

/** The long jobs by kind: what is asked, and what comes of a slice. */
export interface LabJobs {
  search: { request: SearchRequest; part: SearchPart };
}
export type JobKind = keyof LabJobs;
