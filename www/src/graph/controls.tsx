// Settings of NASGraph's surrogate network.
import { LIMITS, setOptions, useStore } from "../state.ts";
import { NumberField } from "../ui/field.tsx";
import { Explain } from "../ui/pop.tsx";

export function NetworkControls() {
  const { seed, stemChannels, cellsPerStack } = useStore((state) => state.options);
  return (
    <div class="row graph-controls">
      <span class="graph-control">
        <NumberField label="Seed" value={seed} limits={LIMITS.seed} width={5} onChange={(value) => setOptions({ seed: value })} />
        <Explain about="the network's seed">
          Draws the network’s random weights as PyTorch does. Another seed gives another graph of the same cell; the paper’s authors use 1.
        </Explain>
      </span>
      <span class="graph-control">
        <NumberField label="Stem channels" value={stemChannels} limits={LIMITS.stemChannels} width={2} onChange={(value) => setOptions({ stemChannels: value })} />
        <Explain about="stem channels">
          Channels after the first convolution; each reduction doubles them. Edges grow with the square. The authors use 16.
        </Explain>
      </span>
      <span class="graph-control">
        <NumberField label="Cells a stack" value={cellsPerStack} limits={LIMITS.cellsPerStack} width={1} onChange={(value) => setOptions({ cellsPerStack: value })} />
        <Explain about="cells a stack">
          How often the cell is repeated in each of the three stacks. The authors use 1; the trained networks have 5.
        </Explain>
      </span>
    </div>
  );
}
