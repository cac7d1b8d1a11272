/** How many of the scores in sight were kept from an earlier visit, and how to throw them away. */
import { useState } from "preact/hooks";
import { whole } from "../words/format.ts";
import { notify } from "../state/state.ts";
import { Explain } from "../ui/pop.tsx";
import { forget } from "../columns/kept.ts";
import { scores, useRank } from "../columns/model.ts";

export function KeptNote() {
  useRank((data) => data.version);
  const proxies = useRank((data) => data.proxies);
  const [cleared, setCleared] = useState(false);
  const columns = proxies.map(({ id }) => scores().get(id)).filter(({ kept }) => kept > 0);
  const kept = columns.reduce((sum, column) => sum + column.kept, 0);
  if (kept === 0) return null;
  const clear = async () => {
    if (await forget()) setCleared(true);
    else notify("warning", "This browser's store could not be cleared.");
  };
  return (
    <p class="small soft kept-note" role="status">
      {cleared ? (
        "This browser's store is cleared; the scores that are shown stay until the page is left."
      ) : (
        <>
          {whole(kept)} scores come from this browser's store.{" "}
          <button type="button" class="link-button" onClick={() => void clear()}>
            Clear
          </button>
          <Explain about="this browser's store">
            <p>
              Scores of an earlier visit, kept on this device only, and used where the space, the proxy, its settings
              and the build of this page are the same. They equal what would be computed anew.
            </p>
          </Explain>
        </>
      )}
    </p>
  );
}
