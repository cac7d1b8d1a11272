// What drawing costs, measured as it happens; read by the in-page bench and by tests.

export interface GraphStats {
  renderer: string;
  nodes: number;
  edges: number;
  frames: number;
  /** Script time of the latest frames, milliseconds. */
  frameMs: number[];
  /** Script time from a ChannelGraph to its first frame, milliseconds; the first one includes making the context. */
  firstFrameMs: number;
  hoverMs: number[];
  drawCalls: number;
  lines: number;
  ribbons: number;
  /** Bytes uploaded for the graph, and for the latest frame. */
  sceneBytes: number;
  frameBytes: number;
}

export const graphStats: GraphStats = {
  renderer: "none",
  nodes: 0,
  edges: 0,
  frames: 0,
  frameMs: [],
  firstFrameMs: 0,
  hoverMs: [],
  drawCalls: 0,
  lines: 0,
  ribbons: 0,
  sceneBytes: 0,
  frameBytes: 0,
};

const KEPT = 240;

export function keep(list: number[], value: number): void {
  list.push(value);
  if (list.length > KEPT) list.shift();
}
