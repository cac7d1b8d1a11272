// The laboratory's searches: run, paused, cancelled half-way, replayed; exported as the command line prints them; taken up
// again after a worker has died.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { browserTest } from "./browser.mjs";

const stored = fileURLToPath(new URL("../data/search_rows.csv", import.meta.url));
const TARGET = "target=cifar10valid_val_acc";
/** The search whose rows are stored. */
const STORED = `#${TARGET}&tab=search&search=budget:60,runs:3,seed:7,ageing-evolution~g.average_degree~w.100~m.parent~p.20~t.5`;

const panel = (page) => page.locator(".search-panel");
const done = (page) => panel(page).getByRole("button", { name: "All runs are done" }).waitFor({ timeout: 120_000 });
const run = (page) => panel(page).getByRole("button", { name: /^Run/ }).click();
const figures = (page, row) => panel(page).locator(".search-table tbody tr").nth(row).locator("td").allInnerTexts();

/** The lines of an exported file: comments, and what is below them. */
async function exported(page, name) {
  await panel(page).getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), panel(page).getByRole("button", { name }).click()]);
  const text = await readFile(await download.path(), "utf8");
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  return { text, comments: lines.filter((line) => line.startsWith("#")), rows: lines.filter((line) => !line.startsWith("#")) };
}

browserTest("the page's rows are those of the command line, and it names the command", async ({ open, page }) => {
  await open(STORED);
  await run(page);
  await done(page);
  const { comments, rows } = await exported(page, /^Look-ups of A, CSV/);
  const expected = (await readFile(stored, "utf8")).trim().split("\n");
  assert.equal(rows.length, 181);
  assert.deepEqual(rows, expected);
  assert.ok(comments.some((line) => line.startsWith("# state: complete")));
  assert.ok(comments.some((line) => /^# command: cellscope search .*--warmup 100 --move --budget 60 --runs 3.*--seed 7/.test(line)), comments.join("\n"));
  await page.waitForFunction(() => /search=budget:60,runs:3/.test(location.hash));

  const { text } = await exported(page, /^All, JSON/);
  const { searches, settings, optimum } = JSON.parse(text);
  assert.equal(settings.seed, 7);
  assert.equal(optimum, 91.6067);
  const last = expected.filter((line) => line.split(",")[1] === "60").map((line) => Number(line.split(",")[5]));
  assert.deepEqual(searches[0].runs.map(({ best_accuracy }) => best_accuracy), last);
  assert.equal(searches[0].bands.median.at(-1), last.toSorted((a, b) => a - b)[1]);
});

browserTest("searches are compared: curves, summary and pictures; a click selects, an edit asks for a new run", async ({ open, page, axe }) => {
  await open(`#${TARGET}&tab=search`);
  await panel(page).getByText("not run yet").first().waitFor();
  await axe();
  await run(page);
  await done(page);
  await page.waitForFunction(() => document.querySelectorAll(".search-table tbody tr td.number b").length === 4);
  const best = await Promise.all([0, 1, 2, 3].map(async (row) => Number.parseFloat((await figures(page, row))[1])));
  assert.ok(best[1] > best[0] && best[2] > best[0] && best[3] >= best[1], `evolution and a warm-up help: ${best}`);
  assert.equal((await figures(page, 3))[0], "20");

  const plot = panel(page).locator(".search-plot").first();
  await plot.focus();
  await page.keyboard.press("End");
  await panel(page).locator(".search-tip").getByText("300 look-ups").waitFor();
  await page.keyboard.press("ArrowDown");
  await panel(page).locator(".search-item.selected").getByText(/^B evolution$/).waitFor();
  const svg = await exported(page, /^Chart, SVG/);
  assert.ok(svg.text.startsWith("<svg") && svg.text.includes("target: cifar10valid_val_acc") && !svg.text.includes("var(--"));
  const png = await exported(page, /^Chart, PNG/);
  assert.ok(png.text.includes("iTXt"));
  const summary = await exported(page, /^Summary, CSV/);
  assert.equal(summary.rows.length, 5);
  await axe();

  await panel(page).getByLabel("Population").fill("32");
  await panel(page).getByRole("button", { name: "Run B" }).waitFor();
  await panel(page).getByRole("button", { name: "Run B" }).click();
  await done(page);
  await page.waitForFunction(() => /ageing-evolution~p\.32/.test(decodeURIComponent(location.hash)));
  await panel(page).getByLabel("Tournament").fill("33");
  await panel(page).getByRole("alert").filter({ hasText: /tournament .* must fit/i }).first().waitFor();
});

browserTest("one run: scrubbed, stepped and played; a dot loads its cell", async ({ open, page }) => {
  await open(STORED);
  await run(page);
  await done(page);
  const replay = panel(page).locator(".search-replay");
  const rows = (await readFile(stored, "utf8")).trim().split("\n").slice(1).map((line) => line.split(","));
  const slider = replay.getByRole("slider", { name: "Look-up" });
  await slider.focus();
  await page.keyboard.press("End");
  await replay.getByText("60 of 60").waitFor();
  const accuracy = (k) => Number(rows[k][4]);
  const shown = async () => Number.parseFloat(await replay.locator(".search-card dd b").first().innerText());
  assert.ok(Math.abs((await shown()) - accuracy(59)) < 0.01);
  await replay.getByRole("button", { name: "One look-up back" }).click();
  await replay.getByText("59 of 60").waitFor();

  await replay.getByRole("textbox", { name: "Run", exact: true }).fill("2");
  await replay.getByText("1 of 60").waitFor();
  await page.waitForFunction((text) => Math.abs(Number.parseFloat(document.querySelector(".search-card dd b").textContent) - text) < 0.01, accuracy(60));
  await replay.getByRole("button", { name: "Play" }).click();
  await replay.getByText(/^([5-9]|\d\d) of 60$/).waitFor();
  await replay.getByRole("button", { name: "Pause" }).click();
  const at = Number.parseInt(await replay.locator(".search-step").innerText());
  await page.mouse.wheel(0, 4000);
  await replay.locator(".search-card").first().getByRole("button", { name: "Load this cell" }).click();
  const sign = page.getByRole("status").filter({ hasText: "Loaded into the editor above" });
  await sign.getByRole("button", { name: "Show it" }).click();
  await sign.waitFor({ state: "hidden" });
  await page.waitForFunction(() => document.activeElement.matches(".region-cell") && document.activeElement.getBoundingClientRect().bottom > 100);
  await page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), rows[60 + at - 1][2]);

  await replay.locator(".search-run").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), rows[60][2]);
  await replay.locator("summary").click();
  await replay.locator("tbody tr").nth(49).waitFor(); // the table is made once it is opened
  assert.equal(await replay.locator("tbody tr").count(), 50);
});

