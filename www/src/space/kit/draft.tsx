import { setDraft } from "../../state/state.ts";
import { Notice } from "../../ui/notice.tsx";

/** Says which rule the edited cell breaks; the scores stay those of the last cell that broke none. */
export function DraftNotice({ problem }: { problem: string }) {
  return (
    <Notice kind="error">
      <strong>Not a cell of this space.</strong> {problem} Scores and graph are those of the last one that was.{" "}
      <button type="button" class="link-button" onClick={() => setDraft(null)}>
        Back to it
      </button>
    </Notice>
  );
}
