// State ↔ URL fragment, e.g. `#cell=%7Cnor_conv_3x3~0%7C…&seed=2`. A link is input like any other: each part is checked
// on its own, a bad one is named and left at its default, the rest is kept. Only what differs from the default is written.
import { SPACE_IDS, SPACES, TASKS, type OptionId } from "../space/spaces.ts";
import { initialState, LIMITS, startOf, type BatchSpec, type State } from "./state.ts";
import type { SpaceId } from "../types.ts";

/** The part of the state that a link carries. */
export type Shared = Pick<
  State,
  | "space"
  | "cell"
  | "options"
  | "batch"
  | "weights"
  | "target"
  | "rank"
  | "search"
  | "best"
  | "mix"
  | "tgnas"
  | "filter"
  | "tab"
  | "statistic"
>;

/** Longest cell text that is read from a link, in characters. */
const MAX_CELL = 4096;
/** Likewise of a filter; its field takes no more. */
export const MAX_FILTER = 300;

/** How a link names the settings of the network that not all spaces have. */
const OPTION_KEYS: Readonly<Record<string, OptionId>> = {
  cells: "cellsPerStack",
  stem: "stemChannels",
  task: "task",
  width: "initChannels",
  layers: "layers",
};

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

const range = ([low, high]: readonly [number, number], step = 1): string =>
  `${step === 2 ? "an even" : "a whole"} number from ${low} to ${high}`;

/** Lowest and highest value of a setting in a space, and what it must be a multiple of. */
export function limitsOf(
  space: SpaceId,
  option: Exclude<OptionId, "task">,
): { limits: readonly [number, number]; step: number } {
  const even = option === "stemChannels" ? SPACES[space].evenStem : undefined;
  return { limits: even ?? LIMITS[option], step: even ? 2 : 1 };
}

/** At most 60 characters of a bad part, for a message. */
function quote(text: string): string {
  return text.length > 60 ? `“${text.slice(0, 59)}…”` : `“${text}”`;
}

/** Reads a fragment (with or without `#`). The cell's text is only bounded here: the module judges it. */
export function readFragment(fragment: string): { shared: Shared; problems: string[] } {
  const problems: string[] = [];
  const parts = readParts(fragment, problems);
  let { space } = initialState;
  const named = parts.get("space");
  if (named !== undefined) {
    parts.delete("space");
    const known = SPACE_IDS.find((id) => id === named);
    if (known) space = known;
    else problems.push(`space = ${quote(named)} is not one of ${SPACE_IDS.join(", ")}`);
  }
  const { cell, options, batch, weights, target, rank, search, best, mix, tgnas, filter } = startOf(space);
  const { tab, statistic } = initialState;
  const shared = {
    space,
    cell,
    options,
    batch,
    weights,
    target,
    rank,
    search,
    best,
    mix,
    tgnas,
    filter,
    tab,
    statistic,
  };
  for (const [key, text] of parts) {
    const problem = readPart(shared, key, text);
    if (problem) problems.push(problem);
  }
  return { shared, problems };
}

/** The parts of a fragment by key; the first of two counts. */
function readParts(fragment: string, problems: string[]): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of fragment.replace(/^#/, "").split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const key = equals < 0 ? part : part.slice(0, equals);
    try {
      const text = decodeURIComponent(equals < 0 ? "" : part.slice(equals + 1));
      if (parts.has(key)) problems.push(`${quote(key)} is given twice; the first counts`);
      else parts.set(key, text);
    } catch {
      problems.push(`${quote(key)} is not properly encoded`);
    }
  }
  return parts;
}

