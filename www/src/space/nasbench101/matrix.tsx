// The adjacency matrix as switches: the drawing's twin, for the keyboard and for exact work.
import { toggleEdge, vertexName, type Spec } from "./spec.ts";

export function Matrix({ spec, onChange }: { spec: Spec; onChange(spec: Spec): void }) {
  const short = (vertex: number) => vertexName(spec, vertex).replace("vertex ", "").replace("put", "");
  return (
    <details class="matrix">
      <summary>Adjacency matrix</summary>
      <table>
        <caption class="hidden-text">Which vertex (row) feeds which (column)</caption>
        <thead>
          <tr>
            <td />
            {spec.ops.map(
              (_, target) =>
                target > 0 && (
                  <th key={target} scope="col">
                    {short(target)}
                  </th>
                ),
            )}
          </tr>
        </thead>
        <tbody>
          {spec.rows.slice(0, -1).map((row, source) => (
            <tr key={source}>
              <th scope="row">{short(source)}</th>
              {row.map((fed, target) =>
                target === 0 ? null : target <= source ? (
                  <td key={target} />
                ) : (
                  <td key={target}>
                    <button
                      type="button"
                      class="matrix-bit"
                      aria-pressed={fed}
                      aria-label={`Edge from ${vertexName(spec, source)} to ${vertexName(spec, target)}`}
                      onClick={() => onChange(toggleEdge(spec, source, target))}
                    >
                      {Number(fed)}
                    </button>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
