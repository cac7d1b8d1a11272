/** Where a proxy has been trained on the very accuracies that it is judged by. */
import { useStore } from "../state/state.ts";
import { Notice } from "../ui/notice.tsx";

/** Says so, if that is one of these; figures from the model card, `www/data/tgnas.md`. */
export function TrainedNote({ proxies }: { proxies: readonly string[] }) {
  const space = useStore((state) => state.space);
  const own = useStore((state) => state.ownModel !== null);
  if (space !== "nasbench101" || !proxies.includes("tgnas")) return null;
  return (
    <div class="trained-note">
      <Notice kind="warning">
        {own
          ? "Your own TG-NAS model is no test of itself on those of these cells that it was trained on."
          : "TG-NAS was trained on 24,001 of these 30,001 cells with these accuracies: this is no test of it. On the 3,000 test cells τ is .870."}
      </Notice>
    </div>
  );
}
