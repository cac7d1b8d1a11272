// What the editors' drawings share.

/** A point of a drawing of `width` units in px of the editor, which the drawing fills from its left edge or stands centred in. */
export function inEditor(
  svg: SVGSVGElement | null,
  point: { x: number; y: number },
  width: number,
): { x: number; y: number } {
  if (!svg) return point;
  const scale = svg.clientWidth / width;
  const left = svg.getBoundingClientRect().left - svg.parentElement!.getBoundingClientRect().left;
  return { x: left + point.x * scale, y: point.y * scale };
}
