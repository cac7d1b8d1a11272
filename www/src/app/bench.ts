// The bench page (bench.html): the module's budgets measured in this browser. `make bench` opens it and prints it.
import init, { Batch, correlation, epsilon, graph, known, list, sample, score, Sweep, version } from "cellscope";
import { benchGraph } from "../graph/bench.ts";
import { largeGraph } from "../graph/synthetic.ts";
import { SPACES } from "../space/spaces.ts";
import type { ChannelGraph } from "../types.ts";

const SPACE = "nasbench201";
const DENSEST = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|";
const LEAVES = 64;

const results = document.getElementById("results")!;
const print = (line: string): void => results.append(`${line}\n`);

/** Runs `work` `times` times after once for warming up; prints the median and the slowest in milliseconds. */
async function measure(
  title: string,
  budget: number | null,
  times: number,
  work: (turn: number) => void,
): Promise<void> {
  work(0);
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    await new Promise((resolve) => setTimeout(resolve)); // lets the page show the last line
    const start = performance.now();
    work(turn);
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const ms = (value: number): string => value.toFixed(1).padStart(9);
  const limit = budget === null ? "" : `budget ${budget}`;
  print(`${title.padEnd(52)}${ms(taken[taken.length >> 1]!)}${ms(taken.at(-1)!)}   ${limit}`);
}

function sweep(texts: string[] | null, proxy: string): Float64Array {
  const run = new Sweep(SPACE, texts, [proxy]);
  const values = run.step(run.total);
  run.free();
  return values;
}

/** What the picture of a graph costs this thread; the GPU's share cannot be seen from here. */
async function drawing(title: string, picture: ChannelGraph): Promise<void> {
  const b = await benchGraph(picture);
  const line = (what: string, median: number, most: number | null, budget: string) =>
    print(
      `${`${title}: ${what}`.padEnd(52)}${median.toFixed(1).padStart(9)}${(most?.toFixed(1) ?? "").padStart(9)}   ${budget}`,
    );
  line(`first frame, ${b.nodes} nodes, ${b.edges} edges`, b.firstFrameMs, null, "budget 150");
  line(`frame while panning and zooming (${b.renderer})`, b.frameMs, b.frameMaxMs, "budget 8");
  line("hover", b.hoverMs, b.hoverMaxMs, "budget 8");
  print(
    `  ${b.drawCalls} draw calls, ${b.lines} lines, ${b.ribbons} ribbons; uploaded ${b.sceneBytes} bytes a graph, ${b.frameBytes} a frame`,
  );
}

async function main(): Promise<void> {
  const started = performance.now();
  await init();
  print(`${version()}, ${navigator.userAgent}`);
  print(`module fetched and started in ${(performance.now() - started).toFixed(0)} ms\n`);
  print(`${"milliseconds".padEnd(52)}${"median".padStart(9)}${"slowest".padStart(9)}`);

  const cells = sample(SPACE, 200, 0);
  const cell = (turn: number): string => cells[turn % cells.length]!;
  await measure("all scores of a cell but ε", 50, 50, (turn) => score(SPACE, cell(turn)));
  await measure("the same, densest cell", 50, 20, () => score(SPACE, DENSEST));
  await measure("channel graph of the densest cell", null, 20, () => graph(SPACE, DENSEST));
  await measure("NASGraph of 200 random cells", 50, 20, () => sweep(cells, "average_degree"));
  await measure(`NASGraph of all ${list(SPACE).length} cells`, 1000, 5, () => sweep(null, "average_degree"));

  const batch = Batch.leaves(0, LEAVES);
  await measure(`ε of a cell, batch ${LEAVES}`, 15, 100, (turn) => epsilon(SPACE, cell(turn), batch));
  await measure("the same, densest cell", 15, 20, () => epsilon(SPACE, DENSEST, batch));
  await measure(`making that batch of ${LEAVES} leaves`, null, 10, () => Batch.leaves(0, LEAVES).free());

  const bytes = new Uint8Array(await (await fetch(`data/${SPACE}.known`)).arrayBuffer());
  await measure("reading the table of known figures", null, 10, () => known(bytes).free());
  const table = known(bytes);
  const accuracy = table.column("cifar10_test_acc");
  const degrees = sweep(null, "average_degree");
  await measure("ρ and τ over all cells", null, 10, () => correlation(degrees, accuracy, 0, 0));
  await measure("ρ and τ over 200 cells, 1,000 resamples", null, 5, () =>
    correlation(degrees.slice(0, 200), accuracy.slice(0, 200), 1000, 0),
  );

  // Last: where the graphics processor is software, as in most headless browsers, the frames between take minutes.
  await drawing("densest cell", graph(SPACE, DENSEST));
  await drawing("DARTS, 8 cells", graph("nds-darts", SPACES["nds-darts"].cell));
  await drawing("made-up graph", largeGraph());
}

try {
  await main();
  document.documentElement.dataset.state = "done";
} catch (error) {
  // The module throws plain objects.
  print(`failed: ${error instanceof Error ? error.message : JSON.stringify(error)}`);
  document.documentElement.dataset.state = "failed";
}
