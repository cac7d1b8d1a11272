// Cells to start from that are best or worst by a known figure: looked up in the table when asked for.
import { fixed } from "../words/format.ts";
import { settingShort } from "../words/measures.ts";
import { knownCells, knownColumn, knownColumns } from "../engine/known.ts";
import { SPACES } from "../space/spaces.ts";
import type { ColumnInfo, SpaceId } from "../types.ts";
import type { Preset } from "../space/editor.ts";

/** Index of the largest (or smallest) figure that is there, or null. */
export function extreme(values: Float64Array, sign: 1 | -1): number | null {
  let best: number | null = null;
  values.forEach((value, index) => {
    if (!Number.isNaN(value) && (best === null || sign * value > sign * values[best]!)) best = index;
  });
  return best;
}

/** A figure with its unit, a fraction as a percentage. */
export function figureWords(value: number, unit: string): string {
  if (unit === "fraction") return `${fixed(100 * value, 2)} %`;
  return `${fixed(value, unit === "%" ? 2 : 4)} ${unit}`.trim();
}

async function presetAt(space: SpaceId, column: ColumnInfo, sign: 1 | -1): Promise<Preset | null> {
  const [cells, values] = await Promise.all([knownCells(space), knownColumn(space, column.id)]);
  const index = extreme(values, sign);
  if (index === null) return null;
  const better = column.better === "smaller" ? -1 : 1;
  const figure = figureWords(values[index]!, column.unit);
  const ties = values.reduce((count, value) => count + Number(value === values[index]), 0) - 1;
  return {
    label: `${sign === better ? "Best" : "Worst"}: ${settingShort(column)}`,
    hint: ties === 0 ? figure : `${figure}, as ${ties.toLocaleString("en-US")} ${ties === 1 ? "other" : "others"}`,
    cell: cells[index]!,
  };
}

/** The best known cell by each test accuracy (or by the one that the space starts with), and the worst by the chosen column. */
export async function knownPresets(space: SpaceId, target: string): Promise<Preset[]> {
  const start = SPACES[space].target;
  if (start === null) return [];
  const columns = (await knownColumns(space)).filter((column) => column.role === "accuracy");
  const tested = columns.filter((column) => column.id.includes("_test_"));
  const shown = tested.length > 0 ? tested : columns.filter((column) => column.id === start);
  const worst = columns.find((column) => column.id === target) ?? shown[0];
  const found = await Promise.all([
    ...shown.map((column) => presetAt(space, column, column.better === "smaller" ? -1 : 1)),
    ...(worst ? [presetAt(space, worst, worst.better === "smaller" ? 1 : -1)] : []),
  ]);
  return found.filter((preset) => preset !== null);
}
