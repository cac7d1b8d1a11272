/** What can stand on an axis: a computed score, a tabulated one, or a known accuracy. */
import { useStore } from "../state/state.ts";
import type { ColumnInfo } from "../types.ts";
import { columnInfo, rank, useRank } from "./model.ts";
import {
  axisLabel,
  bareFigure,
  figure,
  formatOf,
  headLabel,
  number,
  scaleOf,
  settingShort,
} from "../words/measures.ts";

export interface Measure {
  readonly id: string;
  readonly kind: "computed" | "tabulated" | "accuracy";
  /** As in a sentence. */
  readonly label: string;
  /** With unit, for an axis and for the head of a table. */
  readonly axis: string;
  readonly head: string;
  /** Where nobody says which end is good (costs), larger is taken for it, as for the costs that are computed here. */
  readonly better: "larger" | "smaller";
  readonly tabulated: boolean;
  /** What the table says of it; null for what is computed here. */
  readonly info: ColumnInfo | null;
  /** What its values are multiplied by where they are shown: see `scaleOf`. */
  readonly scale: number;
  /** With its unit, and without. */
  format(value: number): string;
  bare(value: number): string;
}

/** Stands in some tables for a score that could not be computed: it ranks last, and no axis can hold it. */
const NOT_COMPUTED = -100_000_000;

/** A value as an axis shows it: NaN for one that only says that there is none. */
export const drawable = ({ kind, scale }: Pick<Measure, "kind" | "scale">, value: number): number =>
  kind === "tabulated" && value === NOT_COMPUTED ? NaN : value * scale;

const plain = (value: number) => number(value).replace("-", "−");

/** The measure of an id; null where the space has none such (yet). */
export function measureOf(id: string): Measure | null {
  const proxy = rank.get().proxies.find((candidate) => candidate.id === id);
  const info = columnInfo(id) ?? null;
  if (proxy) {
    const { label, tabulated } = proxy;
    const format = tabulated ? plain : formatOf(id);
    const better = proxy.better === "smaller" ? "smaller" : "larger";
    return {
      id,
      kind: tabulated ? "tabulated" : "computed",
      label,
      axis: label,
      head: label,
      better,
      tabulated,
      info,
      scale: 1,
      format,
      bare: format,
    };
  }
  if (info?.role !== "accuracy") return null;
  return {
    id,
    kind: "accuracy",
    label: settingShort(info),
    axis: axisLabel(info),
    head: headLabel(info),
    better: info.better === "smaller" ? "smaller" : "larger",
    tabulated: true,
    info,
    scale: scaleOf(info),
    format: (value) => figure(info, value),
    bare: (value) => bareFigure(info, value),
  };
}

/** The same, again when more becomes known of the space. */
export function useMeasure(id: string): Measure | null {
  useRank((data) => data.proxies);
  useRank((data) => data.known);
  return measureOf(id);
}

/** What stands on the vertical axis: another proxy if one is chosen, else the accuracy. */
export function useAgainst(): string {
  const against = useStore((state) => state.rank.against);
  const target = useStore((state) => state.target);
  return against === "" ? target : against;
}

/** `computed here`, or where it was read and for how many cells. */
export function originWords({ kind, info }: Measure, rows: number): string {
  if (kind === "computed" || !info) return "computed here";
  const covered =
    info.defined < rows ? `; for ${info.defined.toLocaleString("en-US")} of ${rows.toLocaleString("en-US")} cells` : "";
  return `tabulated, not computed here: ${info.source}${covered}`;
}
