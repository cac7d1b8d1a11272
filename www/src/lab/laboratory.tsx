/** What is done with many cells: one panel a tab. A panel that has been opened stays as it is while others are looked at. */
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { SPACES } from "../space/spaces.ts";
import { notify, store, switchSpace, useStore } from "../state/state.ts";
import { Loaded } from "./loaded.tsx";
import { ShownContext } from "../ui/shown.ts";
import { tabOf, TABS, type LabTab } from "./tabs.ts";

const tabId = (id: string) => `lab-tab-${id}`;
const panelId = (id: string) => `lab-panel-${id}`;

export function Laboratory() {
  const named = useStore((state) => state.tab);
  const space = useStore((state) => state.space);
  const chosen = tabOf(named);
  const opened = useRef(new Set<string>()).current;
  opened.add(chosen.id);
  useEffect(() => {
    if (chosen.id === named) return;
    notify("warning", `There is no tab “${named}”; ${chosen.label} stands in for it.`);
    store.set({ tab: chosen.id });
  }, [named]);

  return (
    <div class="lab">
      <TabList chosen={chosen} />
      {TABS.filter(({ id }) => opened.has(id)).map(({ id, label, Panel, lacking }) => {
        const reason = lacking?.(space) ?? null;
        return (
          <div
            key={id}
            id={panelId(id)}
            class="lab-panel"
            role="tabpanel"
            aria-labelledby={tabId(id)}
            hidden={id !== chosen.id}
          >
            {reason === null ? (
              <ShownContext.Provider value={id === chosen.id}>
                <Panel />
              </ShownContext.Provider>
            ) : (
              <p class="lab-lacking soft">
                {label} is not available for {SPACES[space].label}. {reason}{" "}
                <button type="button" class="link-button" onClick={goHome}>
                  Go to NAS-Bench-201
                </button>
                , which has it.
              </p>
            )}
          </div>
        );
      })}
      <Loaded />
    </div>
  );
}

/** Goes to the space that has every tab; the button that was pressed goes away, so the tab takes its place. */
function goHome(): void {
  switchSpace("nasbench201");
  document.getElementById(tabId(tabOf(store.get().tab).id))?.focus({ preventScroll: true });
}

/** Arrow keys go from tab to tab; Enter or the space bar opens one, because opening may start a calculation. */
function TabList({ chosen }: { chosen: LabTab }) {
  const list = useRef<HTMLDivElement>(null);
  const space = useStore((state) => state.space);
  useEffect(() => reveal(list.current!.querySelector<HTMLElement>("[aria-selected=true]")), [chosen]);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const tabs = [...list.current!.querySelectorAll<HTMLElement>("[role=tab]")];
    const at = tabs.indexOf(event.target as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length]!;
    next.focus({ preventScroll: true });
    reveal(next);
  };
  return (
    <div ref={list} class="lab-tabs" role="tablist" aria-label="Laboratory" onKeyDown={onKeyDown}>
      {TABS.map(({ id, label, lacking }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={tabId(id)}
          class={lacking?.(space) ? "lab-tab soft" : "lab-tab"}
          aria-selected={id === chosen.id}
          aria-controls={id === chosen.id ? panelId(id) : undefined}
          tabIndex={id === chosen.id ? 0 : -1}
          onClick={() => store.set({ tab: id })}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** Scrolls the strip of tabs, and nothing else, until a tab is in sight. */
function reveal(tab: HTMLElement | null): void {
  const strip = tab?.parentElement;
  if (!tab || !strip) return;
  const left = tab.offsetLeft - strip.offsetLeft;
  const margin = 24; // so that the next tab is seen to be there
  strip.scrollLeft = Math.min(
    left - margin,
    Math.max(strip.scrollLeft, left + tab.offsetWidth + margin - strip.clientWidth),
  );
}
