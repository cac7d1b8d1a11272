// The mini-batches of ε that a worker has made: each module has its own, as each has its own memory.
import type { Batch } from "../types.ts";
import type { BatchSpec } from "../state/state.ts";
import { failure } from "./worker-loop.ts";

export interface BatchShelf {
  of(spec: BatchSpec): Batch;
  keepFile(file: number, bytes: Uint8Array): void;
}

/** `make`: the module's `Batch`. */
export function batchShelf(make: typeof Batch): BatchShelf {
  const files = new Map<number, Uint8Array>();
  const batches = new Map<string, Batch>();

  function makeBatch(spec: BatchSpec): Batch {
    if ("seed" in spec)
      return spec.kind === "leaves" ? make.leaves(spec.seed, spec.count) : make.randn(spec.seed, spec.count);
    const bytes = files.get(spec.file);
    if (!bytes) throw failure("batch", `the file "${spec.name}" is no longer open in this page`);
    return spec.kind === "cifar10"
      ? make.cifar10(bytes, spec.count, spec.name)
      : make.images(bytes, spec.count, spec.name);
  }

  return {
    of(spec) {
      const key = JSON.stringify(spec);
      const held = batches.get(key);
      if (held) return held;
      const batch = makeBatch(spec);
      if (batches.size >= 4) {
        const [oldest, stale] = [...batches][0]!;
        batches.delete(oldest);
        stale.free();
      }
      batches.set(key, batch);
      return batch;
    },
    keepFile: (file, bytes) => void files.set(file, bytes),
  };
}
