// State ↔ URL fragment, e.g. `#cell=%7Cnor_conv_3x3~0%7C…&seed=2`. A link is input like any other: each part is checked
// on its own, a bad one is named and left at its default, the rest is kept. Only what differs from the default is written.
import { initialState, LIMITS, type BatchSpec, type State } from "./state.ts";
import type { SpaceId } from "./types.ts";

/** The part of the state that a link carries. */
export type Shared = Pick<State, "space" | "cell" | "options" | "batch" | "weights" | "target" | "rank">;

/** Longest cell text that is read from a link, in characters. */
const MAX_CELL = 2048;
const SPACES: readonly SpaceId[] = ["nasbench201"];

/** An integer in decimal within [low, high], or null. */
function integer(text: string, [low, high]: readonly [number, number]): number | null {
  if (!/^\d{1,10}$/.test(text)) return null;
  const value = Number(text);
  return value >= low && value <= high ? value : null;
}

function parseBatch(text: string): BatchSpec | string {
  const [kind, seed, count, ...rest] = text.split(":");
  if (kind === "file") {
    return "this link was made with image files, which stayed in the browser that made it; ε here uses the default batch";
  }
  const form = "use leaves:SEED:COUNT or randn:SEED:COUNT";
  if ((kind !== "leaves" && kind !== "randn") || rest.length > 0) return form;
  const parsedSeed = integer(seed ?? "", LIMITS.seed);
  const parsedCount = integer(count ?? "", LIMITS.batchCount);
  if (parsedSeed === null) return `the seed must be ${range(LIMITS.seed)}`;
  if (parsedCount === null) return `the count must be ${range(LIMITS.batchCount)}`;
  return { kind, seed: parsedSeed, count: parsedCount };
}

function parseWeights(text: string): [number, number] | string {
  const parts = text.split(",");
  const values = parts.map((part) => (/^[\d.eE+-]{1,24}$/.test(part) ? Number(part) : Number.NaN));
  const [low, high] = values;
  if (values.length !== 2 || low === undefined || high === undefined) return "give LOW,HIGH";
  return checkWeights(low, high) ?? [low, high];
}

/** What is wrong with a pair of weights, or null. */
export function checkWeights(low: number, high: number): string | null {
  if (![low, high].every((value) => Number.isFinite(value) && value > 0 && value <= 1e6 && value >= 1e-12)) {
    return "weights must be between 1e-12 and 1e6";
  }
  return low < high ? null : "the low weight must be below the high one";
}

const range = ([low, high]: readonly [number, number]): string => `a whole number from ${low} to ${high}`;

/** At most 60 characters of a bad part, for a message. */
function quote(text: string): string {
  return text.length > 60 ? `“${text.slice(0, 59)}…”` : `“${text}”`;
}

/** Reads a fragment (with or without `#`). The cell's text is only bounded here: the module judges it. */
export function readFragment(fragment: string): { shared: Shared; problems: string[] } {
  const { space, cell, options, batch, weights, target, rank } = initialState;
  const shared = { space, cell, options, batch, weights, target, rank };
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const part of fragment.replace(/^#/, "").split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const key = equals < 0 ? part : part.slice(0, equals);
    let text: string;
    try {
      text = decodeURIComponent(equals < 0 ? "" : part.slice(equals + 1));
    } catch {
      problems.push(`${quote(key)} is not properly encoded`);
      continue;
    }
    if (seen.has(key)) {
      problems.push(`${quote(key)} is given twice; the first counts`);
      continue;
    }
    seen.add(key);
    const problem = readPart(shared, key, text);
    if (problem) problems.push(problem);
  }
  return { shared, problems };
}

/** Puts one part into `shared`; returns what is wrong with it, or null. */
function readPart(shared: { -readonly [K in keyof Shared]: Shared[K] }, key: string, text: string): string | null {
  const whole = (limits: readonly [number, number], put: (value: number) => void): string | null => {
    const value = integer(text, limits);
    if (value === null) return `${key} = ${quote(text)}: must be ${range(limits)}`;
    put(value);
    return null;
  };
  switch (key) {
    case "space":
      if (!SPACES.includes(text as SpaceId)) return `space = ${quote(text)} is not one of ${SPACES.join(", ")}`;
      shared.space = text as SpaceId;
      return null;
    case "cell":
      if (text.length > MAX_CELL) return `cell is longer than ${MAX_CELL} characters`;
      shared.cell = text;
      return null;
    case "seed":
      return whole(LIMITS.seed, (seed) => (shared.options = { ...shared.options, seed }));
    case "cells":
      return whole(LIMITS.cellsPerStack, (cellsPerStack) => (shared.options = { ...shared.options, cellsPerStack }));
    case "stem":
      return whole(LIMITS.stemChannels, (stemChannels) => (shared.options = { ...shared.options, stemChannels }));
    case "batch": {
      const batch = parseBatch(text);
      if (typeof batch === "string") return `batch = ${quote(text)}: ${batch}`;
      shared.batch = batch;
      return null;
    }
    case "weights": {
      const weights = parseWeights(text);
      if (typeof weights === "string") return `weights = ${quote(text)}: ${weights}`;
      shared.weights = weights;
      return null;
    }
    case "target":
      if (!/^[a-z0-9_]{1,64}$/.test(text)) return `target = ${quote(text)} is not the name of a column`;
      shared.target = text;
      return null;
    case "samples":
      if (text === "all") {
        shared.rank = { ...shared.rank, samples: "all" };
        return null;
      }
      return whole(LIMITS.samples, (samples) => (shared.rank = { ...shared.rank, samples }));
    case "proxy":
      if (!/^[a-z0-9_-]{1,64}$/.test(text)) return `proxy = ${quote(text)} is not the name of a proxy`;
      shared.rank = { ...shared.rank, proxy: text };
      return null;
    case "sampleSeed":
      return whole(LIMITS.seed, (seed) => (shared.rank = { ...shared.rank, seed }));
    default:
      return `${quote(key)} is not a known setting`;
  }
}

/** The fragment of a state, with `#`. */
export function writeFragment(state: Shared): string {
  const { options, batch, weights, rank } = state;
  const start = initialState;
  const parts: string[] = [];
  const put = (key: string, value: string | number, initial: string | number) => {
    if (value !== initial) parts.push(`${key}=${encodeURIComponent(String(value)).replaceAll("%2C", ",").replaceAll("%3A", ":")}`);
  };
  put("space", state.space, start.space);
  put("cell", state.cell, "");
  put("seed", options.seed, start.options.seed);
  put("cells", options.cellsPerStack, start.options.cellsPerStack);
  put("stem", options.stemChannels, start.options.stemChannels);
  put("batch", batchText(batch), batchText(start.batch));
  put("weights", weights.join(","), start.weights.join(","));
  put("target", state.target, start.target);
  put("samples", rank.samples, start.rank.samples);
  put("sampleSeed", rank.seed, start.rank.seed);
  put("proxy", rank.proxy, start.rank.proxy);
  return `#${parts.join("&")}`;
}

/** A batch as the command line names it, e.g. `leaves:0:64`; a file batch as `file:NAME`. */
export function batchText(batch: BatchSpec): string {
  return "seed" in batch ? `${batch.kind}:${batch.seed}:${batch.count}` : `file:${batch.name}:${batch.count}`;
}

