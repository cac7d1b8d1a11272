// ε: the two normalised output curves it compares, and the batch that made them.
import { useState } from "preact/hooks";
import { fixed, power, significant } from "../words/format.ts";
import { useResults } from "../engine/results.ts";
import { useStore } from "../state/state.ts";
import { Explain } from "../ui/pop.tsx";
import { lazily } from "../ui/lazy.tsx";
import { BatchStrip } from "./batch.tsx";
import { notBuiltWords } from "./words.ts";

const AboutEpsilon = lazily(() => import("./about.tsx").then((module) => module.AboutEpsilon));
const AboutEpsilonElsewhere = lazily(() => import("./about.tsx").then((module) => module.AboutEpsilonElsewhere));
const Curves = lazily(() => import("./curves.tsx").then((module) => module.Curves));
const BatchDialog = lazily(() => import("./batch-dialog.tsx").then((module) => module.BatchDialog));

export function Epsilon() {
  const { value: result, failure, pending } = useResults((state) => state.epsilon);
  const [choosing, setChoosing] = useState(false);
  if (failure?.kind === "unsupported") return <NotOffered />;
  return (
    <section class="score" aria-busy={pending}>
      <div class="score-head">
        <div class="score-title">
          <h3>ε</h3>
          <Explain about="ε" ready={AboutEpsilon.ready}>
            <AboutEpsilon result={result} />
          </Explain>
        </div>
        {result && (
          <span class={`score-figure ${result.epsilon === null || result.epsilon < NOISE ? "undefined" : ""}`}>
            {figure(result.epsilon)}
          </span>
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
      {epsilon === 0 ? " (ε is exactly 0)" : ` (ε = ${significant(epsilon, 2)})`}. What is left changes with the order
      in which numbers are added, so such cells cannot be ranked among each other.
    </p>
  );
}

function NotOffered() {
  const space = useStore((state) => state.space);
  return (
    <section class="score">
      <div class="score-title">
        <h3>ε</h3>
        <Explain about="ε" ready={AboutEpsilonElsewhere.ready}>
          <AboutEpsilonElsewhere />
        </Explain>
      </div>
      <p class="small soft">
        Not offered in this space, for which its author has not validated it. {notBuiltWords(space)}
      </p>
    </section>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
