/** ε of many cells: slower than the rest, so never without asking, and offered with an estimate. */
import { useEffect } from "preact/hooks";
import { whole } from "../format.ts";
import { initialState, useStore } from "../state.ts";
import { useResults } from "../results.ts";
import { coverage } from "./columns.ts";
import { Jobs } from "./controls.tsx";
import { useRows } from "./derive.ts";
import { workersFor } from "./jobs.ts";
import { scoreEpsilon, scores, useRank } from "./model.ts";
import { about } from "./words.ts";

/** Cells that are scored first, to measure the pace. */
export const PROBE = 12;

/** Offers to score ε of what is left of the rows; nothing where none is left, or while that is being done. */
export function EpsilonButton({ rows, look }: { rows: Uint32Array; look: "link" | "button" }) {
  useRank((data) => data.version);
  const pace = useRank((data) => data.epsilonPace);
  const job = useRank((data) => data.jobs.epsilon);
  const ready = useResults((results) => results.epsilon.value !== null);
  const batch = useStore((state) => state.batch);
  // The first few cells are scored unasked, once the page has settled: their pace is the estimate.
  useEffect(() => {
    if (!ready || pace !== null || rows.length < PROBE || job !== null) return;
    const timer = setTimeout(() => void scoreEpsilon(rows.slice(0, PROBE)), 1500);
    return () => clearTimeout(timer);
  }, [ready, pace, rows.length, job !== null, batch]);
  const { cells, scored } = coverage(scores().get("epsilon"), rows);
  const left = cells - scored;
  const busy = job?.state === "running" && job.total > PROBE;
  if (left === 0 || busy) return null;
  const estimate = pace === null ? "measuring the pace…" : about((pace * left) / workersFor(left, true));
  return (
    <span class={look === "link" ? "small" : "row small"}>
      <button type="button" class={look === "link" ? "link-button" : "button"} title={`${whole(left)} cells`} onClick={() => void scoreEpsilon(rows)}>
        {look === "link" ? "score ε" : `Score ε of ${whole(left)} ${scored > 0 ? "more " : ""}cells`}
      </button>{" "}
      <span class="soft">{estimate}</span>
    </span>
  );
}

/** What is running, what was stopped, and how many cells ε covers. */
export function EpsilonState({ compact }: { compact?: boolean }) {
  const { scope } = useRows();
  useRank((data) => data.version);
  const weights = useStore((state) => state.weights);
  const offered = useRank((data) => data.proxies.some((proxy) => proxy.id === "epsilon"));
  if (!offered) return null;
  const covered = coverage(scores().get("epsilon"), scope);
  const custom = weights.some((weight, k) => weight !== initialState.weights[k]);
  return (
    <div class="rank-epsilon small">
      {!compact && <EpsilonButton rows={scope} look="button" />}
      <Jobs slots={["epsilon"]} />
      {!compact && covered.scored > PROBE && (
        <p class="soft">
          ε is defined for {whole(covered.defined)} of the {whole(covered.scored)} cells scored; ranks and correlations cover
          these only. Cells with equal canonical form have equal ε up to rounding, so each such class is computed once.
        </p>
      )}
      {custom && covered.scored > PROBE && <p class="soft">Here ε uses the weights {initialState.weights.join(" and ")}, whatever is set above.</p>}
    </div>
  );
}
