// Opens the built bench page in the browser that CHROME names and prints what it measures, then the download's size.
// Used by `make bench`; no test, because times depend on the machine.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { launch } from "./launch.mjs";
import { dist, serve } from "./server.mjs";

const site = await serve();
const browser = await launch();
try {
  const page = await browser.newPage();
  const broken = new Promise((_, reject) => page.on("pageerror", reject)); // a script that cannot even start
  await page.goto(`${site.base}bench.html`);
  const root = page.locator("html[data-state]");
  await Promise.race([root.waitFor({ state: "attached", timeout: 600_000 }), broken]);
  console.log(await page.locator("#results").innerText());
  if ((await root.getAttribute("data-state")) !== "done") process.exitCode = 1;
} finally {
  await browser.close();
  await site.close();
}

const { files } = JSON.parse(readFileSync(join(dist, "files.json"), "utf8"));
const kilobytes = (pattern) =>
  files
    .filter(({ path }) => pattern.test(path))
    .reduce((sum, { path }) => sum + gzipSync(readFileSync(join(dist, path)), { level: 9 }).length / 1000, 0);
const size = (title, pattern, budget) => console.log(`${title.padEnd(52)}${kilobytes(pattern).toFixed(1).padStart(9)}   budget ${budget}`);
console.log("kilobytes, gzipped");
size("wasm", /^pkg\/.*\.wasm$/, 300);
size("JavaScript (the page, its workers, the wasm loader)", /^(assets|pkg)\/(?!bench\.).*\.js$/, 60);
size("data", /^data\//, 400);
