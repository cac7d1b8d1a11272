// TG-NAS's tab: prediction and its rank, the graph in two forms, influence, other words, likeness, training in the page.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { browserTest } from "./browser.mjs";

const WEIGHTS = "data/tgnas.weights";

/** Seeded weights of the trained model's shape, so that no test depends on what was trained; see `src/predictor/weights.rs`. */
function someWeights() {
  let state = 7;
  const draw = (count, bound) => Array.from({ length: count }, () => ((state = (state * 1103515245 + 12345) % 2147483648) / 1073741824 - 1) * bound);
  const layers = [0, 1, 2, 3].flatMap((layer) => [...draw((layer === 0 ? 385 : 64) * 64, layer === 0 ? 0.8 : 0.25), ...draw(64, 0.125)]);
  const note = Buffer.from("seeded weights, not trained");
  const u16 = (...values) => Buffer.from(Uint16Array.from(values).buffer);
  const [contracted, score, globalNode, plain, padding, depth, members] = [1, 1, 0, 0, 0, 4, 1];
  const content = Buffer.concat([
    Buffer.from("CELLGCNW"), u16(1), Buffer.alloc(4), u16(note.length), note,
    Buffer.from([contracted, score, globalNode, plain, padding, depth, members]), u16(384, 64), Buffer.from([4]),
    Buffer.from(Float32Array.from([...layers, ...draw(64, 0.3), 0.1]).buffer),
  ]);
  content.writeUInt32LE(content.length + 4, 10);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(content));
  return Buffer.concat([content, checksum]);
}

/** A test with these weights. */
const predictorTest = (name, body, options = {}) =>
  browserTest(name, async (fixture) => {
    fixture.site.replace.set(WEIGHTS, someWeights());
    await body(fixture);
  }, { allow: [WEIGHTS], ...options });

const part = (page, heading) => page.locator("section.tg-part").filter({ has: page.getByRole("heading", { name: heading }) });
/** Waits until the link says so; it is written when edits pause. */
const linked = (page, pattern) => page.waitForFunction((text) => new RegExp(text).test(decodeURIComponent(location.hash)), pattern);
/** The figure that stands largest, as a number. */
const predicted = async (page) => Number((await page.locator(".tg-prediction .score-figure").innerText()).replace("−", "-"));
const ready = async (page) => {
  await page.locator(".tg-prediction .score-figure").waitFor();
  await page.getByText(/rank [\d,]+ of [\d,]+, top/).waitFor();
};

async function saved(page, section, item) {
  await section.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), section.getByRole("button", { name: item }).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

predictorTest("prediction, its rank, the comparison with counting; the graph in both forms, as a table and as a file", async ({ open, page, axe }) => {
  await open("#tab=tgnas");
  await ready(page);
  const judge = part(page, "How good is it?");
  await judge.locator(".tg-verdict").filter({ hasText: /counting|holds 0/ }).waitFor();
  for (const name of ["TG-NAS", "average degree", "parameters"]) {
    const row = judge.getByRole("row", { name: new RegExp(`^${name}`) });
    assert.match(await row.innerText(), /−?\.\d{3}\s+−?\.\d{3} – −?\.\d{3}\s+−?\.\d{3}/, name);
  }
  await axe();

  // Two convolutions beside a skip: contracted, nothing but them remains between the ends.
  const graph = part(page, "Operator graph");
  assert.equal(await graph.locator(".op-node").count(), 4);
  const contracted = await predicted(page);
  await graph.getByRole("button", { name: "authors’" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".op-node").length === 8);
  await graph.getByText(/Never trained: .*“None”.*“Residual connection”|Never trained: .*“Residual connection”.*“None”/).waitFor();
  await page.waitForFunction((old) => Number(document.querySelector(".tg-prediction .score-figure").textContent.replace("−", "-")) !== old, contracted);
  await linked(page, "tgnas=authors");
  const svg = String((await saved(page, graph, /^SVG/)).bytes);
  assert.match(svg, /form: authors/);
  assert.equal(svg.split("global node").length > 1, true);
  await graph.getByRole("button", { name: "As a table" }).click();
  const rows = graph.getByRole("row");
  await rows.nth(8).waitFor();
  assert.match(await rows.nth(1).innerText(), /input\s+input\s+“Input”\s+yes\s+0→1, 0→2, 0→3, global node/);

  // Pointing at an operation lights it up in the editor.
  await graph.getByRole("button", { name: "As a table" }).click();
  await graph.locator('.op-node[data-node="3"]').hover();
  await page.locator('.dag-edge.lit[data-edge="2"]').waitFor();
});

