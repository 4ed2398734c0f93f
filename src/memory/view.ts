// What an operation needs to know of an array: buffer, first element, geometry. INDArray is one; so is anything with these fields.

import type { Geometry } from '../core/geometry.ts';
import type { DataBuffer } from './buffer.ts';

export interface ArrayView {
  readonly buffer: DataBuffer;
  /** Index of the first element in the buffer, in elements. */
  readonly offset: number;
  readonly geometry: Geometry;
}

/** Byte address of the first element. */
export function addressOf(view: ArrayView): number {
  return view.buffer.address + view.offset * view.buffer.info.width;
}

/** A view of the same buffer, `distance` elements behind the first of `view`. */
export function viewed(view: ArrayView, distance: number, geometry: Geometry): ArrayView {
  return { buffer: view.buffer, offset: view.offset + distance, geometry };
}
