/** The offer to score ε of many cells: slower than the rest, so never without asking, and with an estimate. */
import { whole } from "../format.ts";
import { useEffect } from "preact/hooks";
import { initialState, useStore } from "../state.ts";
import { useResults } from "../results.ts";
import { Button } from "../ui/button.tsx";
import { coverage } from "./columns.ts";
import { Jobs } from "./controls.tsx";
import { useRows } from "./derive.ts";
import { workersFor } from "./jobs.ts";
import { scoreEpsilon, scores, useRank } from "./model.ts";
import { about } from "./words.ts";

/** Cells that are scored first, to measure the pace. */
const PROBE = 12;

export function EpsilonOffer({ compact }: { compact?: boolean }) {
  const { scope } = useRows();
  useRank((data) => data.version);
  const pace = useRank((data) => data.epsilonPace);
  const job = useRank((data) => data.jobs.epsilon);
  const offered = useRank((data) => data.proxies.some((proxy) => proxy.id === "epsilon"));
  const weights = useStore((state) => state.weights);
  const batch = useStore((state) => state.batch);
  const ready = useResults((results) => results.epsilon.value !== null);
  // The first few cells are scored unasked, once the page has settled: their pace is the estimate.
  useEffect(() => {
    if (!ready || pace !== null || scope.length < PROBE || job !== null) return;
    const timer = setTimeout(() => void scoreEpsilon(scope.slice(0, PROBE)), 1500);
    return () => clearTimeout(timer);
  }, [ready, pace, scope.length, job !== null, batch]);
  if (!offered) return null;
  const covered = coverage(scores().get("epsilon"), scope);
  const left = covered.cells - covered.scored;
  const running = job?.state === "running" && job.total > PROBE;
  const custom = weights.some((weight, k) => weight !== initialState.weights[k]);
  return (
    <div class="rank-epsilon small">
      {left > 0 && !running && (
        <div class="row">
          <Button onClick={() => void scoreEpsilon(scope)}>ε of {whole(left)} {covered.scored > 0 ? "more " : ""}cells</Button>
          <span class="soft">{pace === null ? "measuring the pace…" : about((pace * left) / workersFor(left, true))}</span>
        </div>
      )}
      <Jobs slots={["epsilon"]} />
      {covered.scored > PROBE && (
        <p class="soft">
          ε is defined for {whole(covered.defined)} of {whole(covered.scored)} scored cells; ranks and correlations cover these only.
          {!compact && " Cells with equal canonical form have equal ε up to rounding, so each such class is computed once."}
        </p>
      )}
      {custom && <p class="soft">Here ε uses the weights {initialState.weights.join(" and ")}, whatever is set above.</p>}
    </div>
  );
}
