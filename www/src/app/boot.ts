// From the link to the first state, and from then on from the state to the link.
import { call, CallError, module } from "../engine/client.ts";
import { startResults } from "../engine/results.ts";
import { deskFor, notify, redo, setCell, startOf, store, undo } from "../state/state.ts";
import { readFragment, writeFragment, type Shared } from "../state/url.ts";

/** Checks a link's cell with the module; a bad one is named and the default cell stands in for it. */
async function acceptedCell({ space, cell }: Shared): Promise<string> {
  try {
    return (await call("describe", [space, cell])).text;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    notify("warning", `The link's cell could not be read; the default cell is shown: ${error.message}`);
    return startOf(space).cell;
  }
}

async function readLink(fragment: string): Promise<Shared> {
  const { shared, problems } = readFragment(fragment);
  for (const problem of problems) notify("warning", `In the link: ${problem}.`);
  return { ...shared, cell: await acceptedCell(shared) };
}

/** The fragment that this page wrote last, so that its own writing is not taken for a link. */
let written = "";

function writeLink(): void {
  written = writeFragment(store.get());
  history.replaceState(null, "", written);
}

/** A link pasted into the address bar of the open page: loads like any other edit, and can be undone. */
async function onHashChange(): Promise<void> {
  if (location.hash === written) return;
  const { cell, options, ...rest } = await readLink(location.hash);
  store.set({ ...deskFor(rest.space), ...rest });
  setCell(cell);
  store.set({ options });
  writeLink();
}

function onKey(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  // In a text box the keys undo typing.
  if (event.target instanceof Element && event.target.closest("input, textarea, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  if (key === "z" || key === "y") {
    event.preventDefault();
    (key === "y" || event.shiftKey ? redo : undo)();
  }
}

/** Reads the link and starts the calculations. */
export async function boot(): Promise<void> {
  const linked = location.hash.length > 1;
  if (linked) store.set({ ...(await readLink(location.hash)), introOpen: false });
  startResults();
  writeLink();
  // Written once edits pause: browsers limit how often a page may do it.
  let timer = 0;
  store.subscribe(() => {
    if (writeFragment(store.get()) === written) return;
    clearTimeout(timer);
    timer = window.setTimeout(writeLink, 150);
  });
  window.addEventListener("hashchange", () => void onHashChange());
  document.addEventListener("keydown", onKey);
  module.version = await call("version", []);
}
