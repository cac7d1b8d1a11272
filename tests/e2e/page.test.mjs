// The page as a whole: it starts, and says so where it cannot.
import assert from "node:assert/strict";
import { browserTest } from "./browser.mjs";

browserTest("the page loads under a sub-path and its module answers", async ({ open, page, site, axe }) => {
  await open();
  await page.getByRole("heading", { name: "Cellscope" }).first().waitFor();
  await page.waitForFunction(() => performance.getEntriesByType("resource").length > 0);
  await waitUntil(() => site.requests.includes("pkg/cellscope_bg.wasm"), "the module is fetched");
  await axe();
});

browserTest("a browser without WebAssembly SIMD gets a sentence in place of the page", async ({ context, open, page, site, axe }) => {
  await context.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await open();
  await page.getByRole("alert").filter({ hasText: "SIMD" }).waitFor();
  assert.ok(!site.requests.includes("pkg/cellscope_bg.wasm"), "no module is fetched");
  await axe();
});

async function waitUntil(condition, what) {
  for (let wait = 0; wait < 200; wait++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`timed out: ${what}`);
}
