// The predictor with its words, and what else is fetched once.
import { call, CallError } from "../../engine/client.ts";
import type { ModelFile, PredictorTable } from "../../engine/protocol.ts";
import type { SpaceId } from "../../types.ts";
import { ask } from "../../engine/predictor-client.ts";
import { Words, type Entry } from "./words.ts";

export interface Table {
  readonly about: PredictorTable;
  readonly words: Words;
}

let groups: Promise<Entry[]> | null = null;

/** The descriptions in their groups. */
function loadGroups(): Promise<Entry[]> {
  groups ??= fetch(new URL("../data/operators.json", import.meta.url)).then((response) => {
    if (!response.ok)
      throw new CallError({
        kind: "known",
        message: `the operators’ descriptions could not be loaded (HTTP ${response.status})`,
        at: null,
      });
    return response.json() as Promise<Entry[]>;
  });
  groups.catch(() => (groups = null)); // the next one who asks tries again
  return groups;
}

/** A predictor’s words with their groups; words that the list of descriptions lacks count as never seen. */
export async function tableOf(model: ModelFile | null): Promise<Table> {
  const [about, listed] = await Promise.all([ask("predictorTable", [model]), loadGroups()]);
  const known = new Map(listed.map((entry) => [entry.text, entry]));
  const entries = about.words.map((text): Entry => known.get(text) ?? { text, group: "unseen", op: "" });
  return { about, words: new Words(entries, about.cosines) };
}

/** Operations of a space. */
export async function opsOf(space: SpaceId): Promise<readonly string[]> {
  return (await call("spaces", [])).find(({ id }) => id === space)!.ops;
}
