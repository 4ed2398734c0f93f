// Masks of dense BOOL arrays in 'c' order: moving the elements that they choose. And equality within a tolerance.

import { DOUBLE } from '../core/dataType.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';

/** out[i] = x[i] where the mask is 1. All dense in 'c' order and of one length, `x` of out's type or one element of it. */
export function maskAssign(out: ArrayView, x: ArrayView, mask: ArrayView): void {
  const { length } = out.geometry;
  const single = x.geometry.length === 1 ? 1 : 0;
  runtime().kernels.maskAssign(out.buffer.info.shift, addressOf(out), addressOf(x), addressOf(mask), length, single);
}

/** The chosen elements of `x`, one after another; `out` has as many elements as the mask has ones, and x's type. */
export function maskCompress(out: ArrayView, x: ArrayView, mask: ArrayView): void {
  const { length } = x.geometry;
  runtime().kernels.maskCompress(x.buffer.info.shift, addressOf(out), addressOf(x), addressOf(mask), length);
}

/** True when all elements are equal within `eps`, absolute or relative. Both FLOAT or both DOUBLE, dense in the same order. */
export function equalWithin(x: ArrayView, y: ArrayView, eps: number): boolean {
  const type = x.buffer.info === DOUBLE ? 1 : 0;
  return runtime().kernels.equalWithin(type, addressOf(x), addressOf(y), x.geometry.length, eps) !== 0;
}
