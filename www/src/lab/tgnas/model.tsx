// Which model predicts, and what its figure means.
import { store } from "../../state/state.ts";
import type { PredictorTable } from "../../engine/protocol.ts";
import { Button } from "../../ui/button.tsx";
import { Explain } from "../../ui/pop.tsx";

/** What the predicted figure is. */
export function unitWords({ target }: Pick<PredictorTable, "target">): string {
  switch (target) {
    case "normal-score":
      return "The figure is a normal score: 0 = the middle of the cells trained on, +1 = better than 84 % of them, −1 = worse than 84 %.";
    case "accuracy":
      return "The figure is an accuracy as a fraction of 1, as the model reckons it for NAS-Bench-101’s network and training.";
    default:
      return "The figure has no unit: only the order means something.";
  }
}

export function ModelInUse({ about, own }: { about: PredictorTable; own: boolean }) {
  return (
    <p class={own ? "tg-model own" : "tg-model small soft"}>
      {own
        ? "Predicted by the model that you trained here."
        : "Predicted by the shipped model, trained on NAS-Bench-101 alone."}
      <Explain about="the model">
        <p>{about.note}</p>
        <p>
          {about.layers} layers of {about.width} features a node
          {about.members > 1 ? `, the mean of ${about.members} models` : ""}. {unitWords(about)}
        </p>
      </Explain>
      {own && (
        <>
          {" "}
          <Button onClick={() => store.set({ ownModel: null })}>Back to the shipped model</Button>
        </>
      )}
    </p>
  );
}
