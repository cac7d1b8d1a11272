// NASGraph's proxy: the average degree, and where this seed's value lies among those of all seeds.
import { fixed, significant } from "../words/format.ts";
import { useStore } from "../state/state.ts";
import type { ExpectedDegree, Scores } from "../types.ts";
import { lazily } from "../ui/lazy.tsx";
import { Explain } from "../ui/pop.tsx";
import { noClosedForm } from "./words.ts";

const AboutDegree = lazily(() => import("./about.tsx").then((module) => module.AboutDegree));

export function Degree({ scores }: { scores: Scores }) {
  const { expected } = scores;
  const space = useStore((state) => state.space);
  const options = useStore((state) => state.options);
  const { averageDegree } = scores.measures;
  return (
    <section class="score">
      <div class="score-head">
        <div class="score-title">
          <h3>Average degree</h3>
          <Explain about="the average degree" ready={AboutDegree.ready}>
            <AboutDegree scores={scores} />
          </Explain>
        </div>
        <span class="score-figure">{fixed(averageDegree, 2)}</span>
      </div>
      <p class="score-note">
        <span>larger is better</span>
        {expected && <span>over all seeds {meanAndSpread(expected)}</span>}
      </p>
      {expected ? (
        <Interval value={averageDegree} mean={expected.mean} sd={expected.sd} seed={options.seed} />
      ) : (
        <p class="small soft">Over all seeds: {lowered(noClosedForm(space))}</p>
      )}
    </section>
  );
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function meanAndSpread({ mean, sd }: ExpectedDegree): string {
  const decimals = sd > 0 && sd < 0.095 ? 2 : 1;
  return `${fixed(mean, decimals)} ± ${sd === 0 ? "0" : fixed(sd, decimals)}`;
}

const WIDTH = 296;

/** The value among all seeds: bands of one and two standard deviations, a tick at the mean, a dot at this seed. */
function Interval({ value, mean, sd, seed }: { value: number; mean: number; sd: number; seed: number }) {
  if (!(sd > 0)) return null;
  // Four deviations to each side, or as far as the value lies.
  const reach = Math.max(4, Math.abs(value - mean) / sd + 0.5);
  const x = (at: number) => WIDTH / 2 + ((at - mean) / sd / reach) * (WIDTH / 2 - 6);
  const away = (value - mean) / sd;
  return (
    <svg
      class="interval"
      viewBox={`0 0 ${WIDTH} 18`}
      role="img"
      aria-label={`Seed ${seed} is ${significant(Math.abs(away), 2)} standard deviations ${away < 0 ? "below" : "above"} the mean`}
    >
      <line class="interval-axis" x1="0" x2={WIDTH} y1="9" y2="9" />
      <rect
        class="interval-wide"
        x={x(mean - 2 * sd)}
        width={x(mean + 2 * sd) - x(mean - 2 * sd)}
        y="5"
        height="8"
        rx="2"
      />
      <rect class="interval-narrow" x={x(mean - sd)} width={x(mean + sd) - x(mean - sd)} y="5" height="8" rx="2" />
      <line class="interval-mean" x1={x(mean)} x2={x(mean)} y1="3" y2="15" />
      <circle class="interval-dot" cx={x(value)} cy="9" r="4.5">
        <title>
          seed {seed}: {fixed(value, 2)}
        </title>
      </circle>
    </svg>
  );
}
