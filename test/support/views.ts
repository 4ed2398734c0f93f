// Views made by hand for the tests of kernels and ops: any shape, strides and type, read back as plain numbers in 'c' order.

import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';
import { denseGeometry, Geometry, type Order } from '../../src/core/geometry.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import type { ArrayView } from '../../src/memory/view.ts';

/** What lies in the buffer between the elements of a strided view. */
export const GAP = 77;

export interface Layout {
  readonly order?: Order;
  /** Strides in elements; dense strides of `order` without it. */
  readonly strides?: readonly number[];
  readonly offset?: number;
}

/** Positions of the elements in the buffer, in 'c' order of the index. */
export function positions(view: ArrayView): number[] {
  let found = [view.offset];
  view.geometry.shape.forEach((size, dimension) => {
    const stride = view.geometry.strides[dimension] as number;
    found = found.flatMap((at) => Array.from({ length: size }, (_, i) => at + i * stride));
  });
  return found;
}

function encode(view: ArrayView, value: number): number | bigint {
  const { info } = view.buffer;
  return info.width === 8 && !info.isFloating ? BigInt(Math.trunc(value)) : value;
}

/** A view with these elements in 'c' order; everything else in its buffer is GAP. */
export function viewOf(
  type: DataType,
  values: readonly number[],
  shape: readonly number[],
  layout: Layout = {},
): ArrayView {
  const order = layout.order ?? 'c';
  const geometry = layout.strides ? new Geometry([...shape], [...layout.strides], order) : denseGeometry(shape, order);
  const offset = layout.offset ?? 0;
  const last = shape.reduce((at, size, i) => at + Math.max(size - 1, 0) * (geometry.strides[i] as number), offset);
  const view = { buffer: DataBuffer.allocateIn(null, dataTypeInfo(type), last + 4, true), offset, geometry };
  const window = view.buffer.window() as unknown as (number | bigint)[] & { fill(value: number | bigint): void };
  window.fill(encode(view, GAP));
  positions(view).forEach((at, i) => {
    window[at] = encode(view, values[i] as number);
  });
  return view;
}

/** A view of the given shape without meaningful elements. */
export function emptyOf(type: DataType, shape: readonly number[], layout: Layout = {}): ArrayView {
  const length = shape.reduce((product, size) => product * size, 1);
  return viewOf(type, new Array<number>(length).fill(GAP), shape, layout);
}

/** The elements as numbers, in 'c' order. */
export function valuesOf(view: ArrayView): number[] {
  const window = view.buffer.window();
  return positions(view).map((at) => Number(window[at]));
}

/** Elements of the buffer that do not belong to the view and are no longer GAP. */
export function strayWrites(view: ArrayView): number[] {
  const own = new Set(positions(view));
  return Array.from(view.buffer.window() as ArrayLike<number | bigint>, Number)
    .map((value, at) => (own.has(at) || value === GAP ? -1 : at))
    .filter((at) => at >= 0);
}

/** Frees the views' buffers. */
export function release(...views: ArrayView[]): void {
  for (const view of views) view.buffer.close();
}

/** Seeded numbers, uniform between −1 and 1, exactly representable in float32. */
export function noise(length: number, seed = 1): number[] {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.fround(state / 2 ** 31);
  });
}
