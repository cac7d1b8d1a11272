// The editors of the other spaces, and the switch between them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { browserTest } from "./browser.mjs";

const RESIDUAL = "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|skip_connect~2|";
const RESNET = "4:0101001000010000:input|conv3x3-bn-relu|conv3x3-bn-relu|output";
const SPACES = [
  "nasbench201", "nasbench101", "transnas101-micro", "transnas101-macro", "nds-darts", "nds-enas", "nds-pnas", "nds-nasnet", "nds-amoeba",
];

const link = (space, more = "") => `#space=${space}${more}`;
const cellIs = (page, cell) => page.waitForFunction((text) => document.querySelector("#arch")?.value === text, cell);
const text = (page) => page.locator("#arch").inputValue();
const degree = async (page) => Number(await page.locator(".score-figure").first().textContent());
const switchTo = (page, label) => page.getByRole("combobox", { name: "Search space" }).selectOption({ label });
const panel = (page) => page.locator(".region-cell");

/** Opens a space and waits for its editor and the first score. */
async function start(open, space, more) {
  const page = await open(link(space, more));
  await page.locator(".score-figure").first().waitFor();
  await panel(page).locator("svg.dag").waitFor();
  return page;
}

function paste(page, pasted) {
  return page.evaluate((content) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", content);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, pasted);
}

browserTest("each space keeps its cell, its history and its settings", async ({ open }) => {
  const page = await open();
  await page.locator(".score-figure").first().waitFor();
  await page.getByRole("button", { name: /^input to node 2: / }).focus();
  await page.keyboard.press("4");
  const changed = RESIDUAL.replace("none~0", "nor_conv_3x3~0");
  await cellIs(page, changed);
  await switchTo(page, "NAS-Bench-101");
  await cellIs(page, RESNET);
  await page.getByRole("textbox", { name: "Stem channels" }).fill("8");
  await page.getByRole("button", { name: "Add vertex" }).click();
  await page.waitForFunction(() => document.querySelector("#arch").value.startsWith("5:"));
  await page.waitForFunction(() => location.hash.includes("space=nasbench101") && location.hash.includes("stem=8"));
  await switchTo(page, "NAS-Bench-201");
  await cellIs(page, changed);
  assert.equal(await page.getByRole("textbox", { name: "Stem channels" }).inputValue(), "16");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await cellIs(page, RESIDUAL);
  await switchTo(page, "NAS-Bench-101");
  assert.match(await text(page), /^5:/);
  assert.equal(await page.getByRole("textbox", { name: "Stem channels" }).inputValue(), "8");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await cellIs(page, RESNET);
});

browserTest("every space opens with a cell that scores, and reads well", async ({ open, axe }) => {
  const page = await start(open, "nasbench101");
  for (const space of SPACES) {
    const label = await page.locator(`option[value="${space}"]`).textContent();
    await switchTo(page, label);
    await page.waitForFunction((id) => location.hash.includes(`space=${id}`) || id === "nasbench201", space);
    await panel(page).locator("svg.dag").waitFor();
    await page.waitForFunction(() => Number(document.querySelector(".score-figure")?.textContent) > 0);
    await axe();
  }
});

browserTest("a vertex is changed by keyboard: operation, place, removal; by menu: edges", async ({ open, axe }) => {
  const page = await start(open, "nasbench101");
  const vertex = (number) => panel(page).locator(`[data-vertex="${number}"]`);
  await vertex(1).focus();
  await page.keyboard.press("2");
  await cellIs(page, RESNET.replace("conv3x3-bn-relu", "conv1x1-bn-relu"));
  await page.keyboard.press("ArrowLeft");
  await cellIs(page, RESNET);
  await page.keyboard.press("Enter");
  const menu = page.getByRole("dialog", { name: "vertex 1" });
  await menu.waitFor();
  await axe();
  await menu.getByRole("button", { name: "Edge to output" }).click();
  await cellIs(page, RESNET.replace("0101001000010000", "0101001100010000"));
  await page.keyboard.press("Escape");
  assert.equal(await menu.count(), 0);
  assert.match(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), /^vertex 1: conv 3×3/);
  await page.keyboard.press("Delete");
  await cellIs(page, "3:001001000:input|conv3x3-bn-relu|output");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await cellIs(page, RESNET);
});

