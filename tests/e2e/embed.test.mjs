// The README's embedding example, run as it stands: the wasm package without the page around it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { browserTest } from "./browser.mjs";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const example = /<!-- embed: start[^>]*-->\s*```html\n([\s\S]*?)```\s*<!-- embed: end -->/.exec(readme)?.[1];

/** A row of the golden figures. */
const GOLDEN = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|";

browserTest(
  "the README's example scores, draws, ranks and looks up a cell",
  async ({ open, page, site }) => {
    assert.ok(example, "README.md holds the example between its markers");
    assert.ok(example.trimEnd().split("\n").length <= 35, "the example is short");
    // Browsers ask for an icon of their own accord where a page names none.
    site.replace.set("embed.html", example.replace("<title>", '<link rel="icon" href="data:," /><title>'));
    await open("embed.html");
    const shown = async () => JSON.parse(await page.locator("#out").innerText());
    await page.waitForFunction(() => document.getElementById("out").textContent.startsWith("{"));

    await page.locator("#cell").fill(GOLDEN);
    const dense = await shown();
    assert.equal(dense.measures.nodes, 1043);
    assert.equal(dense.measures.edges, 58331);
    assert.ok(Math.abs(dense.measures.averageDegree - 111.85234899328859) < 1e-9);
    assert.equal(dense.firstEdge.length, 3);
    assert.equal(dense.place.cells, 201);
    assert.ok(dense.place.rank >= 1 && dense.place.rank <= 201);
    assert.ok(dense.known.cifar10_test_acc > 90 && dense.known.cifar10_test_acc < 95);

    await page.locator("#cell").fill("|nor_conv_3x3~0|+|nonsense~0|none~1|");
    const wrong = await shown();
    assert.equal(wrong.kind, "parse");
    assert.match(wrong.message, /nonsense/);
    assert.equal(wrong.at.text, "nonsense");
    assert.equal(wrong.at.column, 19);
    assert.equal(wrong.instead.length, 3);
  },
  { allow: ["embed.html"] },
);
