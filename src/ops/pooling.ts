// Pooling of images [N, C, (D,) H, W] or [N, (D,) H, W, C]: largest elements, averages, sums and p-norms of windows, and their gradients.

import type { DataBuffer } from '../memory/buffer.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { Binary, Unary } from './codes.ts';
import { converted, onDense } from './converted.ts';
import { binary, binaryScalar, unary } from './elementwise.ts';
import { describePooling, PoolDivisor, PoolMode, type PoolWindow } from './poolPlan.ts';

export { PoolDivisor, type PoolWindow } from './poolPlan.ts';

const { MAX, AVERAGE, AVERAGE_BACKWARD, MAX_BACKWARD, PLACES } = PoolMode;

function pool(mode: PoolMode, out: ArrayView, x: ArrayView, windows: PoolWindow, divisor: PoolDivisor): void {
  onDense(out, [x], (to, [from = x], info) => {
    const block = describePooling(mode, to, from, windows, divisor);
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
    const block = describePooling(MAX_BACKWARD, gradient, from, windows, PoolDivisor.NONE);
    runtime().kernels.pool(info.compute, MAX_BACKWARD, addressOf(gradient), addressOf(from), addressOf(to), 0, block);
  });
}

/**
 * out = maxPool(x), and at = the place of every largest element in its example: its index in the elements of x[n], in 'c' order.
 * `at` is dense and of type INT.
 */
export function maxPoolPlaces(out: ArrayView, at: ArrayView, x: ArrayView, windows: PoolWindow): void {
  onDense(out, [x], (to, [from = x], info) => {
    const block = describePooling(PLACES, to, from, windows, PoolDivisor.NONE);
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
    const block = describePooling(AVERAGE_BACKWARD, gradient, to, windows, divisor);
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
