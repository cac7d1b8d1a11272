import "../../styles/graph.css";
import { useMemo, useRef, useState } from "preact/hooks";
import { useResults } from "../engine/results.ts";
import { useStore } from "../state/state.ts";
import type { ChannelGraph } from "../types.ts";
import { IconButton } from "../ui/button.tsx";
import { DownloadMenu } from "../ui/download.tsx";
import { lazily } from "../ui/lazy.tsx";
import { Notice } from "../ui/notice.tsx";
import { NetworkControls } from "./controls.tsx";
import { DegreeChart } from "./histogram.tsx";
import { layoutGraph } from "./layout.ts";
import { Picture } from "./picture.tsx";
import type { Stage } from "./stage.ts";
import { layerNames, plural, stackWord, starvedSentence } from "./words.ts";

const WhyPanel = lazily(() => import("./why.tsx").then((module) => module.WhyPanel));
const GraphTables = lazily(() => import("./tables.tsx").then((module) => module.GraphTables));

/** The channel graph with its controls. Fills its region. */
export function GraphView() {
  const { value: graph, failure, pending } = useResults((results) => results.graph);
  return (
    <div class="graph-view" aria-busy={pending}>
      {graph ? <Filled graph={graph} /> : <h2>Channel graph</h2>}
      {failure ? <Notice kind="error">{failure.message}</Notice> : !graph && <p class="soft">Drawing…</p>}
    </div>
  );
}

type Panel = "degrees" | "why" | "table";
const PANELS: readonly [Panel, string][] = [
  ["degrees", "Degrees"],
  ["why", "Why this edge?"],
  ["table", "As tables"],
];

function Filled({ graph }: { graph: ChannelGraph }) {
  const word = useStore((state) => stackWord(state.space));
  const layout = useMemo(() => layoutGraph(graph, word), [graph, word]);
  const names = useMemo(() => layerNames(graph.layers, word), [graph, word]);
  const stage = useRef<Stage | null>(null);
  const [panel, setPanel] = useState<Panel>("degrees");
  const [lit, setLit] = useState<readonly number[] | null>(null);
  const [zoom, setZoom] = useState(1);
  const downloads = async () => (await import("./files.ts")).graphDownloads(graph, () => stage.current);
  const starved = starvedSentence(graph.layers, layout.starved, names);
  const { nodes, edges } = graph.measures;
  return (
    <>
      <div class="row spread">
        <h2>
          Channel graph{" "}
          <span class="graph-counts soft">
            {plural(nodes, "channel")} · {plural(edges, "edge")}
          </span>
        </h2>
        <span class="row graph-zoom">
          <IconButton label="Zoom in (+, or Ctrl and wheel)" onClick={() => stage.current?.zoomBy(1.6)}>
            +
          </IconButton>
          <IconButton label="Zoom out (−)" disabled={zoom <= 1} onClick={() => stage.current?.zoomBy(1 / 1.6)}>
            −
          </IconButton>
          <IconButton label="Fit the whole graph (0)" disabled={zoom <= 1} onClick={() => stage.current?.fit()}>
            ⤢
          </IconButton>
          <DownloadMenu items={downloads} />
        </span>
      </div>
      <NetworkControls />
      {edges === 0 ? (
        <Notice kind="warning">No edge is left: every layer gives zeros to the next.</Notice>
      ) : (
        <Picture
          graph={graph}
          layout={layout}
          names={names}
          stage={stage}
          lit={lit}
          zoom={zoom}
          onZoom={setZoom}
          onPair={() => setPanel("why")}
        />
      )}
      {starved !== null && (
        <p class="small graph-starved" role="status">
          {starved}
        </p>
      )}
      <div class="graph-panel">
        <div class="row" role="group" aria-label="Below the picture">
          {PANELS.map(([id, label]) => (
            <button key={id} type="button" class="graph-tab" aria-pressed={panel === id} onClick={() => setPanel(id)}>
              {label}
            </button>
          ))}
        </div>
        {panel === "degrees" && <DegreeChart graph={graph} onLight={setLit} />}
        {panel === "why" && <WhyPanel graph={graph} names={names} />}
        {panel === "table" && <GraphTables graph={graph} layout={layout} names={names} />}
      </div>
    </>
  );
}
