// Cells to start from. Those that are best or worst by a known figure are looked up in the table when asked for.
import { settingShort } from "../rank/words.ts";
import { allCells, knownColumn, knownColumns } from "../known.ts";
import type { ColumnInfo, SpaceId } from "../types.ts";

export interface Preset {
  label: string;
  hint: string;
  cell: string;
}

/** Cells with a name, by space. */
export const NAMED: Partial<Record<SpaceId, readonly Preset[]>> = {
  nasbench201: [
    {
      label: "All conv 3×3",
      hint: "the most parameters of the space",
      cell: "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|",
    },
    {
      label: "Residual-like",
      hint: "two convolutions beside a skip",
      cell: "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|skip_connect~2|",
    },
    {
      label: "ε undefined",
      hint: "three convolutions in a row and no way around them",
      cell: "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|none~0|none~1|nor_conv_3x3~2|",
    },
  ],
};

/** Index of the largest (or smallest) figure that is there, or null. */
export function extreme(values: Float64Array, sign: 1 | -1): number | null {
  let best: number | null = null;
  values.forEach((value, index) => {
    if (!Number.isNaN(value) && (best === null || sign * value > sign * values[best]!)) best = index;
  });
  return best;
}

async function presetAt(space: SpaceId, column: ColumnInfo, sign: 1 | -1): Promise<Preset | null> {
  const [cells, values] = await Promise.all([allCells(space), knownColumn(space, column.id)]);
  const index = extreme(values, sign);
  if (index === null) return null;
  const better = column.better === "smaller" ? -1 : 1;
  const figure = `${values[index]!.toFixed(2)} ${column.unit}`.trim();
  const ties = values.reduce((count, value) => count + Number(value === values[index]), 0) - 1;
  return {
    label: `${sign === better ? "Best" : "Worst"}: ${settingShort(column)}`,
    hint: ties === 0 ? figure : `${figure}, as ${ties.toLocaleString("en-US")} ${ties === 1 ? "other" : "others"}`,
    cell: cells[index]!,
  };
}

/** The best known cell by each test accuracy, and the worst by the chosen column. */
export async function knownPresets(space: SpaceId, target: string): Promise<Preset[]> {
  const columns = (await knownColumns(space)).filter((column) => column.role === "accuracy");
  const tests = columns.filter((column) => column.id.endsWith("test_acc"));
  const worst = columns.find((column) => column.id === target) ?? tests[0];
  const found = await Promise.all([
    ...tests.map((column) => presetAt(space, column, column.better === "smaller" ? -1 : 1)),
    ...(worst ? [presetAt(space, worst, worst.better === "smaller" ? 1 : -1)] : []),
  ]);
  return found.filter((preset) => preset !== null);
}
