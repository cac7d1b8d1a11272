// The first visit: four short answers. Closed once read; a link opens without it.
import { store } from "./state.ts";
import { Button } from "./ui/button.tsx";

export function Intro() {
  return (
    <section class="region intro" aria-label="What this page shows">
      <dl>
        <div>
          <dt>A cell</dt>
          <dd>
            is a small network: four nodes, six edges, one of five operations on each. The full network stacks one cell 15
            times. NAS-Bench-201 has 15,625 cells, and all of them have been trained, so every score here can be checked.
          </dd>
        </div>
        <div>
          <dt>The channel graph</dt>
          <dd>
            is what NASGraph makes of the network: a node for each channel, and an edge wherever feeding one channel alone makes
            a channel of the next layer respond.
          </dd>
        </div>
        <div>
          <dt>A proxy</dt>
          <dd>
            is a score that needs no training and should rank cells as their trained accuracy does. Two are computed here as you
            edit: the average degree of the channel graph, and ε.
          </dd>
        </div>
        <div>
          <dt>When it misleads</dt>
          <dd>
            The average degree is close to counting convolutions, and its seed adds noise. ε is undefined for many cells. A rank
            that fits well over all cells can say little among the best.
          </dd>
        </div>
      </dl>
      <Button onClick={() => store.set({ introOpen: false })}>Close</Button>
    </section>
  );
}
