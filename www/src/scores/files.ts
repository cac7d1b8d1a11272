// The scores as files.
import { csvFile, jsonFile, type ExportedFile } from "../ui/export.ts";
import { results } from "../engine/results.ts";
import { store } from "../state/state.ts";
import { countedSize } from "./words.ts";

export function scoresCsv(): ExportedFile {
  const { scores, epsilon } = results.get();
  const { measures, expected, expectedReason, cost, costReason } = scores.value!;
  const size = countedSize(store.get().space);
  const rows: [string, number | null, string][] = [
    ["average_degree", measures.averageDegree, ""],
    ["expected_degree", expected?.mean ?? null, expectedReason ?? ""],
    ["expected_degree_sd", expected?.sd ?? null, ""],
    ["epsilon", epsilon.value?.epsilon ?? null, epsilon.value?.reason ?? epsilon.failure?.message ?? ""],
    ["params", cost?.params ?? null, costReason ?? size ?? ""],
    ["flops", cost?.flops ?? null, ["multiply-accumulates", ...(cost && size ? [size] : [])].join("; ")],
    ["nodes", measures.nodes, ""],
    ["edges", measures.edges, ""],
    ["density", measures.density, ""],
    ["resilience", measures.resilience, ""],
    ["entropy", measures.entropy, ""],
    ["wedge", measures.wedge, ""],
    ["gini", measures.gini, ""],
  ];
  return csvFile("scores.csv", ["score", "value", "note"], rows);
}

export function scoresJson(): ExportedFile {
  const { scores, epsilon } = results.get();
  return jsonFile("scores.json", { scores: scores.value, epsilon: epsilon.value });
}
