import init from "cellscope";

await init();
postMessage("The WebAssembly module is loaded.");
export {};
