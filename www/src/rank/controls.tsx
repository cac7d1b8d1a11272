/** Controls that the summary and the panel share: the sample, the target, what is running. */
import { whole } from "../words/format.ts";
import { SPACES } from "../space/spaces.ts";
import { LIMITS, store, useStore } from "../state/state.ts";
import { Button } from "../ui/button.tsx";
import { NumberField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Progress } from "../ui/progress.tsx";
import { Select } from "../ui/select.tsx";
import type { ColumnInfo } from "../types.ts";
import { remaining, type Job } from "../columns/jobs.ts";
import { MORE_SIZE } from "../columns/rows.ts";
import { cancel, load, loadKnown, loadMore, quickSeconds, sampleSize, useRank, type Slot } from "../columns/model.ts";
import { TrainedNote } from "./trained.tsx";
import { about, progressWords, settingShort, targetOrder } from "../words/measures.ts";

/** N and seed of the sample. */
export function SampleFields() {
  const rank = useStore((state) => state.rank);
  return (
    <>
      <NumberField
        label="N"
        value={rank.samples === "all" ? sampleSize() : rank.samples}
        limits={LIMITS.samples}
        width={5}
        onChange={(samples) => store.set({ rank: { ...rank, samples } })}
      />
      <NumberField
        label="seed"
        value={rank.seed}
        limits={LIMITS.seed}
        width={4}
        onChange={(seed) => store.set({ rank: { ...rank, seed } })}
      />
    </>
  );
}

/** Sample or all: which cells the scatter and the table are about. */
export function ScopeButtons() {
  const rank = useStore((state) => state.rank);
  const total = useRank((data) => data.all.length);
  const basis = useRank((data) => data.basis);
  const all = useRank((data) => data.all);
  const everything = rank.samples === "all";
  useRank((data) => data.version);
  // Nothing but samples can be had of a space that can neither be listed nor has a table.
  if (basis === "drawn") return null;
  const seconds = everything ? null : quickSeconds(all);
  return (
    <span class="row" role="group" aria-label="Which cells">
      <Button
        aria-pressed={!everything}
        onClick={() => store.set({ rank: { ...rank, samples: everything ? sampleSize() : rank.samples } })}
      >
        Sample
      </Button>
      <Button
        aria-pressed={everything}
        disabled={total === 0}
        onClick={() => store.set({ rank: { ...rank, samples: "all" } })}
      >
        All {total > 0 ? whole(total) : ""}
        {basis === "table" ? " known" : ""}
      </Button>
      {seconds !== null && seconds >= 2 && <span class="small soft">{about(seconds)}</span>}
    </span>
  );
}

export const accuracies = (known: readonly ColumnInfo[] | null): ColumnInfo[] =>
  (known ?? []).filter((column) => column.role === "accuracy").sort((a, b) => targetOrder(a.id) - targetOrder(b.id));

export function TargetSelect({ label, bare }: { label: string; bare?: boolean }) {
  const target = useStore((state) => state.target);
  const known = useRank((data) => data.known);
  const columns = accuracies(known);
  if (columns.length === 0) return null;
  return (
    <Select
      label={label}
      bare={bare ?? false}
      value={target}
      options={columns.map((column) => ({ value: column.id, label: settingShort(column) }))}
      onChange={(next) => store.set({ target: next })}
    />
  );
}

/** Stands for the proxies of the second table until that is there. */
const FURTHER = "further-table";

/** A choice among the proxies, those of the tables included, with a warning where one is no test; `none` adds a first choice that stands for no proxy. */
export function ProxySelect({
  label,
  value,
  onChange,
  bare,
  none,
}: {
  label: string;
  value: string;
  onChange(id: string): void;
  bare?: boolean;
  none?: string;
}) {
  const proxies = useRank((data) => data.proxies);
  const further = useRank((data) => data.more === null);
  if (proxies.length === 0) return null;
  const options = [
    ...(none === undefined ? [] : [{ value: "", label: none }]),
    ...proxies.map((proxy) => ({ value: proxy.id, label: proxy.tabulated ? `${proxy.label} (table)` : proxy.label })),
    ...(further ? [{ value: FURTHER, label: `published scores and latencies: load ${MORE_SIZE}…` }] : []),
  ];
  return (
    <>
      <Select
        label={label}
        bare={bare ?? false}
        value={value}
        options={options}
        onChange={(id) => (id === FURTHER ? void loadMore() : onChange(id))}
      />
      <TrainedNote proxies={[value]} />
    </>
  );
}

