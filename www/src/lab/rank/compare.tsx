/** The cells that were put aside, side by side: picture, known figures, all scores, and how they differ. */
import { call, failureOf } from "../../engine/client.ts";
import { csvFile, jsonFile } from "../../ui/export.ts";
import { whole } from "../../words/format.ts";
import { usePromise } from "../../engine/known.ts";
import { setCell, store, useStore, type State } from "../../state/state.ts";
import { DownloadMenu } from "../../ui/download.tsx";
import { Explain } from "../../ui/pop.tsx";
import { emptyDrawer, MOST_KEPT, toggleKept, useKept } from "./drawer-store.ts";
import { hasTable, MORE } from "../../columns/rows.ts";
import { measureOf, originWords, type Measure } from "../../columns/measures.ts";
import { MiniCell } from "../../space/kit/mini.tsx";
import { columnInfo, scores, useRank } from "../../columns/model.ts";
import { cellShort } from "../../space/kit/thumbnail.ts";

interface Figures {
  readonly text: string;
  /** By id; null or absent where there is none. */
  readonly values: Readonly<Record<string, number | null>>;
  /** What keeps the text from being a cell. */
  readonly problem: string | null;
}

/** What cannot be had, e.g. from a table that cannot be fetched, is left out; its own panel says why. */
const perhaps = <T,>(wanted: boolean, make: () => Promise<T>): Promise<T | null> =>
  wanted ? make().catch(() => null) : Promise.resolve(null);

/** All that is known and computed of a cell. */
async function figuresOf(
  text: string,
  { space, options, batch, weights, ownModel }: State,
  offered: ReadonlySet<string>,
  more: boolean,
): Promise<Figures> {
  try {
    const { measures, expected, cost } = await call("score", [space, text, options]);
    const table = MORE[space];
    const [known, further, found, tgnas] = await Promise.all([
      perhaps(hasTable(space), () => call("knownRow", [space, text])),
      perhaps(more && table !== undefined, () => call("knownRow", [table!, text])),
      perhaps(offered.has("epsilon"), () => call("epsilon", [space, text, batch, weights])),
      perhaps(offered.has("tgnas"), () =>
        call("predict", [space, text, ownModel === null ? null : { file: ownModel }]),
      ),
    ]);
    const { averageDegree, ...others } = measures;
    const values = {
      ...known,
      ...further,
      ...others,
      average_degree: averageDegree,
      "expected-degree": expected?.mean ?? null,
      ...(cost ? { params: cost.params, flops: cost.flops } : {}),
      ...(found ? { epsilon: found.epsilon } : {}),
      ...(tgnas === null ? {} : { tgnas }),
    };
    return { text, values, problem: null };
  } catch (error) {
    return { text, values: {}, problem: failureOf(error)?.message ?? "It could not be scored." };
  }
}

