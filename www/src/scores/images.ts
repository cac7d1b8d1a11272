// The user's own images as a batch: decoded by the browser, cropped to the central square, resized to 32×32.
import { keepFile } from "../engine/client.ts";
import { LIMITS, type BatchSpec } from "../state/state.ts";

const SIDE = 32;
/** Bytes of a record of a CIFAR-10 binary file: a label and three planes. */
const CIFAR_RECORD = 1 + 3 * SIDE * SIDE;
const [FEWEST, MOST] = LIMITS.batchCount;

/** RGBA bytes of one image file, 32×32×4. Transparent parts are white. */
async function decode(file: File, context: OffscreenCanvasRenderingContext2D): Promise<Uint8ClampedArray> {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const left = (picture.width - side) / 2;
  const top = (picture.height - side) / 2;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, SIDE, SIDE);
  context.drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE);
  picture.close();
  return context.getImageData(0, 0, SIDE, SIDE).data;
}

/** Makes a batch of image files. Those that cannot be decoded are left out and named in `problems`. */
async function imageBatch(files: readonly File[]): Promise<{ batch: BatchSpec | null; problems: string[] }> {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext("2d", { willReadFrequently: true })!;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  const problems: string[] = [];
  const images: Uint8ClampedArray[] = [];
  if (files.length > MOST) problems.push(`Only the first ${MOST} of ${files.length} images are used.`);
  for (const file of files.slice(0, MOST)) {
    try {
      images.push(await decode(file, context));
    } catch {
      problems.push(`“${file.name}” is no image that this browser can read.`);
    }
  }
  if (images.length < FEWEST) {
    problems.push(`ε compares images with each other: choose at least ${FEWEST} at once.`);
    return { batch: null, problems };
  }
  const bytes = new Uint8Array(images.length * SIDE * SIDE * 4);
  images.forEach((image, position) => bytes.set(image, position * SIDE * SIDE * 4));
  const name = `${files[0]!.name}${images.length > 1 ? ` and ${images.length - 1} more` : ""}`;
  return { batch: { kind: "images", name, count: images.length, file: keepFile(bytes) }, problems };
}

/** Reads the head of a CIFAR-10 binary file (`data_batch_1.bin`, …): as many records as ε may use. */
async function cifarBatch(file: File): Promise<{ batch: BatchSpec | null; problems: string[] }> {
  const records = file.size / CIFAR_RECORD;
  if (!Number.isInteger(records) || records < FEWEST) {
    const problem = `“${file.name}” is no CIFAR-10 binary file: its ${file.size.toLocaleString("en-US")} bytes are not a number of records of 3,073 bytes.`;
    return { batch: null, problems: [problem] };
  }
  const head = file.slice(0, Math.min(records, MOST) * CIFAR_RECORD);
  const bytes = new Uint8Array(await head.arrayBuffer());
  return {
    batch: { kind: "cifar10", name: file.name, count: Math.min(records, 64), file: keepFile(bytes) },
    problems: [],
  };
}

/** Turns picked or dropped files into a batch: one `.bin` file as CIFAR-10, anything else as images. */
export function batchFromFiles(files: readonly File[]): Promise<{ batch: BatchSpec | null; problems: string[] }> {
  const [first] = files;
  return first && files.length === 1 && /\.bin$/i.test(first.name) ? cifarBatch(first) : imageBatch(files);
}
