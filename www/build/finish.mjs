// Checks each page against its own Content-Security-Policy, then writes the list of the
// build's files and stamps the service worker with it. A file that is not in the list is never requested.
import { transform } from "esbuild";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { inlineCode } from "./inline.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = process.env.TRUNK_STAGING_DIR ?? join(root, "dist");

// Trunk's own instruction for the module means nothing to a browser.
const page = join(dist, "index.html");
const html = readFileSync(page, "utf8").replace(/[ \t]*<link data-trunk rel="rust"[^>]*>\n?/, "");
writeFileSync(page, html);

// wasm-bindgen's loaders come with all its comments, which their declarations hold as well.
for (const name of ["cellscope", "laboratory"]) {
  const loader = join(dist, `pkg/${name}.js`);
  writeFileSync(loader, (await transform(readFileSync(loader, "utf8"), { format: "esm", minify: true })).code);
}

const complaints = walk(dist)
  .filter((path) => path.endsWith(".html"))
  .flatMap((path) => inlineCode(readFileSync(join(dist, path), "utf8")).map((complaint) => `${path}: ${complaint}`));
if (complaints.length > 0) {
  console.error(`a page breaks its Content-Security-Policy:\n  ${complaints.join("\n  ")}`);
  process.exit(1);
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Paths of all files below `folder`, relative to `dist`, with `/`. */
function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [relative(dist, path).split(sep).join("/")];
  });
}

function describe(path) {
  const bytes = readFileSync(join(dist, path));
  return { path, size: bytes.length, sha256: sha256(bytes) };
}

const [, name, version] = /name = "(.*)"\nversion = "(.*)"/.exec(readFileSync(join(root, "Cargo.toml"), "utf8"));
const files = walk(dist)
  .filter((path) => path !== "sw.js" && path !== "files.json")
  .sort()
  .map(describe);
const build = sha256(JSON.stringify(files)).slice(0, 16);

const worker = join(dist, "sw.js");
writeFileSync(worker, readFileSync(worker, "utf8").replaceAll("__BUILD__", build));
files.push(describe("sw.js"));
writeFileSync(join(dist, "files.json"), `${JSON.stringify({ name, version, build, files }, null, 1)}\n`);
if (process.env.CELLSCOPE_SERVE) console.log(`==> built at ${new Date().toLocaleTimeString("en-GB")}: reload the page`);