export function Compare() {
  const kept = useKept();
  const own = useStore((state) => state.cell);
  const settings = useStore((state) =>
    JSON.stringify([state.space, state.options, state.batch, state.weights, state.ownModel]),
  );
  const proxies = useRank((data) => data.proxies);
  const known = useRank((data) => data.known) ?? [];
  const more = useRank((data) => data.more);
  const total = useRank((data) => data.all.length);
  const texts = kept.includes(own) ? [own, ...kept.filter((text) => text !== own)] : [own, ...kept];
  useRank((data) => data.version);
  // TG-NAS takes files of its own: asked here only where it has been asked for elsewhere.
  const offered = new Set(proxies.map(({ id }) => id).filter((id) => id !== "tgnas" || scores().get(id).count > 0));
  const { value: cells } = usePromise(
    `compare:${settings}:${texts.join("\n")}:${[...offered].join()}:${more?.length}`,
    () => Promise.all(texts.map((text) => figuresOf(text, store.get(), offered, (more?.length ?? 0) > 0))),
  );
  const groups = [
    { title: "Known figures", ids: known.filter(({ role }) => role === "accuracy").map(({ id }) => id) },
    { title: "Computed here", ids: proxies.filter(({ tabulated }) => !tabulated).map(({ id }) => id) },
    { title: "Published, read from a table", ids: proxies.filter(({ tabulated }) => tabulated).map(({ id }) => id) },
  ];
  const ids = groups.flatMap((group) => group.ids);
  const exported = () => {
    if (!cells) throw new Error("the cells are still being scored");
    return cells;
  };
  return (
    <section class="compare" aria-label="Cells kept to compare">
      <div class="row">
        <h3>
          Kept to compare: {kept.length} of {MOST_KEPT}
        </h3>
        <Explain about="the comparison">
          <p>
            This cell and those kept by their star, with all that is known and computed of them. Small figures:
            difference from this cell. Bold: the best of the row, where one end is better.
          </p>
          <p>
            They last as long as this tab of the browser. A difference of accuracies below about half a per cent is
            within what two trainings of one cell differ by.
          </p>
        </Explain>
        <span class="grow" />
        <button type="button" class="link-button" onClick={() => emptyDrawer(store.get().space)}>
          Take all out
        </button>
        <DownloadMenu
          items={[
            {
              label: "CSV",
              hint: "one row a cell",
              make: () =>
                csvFile(
                  "cellscope-compared.csv",
                  ["arch", ...ids],
                  exported().map(({ text, values }) => [text, ...ids.map((id) => values[id] ?? null)]),
                ),
            },
            {
              label: "JSON",
              hint: "the same, with what made it",
              make: () =>
                jsonFile("cellscope-compared.json", {
                  cells: exported().map(({ text, values }) => ({ arch: text, ...values })),
                }),
            },
          ]}
        />
      </div>
      {!cells ? (
        <p class="small soft" role="status">
          Scoring…
        </p>
      ) : (
        <div class="table-scroll compare-scroll" tabIndex={0} role="region" aria-label="Kept cells side by side">
          <table class="table compare-table">
            <thead>
              <tr>
                <td />
                {cells.map(({ text, problem }) => (
                  <th key={text} scope="col" class={text === own ? "own" : undefined}>
                    <MiniCell text={text} large />
                    <span class="small">
                      {text === own && <b>this cell: </b>}
                      {cellShort(text)}
                    </span>
                    {problem && <span class="field-error">{problem}</span>}
                    <span class="row tight small">
                      {text !== own && !problem && (
                        <button type="button" class="link-button" onClick={() => setCell(text)}>
                          Load
                        </button>
                      )}
                      {kept.includes(text) && (
                        <button type="button" class="link-button" onClick={() => toggleKept(store.get().space, text)}>
                          Take out
                        </button>
                      )}
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            {groups.map(({ title, ids }) => {
              const rows = ids
                .flatMap((id) => measureOf(id) ?? [])
                .filter(({ id }) => cells.some(({ values }) => values[id] !== undefined));
              return (
                rows.length > 0 && (
                  <tbody key={title}>
                    <tr>
                      <th scope="rowgroup" colSpan={cells.length + 1} class="compare-group">
                        {title}
                      </th>
                    </tr>
                    {rows.map((measure) => (
                      <Row key={measure.id} measure={measure} cells={cells} own={own} total={total} />
                    ))}
                  </tbody>
                )
              );
            })}
          </table>
        </div>
      )}
    </section>
  );
}

/** Where neither end is better, none stands out. */
const directed = ({ id, kind }: Measure): boolean => kind !== "tabulated" || columnInfo(id)?.better !== "none";

/** A difference with a sign, and as many decimals as the figures themselves. */
function difference(apart: number, like: string): string {
  const decimals = /\.(\d+)/.exec(like)?.[1]?.length ?? 0;
  const millions = like.endsWith(" M");
  const size = Math.abs(apart) / (millions ? 1e6 : 1);
  return `${apart > 0 ? "+" : "−"}${size < 1e-4 ? size.toExponential(1) : decimals === 0 ? whole(size) : size.toFixed(decimals)}${millions ? " M" : ""}`;
}

function Row({
  measure,
  cells,
  own,
  total,
}: {
  measure: Measure;
  cells: readonly Figures[];
  own: string;
  total: number;
}) {
  const { id, label, better, format, scale } = measure;
  const numbers = cells.map(({ values }) => values[id] ?? null);
  const defined = numbers.filter((value) => value !== null);
  const best =
    defined.length > 1 && directed(measure)
      ? better === "smaller"
        ? Math.min(...defined)
        : Math.max(...defined)
      : NaN;
  const base = cells[0]?.text === own ? (numbers[0] ?? null) : null;
  return (
    <tr>
      <th scope="row" title={originWords(measure, total)}>
        {label}
      </th>
      {numbers.map((value, k) => {
        const apart = value !== null && base !== null && k > 0 ? (value - base) * scale : 0;
        return (
          <td key={cells[k]!.text} class={`number ${k === 0 ? "own" : ""}`}>
            {value === null ? <span class="soft">–</span> : value === best ? <b>{format(value)}</b> : format(value)}
            {apart !== 0 && <span class="small soft compare-apart">{difference(apart, format(value!))}</span>}
          </td>
        );
      })}
    </tr>
  );
}
