/** ρ and τ with their intervals, and above all how many cells they cover. */
import { whole } from "../../words/format.ts";
import { Explain } from "../../ui/pop.tsx";
import type { Correlated } from "../../columns/derive.ts";
import { Intervals } from "../../rank/intervals.tsx";
import type { Measure } from "../../columns/measures.ts";
import { coefficient } from "../../words/measures.ts";

interface CorrelationsProps {
  correlated: Correlated;
  proxy: Measure | null;
  /** Cells that were to be compared; fewer may have been scored so far. */
  asked: number;
  running: boolean;
  /** Whether the reader's cell is drawn, but none of the cells that are compared. */
  aside: boolean;
}

export function Correlations({ correlated, proxy, asked, running, aside }: CorrelationsProps) {
  const { result } = correlated;
  const pending = correlated.intervals === "running";
  const left = result ? result.cells - result.defined : 0;
  return (
    <div class="rank-correlations">
      <dl>
        <Figure
          name="Spearman ρ"
          value={result?.spearman ?? null}
          low={result?.spearmanLow ?? null}
          high={result?.spearmanHigh ?? null}
          pending={pending}
          about={
            <>
              <p>
                ρ is the ordinary correlation of the two <em>rankings</em>: 1 = the proxy orders the cells as accuracy
                does, 0 = no relation, −1 = the reverse order.
              </p>
              <p>It weighs large displacements most, and says little about the order among the best cells.</p>
            </>
          }
        />
        <Figure
          name="Kendall τ"
          value={result?.kendall ?? null}
          low={result?.kendallLow ?? null}
          high={result?.kendallHigh ?? null}
          pending={pending}
          about={
            <>
              <p>
                Take any two cells: τ is how much more often proxy and accuracy agree on the better one than they
                disagree. τ = .6 means 80 % agreement, where nothing is tied.
              </p>
              <p>
                This is τ-b, which corrects for ties. τ is smaller than ρ for the same data; compare like with like.
              </p>
            </>
          }
        />
      </dl>
      {result ? (
        <p class="small">
          Over <b>{whole(result.defined)}</b> cells
          {left > 0 ? (
            <>
              ; {whole(left)} of {whole(result.cells)} have no defined value and are left out
            </>
          ) : (
            " (all defined)"
          )}
          {result.cells < asked ? (
            <>
              . So far {whole(result.cells)} of {whole(asked)} are scored
            </>
          ) : (
            ""
          )}
          . {aside && "Your own cell is drawn, but does not count."}
        </p>
      ) : (
        <p class="small soft">Correlations appear once enough of the cells have both values.</p>
      )}
      {result && !running && <Intervals of={correlated} />}
      {proxy && <Meaning proxy={proxy} />}
    </div>
  );
}

interface FigureProps {
  name: string;
  value: number | null;
  low: number | null;
  high: number | null;
  pending: boolean;
  about: preact.ComponentChildren;
}

export function Figure({ name, value, low, high, pending, about }: FigureProps) {
  return (
    <div class="rank-figure">
      <dt>
        {name} <Explain about={name}>{about}</Explain>
      </dt>
      <dd>
        <b>{coefficient(value)}</b>
        <span class="soft">
          {low !== null && high !== null ? ` [${coefficient(low)}, ${coefficient(high)}]` : pending ? " […]" : ""}
        </span>
      </dd>
    </div>
  );
}

/** What to keep in mind about the chosen proxy. */
function Meaning({ proxy }: { proxy: Measure }) {
  const specific: Record<string, string> = {
    average_degree:
      "NASGraph's score. Its random weights make it depend on the seed; the expected degree is free of that.",
    epsilon:
      "Defined only where a path of skips and pools joins input and output. Correlations over defined cells, published ones (CIFAR-10, 256 images: ρ .87, τ .69) included, cannot be set beside those of other proxies over all cells.",
    tgnas:
      "A predictor that reads operator names, trained on NAS-Bench-101 alone: its tab says how good it is, and whether it beats counting.",
    params: "A plain count of trainable numbers, and the baseline that a cleverer proxy has to beat.",
    flops: "A plain count of multiply-accumulates, and the baseline that a cleverer proxy has to beat.",
  };
  const words =
    specific[proxy.id] ??
    (proxy.tabulated
      ? "Read from the table: computed by its authors, not here, and for part of the cells only."
      : null);
  const direction =
    proxy.better === "smaller" ? "Smaller is taken as better, so a good proxy has a negative ρ here." : null;
  if (!words && !direction) return null;
  return (
    <p class="small soft">
      {words} {direction}
    </p>
  );
}
