// Opens the built bench page in the browser that CHROME names and prints what it measures, then the download's size.
// Used by `make bench`; no test, because times depend on the machine.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { benchTasks } from "./bench-tasks.mjs";
import { launch } from "./launch.mjs";
import { dist, serve } from "./server.mjs";

const site = await serve();
const browser = await launch();
try {
  const page = await browser.newPage();
  const broken = new Promise((_, reject) => page.on("pageerror", reject)); // a script that cannot even start
  await page.goto(`${site.base}bench.html`);
  const results = page.locator("#results");
  let printed = 0;
  const follow = async () => {
    const text = await results.evaluate((element) => element.textContent);
    process.stdout.write(text.slice(printed));
    printed = text.length;
  };
  const root = page.locator("html[data-state]");
  const ended = Promise.race([root.waitFor({ state: "attached", timeout: 900_000 }), broken]);
  const ticker = setInterval(() => void follow().catch(() => {}), 1000);
  await ended.finally(() => clearInterval(ticker));
  await follow();
  if ((await root.getAttribute("data-state")) !== "done") process.exitCode = 1;
  await benchTasks(browser, site.base);
} finally {
  await browser.close();
  await site.close();
}

/** A script with all that it imports before it can run. */
function closure(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(join(dist, path), "utf8");
  for (const [, name] of text.matchAll(/\b(?:import|from)\s*"(\.{1,2}\/[^"]+)"/g)) closure(join(dirname(path), name), seen);
  return seen;
}

function size(title, paths, budget) {
  const bytes = [...paths].reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path)), { level: 9 }).length, 0);
  console.log(`${title.padEnd(52)}${(bytes / 1000).toFixed(1).padStart(9)}   budget ${budget}`);
}

console.log("kilobytes before the first score, gzipped");
size("wasm", ["pkg/cellscope_bg.wasm"], 300);
size("JavaScript: the page, its worker, the wasm loader", [...closure("assets/main.js"), ...closure("assets/worker.js")], 60);
size("known figures", ["data/nasbench201.known"], 400);
