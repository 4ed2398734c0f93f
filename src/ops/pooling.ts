// Pooling of images [N, C, (D,) H, W] or [N, (D,) H, W, C]: largest elements, averages, sums and p-norms of windows, and their gradients.

import type { DataBuffer } from '../memory/buffer.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { Binary, Unary } from './codes.ts';
import { converted, onDense } from './converted.ts';
import { binary, binaryScalar, unary } from './elementwise.ts';
import { scratch } from './scratch.ts';

/** Windows over an image: one number for each of its two or three dimensions, outermost first. */
export interface PoolWindow {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  /** Padding before the first element. What is behind the last one follows from the size of the output. */
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  /** The last dimension of the arrays is the channel, else the second one. */
  readonly isChannelsLast: boolean;
}

/** What a sum is divided by: nothing, the elements of the window that are not padding, or all of them. */
export const PoolDivisor = { NONE: 0, EXCLUDE_PADDING: 1, INCLUDE_PADDING: 2 } as const;
export type PoolDivisor = (typeof PoolDivisor)[keyof typeof PoolDivisor];

/** The numbers that the kernel reads, and 16 bytes before its rows. */
const BLOCK_BYTES = 96;
const SPARE_BYTES = 16;

/** What the kernel does. */
const MAX = 0;
const AVERAGE = 1;
const AVERAGE_BACKWARD = 2;
const MAX_BACKWARD = 3;
const PLACES = 4;

/** Address of the block that describes the windows over `x`, whose results are `out`. Both are dense in 'c' order. */
function describe(out: ArrayView, x: ArrayView, windows: PoolWindow, divisor: PoolDivisor): number {
  const rank = windows.kernel.length;
  const from = x.geometry.shape;
  const to = out.geometry.shape;
  const first = windows.isChannelsLast ? 1 : 2;
  const channels = from[windows.isChannelsLast ? rank + 1 : 1] as number;
  const inner = windows.isChannelsLast ? channels : 1;
  const three = (values: readonly number[], at: number, missing: number): number[] =>
    rank === 3
      ? [values[at] as number, values[at + 1] as number, values[at + 2] as number]
      : [missing, values[at] as number, values[at + 1] as number];
  const kernel = three(windows.kernel, 0, 1);
  const stride = three(windows.stride, 0, 1);
  const padding = three(windows.padding, 0, 0);
  const dilation = three(windows.dilation, 0, 1);
  const size = three(from, first, 1);
  const result = three(to, first, 1);
  const last = (values: readonly number[]): number => values[2] as number;
  const reach = (last(result) + 3) * last(stride) + last(kernel) * last(dilation);
  // Rows of whole vectors, and what a vector at their end reads.
  const row = Math.ceil((Math.max(reach, last(padding) + last(size)) * inner) / 4) * 4 + 8;
  const rows = (kernel[0] as number) * (kernel[1] as number);
  const block = scratch(BLOCK_BYTES + SPARE_BYTES + (2 * row + last(result) + 8) * x.buffer.info.width + 4 * rows);
  const planes = (from[0] as number) * (windows.isChannelsLast ? 1 : channels);
  const words = [planes, ...size, inner, ...result, ...kernel, ...stride, ...padding, ...dilation, divisor, row];
  const { memory } = runtime();
  memory.u32.set(words, block >>> 2);
  memory.u32[(block >>> 2) + words.length] = block + BLOCK_BYTES;
  return block;
}

function pool(mode: number, out: ArrayView, x: ArrayView, windows: PoolWindow, divisor: PoolDivisor): void {
  onDense(out, [x], (to, [from = x], info) => {
    const block = describe(to, from, windows, divisor);
    runtime().kernels.pool(info.compute, mode, addressOf(to), addressOf(from), 0, 0, block);
  });
}

/**
 * out = the largest element of every window. `out` does not overlap x. NaN and −∞ are never the largest: a window of nothing else gives the
 * lowest finite number, as in libnd4j.
 */
export function maxPool(out: ArrayView, x: ArrayView, windows: PoolWindow): void {
  pool(MAX, out, x, windows, PoolDivisor.NONE);
}

/** out = the sum of every window over `divisor`. `out` does not overlap x. A window of padding alone is NaN where padding is not counted. */
export function averagePool(out: ArrayView, x: ArrayView, windows: PoolWindow, divisor: PoolDivisor): void {
  pool(AVERAGE, out, x, windows, divisor);
}

