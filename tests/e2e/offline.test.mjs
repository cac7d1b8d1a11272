// The service worker: offline after the first load, a new build at the next one, nothing outside the list.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { browserTest } from "./browser.mjs";
import { dist } from "./server.mjs";

const kept = (page) =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("cellscope-"));
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return { names, paths: requests.flat().map((request) => request.url.slice(new URL("./", location.href).href.length)) };
  });

/** Waits until a service worker answers this page's requests. */
const controlled = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    }
  });

/** Fetches a new build, as the browser does in its own time, and waits until it is whole. */
async function fetchUpdate(page) {
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
}

browserTest("after the first load the page works with the server gone", async ({ open, page, site }) => {
  await open();
  await controlled(page);
  const list = JSON.parse(await readFile(join(dist, "files.json"), "utf8"));
  const { names, paths } = await kept(page);
  assert.equal(names.length, 1);
  const expected = [...list.files.map((file) => file.path).filter((path) => path !== "sw.js"), "files.json"];
  assert.deepEqual(paths.sort(), expected.sort(), "exactly the listed files are kept");

  await site.close();
  await page.reload();
  await page.getByRole("heading", { name: "Cellscope" }).first().waitFor();
  const size = await page.evaluate(async () => (await (await fetch("pkg/cellscope_bg.wasm")).arrayBuffer()).byteLength);
  assert.equal(size, list.files.find((file) => file.path === "pkg/cellscope_bg.wasm").size);
});

browserTest("a new build takes over at a reload, whole", async ({ open, page, site }) => {
  await open();
  await controlled(page);
  const before = await kept(page);

  await publish(site, "the next build");
  // The first reload still shows the old build and fetches the new one in the background; the next one may take over.
  await page.reload();
  await fetchUpdate(page);
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset.build === "the next build");
  await controlled(page);
  await page.waitForFunction(async () => (await caches.keys()).length === 1);
  const after = await kept(page);
  assert.notEqual(after.names[0], before.names[0]);
  assert.deepEqual(after.paths.sort(), before.paths.sort());
});

browserTest("with two pages open the new build waits", async ({ open, page, context, base, site }) => {
  await open();
  await controlled(page);
  const other = await context.newPage();
  await other.goto(base);
  await publish(site, "the next build");
  await fetchUpdate(page);
  await page.reload();
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting?.state === "installed");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.build), undefined);

  // The browser may count a closed page for a while longer: then a later load takes over.
  await other.close();
  for (let load = 0; load < 8; load++) {
    await page.reload();
    const taken = page.waitForFunction(() => document.documentElement.dataset.build === "the next build", null, { timeout: 5000 });
    if (await taken.then(() => true, () => false)) return;
  }
  assert.fail("the new build did not take over in eight loads after the other page was closed");
});

browserTest("a file that is not the listed one is refused", async ({ open, page, site }) => {
  site.replace.set("assets/worker.js", "// not what the list says");
  await open();
  const refused = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.register("./sw.js").catch((error) => error);
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    if (!worker) return "redundant";
    while (worker.state === "installing") await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
    return worker.state;
  });
  assert.equal(refused, "redundant");
});

/** Serves a build that differs by a mark on its page. */
async function publish(site, mark) {
  const html = (await readFile(join(dist, "index.html"), "utf8")).replace("<html", `<html data-build="${mark}"`);
  const list = JSON.parse(await readFile(join(dist, "files.json"), "utf8"));
  const worker = await readFile(join(dist, "sw.js"), "utf8");
  const old = list.build;
  list.build = "0123456789abcdef";
  const page = list.files.find((file) => file.path === "index.html");
  page.size = Buffer.byteLength(html);
  page.sha256 = createHash("sha256").update(html).digest("hex");
  site.replace.set("index.html", html);
  site.replace.set("files.json", JSON.stringify(list));
  site.replace.set("sw.js", worker.replaceAll(old, list.build));
}
