/** Two columns side by side, over the rows that are scored in both. */
import { useMemo } from "preact/hooks";
import { useStore } from "../state/state.ts";
import { pick } from "./columns.ts";
import { useRows, type Rows } from "./derive.ts";
import { sampleSize, scores, useRank } from "./model.ts";
import { scopeWords } from "../words/measures.ts";

export interface Pairing {
  /** Rows of the scope that are scored in both, the reader's cell included, and their values. */
  rows: Uint32Array;
  x: Float64Array;
  y: Float64Array;
  /** The same without a cell that was put in by hand: what measures are about. */
  judged: Uint32Array;
  judgedX: Float64Array;
  judgedY: Float64Array;
  /** Whether so many are scored that a measure of them says something. */
  enough: boolean;
  /** Whether one of the two is being scored. */
  running: boolean;
}

const none = new Uint32Array(0);

/** Of the few cells that a speed probe scores, a correlation would only mislead. */
export const enoughOf = (scored: number, asked: number): boolean =>
  scored === asked || scored >= Math.max(100, asked * 0.02);

export function usePairing(x: string, y: string, { scope, drawn }: Pick<Rows, "scope" | "drawn">): Pairing {
  useRank((data) => data.version);
  const running = useRank((data) =>
    Object.values(data.jobs).some(
      (job) => job?.state === "running" && (job.proxies.includes(x) || job.proxies.includes(y)),
    ),
  );
  const a = scores().get(x);
  const b = scores().get(y);
  const both = (of: Uint32Array) =>
    a.count === 0 || b.count === 0 ? none : of.filter((row) => a.scored[row] === 1 && b.scored[row] === 1);
  const rows = useMemo(() => both(scope), [scope, a, b, a.count, b.count]);
  // Equal values at other places are other values: the columns change as a whole.
  const xs = useMemo(() => pick(a.values, rows), [rows, a]);
  const ys = useMemo(() => pick(b.values, rows), [rows, b]);
  // The reader's cell was chosen, not drawn: it is shown, but it does not count.
  const judged = useMemo(() => both(drawn), [drawn, a, b, a.count, b.count]);
  const judgedX = useMemo(() => pick(a.values, judged), [judged, a]);
  const judgedY = useMemo(() => pick(b.values, judged), [judged, b]);
  return { rows, x: xs, y: ys, judged, judgedX, judgedY, enough: enoughOf(judged.length, drawn.length), running };
}

/** The cells in words: those on show, and those that measures are about. */
export function useScopeWords({ everything, outside }: Pick<Rows, "everything" | "outside">): {
  scope: string;
  judged: string;
} {
  const basis = useRank((data) => data.basis);
  const cells = useRank((data) => data.all.length);
  const seed = useStore((state) => state.rank.seed);
  const samples = useStore((state) => state.rank.samples);
  return useMemo(() => {
    const words = { basis, everything, cells, drawn: Math.min(sampleSize(), cells), seed, outside };
    return { scope: scopeWords(words), judged: scopeWords({ ...words, drawnOnly: true }) };
  }, [basis, everything, cells, seed, samples, outside]);
}

export { useRows };
