/** What has become of bootstrap intervals: on their way, cancelled, failed, or there. */
import { whole } from "../words/format.ts";
import { Notice } from "../ui/notice.tsx";
import { Progress, useLate } from "../ui/progress.tsx";
import { RESAMPLES, type Correlated } from "../columns/derive.ts";

export function Intervals({ of: { result, intervals, done, failure, cancel, again } }: { of: Correlated }) {
  const late = useLate(intervals === "running");
  switch (intervals) {
    case "running":
      return late ? (
        <Progress label="Intervals: resamples" done={done} total={RESAMPLES} onCancel={cancel} />
      ) : (
        <p class="small soft">Intervals are being computed…</p>
      );
    case "cancelled":
      return (
        <p class="small" role="status">
          Intervals: cancelled after {whole(done)} of {whole(RESAMPLES)} resamples; none are shown.{" "}
          <button type="button" class="link-button" onClick={again}>
            Compute them
          </button>
        </p>
      );
    case "failed":
      return (
        <Notice kind="error">
          The intervals could not be computed: {failure?.message}{" "}
          <button type="button" class="link-button" onClick={again}>
            Try again
          </button>
        </Notice>
      );
    case "idle":
      return result && result.spearmanLow !== null ? (
        <p class="small soft">Brackets: 95 % bootstrap intervals, {whole(RESAMPLES)} resamples.</p>
      ) : null;
  }
}
