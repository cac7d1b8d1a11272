// Rank, scatter and table: on real figures, by mouse and by keyboard, stopped half-way, exported, and with a broken table.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { browserTest } from "./browser.mjs";

const scatter = (page) => page.locator(".rank-scatter-frame");
const covered = (page, pattern) => page.locator(".rank-correlations").filter({ hasText: pattern }).waitFor();
const fragment = (page) => page.evaluate(() => decodeURIComponent(location.hash));

browserTest("200 sampled cells are ranked and correlated unasked; a point and a row load their cells", async ({ open, page, axe }) => {
  await open();
  await covered(page, /Over 20[01] cells \(all defined\).*bootstrap/);
  const summary = page.locator(".rank-table");
  assert.match(await summary.getByRole("row", { name: /average degree/i }).innerText(), /\d\s*top [\d.]+ %/);
  assert.match(await summary.getByRole("row", { name: /^True rank [\d.]+ %/ }).innerText(), /[\d.]+ %/);
  await axe();

  const before = await fragment(page);
  await scatter(page).focus();
  await page.keyboard.press("Home");
  await page.locator(".rank-tip").filter({ hasText: "accuracy" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForFunction((old) => decodeURIComponent(location.hash) !== old, before);
  const byKey = await fragment(page);

  const row = page.locator(".rank-cell-table tbody tr:not(.own)").first();
  await row.locator(".rank-load").click();
  await page.waitForFunction((old) => decodeURIComponent(location.hash) !== old, byKey);
});

browserTest("all 15,625 cells: published correlation, place, box zoom", async ({ open, page }) => {
  await open("#target=cifar10valid_test_acc");
  await page.getByRole("button", { name: /^All 15,625/ }).click();
  await covered(page, /Over 15,625 cells \(all defined\)\./);
  const figures = await page.locator(".rank-figure dd b").allInnerTexts();
  assert.deepEqual(figures, [".777", ".578"], "NASGraph's ρ and τ on CIFAR-10-valid, as the authors' code and data give them");
  assert.ok((await fragment(page)).includes("samples=all"), "the link holds the choice");

  const box = await scatter(page).boundingBox();
  await scatter(page).scrollIntoViewIfNeeded();
  const { x, y } = (await scatter(page).boundingBox()) ?? box;
  await page.mouse.move(x + 200, y + 30);
  await page.mouse.down();
  await page.mouse.move(x + 420, y + 160, { steps: 4 });
  await page.mouse.up();
  await page.getByText(/of 15,625 points in view/).waitFor();
  await page.getByRole("button", { name: "Reset zoom" }).click();
  await page.getByText(/Drag a box to zoom/).waitFor();
});

browserTest("intervals show how far they are, are dropped when cancelled, and can be computed after all", async ({ open, page, hold }) => {
  // Held back, the worker has as long to do as the test needs.
  const release = await hold("assets/lab-worker.js");
  await open();
  const panel = page.locator(".rank-correlations");
  await panel.getByRole("progressbar", { name: /^Intervals/ }).waitFor();
  await panel.getByText("0 of 1,000").waitFor();
  await panel.getByRole("button", { name: "Cancel" }).click();
  await panel.getByText("Intervals: cancelled after 0 of 1,000 resamples; none are shown.").waitFor();
  const figure = panel.locator(".rank-figure").first();
  assert.match(await figure.innerText(), /^Spearman ρ[^[]*$/);
  release();
  await panel.getByRole("button", { name: "Compute them" }).click();
  await covered(page, /Brackets: 95 % bootstrap intervals, 1,000 resamples/);
  assert.match(await figure.innerText(), /\[\.\d{3}, \.\d{3}\]/);
});

browserTest("ε of all cells: offered with an estimate, stopped half-way, partial results said to be so", async ({ open, page }) => {
  await open("#samples=all");
  const start = page.getByRole("button", { name: /^Score ε of/ });
  await page.locator(".rank-side").getByText(/about|less than/).first().waitFor();
  await start.click();
  const panel = page.locator(".rank-side");
  await panel.locator("progress").waitFor();
  await page.waitForFunction(() => Number(document.querySelector(".rank-side progress")?.value ?? 0) > 60);
  await panel.getByRole("button", { name: "Cancel" }).click();
  await panel.getByText(/cancelled after [\d,]+ of 15,\d+/).waitFor();
  await page.locator(".rank-bar").getByRole("combobox", { name: /^Proxy/ }).selectOption("epsilon");
  await covered(page, /So far [\d,]+ of 15,625 are scored/);
  await covered(page, /have no defined value and are left out/);
});

browserTest("the table sorts, filters and exports what it shows", async ({ open, page }) => {
  await open();
  await covered(page, /Over 20[01] cells/);
  const table = page.locator(".rank-cell-table");
  await table.getByRole("button", { name: /^parameters/ }).click();
  const params = async () => (await table.locator("tbody tr:not(.own) td:nth-child(7)").allInnerTexts()).map((text) => Number(text.replaceAll(",", "")));
  const down = await params();
  assert.ok(down.length >= 10 && down.every((value, k) => k === 0 || value <= down[k - 1]), `descending: ${down}`);
  await page.getByRole("searchbox", { name: "Filter" }).fill("conv_3x3>=3 -none");
  await page.getByText(/\d+ of 20[01] cells/).waitFor();

  await page.locator(".rank-cells").getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".rank-cells").getByRole("button", { name: /^CSV/ }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).split(/\r?\n/);
  assert.ok(lines.some((line) => line.startsWith("# network_seed: 1")) && lines.some((line) => /^# filter: conv_3x3>=3/.test(line)));
  const rows = lines.filter((line) => /^\d+,\|/.test(line));
  assert.ok(rows.length > 0 && rows.every((line) => line.split("nor_conv_3x3").length > 3 && !line.includes("none")));
});

browserTest("a damaged table of known figures is named, and can be asked for again", async ({ open, page }) => {
  let damage = true;
  await page.context().route("**/data/nasbench201.known", async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    if (damage) body[body.length - 1] ^= 255;
    await route.fulfill({ response, body });
  });
  await open();
  await page.getByText(/Known accuracies are not available/).first().waitFor();
  damage = false;
  await page.getByRole("button", { name: "Try again" }).first().click();
  await covered(page, /Over 20[01] cells/);
});

browserTest("NAS-Bench-101: ranks among the known cells; one that is not known says so; a known one has its accuracy", async ({ open, page, axe }) => {
  await open("#space=nasbench101");
  await covered(page, /Over 200 cells.*bootstrap/);
  const summary = page.locator(".rank-summary");
  await summary.getByText(/cells in the table of known figures/).waitFor();
  assert.match(await summary.innerText(), /Compared with the 30,001 cells.*this cell is not in the table \(no known accuracy\)/s);
  assert.match(await summary.getByRole("row", { name: /^average degree/ }).innerText(), /\d\s*top [\d.]+ %/);
  await axe();
  await page.locator(".rank-cell-table tbody tr:not(.own)").first().locator(".rank-load").click();
  await summary.getByRole("row", { name: /^True rank \d\d\.\d\d %/ }).waitFor();
  await covered(page, /Over 20[01] cells \(all defined\)/);

  // Shown, and filtered, in per cent; the file keeps the source's fractions.
  await page.getByRole("searchbox", { name: "Filter" }).fill("accuracy>=90");
  await page.getByText(/^\d+ of 20[01] cells$/).waitFor();
  const shown = await page.locator(".rank-cell-table tbody:not(.rank-pinned) tr td:nth-child(2)").allInnerTexts();
  assert.ok(shown.length > 3 && shown.every((text) => Number(text) >= 90 && Number(text) < 100), String(shown));
  await page.locator(".rank-cells").getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".rank-cells").getByRole("button", { name: /^CSV/ }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).split(/\r?\n/).filter((line) => /^\d*,\d:/.test(line)).map((line) => Number(line.split(",")[2]));
  assert.ok(lines.length > 3 && lines.every((value) => value >= 0.9 && value < 1), String(lines));
  await page.getByRole("searchbox", { name: "Filter" }).fill("");

  const trained = page.getByText("TG-NAS was trained on 24,001 of these 30,001 cells with these accuracies: this is no test of it.");
  assert.equal(await trained.count(), 0);
  await page.locator(".rank-panel").getByRole("combobox", { name: "Proxy" }).selectOption("tgnas");
  await trained.waitFor();
  await axe();
  await page.getByRole("combobox", { name: "Search space" }).selectOption("nasbench201");
  await trained.waitFor({ state: "detached" });
});

browserTest("TransNAS-Bench-101: tasks with their own figures; what is not computed here is not offered", async ({ open, page }) => {
  await open("#space=transnas101-micro");
  await covered(page, /Over 20[01] cells \(all defined\).*bootstrap/);
  const bar = page.locator(".rank-bar");
  const proxies = await bar.getByRole("combobox", { name: /^Proxy/ }).locator("option").allInnerTexts();
  assert.ok(proxies.includes("average degree") && !proxies.includes("ε") && !proxies.includes("parameters"), String(proxies));
  await page.locator(".rank-summary").getByText(/Not ranked here: parameters, FLOPs, ε/).waitFor();
  await bar.getByText("log error").waitFor();
  await bar.getByRole("combobox", { name: /^against/ }).selectOption("room_layout_test_neg_loss");
  await page.locator(".rank-summary").getByRole("row", { name: /^True rank −\d/ }).waitFor();
  assert.equal(await bar.getByText("log error").count(), 0, "the logarithm of the error needs per cent");
  await page.getByRole("button", { name: /^All 4,096/ }).click();
  await covered(page, /Over 4,096 cells \(all defined\)\./);

  const spaces = page.getByRole("combobox", { name: "Search space" });
  await spaces.selectOption("nasbench201");
  await covered(page, /Over 20[01] cells \(all defined\)/);
  await page.locator(".rank-summary").getByRole("row", { name: /^True rank [\d.]+ %/ }).waitFor();
  await spaces.selectOption("transnas101-micro");
  await covered(page, /Over 4,096 cells \(all defined\)\./);
  await page.locator(".rank-summary").getByRole("row", { name: /^True rank −\d/ }).waitFor();
});

browserTest("DARTS: the surrogate is named as one; ENAS: ranks by score without a true one", async ({ open, page }) => {
  await open("#space=nds-darts");
  await covered(page, /Over 20[01] cells.*bootstrap/);
  await page.locator(".rank-summary").getByRole("row", { name: /^Rank by surrogate/ }).waitFor();
  await page.locator(".rank-side").getByText(/SURROGATE \(predicted, not trained\)/).waitFor();
  await page.goto("about:blank"); // a fragment alone would not load the page anew
  await open("#space=nds-enas&samples=20");
  await page.locator(".rank-summary").getByText(/No known accuracies for ENAS/).waitFor();
  await page.locator(".rank-summary").getByRole("row", { name: /^average degree .*\d top/ }).waitFor();
});
