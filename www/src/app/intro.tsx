// The first visit: four short answers. Closed once read; a link opens without it.
import { SPACES } from "../space/spaces.ts";
import { store, useStore } from "../state/state.ts";
import { IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

export function Intro() {
  const space = useStore((state) => state.space);
  return (
    <section class="region intro" aria-label="What this page shows">
      <dl>
        <div>
          <dt>A cell</dt>
          <dd>{SPACES[space].intro}</dd>
        </div>
        <div>
          <dt>The channel graph</dt>
          <dd>
            is what NASGraph makes of a network: a node for each channel, and an edge wherever one channel, fed alone,
            makes a channel of the next layer respond.
          </dd>
        </div>
        <div>
          <dt>A proxy</dt>
          <dd>
            is a score that needs no training and should rank cells as their trained accuracy does: here the graph's
            average degree, and ε.
          </dd>
        </div>
        <div>
          <dt>When it misleads</dt>
          <dd>
            The degree nearly counts convolutions, plus a seed's noise. ε is undefined for many cells and untested in
            some spaces. A good fit over all cells can say little among the best.
          </dd>
        </div>
      </dl>
      <IconButton look="plain" label="Close the introduction" onClick={() => store.set({ introOpen: false })}>
        <Icon name="close" />
      </IconButton>
    </section>
  );
}
