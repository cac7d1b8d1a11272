// What the reader looks at: the form of the graph, a node, words in its place. It stands in the link as `authors.3.words`.
import { store } from "../../state/state.ts";
import type { Form } from "./types.ts";

export interface Choice {
  /** Null: the one that the model was trained on. */
  readonly form: Form | null;
  /** The chosen node of the authors’ graph, or null. */
  readonly node: number | null;
  /** Words in the place of that node’s; empty for its own. */
  readonly words: string;
}

export const START: Choice = { form: null, node: null, words: "" };

/** Reads what `writeChoice` writes, and null where it is nothing of the kind. Whether cell and table have it is not asked. */
export function readChoice(text: string): Choice | null {
  const [, form, node = "", words = ""] = /^(contracted|authors|)(?:\.(\d{0,2})(?:\.(.*))?)?$/s.exec(text) ?? [];
  if (form === undefined || (words !== "" && node === "")) return null;
  return { form: form === "" ? null : (form as Form), node: node === "" ? null : Number(node), words };
}

/** Empty for what it starts with. */
export function writeChoice({ form, node, words }: Choice): string {
  if (node === null) return form ?? "";
  return words === "" ? `${form ?? ""}.${node}` : `${form ?? ""}.${node}.${words}`;
}

export function choose(patch: Partial<Choice>): void {
  store.set({ tgnas: writeChoice({ ...(readChoice(store.get().tgnas) ?? START), ...patch }) });
}
