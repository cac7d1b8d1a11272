// Pure parts of the cell editor and of the exports.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync, gzipSync } from "node:zlib";
import { edgeShape, heightOf, nodePoint, RADIUS, WIDTH } from "../src/space/four-nodes/layout.ts";
import { MICRO_PRESETS, NASBENCH201_PRESETS } from "../src/space/four-nodes/presets.ts";
import { printEdges, withOp } from "../src/space/four-nodes/text.ts";
import { extreme, figureWords } from "../src/cell/known-presets.ts";
import { withText } from "../src/ui/export.ts";
import { millions, power, significant } from "../src/words/format.ts";
import { opLook } from "../src/space/ops.ts";

const PAIRS = [
  [0, 1],
  [0, 2],
  [1, 2],
  [0, 3],
  [1, 3],
  [2, 3],
] as const;
const OPS = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"];
const edges = PAIRS.map(([source, target], edge) => ({ source, target, op: OPS[edge % 5]! }));

test("edges print as the space writes them, and one can be changed", () => {
  const text = "|none~0|+|skip_connect~0|nor_conv_1x1~1|+|nor_conv_3x3~0|avg_pool_3x3~1|none~2|";
  assert.equal(printEdges("nasbench201", edges, OPS), text);
  assert.equal(withOp("nasbench201", edges, 2, "none", OPS), text.replace("nor_conv_1x1~1", "none~1"));
  const micro = edges.map((edge, position) => ({ ...edge, op: OPS[position % 4]! }));
  assert.equal(printEdges("transnas101-micro", micro, OPS.slice(0, 4)), "64-41414-0_12_301");
  assert.equal(withOp("transnas101-micro", micro, 5, "nor_conv_3x3", OPS.slice(0, 4)), "64-41414-0_12_303");
});

test("named presets are written in printed form", () => {
  for (const { cell } of NASBENCH201_PRESETS) {
    const parts = [...cell.matchAll(/([a-z0-9_]+)~(\d)/g)];
    const read = PAIRS.map(([source, target], edge) => ({ source, target, op: parts[edge]![1]! }));
    assert.equal(printEdges("nasbench201", read, OPS), cell);
    assert.ok(read.every(({ op }) => OPS.includes(op)));
  }
  for (const { cell } of MICRO_PRESETS) assert.match(cell, /^64-41414-[0-3]_[0-3]{2}_[0-3]{3}$/);
});

test("a known figure is shown with its unit", () => {
  assert.equal(figureWords(0.94314, "fraction"), "94.31 %");
  assert.equal(figureWords(94.3733, "%"), "94.37 %");
  assert.equal(figureWords(-0.5968, ""), "−0.5968");
});

test("labels of the drawing overlap neither each other nor a node, and stay inside", () => {
  const labels = PAIRS.map(([source, target]) => edgeShape({ source, target, op: "none" }).label);
  const half = ("conv 3×3".length * 7 + 28) / 2;
  for (const [position, label] of labels.entries()) {
    assert.ok(label.x - half >= -10 && label.x + half <= WIDTH + 10, `label ${position} sticks out`);
    assert.ok(label.y > 0 && label.y < heightOf(4));
    for (const other of labels.slice(position + 1)) {
      assert.ok(Math.abs(label.y - other.y) >= 22 || Math.abs(label.x - other.x) >= 2 * half, `${position} overlaps`);
    }
    for (let node = 0; node < 4; node++) {
      const { x, y } = nodePoint(node);
      assert.ok(
        Math.abs(label.y - y) >= RADIUS + 11 || Math.abs(label.x - x) >= RADIUS + half - 4,
        `${position} on node ${node}`,
      );
    }
  }
});

test("operations differ in colour, glyph and line, not in one of them alone", () => {
  const looks = OPS.map(opLook);
  assert.equal(new Set(looks.map(({ token }) => token)).size, OPS.length);
  assert.equal(new Set(looks.map(({ glyph }) => glyph)).size, OPS.length);
  assert.equal(new Set(looks.map(({ dash, width }) => `${dash} ${width}`)).size, OPS.length);
  assert.equal(opLook("new_conv_9x9").label, "new conv 9x9", "an operation without a look keeps its name");
});

test("operations of the NDS spaces share colours by family; glyph and line tell them apart", () => {
  const nasnet = [
    "skip_connect",
    "conv_3x1_1x3",
    "conv_7x1_1x7",
    "dil_conv_3x3",
    "dil_conv_5x5",
    "dil_sep_conv_3x3",
    "avg_pool_3x3",
    "max_pool_3x3",
    "max_pool_5x5",
    "max_pool_7x7",
    "conv_1x1",
    "conv_3x3",
    "sep_conv_3x3",
    "sep_conv_5x5",
    "sep_conv_7x7",
    "none",
  ].map(opLook);
  assert.equal(new Set(nasnet.map(({ glyph }) => glyph)).size, nasnet.length);
  assert.equal(new Set(nasnet.map(({ token, dash, width }) => `${token} ${dash} ${width}`)).size, nasnet.length);
  assert.deepEqual(
    new Set(nasnet.filter(({ id }) => id.includes("sep_conv_")).map(({ token }) => token)),
    new Set(["--op-sep", "--op-dil"]),
  );
  assert.ok(nasnet.every(({ token }) => token !== "--op-skeleton"));
});

test("the extreme of a column passes over missing figures", () => {
  assert.equal(extreme(Float64Array.of(Number.NaN, 2, 5, 5, Number.NaN, 1), 1), 2);
  assert.equal(extreme(Float64Array.of(Number.NaN, 2, 5, 1), -1), 3);
  assert.equal(extreme(Float64Array.of(Number.NaN), 1), null);
});

test("numbers are written with sensible digits", () => {
  assert.equal(significant(0.0526123, 3), "0.0526");
  assert.equal(significant(-3, 2), "−3");
  assert.equal(significant(1.234e-7, 2), "1.2 × 10⁻⁷");
  assert.equal(significant(Number.NaN, 3), "–");
  assert.equal(power(1e-7), "10⁻⁷");
  assert.equal(power(Math.fround(1e-7)), "10⁻⁷");
  assert.equal(power(2e-7), "2 × 10⁻⁷");
  assert.equal(power(1), "1");
  assert.equal(power(0.25), "0.25");
  assert.equal(millions(73306), "0.073 M");
  assert.equal(millions(117_899_776), "118 M");
});

test("a text goes into a PNG file as a chunk with a right checksum", () => {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.from([0, 0]))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  const out = Buffer.from(withText(png, "Description", "cell: ε\n"));
  assert.equal(out.length, png.length + 12 + 16 + Buffer.byteLength("cell: ε\n"));
  const at = 33;
  const length = out.readUInt32BE(at);
  assert.equal(out.toString("latin1", at + 4, at + 8), "iTXt");
  assert.ok(out.toString("utf8", at + 8, at + 8 + length).endsWith("cell: ε\n"));
  assert.equal(out.readUInt32BE(at + 8 + length), crc(out.subarray(at + 4, at + 8 + length)));
  assert.deepEqual(out.subarray(at + 12 + length), png.subarray(33));
});

/** CRC-32 as gzip writes it: the last eight bytes are checksum and length. */
function crc(bytes: Uint8Array): number {
  const packed = gzipSync(bytes);
  return packed.readUInt32LE(packed.length - 8);
}
