// GRU: gates r (reset) and u (update), candidate c; h = u · before + (1 − u) · c. T steps, N examples, u units.

import { denseGeometry, Geometry } from '../core/geometry.ts';
import { type ArrayView, viewed } from '../memory/view.ts';
import { Binary, Unary } from './codes.ts';
import { binary, unary } from './elementwise.ts';
import { copy } from './layout.ts';
import { gemm } from './matmul.ts';
import type { Temporaries } from './temporaries.ts';

/** Blocks r, u, c of a matrix of three blocks of columns, views. */
export type Blocks = readonly [r: ArrayView, u: ArrayView, c: ArrayView];

/** Columns from `begin` to `end`, a view. */
export function columns(x: ArrayView, begin: number, end: number): ArrayView {
  const [rows] = x.geometry.shape as [number, number];
  const { strides } = x.geometry;
  return viewed(x, begin * (strides[1] as number), new Geometry([rows, end - begin], strides, 'c'));
}

/** Rows from `begin` to `end`, a view. */
export function rows(x: ArrayView, begin: number, end: number): ArrayView {
  const { shape, strides } = x.geometry;
  return viewed(x, begin * (strides[0] as number), new Geometry([end - begin, shape[1] as number], strides, 'c'));
}

export function transposed(x: ArrayView): ArrayView {
  const [r, c] = x.geometry.shape as [number, number];
  const [rowStride, columnStride] = x.geometry.strides as [number, number];
  return viewed(x, 0, new Geometry([c, r], [columnStride, rowStride], 'c'));
}

/** Slot t of an array [slots, N, u], a view. */
export function slot(x: ArrayView, t: number): ArrayView {
  const [, batch, units] = x.geometry.shape as [number, number, number];
  return viewed(x, t * batch * units, denseGeometry([batch, units]));
}

/** Weights of the state [u, 2u] for r and u, [u, u] for c, and whether r acts on c's product with the state or on the state before it. */
export interface GruRecurrence {
  readonly ru: ArrayView;
  readonly c: ArrayView;
  readonly resetsProduct: boolean;
}

/** A step. z holds the inputs' part of the pre-activations and becomes the gates r, u and c; `seen` becomes before · c, or r · before. */
export function gruStep(
  [r, u, c]: Blocks,
  ofGates: ArrayView,
  before: ArrayView,
  recurrence: GruRecurrence,
  seen: ArrayView,
  h: ArrayView,
): void {
  gemm(ofGates, before, recurrence.ru, 1, 1);
  unary(Unary.SIGMOID, ofGates, ofGates);
  if (recurrence.resetsProduct) {
    gemm(seen, before, recurrence.c);
    binary(Binary.MUL, h, r, seen);
    binary(Binary.ADD, c, c, h);
  } else {
    binary(Binary.MUL, seen, r, before);
    gemm(c, seen, recurrence.c, 1, 1);
  }
  unary(Unary.TANH, c, c);
  // h = c + u · (before − c)
  binary(Binary.SUB, h, before, c);
  binary(Binary.MUL, h, h, u);
  binary(Binary.ADD, h, h, c);
}

/** Gradients that reach the gates and the output of a step: r, u and c may be null. */
export interface GruEpsilons {
  readonly r: ArrayView | null;
  readonly u: ArrayView | null;
  readonly c: ArrayView | null;
  readonly h: ArrayView;
}

/**
 * Back through a step: the gates z become the gradients of their pre-activations, `dBefore` that of the state before; where the product with
 * the state is reset, `seen` becomes its gradient.
 */
export function gruStepBackward(
  memory: Temporaries,
  [r, u, c]: Blocks,
  ofGates: ArrayView,
  before: ArrayView,
  recurrence: GruRecurrence,
  seen: ArrayView,
  epsilons: GruEpsilons,
  dBefore: ArrayView,
): void {
  const shape = before.geometry.shape;
  const [dr, du, spare] = [memory.make(shape), memory.make(shape), memory.make(shape)];
  const { h } = epsilons;
  binary(Binary.SUB, du, before, c);
  binary(Binary.MUL, du, du, h);
  if (epsilons.u !== null) binary(Binary.ADD, du, du, epsilons.u);
  binary(Binary.MUL, dBefore, h, u);
  binary(Binary.SUB, spare, h, dBefore);
  if (epsilons.c !== null) binary(Binary.ADD, spare, spare, epsilons.c);
  tanhSlope(c, spare);
  if (recurrence.resetsProduct) {
    binary(Binary.MUL, dr, c, seen);
    binary(Binary.MUL, seen, c, r);
    gemm(dBefore, seen, transposed(recurrence.c), 1, 1);
  } else {
    gemm(spare, c, transposed(recurrence.c));
    binary(Binary.MUL, dr, spare, before);
    binary(Binary.MUL, spare, spare, r);
    binary(Binary.ADD, dBefore, dBefore, spare);
  }
  if (epsilons.r !== null) binary(Binary.ADD, dr, dr, epsilons.r);
  sigmoidSlope(r, dr);
  sigmoidSlope(u, du);
  gemm(dBefore, ofGates, transposed(recurrence.ru), 1, 1);
}

/** y = gradient · (1 − y²): from the value of tanh to the gradient of what it got. */
export function tanhSlope(y: ArrayView, gradient: ArrayView): void {
  unary(Unary.SQUARE, y, y);
  unary(Unary.ONE_MINUS, y, y);
  binary(Binary.MUL, y, y, gradient);
}

/** y = gradient · y · (1 − y). */
export function sigmoidSlope(y: ArrayView, gradient: ArrayView): void {
  unary(Unary.TIMES_ONE_MINUS, y, y);
  binary(Binary.MUL, y, y, gradient);
}

/** out = bias in every row, 0 without. */
export function startWith(out: ArrayView, bias: ArrayView | null): number {
  if (bias === null) return 0;
  const [count, width] = out.geometry.shape as [number, number];
  copy(out, viewed(bias, 0, new Geometry([count, width], [0, bias.geometry.strides[0] as number], 'c')));
  return 1;
}
