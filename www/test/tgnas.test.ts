// What of TG-NAS's view needs no browser: the drawing's layout, links, ranks, words, the verdict, the cell after a replacement.
import assert from "node:assert/strict";
import { test } from "node:test";
import shipped from "../data/operators.json";
import { apart, linePath } from "../src/lab/tgnas/chart.tsx";
import { readChoice, START, writeChoice, type Choice } from "../src/lab/tgnas/choice.ts";
import { hundredths } from "../src/lab/tgnas/heat-map.tsx";
import { signed } from "../src/lab/tgnas/influence.tsx";
import { depths, layOut, PILL, type Link } from "../src/lab/tgnas/layout.ts";
import { placesOf } from "../src/lab/tgnas/places.ts";
import { Reference, topShare } from "../src/lab/tgnas/reference.ts";
import { DEFAULTS, LIMITS, PRESETS } from "../src/lab/tgnas/runs.ts";
import { bestCount, verdict } from "../src/lab/tgnas/verdict.ts";
import { rangeOf } from "../src/lab/tgnas/wording.tsx";
import { GROUPS, nearest, Words, type Entry } from "../src/lab/tgnas/words.ts";
import type { CellInfo } from "../src/types.ts";

/** NAS-Bench-201's graph in the authors' form: input, six operations, output. */
const CELL201: Link[] = [
  [0, 1],
  [0, 2],
  [0, 4],
  [1, 3],
  [1, 5],
  [2, 6],
  [3, 6],
  [4, 7],
  [5, 7],
  [6, 7],
];

test("nodes stand as many rows down as the longest way from the input", () => {
  assert.deepEqual(depths(8, CELL201), [0, 1, 1, 2, 1, 2, 3, 4]);
  assert.deepEqual(depths(2, []), [0, 0]);
});

test("a layout keeps nodes apart, edges going down, and everything inside", () => {
  const graphs: [number, Link[]][] = [
    [8, CELL201],
    [2, [[0, 1]]],
    [3, []],
    // A DARTS cell whose eight operations all read both inputs.
    [
      11,
      Array.from({ length: 8 }, (_, k): Link[] => [
        [0, k + 2],
        [1, k + 2],
        [k + 2, 10],
      ]).flat(),
    ],
    [
      7,
      Array.from({ length: 7 }, (_, a) =>
        Array.from({ length: 7 }, (_, b): Link => [a, b]).filter(([s, t]) => s < t),
      ).flat(),
    ],
  ];
  for (const [count, links] of graphs) {
    const { nodes, paths, width, height } = layOut(count, links);
    assert.equal(paths.length, links.length);
    for (const [a, one] of nodes.entries()) {
      assert.ok(
        one.x - PILL.width / 2 >= 0 && one.x + PILL.width / 2 <= width && one.y + PILL.height / 2 <= height,
        `node ${a} of ${count}`,
      );
      for (const other of nodes.slice(a + 1)) {
        assert.ok(
          Math.abs(one.x - other.x) >= PILL.width || Math.abs(one.y - other.y) >= PILL.height,
          "two nodes overlap",
        );
      }
    }
    for (const [k, [source, target]] of links.entries()) {
      assert.ok(nodes[target]!.y > nodes[source]!.y);
      assert.doesNotMatch(paths[k]!, /NaN|undefined/);
      assert.ok(paths[k]!.startsWith(`M${Math.round(nodes[source]!.x * 10) / 10} `));
    }
  }
});

test("a choice comes back from its link; nonsense does not pass", () => {
  const choices: Choice[] = [
    START,
    { form: "authors", node: null, words: "" },
    { form: null, node: 0, words: "" },
    { form: "contracted", node: 12, words: "Convolution 1 by 3, then convolution 3 by 1" },
    { form: null, node: 3, words: "A sentence. With dots." },
  ];
  for (const choice of choices) assert.deepEqual(readChoice(writeChoice(choice)), choice);
  assert.equal(writeChoice(START), "");
  for (const bad of ["both", "authors.x", "authors.100", "contracted..words", "authors.-1.x", "<b>"])
    assert.equal(readChoice(bad), null, bad);
});

