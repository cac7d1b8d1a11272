// WebGL2 renderer: three draw calls a frame (ribbons, lines, nodes; a few more when lines and ribbons alternate).
//
// Edges are instances of one thin quad and hold only two node numbers; positions live in a texture, so that a new layout
// uploads 16 bytes a node and panning uploads a few numbers.
import type { ChannelGraph } from "../types.ts";
import { coverage, planDetail } from "./detail.ts";
import type { Layout } from "./layout.ts";
import type { DrawStats, Picture, Renderer } from "./renderer.ts";

const ROW = 1024;

const COMMON = `#version 300 es
precision highp float; precision highp int; precision highp sampler2D;
uniform vec4 uTransform; uniform vec2 uSize; uniform float uRatio; uniform sampler2D uLayers;
vec2 screen(vec2 p) { return p * uTransform.xy + uTransform.zw; }
vec4 clip(vec2 p) { return vec4(p / uSize * vec2(2, -2) + vec2(-1, 1), 0, 1); }
`;
const NODE = `uniform sampler2D uNodes;
vec4 node(uint i) { return texelFetch(uNodes, ivec2(i % ${ROW}u, i / ${ROW}u), 0); }
`;

// A line is a quad one pixel wider than the line: its rim fades out, which is cheaper and finer than multisampling.
const LINE_VERTEX = `${COMMON + NODE}
layout(location = 0) in uint aSource; layout(location = 1) in uint aTarget;
uniform float uWidth; out float vAcross; flat out vec4 vColour;
void main() {
  vec4 a = node(aSource), b = node(aTarget);
  vec4 style = texelFetch(uLayers, ivec2(int(b.z), 0), 0);
  vec2 p = screen(a.xy), q = screen(b.xy), along = normalize(q - p);
  float side = float(gl_VertexID & 1) * 2.0 - 1.0, reach = uWidth * 0.5 + 0.5 / uRatio;
  vAcross = side * reach * uRatio; vColour = style;
  gl_Position = style.a <= 0.0 ? vec4(2, 2, 2, 1) : clip(mix(p, q, float(gl_VertexID >> 1)) + vec2(-along.y, along.x) * side * reach);
}`;
const LINE_FRAGMENT = `#version 300 es
precision mediump float; in float vAcross; flat in vec4 vColour; uniform float uHalf; out vec4 colour;
void main() { float a = vColour.a * clamp(uHalf + 0.5 - abs(vAcross), 0.0, 1.0); colour = vec4(vColour.rgb * a, a); }`;

// A ribbon shows what its lines would: the density of all lines between two columns is, at each x, the sum of two uniform
// spreads, i.e. a trapezoid.
const RIBBON_VERTEX = `${COMMON}
layout(location = 0) in vec3 aFrom; layout(location = 1) in vec3 aTo; layout(location = 2) in vec2 aStyle;
out float vAlong, vY; flat out vec4 vSpan; flat out vec4 vColour; flat out float vLines;
void main() {
  float end = float(gl_VertexID >> 1);
  vec3 box = end > 0.5 ? aTo : aFrom;
  vec2 p = screen(vec2(box.x, (gl_VertexID & 1) == 0 ? box.y : box.z));
  vAlong = end; vY = p.y; vLines = aStyle.y;
  vSpan = vec4(aFrom.yz, aTo.yz) * uTransform.y + uTransform.w;
  vColour = texelFetch(uLayers, ivec2(int(aStyle.x), 0), 0);
  gl_Position = clip(p);
}`;
const RIBBON_FRAGMENT = `#version 300 es
precision highp float; in float vAlong, vY; flat in vec4 vSpan; flat in vec4 vColour; flat in float vLines;
uniform float uWidth; out vec4 colour;
void main() {
  float a = (1.0 - vAlong) * (vSpan.y - vSpan.x), b = vAlong * (vSpan.w - vSpan.z);
  float off = abs(vY - mix(vSpan.x + vSpan.y, vSpan.z + vSpan.w, vAlong) * 0.5);
  float density = clamp(((a + b) * 0.5 - off) / max(min(a, b), 1e-3), 0.0, 1.0) / max(max(a, b), 1.0);
  float alpha = 1.0 - exp(log(1.0 - min(vColour.a, 0.99)) * density * vLines * uWidth);
  colour = vec4(vColour.rgb * alpha, alpha);
}`;

