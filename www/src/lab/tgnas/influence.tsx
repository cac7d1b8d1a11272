// Occlusion: each operation of the cell replaced by each other one, and what the predictor makes of it.
import { csvFile } from "../../ui/export.ts";
import { fixed } from "../../words/format.ts";
import { opColour, opLook } from "../../space/ops.ts";
import { setHover } from "../../state/state.ts";
import { DownloadMenu } from "../../ui/download.tsx";
import type { Replacement } from "./places.ts";
import type { Place } from "./drawing.tsx";

interface InfluenceProps {
  /** Operations of the cell, by node of the authors’ graph. */
  nodes: readonly { id: number; op: string; name: string; place: Place }[];
  /** Operations of the space. */
  ops: readonly string[];
  /** Prediction of the cell as it is. */
  base: number;
  /** Predictions, node by node, operation by operation; NaN while on their way. */
  values: readonly (readonly number[])[];
  onApply(replacement: Replacement): void;
}

/** Signed change with a true minus sign. */
export const signed = (value: number, decimals = 3): string =>
  Number(value.toFixed(decimals)) === 0 ? fixed(0, decimals) : `${value > 0 ? "+" : ""}${fixed(value, decimals)}`;

export function Influence({ nodes, ops, base, values, onApply }: InfluenceProps) {
  const changes = values.map((row) => row.map((value) => value - base));
  const largest = Math.max(1e-9, ...changes.flat().filter(Number.isFinite).map(Math.abs));
  const csv = () =>
    csvFile(
      "influence.csv",
      ["node", "place", "operation", "replaced_by", "prediction", "change"],
      nodes.flatMap((node, row) =>
        ops.map((op, column) => [node.id, node.name, node.op, op, values[row]![column]!, changes[row]![column]!]),
      ),
    );
  return (
    <section class="tg-part" aria-labelledby="tg-influence">
      <div class="row spread">
        <h3 id="tg-influence">Influence of each operation</h3>
        <DownloadMenu items={[{ label: "CSV", hint: "predictions and changes", make: csv }]} />
      </div>
      <p class="tg-words">
        Each row is one operation of the cell, each column what might stand in its place, each figure how the prediction
        would move: ▲ up, ▼ down, a stronger shade = more. Press one to edit the cell so. This is what the{" "}
        <em>predictor</em> reads into the cell, not what training would give: an operation that changes nothing here can
        still matter.
      </p>
      <div
        class="table-scroll tg-influence"
        tabIndex={0}
        role="region"
        aria-label="Predicted change for each replaced operation"
      >
        <table>
          <caption class="hidden-text">Predicted change for each replaced operation</caption>
          <thead>
            <tr>
              <th scope="col">Operation</th>
              {ops.map((op) => (
                <th key={op} scope="col">
                  <OpName op={op} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {nodes.map((node, row) => (
              <tr key={node.id} onPointerEnter={() => setHover(node.place)} onPointerLeave={() => setHover(null)}>
                <th scope="row">
                  <span class="tg-place">{node.name}</span> <OpName op={node.op} />
                </th>
                {ops.map((op, column) => {
                  const change = changes[row]![column]!;
                  if (op === node.op)
                    return (
                      <td key={op} class="tg-own">
                        as it is
                      </td>
                    );
                  if (!Number.isFinite(change)) return <td key={op}>–</td>;
                  const words = `${node.name}: ${opLook(op).label} in the place of ${opLook(node.op).label}, ${signed(change)}`;
                  return (
                    <td key={op} style={{ "--heat": (Math.abs(change) / largest).toFixed(3) }}>
                      <button
                        type="button"
                        class="tg-apply"
                        aria-label={words}
                        title={words}
                        onFocus={() => setHover(node.place)}
                        onBlur={() => setHover(null)}
                        onClick={() => onApply({ id: node.id, op })}
                      >
                        <span aria-hidden="true">{change > 0 ? "▲" : change < 0 ? "▼" : ""}</span> {signed(change)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function OpName({ op }: { op: string }) {
  const { glyph, label } = opLook(op);
  return (
    <span class="tg-op">
      <span style={{ color: opColour(op) }} aria-hidden="true">
        {glyph}
      </span>{" "}
      {label}
    </span>
  );
}
