/** A cell in a table: its picture and its operations; pressing it loads it. */
import { MiniCell } from "../space/kit/mini.tsx";
import { useRank } from "../columns/model.ts";
import { cellShort } from "../space/kit/thumbnail.ts";
import { setCell } from "../state/state.ts";

export function CellButton({ row, own }: { row: number; own: boolean }) {
  const text = useRank((data) => data.cells?.[row]);
  if (text === undefined) return null;
  return (
    <button
      type="button"
      class="rank-load"
      title={own ? "This cell" : `Load this cell: ${text}`}
      onClick={() => setCell(text)}
    >
      <MiniCell text={text} />
      <span class="rank-cell-text">
        {own && <b>this cell: </b>}
        {cellShort(text)}
      </span>
    </button>
  );
}
