// TG-NAS's predictor as a worker has loaded it: its weights and the vectors of the operators, fetched when first asked for.
import type { Predictor } from "./types.ts";
import { failure } from "./worker-loop.ts";

async function bytesOf(name: string, what: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`../data/${name}`, import.meta.url)).catch(() => {
    throw failure("predictor", `${what} could not be fetched; is there a connection?`);
  });
  if (!response.ok) throw failure("predictor", `${what} could not be loaded (HTTP ${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

/** `make`: the module's `Predictor`. */
export function predictorShelf(make: typeof Predictor): () => Promise<Predictor> {
  let held: Promise<Predictor> | null = null;
  return () => {
    held ??= Promise.all([bytesOf("tgnas.weights", "the weights of TG-NAS"), bytesOf("operators.words", "the operators' vectors")])
      .then(([weights, words]) => make.load(weights, words));
    held.catch(() => (held = null)); // the next request tries again
    return held;
  };
}
