// Strokes as SVG elements.
import { useId } from "preact/hooks";
import type { Box, Stroke } from "./strokes.ts";

export function Strokes({ strokes, box }: { strokes: readonly Stroke[]; box: Box }) {
  const clip = useId();
  return (
    <>
      <clipPath id={clip}>
        <rect x={box.left} y={box.top - 5} width={box.right - box.left + 5} height={box.bottom - box.top + 5} />
      </clipPath>
      {strokes.map((stroke, k) =>
        stroke.kind === "path" ? (
          <path
            key={k}
            d={stroke.d}
            fill={stroke.fill ?? "none"}
            stroke={stroke.stroke ?? "none"}
            stroke-width={stroke.width ?? 1}
            stroke-dasharray={stroke.dash && stroke.dash.length > 0 ? stroke.dash.join(" ") : undefined}
            stroke-linecap="round"
            stroke-linejoin="round"
            opacity={stroke.opacity ?? 1}
            clip-path={stroke.inBox ? `url(#${clip})` : undefined}
          />
        ) : (
          <text
            key={k}
            x={stroke.turned ? 0 : stroke.x}
            y={stroke.turned ? 0 : stroke.y}
            transform={stroke.turned ? `translate(${stroke.x} ${stroke.y}) rotate(-90)` : undefined}
            fill={stroke.fill}
            text-anchor={stroke.anchor}
            font-weight={stroke.bold ? 600 : 400}
            dominant-baseline="central"
          >
            {stroke.text}
          </text>
        ),
      )}
    </>
  );
}