predictorTest("influence: a press edits the cell, and its prediction moves as said", async ({ open, page }) => {
  await open("#tab=tgnas");
  await ready(page);
  const before = await predicted(page);
  const influence = part(page, "Influence of each operation");
  const button = influence.getByRole("button", { name: /^0→2: conv 1×1 in the place of none/ });
  const change = Number((await button.getAttribute("aria-label")).match(/([+−]?[\d.]+)$/)[1].replace("−", "-"));
  const csv = String((await saved(page, influence, /^CSV/)).bytes);
  assert.equal(csv.split(/\r?\n/).filter((line) => /^\d,/.test(line)).length, 30);
  await button.click();
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes("nor_conv_1x1~0|nor_conv_3x3~1"));
  await page.waitForFunction((wanted) => Math.abs(Number(document.querySelector(".tg-prediction .score-figure").textContent.replace("−", "-")) - wanted) <= 0.0021, before + change);
});

predictorTest("other words: from a link, from the table, and back; what the table lacks is refused", async ({ open, page, axe }) => {
  await open(`#tab=tgnas&tgnas=${encodeURIComponent(".1.A photograph of a cat")}`);
  await ready(page);
  const note = page.locator(".tg-prediction").getByText(/With “A photograph of a cat” at 0→1: [+−]?[\d.]+, rank [\d,]+ → [\d,]+/);
  await note.waitFor();
  await page.locator('.op-node.changed[data-node="1"]').waitFor();
  const wording = part(page, "The same place in other words");
  assert.equal(await wording.locator("tbody tr").count(), 7, "all of the nonsense");
  await wording.getByRole("button", { name: "the same in other words" }).click();
  const long = wording.getByRole("button", { name: /^A two-dimensional convolution with a kernel size of 3 by 3/ });
  await long.click();
  await page.locator(".tg-prediction").getByText(/With “A two-dimensional convolution/).waitFor();
  assert.match(await wording.getByRole("row", { name: /^Convolution 3 by 3, batch norm, ReLU/ }).innerText(), /Convolution 3 by 3 \(0\.79\)/);
  await axe();
  await wording.getByRole("button", { name: "Back to its own words" }).click();
  await page.waitForFunction(() => !document.querySelector(".op-node.changed"));
  await linked(page, "tgnas=\\.1(&|$)");

  await page.goto("about:blank");
  await open(`#tab=tgnas&tgnas=${encodeURIComponent("authors.1.A word that nobody embedded")}`);
  await page.getByText(/there is no description “A word that nobody embedded”/).waitFor();
  await ready(page);
});

