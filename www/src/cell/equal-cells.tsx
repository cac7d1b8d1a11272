// The cells that compute the same function as the one in hand, to choose from.
import { useState } from "preact/hooks";
import { call } from "../engine/client.ts";
import { usePromise } from "../engine/known.ts";
import { setCell } from "../state/state.ts";
import type { CellInfo } from "../types.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

export function EqualCellsDialog({ info, onClose }: { info: CellInfo; onClose(): void }) {
  const { value, failure } = usePromise(`equal:${info.text}`, () => call("equalCells", [info.space, info.text]));
  const [shown, setShown] = useState(100);
  return (
    <Dialog title={`${info.classSize!.toLocaleString("en-US")} cells that compute the same function`} onClose={onClose}>
      <p>
        By this rule: a skip is joined into one node with its ends, edges on no path from input to output are left out,
        and the inputs of a sum have no order. Such cells have the same ε, to rounding. Parameters and FLOPs can differ:
        convolutions on no path are counted though they do nothing. So can the average degree: NASGraph counts parents,
        so a skip that merges away here still adds edges there. And each was trained by itself, so accuracies differ a
        little.
      </p>
      {failure && <p class="field-error">{failure.message}</p>}
      {!value && !failure && <p class="soft">Listing…</p>}
      <ul class="cell-list">
        {value?.slice(0, shown).map((text) => (
          <li key={text}>
            <button
              type="button"
              class="link-button mono"
              aria-current={text === info.text}
              onClick={() => {
                setCell(text);
                onClose();
              }}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
      {value && value.length > shown && (
        <Button onClick={() => setShown(shown + 400)}>
          Show more ({(value.length - shown).toLocaleString("en-US")} left)
        </Button>
      )}
    </Dialog>
  );
}
