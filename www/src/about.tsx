// Methods, sources, licences, and what leaves the page.
import type { ComponentChildren } from "preact";
import { call } from "./client.ts";
import { knownColumns, usePromise } from "./known.ts";
import { useStore } from "./state.ts";
import { Dialog } from "./ui/dialog.tsx";

export function About({ onClose }: { onClose(): void }) {
  const space = useStore((state) => state.space);
  const version = usePromise("version", () => call("version", [])).value;
  const columns = usePromise(`columns:${space}`, () => knownColumns(space)).value;
  const sources = [...new Set(columns?.map((column) => column.source) ?? [])];
  return (
    <Dialog title={`About ${version ?? "Cellscope"}`} onClose={onClose}>
      <h3>What is computed</h3>
      <p>
        <strong>NASGraph.</strong> Huang et al. 2024, “Graph is all you need?”, <Arxiv id="2405.01306" />. Each channel of a small
        surrogate network is fed alone; a channel of the next layer that responds is joined to it. The proxy is the average degree
        of that graph. Node and edge counts equal those of the authors' code, random numbers included.
      </p>
      <p>
        <strong>Expected degree.</strong> The average degree over all seeds and its standard deviation, from how likely each kind
        of layer is to give an edge. It is not in the paper.
      </p>
      <p>
        <strong>ε (epsinas).</strong> Gracheva 2023, <Arxiv id="2302.04406" />. The network with all weights set to a small and to a
        large constant, on one unlabelled mini-batch; ε compares the two normalised outputs. Constant weights make all output
        channels of a convolution equal, so one plane is computed for each instead of 16 to 64.
      </p>
      <p>
        <strong>NAS-Bench-201.</strong> Dong and Yang 2020, <Arxiv id="2001.00326" />. All 15,625 cells, trained on three data sets.
      </p>
      <p>
        <strong>Cost.</strong> Parameters and FLOPs of the full network for CIFAR-10; FLOPs are multiply-accumulates of
        convolutions and the linear layer.
      </p>
      <h3>What it does not tell</h3>
      <p>
        A proxy ranks; it does not predict an accuracy. Correlations are given with the number of cells they cover, and those of ε
        cover only the cells for which it is defined. Known accuracies are the benchmark's, in the setting that each label names; the
        CIFAR-10 figures of different settings must not be mixed.
      </p>
      <h3>Known figures</h3>
      {sources.length > 0 ? (
        <ul class="sources">
          {sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      ) : (
        <p class="soft">Listed here once the table is loaded.</p>
      )}
      <h3>What leaves the page</h3>
      <p>
        Nothing. All is computed in this browser. Images that you choose are read here and sent nowhere. There are no cookies and no
        third parties; after the first load the page works offline. A link carries the cell and the settings in the part after #,
        which browsers do not send to the server. Kept between visits: your choice of theme, and the page's own files.
      </p>
      <p class="soft">
        Cellscope is free software under the Apache License 2.0.{" "}
        <a href="licenses.txt" target="_blank">
          Licences of all parts
        </a>
      </p>
    </Dialog>
  );
}

function Arxiv({ id }: { id: string }): ComponentChildren {
  return (
    <a href={`https://arxiv.org/abs/${id}`} rel="noopener noreferrer" target="_blank">
      arXiv:{id}
    </a>
  );
}