predictorTest("likeness of words: numbers that are right, trained words marked", async ({ open, page }) => {
  await open("#tab=tgnas");
  const heat = part(page, "How alike are the words?");
  const cell = (row, column) => heat.locator("tbody tr").nth(row).locator("td").nth(column);
  await cell(13, 13).waitFor();
  // By the sentence transformer itself: convolutions 3 by 3 and 1 by 1, None and Residual connection.
  assert.deepEqual([await cell(4, 4).innerText(), await cell(4, 5).innerText(), await cell(2, 3).innerText()], ["1", ".75", ".10"]);
  assert.equal(await heat.getByText("trained:").count(), 10, "five trained words, in rows and columns");
  await heat.getByRole("combobox").selectOption("unseen");
  await heat.getByRole("row", { name: /Not a convolution 3 by 3/ }).waitFor();
  assert.match(await heat.getByRole("row", { name: /Not a convolution 3 by 3/ }).innerText(), /\.93.*Convolution 3 by 3$/s);
  const csv = String((await saved(page, heat, /^CSV/)).bytes);
  assert.match(csv, /Chocolate cake,control,no,/);
  const svg = String((await saved(page, heat, /^SVG/)).bytes);
  assert.ok(svg.startsWith("<svg") && svg.includes("nearest trained") && svg.includes(">○ Chocolate cake</text>"));
  const { bytes } = await saved(page, heat, /^PNG/);
  assert.ok(bytes.subarray(1, 4).toString("latin1") === "PNG" && bytes.includes("Cosine similarity of descriptions"));
});

predictorTest("a training: paused, cancelled with what it has learnt; a shorter one finished, tabulated, used in the page, taken back, saved", async ({ open, page, axe }) => {
  await open("#tab=tgnas");
  await ready(page);
  const shipped = await predicted(page);
  const training = part(page, "Train it yourself");
  // Far more work than the test takes.
  await training.getByRole("textbox", { name: "Epochs" }).fill("200");
  await training.getByRole("button", { name: "Train", exact: true }).click();
  await training.getByRole("button", { name: "Pause", disabled: false }).click();
  await training.getByText(/^Paused, epoch/).waitFor();
  await training.getByRole("button", { name: "Go on" }).click();
  await page.waitForFunction(() => /epoch [1-9]\d* of 200/.test(document.querySelector(".tg-training")?.textContent ?? ""), null, { timeout: 120_000 });
  await training.getByRole("button", { name: "Cancel" }).click();
  await training.getByText(/^Cancelled at epoch \d+ of 200.*is kept/).waitFor();
  await training.getByRole("button", { name: "Use this model in the page" }).waitFor();

  await training.getByRole("textbox", { name: "Cells" }).fill("512");
  await training.getByRole("textbox", { name: "Epochs" }).fill("4");
  await training.getByRole("button", { name: "Train", exact: true }).click();
  await training.getByText(/^Done: 4 epochs in/).waitFor({ timeout: 120_000 });
  await training.getByText("NB-201 (watch)").waitFor();
  assert.equal(await training.getByRole("region", { name: "Trainings of this visit" }).getByRole("row").count(), 3);
  await axe();
  const csv = String((await saved(page, training, /^CSV/)).bytes);
  const rows = csv.split(/\r?\n/).filter((line) => /^\d+,/.test(line)).map((line) => line.split(",").map(Number));
  assert.deepEqual(rows.map(([epoch]) => epoch), [1, 2, 3, 4]);
  assert.ok(rows.every(([, loss, held, watched]) => loss > 0 && Math.abs(held) < 1 && Math.abs(watched) < 1), csv);
  await training.getByRole("button", { name: "As a table" }).click();
  assert.equal(await training.getByRole("region", { name: "Loss and τ after each epoch" }).getByRole("row").count(), 5);

  await training.getByRole("button", { name: "Use this model in the page" }).click();
  await page.getByText("Predicted by the model that you trained here.").waitFor();
  await page.waitForFunction((old) => Number(document.querySelector(".tg-prediction .score-figure")?.textContent.replace("−", "-") ?? old) !== old, shipped);
  const [weights] = await Promise.all([page.waitForEvent("download"), training.getByRole("button", { name: "Download weights" }).click()]);
  assert.equal((await readFile(await weights.path())).subarray(0, 8).toString(), "CELLGCNW");
  // What it makes is said to be its work: in files, and in the command that gives the same rows.
  const made = /tgnas_model: trained in the page/;
  assert.doesNotMatch(csv, made);
  assert.match(String((await saved(page, training, /^CSV/)).bytes), made);
  await page.evaluate(() => (location.hash = "#tab=search&search=budget:20,runs:1,seed:0,random~g.tgnas~w.20"));
  const command = page.locator(".search-command");
  await command.filter({ hasText: /--guide tgnas .*--predictor FILE/ }).waitFor({ state: "attached" });
  await page.evaluate(() => (location.hash = "#tab=tgnas"));
  await page.getByText("Predicted by the model that you trained here.").waitFor();

  await training.getByRole("button", { name: "Back to the shipped model" }).click();
  await page.waitForFunction((old) => Number(document.querySelector(".tg-prediction .score-figure")?.textContent.replace("−", "-") ?? Number.NaN) === old, shipped);
});