/** The state of the table of known figures, where it is not simply there. */
export function KnownState() {
  const known = useRank((data) => data.known);
  const failure = useRank((data) => data.knownFailure);
  const more = useRank((data) => data.moreFailure);
  const general = useRank((data) => data.failure);
  const basis = useRank((data) => data.basis);
  const label = useRank((data) => SPACES[data.space].label);
  return (
    <>
      {general && (
        <Notice kind="error">
          {general.message}{" "}
          <button type="button" class="link-button" onClick={() => void load()}>
            Try again
          </button>
        </Notice>
      )}
      {failure ? (
        <Notice kind="error">
          Known accuracies are not available: {failure.message}{" "}
          <button type="button" class="link-button" onClick={() => void loadKnown()}>
            Try again
          </button>
        </Notice>
      ) : (
        !known &&
        !general && (
          <p class="small soft" role="status">
            Loading the table of known accuracies…
          </p>
        )
      )}
      {more && (
        <Notice kind="error">
          Published scores and latencies are not available: {more.message}{" "}
          <button type="button" class="link-button" onClick={() => void loadMore()}>
            Try again
          </button>
        </Notice>
      )}
      {known && basis === "drawn" && (
        <p class="small">
          No known accuracies for {label}, so no true rank and no correlation. Ranks by score are among cells drawn by
          seed from the space itself.
        </p>
      )}
    </>
  );
}

const NAMES: Record<Slot, string> = { quick: "Scores", extra: "Measure", epsilon: "ε", whole: "All cells" };

/** Runs that take longer than half a second, and what became of those that were stopped. */
export function Jobs({ slots }: { slots: readonly Slot[] }) {
  const jobs = useRank((data) => data.jobs);
  return (
    <>
      {slots.map((slot) => (
        <JobLine key={slot} slot={slot} job={jobs[slot]} />
      ))}
    </>
  );
}

function JobLine({ slot, job }: { slot: Slot; job: Job | null }) {
  if (!job) return null;
  const name = NAMES[slot];
  switch (job.state) {
    case "running": {
      // Short runs come and go without a flicker.
      if (job.seconds < 0.5 && job.total < 2000) return null;
      const left = remaining(job);
      return (
        <div>
          <Progress
            label={`${name}: scoring ${whole(job.total)} cells`}
            done={job.done}
            total={job.total}
            onCancel={() => cancel(slot)}
          />
          <p class="small soft">
            {name}
            {left === null ? "" : `: ${about(left)} left, ${job.workers === 1 ? "1 worker" : `${job.workers} workers`}`}
            {job.computed < job.total && `; ${whole(job.computed)} distinct cells, the others equal one of them`}
            {job.restarts > 0 &&
              `; ${job.restarts === 1 ? "a worker" : `${job.restarts} workers`} had to be restarted, nothing finished is lost`}
          </p>
        </div>
      );
    }
    case "cancelled":
      return (
        <p class="small" role="status">
          {name}: {progressWords("cancelled", job.done, job.total)}. What was scored is shown.
        </p>
      );
    case "failed":
      return (
        <Notice kind="error">
          {name}: stopped after {whole(job.done)} of {whole(job.total)}. {job.failure?.message}
        </Notice>
      );
    case "done": {
      const [first] = job.failed;
      if (!first) return null;
      return (
        <Notice kind="error">
          {name}: {job.failed.length === 1 ? "one cell" : `${whole(job.failed.length)} cells`} could not be scored, the
          other {whole(job.done)} were. <code>{first.text}</code>: {first.message}.
          {job.failed.length > 1 && (
            <>
              {" "}
              And{" "}
              {job.failed.slice(1, 4).map(({ text }) => (
                <>
                  <code>{text}</code>{" "}
                </>
              ))}
              {job.failed.length > 4 && "…"}
            </>
          )}
        </Notice>
      );
    }
  }
}