test("ranks count larger predictions; equal ones share the better place; undefined ones do not count", () => {
  const reference = new Reference([3, Number.NaN, 1, 2, 2, 5]);
  assert.equal(reference.cells, 6, "five defined others, and the cell itself");
  assert.deepEqual(
    [9, 5, 4, 2, 2 + 1e-9, 1, 0].map((value) => reference.rank(value)),
    [1, 1, 2, 3, 3, 5, 6],
  );
  assert.deepEqual(
    [0, 0.5, 1].map((share) => reference.quantile(share)),
    [1, 2, 5],
  );
  assert.equal(topShare(1, 15_625), "top 0.1 %");
  assert.equal(topShare(26, 200), "top 13 %");
  assert.equal(topShare(200, 200), "top 100 %");
});

const entry = (text: string, group: Entry["group"], op = ""): Entry => ({ text, group, op });

test("words know their wordings and what trained words they are like", () => {
  const entries = [
    entry("Conv", "short", "conv"),
    entry("Pool", "short", "pool"),
    entry("A convolution", "long", "conv"),
    entry("Cat", "control"),
  ];
  const words = new Words(entries, [1, 0.2, 0.7, 0.1, 0.2, 1, 0.3, 0.4, 0.7, 0.3, 1, 0, 0.1, 0.4, 0, 1]);
  assert.deepEqual(
    words.wordings("Conv").map(({ text }) => text),
    ["Conv", "A convolution"],
  );
  assert.deepEqual(
    words.wordings("A convolution").map(({ text }) => text),
    ["A convolution", "Conv"],
  );
  assert.deepEqual(words.wordings("Cat"), [entries[3]]);
  assert.deepEqual(words.wordings("unknown"), []);
  assert.deepEqual(nearest(words, 3, new Set(["Conv", "Pool"])), { text: "Pool", similarity: 0.4 });
  assert.equal(nearest(words, 3, new Set()), null);
});

test("the shipped descriptions have known groups, and every operation three lengths", () => {
  const entries = shipped as Entry[];
  const groups = new Set(GROUPS.map(({ id }) => id));
  assert.ok(entries.length >= 60 && entries.every(({ group }) => groups.has(group)));
  for (const op of new Set(entries.map((one) => one.op).filter((name) => name !== ""))) {
    const found = new Set(entries.filter((one) => one.op === op).map(({ group }) => group));
    assert.deepEqual(found, new Set(["short", "medium", "long"]), op);
  }
});

test("the verdict never calls a draw a win", () => {
  const counts = [
    { id: "params", label: "parameters", kendall: 0.577 },
    { id: "average_degree", label: "average degree", kendall: 0.606 },
    { id: "x", label: "x", kendall: null },
  ];
  const best = bestCount(counts)!;
  assert.equal(best.id, "average_degree");
  assert.equal(bestCount([counts[2]!]), null);
  const by = (kendall: number | null, half: number | null) =>
    verdict(best, {
      kendall,
      kendallLow: half === null ? null : kendall! - half,
      kendallHigh: half === null ? null : kendall! + half,
    });
  assert.deepEqual(by(0.036, 0.01), {
    kind: "better",
    text: "Better than counting: τ is .036 higher [.026, .046] than that of average degree, the best of the counts.",
  });
  assert.deepEqual(by(-0.056, 0.01), {
    kind: "worse",
    text: "Does not beat counting: τ is .056 lower [.046, .066] than that of average degree alone.",
  });
  assert.deepEqual(by(0.014, 0.05), {
    kind: "open",
    text: "Ahead of average degree, as τ is .014 higher [−.036, .064], but the interval of the difference holds 0: no difference is claimed.",
  });
  assert.match(by(-0.014, 0.05)!.text, /^Behind average degree/);
  assert.match(by(0.003, 0.01)!.text, /^No better and no worse.*average degree does as well/);
  assert.match(by(0.003, 0.05)!.text, /^Ahead of average degree/, "a wide interval does not say that they are alike");
  assert.equal(by(0.003, 0.001)!.kind, "better", "a small difference may be clear of 0");
  assert.match(by(0.014, null)!.text, /there is no interval: no difference is claimed/);
  assert.equal(by(null, null), null);
  assert.equal(verdict(null, null), null);
  assert.equal(verdict(best, null), null, "not computed yet");
});

const info = (space: CellInfo["space"], text: string, edges: CellInfo["edges"]): CellInfo => ({
  space,
  text,
  index: null,
  nodes: 4,
  nodeOps: null,
  edges,
  canonical: text,
  classSize: null,
  connected: true,
  parameterFreePath: false,
  deadEdges: [],
});

