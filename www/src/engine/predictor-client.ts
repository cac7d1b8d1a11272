// The predictor’s own worker: it is started when the tab is opened, and holds up nothing else.
import type { PredictorCalls, PredictPart, PredictRequest } from "./protocol.ts";
import { WorkerHandle } from "./worker-handle.ts";

const handle = new WorkerHandle("predictor");

/** Calls a function of the predictor; a newer request of the same lane replaces this one. */
export function ask<N extends keyof PredictorCalls>(
  name: N,
  args: Parameters<PredictorCalls[N]>,
  lane: string | null = null,
): Promise<Awaited<ReturnType<PredictorCalls[N]>>> {
  return handle.call(name, args, lane) as Promise<Awaited<ReturnType<PredictorCalls[N]>>>;
}

/** Predicts many cells, a slice at a time. */
export function predictMany(
  request: PredictRequest,
  onPart: (part: PredictPart) => void,
  signal: AbortSignal,
): Promise<void> {
  return handle.job(request, request.model, (part) => onPart(part as PredictPart), signal).done;
}
