import { useResults } from "../results.ts";

/** The scores of the cell in hand. */
export function ScoresPanel() {
  const scores = useResults((results) => results.scores.value);
  return <p>Average degree {scores?.measures.averageDegree.toFixed(2) ?? "…"}</p>;
}
