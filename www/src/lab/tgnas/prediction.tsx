// The prediction of the cell in hand, and where it stands among others.
import { fixed, whole } from "../../words/format.ts";
import { Explain } from "../../ui/pop.tsx";
import { signed } from "./influence.tsx";
import { topShare, type Reference } from "./reference.ts";

interface PredictionProps {
  /** As the cell is. */
  base: number | null;
  /** With other words at a node; null if there are none. */
  put: { value: number; words: string; place: string } | null;
  reference: Reference | null;
  /** What the figure is, by the target of training. */
  unit: string;
  /** Cells that are compared, in words. */
  scope: string;
}

export function Prediction({ base, put, reference, unit, scope }: PredictionProps) {
  const value = put?.value ?? base;
  const ranked = reference && value !== null ? reference.rank(value) : null;
  const before = reference && base !== null && put ? reference.rank(base) : null;
  return (
    <div class="tg-prediction">
      <div class="score-head">
        <div class="score-title">
          <h3>{put ? "Prediction, in other words" : "Prediction"}</h3>
          <Explain about="the prediction">
            <p>
              TG-NAS turns the cell into a graph of operators in words. A sentence transformer makes 384 numbers of each
              description; a graph convolution, trained on NAS-Bench-101 alone, makes one number of the graph.
            </p>
            <p>{unit}</p>
            <p>
              It orders cells; it is no accuracy. Two cells whose figures differ by less than some hundredths are as
              good as equal to it.
            </p>
          </Explain>
        </div>
        <span class="score-figure">{fixed(value, 3)}</span>
      </div>
      <p class="score-note">
        <span>larger is better</span>
        {ranked !== null && (
          <span>
            rank {whole(ranked)} of {whole(reference!.cells)}, {topShare(ranked, reference!.cells)}
          </span>
        )}
      </p>
      {reference && value !== null && <Place value={value} base={put ? base : null} reference={reference} />}
      {put && base !== null && (
        <p class="small" role="status">
          With “{put.words}” at {put.place}: {signed(put.value - base)}
          {before !== null && ranked !== null ? `, rank ${whole(before)} → ${whole(ranked)}` : ""}.
        </p>
      )}
      <p class="small soft">Among {scope}.</p>
    </div>
  );
}

const WIDTH = 296;
const BINS = 40;

/** A histogram of the compared cells’ predictions with this one in it. */
function Place({ value, base, reference }: { value: number; base: number | null; reference: Reference }) {
  const { sorted } = reference;
  const low = Math.min(sorted[0]!, value);
  const high = Math.max(sorted.at(-1)!, value);
  const span = high - low || 1;
  const counts = new Array<number>(BINS).fill(0);
  for (const other of sorted) counts[Math.min(BINS - 1, Math.floor(((other - low) / span) * BINS))]!++;
  const most = Math.max(...counts);
  const step = WIDTH / BINS;
  const x = (at: number) => ((at - low) / span) * WIDTH;
  const bars = counts
    .map((count, bin) =>
      count === 0
        ? ""
        : `M${(bin * step + 0.5).toFixed(1)} 34v-${Math.max(1.5, (count / most) * 30).toFixed(1)}h${(step - 1).toFixed(1)}V34z`,
    )
    .join("");
  return (
    <svg
      class="tg-place-strip"
      viewBox={`0 0 ${WIDTH} 54`}
      role="img"
      aria-label={`Predictions of ${reference.cells} cells from ${fixed(low, 2)} to ${fixed(high, 2)}; this one at ${fixed(value, 3)}`}
    >
      <path class="rank-strip-bars" d={bars} />
      <line class="rank-strip-base" x1={0} x2={WIDTH} y1={34.5} y2={34.5} />
      {base !== null && <path class="tg-mark-base" d={`M${x(base)} 0V40`} />}
      <path class="rank-strip-own" d={`M${x(value)} 0V40`} />
      <text class="chart-tick start" x={0} y={48}>
        {fixed(low, 2)}
      </text>
      <text class="chart-tick end" x={WIDTH} y={48}>
        {fixed(high, 2)}
      </text>
    </svg>
  );
}
