// ε: the two normalised output curves it compares, and the batch that made them.
import { useState } from "preact/hooks";
import { fixed, power, significant } from "../format.ts";
import { useResults } from "../results.ts";
import { useStore } from "../state.ts";
import type { EpsilonResult } from "../types.ts";
import { Explain } from "../ui/pop.tsx";
import { lazily } from "../ui/lazy.tsx";
import { BatchStrip } from "./batch.tsx";
import { Formula } from "./degree.tsx";
import { epsilonLimits, notBuiltWords } from "./words.ts";

const Curves = lazily(() => import("./curves.tsx").then((module) => module.Curves));
const BatchDialog = lazily(() => import("./batch-dialog.tsx").then((module) => module.BatchDialog));

export function Epsilon() {
  const { value: result, failure, pending } = useResults((state) => state.epsilon);
  const space = useStore((state) => state.space);
  const [choosing, setChoosing] = useState(false);
  if (failure?.kind === "unsupported") return <NotOffered />;
  return (
    <section class="score" aria-busy={pending}>
      <div class="score-head">
        <div class="score-title">
          <h3>ε</h3>
          <Explain about="ε">
            The network runs twice on the same images, once with every weight set to a small constant and once to a large one, and
            ε says how far the two rows of outputs, each stretched to run from 0 to 1, lie apart. Larger is better. No training,
            no labels. The chart shows both rows, images sorted by the output at the large weight (line).
            {result?.epsilon != null && <EpsilonFormula result={result} />}
            {epsilonLimits(space)}
          </Explain>
        </div>
        {result && (
          <span class={`score-figure ${result.epsilon === null || result.epsilon < NOISE ? "undefined" : ""}`}>{figure(result.epsilon)}</span>
        )}
      </div>
      <p class="score-note">
        <span>larger is better</span>
        {result && (
          <span>
            w = {power(result.weights[0])} against {power(result.weights[1])}
          </span>
        )}
      </p>
      {failure && <p class="field-error">{failure.message}</p>}
      {!result && !failure && <p class="soft">Computing…</p>}
      {result && (
        <>
          {result.reason && <p class="soft small">{sentence(result.reason)}</p>}
          {result.epsilon !== null && result.epsilon < NOISE && <Zero epsilon={result.epsilon} />}
          <Curves result={result} />
        </>
      )}
      <BatchStrip onChoose={() => setChoosing(true)} />
      {choosing && <BatchDialog onClose={() => setChoosing(false)} />}
    </section>
  );
}

/** Below this the value is rounding noise of 32-bit numbers. */
const NOISE = 1e-4;

function figure(epsilon: number | null): string {
  if (epsilon === null) return "undefined";
  return epsilon < NOISE ? "zero" : fixed(epsilon, 4);
}

function Zero({ epsilon }: { epsilon: number }) {
  return (
    <p class="soft small">
      Zero to 32-bit precision: the two rows of outputs agree to within rounding
      {epsilon === 0 ? " (ε is exactly 0)" : ` (ε = ${significant(epsilon, 2)})`}. What is left changes with the order in which numbers
      are added, so such cells cannot be ranked among each other.
    </p>
  );
}

function NotOffered() {
  const space = useStore((state) => state.space);
  return (
    <section class="score">
      <div class="score-title">
        <h3>ε</h3>
        <Explain about="ε">
          ε compares the outputs of the network that is trained, at two constant weights, on the same images. Its author validated it
          on NAS-Bench-101, NAS-Bench-201 and NAS-Bench-NLP.
        </Explain>
      </div>
      <p class="small soft">Not offered in this space, for which its author has not validated it. {notBuiltWords(space)}</p>
    </section>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

/** The definition with this cell's numbers; entries that are exactly 0 are left out, as in the authors' code. */
function EpsilonFormula({ result: { low, high, epsilon, weights } }: { result: EpsilonResult }) {
  const counts = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value) && value !== 0;
  let apart = 0;
  let pairs = 0;
  let sum = 0;
  let values = 0;
  for (let image = 0; image < low.length; image++) {
    const [a, b] = [low[image], high[image]];
    if (counts(a)) (sum += a), values++;
    if (counts(b)) (sum += b), values++;
    if (counts(a) && counts(b)) (apart += Math.abs(a - b)), pairs++;
  }
  return (
    <Formula>
      mean |p(w = {power(weights[0])}) − p(w = {power(weights[1])})| / mean of all p = {significant(apart / pairs, 4)} /{" "}
      {significant(sum / values, 4)} = {fixed(epsilon, 4)}. Entries of exactly 0 are left out (a curve's minimum, which many images may
      share): {pairs} of {low.length} images have both.
    </Formula>
  );
}
