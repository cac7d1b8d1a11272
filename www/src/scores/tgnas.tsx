// TG-NAS: a prediction from the operators' names. Its files are fetched when the reader first asks.
import { useEffect, useState } from "preact/hooks";
import { call, failureOf } from "../engine/client.ts";
import { TABS } from "../lab/tabs.ts";
import { fixed } from "../words/format.ts";
import { store, useStore } from "../state/state.ts";
import type { Failure, PredictorInfo, SpaceId } from "../types.ts";
import { Explain } from "../ui/pop.tsx";

/** Whether the reader has asked, in this visit: from then on it follows the cell. */
let asked = false;

interface Shown {
  space: SpaceId;
  cell: string;
  value: number | null;
  failure: Failure | null;
}

export function Tgnas() {
  const space = useStore((state) => state.space);
  const cell = useStore((state) => state.cell);
  const own = useStore((state) => state.ownModel);
  const opened = useStore((state) => state.tab === "tgnas");
  const [wanted, setWanted] = useState(asked);
  const [attempt, setAttempt] = useState(0);
  const [info, setInfo] = useState<PredictorInfo | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const [lacking, setLacking] = useState<{ space: SpaceId; reason: string } | null>(null);

  useEffect(() => {
    let current = true;
    const model = own === null ? null : { file: own };
    const settle = (patch: Partial<Shown>) =>
      void (current && setShown({ space, cell, value: null, failure: null, ...patch }));
    const fail = (error: unknown) => {
      const failure = failureOf(error);
      if (failure) settle({ failure });
    };
    // Whether the space is covered is known without the files.
    call("operatorGraph", [space, cell, "authors"], "tgnas-graph").then(
      () => {
        if (!current || !wanted) return;
        call("predict", [space, cell, model], "tgnas").then((value) => settle({ value }), fail);
        call("predictorInfo", [model]).then(
          (found) => void (current && setInfo(found)),
          () => {},
        );
      },
      (error: unknown) => {
        const failure = failureOf(error);
        if (current && failure?.kind === "unsupported") setLacking({ space, reason: failure.message });
        else if (failure) settle({ failure });
      },
    );
    return () => void (current = false);
  }, [space, cell, own, wanted, attempt]);

  const ask = () => {
    asked = true;
    setWanted(true);
    setAttempt(attempt + 1);
  };
  // Its tab fetches the predictor and shows the figure: nobody should have to ask for it here as well.
  useEffect(() => void (opened && !wanted && ask()), [opened]);

  if (lacking?.space === space) {
    return (
      <p class="small soft score-absent">
        <strong>TG-NAS</strong> is not offered: {lacking.reason}.
      </p>
    );
  }
  const here = shown?.space === space ? shown : null;
  return (
    <section class="score" aria-busy={wanted && here?.cell !== cell}>
      <div class="score-head">
        <div class="score-title">
          <h3>TG-NAS</h3>
          <Explain about="TG-NAS">
            A small graph network that reads the operators' names as sentence vectors, and what feeds what. It was
            trained, once, on accuracies of NAS-Bench-101 cells, so unlike the other scores it is not free of training.{" "}
            {space === "nasbench101"
              ? "Cells of this space were among them."
              : "It has seen no cell of this space: a guess by analogy."}{" "}
            {info ? targetWords(info) : ""} Larger is better.
          </Explain>
        </div>
        {here?.value != null ? (
          <span class="score-figure">{fixed(here.value, 3)}</span>
        ) : (
          !wanted && (
            <button type="button" class="link-button" onClick={ask} title="fetches 0.3 MB from this site">
              Predict
            </button>
          )
        )}
      </div>
      <p class="score-note">
        <span>{own !== null ? "by your model" : "trained"}, larger is better</span>
        <TabLink />
      </p>
      {here?.failure && (
        <p class="field-error">
          {here.failure.message}{" "}
          <button type="button" class="link-button" onClick={ask}>
            Try again
          </button>
        </p>
      )}
      {wanted && !here && (
        <p class="soft" role="status">
          Loading the predictor…
        </p>
      )}
    </section>
  );
}

function targetWords({ target }: PredictorInfo): string {
  switch (target) {
    case "normal-score":
      return "The figure is a normal score: 0 is the median of the cells trained on, ±1 about one in six beyond.";
    case "accuracy":
      return "The figure is on the scale of NAS-Bench-101's accuracies; in another space only the order may mean something.";
    case "order":
      return "The figure has no unit: only the order means something.";
  }
}

/** To the tab in which the predictor is looked at more closely, if there is one. */
function TabLink() {
  const tab = TABS.find(({ id }) => id === "tgnas" || id === "tg-nas");
  if (!tab) return null;
  const open = () => {
    store.set({ tab: tab.id });
    document.querySelector(".lab")?.scrollIntoView({ block: "start" });
  };
  return (
    <button type="button" class="link-button" onClick={open}>
      what it looks at
    </button>
  );
}
