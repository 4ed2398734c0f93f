// Stable sorting of views along one dimension.

import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { RowWalk } from './axes.ts';
import { scratch } from './scratch.ts';

/** Orders of a sort, all stable; NaN counts as larger than everything, −0 as equal to 0. The numbers are the kernel's. */
export const SortOrder = {
  ASCENDING: 0,
  /** Equal elements keep their order. */
  DESCENDING: 1,
  /** The ascending order read backwards: equal elements swap their order. */
  BACKWARDS: 2,
} as const;
export type SortOrder = (typeof SortOrder)[keyof typeof SortOrder];

/** out = x sorted along `dimension`; `out` has x's shape and type, any strides, and may be x. */
export function sort(out: ArrayView, x: ArrayView, dimension: number, order: SortOrder = SortOrder.ASCENDING): void {
  run(out, null, x, dimension, order);
}

/** indices = the positions along `dimension` that sorting x would take its elements from; x's shape, any type and strides. */
export function argSort(
  indices: ArrayView,
  x: ArrayView,
  dimension: number,
  order: SortOrder = SortOrder.ASCENDING,
): void {
  run(null, indices, x, dimension, order);
}

/** `sort` and `argSort` in one. */
export function sortWithIndices(
  out: ArrayView,
  indices: ArrayView,
  x: ArrayView,
  dimension: number,
  order: SortOrder = SortOrder.ASCENDING,
): void {
  run(out, indices, x, dimension, order);
}

const walk = new RowWalk();

function run(
  out: ArrayView | null,
  indices: ArrayView | null,
  x: ArrayView,
  dimension: number,
  order: SortOrder,
): void {
  const { geometry, buffer } = x;
  if (geometry.length === 0) return;
  const { kernels } = runtime();
  const n = geometry.shape[dimension] ?? 1;
  const spare = scratch(kernels.sortScratchBytes(n) >>> 0);
  walk.start(dimension, (out ?? x).geometry, geometry, (indices ?? x).geometry);
  const { axes } = walk;
  const last = axes.length - 1;
  const atInfo = (indices ?? x).buffer.info;
  do {
    kernels.sortRows(
      buffer.info.code,
      order,
      axes.size[last] as number,
      n,
      addressOf(x) + walk.x * buffer.info.width,
      axes.x[last] as number,
      geometry.strides[dimension] ?? 1,
      out === null ? 0 : addressOf(out) + walk.out * buffer.info.width,
      axes.out[last] as number,
      out?.geometry.strides[dimension] ?? 1,
      atInfo.code,
      indices === null ? 0 : addressOf(indices) + walk.y * atInfo.width,
      axes.y[last] as number,
      indices?.geometry.strides[dimension] ?? 1,
      spare,
    );
  } while (walk.next());
}
