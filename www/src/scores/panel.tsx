// The scores of the cell in hand: average degree, ε, cost, and the graph's other measures.
import { millions } from "../words/format.ts";
import { retry, useResults } from "../engine/results.ts";
import { useStore } from "../state/state.ts";
import type { Scores } from "../types.ts";
import { Button } from "../ui/button.tsx";
import { DownloadMenu } from "../ui/download.tsx";
import { Notice } from "../ui/notice.tsx";
import { lazily } from "../ui/lazy.tsx";
import { Explain } from "../ui/pop.tsx";
import { Degree } from "./degree.tsx";
import { Epsilon } from "./epsilon.tsx";
import { countedSize } from "./words.ts";

const AboutParameters = lazily(() => import("./about.tsx").then((module) => module.AboutParameters));
const AboutFlops = lazily(() => import("./about.tsx").then((module) => module.AboutFlops));
const OtherMeasures = lazily(() => import("./measures.tsx").then((module) => module.OtherMeasures));
const Tgnas = lazily(() => import("./tgnas.tsx").then((module) => module.Tgnas));

export function ScoresPanel() {
  const { value: scores, failure } = useResults((state) => state.scores);
  return (
    <div class="scores">
      <div class="row spread panel-head">
        <h2>Scores, without training</h2>
        {scores && <DownloadMenu items={EXPORTS} />}
      </div>
      {failure && (
        <Notice kind="error">
          {failure.message} {failure.kind === "worker" && <Button onClick={retry}>Try again</Button>}
        </Notice>
      )}
      {scores ? (
        <>
          <Degree scores={scores} />
          <Epsilon />
          <Cost scores={scores} />
          <Tgnas />
          <OtherMeasures measures={scores.measures} />
        </>
      ) : (
        !failure && <p class="soft score-loading">Loading the calculator…</p>
      )}
    </div>
  );
}

function Cost({ scores: { cost, costReason, epsilonReason } }: { scores: Scores }) {
  const size = countedSize(useStore((state) => state.space));
  if (!cost) {
    return (
      <p class="small soft score-absent">
        <strong>Parameters, FLOPs</strong> are not counted
        {costReason === epsilonReason ? ", for the same reason" : `: ${costReason}`}.
      </p>
    );
  }
  return (
    <>
      <dl class="score-pair">
        <div>
          <dt>Parameters</dt>
          <dd>
            <span class="cost-figure">{millions(cost.params)}</span>
            <Explain about="parameters" ready={AboutParameters.ready}>
              <AboutParameters count={cost.params} />
            </Explain>
          </dd>
        </div>
        <div>
          <dt>FLOPs</dt>
          <dd>
            <span class="cost-figure">{millions(cost.flops)}</span>
            <Explain about="FLOPs" ready={AboutFlops.ready}>
              <AboutFlops count={cost.flops} />
            </Explain>
          </dd>
        </div>
      </dl>
      {size && <p class="score-note">{size}</p>}
    </>
  );
}

const EXPORTS = [
  { label: "CSV", hint: "one row a score", make: async () => (await import("./files.ts")).scoresCsv() },
  { label: "JSON", hint: "scores, ε with its outputs", make: async () => (await import("./files.ts")).scoresJson() },
];
