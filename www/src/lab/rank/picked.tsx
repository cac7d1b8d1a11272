/** The selection: its own ρ and τ, the table narrowed to it, a file of it. */
import { useMemo } from "preact/hooks";
import { whole } from "../../words/format.ts";
import { Button } from "../../ui/button.tsx";
import { DownloadMenu } from "../../ui/download.tsx";
import { useCorrelation } from "../../columns/derive.ts";
import { cellsCsv, cellsJson, type TableColumn } from "./files.ts";
import { Intervals } from "../../rank/intervals.tsx";
import { useRank } from "../../columns/model.ts";
import { showOnlySelected, useOnlySelected } from "./selection.ts";
import { coefficient } from "../../words/measures.ts";

interface PickedProps {
  /** Selected rows that are points of the scatter, and their values. */
  rows: Uint32Array;
  x: Float64Array;
  y: Float64Array;
  columns: readonly TableColumn[];
  scope: string;
}

export function Picked({ rows, x, y, columns, scope }: PickedProps) {
  const cells = useRank((data) => data.cells) ?? [];
  const only = useOnlySelected();
  const correlated = useCorrelation(x, y, true, "selection-correlation");
  const { result } = correlated;
  const pending = correlated.intervals === "running";
  const said = useMemo(
    () => ({ scope: `${whole(rows.length)} cells selected by hand out of ${scope}` }),
    [rows, scope],
  );
  if (rows.length === 0) return null;
  const range = (low: number | null, high: number | null) =>
    low !== null && high !== null ? ` [${coefficient(low)}, ${coefficient(high)}]` : pending ? " […]" : "";
  return (
    <section class="rank-picked" aria-label="Selection">
      <h3>
        Selection: {whole(rows.length)} {rows.length === 1 ? "cell" : "cells"}
      </h3>
      {result ? (
        <p>
          ρ <b>{coefficient(result.spearman)}</b>
          <span class="soft">{range(result.spearmanLow, result.spearmanHigh)}</span> τ{" "}
          <b>{coefficient(result.kendall)}</b>
          <span class="soft">{range(result.kendallLow, result.kendallHigh)}</span>
          {result.defined < rows.length && (
            <span class="small soft"> over the {whole(result.defined)} with both values</span>
          )}
        </p>
      ) : (
        <p class="small soft">A correlation needs two cells.</p>
      )}
      {result && correlated.intervals !== "idle" && <Intervals of={correlated} />}
      <p class="small soft">
        Cells picked by their accuracy correlate less than all of them: where the range is narrow, noise weighs more.
      </p>
      <div class="row">
        <Button aria-pressed={only} onClick={() => showOnlySelected(!only)}>
          Only these in the table
        </Button>
        <DownloadMenu
          label="Export selection"
          items={[
            {
              label: "Selection, CSV",
              hint: "these cells with scores and ranks",
              make: () => cellsCsv(rows, cells, columns, said),
            },
            {
              label: "Selection, JSON",
              hint: "the same, with what made it",
              make: () => cellsJson(rows, cells, columns, said),
            },
          ]}
        />
      </div>
    </section>
  );
}
