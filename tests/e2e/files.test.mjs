// The list of the build's files, which the service worker and the other tests rely on.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dist } from "./server.mjs";
import { BUDGETS, firstScripts, gzipped } from "./size.mjs";

const list = JSON.parse(readFileSync(join(dist, "files.json"), "utf8"));

test("files.json names every file of the build with its size and hash", () => {
  const found = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length))
    .filter((path) => path !== "files.json");
  assert.deepEqual(list.files.map((file) => file.path).sort(), found.sort());
  for (const { path, size, sha256 } of list.files) {
    const bytes = readFileSync(join(dist, path));
    assert.equal(bytes.length, size, path);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256, path);
  }
});

test("the wasm package is at its fixed place, with types", () => {
  for (const name of ["cellscope.js", "cellscope_bg.wasm", "cellscope.d.ts"]) {
    assert.ok(list.files.some((file) => file.path === `pkg/${name}`), name);
  }
});

test("the service worker carries the build that the list names", () => {
  assert.match(list.build, /^[0-9a-f]{16}$/);
  assert.ok(readFileSync(join(dist, "sw.js"), "utf8").includes(list.build));
});

test("the module exports all that its declarations promise", async () => {
  const declared = readFileSync(join(dist, "pkg/cellscope.d.ts"), "utf8");
  const module = await import(join(dist, "pkg/cellscope.js"));
  const names = [...declared.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name);
  assert.ok(names.includes("score") && names.includes("Sweep"));
  assert.deepEqual(names.filter((name) => typeof module[name] !== "function"), []);
});

test("what the first score needs is within its budget", () => {
  const scripts = firstScripts();
  assert.ok(scripts.has("pkg/cellscope.js"), [...scripts].join(" "));
  for (const [paths, budget] of [[["pkg/cellscope_bg.wasm"], BUDGETS.wasm], [scripts, BUDGETS.scripts], [["data/nasbench201.known"], BUDGETS.known]]) {
    const bytes = gzipped(paths);
    assert.ok(bytes <= budget, `${bytes} bytes gzipped, ${budget} allowed: ${[...paths].join(" ")}`);
  }
});
