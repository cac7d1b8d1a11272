// The picture in the page: holds the stage, and joins it with pointer, keyboard, and the other views.
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { opColour, opLook } from "../space/ops.ts";
import { setHover, store, useStore } from "../state/state.ts";
import type { ChannelGraph } from "../types.ts";
import { edgeCounts, type Layout } from "./layout.ts";
import { cellPart, choose, litLayers, neighbourNode, nodeOf, refOf } from "./selection.ts";
import { Stage, type Hit } from "./stage.ts";
import { legendLabel, nodeLines, plural, shape } from "./words.ts";

interface PictureProps {
  graph: ChannelGraph;
  layout: Layout;
  names: readonly string[];
  stage: RefObject<Stage | null>;
  /** Nodes lit by the histogram. */
  lit: readonly number[] | null;
  zoom: number;
  onZoom(zoom: number): void;
  /** A pair has been chosen. */
  onPair(): void;
}

export function Picture({ graph, layout, names, stage, lit, zoom, onZoom, onPair }: PictureProps) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef({ graph, layout, onPair });
  latest.current = { graph, layout, onPair };
  const [pointer, setPointer] = useState<Hit | null>(null);
  const [said, setSaid] = useState("");
  const hover = useStore((state) => state.hover);
  const first = useStore((state) => state.node);
  const pair = useStore((state) => state.pair);

  const pick = (node: number) => {
    const { graph, onPair } = latest.current;
    const ref = refOf(graph, node);
    if (!ref) return store.set({ node: null, pair: null });
    const { node: before, pair: pairBefore } = store.get();
    const next = choose(graph, { node: before, pair: pairBefore }, ref);
    store.set(next);
    if (next.pair) onPair();
  };

  useEffect(() => {
    const point = (hit: Hit | null) => {
      setPointer(hit);
      const { graph } = latest.current;
      if (!hit) return setHover(null);
      setHover({
        ...(hit.node < 0 ? { layer: hit.layer } : { node: refOf(graph, hit.node) }),
        ...cellPart(graph, hit.layer),
      });
    };
    const it = new Stage(host.current!, {
      hover: point,
      tap: (hit) => {
        point(hit); // a finger does not hover
        pick(hit?.node ?? -1);
      },
      changed: onZoom,
    });
    stage.current = it;
    return () => {
      stage.current = null;
      it.dispose();
    };
  }, []);
  useLayoutEffect(() => stage.current?.setGraph(graph, layout), [graph, layout]);
  // The first graph may be there before the stage is.
  useEffect(() => stage.current?.setGraph(graph, layout), []);

  const layers = useMemo(() => litLayers(graph, hover), [graph, hover]);
  const node = nodeOf(graph, layout, hover?.node ?? null);
  const selected = nodeOf(graph, layout, pair?.source ?? first);
  const partner = nodeOf(graph, layout, pair?.target ?? null);
  useEffect(
    () => stage.current?.setHighlight({ node, selected, partner, layers, nodes: lit }),
    [graph, node, selected, partner, layers, lit],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const it = stage.current;
    if (!it || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const arrow = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(key);
    if (key === "+" || key === "=") it.zoomBy(1.6);
    else if (key === "-") it.zoomBy(1 / 1.6);
    else if (key === "0") it.fit();
    else if (key === "Escape" && (node >= 0 || selected >= 0)) {
      if (node >= 0) setHover(null);
      else store.set({ node: null, pair: null });
      setSaid("");
    } else if (key === "Enter" || key === " ") {
      if (node >= 0) pick(node);
      else visit(Math.max(0, selected));
    } else if (arrow && node >= 0) visit(neighbourNode(graph, layout, node, key, event.shiftKey));
    else if (arrow)
      it.pan(
        key === "ArrowLeft" ? 60 : key === "ArrowRight" ? -60 : 0,
        key === "ArrowUp" ? 60 : key === "ArrowDown" ? -60 : 0,
      );
    else return;
    event.preventDefault();
  };
  const visit = (next: number) => {
    const ref = refOf(graph, next);
    if (!ref) return;
    setHover({ node: ref, ...cellPart(graph, ref.layer) });
    setPointer(null);
    stage.current?.reveal(next);
    setSaid(nodeLines(graph, next, names).join(". "));
  };

  const shown = pointer ?? stage.current?.place(node) ?? null;
  return (
    <div class="graph-picture">
      <div
        class="graph-stage"
        ref={host}
        tabIndex={0}
        role="application"
        aria-roledescription="channel graph"
        aria-label={`Channel graph: ${plural(graph.nodeLayer.length, "channel")}, ${plural(graph.edgeSource.length, "edge")}. Enter steps into the channels, arrow keys move, Enter again chooses, plus, minus and 0 zoom.`}
        onKeyDown={onKeyDown}
        onBlur={() => setHover(null)}
      />
      {zoom <= 1.01 && <Legend graph={graph} />}
      {shown && host.current && (
        <Tip
          graph={graph}
          layout={layout}
          hit={shown}
          names={names}
          width={host.current.clientWidth}
          height={host.current.clientHeight}
        />
      )}
      <p class="hidden-text" aria-live="polite">
        {said}
      </p>
    </div>
  );
}

function Legend({ graph }: { graph: ChannelGraph }) {
  const ops = [...new Set(graph.layers.map((layer) => layer.op))].filter((op) => op !== "identity").map(opLook);
  return (
    <ul class="graph-legend small" aria-label="Colours">
      {ops.map((look) => (
        <li key={look.id}>
          <span class="graph-swatch" aria-hidden="true" style={{ color: opColour(look.id) }}>
            {look.glyph}
          </span>{" "}
          {legendLabel(graph.layers, look.id)}
        </li>
      ))}
    </ul>
  );
}

function Tip({
  graph,
  layout,
  hit,
  names,
  width,
  height,
}: {
  graph: ChannelGraph;
  layout: Layout;
  hit: Hit;
  names: readonly string[];
  width: number;
  height: number;
}) {
  const [head, ...lines] =
    hit.node >= 0 ? nodeLines(graph, hit.node, names) : layerLines(graph, layout, hit.layer, names);
  const style = {
    [hit.x > width / 2 ? "right" : "left"]: `${(hit.x > width / 2 ? width - hit.x : hit.x) + 14}px`,
    [hit.y > height / 2 ? "bottom" : "top"]: `${(hit.y > height / 2 ? height - hit.y : hit.y) + 10}px`,
  };
  return (
    <div class="graph-tip small" role="tooltip" style={style}>
      <b>{head}</b>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}

function layerLines(graph: ChannelGraph, layout: Layout, id: number, names: readonly string[]): string[] {
  const layer = graph.layers[id]!;
  const { into, out } = edgeCounts(graph, layout);
  const parents = layer.parents.map((parent) => names[parent]).join("; ");
  return [
    names[id]!,
    `${layer.module} · ${shape(layer.input)} → ${shape(layer.output)}`,
    `${plural(into[id]!, "edge")} in, ${out[id]!.toLocaleString("en-US")} out${parents ? `; from ${parents}` : ""}`,
    ...(layout.starved.includes(id) ? ["∅ nothing from the input reaches it"] : []),
  ];
}
