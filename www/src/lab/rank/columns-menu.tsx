/** Which columns the table shows. */
import { useRef, useState } from "preact/hooks";
import { useStore } from "../../state/state.ts";
import { Button } from "../../ui/button.tsx";
import { useDismiss, useInWindow } from "../../ui/pop.tsx";
import { choose, setRanked, useChosen, usual } from "./table-columns.ts";
import { accuracies } from "../../rank/controls.tsx";
import { MORE_SIZE } from "../../columns/rows.ts";
import { useAgainst } from "../../columns/measures.ts";
import { loadMore, useRank } from "../../columns/model.ts";
import { settingShort } from "../../words/measures.ts";

export function ColumnsMenu() {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const panel = useInWindow(open);
  useDismiss(open, root, () => setOpen(false));
  const space = useRank((data) => data.space);
  const proxies = useRank((data) => data.proxies);
  const known = useRank((data) => data.known);
  const further = useRank((data) => data.more === null);
  const { ids, ranked } = useChosen();
  const axes = [useAgainst(), useStore((state) => state.rank.proxy)];
  const shown = ids ?? usual();
  const groups = [
    {
      title: "Known figures",
      columns: accuracies(known).map((column) => ({ id: column.id, label: settingShort(column) })),
    },
    { title: "Computed here", columns: proxies.filter((proxy) => !proxy.tabulated) },
    { title: "Published, read from a table", columns: proxies.filter((proxy) => proxy.tabulated) },
  ];
  // In the menu's own order, whatever was pressed first.
  const order = groups.flatMap(({ columns }) => columns.map(({ id }) => id));
  const set = (wanted: ReadonlySet<string>) =>
    choose(
      space,
      order.filter((id) => wanted.has(id)),
    );
  const toggle = (changed: readonly string[], on: boolean) => {
    const wanted = new Set(shown);
    for (const id of changed) on ? wanted.add(id) : wanted.delete(id);
    set(wanted);
  };
  return (
    <span class="pop" ref={root}>
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        Columns
      </Button>
      {open && (
        <div class="pop-panel columns-menu" ref={panel} role="group" aria-label="Columns of the table">
          {groups.map(({ title, columns }) => {
            const free = columns.filter(({ id }) => !axes.includes(id)).map(({ id }) => id);
            const last = title.startsWith("Published");
            if (columns.length === 0 && !(last && further)) return null;
            const all = free.every((id) => shown.includes(id));
            return (
              <fieldset key={title}>
                <legend>
                  {title}{" "}
                  {free.length > 1 && (
                    <button
                      type="button"
                      class="link-button small"
                      aria-label={`${title}: ${all ? "none" : "all"}`}
                      onClick={() => toggle(free, !all)}
                    >
                      {all ? "none" : "all"}
                    </button>
                  )}
                </legend>
                {columns.map(({ id, label }) => (
                  <label key={id} class="field">
                    <input
                      type="checkbox"
                      disabled={axes.includes(id)}
                      checked={axes.includes(id) || shown.includes(id)}
                      onChange={(event) => toggle([id], event.currentTarget.checked)}
                    />
                    <span>
                      {label}
                      {axes.includes(id) && <span class="soft small"> on an axis</span>}
                    </span>
                  </label>
                ))}
                {last && further && (
                  <button type="button" class="link-button" onClick={() => void loadMore()}>
                    load {MORE_SIZE} of scores and latencies
                  </button>
                )}
              </fieldset>
            );
          })}
          <div class="row">
            <label class="field">
              <input type="checkbox" checked={ranked} onChange={(event) => setRanked(event.currentTarget.checked)} />
              <span>the rank beside each</span>
            </label>
            <span class="grow" />
            <button type="button" class="link-button" onClick={() => (choose(space, null), setRanked(false))}>
              as at first
            </button>
          </div>
        </div>
      )}
    </span>
  );
}
