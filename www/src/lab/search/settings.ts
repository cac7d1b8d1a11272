// What searches are compared, and how that stands in a link and on the command line: pure functions.
import type { SpaceId } from "../../types.ts";
import type { SearchOptions } from "../../engine/lab-protocol.ts";

export type Method = SearchOptions["method"];
export type Move = NonNullable<SearchOptions["move"]>;

/** One way to search; a curve of the chart. */
export interface Series {
  readonly method: Method;
  /** Proxy that helps; empty for none. */
  readonly guide: string;
  /** Random cells of which the guide chooses the first ones; 0: none. */
  readonly warmup: number;
  /** How the guide moves the search; null: not at all. */
  readonly move: Move | null;
  readonly population: number;
  readonly tournament: number;
}

export interface SearchSettings {
  /** Accuracies that a run looks up. */
  readonly budget: number;
  /** Runs of each series. */
  readonly runs: number;
  readonly seed: number;
  readonly series: readonly Series[];
}

export const LIMITS = {
  budget: [1, 5000],
  runs: [1, 200],
  seed: [0, 4_294_967_295],
  warmup: [0, 30_001],
  population: [1, 5000],
  tournament: [1, 5000],
} as const;
export const MOST_SERIES = 6;
/** Look-ups of all runs of a series together; more would fill the memory. */
const MOST_ROWS = 400_000;

export const METHODS: readonly Method[] = ["random", "ageing-evolution", "local-search"];

const plain: Series = { method: "random", guide: "", warmup: 0, move: null, population: 64, tournament: 10 };

/** A series with what its method does not have left at its default, so that equal searches are equal. */
export function series(patch: Partial<Series>): Series {
  const { method, guide, warmup, move, population, tournament } = { ...plain, ...patch };
  const evolves = method === "ageing-evolution";
  const helps = guide !== "";
  return {
    method,
    guide,
    warmup: helps ? warmup : 0,
    move: !helps || method === "random" ? null : method === "local-search" && move ? "parent" : move,
    population: evolves ? population : plain.population,
    tournament: evolves ? tournament : plain.tournament,
  };
}

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly settings: SearchSettings;
}

const DEGREE = "average_degree";

/** `known`: cells of known accuracy, of which no more can be warmed up or looked up. */
export function presets(space: SpaceId, known: number): Preset[] {
  const moves = movesIn(space);
  const epsilon = space === "nasbench201" || space === "nasbench101";
  const budget = Math.min(300, Math.floor(known / 2) || 1);
  const warm = Math.min(1000, known);
  const make = (
    id: string,
    label: string,
    hint: string,
    list: Partial<Series>[],
    patch: Partial<SearchSettings> = {},
  ): Preset => ({
    id,
    label,
    hint,
    settings: { budget, runs: 20, seed: 0, series: list.map(series), ...patch },
  });
  const evolution = { method: "ageing-evolution" } as const;
  if (!moves) {
    return [
      make("help", "What a proxy adds", "random search, with and without a warm-up", [
        {},
        { guide: DEGREE, warmup: Math.min(400, known) },
      ]),
    ];
  }
  return [
    make("help", "What a proxy adds", "random search and evolution, each alone and warmed up by average degree", [
      {},
      evolution,
      { guide: DEGREE, warmup: warm },
      { ...evolution, guide: DEGREE, warmup: warm },
    ]),
    make("methods", "Which method", "random search, ageing evolution and local search, without help", [
      {},
      evolution,
      { method: "local-search" },
    ]),
    make("ways", "Warm-up or move", "evolution by average degree: each way to help alone, and both", [
      evolution,
      { ...evolution, guide: DEGREE, warmup: warm },
      { ...evolution, guide: DEGREE, move: "parent" },
      { ...evolution, guide: DEGREE, move: "children" },
      { ...evolution, guide: DEGREE, warmup: warm, move: "parent" },
    ]),
    ...(epsilon
      ? [
          make(
            "epsilon",
            "As the ε authors did",
            "population 64, tournament 10, warm-up 3,000, 300 look-ups; they made 100 runs. ε of all cells is scored first, which takes a while",
            [
              {},
              { guide: "epsilon", warmup: 3000 },
              evolution,
              { ...evolution, guide: "epsilon", warmup: 3000 },
              { ...evolution, guide: "epsilon", move: "parent" },
              { ...evolution, guide: "epsilon", warmup: 3000, move: "parent" },
            ],
          ),
        ]
      : []),
    ...(epsilon
      ? [
          make("guides", "Which proxy", "evolution warmed up by average degree, by parameters, by FLOPs", [
            evolution,
            ...[DEGREE, "params", "flops"].map((guide) => ({ ...evolution, guide, warmup: warm })),
          ]),
        ]
      : []),
  ];
}

