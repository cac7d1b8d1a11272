// The tabs of the laboratory: by link, by mouse, by keyboard, on a narrow screen; a panel stays as it was left.
import assert from "node:assert/strict";
import { browserTest } from "./browser.mjs";

const tab = (page, name) => page.getByRole("tab", { name });
const chosen = (page) => page.locator(".lab-tab[aria-selected=true]");

browserTest("a tab that does not exist is named, and the first stands in for it", async ({ open, page, axe }) => {
  await open("#tab=nonsense");
  await page.getByText("There is no tab “nonsense”").waitFor();
  assert.equal(await chosen(page).innerText(), await page.getByRole("tab").first().innerText());
  await page.waitForFunction(() => !location.hash.includes("tab="));
  const panel = page.getByRole("tabpanel", { name: "Rank and correlate" });
  await panel.getByRole("heading", { name: "Proxies against accuracy" }).waitFor();
  assert.equal(await tab(page, "Rank and correlate").getAttribute("aria-controls"), await panel.getAttribute("id"));
  await axe();
});

browserTest("tabs by keyboard; a panel stays as it was left; the link names the tab", async ({ open, page }) => {
  await open();
  await page.locator(".rank-correlations").filter({ hasText: /Over 20[01] cells/ }).waitFor();
  const filter = page.getByRole("searchbox", { name: "Filter" });
  await filter.fill("skip");
  await chosen(page).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await chosen(page).innerText(), "Rank and correlate", "arrows alone open nothing");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const other = await chosen(page).innerText();
  assert.notEqual(other, "Rank and correlate");
  await page.getByRole("tabpanel", { name: other }).waitFor();
  await page.waitForFunction(() => location.hash.includes("tab="));
  assert.ok(!(await filter.isVisible()));
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press(" ");
  assert.equal(await filter.inputValue(), "skip");
  await page.keyboard.press("End");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), await page.getByRole("tab").last().innerText());
  // The link holds it.
  await page.waitForFunction(() => location.hash.includes("filter=skip") && !location.hash.includes("tab="));
  await page.reload();
  await page.getByRole("searchbox", { name: "Filter" }).waitFor();
  assert.equal(await filter.inputValue(), "skip");
});

browserTest("320 px: the strip of tabs scrolls, the page does not", async ({ open, page }) => {
  await open("#tab=search");
  await chosen(page).waitFor();
  // The strip scrolls once it is laid out.
  await page.waitForFunction(() => {
    const tab = document.querySelector(".lab-tab[aria-selected=true]").getBoundingClientRect();
    return tab.width > 0 && tab.left >= 0 && tab.right <= innerWidth && document.documentElement.scrollWidth <= innerWidth;
  });
}, { viewport: { width: 320, height: 700 } });
