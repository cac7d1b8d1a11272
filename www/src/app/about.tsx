// Methods, sources, licences, and what leaves the page.
import { call } from "../engine/client.ts";
import { knownColumns, usePromise } from "../engine/known.ts";
import { SPACES } from "../space/spaces.ts";
import { useStore } from "../state/state.ts";
import { Arxiv } from "../ui/arxiv.tsx";
import { Dialog } from "../ui/dialog.tsx";

export function About({ onClose }: { onClose(): void }) {
  const space = useStore((state) => state.space);
  const version = usePromise("version", () => call("version", [])).value;
  const tabulated = SPACES[space].target !== null;
  const columns = usePromise(`columns:${space}`, async () => (tabulated ? knownColumns(space) : [])).value;
  const sources = [...new Set(columns?.map((column) => column.source) ?? [])];
  return (
    <Dialog title={`About ${version ?? "Cellscope"}`} onClose={onClose}>
      <h3>What is computed</h3>
      <p>
        <strong>NASGraph.</strong> Huang et al. 2024, “Graph is all you need?”, <Arxiv id="2405.01306" />. Each channel
        of a small surrogate network is fed alone; a channel of the next layer that responds is joined to it. The proxy
        is the average degree of that graph. Node and edge counts equal those of the authors' code, random numbers
        included; so do its slips, where a note says so.
      </p>
      <p>
        <strong>Expected degree.</strong> The average degree over all seeds and its standard deviation, from how likely
        each kind of layer is to give an edge. It is not in the paper, and not offered where a layer is several
        convolutions.
      </p>
      <p>
        <strong>ε (epsinas).</strong> Gracheva 2023, <Arxiv id="2302.04406" />. The network with all weights set to a
        small and to a large constant, on one unlabelled mini-batch; ε compares the two normalised outputs. Constant
        weights make all output channels of a convolution equal, so one plane is computed for each kind of channel
        instead of 16 to 512. Offered where its author tested it: NAS-Bench-101 and -201.
      </p>
      <p>
        <strong>Cost.</strong> Parameters and FLOPs of the full network for CIFAR-10 (NAS-Bench-101 and -201; NDS: 36
        channels, 20 cells, no auxiliary head, as the authors of DARTS count); FLOPs are multiply-accumulates of
        convolutions and the linear layer. On DARTS the parameters equal what its authors’ code prints, and, by the
        table’s own rules, those of all 725 known cells.
      </p>
      <h3>Search spaces</h3>
      <p>
        <strong>NAS-Bench-201.</strong> Dong and Yang 2020, <Arxiv id="2001.00326" />. All 15,625 cells, trained on
        three data sets.
      </p>
      <p>
        <strong>NAS-Bench-101.</strong> Ying et al. 2019, <Arxiv id="1902.09635" />. Cells of up to seven vertices;
        known figures of 30,001 of the 423,624, one training run each.
      </p>
      <p>
        <strong>TransNAS-Bench-101.</strong> Duan et al. 2021, <Arxiv id="2105.11871" />. 4,096 micro cells and 3,256
        macro architectures, trained for seven tasks.
      </p>
      <p>
        <strong>NDS.</strong> Radosavovic et al. 2019, <Arxiv id="1905.13214" />. The spaces of DARTS, ENAS, PNAS,
        NASNet and Amoeba. Accuracies are there for 725 DARTS genotypes only, predicted by the NAS-Bench-301 surrogate,
        not trained. Published genotypes are those of quark0/darts, facebookresearch/unnas, chenxi116/PNASNet.pytorch
        and melodyguan/enas.
      </p>
      <h3>What it does not tell</h3>
      <p>
        A proxy ranks; it does not predict an accuracy. Correlations are given with the number of cells they cover, and
        those of ε cover only the cells for which it is defined. Known accuracies are the benchmark's, in the setting
        that each label names; the CIFAR-10 figures of different settings must not be mixed.
      </p>
      <h3>Known figures</h3>
      {sources.length > 0 ? (
        <ul class="sources">
          {sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      ) : (
        <p class="soft">{tabulated ? "Listed here once the table is loaded." : "None in this space."}</p>
      )}
      <h3>What leaves the page</h3>
      <p>
        Nothing. All is computed in this browser. Images that you choose are read here and sent nowhere. There are no
        cookies and no third parties; after the first load the page works offline. A link carries the cell and the
        settings in the part after #, which browsers do not send to the server. Kept between visits, in this browser
        only: your choice of theme, the page's own files, and scores of many cells, so that they need not be computed
        again; below the scatter's controls they can be cleared.
      </p>
      <p class="soft">
        Cellscope is free software under the Apache License 2.0.{" "}
        <a href="licenses.txt" target="_blank" rel="noopener">
          Licences of all parts
        </a>
      </p>
    </Dialog>
  );
}