/** dx = the gradient of x from the gradient g of maxPool(x): g goes to the first one of equals, in the order depth, height, width. */
export function maxPoolBackward(dx: ArrayView, x: ArrayView, g: ArrayView, windows: PoolWindow): void {
  onDense(dx, [x, g], (to, [from = x, gradient = g], info) => {
    const block = describe(gradient, from, windows, PoolDivisor.NONE);
    runtime().kernels.pool(info.compute, MAX_BACKWARD, addressOf(gradient), addressOf(from), addressOf(to), 0, block);
  });
}

/**
 * out = maxPool(x), and at = the place of every largest element in its example: its index in the elements of x[n], in 'c' order.
 * `at` is dense and of type INT.
 */
export function maxPoolPlaces(out: ArrayView, at: ArrayView, x: ArrayView, windows: PoolWindow): void {
  onDense(out, [x], (to, [from = x], info) => {
    const block = describe(to, from, windows, PoolDivisor.NONE);
    runtime().kernels.pool(info.compute, PLACES, addressOf(to), addressOf(from), 0, addressOf(at), block);
  });
  if (windows.isChannelsLast || at.geometry.length === 0) return;
  const [, channels, ...size] = x.geometry.shape as [number, number, ...number[]];
  const plane = size.reduce((product, each) => product * each, 1);
  const places = at.buffer.window() as Int32Array;
  const count = at.geometry.shape.slice(2).reduce((product, each) => product * each, 1);
  for (let i = 0; i < at.geometry.length; i++) {
    const place = at.offset + i;
    places[place] = (places[place] as number) + (Math.floor(i / count) % channels) * plane;
  }
}

/** dx = the gradient of x from the gradient g of averagePool(x). */
export function averagePoolBackward(dx: ArrayView, g: ArrayView, windows: PoolWindow, divisor: PoolDivisor): void {
  onDense(dx, [g], (to, [gradient = g], info) => {
    const block = describe(gradient, to, windows, divisor);
    runtime().kernels.pool(info.compute, AVERAGE_BACKWARD, addressOf(gradient), 0, addressOf(to), 0, block);
  });
}

/** out = |x|^p. */
function powers(out: ArrayView, x: ArrayView, p: number): void {
  if (p === 2) unary(Unary.SQUARE, out, x);
  else unary(Unary.ABS, out, x);
  if (p !== 1 && p !== 2) binaryScalar(Binary.POW, out, out, p);
}

/** out = (Σ |x|^p)^(1/p) of every window, p ≥ 1. `out` does not overlap x. */
export function pnormPool(out: ArrayView, x: ArrayView, windows: PoolWindow, p: number): void {
  onDense(out, [x], (to, [from = x], info) => {
    const owned: DataBuffer[] = [];
    try {
      const terms = converted(from, info, owned, false);
      powers(terms, from, p);
      averagePool(to, terms, windows, PoolDivisor.NONE);
      if (p === 2) unary(Unary.SQRT, to, to);
      else if (p !== 1) binaryScalar(Binary.POW, to, to, 1 / p);
    } finally {
      for (const buffer of owned) buffer.close();
    }
  });
}

/** dx = g · |x|^(p−1) · sign(x) · (Σ |x|^p)^(1/p − 1), summed over the windows that hold x: NaN for a window of zeros unless p is 1. @see pnormPool */
export function pnormPoolBackward(dx: ArrayView, x: ArrayView, g: ArrayView, windows: PoolWindow, p: number): void {
  onDense(dx, [x, g], (to, [from = x, gradient = g], info) => {
    const owned: DataBuffer[] = [];
    try {
      const terms = converted(from, info, owned, false);
      const sums = converted(gradient, info, owned, false);
      powers(terms, from, p);
      averagePool(sums, terms, windows, PoolDivisor.NONE);
      binaryScalar(Binary.POW, sums, sums, 1 / p - 1);
      binary(Binary.MUL, sums, sums, gradient);
      averagePoolBackward(to, sums, windows, PoolDivisor.NONE);
      if (p !== 1) {
        powers(terms, from, p - 1);
        binary(Binary.MUL, to, to, terms);
      }
      unary(Unary.SIGN, terms, from);
      binary(Binary.MUL, to, to, terms);
    } finally {
      for (const buffer of owned) buffer.close();
    }
  });
}
