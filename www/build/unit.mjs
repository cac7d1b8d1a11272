// Runs www/test/*.test.ts, which need no browser: bundled one by one into a temporary folder, then `node --test`.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const tests = fileURLToPath(new URL("../test/", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "cellscope-unit-"));
try {
  await build({
    entryPoints: readdirSync(tests)
      .filter((name) => /\.test\.tsx?$/.test(name))
      .map((name) => join(tests, name)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    jsx: "automatic",
    jsxImportSource: "preact",
    sourcemap: "inline",
    logLevel: "warning",
    loader: { ".css": "empty" },
    define: { __SERVICE_WORKER__: "false" },
  });
  const files = readdirSync(out)
    .filter((name) => name.endsWith(".mjs"))
    .map((name) => join(out, name));
  process.exitCode =
    spawnSync(process.execPath, ["--enable-source-maps", "--test", "--test-reporter=spec", ...files], {
      stdio: "inherit",
    }).status ?? 1;
} finally {
  rmSync(out, { recursive: true });
}
