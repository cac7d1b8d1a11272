// Builds the second WebAssembly module into pkg/: the same crate with the laboratory's exports. Trunk builds one
// module a page.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(process.env.TRUNK_STAGING_DIR ?? join(root, "dist"), "pkg");
const target = "wasm32-unknown-unknown";
mkdirSync(out, { recursive: true });

run(
  "cargo",
  "build",
  "--quiet",
  "--release",
  "--locked",
  "--lib",
  "--target",
  target,
  "--no-default-features",
  "--features",
  "module-laboratory",
);
const built = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), target, "release/cellscope.wasm");
run("wasm-bindgen", built, "--target", "web", "--out-dir", out, "--out-name", "laboratory");
const module = join(out, "laboratory_bg.wasm");
rmSync(join(out, "laboratory_bg.wasm.d.ts")); // of no use to anybody
run("wasm-opt", module, "-O3", "-o", module);

function run(program, ...args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit" });
  if (status === 0) return;
  console.error(
    `the laboratory's module could not be built: ${program} ${error?.message ?? `ended with status ${status}`}`,
  );
  process.exit(1);
}
