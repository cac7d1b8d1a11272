// The cell editor, the scores and the link, as a student uses them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { browserTest } from "./browser.mjs";

const RESIDUAL = "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|skip_connect~2|";
const link = (cell, more = "") => `#cell=${encodeURIComponent(cell)}${more}`;

/** Waits until the text box holds this cell, which it does once the module has read it. */
const cellIs = (page, cell) => page.waitForFunction((text) => document.querySelector("#arch")?.value === text, cell);
const edge = (page, name) => page.getByRole("button", { name: new RegExp(`^${name}: `) });
const degree = async (page) => Number(await page.locator(".score-figure").first().textContent());

const epsilon = async (page) => page.locator(".score-figure").nth(1).textContent();

/** Opens the page and waits for the first score. */
async function start(open, path = "") {
  const page = await open(path);
  await page.locator(".score-figure").first().waitFor();
  return page;
}

browserTest("an edge is changed by mouse, and the scores and the link follow", async ({ open, axe }) => {
  const page = await start(open);
  const before = await degree(page);
  await edge(page, "input to node 2").click();
  await page.getByRole("menu").waitFor();
  await axe();
  await page.getByRole("menuitemradio", { name: /conv 3×3/ }).click();
  const changed = RESIDUAL.replace("none~0", "nor_conv_3x3~0");
  await cellIs(page, changed);
  await page.waitForFunction((old) => Number(document.querySelector(".score-figure").textContent) > old, before);
  await page.waitForFunction((hash) => location.hash === hash, link(changed));
});

browserTest("an edge is changed by keyboard: numbers, arrows, and the menu", async ({ open }) => {
  const page = await start(open);
  await edge(page, "input to node 1").focus();
  await page.keyboard.press("5");
  await cellIs(page, RESIDUAL.replace("nor_conv_3x3~0", "avg_pool_3x3~0"));
  await page.keyboard.press("ArrowLeft");
  await cellIs(page, RESIDUAL);
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await cellIs(page, RESIDUAL.replace("nor_conv_3x3~0", "nor_conv_1x1~0"));
  // The focus is back on the edge, and Escape leaves the menu without a change.
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("menu").count(), 0);
  assert.match(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), /^input to node 1: conv 1×1/);
});

browserTest("undo and redo take edits back and again, by keys and buttons", async ({ open }) => {
  const page = await start(open);
  await edge(page, "input to node 2").focus();
  await page.keyboard.press("2");
  const first = RESIDUAL.replace("none~0", "skip_connect~0");
  await cellIs(page, first);
  await page.keyboard.press("3");
  await cellIs(page, RESIDUAL.replace("none~0", "nor_conv_1x1~0"));
  await page.keyboard.press("Control+z");
  await cellIs(page, first);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await cellIs(page, RESIDUAL);
  assert.ok(await page.getByRole("button", { name: /^Undo/ }).isDisabled());
  await edge(page, "input to node 2").focus();
  await page.keyboard.press("Control+Shift+z");
  await cellIs(page, first);
});

browserTest("a bad text names and underlines its part and keeps the last good cell", async ({ open, axe }) => {
  const page = await start(open);
  const before = await degree(page);
  await page.locator("#arch").fill(RESIDUAL.replace("nor_conv_3x3~1", "nor_conv_5x5~1"));
  await page.getByText("nor_conv_5x5", { exact: false }).filter({ has: page.getByRole("button", { name: "Back to the last good cell" }) }).waitFor();
  assert.match(await page.locator(".arch-mirror mark").textContent(), /nor_conv_5x5/);
  assert.equal(await degree(page), before);
  assert.equal(await page.locator("#arch").getAttribute("aria-invalid"), "true");
  await axe();
  await page.getByRole("button", { name: "Back to the last good cell" }).click();
  await cellIs(page, RESIDUAL);
});

browserTest("a text pasted on the page loads that cell", async ({ open }) => {
  const page = await start(open);
  const pasted = "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|nor_conv_1x1~2|";
  const paste = (text) =>
    page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  await paste(` ${pasted}\n`);
  await cellIs(page, pasted);
  // Prose is not taken for a cell, and does not stand in its place.
  await paste("a sentence from somewhere else");
  await page.locator(".notices .notice").filter({ hasText: "a sentence from somewhere" }).waitFor();
  await cellIs(page, pasted);
});

browserTest("a link brings back the cell and the settings", async ({ open }) => {
  const cell = "|nor_conv_1x1~0|+|skip_connect~0|nor_conv_3x3~1|+|none~0|avg_pool_3x3~1|skip_connect~2|";
  const page = await start(open, link(cell, "&seed=7"));
  await cellIs(page, cell);
  const seven = await degree(page);
  await page.reload();
  await page.locator(".score-figure").first().waitFor();
  await cellIs(page, cell);
  assert.equal(await degree(page), seven);
  assert.equal(await page.getByRole("alert").count(), 0);
});

browserTest("bad parts of a link are named and the rest is kept", async ({ open, axe }) => {
  const page = await start(open, link("|nor_conv_3x3~0|+|oops~0|", "&seed=99999999999&stem=8"));
  await cellIs(page, RESIDUAL);
  const notices = page.locator(".notices .notice");
  await notices.filter({ hasText: "seed" }).waitFor();
  await notices.filter({ hasText: "cell" }).waitFor();
  assert.ok(!(await notices.allTextContents()).some((text) => text.includes("stem")));
  await page.waitForFunction(() => location.hash.includes("stem=8"));
  await axe();
  await notices.first().getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await notices.count(), 1);
});

