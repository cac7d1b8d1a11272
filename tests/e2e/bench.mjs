// Opens the built bench page in the browser that CHROME names and prints what it measures, then the download's size.
// Used by `make bench`; no test, because times depend on the machine.
import { benchTasks } from "./bench-tasks.mjs";
import { launch } from "./launch.mjs";
import { serve } from "./server.mjs";
import { BUDGETS, firstScripts, gzipped } from "./size.mjs";

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

function size(title, paths, budget) {
  console.log(`${title.padEnd(52)}${(gzipped(paths) / 1000).toFixed(1).padStart(9)}   budget ${budget / 1000}`);
}

console.log("kilobytes before the first score, gzipped");
size("wasm", ["pkg/cellscope_bg.wasm"], BUDGETS.wasm);
size("JavaScript: the page, its worker, the wasm loader", firstScripts(), BUDGETS.scripts);
size("known figures", ["data/nasbench201.known"], BUDGETS.known);