/** Puts one part into `shared`; returns what is wrong with it, or null. */
function readPart(shared: { -readonly [K in keyof Shared]: Shared[K] }, key: string, text: string): string | null {
  const whole = (limits: readonly [number, number], put: (value: number) => void, step = 1): string | null => {
    const value = integer(text, limits);
    if (value === null || value % step !== 0) return `${key} = ${quote(text)}: must be ${range(limits, step)}`;
    put(value);
    return null;
  };
  if (Object.hasOwn(OPTION_KEYS, key)) {
    const option = OPTION_KEYS[key]!;
    if (!SPACES[shared.space].options.includes(option))
      return `networks of ${SPACES[shared.space].label} have no setting ${quote(key)}`;
    if (option !== "task") {
      const { limits, step } = limitsOf(shared.space, option);
      return whole(limits, (value) => (shared.options = { ...shared.options, [option]: value }), step);
    }
    if (!(TASKS as readonly string[]).includes(text)) return `task = ${quote(text)} is not one of ${TASKS.join(", ")}`;
    shared.options = { ...shared.options, task: text };
    return null;
  }
  switch (key) {
    case "cell":
      if (text.length > MAX_CELL) return `cell is longer than ${MAX_CELL} characters`;
      shared.cell = text;
      return null;
    case "seed":
      return whole(LIMITS.seed, (seed) => (shared.options = { ...shared.options, seed }));
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
      if (!/^\w{1,64}$/.test(text)) return `target = ${quote(text)} is not the name of a column`;
      shared.target = text;
      return null;
    case "samples":
      if (text === "all") {
        shared.rank = { ...shared.rank, samples: "all" };
        return null;
      }
      return whole(LIMITS.samples, (samples) => (shared.rank = { ...shared.rank, samples }));
    case "proxy":
    case "against":
      if (!/^[a-z0-9_-]{1,64}$/.test(text)) return `${key} = ${quote(text)} is not the name of a proxy`;
      shared.rank = { ...shared.rank, [key]: text };
      return null;
    case "sampleSeed":
      return whole(LIMITS.seed, (seed) => (shared.rank = { ...shared.rank, seed }));
    case "search": // its panel reads it
      if (!/^[\w.,:~-]{1,1500}$/.test(text)) return `search = ${quote(text)} is not a list of searches`;
      shared.search = text;
      return null;
    case "best": // likewise
      if (!/^[\w:-]{1,99}$/.test(text)) return `best = ${quote(text)} is not an experiment`;
      shared.best = text;
      return null;
    case "mix": // likewise
      if (!/^[\w:,-]{1,300}$/.test(text)) return `mix = ${quote(text)} is not a combination`;
      shared.mix = text;
      return null;
    case "tgnas": // its panel reads it
      if (text.length > 240) return "tgnas is longer than 240 characters";
      shared.tgnas = text;
      return null;
    case "filter": // the table reads it
      if (text.length > MAX_FILTER) return `filter is longer than ${MAX_FILTER} characters`;
      shared.filter = text;
      return null;
    case "statistic":
      if (text !== "spearman" && text !== "kendall")
        return `statistic = ${quote(text)} is neither spearman nor kendall`;
      shared.statistic = text;
      return null;
    case "tab":
      if (!/^[a-z-]{1,24}$/.test(text)) return `tab = ${quote(text)} is not the name of a tab`;
      shared.tab = text;
      return null;
    default:
      return `${quote(key)} is not a known setting`;
  }
}

/** The fragment of a state, with `#`. */
export function writeFragment(state: Shared): string {
  const { options, batch, weights, rank } = state;
  const start = startOf(state.space);
  const parts: string[] = [];
  const put = (key: string, value: string | number, initial: string | number) => {
    if (value !== initial)
      parts.push(`${key}=${encodeURIComponent(String(value)).replaceAll("%2C", ",").replaceAll("%3A", ":")}`);
  };
  put("space", state.space, initialState.space);
  put("cell", state.cell, "");
  put("seed", options.seed, start.options.seed);
  for (const [key, option] of Object.entries(OPTION_KEYS)) {
    if (SPACES[state.space].options.includes(option)) put(key, options[option], start.options[option]);
  }
  put("batch", batchText(batch), batchText(start.batch));
  put("weights", weights.join(","), start.weights.join(","));
  put("target", state.target, start.target);
  put("samples", rank.samples, start.rank.samples);
  put("sampleSeed", rank.seed, start.rank.seed);
  put("proxy", rank.proxy, start.rank.proxy);
  put("against", rank.against, "");
  put("search", state.search, "");
  put("best", state.best, "");
  put("mix", state.mix, "");
  put("tgnas", state.tgnas, "");
  put("filter", state.filter, "");
  put("tab", state.tab, initialState.tab);
  put("statistic", state.statistic, initialState.statistic);
  return `#${parts.join("&")}`;
}

/** A batch as the command line names it, e.g. `leaves:0:64`; a file batch as `file:NAME`. */
export function batchText(batch: BatchSpec): string {
  return "seed" in batch ? `${batch.kind}:${batch.seed}:${batch.count}` : `file:${batch.name}:${batch.count}`;
}
