/** The choice of what stands on the vertical axis: a known accuracy, or another proxy. */
import { useEffect } from "preact/hooks";
import { notify, store, useStore } from "../../state/state.ts";
import { Select } from "../../ui/select.tsx";
import { accuracies } from "../../rank/controls.tsx";
import { MORE_SIZE } from "../../columns/rows.ts";
import { loadMore, rank, useRank } from "../../columns/model.ts";
import { settingShort } from "../../words/measures.ts";

/** Keeps a proxy's name apart from an accuracy's. */
const PROXY = "proxy:";
const FURTHER = "further-table";

function setAgainst(against: string): void {
  rank.set({ kindY: "linear" });
  store.set({ rank: { ...store.get().rank, against } });
}

export function AgainstSelect() {
  const target = useStore((state) => state.target);
  const against = useStore((state) => state.rank.against);
  const known = useRank((data) => data.known);
  const proxies = useRank((data) => data.proxies);
  const further = useRank((data) => data.more === null);
  const failed = useRank((data) => data.moreFailure !== null);
  const there = proxies.some((proxy) => proxy.id === against);
  useEffect(() => {
    if (against === "" || there || known === null || proxies.length === 0) return;
    if (further && !failed) return void loadMore();
    notify("warning", `There is no proxy “${against}” to set against the other; the accuracy stands in for it.`);
    setAgainst("");
  }, [against, there, known, proxies, further, failed]);
  if (known === null) return null;
  const columns = accuracies(known);
  const options = [
    ...columns.map((column) => ({ value: column.id, label: settingShort(column) })),
    ...proxies.map((proxy) => ({
      value: PROXY + proxy.id,
      label: `proxy: ${proxy.label}${proxy.tabulated ? " (table)" : ""}`,
    })),
    ...(further ? [{ value: FURTHER, label: `published scores and latencies: load ${MORE_SIZE}…` }] : []),
  ];
  const choose = (value: string) => {
    if (value === FURTHER) return void loadMore();
    if (value.startsWith(PROXY)) return setAgainst(value.slice(PROXY.length));
    rank.set({ kindY: "error" });
    store.set({ target: value, rank: { ...store.get().rank, against: "" } });
  };
  return (
    <Select label="against" value={against === "" ? target : PROXY + against} options={options} onChange={choose} />
  );
}
