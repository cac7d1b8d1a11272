// The fixture of the browser tests: a fresh profile and a fresh server for each, and a watch on all that must not happen.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { launch } from "./launch.mjs";
import { axeSource } from "./packages.mjs";
import { dist, serve } from "./server.mjs";

let launched;
/** The browser of this file's tests; another one if it has crashed. */
async function browser() {
  if (launched && !(await launched).isConnected()) launched = undefined;
  return (launched ??= launch());
}
after(async () => (await launched)?.close());

/**
 * Defines a test that runs on the built page. It fails on what the body asserts, and on any error in the console, page
 * error, violation of the Content-Security-Policy, and request to another origin or to a file outside files.json.
 *
 * One that fails is tried once more, from a fresh profile and server, and says so: a browser on a busy machine may be late
 * where nothing is wrong. What fails twice has failed.
 *
 * @param {string} name
 * @param {(fixture: Fixture) => Promise<void>} body
 * @param {import("playwright-core").BrowserContextOptions & { allow?: string[] }} options of the browser context
 *   (viewport, colour scheme, …); `allow` names further paths that may be requested
 *
 * @typedef {object} Fixture
 * @property {import("playwright-core").Page} page blank until `open`
 * @property {import("playwright-core").BrowserContext} context
 * @property {Awaited<ReturnType<typeof serve>>} site the server
 * @property {string} base address of the page
 * @property {(path?: string) => Promise<import("playwright-core").Page>} open goes to the page, e.g. `open("#…")`
 * @property {(path: string) => Promise<() => void>} hold keeps a file of the site back until what it returns is called
 * @property {() => Promise<void>} axe fails if axe-core finds anything serious or critical
 * @property {(pattern: RegExp) => void} expectError lets one console error pass that matches
 */
export function browserTest(name, body, options = {}) {
  test(name, { timeout: 480_000 }, async (t) => {
    try {
      await attempt(body, options);
    } catch (error) {
      t.diagnostic(`“${name}” failed and is tried once more: ${error?.stack ?? error}`);
      await attempt(body, options);
    }
  });
}

async function attempt(body, { allow = [], ...contextOptions }) {
  const site = await serve();
  const context = await (await browser()).newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
  context.setDefaultTimeout(45_000);
  const watch = await startWatch(context, site, allow);
  const page = await context.newPage();
  try {
    await body({
      page,
      context,
      site,
      base: site.base,
      async open(path = "") {
        await page.goto(site.base + path);
        return page;
      },
      hold: (path) => hold(context, path),
      axe: () => axe(page),
      expectError: (pattern) => watch.expected.push(pattern),
    });
    await page.waitForTimeout(50); // lets the last messages arrive
    assert.deepEqual(watch.complaints(), [], "what must not happen on the page");
  } catch (error) {
    const seen = watch.complaints();
    if (seen.length > 0 && error instanceof Error) error.message += `\nseen on the page:\n  ${seen.join("\n  ")}`;
    throw error;
  } finally {
    await context.close();
    await site.close();
  }
}

/** Collects complaints from every page of the context and from the server. */
async function startWatch(context, site, allow) {
  const list = JSON.parse(await readFile(join(dist, "files.json"), "utf8"));
  const listed = new Set(["", "files.json", ...list.files.map((file) => file.path), ...allow]);
  const expected = [];
  const seen = [];

  // A violation is also an error in the console, but not in every version of Chromium.
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI}`);
    });
  });
  context.on("console", (message) => {
    if (message.type() === "error") seen.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => seen.push(`page error: ${error.error().stack ?? error.error()}`));
  context.on("request", (request) => {
    const url = request.url();
    if (!/^(blob|data):/.test(url) && !url.startsWith(site.base)) seen.push(`request to ${url}`);
  });

  return {
    expected,
    complaints() {
      const requests = new Set(site.requests.filter((path) => !listed.has(path)));
      const left = [...expected];
      const errors = seen.filter((text) => {
        const known = left.findIndex((pattern) => pattern.test(text));
        if (known >= 0) left.splice(known, 1);
        return known < 0;
      });
      return [...errors, ...[...requests].map((path) => `request outside files.json: ${path}`)];
    },
  };
}

async function hold(context, path) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await context.route(`**/${path}`, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** Runs axe-core by the debugging protocol, which the page's policy does not bind. */
async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  assert.deepEqual(serious, [], "axe-core: serious or critical");
}
