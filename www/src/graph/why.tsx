// "Why this edge?": the kernel between two channels, the sums it gives on an all-ones image, and what is left after ReLU.
import { useEffect, useState } from "preact/hooks";
import { call, failureOf, Superseded } from "../engine/client.ts";
import { store, useStore, type ChannelPair } from "../state/state.ts";
import type { ChannelGraph, EdgeExplanation, LayerInfo } from "../types.ts";
import { Button } from "../ui/button.tsx";
import { NumberField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Select } from "../ui/select.tsx";
import { droppedSentence, whySentence } from "./why-words.ts";
import { digits } from "./words.ts";

export function WhyPanel({ graph, names }: { graph: ChannelGraph; names: readonly string[] }) {
  const pair = useStore((state) => state.pair);
  const first = useStore((state) => state.node);
  const [answer, setAnswer] = useState<{ why: EdgeExplanation; graph: ChannelGraph } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const shown = pair && inside(graph, pair) ? pair : null;
  const dropped =
    shown && droppedSentence(graph.layers, names, shown.source.layer, shown.source.channel, shown.target.layer);
  useEffect(() => {
    if (!shown || dropped !== null) return setAnswer(null);
    let current = true;
    const { space, cell, options } = store.get();
    const { source, target } = shown;
    call(
      "explainEdge",
      [space, cell, options, source.layer, source.channel, target.layer, target.channel],
      "explain",
    ).then(
      (why) => current && (setAnswer({ why, graph }), setProblem(null)),
      (error: unknown) =>
        current && !(error instanceof Superseded) && (setAnswer(null), setProblem(failureOf(error)?.message ?? null)),
    );
    return () => void (current = false);
  }, [shown, graph]);

  if (!shown) {
    const ask = first
      ? `Channel ${first.channel} of ${names[first.layer] ?? names[0]} is chosen. Now choose one in a layer that it feeds.`
      : "Click a channel in the picture, then one in a layer that it feeds (or press Enter on each).";
    return (
      <div class="graph-why">
        <p>{ask}</p>
        <div class="row">
          <Button onClick={() => store.set({ pair: example(graph), node: null })}>Show me one</Button>
        </div>
      </div>
    );
  }
  const target = graph.layers[shown.target.layer]!;
  const why = answer?.why;
  // An answer to the question before stays, faded, until the new one is there: nothing jumps.
  const old =
    !!why &&
    (answer.graph !== graph ||
      why.targetChannel !== shown.target.channel ||
      why.sourceChannel !== shown.source.channel ||
      why.targetLayer !== shown.target.layer ||
      why.sourceLayer !== shown.source.layer);
  return (
    <div
      class={`graph-why ${old ? "old" : ""}`}
      aria-busy={old}
      data-pair={why ? `${why.sourceLayer}_${why.sourceChannel},${why.targetLayer}_${why.targetChannel}` : undefined}
    >
      <PairPicker graph={graph} pair={shown} names={names} />
      {problem !== null && <Notice kind="error">{problem}</Notice>}
      {dropped !== null && (
        <p class="graph-answer" role="status">
          {dropped}
        </p>
      )}
      {why && dropped === null && (
        <>
          <p class="graph-answer" role="status">
            {whySentence(why, graph.layers)}
          </p>
          {why.rule === "conv" && <Sums why={why} target={target} />}
          {why.rule === "chain" && <ChainScore why={why} target={target} />}
        </>
      )}
    </div>
  );
}

function inside(graph: ChannelGraph, { source, target }: ChannelPair): boolean {
  const from = graph.layers[source.layer];
  const to = graph.layers[target.layer];
  return (
    !!from && !!to && to.parents.includes(from.id) && source.channel < from.output[0] && target.channel < to.output[0]
  );
}

/** The first pair of a cell's convolution, else of any layer. */
function example(graph: ChannelGraph): ChannelPair | null {
  const feeds = (layer: LayerInfo) => layer.parents.length > 0;
  const target =
    graph.layers.find((layer) => feeds(layer) && layer.kind === "cell" && layer.op.includes("conv")) ??
    graph.layers.find(feeds);
  return target
    ? { source: { layer: target.parents[0]!, channel: 0 }, target: { layer: target.id, channel: 0 } }
    : null;
}