const NODE_VERTEX = `${COMMON + NODE}
flat out vec4 vColour; out float vRadius; uniform float uColumn;
void main() {
  vec4 n = node(uint(gl_VertexID));
  float r = clamp(min(n.w * uTransform.y * 0.34, uColumn * 0.14), 0.9, 8.0);
  vColour = vec4(texelFetch(uLayers, ivec2(int(n.z), 0), 0).rgb, texelFetch(uLayers, ivec2(int(n.z), 1), 0).a);
  vRadius = r * uRatio; gl_PointSize = vRadius * 2.0 + 6.0; gl_Position = clip(screen(n.xy));
}`;
const NODE_FRAGMENT = `#version 300 es
precision mediump float; flat in vec4 vColour; in float vRadius; uniform vec3 uHalo; out vec4 colour;
void main() {
  float d = length(gl_PointCoord - 0.5) * (vRadius * 2.0 + 6.0);
  float a = vColour.a * clamp(vRadius + 0.5 - d, 0.0, 1.0);
  float rim = vColour.a * 0.9 * clamp(vRadius + min(vRadius * 0.4, 2.0) + 0.5 - d, 0.0, 1.0);
  colour = vec4(mix(uHalo, vColour.rgb, a) * max(a, rim), max(a, rim));
}`;

class WebGLUnavailable extends Error {}

/** Draws into the canvas with WebGL2, or returns null where the browser has none. */
export function createWebGL(canvas: HTMLCanvasElement): Renderer | null {
  const gl = canvas.getContext("webgl2", {
    antialias: false,
    alpha: true,
    premultipliedAlpha: true,
    powerPreference: "high-performance",
  });
  if (!gl) return null;
  try {
    return new WebGLRenderer(gl);
  } catch (error) {
    if (error instanceof WebGLUnavailable) return null;
    throw error;
  }
}

