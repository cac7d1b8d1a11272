// What the "?" beside each score opens: fetched then, as most readers never ask.
import type { ComponentChildren } from "preact";
import { fixed, power, significant, whole } from "../words/format.ts";
import { useStore } from "../state/state.ts";
import type { EpsilonResult, Scores } from "../types.ts";
import { countedWords, epsilonLimits, surrogateWords } from "./about-words.ts";

/** A formula with live numbers, on a line of its own. */
export function Formula({ children }: { children: ComponentChildren }) {
  return <span class="formula">{children}</span>;
}

export function AboutDegree({ scores: { measures, expected, expectedReason } }: { scores: Scores }) {
  const space = useStore((state) => state.space);
  const options = useStore((state) => state.options);
  const { averageDegree, nodes, edges } = measures;
  return (
    <>
      How many edges a channel has on average in NASGraph's channel graph. Larger is better.
      <Formula>
        2 · edges / nodes = 2 · {whole(edges)} / {whole(nodes)} = {fixed(averageDegree, 2)}
      </Formula>
      The graph is that of {surrogateWords(space, options)}. Its weights are random, so another seed gives another
      graph.
      {expected
        ? " The expected value over all seeds depends only on which operations stand where: it is close to a weighted count of convolutions. The rest is the noise of the seed. In the bar: dot = this seed, tick = the mean over all seeds, bands = one and two standard deviations to either side."
        : ` The average over all seeds is not shown: ${expectedReason}.`}
    </>
  );
}

export function AboutEpsilon({ result }: { result: EpsilonResult | null }) {
  const space = useStore((state) => state.space);
  return (
    <>
      The network runs twice on the same images, once with every weight set to a small constant and once to a large one,
      and ε says how far the two rows of outputs, each stretched to run from 0 to 1, lie apart. Larger is better. No
      training, no labels. The chart shows both rows, images sorted by the output at the large weight (line).
      {result?.epsilon != null && <EpsilonFormula result={result} />}
      {epsilonLimits(space)}
    </>
  );
}

/** Where ε is not offered. */
export function AboutEpsilonElsewhere() {
  return (
    <>
      ε compares the outputs of the network that is trained, at two constant weights, on the same images. Its author
      validated it on NAS-Bench-101, NAS-Bench-201 and NAS-Bench-NLP.
    </>
  );
}

export function AboutParameters({ count }: { count: number }) {
  const words = countedWords(useStore((state) => state.space));
  return (
    words && (
      <>
        Trainable weights of {words.network}. Here {whole(count)}. {words.trend}
      </>
    )
  );
}

export function AboutFlops({ count }: { count: number }) {
  const words = countedWords(useStore((state) => state.space));
  return (
    words && (
      <>
        Multiply-accumulates of all convolutions and the linear layer for one 32×32 image, in {words.network}. Here{" "}
        {whole(count)}. {words.tables}
      </>
    )
  );
}

/** The definition with this cell's numbers; entries that are exactly 0 are left out, as in the authors' code. */
function EpsilonFormula({ result: { low, high, epsilon, weights } }: { result: EpsilonResult }) {
  const counts = (value: number | undefined): value is number =>
    value !== undefined && Number.isFinite(value) && value !== 0;
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
      {significant(sum / values, 4)} = {fixed(epsilon, 4)}. Entries of exactly 0 are left out (a curve's minimum, which
      many images may share): {pairs} of {low.length} images have both.
    </Formula>
  );
}
