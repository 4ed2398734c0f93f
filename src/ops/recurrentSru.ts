// SRU: z, f, r = blocks of a product of the input; c = f · before + (1 − f) · z, h = r · tanh c + (1 − r) · x. Arrays of [N, n], any strides.

import type { ArrayView } from '../memory/view.ts';
import { Binary, Unary } from './codes.ts';
import { binary, unary } from './elementwise.ts';
import { copy } from './layout.ts';
import { sigmoidSlope, tanhSlope } from './recurrentGru.ts';
import type { Temporaries } from './temporaries.ts';

/** Candidate, forget gate and reset gate of a step. */
export interface SruBlocks {
  readonly z: ArrayView;
  readonly f: ArrayView;
  readonly r: ArrayView;
}

/** out = b + gate · (a − b); out may be a. */
function blend(out: ArrayView, gate: ArrayView, a: ArrayView, b: ArrayView): void {
  binary(Binary.SUB, out, a, b);
  binary(Binary.MUL, out, out, gate);
  binary(Binary.ADD, out, out, b);
}

/** A step; f and r hold pre-activations and become the gates. */
export function sruStep({ z, f, r }: SruBlocks, x: ArrayView, before: ArrayView, c: ArrayView, h: ArrayView): void {
  unary(Unary.SIGMOID, f, f);
  unary(Unary.SIGMOID, r, r);
  blend(c, f, before, z);
  unary(Unary.TANH, h, c);
  blend(h, r, h, x);
}

/**
 * Back through a step: z, f and r become the gradients of their pre-activations, dx the part of x's that does not go through them, and dc, the
 * gradient of c from the steps behind, that of `before`.
 */
export function sruStepBackward(
  memory: Temporaries,
  { z, f, r }: SruBlocks,
  x: ArrayView,
  before: ArrayView,
  c: ArrayView,
  dh: ArrayView,
  dx: ArrayView,
  dc: ArrayView,
): void {
  const shape = before.geometry.shape;
  const [t, spare] = [memory.make(shape), memory.make(shape)];
  unary(Unary.TANH, t, c);
  binary(Binary.MUL, dx, dh, r);
  // dc += dh · r · (1 − t²), dx = dh · (1 − r)
  binary(Binary.SUB, spare, t, x);
  binary(Binary.MUL, spare, spare, dh);
  tanhSlope(t, dx);
  binary(Binary.ADD, dc, dc, t);
  binary(Binary.SUB, dx, dh, dx);
  sigmoidSlope(r, spare);
  binary(Binary.SUB, spare, before, z);
  binary(Binary.MUL, spare, spare, dc);
  binary(Binary.MUL, t, dc, f);
  binary(Binary.SUB, z, dc, t);
  sigmoidSlope(f, spare);
  copy(dc, t);
}