class WebGLRenderer implements Renderer {
  readonly kind = "webgl2";
  private readonly lines: Program;
  private readonly ribbons: Program;
  private readonly nodes: Program;
  private readonly source: WebGLBuffer;
  private readonly target: WebGLBuffer;
  private readonly ribbonBuffer: WebGLBuffer;
  private readonly nodeTexture: WebGLTexture;
  private readonly layerTexture: WebGLTexture;
  private layout: Layout | null = null;
  private nodeCount = 0;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.lines = new Program(gl, LINE_VERTEX, LINE_FRAGMENT);
    this.ribbons = new Program(gl, RIBBON_VERTEX, RIBBON_FRAGMENT);
    this.nodes = new Program(gl, NODE_VERTEX, NODE_FRAGMENT);
    for (const program of [this.lines, this.ribbons, this.nodes]) program.link();
    this.source = gl.createBuffer();
    this.target = gl.createBuffer();
    this.ribbonBuffer = gl.createBuffer();
    this.nodeTexture = this.texture();
    this.layerTexture = this.texture();
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  setScene(graph: ChannelGraph, layout: Layout): number {
    const { gl } = this;
    this.layout = layout;
    this.nodeCount = graph.nodeLayer.length;
    const rows = Math.max(1, Math.ceil(this.nodeCount / ROW));
    const texels = new Float32Array(rows * ROW * 4);
    for (let node = 0; node < this.nodeCount; node++) {
      const layer = graph.nodeLayer[node]!;
      const box = layout.boxes[layer]!;
      texels.set([layout.x[node]!, layout.y[node]!, layer, (box.bottom - box.top) / box.channels], node * 4);
    }
    gl.bindTexture(gl.TEXTURE_2D, this.nodeTexture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, ROW, rows, 0, gl.RGBA, gl.FLOAT, texels);
    for (const [buffer, data] of [
      [this.source, graph.edgeSource],
      [this.target, graph.edgeTarget],
    ] as const) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    }
    return texels.byteLength + graph.edgeSource.byteLength + graph.edgeTarget.byteLength;
  }

  draw(picture: Picture): DrawStats {
    const { gl, layout } = this;
    const { transform: t, view } = picture;
    const stats: DrawStats = { drawCalls: 0, lines: 0, ribbons: 0, bytes: 0 };
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (!layout || gl.isContextLost()) return stats;
    const detail = planDetail(layout, t, view, picture.emphasis);
    stats.bytes += this.uploadLayers(picture, detail.opacity, layout.boxes.length);
    const width = view.ratio > 1.5 ? 0.8 : 1;
    const common = (program: Program) => {
      gl.useProgram(program.handle);
      gl.uniform4f(program.at("uTransform"), t.ax, t.ay, t.bx, t.by);
      gl.uniform2f(program.at("uSize"), view.width, view.height);
      gl.uniform1f(program.at("uRatio"), view.ratio);
      gl.uniform1i(program.at("uLayers"), 1);
      gl.uniform1i(program.at("uNodes"), 0);
      gl.uniform1f(program.at("uWidth"), width);
      gl.uniform1f(program.at("uHalf"), (width * view.ratio) / 2);
      gl.uniform1f(program.at("uColumn"), t.ax);
    };
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.nodeTexture);

    if (detail.ribbons.length > 0) {
      const data = new Float32Array(detail.ribbons.length * 8);
      detail.ribbons.forEach((index, at) => {
        const bundle = layout.bundles[index]!;
        const { source, target } = bundle;
        const a = layout.boxes[source]!;
        const b = layout.boxes[target]!;
        data.set([a.x, a.top, a.bottom, b.x, b.top, b.bottom, target, coverage(layout, t, bundle)], at * 8);
      });
      common(this.ribbons);
      gl.bindBuffer(gl.ARRAY_BUFFER, this.ribbonBuffer);
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.STREAM_DRAW);
      [
        [3, 0],
        [3, 12],
        [2, 24],
      ].forEach(([size, offset], place) => {
        gl.enableVertexAttribArray(place);
        gl.vertexAttribPointer(place, size!, gl.FLOAT, false, 32, offset!);
        gl.vertexAttribDivisor(place, 1);
      });
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, detail.ribbons.length);
      gl.disableVertexAttribArray(2);
      stats.ribbons = detail.ribbons.length;
      stats.bytes += data.byteLength;
      stats.drawCalls++;
    }

    if (detail.runs.length > 0) {
      common(this.lines);
      for (const [start, end] of detail.runs) {
        [this.source, this.target].forEach((buffer, place) => {
          gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
          gl.enableVertexAttribArray(place);
          gl.vertexAttribIPointer(place, 1, gl.UNSIGNED_INT, 0, start * 4);
          gl.vertexAttribDivisor(place, 1);
        });
        gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, end - start);
        stats.drawCalls++;
      }
      stats.lines = detail.lines;
    }

    if (this.nodeCount > 0) {
      common(this.nodes);
      gl.disableVertexAttribArray(0);
      gl.disableVertexAttribArray(1);
      gl.uniform3f(this.nodes.at("uHalo"), ...picture.halo);
      gl.drawArrays(gl.POINTS, 0, this.nodeCount);
      stats.drawCalls++;
    }
    return stats;
  }

  dispose(): void {
    const { gl } = this;
    for (const buffer of [this.source, this.target, this.ribbonBuffer]) gl.deleteBuffer(buffer);
    for (const texture of [this.nodeTexture, this.layerTexture]) gl.deleteTexture(texture);
    for (const program of [this.lines, this.ribbons, this.nodes]) gl.deleteProgram(program.handle);
  }

  /** Row 0: colour and line opacity of each layer; row 1: the same colour and node opacity. */
  private uploadLayers({ colours, emphasis }: Picture, opacity: Float32Array, count: number): number {
    const { gl } = this;
    const texels = new Float32Array(count * 8);
    for (let layer = 0; layer < count; layer++) {
      const strength = emphasis?.[layer] ?? 1;
      for (const [row, alpha] of [
        [0, opacity[layer]!],
        [1, Math.min(1, strength)],
      ] as const) {
        texels.set(
          [colours[layer * 3]!, colours[layer * 3 + 1]!, colours[layer * 3 + 2]!, alpha],
          (row * count + layer) * 4,
        );
      }
    }
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.layerTexture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, count, 2, 0, gl.RGBA, gl.FLOAT, texels);
    return texels.byteLength;
  }

  private texture(): WebGLTexture {
    const { gl } = this;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
    return texture;
  }
}

class Program {
  readonly handle: WebGLProgram;
  private readonly places = new Map<string, WebGLUniformLocation | null>();

  // Compiling is started here and awaited in `link`, so that the browser can compile the programs side by side.
  constructor(
    private readonly gl: WebGL2RenderingContext,
    vertex: string,
    fragment: string,
  ) {
    this.handle = gl.createProgram();
    for (const [type, text] of [
      [gl.VERTEX_SHADER, vertex],
      [gl.FRAGMENT_SHADER, fragment],
    ] as const) {
      const shader = gl.createShader(type);
      if (!shader) throw new WebGLUnavailable("the context was lost");
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(this.handle, shader);
      gl.deleteShader(shader);
    }
    gl.linkProgram(this.handle);
  }

  link(): void {
    const { gl } = this;
    if (!gl.getProgramParameter(this.handle, gl.LINK_STATUS))
      throw new WebGLUnavailable(gl.getProgramInfoLog(this.handle) ?? "shaders do not link");
  }

  at(name: string): WebGLUniformLocation | null {
    let place = this.places.get(name);
    if (place === undefined) this.places.set(name, (place = this.gl.getUniformLocation(this.handle, name)));
    return place;
  }
}
