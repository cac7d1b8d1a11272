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

browserTest("explanations of the scores are fetched when they are asked for, and open with their text", async ({ open, page, site, axe }) => {
  await open();
  await page.getByText("w = ").first().waitFor();
  const fetched = () => site.requests.filter((path) => /^assets\/about-/.test(path)).length;
  const note = page.getByRole("note");
  // An empty box would be seen, and placed wrongly.
  await page.evaluate(() => {
    globalThis.empty = 0;
    new MutationObserver(() => {
      const box = document.querySelector('.scores [role="note"]');
      if (box && box.textContent.trim() === "") globalThis.empty++;
    }).observe(document.querySelector(".scores"), { subtree: true, childList: true });
  });
  for (const [name, text] of [["the average degree", "2 · edges / nodes"], ["ε", "runs twice on the same images"], ["parameters", "Trainable weights"], ["FLOPs", "Multiply-accumulates"]]) {
    await page.locator(".scores").getByRole("button", { name: `About ${name}`, exact: true }).click();
    await note.filter({ hasText: text }).waitFor();
    await page.keyboard.press("Escape");
    await note.waitFor({ state: "detached" });
  }
  assert.equal(await page.evaluate(() => globalThis.empty), 0);
  assert.ok(fetched() > 0);
  await axe();
});

async function waitUntil(condition, what) {
  for (let wait = 0; wait < 200; wait++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`timed out: ${what}`);
}
