// Scores kept between visits: they come back at once, count only for what made them, and are missed by nobody if they cannot be.
import assert from "node:assert/strict";
import { browserTest } from "./browser.mjs";

const covered = (page, pattern) => page.locator(".rank-correlations").filter({ hasText: pattern }).waitFor();
const note = (page) => page.locator(".kept-note");
const ALL = "#samples=all&proxy=average_degree";

/** Cells that the page has its workers score, but for ε: that of a sample follows unasked, sooner or later. */
const countJobs = (page) =>
  page.addInitScript(() => {
    const Plain = globalThis.Worker;
    globalThis.cellsAsked = 0;
    globalThis.Worker = class extends Plain {
      postMessage(message, ...rest) {
        if (message.type === "job" && !message.request.proxies?.includes("epsilon")) globalThis.cellsAsked += message.request.texts?.length ?? 0;
        super.postMessage(message, ...rest);
      }
    };
  });

/** Waits until the store holds so many columns. */
const stored = (page, count) =>
  page.waitForFunction(
    (least) =>
      new Promise((resolve) => {
        const request = indexedDB.open("cellscope-scores");
        request.onsuccess = () => {
          const database = request.result;
          if (!database.objectStoreNames.contains("columns")) return database.close(), resolve(false);
          const counted = database.transaction("columns").objectStore("columns").count();
          counted.onsuccess = () => (database.close(), resolve(counted.result >= least));
        };
        request.onerror = () => resolve(false);
      }),
    count,
    { polling: 500 },
  );

browserTest("scores of all cells come back after a reload without a worker's work; they can be cleared", async ({ open, page, axe }) => {
  await countJobs(page);
  await open(ALL);
  await covered(page, /Over 15,625 cells \(all defined\)\./);
  const figures = await page.locator(".rank-figure dd b").allInnerTexts();
  await stored(page, 4);
  assert.equal(await note(page).count(), 0);

  await page.reload();
  await covered(page, /Over 15,625 cells \(all defined\)\./);
  await note(page).getByText(/^62,500 scores come from this browser's store/).waitFor();
  assert.deepEqual(await page.locator(".rank-figure dd b").allInnerTexts(), figures);
  const asked = await page.evaluate(() => globalThis.cellsAsked);
  assert.equal(asked, 0, `${asked} cells were computed anew, of 15,625`);
  await axe();

  await note(page).getByRole("button", { name: "Clear" }).click();
  await note(page).getByText("is cleared").waitFor();
  await page.reload();
  await covered(page, /Over 15,625 cells \(all defined\)\./);
  assert.equal(await note(page).count(), 0);
});

browserTest("other settings, another build and a damaged record do not count", async ({ open, page }) => {
  await open("#samples=1000");
  await covered(page, /Over 1,000 cells/);
  await stored(page, 4);

  await page.goto("about:blank");
  await open("#samples=1000&seed=2&proxy=gini");
  await covered(page, /Over 1,000 cells/);
  // Only what no seed enters: expected degree, parameters, FLOPs.
  await note(page).getByText(/^3,00\d scores/).waitFor();
  await stored(page, 6);

  // A bit of one record is flipped.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open("cellscope-scores");
        request.onsuccess = () => {
          const store = request.result.transaction("columns", "readwrite").objectStore("columns");
          const all = store.getAll();
          all.onsuccess = () => {
            const record = all.result.find(({ proxy }) => proxy === "params");
            record.values[record.scored.indexOf(1)] += 1;
            store.put(record).onsuccess = () => (request.result.close(), resolve());
          };
        };
      }),
  );
  await page.goto("about:blank");
  await open("#samples=1000&proxy=params");
  await covered(page, /Over 1,000 cells \(all defined\)/);
  await note(page).getByText(/^3,00\d scores/).waitFor(); // degree, expected degree, FLOPs

  // The same page with another module.
  await page.addInitScript(() => {
    const plain = globalThis.fetch;
    globalThis.fetch = async (address, ...rest) => {
      const response = await plain(address, ...rest);
      if (!String(address).endsWith("/files.json")) return response;
      const list = await response.json();
      list.files.find(({ path }) => path === "pkg/cellscope_bg.wasm").sha256 = "0".repeat(64);
      return Response.json(list);
    };
  });
  await page.goto("about:blank");
  await open("#samples=1000");
  await covered(page, /Over 1,000 cells/);
  assert.equal(await note(page).count(), 0);
});

for (const [what, breakIt] of [
  ["refused", () => Object.defineProperty(globalThis, "indexedDB", { get() { throw new DOMException("private", "SecurityError"); } })],
  ["full", () => { IDBObjectStore.prototype.put = () => { throw new DOMException("no room", "QuotaExceededError"); }; }],
  ["silent", () => { IDBFactory.prototype.open = () => new EventTarget(); }],
]) {
  browserTest(`a store that is ${what} is done without, and nobody is bothered`, async ({ open, page }) => {
    await page.addInitScript(breakIt);
    await open("#samples=300");
    await covered(page, /Over 300 cells \(all defined\).*bootstrap/);
    assert.equal(await page.locator(".notices .notice").count(), 0);
    assert.equal(await note(page).count(), 0);
  });
}
