/** A cell at thumbnail size: nodes on a line, edges as arcs, operations by colour, dash and glyph. */
import { opColour, opLook } from "../ops.ts";
import type { CellEdge } from "../types.ts";

/** Edges of a cell's text, `|op~source|…|+|…|`; what does not read so gives none (a thumbnail, not a judge). */
export function readEdges(text: string): Pick<CellEdge, "source" | "target" | "op">[] {
  const groups = text.split("+");
  return groups.flatMap((group, k) =>
    [...group.matchAll(/([a-z0-9_]+)~(\d+)/g)].map((match) => ({ op: match[1]!, source: Number(match[2]), target: k + 1 })),
  );
}

/** The operations in words, edge by edge. */
export function cellWords(text: string): string {
  return readEdges(text).map(({ source, target, op }) => `${source}→${target} ${opLook(op).label}`).join(", ");
}

/** The operations in a few characters, node by node as in the cell's text: `3×3 | none 3×3 | skip none skip`. */
export function cellShort(text: string): string {
  const groups = new Map<number, string[]>();
  for (const { target, op } of readEdges(text)) groups.set(target, [...(groups.get(target) ?? []), opLook(op).short]);
  return [...groups.values()].map((group) => group.join(" ")).join(" | ");
}

const STEP = 30;

export function MiniCell({ text, large }: { text: string; large?: boolean }) {
  const edges = readEdges(text);
  const nodes = Math.max(0, ...edges.map((edge) => edge.target)) + 1;
  const width = (nodes - 1) * STEP + 14;
  const x = (node: number) => 7 + node * STEP;
  const middle = 22;
  return (
    <svg class={large ? "rank-mini large" : "rank-mini"} viewBox={`0 0 ${width} 44`} role="img" aria-label={cellWords(text)}>
      {edges.map(({ source, target, op }) => {
        const look = opLook(op);
        const span = target - source;
        // Neighbours straight, longer spans bowed: from even nodes above the line, from odd ones below it.
        const bow = span === 1 ? 0 : (source % 2 === 0 ? -1 : 1) * (span === 2 ? 24 : 38);
        const mid = (x(source) + x(target)) / 2;
        return (
          <g key={`${source}-${target}`} opacity={op === "none" ? 0.6 : 1}>
            <path
              d={`M${x(source)} ${middle}Q${mid} ${middle + bow} ${x(target)} ${middle}`}
              fill="none"
              stroke={opColour(op)}
              stroke-width={Math.max(1, look.width * 0.6)}
              stroke-dasharray={look.dash ?? undefined}
            />
            {large && (
              <text class="rank-mini-glyph" x={mid} y={middle + bow / 2} fill={opColour(op)} text-anchor="middle" dominant-baseline="central">
                {look.glyph}
              </text>
            )}
          </g>
        );
      })}
      {Array.from({ length: nodes }, (_, node) => (
        <circle key={node} class="rank-mini-node" cx={x(node)} cy={middle} r={3.5} />
      ))}
    </svg>
  );
}