browserTest("vertices are joined by dragging and parted by pressing the edge; the matrix does the same", async ({ open }) => {
  const page = await start(open, "nasbench101");
  const centre = async (number) => {
    const box = await panel(page).locator(`[data-vertex="${number}"] rect`).boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  await page.mouse.move(...(await centre(1)));
  await page.mouse.down();
  await page.mouse.move(...(await centre(2)), { steps: 4 });
  await page.mouse.move(...(await centre(3)), { steps: 4 });
  await page.mouse.up();
  const joined = RESNET.replace("0101001000010000", "0101001100010000");
  await cellIs(page, joined);
  await panel(page).locator('[data-wire="1-3"]').focus();
  await page.keyboard.press("Enter");
  await cellIs(page, RESNET);
  await panel(page).getByText("Adjacency matrix").click();
  await panel(page).locator(".matrix").getByRole("button", { name: "Edge from vertex 1 to output" }).click();
  await cellIs(page, joined);
});

browserTest("a cell that breaks a rule is named and drawn, the last valid one stays scored", async ({ open, axe }) => {
  const page = await start(open, "nasbench101");
  const before = await degree(page);
  const hash = await panel(page).locator(".spec-hash code").textContent();
  assert.match(hash, /^[0-9a-f]{32}$/);
  await panel(page).locator('[data-wire="0-3"]').focus();
  await page.keyboard.press("Delete");
  await page.waitForFunction((old) => Number(document.querySelector(".score-figure").textContent) !== old, before);
  const chain = await degree(page);
  await panel(page).locator('[data-wire="0-1"]').focus();
  await page.keyboard.press("Delete");
  await panel(page).getByText("No path joins the input and the output.").waitFor();
  assert.match(await text(page), /^4:0000/);
  assert.equal(await page.locator("#arch").getAttribute("aria-invalid"), "true");
  assert.equal(await degree(page), chain);
  assert.ok(!(await page.evaluate(() => location.hash)).includes("0000001"));
  await axe();
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => !document.querySelector("#arch").value.startsWith("4:0000"));
  assert.equal(await panel(page).locator(".notice.error").count(), 0);
  await page.keyboard.press("Control+Shift+z");
  await panel(page).getByRole("button", { name: "Back to it" }).click();
  await cellIs(page, RESNET.replace("0101", "0100"));
});

browserTest("a cell is read as nasbench writes it: JSON and ModelSpec", async ({ open }) => {
  const page = await start(open, "nasbench101");
  await paste(page, '{"module_adjacency": [[0,1,1],[0,0,1],[0,0,0]],\n "module_operations": ["input", "maxpool3x3", "output"], "trainable_parameters": 1}');
  await cellIs(page, "3:011001000:input|maxpool3x3|output");
  await paste(page, "api.ModelSpec(\n  matrix=[[0, 1, 0],\n          [0, 0, 1],\n          [0, 0, 0]],\n  ops=[INPUT, CONV1X1, OUTPUT])");
  await cellIs(page, "3:010001000:input|conv1x1-bn-relu|output");
});

browserTest("TransNAS micro: edges, index and link", async ({ open }) => {
  const page = await start(open, "transnas101-micro");
  await page.getByRole("button", { name: /^input to node 2: none/ }).focus();
  await page.keyboard.press("3");
  await cellIs(page, "64-41414-3_23_101");
  await panel(page).getByLabel("Cell", { exact: true }).fill("4095");
  await cellIs(page, "64-41414-3_33_333");
  await page.getByRole("combobox", { name: "Task" }).selectOption("autoencoder");
  await page.waitForFunction(() => location.hash.includes("task=autoencoder"));
  assert.ok(await page.locator('option[value="jigsaw"]').isDisabled());
  assert.match(await page.locator(".scores").textContent(), /Not offered in this space/);
});

