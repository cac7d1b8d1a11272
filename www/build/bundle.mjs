// Bundles the page's TypeScript into assets/. Trunk runs it before the build and names the folder to write to.
import { build } from "esbuild";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const www = fileURLToPath(new URL("..", import.meta.url));
const out = process.env.TRUNK_STAGING_DIR ?? `${www}/../dist`;
const release = process.env.TRUNK_PROFILE !== "debug";

/** Imports of the modules that wasm-bindgen writes stay imports, by relative address. */
const wasmModule = {
  name: "wasm-module",
  setup(context) {
    context.onResolve({ filter: /^(cellscope|laboratory)$/ }, ({ path }) => ({
      path: `../pkg/${path}.js`,
      external: true,
    }));
  },
};

/** What every bundle shares. */
const options = {
  absWorkingDir: www,
  bundle: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  minify: release,
  sourcemap: release ? false : "inline",
  legalComments: "eof",
  charset: "utf8",
  logLevel: "warning",
  loader: { ".svg": "file", ".woff2": "file" },
  assetNames: "[name]",
  define: {
    // `make serve` must not leave a service worker in the developer's browser.
    __SERVICE_WORKER__: process.env.CELLSCOPE_SERVE ? "false" : "true",
  },
};

await build({
  ...options,
  // All in one folder: the workers import the modules by an address relative to it.
  entryPoints: { main: "src/app/main.tsx", worker: "src/engine/worker.ts", "lab-worker": "src/engine/lab-worker.ts" },
  outdir: `${out}/assets`,
  // What is imported on demand (below the first screen, dialogs) is a file of its own.
  splitting: true,
  chunkNames: "[name]-[hash]",
  plugins: [wasmModule],
});

// By itself: what it shares with the page would else be cut into more, smaller files.
await build({ ...options, entryPoints: { bench: "src/app/bench.ts" }, outdir: `${out}/assets`, plugins: [wasmModule] });

// At the root, because a service worker controls only what lies beside and below it.
const worker = process.env.CELLSCOPE_SERVE ? "src/sw/off.ts" : "src/sw/sw.ts";
await build({ ...options, format: "iife", entryPoints: { sw: worker }, outdir: out });

// Copied as they are, but for notes to developers: data/ (tables that the page loads on demand), static/ (to the root).
for (const [from, to] of [
  ["data", "data"],
  ["static", ""],
]) {
  if (existsSync(`${www}/${from}`)) {
    cpSync(`${www}/${from}`, `${out}/${to}`, { recursive: true, filter: (path) => !path.endsWith(".md") });
  }
}

// What the licences ask to go with every copy.
const texts = ["../NOTICE", "../LICENSE", "node_modules/preact/LICENSE"];
const rule = `\n\n${"-".repeat(80)}\n\n`;
writeFileSync(
  `${out}/licenses.txt`,
  `${texts.map((path) => readFileSync(`${www}/${path}`, "utf8").trim()).join(rule)}\n`,
);
