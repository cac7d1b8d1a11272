// What the page must fetch before the first score can be shown.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { dist } from "./server.mjs";

/** A script with all that it imports before it can run. */
function closure(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(join(dist, path), "utf8");
  for (const [, name] of text.matchAll(/\b(?:import|from)\s*"(\.{1,2}\/[^"]+)"/g)) closure(join(dirname(path), name), seen);
  return seen;
}

/** Paths of the page's scripts, its worker's and the wasm loader. */
export const firstScripts = () => new Set([...closure("assets/main.js"), ...closure("assets/worker.js")]);

/** Bytes of files, each gzipped by itself. */
export function gzipped(paths) {
  return [...paths].reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path)), { level: 9 }).length, 0);
}

/** Most bytes, gzipped, before the first score. */
export const BUDGETS = { wasm: 300_000, scripts: 60_000, known: 400_000 };
