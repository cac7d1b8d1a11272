// Longest tasks of the page's main thread while all cells are ranked, sorted, filtered and scrolled. Processor time, not
// time by the clock, so that other work on the machine does not count. Used by bench.mjs.

const THREAD = "CrRendererMain";

/** Processor time in ms of the longest task of the main thread while `work` runs, and how many took more than 50 ms. */
async function longest(browser, page, work) {
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const key = ({ pid, tid }) => `${pid}:${tid}`;
  const main = new Set(traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === THREAD).map(key));
  const tasks = traceEvents
    .filter((event) => event.ph === "X" && event.name === "ThreadControllerImpl::RunTask" && main.has(key(event)) && event.tdur)
    .map(({ tdur }) => tdur / 1000);
  return { most: Math.max(0, ...tasks), long: tasks.filter((ms) => ms > 50).length };
}

export async function benchTasks(browser, base) {
  const page = await browser.newPage();
  const settled = () => page.waitForTimeout(1500);
  const covered = (pattern) => page.locator(".rank-correlations").filter({ hasText: pattern }).waitFor({ timeout: 120_000 });
  await page.goto(base);
  await covered(/Over 20[01] cells/);
  await settled();
  const table = page.locator(".rank-cell-table");
  const filter = page.getByRole("searchbox", { name: "Filter" });
  const steps = [
    ["all 15,625 cells are scored, ranked and drawn", async () => {
      await page.getByRole("button", { name: /^All 15,625/ }).click();
      await covered(/Over 15,625 cells/);
    }],
    ["the table is sorted by a number, then by text", async () => {
      await table.getByRole("button", { name: /^parameters/ }).click();
      await table.getByRole("button", { name: /^Cell/ }).click();
    }],
    ["a filter is typed", () => filter.pressSequentially("conv_3x3>=2 accuracy>=90", { delay: 60 })],
    ["the table is scrolled from end to end", async () => {
      await filter.fill("");
      for (let k = 0; k < 30; k++) await page.locator(".rank-virtual").evaluate((element, share) => (element.scrollTop = element.scrollHeight * share), k / 29);
    }],
    ["the cell is edited", () => page.getByRole("button", { name: "Random", exact: true }).click()],
    ["ε of all cells comes in", async () => {
      await page.getByRole("button", { name: /^Score ε of/ }).click();
      await page.locator(".rank-side .rank-epsilon").getByText(/of the 15,62\d cells scored/).waitFor({ timeout: 600_000 });
    }],
  ];
  console.log("\nmain thread, longest task, ms of processor time");
  for (const [title, work] of steps) {
    const { most, long } = await longest(browser, page, async () => (await work(), await settled()));
    console.log(`${title.padEnd(52)}${most.toFixed(1).padStart(9)}   budget 50${long > 0 ? `, ${long} above` : ""}`);
  }
  await page.close();
}
