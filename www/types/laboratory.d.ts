// The module `laboratory` as the page sees it: its part of the wasm package's contract and wasm-bindgen's loader.
// The bundler turns `import … from "laboratory"` into an import of `../pkg/laboratory.js` at run time.
export * from "../../src/web/laboratory";

/** Fetches and starts the module; by default `laboratory_bg.wasm` beside it. Call it once before anything else. */
export default function init(options?: {
  module_or_path: string | URL | Response | WebAssembly.Module;
}): Promise<unknown>;
