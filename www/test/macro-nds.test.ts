// Pure parts of the editors of TransNAS-Bench-101 macro and of the NDS spaces.
import assert from "node:assert/strict";
import { test } from "node:test";
import { editor as macroEditor } from "../src/space/transnas101-macro/editor.tsx";
import {
  opOf,
  parseStages,
  printStages,
  problemOf,
  sizesOf,
  type Stage,
} from "../src/space/transnas101-macro/stages.ts";
import {
  cleanText,
  joinedNodes,
  parseGenotype,
  printPair,
  setPair,
  stepsOf,
  targetOf,
  toggleConcat,
  type Half,
} from "../src/space/nds/genotype.ts";
import { depths, layoutHalf, RADIUS, WIDTH } from "../src/space/nds/layout.ts";
import { PRESETS } from "../src/space/nds/presets.ts";
import { opLook } from "../src/space/ops.ts";
import { SPACES } from "../src/space/spaces.ts";

test("macro texts come back; the rules admit the published 3,256 architectures", () => {
  let kept = 0;
  for (let length = 3; length <= 7; length++) {
    for (let code = 0; code < 4 ** length; code++) {
      const digits = [...code.toString(4).padStart(length, "0")].map((digit) => Number(digit) + 1).join("");
      const text = `64-${digits}-basic`;
      const stages = parseStages(text);
      assert.equal(printStages(stages), text);
      kept += Number(problemOf(stages) === null);
    }
  }
  assert.equal(kept, 3256);
});

test("a macro row that breaks rules says which, with what was found", () => {
  const plain: Stage = { doubles: false, halves: false };
  assert.equal(
    problemOf([plain, plain, plain]),
    "4 to 6 blocks are needed, not 3; 1 to 3 blocks must double the channels, not 0; 1 to 4 blocks must halve the side, not 0.",
  );
  assert.match(
    problemOf(Array(5).fill({ doubles: true, halves: true }))!,
    /must double the channels, not 5; 1 to 4 blocks must halve the side, not 5/,
  );
});

test("channels and sides follow the stages", () => {
  assert.deepEqual(sizesOf(parseStages("64-1234-basic")), [
    { channels: 64, side: 56 },
    { channels: 128, side: 56 },
    { channels: 128, side: 28 },
    { channels: 256, side: 14 },
  ]);
  for (const stage of parseStages("64-1234-basic")) assert.notEqual(opLook(opOf(stage)).glyph, "◆");
  for (const { cell } of [...macroEditor.presets, { cell: SPACES["transnas101-macro"].cell }])
    assert.equal(problemOf(parseStages(cell)), null, cell);
});

const genotypes = PRESETS.map(({ cell }) => parseGenotype(cell));

test("published genotypes come back as printed, with as many nodes in both cells, and legal inputs", () => {
  for (const [at, genotype] of genotypes.entries()) {
    assert.equal(printPair(genotype), PRESETS[at]!.cell);
    assert.equal(stepsOf(genotype.normal), stepsOf(genotype.reduce));
    for (const { pairs, concat } of [genotype.normal, genotype.reduce]) {
      pairs.forEach(([, source], place) => assert.ok(source < targetOf(place)));
      assert.deepEqual(
        [...new Set(concat)].sort((a, b) => a - b),
        concat,
      );
    }
  }
});

test("ENAS, whose script gives no list, joins the nodes that no other reads", () => {
  const { normal, reduce } = parseGenotype(SPACES["nds-enas"].cell);
  for (const { pairs, concat } of [normal, reduce]) {
    const read = new Set(pairs.map(([, source]) => source));
    assert.deepEqual(
      concat,
      [2, 3, 4, 5, 6].filter((node) => !read.has(node)),
    );
  }
});

test("operations, inputs and lists change one at a time; what is not legal stays", () => {
  const [genotype] = genotypes;
  const changed = setPair(genotype!, "reduce", 7, "sep_conv_5x5", 3);
  assert.deepEqual(changed.reduce.pairs[7], ["sep_conv_5x5", 3]);
  assert.deepEqual(changed.normal, genotype!.normal);
  assert.equal(setPair(genotype!, "normal", 0, "none", 2).normal.pairs[0]![1], 1);
  let list = toggleConcat(genotype!, "normal", 3);
  assert.deepEqual(list.normal.concat, [2, 4, 5]);
  assert.deepEqual(joinedNodes(list, "reduce"), [2, 4, 5]);
  assert.deepEqual(toggleConcat(list, "normal", 3).normal.concat, [2, 3, 4, 5]);
  for (const node of [2, 4, 5]) list = toggleConcat(list, "normal", node);
  assert.deepEqual(list.normal.concat, [5]);
});

test("a name before a genotype is dropped; other texts, however long, stay", () => {
  assert.equal(cleanText("DARTS_V2 = Genotype(normal=[])"), "Genotype(normal=[])");
  assert.equal(cleanText("{}"), "{}");
  for (const text of [" ".repeat(1_000_000), "a".repeat(1_000_000), "a = ".repeat(250_000)]) {
    const started = performance.now();
    assert.equal(cleanText(text), text);
    assert.ok(performance.now() - started < 500, `${performance.now() - started} ms`);
  }
});

test("drawn halves: nodes apart and inside, a node below what it reads, labels inside", () => {
  const halves: Half[] = genotypes.flatMap(({ normal, reduce }) => [normal, reduce]);
  // Chains, fans and doubled edges.
  const pair = (source: number) => ["none", source] as const;
  halves.push({ pairs: Array.from({ length: 16 }, (_, place) => pair(targetOf(place) - 1)), concat: [9] });
  halves.push({ pairs: Array.from({ length: 16 }, (_, place) => pair(place % 2)), concat: [2, 3, 4, 5, 6, 7, 8, 9] });
  halves.push({ pairs: Array.from({ length: 16 }, () => pair(0)), concat: [2] });
  for (const half of halves) {
    const { nodes, output, height, edges, joins } = layoutHalf(half, half.concat);
    const depth = depths(half);
    half.pairs.forEach(([, source], place) => assert.ok(depth[source]! < depth[targetOf(place)]!));
    for (const [at, a] of nodes.entries()) {
      assert.ok(a.x >= RADIUS && a.x <= WIDTH - RADIUS && a.y < output.y);
      for (const b of nodes.slice(at + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= 2 * RADIUS, "nodes overlap");
    }
    assert.ok(output.y < height);
    for (const { middle } of edges)
      assert.ok(middle.x >= 0 && middle.x <= WIDTH && middle.y >= 0 && middle.y <= height);
    assert.equal(joins.length, half.concat.length);
  }
});
