/** A histogram a few pixels high, with the place of the reader's cell. */
import { useMemo } from "preact/hooks";
import { histogram, pick, scoredRows } from "../columns/columns.ts";
import { scores, useRank } from "../columns/model.ts";

const WIDTH = 120;
const HEIGHT = 18;
const BINS = 30;

export function Strip({
  proxy,
  rows,
  value,
  write,
}: {
  proxy: string;
  rows: Uint32Array;
  value: number | null;
  write(value: number): string;
}) {
  useRank((data) => data.version);
  const column = scores().get(proxy);
  const bins = useMemo(
    () => histogram(pick(column.values, scoredRows(column, rows)), BINS, value ?? NaN),
    [column, column.count, rows, value],
  );
  if (!bins) return <svg class="rank-strip" viewBox={`0 0 ${WIDTH} ${HEIGHT + 5}`} aria-hidden="true" />;
  const most = Math.max(...bins.counts);
  const step = WIDTH / BINS;
  // A bin with a single cell stays visible.
  const bars = bins.counts
    .map((count, bin) =>
      count === 0
        ? ""
        : `M${(bin * step + 0.25).toFixed(1)} ${HEIGHT}v-${Math.max(1.5, (count / most) * HEIGHT).toFixed(1)}h${step - 0.5}V${HEIGHT}z`,
    )
    .join("");
  const mark =
    bins.own < 0 || value === null
      ? null
      : bins.high > bins.low
        ? ((value - bins.low) / (bins.high - bins.low)) * WIDTH
        : WIDTH / 2;
  const words = `from ${write(bins.low)} to ${write(bins.high)}`;
  return (
    <svg
      class="rank-strip"
      viewBox={`0 0 ${WIDTH} ${HEIGHT + 5}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Distribution ${words}`}
    >
      <title>{`Values ${words}; the mark is this cell`}</title>
      <path class="rank-strip-bars" d={bars} />
      <line class="rank-strip-base" x1="0" x2={WIDTH} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
      {mark !== null && <path class="rank-strip-own" d={`M${mark} 0V${HEIGHT + 5}`} />}
    </svg>
  );
}
