// The channel graph in the page: pointer, keyboard, why an edge, degrees, files, and no WebGL.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { browserTest } from "./browser.mjs";

const data = (name) => new URL(`../data/${name}`, import.meta.url);
const ALL_CONV = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|";
const CUT_OFF = "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|";
const link = (cell) => `#cell=${encodeURIComponent(cell)}`;

/** Opens a cell and waits for its picture. */
async function openGraph(open, cell) {
  const page = await open(link(cell));
  await page.locator(".graph-stage canvas").first().waitFor();
  return page;
}

/** Asks for a file of the graph's own menu and returns its bytes. */
async function download(page, label) {
  await page.locator(".graph-zoom").getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".graph-zoom .menu-item").filter({ hasText: label }).first().click(),
  ]);
  return readFile(await file.path());
}

browserTest("by keyboard: step into the channels, choose two, read why there is an edge", async ({ open, axe }) => {
  const page = await openGraph(open, ALL_CONV);
  const said = page.locator(".graph-picture [aria-live]");
  await page.locator(".graph-stage").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight"); // from the image to the stem
  await page.waitForFunction(() => document.querySelector(".graph-picture [aria-live]").textContent.startsWith("stem · channel"));
  assert.match(await said.textContent(), /edges in \+ [\d,]+ out = degree/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const answer = page.locator(".graph-answer");
  await answer.waitFor();
  assert.match(await answer.textContent(), /of nine sums (is|are) positive|nine sums/);
  assert.equal(await page.locator(".graph-parts li").count(), 9);
  const positions = await page.locator(".graph-parts li").allTextContents();
  const total = positions.reduce((sum, text) => sum + Number(/×(\d+)/.exec(text)[1]), 0);
  assert.equal(total, 32 * 32, "every position of the 32×32 image has one sum");
  await axe();
});

browserTest("the answers for a channel and eight that it may reach agree with the graph's edges", async ({ open }) => {
  const page = await openGraph(open, ALL_CONV);
  const edges = new Set((await download(page, "CSV, edges")).toString().split(/\r?\n/).map((line) => line.split(",").slice(0, 2).join()));
  await page.getByRole("button", { name: "Why this edge?" }).click();
  await page.getByRole("button", { name: "Show me one" }).click();
  for (let channel = 0; channel < 8; channel++) {
    await page.getByLabel("Target channel").fill(String(channel));
    const expected = edges.has(`1_0,2_${channel}`) ? "there is an edge" : "there is no edge";
    // The marked pair says which channel the answer is for.
    await page.locator(`.graph-why[data-pair="1_0,2_${channel}"] .graph-answer`).filter({ hasText: expected }).waitFor();
  }
});

browserTest("pointing at a channel shows its degree; at a layer's name, the layer", async ({ open }) => {
  const page = await openGraph(open, ALL_CONV);
  const box = await page.locator(".graph-stage").boundingBox();
  const tip = page.locator(".graph-tip");
  const heads = new Set();
  for (let y = box.y + 30; y < box.y + box.height - 10; y += 6) {
    await page.mouse.move(box.x + box.width - 24, y); // the last column
    if ((await tip.count()) > 0) heads.add((await tip.locator("b").textContent()).replace(/channel \d+/, "channel N"));
  }
  assert.deepEqual([...heads].sort(), ["output", "output · channel N of 0–63"]);
  await page.mouse.move(2, 2);
  await tip.waitFor({ state: "detached" });
});

browserTest("the edges in the file are the authors' edges", async ({ open }) => {
  const rows = (await readFile(data("nasgraph_nasbench201.csv"), "utf8")).trim().split(/\r?\n/).map((line) => line.split(","));
  const index = rows[0].indexOf("index");
  const arch = rows[0].indexOf("arch");
  const page = await openGraph(open, rows.find((row) => row[index] === "27")[arch]);
  const file = (await download(page, "CSV, edges")).toString();
  assert.match(file, /^# network_seed: 1$/m);
  const mine = new Map(file.split(/\r?\n/).filter((line) => /^\d+_/.test(line)).map((line) => [line.slice(0, line.lastIndexOf(",")), Number(line.slice(line.lastIndexOf(",") + 1))]));
  const theirs = gunzipSync(await readFile(data("edges_nasbench201_27.csv.gz"))).toString().trim().split(/\r?\n/);
  assert.equal(mine.size, theirs.length);
  for (const line of theirs) {
    const [source, target, weight] = line.split(",");
    const ours = mine.get(`${source},${target}`);
    assert.ok(ours !== undefined, `${source} to ${target} is missing`);
    assert.ok(Math.abs(ours - weight) <= Math.max(1e-7, 1e-5 * weight), `${source} to ${target}: ${ours}, theirs ${weight}`);
  }
});

browserTest("every file is well formed and says what made it", async ({ open }) => {
  const page = await openGraph(open, ALL_CONV);
  const png = await download(page, "PNG");
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  assert.ok(png.includes("network_seed: 1") && png.length > 20_000, "a picture with its provenance, not an empty canvas");
  const svg = (await download(page, "SVG")).toString();
  const json = JSON.parse((await download(page, "JSON")).toString());
  assert.equal(svg.match(/\dL\d/g).length, json.edgeSource.length, "as many lines as edges");
  assert.equal(await page.evaluate((text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror"), svg), null);
  assert.equal(json.provenance.stem_channels, 16);
  const nodes = (await download(page, "CSV, channels")).toString().split(/\r?\n/).filter((line) => /^\d+_/.test(line));
  assert.equal(nodes.length, json.nodeLayer.length);
  assert.match((await download(page, "DOT")).toString(), /^\/\/ program: [^]*digraph/);
});

browserTest("a degree's bar lights its channels; zoom by keys; the tables hold all layers", async ({ open, axe }) => {
  const page = await openGraph(open, ALL_CONV);
  const bars = page.getByRole("slider");
  await bars.focus();
  await page.keyboard.press("End");
  assert.match(await bars.getAttribute("aria-valuetext"), /degree \d+ to \d+: [\d,]+ channels?/);
  await page.locator(".graph-stage canvas.dim").waitFor();
  await page.locator(".graph-stage").focus();
  await page.locator(".graph-stage canvas.dim").waitFor({ state: "detached" });
  await page.keyboard.press("+");
  await page.locator(".graph-zoom").getByRole("button", { name: "Zoom out" }).and(page.locator(":enabled")).waitFor();
  await page.keyboard.press("0");
  await page.locator(".graph-zoom").getByRole("button", { name: "Zoom out" }).and(page.locator(":disabled")).waitFor();
  await page.getByRole("button", { name: "As tables" }).click();
  const layers = page.locator(".graph-tables table").first().locator("tbody tr");
  await layers.nth(26).waitFor();
  assert.equal(await layers.count(), 27);
  await axe();
});

browserTest("a cell that is cut off says which layers get nothing", async ({ open, axe }) => {
  const page = await openGraph(open, CUT_OFF);
  const note = page.locator(".graph-starved");
  await note.waitFor();
  assert.match(await note.textContent(), /^The output is cut off\. Nothing from the input reaches stack 2, conv_a/);
  await axe();
}, { colorScheme: "dark" });

browserTest("NAS-Bench-101: operations of vertices, projections and a concatenation; a dropped channel is explained", async ({ open, axe }) => {
  // Three vertices share 16 channels as 6, 5, 5: the sum before a narrower one drops a channel.
  const cell = "5:0111000101000010000100000:input|conv3x3-bn-relu|conv1x1-bn-relu|maxpool3x3|output";
  const page = await open(`#space=nasbench101&cell=${encodeURIComponent(cell)}`);
  await page.locator(".graph-stage canvas").first().waitFor();
  const legend = await page.locator(".graph-legend li").allTextContents();
  for (const name of ["projection", "conv 3×3", "conv 1×1", "max pool", "pool (reduction)"]) assert.ok(legend.some((text) => text.endsWith(name)), name);
  await page.getByRole("button", { name: "Why this edge?" }).click();
  await page.getByRole("button", { name: "Show me one" }).click();
  await page.locator(".graph-answer").waitFor();
  const [from, to] = [page.locator(".graph-pair select").first(), page.locator(".graph-pair select").last()];
  await from.selectOption({ label: "stack 1, vertex 1" });
  await to.selectOption({ label: "stack 1, vertex 2" });
  await page.getByLabel("Source channel").fill("5");
  await page.locator(".graph-answer").filter({ hasText: "stack 1, vertex 2 takes 5 channels, so channel 5 of stack 1, vertex 1 is dropped" }).waitFor();
  await to.selectOption({ label: "stack 1, concat" });
  await page.locator(".graph-answer").filter({ hasText: "The concatenation works on each channel by itself" }).waitFor();
  const csv = (await download(page, "CSV, edges")).toString().split(/\r?\n/).filter((line) => /^\d+_/.test(line));
  const counts = await page.locator(".graph-counts").textContent();
  assert.ok(counts.includes(`${csv.length.toLocaleString("en-US")} edges`), counts);
  await axe();
});

browserTest("DARTS: over a hundred layers, cells by name, separable convolutions explained as a chain", async ({ open, axe }) => {
  const page = await open("#space=nds-darts");
  await page.locator(".graph-stage canvas").first().waitFor();
  await page.getByRole("button", { name: "As tables" }).click();
  assert.equal(await page.locator(".graph-tables h3").first().textContent(), "Layers (115)");
  const edges = new Set((await download(page, "CSV, edges")).toString().split(/\r?\n/).map((line) => line.split(",").slice(0, 2).join()));
  await page.getByRole("button", { name: "Why this edge?" }).click();
  await page.getByRole("button", { name: "Show me one" }).click();
  await page.locator(".graph-pair select").first().selectOption({ label: "stack 1, cell 1, input 0" });
  await page.locator(".graph-pair select").last().selectOption({ label: "stack 1, cell 1, 0→2" });
  for (let channel = 0; channel < 4; channel++) {
    await page.getByLabel("Target channel").fill(String(channel));
    const expected = edges.has(`2_0,4_${channel}`) ? "there is an edge" : "there is no edge";
    const answer = page.locator(`.graph-why[data-pair="2_0,4_${channel}"] .graph-answer`).filter({ hasText: expected });
    await answer.waitFor();
    assert.match(await answer.textContent(), /^Four convolutions decide together/);
    assert.equal(await page.locator(".graph-kernel").count(), 0);
  }
  await axe();
}, { colorScheme: "dark" });

browserTest("without WebGL the graph is drawn on a 2D canvas", async ({ context, open }) => {
  await context.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return kind.startsWith("webgl") ? null : getContext.call(this, kind, ...rest);
    };
  });
  const page = await openGraph(open, ALL_CONV);
  const inked = () => page.evaluate(() => {
    const canvas = document.querySelector(".graph-stage canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 3; at < data.length; at += 4) if (data[at] > 0) count++;
    return count / (data.length / 4);
  });
  await page.waitForFunction(() => document.querySelector(".graph-stage canvas").width > 300);
  assert.ok((await inked()) > 0.2, "a good part of the canvas is drawn on");
});
