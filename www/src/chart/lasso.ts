/** Which points of a plot lie inside a shape drawn on it: pure functions on pixels. Points that are not shown are NaN. */

/** A corner of a shape, in pixels. */
export type Corner = readonly [x: number, y: number];

/** Points inside a closed polygon, by the even-odd rule. Cost O(points in its bounds · corners). */
export function insidePolygon(px: ArrayLike<number>, py: ArrayLike<number>, corners: readonly Corner[]): Uint32Array {
  if (corners.length < 3) return new Uint32Array(0);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const candidates = insideBox(px, py, [Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]);
  return candidates.filter((i) => {
    const x = px[i]!;
    const y = py[i]!;
    let inside = false;
    for (let k = 0, before = corners.length - 1; k < corners.length; before = k++) {
      // An edge counts if it crosses the point's height to its right; half-open, so that a shared corner counts once.
      if (ys[k]! > y === ys[before]! > y) continue;
      if (x < xs[k]! + ((y - ys[k]!) / (ys[before]! - ys[k]!)) * (xs[before]! - xs[k]!)) inside = !inside;
    }
    return inside;
  });
}

/** Points inside a rectangle, its border included; its corners may be given in any order. */
export function insideBox(
  px: ArrayLike<number>,
  py: ArrayLike<number>,
  [x0, y0]: Corner,
  [x1, y1]: Corner,
): Uint32Array {
  const [left, right, top, bottom] = [Math.min(x0, x1), Math.max(x0, x1), Math.min(y0, y1), Math.max(y0, y1)];
  const found: number[] = [];
  for (let i = 0; i < px.length; i++) {
    if (px[i]! >= left && px[i]! <= right && py[i]! >= top && py[i]! <= bottom) found.push(i);
  }
  return Uint32Array.from(found);
}

/** Points that are drawn at all. */
export function shownPoints(px: ArrayLike<number>): Uint32Array {
  const found: number[] = [];
  for (let i = 0; i < px.length; i++) if (!Number.isNaN(px[i]!)) found.push(i);
  return Uint32Array.from(found);
}

export type Combine = "replace" | "add" | "remove";

/** A selection (ascending) after points were chosen. */
export function combine(selected: Uint32Array, chosen: Uint32Array, how: Combine): Uint32Array {
  switch (how) {
    case "replace":
      return Uint32Array.from(new Set(chosen)).sort();
    case "add":
      return Uint32Array.from(new Set([...selected, ...chosen])).sort();
    case "remove": {
      const gone = new Set(chosen);
      return selected.filter((row) => !gone.has(row));
    }
  }
}