/** Whether known cells of a space are one edit apart, so that a search can go from one to the next. */
export const movesIn = (space: SpaceId): boolean => !space.startsWith("nds-");

/** What a space starts with. */
export const startOf = (space: SpaceId, known: number): SearchSettings => presets(space, known)[0]!.settings;

// ---- In a link: `budget:300,runs:20,seed:0,random,ageing-evolution~g.average_degree~w.1000~m.parent` ----

export function seriesText({ method, guide, warmup, move, population, tournament }: Series): string {
  return [
    method,
    ...(guide ? [`g.${guide}`] : []),
    ...(warmup > 0 ? [`w.${warmup}`] : []),
    ...(move ? [`m.${move}`] : []),
    ...(population !== plain.population ? [`p.${population}`] : []),
    ...(tournament !== plain.tournament ? [`t.${tournament}`] : []),
  ].join("~");
}

export function writeSettings({ budget, runs, seed, series: list }: SearchSettings): string {
  return [`budget:${budget}`, `runs:${runs}`, `seed:${seed}`, ...list.map(seriesText)].join(",");
}

const quote = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`;

function integer(text: string, [low, high]: readonly [number, number]): number | null {
  return /^\d{1,10}$/.test(text) && Number(text) >= low && Number(text) <= high ? Number(text) : null;
}

const range = ([low, high]: readonly [number, number]): string => `a whole number from ${low} to ${high}`;

function readSeries(text: string): Series | string {
  const [method, ...parts] = text.split("~");
  const found: { -readonly [K in keyof Series]?: Series[K] } = {};
  if (!(METHODS as readonly string[]).includes(method!))
    return `${quote(text)}: ${quote(method!)} is not one of ${METHODS.join(", ")}`;
  found.method = method as Method;
  for (const part of parts) {
    const value = part.slice(2);
    const number = (key: "warmup" | "population" | "tournament"): string | null => {
      const read = integer(value, LIMITS[key]);
      if (read === null) return `${quote(text)}: ${key} must be ${range(LIMITS[key])}`;
      found[key] = read;
      return null;
    };
    let problem: string | null = null;
    switch (part.slice(0, 2)) {
      case "g.":
        if (/^\w[\w-]{0,63}$/.test(value)) found.guide = value;
        else problem = `${quote(text)}: ${quote(value)} is not the name of a proxy`;
        break;
      case "m.":
        if (value === "parent" || value === "children") found.move = value;
        else problem = `${quote(text)}: move must be parent or children`;
        break;
      case "w.":
        problem = number("warmup");
        break;
      case "p.":
        problem = number("population");
        break;
      case "t.":
        problem = number("tournament");
        break;
      default:
        problem = `${quote(text)}: ${quote(part)} is not a part of a search`;
    }
    if (problem) return problem;
  }
  return series(found);
}

/** Reads the settings of a link; what is bad is named and left at what the space starts with. */
export function readSettings(text: string, start: SearchSettings): { settings: SearchSettings; problems: string[] } {
  const problems: string[] = [];
  const found: { -readonly [K in "budget" | "runs" | "seed"]: number } = {
    budget: start.budget,
    runs: start.runs,
    seed: start.seed,
  };
  const list: Series[] = [];
  for (const part of text.split(",").filter((part) => part !== "")) {
    const [key, value] = part.split(":");
    if (value !== undefined && (key === "budget" || key === "runs" || key === "seed")) {
      const read = integer(value, LIMITS[key]);
      if (read === null) problems.push(`search: ${key} = ${quote(value)} must be ${range(LIMITS[key])}`);
      else found[key] = read;
      continue;
    }
    const read = readSeries(part);
    if (typeof read === "string") problems.push(`search: ${read}`);
    else if (list.length === MOST_SERIES)
      problems.push(`search: there are more than ${MOST_SERIES} series; ${quote(part)} is left out`);
    else list.push(read);
  }
  return { settings: { ...found, series: list.length > 0 ? list : start.series }, problems };
}

/** What keeps a series from being searched, in a sentence; null if nothing does. */
export function problemOf(
  one: Series,
  { budget, runs }: Pick<SearchSettings, "budget" | "runs">,
  known: number,
  space: SpaceId,
): string | null {
  const { method, guide, warmup, population, tournament } = one;
  const count = (n: number) => n.toLocaleString("en-US");
  if (method !== "random" && !movesIn(space))
    return "No two cells of known accuracy are one edit apart in this space, so only random search is possible.";
  if (method !== "ageing-evolution" && budget > known)
    return `It looks up no cell twice, and there are ${count(known)} of known accuracy: lower the look-ups.`;
  if (warmup > known) return `The warm-up can draw at most ${count(known)} cells, those of known accuracy.`;
  if (warmup > 0 && guide === "") return "A warm-up needs a proxy.";
  if (method === "ageing-evolution" && population > Math.min(budget, known))
    return `The population (${count(population)}) must fit into the look-ups (${count(budget)}).`;
  if (method === "ageing-evolution" && tournament > population)
    return `The tournament (${count(tournament)}) must fit into the population (${count(population)}).`;
  if (budget * runs > MOST_ROWS) return `Look-ups × runs must not exceed ${count(MOST_ROWS)}.`;
  return null;
}

/** What is said beside the fields where all runs together look up too much; null if they do not. */
export function excess({ budget, runs }: Pick<SearchSettings, "budget" | "runs">): string | null {
  const count = (n: number) => n.toLocaleString("en-US");
  return budget * runs > MOST_ROWS
    ? `${count(budget)} look-ups × ${count(runs)} runs are ${count(budget * runs)}, and must not exceed ${count(MOST_ROWS)}: lower one of them.`
    : null;
}

/** A search that is not in the list yet: first of all the plainest use of a proxy, then what is near the selected one. */
export function another(list: readonly Series[], near: Series | undefined, known: number, space: SpaceId): Series {
  const guide = near?.guide || DEGREE;
  const warmup = Math.min(1000, known);
  const candidates: Partial<Series>[] = [
    { guide: DEGREE, warmup },
    ...(near ? [{ ...near, guide, warmup }, { ...near, guide, move: "parent" } as const, { ...near, guide: "" }] : []),
    ...METHODS.flatMap((method) => [
      { method },
      { method, guide, warmup },
      { method, guide, move: "parent" as const },
      { method, guide, move: "children" as const },
    ]),
  ];
  const there = list.map(seriesText);
  const fits = (one: Series) =>
    !there.includes(seriesText(one)) &&
    (one.guide === "" || isHelped(one)) &&
    (movesIn(space) || one.method === "random");
  return candidates.map(series).find(fits) ?? series({});
}

/** What the worker is asked. */
export function optionsOf(
  { method, warmup, move, population, tournament }: Series,
  { budget, runs, seed }: SearchSettings,
): SearchOptions {
  return { method, budget, runs, seed, warmup, move, population, tournament };
}

// ---- In words ----

export const METHOD_NAMES: Readonly<Record<Method, string>> = {
  random: "random search",
  "ageing-evolution": "ageing evolution",
  "local-search": "local search",
};

/** A name that tells series apart: `evolution, warm-up 1,000 and move by ε`. `proxy` names a proxy. */
export function seriesName(
  { method, guide, warmup, move, population, tournament }: Series,
  proxy: (id: string) => string,
): string {
  const name = { random: "random", "ageing-evolution": "evolution", "local-search": "local search" }[method];
  const moves =
    move && (method === "local-search" ? "neighbours" : move === "children" ? "choice of children" : "move");
  const ways = [...(warmup > 0 ? [`warm-up ${warmup.toLocaleString("en-US")}`] : []), ...(moves ? [moves] : [])];
  const help = ways.length > 0 ? `, ${ways.join(" + ")} by ${proxy(guide)}` : "";
  const size =
    population !== plain.population || tournament !== plain.tournament ? `, ${population}/${tournament}` : "";
  return `${name}${help}${size}`;
}

/** What stands beside a curve: the method and the ways of help. */
export function briefName({ method, warmup, move }: Series): string {
  const name = { random: "random", "ageing-evolution": "evolution", "local-search": "local search" }[method];
  return [name, ...(warmup > 0 ? ["warm-up"] : []), ...(move ? [move === "children" ? "choice" : "move"] : [])].join(
    " + ",
  );
}

/** Whether a guide has a say: without warm-up and move its scores are only shown. */
export const isHelped = ({ warmup, move }: Series): boolean => warmup > 0 || move !== null;

/** The same search on the command line. `network` holds what differs from the defaults there. */
export function commandLine(
  one: Series,
  { budget, runs, seed }: SearchSettings,
  space: SpaceId,
  target: string,
  network: readonly string[],
): string {
  const { method, guide, warmup, move, population, tournament } = one;
  return [
    "cellscope search",
    ...(space === "nasbench201" ? [] : [`--space ${space}`]),
    `--method ${method}`,
    ...(guide ? [`--guide ${guide}`] : []),
    ...(warmup > 0 ? [`--warmup ${warmup}`] : []),
    ...(move ? [move === "parent" ? "--move" : `--move=${move}`] : []),
    `--budget ${budget}`,
    `--runs ${runs}`,
    ...(method === "ageing-evolution" ? [`--population ${population}`, `--tournament ${tournament}`] : []),
    `--seed ${seed}`,
    `--target ${target}`,
    ...(guide ? network : []),
  ].join(" ");
}
