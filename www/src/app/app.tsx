// The page's regions and what stands in each.
import { CellPanel } from "../cell/panel.tsx";
import { Intro } from "./intro.tsx";
import { GraphView } from "../graph/view.tsx";
import { Header } from "./header.tsx";
import { ScoresPanel } from "../scores/panel.tsx";
import { useStore } from "../state/state.ts";
import { lazily } from "../ui/lazy.tsx";
import { PageNotices } from "../ui/notice.tsx";

// Neither need be there for the first score.
const RankSummary = lazily(() => import("../rank/summary.tsx").then((module) => module.RankSummary));
const Laboratory = lazily(() => import("../lab/laboratory.tsx").then((module) => module.Laboratory));

export function App() {
  const intro = useStore((state) => state.introOpen);
  return (
    <div class="page">
      <Header />
      <PageNotices />
      <main>
        <div class={`bench ${intro ? "with-intro" : ""}`}>
          {intro && <Intro />}
          <section class="region region-cell" aria-label="Cell">
            <CellPanel />
          </section>
          <section class="region region-graph" aria-label="Channel graph">
            <GraphView />
          </section>
          <section class="region region-scores" aria-label="Scores and rank">
            <ScoresPanel />
            <RankSummary />
          </section>
        </div>
        <section class="region region-below" aria-label="Laboratory">
          <Laboratory />
        </section>
      </main>
    </div>
  );
}
