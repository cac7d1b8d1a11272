// The drawing's twin: for each node its two operations and what they read, and the list of nodes that the output joins.
import { opLook } from "../ops.ts";
import { setHover, useStore } from "../../state/state.ts";
import { Button } from "../../ui/button.tsx";
import { Explain } from "../../ui/pop.tsx";
import { OpSwatch } from "../kit/op-menu.tsx";
import { nodeLabel, stepsOf, targetOf, type Half, type HalfName } from "./genotype.ts";

interface RowsProps {
  half: Half;
  /** Position of the half's first edge in `CellInfo.edges`. */
  first: number;
  ops: readonly string[];
  onPair(place: number, op: string, source: number): void;
}

export function Rows({ half, first, ops, onPair }: RowsProps) {
  return (
    <div class="nds-rows">
      {Array.from({ length: stepsOf(half) }, (_, step) => (
        <div key={step} class="nds-node" role="group" aria-label={`Node ${step + 2} adds up`}>
          <span class="nds-number" aria-hidden="true">
            {step + 2}
          </span>
          {[2 * step, 2 * step + 1].map((place) => (
            <PairRow key={place} half={half} place={place} position={first + place} ops={ops} onPair={onPair} />
          ))}
        </div>
      ))}
    </div>
  );
}

function PairRow({
  half,
  place,
  position,
  ops,
  onPair,
}: Omit<RowsProps, "first"> & { place: number; position: number }) {
  const [op, source] = half.pairs[place]!;
  const lit = useStore((state) => state.hover?.cellEdge === position);
  const name = `${place % 2 === 0 ? "First" : "Second"} operation of node ${targetOf(place)}`;
  return (
    <span
      class={`nds-pair ${lit ? "lit" : ""}`}
      onPointerEnter={() => setHover({ cellEdge: position })}
      onPointerLeave={() => setHover(null)}
      onFocusCapture={() => setHover({ cellEdge: position })}
      onBlurCapture={() => setHover(null)}
    >
      <OpSwatch op={op} />
      <select
        class="input"
        aria-label={name}
        value={op}
        onChange={(event) => onPair(place, event.currentTarget.value, source)}
      >
        {ops.map((other) => (
          <option key={other} value={other}>
            {opLook(other).label}
          </option>
        ))}
      </select>
      <select
        class="input nds-source"
        aria-label={`${name} reads`}
        value={source}
        onChange={(event) => onPair(place, op, Number(event.currentTarget.value))}
      >
        {Array.from({ length: targetOf(place) }, (_, node) => (
          <option key={node} value={node}>{`of ${node}`}</option>
        ))}
      </select>
    </span>
  );
}

interface ConcatProps {
  half: Half;
  name: HalfName;
  joined: readonly number[];
  onToggle(node: number): void;
}

export function Concat({ half, name, joined, onToggle }: ConcatProps) {
  const differs = joined.join() !== half.concat.join();
  return (
    <>
      <div class="row tight nds-concat" role="group" aria-label="Nodes that the output joins">
        <span class="small soft">Output joins</span>
        {Array.from({ length: stepsOf(half) + 2 }, (_, node) => node)
          .filter((node) => node >= 2 || half.concat.includes(node))
          .map((node) => (
            <Button
              key={node}
              aria-pressed={half.concat.includes(node)}
              aria-label={`Join ${nodeLabel(node)}`}
              disabled={half.concat.length === 1 && half.concat.includes(node)}
              onClick={() => onToggle(node)}
            >
              {node}
            </Button>
          ))}
        <Explain about="what the output joins">
          The listed nodes are joined channel by channel. NASGraph’s code takes the two lists the wrong way round: its
          normal cells join what the reduction cell lists, its reduction cells what the normal cell lists. That is
          followed here, so that the figures agree with the published ones.
        </Explain>
      </div>
      {differs && (
        <p class="small soft nds-note">
          In NASGraph’s network this cell joins {joined.join(", ")}, as the {name === "normal" ? "reduction" : "normal"}{" "}
          cell lists: a slip of its authors. Dashed lines are in this list only.
        </p>
      )}
    </>
  );
}