browserTest("TransNAS macro: switches, rules, adding and removing blocks", async ({ open, axe }) => {
  const page = await start(open, "transnas101-macro");
  const block = (number) => panel(page).getByRole("group", { name: new RegExp(`^Block ${number}:`) });
  await block(1).getByRole("button", { name: /halve the side/ }).click();
  await cellIs(page, "64-3234-basic");
  await page.getByRole("button", { name: "Add block" }).click();
  await cellIs(page, "64-32341-basic");
  await block(2).getByRole("button", { name: "Remove block 2" }).click();
  await cellIs(page, "64-3341-basic");
  const before = await degree(page);
  await block(3).getByRole("button", { name: /double the channels/ }).click();
  await panel(page).getByText("1 to 3 blocks must double the channels, not 0.").waitFor();
  await axe();
  assert.equal(await text(page), "64-3331-basic");
  assert.equal(await degree(page), before);
  await block(4).getByRole("button", { name: /double the channels/ }).click();
  await cellIs(page, "64-3332-basic");
  await panel(page).getByLabel("Cell", { exact: true }).fill("0");
  await cellIs(page, "64-4111-basic");
});

browserTest("DARTS: two cells, rows and drawing, lists, undo", async ({ open, axe }) => {
  const page = await start(open, "nds-darts");
  const genotype = async () => JSON.parse(await text(page));
  const is = (find, value) => page.waitForFunction(
    ([key, at, wanted]) => JSON.stringify(JSON.parse(document.querySelector("#arch").value)[key][at]) === wanted, [...find, JSON.stringify(value)]);
  await page.getByRole("combobox", { name: "Second operation of node 3", exact: true }).selectOption("skip_connect");
  await is(["normal", 3], ["skip_connect", 1]);
  await page.getByRole("combobox", { name: "Second operation of node 3 reads" }).selectOption("2");
  await is(["normal", 3], ["skip_connect", 2]);
  await page.getByRole("button", { name: /^node 2 to node 3: skip/ }).focus();
  await page.keyboard.press("5");
  await is(["normal", 3], ["sep_conv_3x3", 2]);
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  await axe();
  await page.getByRole("menuitemradio", { name: /dil conv 5×5/ }).click();
  await is(["normal", 3], ["dil_conv_5x5", 2]);
  await page.getByRole("tab", { name: "Normal cell" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.getByRole("tab", { name: "Reduction cell" }).getAttribute("aria-selected"), "true");
  await page.getByRole("button", { name: "Join node 3" }).click();
  await page.waitForFunction(() => JSON.stringify(JSON.parse(document.querySelector("#arch").value).reduce_concat) === "[2,4,5]");
  await panel(page).getByText(/In NASGraph’s network this cell joins 2, 3, 4, 5/).waitFor();
  await axe();
  assert.deepEqual((await genotype()).normal_concat, [2, 3, 4, 5]);
  for (let k = 0; k < 5; k++) await page.getByRole("button", { name: /^Undo/ }).click();
  assert.ok(await page.getByRole("button", { name: /^Undo/ }).isDisabled());
});

browserTest("DARTS: what its code prints is read; width and depth change the network", async ({ open }) => {
  const page = await start(open, "nds-darts");
  await paste(page, `DARTS_V1 = Genotype(normal=[('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 0), ('sep_conv_3x3', 1),
    ('skip_connect', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 2)], normal_concat=range(2, 6),
    reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 0), ('max_pool_3x3', 0),
    ('skip_connect', 2), ('skip_connect', 2), ('avg_pool_3x3', 0)], reduce_concat=range(2, 6))`);
  await page.waitForFunction(() => document.querySelector("#arch").value.startsWith('{"normal": [["sep_conv_3x3", 1]'));
  await page.waitForFunction(() => location.hash.includes("sep_conv_3x3%22%2C%201") || location.hash.includes("sep_conv_3x3%22,%201"));
  const before = await page.locator(".graph-counts").textContent();
  await page.locator(".region-graph").getByLabel("Cells", { exact: true }).fill("4");
  await page.waitForFunction((old) => document.querySelector(".graph-counts").textContent !== old, before);
  await page.waitForFunction(() => location.hash.includes("layers=4"));
});

browserTest("published genotypes are presets; one with other operations says so", async ({ open }) => {
  const page = await start(open, "nds-darts");
  await page.getByRole("button", { name: "Presets" }).click();
  const nasnet = page.getByRole("button", { name: /^NASNet-A/ });
  assert.ok(await nasnet.isDisabled());
  assert.match(await nasnet.textContent(), /sep_conv_7x7/);
  await page.getByRole("button", { name: /^DARTS v1/ }).click();
  await page.waitForFunction(() => document.querySelector("#arch").value.includes('["avg_pool_3x3", 0]'));
});

browserTest("the best known cells are looked up in the tables", async ({ open }) => {
  const page = await start(open, "nasbench101");
  const load = async (name) => {
    await page.getByRole("button", { name: "Presets" }).click();
    await page.getByRole("button", { name }).click();
  };
  await load(/^Best: .*94\.91 %/);
  await panel(page).locator(".spec-hash code").filter({ hasText: "096f593e0f12d65f6220bf8565b764a9" }).waitFor();
  await switchTo(page, "TransNAS-Bench-101 macro");
  await panel(page).locator("svg.macro-row").waitFor();
  await load(/^Best: Objects.*54\.35 %/);
  await cellIs(page, "64-212141-basic");
});

browserTest("ε that is rounding noise is called zero; where it is not offered, the page says why", async ({ open }) => {
  const page = await start(open, "nasbench101", "&cell=2:0100:input%7Coutput");
  await page.locator(".scores").getByText(/^Zero to 32-bit precision/).waitFor();
  assert.equal(await page.locator(".score-figure").nth(1).textContent(), "zero");
  await switchTo(page, "DARTS (NDS)");
  await page.locator(".scores").getByText(/^Not offered in this space/).waitFor();
  await page.locator(".scores").getByText(/no closed form/).waitFor();
  assert.equal(await page.locator(".scores").getByText(/^w = /).count(), 0);
});

browserTest("NDS: parameters and FLOPs are of DARTS's network, which is named; the surrogate's settings do not change them", async ({ open }) => {
  const page = await start(open, "nds-darts", "&width=4&layers=5");
  const figures = page.locator(".scores .cost-figure");
  await figures.nth(1).waitFor();
  assert.deepEqual(await figures.allTextContents(), ["3.35 M", "528 M"]);
  await page.locator(".scores").getByText("36 channels, 20 cells, CIFAR-10, no auxiliary head", { exact: true }).waitFor();
  await page.getByRole("button", { name: "About parameters" }).click();
  await page.getByText(/authors of DARTS judge a pair of cells.*Here 3,349,342\./).waitFor();
  await page.keyboard.press("Escape");
  await switchTo(page, "Amoeba (NDS)");
  await page.waitForFunction(() => document.querySelector(".scores .cost-figure")?.textContent === "3.15 M");
  await switchTo(page, "TransNAS-Bench-101 micro");
  await page.locator(".scores").getByText(/are not counted, for the same reason/).waitFor();
});

browserTest("pointing at a part of the cell lights it in the other views", async ({ open }) => {
  const page = await start(open, "nds-darts");
  await page.getByRole("combobox", { name: "First operation of node 5", exact: true }).hover();
  await panel(page).locator('[data-edge="6"].lit').waitFor();
  await panel(page).locator('[data-edge="6"] .dag-pill').hover();
  assert.equal(await panel(page).locator(".nds-pair.lit select").first().getAttribute("aria-label"), "First operation of node 5");
  await switchTo(page, "TransNAS-Bench-101 macro");
  await panel(page).getByRole("group", { name: /^Block 3:/ }).getByRole("button").first().hover();
  await panel(page).locator(".macro-block.lit").waitFor();
});

browserTest("a NAS-Bench-101 cell is exported as nasbench keeps it", async ({ open }) => {
  const page = await start(open, "nasbench101");
  await panel(page).getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^nasbench JSON/ }).click()]);
  const { module_adjacency, module_operations, provenance } = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.deepEqual(module_adjacency, [[0, 1, 0, 1], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]]);
  assert.equal(module_operations.join("|"), RESNET.split(":")[2]);
  assert.equal(provenance.space, "nasbench101");
});

