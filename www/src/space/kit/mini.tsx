/** A cell at thumbnail size: nodes on a line, edges as arcs, operations by colour, dash and glyph. */
import { opColour, opLook } from "../ops.ts";
import { cellWords, readThumb } from "./thumbnail.ts";

const STEP = 30;
const MIDDLE = 22;

/** Nothing for texts of spaces whose cells do not fit a thumbnail. */
export function MiniCell({ text, large }: { text: string; large?: boolean }) {
  const thumb = readThumb(text);
  if (!thumb) return null;
  const { nodes, nodeOps, edges } = thumb;
  // Where there are more nodes they stand closer.
  const step = nodes > 4 ? (STEP * 3) / (nodes - 1) : STEP;
  const width = (nodes - 1) * step + 14;
  const x = (node: number) => 7 + node * step;
  return (
    <svg
      class={large ? "rank-mini large" : "rank-mini"}
      viewBox={`0 0 ${width} 44`}
      role="img"
      aria-label={cellWords(text)}
    >
      {edges.map(({ source, target, op }) => {
        const look = opLook(op || "identity");
        const span = target - source;
        // Neighbours straight, longer spans bowed: from even nodes above the line, from odd ones below it.
        const bow = span === 1 ? 0 : (source % 2 === 0 ? -1 : 1) * Math.min(38, 10 + span * (nodes > 4 ? 5 : 11));
        const mid = (x(source) + x(target)) / 2;
        return (
          <g key={`${source}-${target}`} opacity={op === "none" ? 0.6 : 1}>
            <path
              d={`M${x(source)} ${MIDDLE}Q${mid} ${MIDDLE + bow} ${x(target)} ${MIDDLE}`}
              fill="none"
              stroke={nodeOps ? "var(--ink-soft)" : opColour(op)}
              stroke-width={nodeOps ? 1 : Math.max(1, look.width * 0.6)}
              stroke-dasharray={nodeOps ? undefined : (look.dash ?? undefined)}
            />
            {large && !nodeOps && (
              <text
                class="rank-mini-glyph"
                x={mid}
                y={MIDDLE + bow / 2}
                fill={opColour(op)}
                text-anchor="middle"
                dominant-baseline="central"
              >
                {look.glyph}
              </text>
            )}
          </g>
        );
      })}
      {Array.from({ length: nodes }, (_, node) => {
        const op = nodeOps && node > 0 && node < nodes - 1 ? nodeOps[node]! : null;
        return op === null ? (
          <circle key={node} class="rank-mini-node" cx={x(node)} cy={MIDDLE} r={3.5} />
        ) : (
          <g key={node}>
            <circle class="rank-mini-op" cx={x(node)} cy={MIDDLE} r={6.5} stroke={opColour(op)} stroke-width="1.5" />
            <text
              class="rank-mini-glyph"
              x={x(node)}
              y={MIDDLE}
              fill={opColour(op)}
              text-anchor="middle"
              dominant-baseline="central"
            >
              {opLook(op).glyph}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
