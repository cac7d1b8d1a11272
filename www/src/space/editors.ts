// The editors of all spaces. A space = one folder with its `Editor`, and one line here.
import { useEffect, useState } from "preact/hooks";
import { notify } from "../state/state.ts";
import type { SpaceId } from "../types.ts";
import type { Editor } from "./editor.ts";
import { nasbench201, transnasMicro } from "./four-nodes/editor.tsx";

/** Editors that the first page does not need are fetched when their space is entered. */
const nds = () => import("./nds/editor.tsx");
const LATER: Record<Exclude<SpaceId, "nasbench201" | "transnas101-micro">, () => Promise<{ editor: Editor }>> = {
  nasbench101: () => import("./nasbench101/editor.tsx"),
  "transnas101-macro": () => import("./transnas101-macro/editor.tsx"),
  "nds-darts": nds,
  "nds-enas": nds,
  "nds-pnas": nds,
  "nds-nasnet": nds,
  "nds-amoeba": nds,
};

const loaded = new Map<SpaceId, Editor>([
  ["nasbench201", nasbench201],
  ["transnas101-micro", transnasMicro],
]);

/** The editor of a space; null until its code is there. */
export function useEditor(space: SpaceId): Editor | null {
  const [, show] = useState<Editor | null>(null);
  useEffect(() => {
    const load = LATER[space as keyof typeof LATER];
    if (loaded.has(space) || !load) return;
    load().then(
      ({ editor }) => {
        loaded.set(space, editor);
        show(editor);
      },
      () => notify("error", "The editor could not be loaded. Check the connection and reload."),
    );
  }, [space]);
  return loaded.get(space) ?? null;
}