function PairPicker({ graph, pair, names }: { graph: ChannelGraph; pair: ChannelPair; names: readonly string[] }) {
  const { source, target } = pair;
  const children = (id: number) => graph.layers.filter((layer) => layer.parents.includes(id));
  const clamp = (layer: number, channel: number) => Math.min(channel, graph.layers[layer]!.output[0] - 1);
  const choose = (from: number, fromChannel: number, to: number, toChannel: number) => {
    const fits = children(from).some((layer) => layer.id === to) ? to : children(from)[0]!.id;
    store.set({
      node: null,
      pair: {
        source: { layer: from, channel: clamp(from, fromChannel) },
        target: { layer: fits, channel: clamp(fits, toChannel) },
      },
    });
  };
  const option = (layer: LayerInfo) => ({ value: String(layer.id), label: names[layer.id]! });
  const limit = (layer: number) => [0, graph.layers[layer]!.output[0] - 1] as const;
  return (
    <div class="row graph-pair">
      <Select
        label="From"
        value={String(source.layer)}
        options={graph.layers.filter((layer) => children(layer.id).length > 0).map(option)}
        onChange={(value) => choose(Number(value), source.channel, target.layer, target.channel)}
      />
      <NumberField
        bare
        label="Source channel"
        value={source.channel}
        limits={limit(source.layer)}
        width={2}
        onChange={(channel) => choose(source.layer, channel, target.layer, target.channel)}
      />
      <Select
        label="to"
        value={String(target.layer)}
        options={children(source.layer).map(option)}
        onChange={(value) => choose(source.layer, source.channel, Number(value), target.channel)}
      />
      <NumberField
        bare
        label="Target channel"
        value={target.channel}
        limits={limit(target.layer)}
        width={2}
        onChange={(channel) => choose(source.layer, source.channel, target.layer, channel)}
      />
      <Button look="plain" onClick={() => store.set({ pair: null, node: null })}>
        Clear
      </Button>
    </div>
  );
}

/** Of a module of several convolutions only the outcome can be shown. */
function ChainScore({ why, target }: { why: EdgeExplanation; target: LayerInfo }) {
  return (
    <p class="small">
      Score = sum of output channel {why.targetChannel} over its {target.output[1]}×{target.output[2]} image ={" "}
      <b>{digits(why.score)}</b>; weight = score ÷ all scores of this pair of layers ({digits(why.total)}) ={" "}
      <b>{digits(why.weight)}</b>. <span class="soft">{target.module}.</span>
    </p>
  );
}

function Sums({ why, target }: { why: EdgeExplanation; target: LayerInfo }) {
  const [height, width] = why.kernelShape;
  const largest = Math.max(...why.kernel.map(Math.abs), 1e-9);
  // Placed as in the image: a kernel that misses its first rows there stands at the image's top.
  const order = (ranges: [number, number][]) =>
    [...new Map(ranges.map((range) => [range.join(), range])).values()]
      .sort((a, b) => b[0] - a[0] || b[1] - a[1])
      .map((range) => range.join());
  const rows = order(why.partialSums.map((part) => part.rows));
  const columns = order(why.partialSums.map((part) => part.columns));
  const parts = [...why.partialSums].sort(
    (a, b) =>
      rows.indexOf(a.rows.join()) - rows.indexOf(b.rows.join()) ||
      columns.indexOf(a.columns.join()) - columns.indexOf(b.columns.join()),
  );
  return (
    <div class="graph-sums">
      <figure>
        <figcaption class="small soft">Kernel</figcaption>
        <svg
          class="graph-kernel"
          viewBox={`0 0 ${width * 44} ${height * 32}`}
          style={{ width: `${width * 44}px` }}
          role="img"
          aria-label={`Kernel, row by row: ${[...why.kernel].map(digits).join(", ")}`}
        >
          {[...why.kernel].map((value, at) => {
            const [x, y] = [(at % width) * 44, Math.floor(at / width) * 32];
            return (
              <g key={at}>
                <rect
                  class={value < 0 ? "minus" : "plus"}
                  x={x + 1}
                  y={y + 1}
                  width={42}
                  height={30}
                  fill-opacity={0.12 + (0.5 * Math.abs(value)) / largest}
                />
                <text x={x + 22} y={y + 20} text-anchor="middle">
                  {signed(value)}
                </text>
              </g>
            );
          })}
        </svg>
      </figure>
      <figure class="grow">
        <figcaption class="small soft">Its sums on an image of ones, placed as in the image, × positions</figcaption>
        <ol class={`graph-parts across-${columns.length}`}>
          {parts.map((part) => (
            <li key={`${part.rows}:${part.columns}`} class={part.sum > 0 ? "kept" : ""}>
              <svg
                class="graph-mini"
                viewBox={`0 0 ${width * 6} ${height * 6}`}
                role="img"
                aria-label={`kernel rows ${part.rows[0] + 1} to ${part.rows[1]}, columns ${part.columns[0] + 1} to ${part.columns[1]}`}
              >
                {[...why.kernel].map((_, at) => {
                  const [column, row] = [at % width, Math.floor(at / width)];
                  const inside =
                    row >= part.rows[0] && row < part.rows[1] && column >= part.columns[0] && column < part.columns[1];
                  return (
                    <rect
                      key={at}
                      class={inside ? "in" : "out"}
                      x={column * 6 + 0.5}
                      y={row * 6 + 0.5}
                      width={5}
                      height={5}
                    />
                  );
                })}
              </svg>
              <span>
                <b>{signed(part.sum)}</b> <span class="soft">×{part.positions}</span>
                <span class="graph-fate soft">{part.sum > 0 ? "kept" : "→ 0"}</span>
              </span>
            </li>
          ))}
        </ol>
        <p class="small">
          Score = Σ positions × max(0, sum) = <b>{digits(why.score)}</b>; weight = score ÷ all scores of this pair of
          layers ({digits(why.total)}) = <b>{digits(why.weight)}</b>. <span class="soft">{target.module}.</span>
        </p>
      </figure>
    </div>
  );
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}
