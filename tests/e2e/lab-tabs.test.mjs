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
