// Convolutions of one to three dimensions, their gradients and their patches, on views [images, channels, …places] of any strides.
// One geometry serves all: a position of the output sees, in each dimension, the inputs position · stride − padding + tap · dilation.
// What lies outside the input is a factor 0, as in DL4J: an infinite or NaN weight (or gradient, for the weights) makes NaN of it.
// Depthwise convolutions skip it. The kernel takes minimal filtering for 3×3 in float32 where it pays (assembly/kernels/winograd.ts).

import { DOUBLE, FLOAT } from '../core/dataType.ts';
import type { DataBuffer } from '../memory/buffer.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { converted } from './converted.ts';
import { copy } from './layout.ts';
import { reduce } from './reduce.ts';
import { Reduce } from './reduceCodes.ts';
import { geometryAddress, scratch } from './scratch.ts';

/** How a kernel is moved over an input: one number for each spatial dimension. The sizes themselves are those of the arrays. */
export interface Sliding {
  readonly stride: readonly number[];
  /** Positions before the first input; what is needed behind the last one follows from the size of the output. */
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** What the kernel computes (assembly/kernels/convolution.ts). */
const Mode = {
  FORWARD: 0,
  DATA: 1,
  WEIGHTS: 2,
  PATCHES: 3,
  GATHER: 4,
  DEPTHWISE: 5,
  DEPTHWISE_DATA: 6,
  DEPTHWISE_WEIGHTS: 7,
} as const;
type Mode = (typeof Mode)[keyof typeof Mode];

type Letter = 'out' | 'x' | 'w';
const WRITTEN: readonly Letter[] = ['out', 'x', 'w', 'out', 'x', 'out', 'x', 'w'];

/** out[n, k] = Σ w[k, c, …kernel] · x[n, c] + bias[k]. `out` overlaps no input. */
export function convolution(
  out: ArrayView,
  x: ArrayView,
  w: ArrayView,
  bias: ArrayView | null,
  sliding: Sliding,
): void {
  run(Mode.FORWARD, out, x, w, bias, w.geometry.shape.slice(2), sliding);
}

/**
 * dx[n, c] = what every output's gradient g[n, k] sends back through w[k, c, …kernel], plus bias[c]: the gradient of a convolution's
 * input, and the deconvolution of g.
 */
export function convolutionData(
  dx: ArrayView,
  g: ArrayView,
  w: ArrayView,
  bias: ArrayView | null,
  sliding: Sliding,
): void {
  run(Mode.DATA, g, dx, w, bias, w.geometry.shape.slice(2), sliding);
}

/** dw[k, c, …kernel] = Σ g[n, k] · x[n, c]: the gradient of a convolution's weights. */
export function convolutionWeights(dw: ArrayView, x: ArrayView, g: ArrayView, sliding: Sliding): void {
  run(Mode.WEIGHTS, g, x, dw, null, dw.geometry.shape.slice(2), sliding);
}

/** out[n, c · multiplier + m] = Σ w[c, m, …kernel] · x[n, c] + bias: every channel by itself. */
export function depthwise(out: ArrayView, x: ArrayView, w: ArrayView, bias: ArrayView | null, sliding: Sliding): void {
  run(Mode.DEPTHWISE, out, x, w, bias, w.geometry.shape.slice(2), sliding);
}

/** The gradient of a depthwise convolution's input. */
export function depthwiseData(dx: ArrayView, g: ArrayView, w: ArrayView, sliding: Sliding): void {
  run(Mode.DEPTHWISE_DATA, g, dx, w, null, w.geometry.shape.slice(2), sliding);
}

/** dw[c, m, …kernel]: the gradient of a depthwise convolution's weights. */
export function depthwiseWeights(dw: ArrayView, x: ArrayView, g: ArrayView, sliding: Sliding): void {
  run(Mode.DEPTHWISE_WEIGHTS, g, x, dw, null, dw.geometry.shape.slice(2), sliding);
}

/** out[n, c, …kernel, …places] = the input that each tap of the kernel sees from each place. */
export function im2col(out: ArrayView, x: ArrayView, sliding: Sliding): void {
  const rank = sliding.stride.length;
  run(Mode.PATCHES, out, x, null, null, out.geometry.shape.slice(2, 2 + rank), sliding);
}

/** x[n, c] = for each input the sum of all patches[n, c, …kernel, …places] that im2col reads there. */
export function col2im(x: ArrayView, patches: ArrayView, sliding: Sliding): void {
  const rank = sliding.stride.length;
  run(Mode.GATHER, patches, x, null, null, patches.geometry.shape.slice(2, 2 + rank), sliding);
}

/** db[k] = Σ g[n, k, …places]: the gradient of a bias; `db` has rank 1. */
export function biasGradient(db: ArrayView, g: ArrayView): void {
  const others = g.geometry.shape.map((_, dimension) => dimension).filter((dimension) => dimension !== 1);
  reduce(Reduce.SUM, db, g, others);
}

/** Brings the operands into the kernel's type and order, and the result into its own. */
function run(
  mode: Mode,
  out: ArrayView,
  x: ArrayView,
  w: ArrayView | null,
  bias: ArrayView | null,
  kernel: readonly number[],
  sliding: Sliding,
): void {
  const operands = { out, x, w };
  const written = WRITTEN[mode] as Letter;
  const result = operands[written] as ArrayView;
  if (result.geometry.length === 0) return;
  const info = result.buffer.info === DOUBLE ? DOUBLE : FLOAT;
  const owned: DataBuffer[] = [];
  const dense = (view: ArrayView, isRead: boolean): ArrayView =>
    view.buffer.info === info && view.geometry.isDenseC ? view : converted(view, info, owned, isRead);
  try {
    const denseOut = dense(out, written !== 'out');
    const denseX = dense(x, written !== 'x');
    const denseW = w === null ? null : dense(w, written !== 'w');
    const denseBias = bias === null ? null : dense(bias, true);
    launch(mode, denseOut, denseX, denseW, denseBias, kernel, sliding);
    const computed = { out: denseOut, x: denseX, w: denseW }[written] as ArrayView;
    if (computed !== result) copy(result, computed);
  } finally {
    for (const buffer of owned) buffer.close();
  }
}

function launch(
  mode: Mode,
  out: ArrayView,
  x: ArrayView,
  w: ArrayView | null,
  bias: ArrayView | null,
  kernel: readonly number[],
  sliding: Sliding,
): void {
  const { kernels } = runtime();
  const { compute } = out.buffer.info;
  const outShape = out.geometry.shape;
  const xShape = x.geometry.shape;
  const rank = kernel.length;
  const inputs = xShape[1] as number;
  const isPatches = mode === Mode.PATCHES || mode === Mode.GATHER;
  const channels = isPatches ? kernel.reduce((product, size) => product * size, inputs) : (outShape[1] as number);
  const geometry = geometryAddress();
  writeGeometry(geometry >>> 2, inputs, xShape.slice(2), kernel, outShape.slice(-rank), sliding);
  const images = xShape[0] as number;
  const bytes = kernels.convolutionScratchBytes(mode, compute, geometry, channels, images) >>> 0;
  kernels.convolution(
    mode,
    compute,
    addressOf(out),
    addressOf(x),
    w === null ? 0 : addressOf(w),
    bias === null ? 0 : addressOf(bias),
    geometry,
    channels,
    images,
    bytes === 0 ? 0 : scratch(bytes),
  );
}

/** Fewer than three dimensions stand for three, the first ones of size 1. */
function writeGeometry(
  at: number,
  channels: number,
  input: readonly number[],
  kernel: readonly number[],
  output: readonly number[],
  { stride, padding, dilation }: Sliding,
): void {
  const { i32 } = runtime().memory;
  const missing = 3 - input.length;
  const fields = [input, kernel, stride, padding, dilation, output];
  i32[at] = channels;
  for (let field = 0; field < fields.length; field++) {
    const values = fields[field] as readonly number[];
    for (let d = 0; d < 3; d++) {
      const fallback = values === padding ? 0 : 1;
      i32[at + 1 + 3 * field + d] = d < missing ? fallback : (values[d - missing] as number);
    }
  }
}
