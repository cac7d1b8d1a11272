/** How well the proxy does among the best cells: the measures of the ε paper. */
import { Explain } from "../ui/pop.tsx";
import type { TopMeasures } from "../engine/lab-protocol.ts";
import { coefficient } from "../words/measures.ts";

/** What stands in place of a figure that these cells do not give. */
export const overlapWords = (value: number | null): string => (value === null ? "–" : `${value.toFixed(1)} %`);
export const top64Words = (value: number | null): string =>
  value === null ? "–" : value > 64 ? `${value}, with ties` : `${value} of 64`;

export function Best({ top }: { top: TopMeasures | null }) {
  const shown = (words: string) => (top ? words : "…");
  return (
    <table class="rank-best">
      <caption>
        Among the best cells{" "}
        <Explain about="the best cells">
          <p>
            <b>Top 10 % ρ, τ</b>: over the cells whose accuracy exceeds that of nine in ten. Nearly always far lower
            than over all cells: telling bad from good is easier than good from better.
          </p>
          <p>
            <b>Overlap</b>: of the best tenth by the proxy, how many per cent belong to the best tenth by accuracy; by
            chance 10 %.
          </p>
          <p>
            <b>Best 64</b>: of the 64 best by the proxy (more, if others tie), how many are in the best 5 % by accuracy;
            by chance 3. It needs more than 64 cells. As the paper on ε defines them.
          </p>
        </Explain>
      </caption>
      <tbody>
        <tr>
          <th scope="row">Top 10 % ρ</th>
          <td>{shown(coefficient(top?.spearmanTop10 ?? null))}</td>
        </tr>
        <tr>
          <th scope="row">Top 10 % τ</th>
          <td>{shown(coefficient(top?.kendallTop10 ?? null))}</td>
        </tr>
        <tr>
          <th scope="row">Overlap of the top 10 %</th>
          <td>{shown(overlapWords(top?.top10Overlap ?? null))}</td>
        </tr>
        <tr>
          <th scope="row">Best 64 in the top 5 %</th>
          <td>{shown(top64Words(top?.top64InTop5 ?? null))}</td>
        </tr>
      </tbody>
    </table>
  );
}
