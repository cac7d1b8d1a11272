// The module `cellscope` as the page sees it: the wasm package's contract and wasm-bindgen's loader.
// The bundler turns `import … from "cellscope"` into an import of `../pkg/cellscope.js` at run time.
export * from "../../src/web/types";

/** Fetches and starts the module; by default `cellscope_bg.wasm` beside it. Call it once before anything else. */
export default function init(options?: {
  module_or_path: string | URL | Response | WebAssembly.Module;
}): Promise<unknown>;
