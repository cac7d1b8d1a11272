import { useResults } from "../results.ts";

/** The cell editor. */
export function CellPanel() {
  const info = useResults((results) => results.info.value);
  return <p class="mono small">{info?.text ?? "…"}</p>;
}
