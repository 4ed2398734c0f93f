// Padding of all sides of a view: a number, or the inside mirrored.

import { denseGeometry, Geometry } from '../core/geometry.ts';
import { type ArrayView, viewed } from '../memory/view.ts';
import { copy, fill } from './layout.ts';

/** What the new elements are: a number, the inside mirrored at its border element, or mirrored with it. */
export type PadMode = 'CONSTANT' | 'REFLECT' | 'SYMMETRIC';

/** A part of a view: `count` indices of one dimension from `from` on. */
function part(x: ArrayView, dimension: number, from: number, count: number): ArrayView {
  const { shape, strides, order } = x.geometry;
  const sizes = shape.map((size, d) => (d === dimension ? count : size));
  return viewed(x, from * (strides[dimension] as number), new Geometry(sizes, strides, order));
}

/** out = x with `before[d]` new elements before and the rest behind it in every dimension. `out` is not x. Mirrors must fit (before, behind ≤ size). */
export function pad(out: ArrayView, x: ArrayView, before: readonly number[], mode: PadMode, value: number): void {
  if (mode === 'CONSTANT') fill(out, value);
  let inside = out;
  x.geometry.shape.forEach((size, d) => {
    inside = part(inside, d, before[d] as number, size);
  });
  copy(inside, x);
  if (mode === 'CONSTANT') return;
  const border = mode === 'REFLECT' ? 1 : 0;
  // Dimension by dimension: each mirrors what the ones before it have filled.
  for (let d = 0, filled = inside; d < x.geometry.rank; d++) {
    const size = x.geometry.shape[d] as number;
    const first = before[d] as number;
    const whole = widened(out, filled, d, first);
    const total = out.geometry.shape[d] as number;
    for (let i = 0; i < total; i++) {
      if (i >= first && i < first + size) continue;
      const from = i < first ? 2 * first - i - 1 + border : 2 * (first + size) - i - 1 - border;
      copy(part(whole, d, i, 1), part(whole, d, from, 1));
    }
    filled = whole;
  }
}

/** The filled part of `out`, whole in dimension `d`. */
function widened(out: ArrayView, filled: ArrayView, d: number, first: number): ArrayView {
  const { strides, shape, order } = filled.geometry;
  const sizes = shape.map((size, dimension) => (dimension === d ? (out.geometry.shape[d] as number) : size));
  return viewed(filled, -first * (strides[d] as number), new Geometry(sizes, strides, order));
}

/** The shape after padding. */
export function paddedGeometry(
  shape: readonly number[],
  before: readonly number[],
  behind: readonly number[],
): Geometry {
  return denseGeometry(shape.map((size, d) => size + (before[d] as number) + (behind[d] as number)));
}
