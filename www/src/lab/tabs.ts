/** The tabs of the laboratory. A new one is a line here; its code is fetched when the tab is first opened. */
import type { ComponentType } from "preact";
import { SPACES } from "../space/spaces.ts";
import type { SpaceId } from "../types.ts";
import { lazily } from "../ui/lazy.tsx";

export interface LabTab {
  /** Stands in links: lower-case letters and hyphens. */
  readonly id: string;
  readonly label: string;
  readonly Panel: ComponentType;
  /** Why a space does not have it: a sentence or two. Left out, or null: it has. */
  readonly lacking?: (space: SpaceId) => string | null;
}

const judged = (what: string) => (space: SpaceId) =>
  SPACES[space].target === null
    ? `None of its cells has a known accuracy, so there is nothing to judge ${what} by.`
    : null;

/** Spaces for whose operations TG-NAS has words. */
const DESCRIBED: ReadonlySet<SpaceId> = new Set<SpaceId>([
  "nasbench201",
  "nasbench101",
  "transnas101-micro",
  "nds-darts",
]);

export const TABS: readonly LabTab[] = [
  {
    id: "rank",
    label: "Rank and correlate",
    Panel: lazily(() => import("./rank/panel.tsx").then((module) => module.RankPanel)),
  },
  {
    id: "matrix",
    label: "Matrix",
    Panel: lazily(() => import("./matrix/panel.tsx").then((module) => module.MatrixPanel)),
    lacking: judged("proxies"),
  },
  {
    id: "failures",
    label: "Where proxies fail",
    Panel: lazily(() => import("./failures/panel.tsx").then((module) => module.FailuresPanel)),
    lacking: judged("proxies"),
  },
  {
    id: "combine",
    label: "Combine",
    Panel: lazily(() => import("./combine/panel.tsx").then((module) => module.CombinePanel)),
    lacking: judged("proxies"),
  },
  {
    id: "best-of",
    label: "Best of N",
    Panel: lazily(() => import("./best/panel.tsx").then((module) => module.BestPanel)),
    lacking: judged("a choice"),
  },
  {
    id: "search",
    label: "Search",
    Panel: lazily(() => import("./search/panel.tsx").then((module) => module.SearchPanel)),
    lacking: judged("a search"),
  },
  {
    id: "tgnas",
    label: "TG-NAS",
    Panel: lazily(() => import("./tgnas/panel.tsx").then((module) => module.TgnasPanel)),
    lacking: (space) =>
      DESCRIBED.has(space)
        ? null
        : "TG-NAS describes the operations of NAS-Bench-101, NAS-Bench-201 (whose words TransNAS-Bench-101 micro shares) and DARTS, and no others.",
  },
];

/** The tab of that name, or the first. */
export const tabOf = (id: string): LabTab => TABS.find((tab) => tab.id === id) ?? TABS[0]!;
