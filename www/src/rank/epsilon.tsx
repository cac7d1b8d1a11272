/** ε of many cells: slower than the rest, so never without asking, and offered with an estimate. */
import { useMemo } from "preact/hooks";
import { whole } from "../words/format.ts";
import { Jobs } from "./controls.tsx";
import { useCoverage, useRows } from "../columns/derive.ts";
import { epsilonSeconds, PROBE, scoreEpsilon, useRank } from "../columns/model.ts";
import { about } from "../words/measures.ts";

/** Offers to score ε of what is left of the rows; nothing where none is left, or while that is being done. */
export function EpsilonButton({ rows, look }: { rows: Uint32Array; look: "link" | "button" }) {
  const version = useRank((data) => data.version);
  const pace = useRank((data) => data.epsilonPace);
  const busy = useRank(({ jobs: { epsilon } }) => epsilon?.state === "running" && epsilon.total > PROBE);
  const { cells, scored } = useCoverage("epsilon", rows);
  const left = cells - scored;
  const seconds = useMemo(() => epsilonSeconds(rows), [rows, version, pace]);
  if (left === 0 || busy) return null;
  const estimate = seconds === null ? "measuring the pace…" : about(seconds);
  return (
    <span class={look === "link" ? "small" : "row small"}>
      <button
        type="button"
        class={look === "link" ? "link-button" : "button"}
        title={`${whole(left)} cells`}
        onClick={() => void scoreEpsilon(rows)}
      >
        {look === "link" ? "score ε" : `Score ε of ${whole(left)} ${scored > 0 ? "more " : ""}cells`}
      </button>{" "}
      <span class="soft">{estimate}</span>
    </span>
  );
}

/** What is running, what was stopped, and how many cells ε covers. */
export function EpsilonState({ compact }: { compact?: boolean }) {
  const { scope } = useRows();
  const offered = useRank((data) => data.proxies.some((proxy) => proxy.id === "epsilon"));
  const covered = useCoverage("epsilon", scope);
  if (!offered) return null;
  return (
    <div class="rank-epsilon small">
      {!compact && <EpsilonButton rows={scope} look="button" />}
      <Jobs slots={["epsilon"]} />
      {!compact && covered.scored > PROBE && (
        <p class="soft">
          ε is defined for {whole(covered.defined)} of the {whole(covered.scored)} cells scored; ranks and correlations
          cover these only. Cells with equal canonical form have equal ε up to rounding, so each such class is computed
          once.
        </p>
      )}
    </div>
  );
}