test("a replaced operation gives the neighbouring cell", () => {
  const ops = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"];
  const ends = [
    [0, 1],
    [0, 2],
    [1, 2],
    [0, 3],
    [1, 3],
    [2, 3],
  ] as const;
  const edges = ends.map(([source, target]) => ({ source, target, op: "none" }));
  const places = placesOf(info("nasbench201", "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|", edges));
  assert.equal(
    places.replaced({ id: 3, op: "avg_pool_3x3" }, ops),
    "|none~0|+|none~0|avg_pool_3x3~1|+|none~0|none~1|none~2|",
  );
  assert.deepEqual(
    [0, 1, 6, 7].map((id) => places.name(id)),
    ["input", "0→1", "2→3", "output"],
  );
  assert.deepEqual(
    [0, 1, 7].map((id) => places.place(id)),
    [null, { cellEdge: 0 }, null],
  );

  // Vertex 1 is pruned: the predictor's node 1 is the text's vertex 2.
  const text = "4:0110000000010000:input|maxpool3x3|conv1x1-bn-relu|output";
  const pruned = placesOf(info("nasbench101", text, []));
  assert.equal(pruned.name(1), "vertex 2");
  assert.equal(
    pruned.replaced({ id: 1, op: "conv3x3-bn-relu" }, []),
    "4:0110000000010000:input|maxpool3x3|conv3x3-bn-relu|output",
  );

  const genotype = JSON.stringify({
    normal: [
      ["sep_conv_3x3", 0],
      ["skip_connect", 1],
    ],
    normal_concat: [2],
    reduce: [
      ["skip_connect", 0],
      ["max_pool_3x3", 1],
    ],
    reduce_concat: [2],
  });
  const darts = placesOf(
    info(
      "nds-darts",
      genotype,
      [0, 1, 0, 1].map((source) => ({ source, target: 2, op: "" })),
    ),
  );
  assert.deepEqual(JSON.parse(darts.replaced({ id: 3, op: "dil_conv_3x3" }, [])).normal, [
    ["sep_conv_3x3", 0],
    ["dil_conv_3x3", 1],
  ]);
  assert.deepEqual(
    [1, 2, 3, 4].map((id) => darts.place(id)),
    [null, { cellEdge: 0 }, { cellEdge: 1 }, null],
  );
});

test("figures are written with a true minus and without false signs", () => {
  assert.deepEqual([0.832, 1, 0.999, -0.04, -0.001, 0].map(hundredths), [".83", "1", "1", "−.04", ".00", ".00"]);
  assert.deepEqual(
    [0.1234, -0.1234, 0.0001, -0.0001].map((value) => signed(value)),
    ["+0.123", "−0.123", "0.000", "0.000"],
  );
});

test("curves break where a value is missing; labels keep their distance and stay above the axis", () => {
  const x = { kind: "linear", low: 0, high: 4, start: 0, end: 40 } as const;
  const y = { kind: "linear", low: 0, high: 1, start: 100, end: 0 } as const;
  assert.equal(linePath([0, 1, 2, 3], [0, 1, Number.NaN, 0.5], x, y), "M0.0 100.0L10.0 0.0M30.0 50.0");
  const places = apart([0.5, 0.501, Number.NaN, 0, 0.001], y);
  const there = places.filter((place) => !Number.isNaN(place)).sort((a, b) => a - b);
  assert.ok(Number.isNaN(places[2]!) && there.length === 4);
  there.forEach((place, k) =>
    assert.ok(place <= 100 && (k === 0 || place - there[k - 1]! >= 13 - 1e-9), String(there)),
  );
});

test("strips span what they show; a single value has room", () => {
  assert.equal(rangeOf([Number.NaN], null), null);
  assert.deepEqual(rangeOf([2], null), [1.5, 2.5]);
  const [low, high] = rangeOf([2, Number.NaN], new Reference([0, 1, 3, 4]))!;
  assert.ok(low < 0 && high > 4);
});

test("presets keep the limits, and the first is what a visitor starts with", () => {
  for (const { patch, id } of PRESETS) {
    const { cells, epochs } = { ...DEFAULTS, ...patch };
    assert.ok(
      cells >= LIMITS.cells[0] && cells <= LIMITS.cells[1] && epochs >= LIMITS.epochs[0] && epochs <= LIMITS.epochs[1],
      id,
    );
  }
  assert.deepEqual({ ...DEFAULTS, ...PRESETS[0]!.patch }, DEFAULTS);
});
