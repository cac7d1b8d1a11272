// The link: what it carries comes back, and a bad part costs only itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SPACE_IDS } from "../src/space/spaces.ts";
import { initialState, startOf } from "../src/state/state.ts";
import { checkWeights, readFragment, writeFragment, type Shared } from "../src/state/url.ts";

const { space, cell, options, batch, weights, target, rank, search, best, mix, tgnas, filter, tab, statistic } =
  initialState;
const start: Shared = {
  space,
  cell,
  options,
  batch,
  weights,
  target,
  rank,
  search,
  best,
  mix,
  tgnas,
  filter,
  tab,
  statistic,
};

test("a state comes back from its link", () => {
  const states: Shared[] = [
    start,
    { ...start, cell: "|none~0|+|none~0|none~1|+|none~0|none~1|avg_pool_3x3~2|" },
    { ...start, options: { ...options, seed: 4_294_967_295, cellsPerStack: 5, stemChannels: 64 } },
    { ...start, batch: { kind: "randn", seed: 7, count: 256 }, weights: [1e-4, 10] },
    {
      ...start,
      target: "imagenet16_test_acc",
      rank: { samples: "all", seed: 3, proxy: "expected-degree", against: "params" },
    },
    { ...start, tab: "combine", mix: "average_degree,jacov:raspi4_latency:combination" },
    { ...start, tab: "best-of", best: "expected-degree:200:100:0" },
    {
      ...start,
      tab: "search",
      search: "budget:300,runs:20,seed:0,random,ageing-evolution~g.average_degree~w.1000~m.parent",
    },
    { ...start, tab: "tgnas", tgnas: "authors.3.A photograph of a cat, & a dog" },
    { ...start, filter: "conv_3x3>=2 -none accuracy=90..92% “&#" },
    { ...start, tab: "matrix", statistic: "kendall" },
    { ...start, rank: { samples: 1000, seed: 0, proxy: "average_degree", against: "" } },
  ];
  for (const state of states) {
    assert.deepEqual(readFragment(writeFragment(state)), { shared: state, problems: [] });
  }
});

test("each space comes back from its link, with the settings that its networks have", () => {
  for (const id of SPACE_IDS) {
    const { history, draft, ...desk } = startOf(id);
    const shared: Shared = { space: id, ...desk, tab, statistic };
    assert.deepEqual(readFragment(writeFragment(shared)), { shared, problems: [] });
  }
  const { shared, problems } = readFragment("#width=4&layers=5&space=nds-pnas&weights=1e-5,1");
  assert.deepEqual(problems, []);
  assert.deepEqual([shared.space, shared.options.initChannels, shared.options.layers], ["nds-pnas", 4, 5]);
  assert.equal(shared.cell, startOf("nds-pnas").cell);
});

test("a setting that networks of the space do not have, or not at this value, is named", () => {
  const bad = [
    "layers=5",
    "task=normal",
    "space=nds-darts&stem=8",
    "space=nds-darts&width=17",
    "space=transnas101-macro&stem=7",
    "space=transnas101-micro&task=jigsaw",
  ];
  for (const part of bad) assert.equal(readFragment(part).problems.length, 1, part);
  assert.match(readFragment("space=transnas101-macro&stem=7").problems[0]!, /an even number from 4 to 64/);
});

test("a link says only what differs from the start, and the cell", () => {
  assert.equal(writeFragment(start), `#cell=${encodeURIComponent(cell)}`);
  assert.match(writeFragment({ ...start, options: { ...options, seed: 2 } }), /^#cell=[^&]+&seed=2$/);
});

test("characters that end a link in a chat are encoded", () => {
  assert.doesNotMatch(writeFragment(start), /[|\s"<>`+]/);
});

test("bad parts are named and the rest is kept", () => {
  const { shared, problems } = readFragment(
    `#seed=5&cells=9&stem=x&batch=leaves:1:1&weights=2,1&target=a%20b&samples=1&nonsense=1&proxy=%3Cb%3E&sampleSeed=4&tab=%3Cb%3E&best=a%20b&mix=%3Cb%3E&statistic=tau&tgnas=${"x".repeat(241)}&filter=${"x".repeat(301)}`,
  );
  assert.equal(shared.options.seed, 5);
  assert.equal(shared.rank.seed, 4);
  assert.deepEqual({ ...shared, options, rank }, start);
  const named = [
    "cells",
    "stem",
    "batch",
    "weights",
    "target",
    "samples",
    "nonsense",
    "proxy",
    "tab",
    "best",
    "mix",
    "statistic",
    "tgnas",
    "filter",
  ];
  assert.equal(problems.length, named.length);
  for (const [position, name] of named.entries()) assert.ok(problems[position]!.includes(name), problems[position]);
});

test("limits hold: seeds beyond 32 bits, signs, fractions, long texts, broken escapes, repetition", () => {
  for (const part of [
    "seed=4294967296",
    "seed=-1",
    "seed=1.5",
    "seed=1e3",
    "seed=",
    "seed",
    "batch=randn:0:257",
    "batch=leaves:0",
    "space=darts",
  ]) {
    const { shared, problems } = readFragment(part);
    assert.deepEqual(shared, start, part);
    assert.equal(problems.length, 1, part);
  }
  assert.equal(readFragment(`cell=${"|".repeat(5000)}`).shared.cell, cell);
  assert.equal(readFragment("cell=%E0%A4%A").problems.length, 1);
  const twice = readFragment("seed=3&seed=4");
  assert.equal(twice.shared.options.seed, 3);
  assert.equal(twice.problems.length, 1);
});

test("a message quotes at most 60 characters of a part", () => {
  const [problem] = readFragment(`seed=${"9".repeat(500)}`).problems;
  assert.ok(problem!.length < 140, problem);
});

test("a batch of files cannot travel in a link, and the reader is told", () => {
  const link = writeFragment({ ...start, batch: { kind: "images", name: "a&b:c.png", count: 12, file: 1 } });
  const { shared, problems } = readFragment(link);
  assert.deepEqual(shared.batch, batch);
  assert.equal(problems.length, 1);
  assert.match(problems[0]!, /image files/);
});

test("weights are positive, bounded and in order", () => {
  assert.equal(checkWeights(1e-7, 1), null);
  for (const [low, high] of [
    [1, 1],
    [2, 1],
    [0, 1],
    [-1, 1],
    [1e-13, 1],
    [1, 1e7],
    [Number.NaN, 1],
  ] as const) {
    assert.notEqual(checkWeights(low, high), null, `${low}, ${high}`);
  }
});
