// What the views of the predictor are made of.

import type { OperatorForm, OperatorGraph } from "../../types.ts";

/** Which graph of a cell the predictor sees: see `FORMS`. */
export type Form = OperatorForm;

export interface FormInfo {
  readonly id: Form;
  readonly label: string;
  /** In a sentence or two. */
  readonly meaning: string;
}

export const FORMS: readonly FormInfo[] = [
  {
    id: "contracted",
    label: "contracted",
    meaning:
      "“None” takes its edge away, a skip joins what it joins, dead ends go: what NAS-Bench-101, where the predictor learns, would draw.",
  },
  {
    id: "authors",
    label: "authors’",
    meaning:
      "As TG-NAS draws it: every operation is a node, “None” and skips too. NAS-Bench-101 has neither, so their words are never trained.",
  },
];

/** A node; its `id` is that of the authors’ graph, whatever the form. */
export type OpNode = OperatorGraph["nodes"][number];
