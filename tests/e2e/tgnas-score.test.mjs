// TG-NAS among the scores and ranks, with weights that count: each node is 1 after the first layer, and the global node adds
// all up in the second, so that the prediction is the number of operators of the contracted graph, plus one.
import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import { browserTest } from "./browser.mjs";

const WEIGHTS = "data/tgnas.weights";

/** A file of the format that `src/predictor/weights.rs` describes. */
function countingWeights() {
  const note = Buffer.from("counts operators");
  const u16 = (...values) => Buffer.from(Uint16Array.from(values).buffer);
  const numbers = (...values) => Buffer.from(Float32Array.from(values).buffer);
  const [contracted, order, globalNode, plain, padding, layers, members] = [1, 2, 0, 0, 0, 2, 1];
  const content = Buffer.concat([
    Buffer.from("CELLGCNW"), u16(1), Buffer.alloc(4), u16(note.length), note,
    Buffer.from([contracted, order, globalNode, plain, padding, layers, members]), u16(384, 1), Buffer.from([4]),
    numbers(...new Array(385).fill(0)), numbers(1), // each node: relu(0 + 1)
    numbers(1), numbers(0), // the global node: their sum
    numbers(1), numbers(0), // as it is
  ]);
  content.writeUInt32LE(content.length + 4, 10);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(content));
  return Buffer.concat([content, checksum]);
}

const score = (page) => page.locator("section.score").filter({ has: page.getByRole("heading", { name: "TG-NAS" }) });
const shows = (page, figure) => score(page).locator(".score-figure").filter({ hasText: new RegExp(`^${figure}$`) }).waitFor();
const cell = (text) => `#cell=${encodeURIComponent(text)}`;

browserTest("a prediction when asked for, which then follows the cell; a rank among 200", async ({ open, page, site, axe }) => {
  site.replace.set(WEIGHTS, countingWeights());
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await open(cell("|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|skip_connect~2|"));
  await score(page).getByRole("button", { name: "Predict" }).waitFor();
  // By the page: the service worker fetches every file, to work offline.
  assert.ok(!asked.some((url) => url.endsWith(WEIGHTS)), "nothing is fetched unasked");
  await score(page).getByRole("button", { name: "Predict" }).click();
  await shows(page, "5.000"); // input, two convolutions, output, global node
  assert.match(await score(page).innerText(), /trained, larger is better/);
  const help = score(page).getByRole("button", { name: /TG-NAS/ });
  await help.click();
  await score(page).getByText(/has seen no cell of this space.*The figure has no unit: only the order means something/).waitFor();
  await help.click();
  await axe();
  await page.evaluate((hash) => (location.hash = hash), cell("|none~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|"));
  await shows(page, "4.000");

  const summary = page.locator(".rank-summary");
  await summary.locator("select").last().selectOption("tgnas");
  const row = summary.getByRole("row", { name: /^TG-NAS/ });
  await row.filter({ hasText: /top [\d.]+ %/ }).waitFor();
  assert.match(await row.innerText(), /4\.000/);
}, { allow: [WEIGHTS] });

browserTest("where its tab is open the figure stands at the top as well, unasked", async ({ open, page, site }) => {
  site.replace.set(WEIGHTS, countingWeights());
  await open("#tab=tgnas");
  await score(page).locator(".score-figure").waitFor();
  assert.equal(await score(page).getByRole("button", { name: "Predict" }).count(), 0);
}, { allow: [WEIGHTS] });

browserTest("damaged weights are named and can be asked for again; a space without operators says so", async ({ open, page, site }) => {
  const damaged = countingWeights();
  damaged[200] ^= 1;
  site.replace.set(WEIGHTS, damaged);
  await open();
  await score(page).getByRole("button", { name: "Predict" }).click();
  await score(page).getByText(/predictor weights is damaged: its checksum is/).waitFor();
  site.replace.set(WEIGHTS, countingWeights());
  await score(page).getByRole("button", { name: "Try again" }).click();
  await score(page).locator(".score-figure").waitFor();
  assert.equal(await score(page).locator(".field-error").count(), 0);

  await page.evaluate(() => (location.hash = "#space=transnas101-macro"));
  await page.getByText(/TG-NAS is not offered: .*does not cover TransNAS-Bench-101 macro/).waitFor();
}, { allow: [WEIGHTS] });
