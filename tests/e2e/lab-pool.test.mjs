// Workers that die or fall silent in the middle of a run: everything still comes, and equals an undisturbed run.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { browserTest } from "./browser.mjs";

/** Keeps the page's workers where a test can reach them, and counts what they are asked. No scores are kept between runs. */
const reach = (page) =>
  page.addInitScript(() => {
    Object.defineProperty(globalThis, "indexedDB", { value: undefined });
    const Plain = globalThis.Worker;
    globalThis.workers = [];
    globalThis.Worker = class extends Plain {
      jobs = 0;
      constructor(...args) {
        super(...args);
        globalThis.workers.push(this);
      }
      postMessage(message, ...rest) {
        if (message.type === "job") this.jobs++;
        super.postMessage(message, ...rest);
      }
    };
  });

const epsilonState = (page) => page.locator(".rank-side .rank-epsilon");
const scoredSome = (page, count) => page.waitForFunction((least) => Number(document.querySelector(".rank-side progress")?.value ?? 0) > least, count);

/** ε of 1,500 cells, by text, as the table exports them. */
async function run(page, disturb) {
  await page.getByRole("button", { name: /^Score ε of/ }).click();
  await scoredSome(page, 40);
  await disturb();
  await epsilonState(page).getByText(/ε is defined for \d+ of the 1,50[01] cells scored/).waitFor({ timeout: 120_000 });
  await page.locator(".rank-cells").getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".rank-cells").getByRole("button", { name: /^CSV/ }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).split(/\r?\n/).filter((line) => !line.startsWith("#"));
  const head = lines[0].split(",");
  const rows = lines.slice(1).filter(Boolean).map((line) => line.split(","));
  return new Map(rows.map((row) => [row[head.indexOf("arch")], row[head.indexOf("epsilon")]]));
}

const START = "#samples=1500&sampleSeed=3&tab=rank";
const start = async (open, page) => {
  await open(START);
  await page.locator(".rank-correlations").filter({ hasText: /Over 1,500 cells/ }).waitFor();
  await epsilonState(page).getByRole("button", { name: /^Score ε of/ }).waitFor();
};

/** Of a run that nothing disturbed. */
let plain;

browserTest("a worker that is killed in the middle of a run is replaced; the scores equal those of an undisturbed run", async ({ open, page }) => {
  await reach(page);
  await start(open, page);
  plain = await run(page, async () => {});
  assert.ok(plain.size >= 1500 && [...plain.values()].filter(Boolean).length > 500);

  await page.goto("about:blank");
  await start(open, page);
  const disturbed = await run(page, async () => {
    // As a trap in the module ends one: the page is told of it.
    await page.evaluate(() => globalThis.workers.findLast((worker) => worker.jobs > 0).onerror(new ErrorEvent("error", { message: "killed by the test" })));
    await epsilonState(page).getByText(/restarted, nothing finished is lost/).waitFor();
  });
  assert.deepEqual(disturbed, plain);
  assert.equal(await page.locator(".notices").getByText(/worker/).count(), 0, "no alarm where nothing is lost");
});

browserTest("a worker that ends without a word is stood in for", async ({ open, page }) => {
  await reach(page);
  await start(open, page);
  const disturbed = await run(page, async () => {
    await page.evaluate(() => globalThis.workers.findLast((worker) => worker.jobs > 0).terminate());
  });
  assert.deepEqual(disturbed, plain);
});