const MEGABYTE = "x".repeat(1_000_000);
const HOSTILE = {
  nasbench101: [
    ["4:0101001000010010:input|conv3x3-bn-relu|conv3x3-bn-relu|output", /must lead to a later vertex/], // a cycle
    ["3:010001000:input|conv9x9|output", /conv9x9/],
    ["9:0:input|output", /number of vertices/],
    ['{"module_adjacency": [[0,5],[0,0]], "module_operations": ["input","output"]}', /0 and 1 only/],
    [`{"module_adjacency": ${"[".repeat(3000)}`, /JSON/],
    [MEGABYTE, /1,000,000 characters/],
  ],
  "transnas101-macro": [["64-9999-basic", /digit 1 to 4/], ["64-1111-basic", /double/], [MEGABYTE, /1,000,000 characters/]],
  "transnas101-micro": [["64-41414-4_00_000", /digit 0 to 3/], [MEGABYTE, /1,000,000 characters/]],
  "nds-amoeba": [
    ['{"normal": [["sep_conv_9x9", 0], ["skip_connect", 1]], "normal_concat": [2], "reduce": [["skip_connect", 0], ["skip_connect", 1]], "reduce_concat": [2]}', /sep_conv_9x9/],
    ['{"normal": [["skip_connect", 2], ["skip_connect", 1]], "normal_concat": [2], "reduce": [["skip_connect", 0], ["skip_connect", 1]], "reduce_concat": [2]}', /must read an earlier one/], // a cycle
    ["Genotype(normal=[('skip_connect', 0), ('skip_connect', 1)], normal_concat=range(0, 99999999), reduce=[], reduce_concat=[])", /the same even number/],
    [`Genotype(${"(".repeat(7000)}`, /not a genotype/],
    [MEGABYTE, /1,000,000 characters/],
  ],
};
for (const [space, texts] of Object.entries(HOSTILE)) {
  browserTest(`hostile pastes into ${space} get a clear message, and the page stays alive`, async ({ open }) => {
    const page = await start(open, space);
    const cell = await page.evaluate(() => decodeURIComponent(/cell=([^&]*)/.exec(location.hash)[1]));
    for (const [hostile, message] of texts) {
      await paste(page, hostile);
      await page.locator("#arch-error").filter({ hasText: message }).waitFor();
      assert.ok((await page.locator("#arch-error").textContent()).length < 400);
      await page.getByRole("button", { name: "Back to the last good cell" }).click();
      await cellIs(page, cell);
    }
    // Still answering.
    const before = await text(page);
    await page.getByRole("button", { name: "Random" }).click();
    await page.waitForFunction((old) => document.querySelector("#arch").value !== old, before);
    await page.waitForFunction(() => Number(document.querySelector(".score-figure")?.textContent) > 0);
  });
}

