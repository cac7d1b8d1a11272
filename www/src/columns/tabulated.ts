/** Proxies that the tables of known figures carry: computed by their authors, not here. */
import type { ColumnInfo, ProxyInfo, SpaceId } from "../types.ts";

/** Names as short as those of the computed ones; the tables' own labels are whole sentences. */
const SHORT: Record<string, string> = {
  tgnas_released_prediction: "TG-NAS, as released",
  flops_m: "FLOPs, M",
  params_m: "parameters, M",
  train_time_s: "training time, s",
};

/** Columns that can stand as a proxy, as such; those of which a column is computed here are left out. */
export function tabulatedProxies(columns: readonly ColumnInfo[], computed: readonly ProxyInfo[]): ProxyInfo[] {
  return columns
    .filter(({ id, role }) => role !== "accuracy" && !computed.some((proxy) => proxy.id === id))
    .map(({ id, label, unit, better }) => ({
      id,
      label: SHORT[id] ?? (unit && !label.includes(unit) ? `${label}, ${unit}` : label),
      better,
      tabulated: true,
    }));
}

/**
 * The count of parameters to hold a score against: of the network whose accuracy is known. On DARTS that is the table's,
 * which is smaller than the one that is counted here.
 */
export const plainCount = (space: SpaceId): string => (space === "nds-darts" ? "params_m" : "params");
