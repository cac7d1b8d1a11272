// The other measures that NASGraph's authors report on the degree sequence.
import type { ComponentChildren } from "preact";
import { millions, significant, whole } from "../words/format.ts";
import type { Measures } from "../types.ts";
import { Explain } from "../ui/pop.tsx";
import { Formula } from "./about.tsx";

interface Row {
  label: string;
  value: string;
  meaning: string;
  formula?: ComponentChildren;
}

function rowsOf({ nodes: n, edges: e, density, resilience, entropy, wedge, gini }: Measures): Row[] {
  return [
    { label: "Nodes", value: whole(n), meaning: "Channels that at least one edge touches." },
    {
      label: "Edges",
      value: whole(e),
      meaning: "Pairs of channels where the one, fed alone with ones, leaves something in the other after ReLU.",
    },
    {
      label: "Density",
      value: significant(density, 3),
      meaning: "Share of all ordered pairs of channels that are joined.",
      formula: `edges / (nodes · (nodes − 1)) = ${whole(e)} / (${whole(n)} · ${whole(n - 1)})`,
    },
    {
      label: "Resilience",
      value: significant(resilience, 4),
      meaning:
        "Mean squared degree over mean degree: the average degree of the channel at a random end of a random edge.",
      formula: "mean(d²) / mean(d)",
    },
    {
      label: "Entropy",
      value: significant(entropy, 3),
      meaning: "Shannon entropy (nats) of the degrees' shares, per node: high where the edges are spread evenly.",
      formula: "−Σ p ln p / nodes, p = d / Σ d",
    },
    {
      label: "Wedges",
      value: wedge < 1e5 ? whole(wedge) : millions(wedge),
      meaning: "Pairs of edges that meet in one channel.",
      formula: "Σ d (d − 1) / 2",
    },
    {
      label: "Gini",
      value: significant(gini, 3),
      meaning:
        "Inequality of the degrees, as the authors compute it: with the number of edges, half the sum of the degrees, below.",
      formula: "Σ r · d₍ᵣ₎ / (edges · nodes) − (nodes + 1) / nodes, r = rank from the smallest degree",
    },
  ];
}

/** Where the window has the room. */
const OPEN_AT_FIRST = matchMedia("(min-height: 960px) and (min-width: 1121px)").matches;

export function OtherMeasures({ measures }: { measures: Measures }) {
  return (
    <details class="measures" open={OPEN_AT_FIRST}>
      <summary>Other measures of the graph</summary>
      <dl class="measure-list">
        {rowsOf(measures).map(({ label, value, meaning, formula }) => (
          <div key={label}>
            <dt>
              {label}
              <Explain about={label.toLowerCase()}>
                {meaning}
                {formula && (
                  <Formula>
                    {formula} = {value}
                  </Formula>
                )}
              </Explain>
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