predictorTest("a training whose worker dies says so; what it has shown stays, and it can be started again", async ({ open, page, expectError }) => {
  expectError(/killed for the test/);
  await open("#tab=tgnas");
  await ready(page);
  // Made by a worker that is there before the one that trains.
  await page.locator(".tg-verdict").filter({ hasText: /τ is/ }).waitFor();
  const training = part(page, "Train it yourself");
  await training.getByRole("textbox", { name: "Cells" }).fill("512");
  await training.getByRole("textbox", { name: "Epochs" }).fill("200");
  await training.getByRole("button", { name: "Train", exact: true }).click();
  await page.waitForFunction(() => /epoch [1-9]\d* of 200/.test(document.querySelector(".tg-training")?.textContent ?? ""), null, { timeout: 120_000 });
  const worker = page.workers().filter((one) => one.url().endsWith("lab-worker.js")).at(-1);
  await worker.evaluate(() => void setTimeout(() => { throw new Error("killed for the test"); })).catch(() => {});
  await training.getByText(/^The training stopped at epoch \d+ of 200.*What is shown stays/).waitFor();
  await training.getByText("held-out NB-101").waitFor();
  await training.getByRole("button", { name: "Use this model in the page" }).waitFor();
  await training.getByRole("button", { name: "Train", exact: true }).click();
  await training.locator("progress").waitFor({ timeout: 120_000 });
  await training.getByRole("button", { name: "Cancel" }).click();
  await training.getByText(/^Cancelled at/).waitFor();
});

predictorTest("NAS-Bench-101 and DARTS have the tab, the macro space says why not; a damaged file of weights is named", async ({ open, page, site }) => {
  await open("#tab=tgnas&space=nasbench101");
  await ready(page);
  await page.getByText(/were training data of the predictor/).waitFor();
  const spaces = page.getByRole("combobox", { name: "Search space" });
  await spaces.selectOption("nds-darts");
  await page.getByText(/itself a model’s prediction/).waitFor();
  await ready(page);
  assert.ok((await page.locator(".op-node").count()) >= 8);
  await spaces.selectOption("transnas101-macro");
  await page.getByText(/TG-NAS is not available for TransNAS-Bench-101 macro/).waitFor();

  const damaged = someWeights();
  damaged[damaged.length >> 1] ^= 255;
  site.replace.set(WEIGHTS, damaged);
  await page.goto("about:blank");
  await open("#tab=tgnas");
  await page.getByText(/The predictor is not available: .*damaged/).waitFor();
  site.replace.set(WEIGHTS, someWeights());
  await page.getByRole("tabpanel").getByRole("button", { name: "Try again" }).click();
  await ready(page);
});

predictorTest("360 pixels wide, dark: nothing runs over the side", async ({ open, page, axe }) => {
  await open("#tab=tgnas&space=nds-darts");
  await ready(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  await axe();
}, { viewport: { width: 360, height: 720 }, colorScheme: "dark" });

predictorTest("the trained predictor is a proxy like any other, in the scatter too", async ({ open, page }) => {
  await open("#proxy=tgnas");
  await page.locator(".rank-correlations").filter({ hasText: /Over 20[01] cells/ }).waitFor();
  await page.locator(".rank-correlations").getByText(/trained on NAS-Bench-101 alone/).waitFor();
});
