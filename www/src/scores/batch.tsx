// The mini-batch that ε runs on, shown as thumbnails.
import { useEffect, useRef } from "preact/hooks";
import { call } from "../engine/client.ts";
import { usePromise } from "../engine/known.ts";
import { useStore, type BatchSpec } from "../state/state.ts";

export function batchName(batch: BatchSpec): string {
  switch (batch.kind) {
    case "leaves":
      return `${batch.count} dead leaves, seed ${batch.seed}`;
    case "randn":
      return `${batch.count} white noise, seed ${batch.seed}`;
    case "cifar10":
      return `${batch.count} images of ${batch.name}`;
    case "images":
      return `${batch.count} images: ${batch.name}`;
  }
}

/** The first few images in a line, the batch in words, and the way to another. */
export function BatchStrip({ onChoose }: { onChoose(): void }) {
  const batch = useStore((state) => state.batch);
  return (
    <div class="batch-strip">
      <Pictures batch={batch} count={3} />
      <p class="small">
        <span class="soft">{batchName(batch)} · </span>
        <button type="button" class="link-button" onClick={onChoose}>
          change<span class="hidden-text"> batch or weights</span>
        </button>
      </p>
    </div>
  );
}

/** The first `count` images of a batch, side by side on one canvas. */
export function Pictures({ batch, count }: { batch: BatchSpec; count: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const key = JSON.stringify(batch);
  const { value, failure } = usePromise(`pictures:${key}:${count}`, () => call("batchPictures", [batch, 0, count]));
  const shown = value ? value.rgba.length / 4096 : Math.min(count, batch.count);
  const columns = Math.min(shown, count > 16 ? 16 : count);
  const rows = Math.ceil(shown / Math.max(1, columns));
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!value || !context) return;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    for (let image = 0; image < shown; image++) {
      const pixels = new ImageData(value.rgba.slice(image * 4096, (image + 1) * 4096), 32, 32);
      context.putImageData(pixels, (image % columns) * 34, Math.floor(image / columns) * 34);
    }
  }, [value]);
  if (failure) return <p class="field-error">{failure.message}</p>;
  return (
    <canvas
      ref={canvas}
      class="batch-pictures"
      width={columns * 34 - 2}
      height={rows * 34 - 2}
      role="img"
      aria-label={`The first ${shown} images of the batch`}
    />
  );
}
