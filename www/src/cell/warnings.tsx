// What the reader should know of the cell in hand before trusting its scores.
import { power } from "../words/format.ts";
import { useStore } from "../state/state.ts";
import type { CellInfo } from "../types.ts";
import { Notice } from "../ui/notice.tsx";

export function Warnings({ info }: { info: CellInfo }) {
  const lowWeight = useStore((state) => state.weights[0]);
  if (!info.connected) {
    return (
      <Notice kind="warning">
        <strong>The output is cut off.</strong> No path joins input and output, so the cell gives zeros whatever the
        image.
      </Notice>
    );
  }
  // The rule holds in this space alone; elsewhere the calculation decides.
  if (info.space === "nasbench201" && !info.parameterFreePath && lowWeight <= 1e-6) {
    return (
      <Notice kind="warning">
        <strong>ε will be undefined.</strong> Every path passes a convolution, and at weights of {power(lowWeight)} that
        leaves nothing of the signal.
      </Notice>
    );
  }
  return null;
}