browserTest("a cell that is cut off and one without ε are said to be so", async ({ open }) => {
  const page = await start(open, link("|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|none~0|none~1|none~2|"));
  await page.locator(".notice").filter({ hasText: "The output is cut off." }).waitFor();
  await page.getByRole("button", { name: "Presets" }).click();
  await page.getByRole("button", { name: /ε undefined/ }).click();
  await page.getByText("ε will be undefined.").waitFor();
  await page.locator(".score-figure.undefined").waitFor();
  await page.locator(".scores").getByText(/passes a convolution/).first().waitFor();
});

browserTest("presets of known figures are the best and the worst of the table", async ({ open }) => {
  const page = await start(open);
  const load = async (name) => {
    await page.getByRole("button", { name: "Presets" }).click();
    await page.getByRole("button", { name }).click();
  };
  // The first row of the ranks: accuracy and true rank, by the setting that the page starts with.
  const truth = page.locator(".rank-summary tbody tr").first();
  await load(/^Best: CIFAR-10, full/);
  await truth.filter({ hasText: "94.37 %" }).waitFor();
  await truth.locator("td").last().filter({ hasText: /^\s*1\D/ }).waitFor();
  await load(/^Worst: CIFAR-10, full/);
  await truth.filter({ hasText: "10.00 %" }).waitFor();
});

browserTest("a random cell comes from its seed", async ({ open }) => {
  const page = await start(open);
  const draw = async () => {
    const before = await page.locator("#arch").inputValue();
    await page.getByRole("button", { name: "Random" }).click();
    await page.waitForFunction((old) => document.querySelector("#arch").value !== old, before);
    return page.locator("#arch").inputValue();
  };
  const first = await draw();
  const second = await draw();
  assert.notEqual(first, second);
  // The seed shown is the last one drawn; an earlier one typed brings its cell back.
  await page.locator(".region-cell").getByLabel("seed", { exact: true }).fill("0");
  await cellIs(page, first);
});

browserTest("scores are exported with what made them", async ({ open }) => {
  const page = await start(open, link(RESIDUAL, "&seed=5"));
  await page.locator(".scores").getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^CSV/ }).click()]);
  const text = await readFile(await download.path(), "utf8");
  assert.match(text, /^# program: cellscope@/m);
  assert.match(text, /^# network_seed: 5$/m);
  assert.ok(text.includes(`# cell: ${RESIDUAL}`));
  const shown = await degree(page);
  const value = Number(/^average_degree,([^,]+),/m.exec(text)[1]);
  assert.equal(value.toFixed(2), shown.toFixed(2));
});

browserTest("own images become the batch, and leave nothing", async ({ open, axe }) => {
  const page = await start(open);
  const leaves = await epsilon(page);
  assert.match(leaves, /^0\.\d{4}$/);
  await page.getByRole("button", { name: /^change/ }).click();
  await page.getByRole("dialog").getByRole("combobox", { name: "Images" }).selectOption("images");
  const picture = async (hue) => Buffer.from(await page.evaluate((hue) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [50, 40];
    const context = canvas.getContext("2d");
    for (let x = 0; x < 50; x += 5) {
      context.fillStyle = `hsl(${hue + x * 3} 80% ${30 + x}%)`;
      context.fillRect(x, 0, 5, 40);
    }
    return canvas.toDataURL("image/png").split(",")[1];
  }, hue), "base64");
  const files = await Promise.all([0, 90, 200].map(async (hue) => ({ name: `${hue}.png`, mimeType: "image/png", buffer: await picture(hue) })));
  await page.getByLabel("Image files").setInputFiles([...files, { name: "not.png", mimeType: "image/png", buffer: Buffer.from("no image") }]);
  await page.getByText("“not.png” is no image").waitFor();
  await page.getByText("3 images: 0.png and 2 more").first().waitFor();
  await axe();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => location.hash.includes("batch=file:"));
  await page.waitForFunction((old) => document.querySelectorAll(".score-figure")[1].textContent !== old, leaves);
  assert.match(await epsilon(page), /^0\.\d{4}$/);
});

browserTest("a worker that stops is replaced, and the reader is told", async ({ open, expectError }) => {
  const page = await start(open);
  for (const worker of page.workers()) {
    expectError(/stop here/);
    await worker.evaluate(() => void setTimeout(() => { throw new Error("stop here"); })).catch(() => {});
  }
  await page.locator(".notice.error").filter({ hasText: "was restarted" }).first().waitFor();
  await edge(page, "input to node 2").focus();
  await page.keyboard.press("4");
  await cellIs(page, RESIDUAL.replace("none~0", "nor_conv_3x3~0"));
});

browserTest("the theme's switch is obeyed and kept; the dark page reads well", async ({ open, axe, page }) => {
  await start(open);
  await page.getByLabel("Theme").selectOption("dark");
  await axe();
  await page.reload();
  await page.locator(".score-figure").first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
});

for (const width of [320, 360, 768, 1280, 1920]) {
  browserTest(
    `nothing sticks out at a width of ${width}`,
    async ({ open }) => {
      const page = await start(open);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0);
    },
    { viewport: { width, height: 800 } },
  );
}

for (const [what, hash] of [["a first visit", ""], ["a link", link(RESIDUAL)]]) {
  browserTest(`at 1280×800 cell, graph, scores and rank need no scrolling: ${what}`, async ({ open }) => {
    const page = await start(open, hash);
    await page.getByRole("heading", { name: "TG-NAS" }).waitFor();
    await page.getByText("Other measures of the graph").waitFor();
    await page.waitForFunction(() => document.querySelectorAll(".rank-summary tbody tr").length >= 6);
    await page.waitForFunction(() => [...document.querySelectorAll(".rank-summary tbody tr")].every((row) => !row.textContent.includes("Scoring")));
    const bottom = await page.evaluate(() => document.querySelector(".bench").getBoundingClientRect().bottom);
    assert.ok(bottom <= 800, `they end at ${bottom}`);
  });
}
