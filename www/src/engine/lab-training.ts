// A training of TG-NAS's predictor in a worker: batches in slices, and at the end of each epoch what it has learnt.
import type { Trainer } from "../../../src/web/laboratory";
import { failure, nextStep, type Job } from "./worker-loop.ts";
import type { EpochReport, TrainPart, TrainRequest } from "./lab-protocol.ts";

async function fetched(name: string, what: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`../data/${name}`, import.meta.url)).catch(() => {
    throw failure("known", `${what} could not be fetched; is there a connection?`);
  });
  if (!response.ok) throw failure("known", `${what} could not be loaded (HTTP ${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Starts a training; `make`: the module's `Trainer`. */
export async function startTraining(make: typeof Trainer, request: TrainRequest): Promise<Job> {
  const [table, words] = await Promise.all([
    fetched("nasbench101.known", "the table of NAS-Bench-101"),
    fetched("operators.words", "the operators’ vectors"),
  ]);
  const { seed, cells, epochs, target, form, accuracy } = request;
  const trainer = new make(table, words, { seed, cells, epochs, target, form });
  const { total } = trainer;
  let batches = 1;
  let seconds = 0;
  /** Of the epoch under way. */
  let loss = { sum: 0, batches: 0 };
  const timed = <T>(work: () => T): T => {
    const started = performance.now();
    const result = work();
    seconds += (performance.now() - started) / 1000;
    return result;
  };

  function endOfEpoch(epoch: number): { epoch: EpochReport; weights: Uint8Array<ArrayBuffer> } {
    const mean = loss.sum / loss.batches;
    loss = { sum: 0, batches: 0 };
    const [heldOut, watched, weights] = timed(
      () => [trainer.evaluate(), trainer.tau("nasbench201", null, accuracy), trainer.weights()] as const,
    );
    return { epoch: { epoch, loss: mean, heldOut, watched, seconds }, weights: weights as Uint8Array<ArrayBuffer> };
  }

  return {
    step() {
      const before = trainer.done;
      const started = performance.now();
      const progress = timed(() => trainer.step(batches));
      batches = nextStep(batches, performance.now() - started);
      const { done } = trainer;
      loss = { sum: loss.sum + progress.loss * (done - before), batches: loss.batches + done - before };
      const found = progress.step === 0 ? endOfEpoch(progress.epoch) : { epoch: null, weights: null };
      return { part: { done, total, seconds, ...found } satisfies TrainPart, done: done >= total };
    },
    free: () => trainer.free(),
  };
}
