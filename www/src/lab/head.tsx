/** What the panels on proxies and accuracy share: title, which cells, files; and what is loading or being scored. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Jobs, KnownState, SampleFields, ScopeButtons } from "../rank/controls.tsx";
import { loadMore, startRank, useRank, want } from "../columns/model.ts";
import { Explain } from "../ui/pop.tsx";
import { DownloadMenu, type Download } from "../ui/download.tsx";
import { Progress, useLate } from "../ui/progress.tsx";
import { useShown } from "../ui/shown.ts";
import type { Steps } from "../columns/use.ts";

interface HeadProps {
  title: string;
  /** What to look for. */
  about: ComponentChildren;
  files: readonly Download[];
  /** The controls of the panel. */
  children?: ComponentChildren;
}

export function LabHead({ title, about, files, children }: HeadProps) {
  return (
    <>
      <div class="row rank-bar">
        <h2>{title}</h2>
        <Explain about={title.toLowerCase()}>{about}</Explain>
        <ScopeButtons />
        <SampleFields />
        <span class="grow" />
        <DownloadMenu items={files} />
      </div>
      {children && <div class="row rank-bar">{children}</div>}
      <KnownState />
      <Jobs slots={["quick", "extra"]} />
    </>
  );
}

/** Has columns filled while the panel is in sight; tables with further columns are fetched if `further`. */
export function useWanted(view: string, ids: readonly string[], further: boolean): void {
  const shown = useShown();
  const known = useRank((data) => data.known !== null);
  const more = useRank((data) => data.more === null && data.moreFailure === null);
  useEffect(startRank, []);
  useEffect(() => {
    want(view, shown ? ids : []);
    if (shown && known && further && more) void loadMore();
  }, [shown, known, more, further, ids.join()]);
}

/** Work of several steps: how far it is and how to stop it; what became of it if it was stopped. */
export function StepLine({
  label,
  steps: { state, done, total, cancel, again },
}: {
  label: string;
  steps: Steps<unknown>;
}) {
  const late = useLate(state === "running");
  if (late) return <Progress label={label} done={done} total={total} onCancel={cancel} />;
  if (state !== "cancelled") return null;
  return (
    <p class="small" role="status">
      {label}: cancelled after {done} of {total} steps; what was computed is shown.{" "}
      <button type="button" class="link-button" onClick={again}>
        Start again
      </button>
    </p>
  );
}
