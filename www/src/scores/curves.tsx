// The two rows of normalised outputs, images sorted by the output at the high weight.
import { power } from "../words/format.ts";
import type { EpsilonResult } from "../types.ts";

const WIDTH = 296;
const HEIGHT = 72;
const LEFT = 16;
const RIGHT = 58;
/** Below the curves, for the words of the axis. */
const FOOT = 13;

export function Curves({ result: { low, high, weights } }: { result: EpsilonResult }) {
  const count = high.length;
  const order = Array.from({ length: count }, (_, image) => image).sort(
    (a, b) => rankable(high[a]) - rankable(high[b]),
  );
  const x = (place: number) => LEFT + (place / Math.max(1, count - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => 6 + (1 - value) * (HEIGHT - 12);
  const dots = (values: Float32Array) =>
    order
      .map((image, place) => ({ place, value: values[image]! }))
      .filter(({ value }) => Number.isFinite(value))
      .map(({ place, value }) => ({ x: x(place), y: y(value) }));
  const lowDots = dots(low);
  const highDots = dots(high);
  if (lowDots.length === 0 && highDots.length === 0) return null;
  // Each label stands at the height of its curve's right end; the two are kept apart.
  const highAt = Math.min(HEIGHT - 20, highDots.at(-1)?.y ?? 10);
  const lowMean = lowDots.slice(-6).reduce((sum, dot) => sum + dot.y, 0) / Math.max(1, Math.min(6, lowDots.length));
  const lowAt = Math.max(highAt + 14, Math.min(HEIGHT - 6, lowMean));
  return (
    <svg
      class="curves"
      viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`}
      role="img"
      aria-label={`Normalised outputs of ${count} images at the low and the high weight, sorted by the latter`}
    >
      <line class="curves-axis" x1={LEFT} x2={WIDTH - RIGHT} y1={y(0)} y2={y(0)} />
      <line class="curves-axis" x1={LEFT} x2={WIDTH - RIGHT} y1={y(1)} y2={y(1)} />
      <text class="curves-tick" x={LEFT - 5} y={y(0)}>
        0
      </text>
      <text class="curves-tick" x={LEFT - 5} y={y(1)}>
        1
      </text>
      <text class="soft-label" x={LEFT} y={HEIGHT + 5}>
        output of each image, in rising order
      </text>
      {lowDots.map((dot) => (
        <circle key={dot.x} class="curves-low" cx={dot.x} cy={dot.y} r="2" />
      ))}
      <polyline class="curves-high" points={highDots.map((dot) => `${dot.x},${dot.y}`).join(" ")} />
      <text class="curves-label" x={WIDTH - RIGHT + 6} y={highAt}>
        w = {power(weights[1])}
      </text>
      <text class="curves-label soft-label" x={WIDTH - RIGHT + 6} y={lowDots.length > 0 ? lowAt : HEIGHT / 2}>
        {lowDots.length > 0 ? `w = ${power(weights[0])}` : "no signal"}
      </text>
    </svg>
  );
}

function rankable(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? -1 : value;
}