browserTest("no motion where none is wanted", async ({ open, page }) => {
  await open(STORED);
  await run(page);
  await done(page);
  assert.ok(await panel(page).locator(".search-replay").getByRole("button", { name: "Play" }).isDisabled());
  await panel(page).getByText(/asks for reduced motion/).waitFor();
}, { reducedMotion: "reduce" });

/** Minutes of work, as each look-up asks for ε of a cell that has none yet, on many images. */
const LONG = `#${TARGET}&batch=leaves:0:256&tab=search&search=budget:2000,runs:7,seed:0,random~g.epsilon~w.20`;
/** Seconds of it: a space whose surrogate networks are large. */

browserTest("paused, resumed, cancelled: what was found stays and is said to be part", async ({ open, page }) => {
  await open(LONG);
  await run(page);
  const progress = panel(page).getByRole("progressbar", { name: "Look-ups" });
  await page.waitForFunction(() => Number(document.querySelector(".search-control progress")?.value ?? 0) > 0);
  await panel(page).getByRole("button", { name: "Pause" }).click();
  await panel(page).getByText(/^paused, /).waitFor();
  await panel(page).getByRole("button", { name: "Go on" }).click();
  const before = Number(await progress.getAttribute("value"));
  await page.waitForFunction((value) => Number(document.querySelector(".search-control progress")?.value ?? 0) > value, before);
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await panel(page).getByText(/Cancelled: A after [\d,]+ of 14,000 look-ups/).waitFor();
  const { comments, rows } = await exported(page, /^Look-ups of A, CSV/);
  assert.ok(rows.length > 1 && rows.length < 14_001, `${rows.length} rows`);
  assert.ok(comments.some((line) => /^# state: cancelled: \d+ of 14000 look-ups/.test(line)));
});

browserTest("scores that a warm-up needs first: shown as they come, cancelled, taken up where they stopped", async ({ open, page }) => {
  await open(`#${TARGET}&tab=search&search=budget:50,runs:4,seed:0,random~g.epsilon~w.4000`);
  const scored = () => page.evaluate(() => Number(document.querySelector(".search-control progress")?.value ?? 0));
  const control = panel(page).locator(".search-control");
  await run(page);
  await control.getByRole("progressbar", { name: "Scoring the cells that warm-ups draw from" }).waitFor();
  await page.waitForFunction(() => Number(document.querySelector(".search-control progress")?.value ?? 0) > 300);
  await control.getByRole("button", { name: "Cancel" }).click();
  await panel(page).getByText(/Cancelled: A after 0 of 200 look-ups/).waitFor();
  await run(page);
  await page.waitForFunction(() => Number(document.querySelector(".search-control progress")?.value ?? 0) > 0);
  const total = await control.locator("progress").getAttribute("max");
  assert.ok(Number(total) < 15_625 - 300, `only what is missing is scored again: ${total}, ${await scored()}`);
  await control.getByRole("button", { name: "Cancel" }).click();
  await panel(page).getByText(/Cancelled: A/).waitFor();
});

browserTest("a worker that dies is replaced, and the rows are the same", async ({ open, page, context, base }) => {
  const long = `#${TARGET}&tab=search&search=budget:300,runs:60,seed:0,random~g.flops~w.40`;
  // The laboratory's worker that first tells of some rows is ended there and then, in the midst of its work.
  await page.addInitScript(() => {
    let ended = false;
    window.Worker = class extends Worker {
      constructor(url, options) {
        super(url, options);
        if (!String(url).endsWith("lab-worker.js")) return;
        this.addEventListener("message", ({ data }) => {
          // Intervals that the worker computes besides have no rows.
          if (ended || data.type !== "part" || !data.value.run?.length) return;
          ended = true;
          queueMicrotask(() => {
            this.terminate();
            this.dispatchEvent(new ErrorEvent("error", { message: "ended for the test", cancelable: true }));
          });
        });
      }
    };
  });
  await open(long);
  await run(page);
  await page.getByText(/worker \(laboratory\) stopped and was restarted: ended for the test/).waitFor();
  await done(page);
  const { rows } = await exported(page, /^Look-ups of A, CSV/);
  assert.equal(rows.length, 60 * 300 + 1);
  // And so they are where no worker dies.
  const calm = await context.newPage();
  await calm.goto(new URL(long, base).href);
  await run(calm);
  await done(calm);
  assert.deepEqual((await exported(calm, /^Look-ups of A, CSV/)).rows, rows);
});

browserTest("a module that cannot be loaded ends the searches with one message, and workers are not started without end", async ({ open, page, site }) => {
  site.replace.set("pkg/laboratory_bg.wasm", "no module");
  await page.addInitScript(() => {
    globalThis.labWorkers = 0;
    window.Worker = class extends Worker {
      constructor(url, options) {
        super(url, options);
        if (String(url).endsWith("lab-worker.js")) globalThis.labWorkers++;
      }
    };
  });
  await open(STORED);
  await run(page);
  const notice = panel(page).getByText(/^A stopped: The calculation stopped: cannot load the WebAssembly module/);
  await notice.waitFor();
  const started = await page.evaluate(() => globalThis.labWorkers);
  assert.ok(started >= 1 && started <= 8, `${started} workers`);
  // Pressed again it tries again, once. That nothing more is started can only be watched for a while.
  await run(page);
  await page.waitForFunction((before) => globalThis.labWorkers > before, started);
  await notice.waitFor();
  const again = await page.evaluate(() => globalThis.labWorkers);
  assert.ok(again - started <= 8, `${again} workers after ${started}`);
  await page.waitForTimeout(2000);
  assert.equal(await page.evaluate(() => globalThis.labWorkers), again);
});

browserTest("DARTS: only random search, with the reason; ENAS: no accuracies to judge by; a bad link is named", async ({ open, page }) => {
  await open("#space=nds-darts&tab=search&search=budget:50,runs:3,seed:0,random,ageing-evolution,nonsense~w.1");
  await page.getByText(/“nonsense~w\.1”: “nonsense” is not one of random/).waitFor();
  await panel(page).getByText(/No two cells of known accuracy are one edit apart/).first().waitFor();
  await panel(page).getByText(/predicted by a surrogate/).waitFor();
  await run(page);
  await panel(page).getByText(/median best 9\d\.\d+ %/).waitFor();
  await page.getByRole("combobox", { name: "Search space" }).selectOption("nds-enas");
  await page.getByText(/Search is not available for ENAS/).waitFor();
  await page.getByRole("button", { name: "Go to NAS-Bench-201" }).click();
  await panel(page).getByRole("button", { name: "Run", exact: true }).waitFor();
});