browserTest("a link to another space is checked like any other", async ({ open }) => {
  const page = await open(`#space=nds-pnas&cell=${encodeURIComponent('{"normal": 1}')}&layers=99&stem=8`);
  const notices = page.locator(".notices .notice");
  await notices.filter({ hasText: "cell" }).first().waitFor();
  await notices.filter({ hasText: "layers" }).first().waitFor();
  await notices.filter({ hasText: "stem" }).first().waitFor();
  await page.waitForFunction(() => document.querySelector("#arch")?.value.includes("sep_conv_7x7"));
});

browserTest(
  "nothing sticks out at 360 px in any space, and vertices are joined by touch",
  async ({ open }) => {
    const page = await start(open, "nasbench101");
    for (const space of SPACES) {
      await page.getByRole("combobox", { name: "Search space" }).selectOption(space);
      await panel(page).locator("svg.dag").waitFor();
      await page.waitForFunction(() => Number(document.querySelector(".score-figure")?.textContent) > 0);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0, space);
    }
    await page.getByRole("combobox", { name: "Search space" }).selectOption("nasbench101");
    await cellIs(page, RESNET);
    await panel(page).locator('[data-vertex="2"]').tap();
    const menu = page.getByRole("dialog", { name: "vertex 2" });
    await menu.getByRole("button", { name: "Edge from input" }).tap();
    await cellIs(page, RESNET.replace("0101", "0111"));
  },
  { viewport: { width: 360, height: 740 }, hasTouch: true },
);
