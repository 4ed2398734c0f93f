// INDArrays made by hand, and read back as plain numbers in 'c' order.

import type { DataType } from '../../src/core/dataType.ts';
import { NDArray } from '../../src/ndarray/ndarray.ts';
import { type Layout, noise, valuesOf, viewOf } from './views.ts';

/** An array with these elements in 'c' order, on the heap. */
export function arrayWith(
  type: DataType,
  values: readonly number[],
  shape: readonly number[],
  layout?: Layout,
): NDArray {
  const view = viewOf(type, values, shape, layout);
  return new NDArray(view.buffer, view.offset, view.geometry);
}

/** A FLOAT vector or array. */
export function floats(values: readonly number[], shape: readonly number[] = [values.length]): NDArray {
  return arrayWith('FLOAT', values, shape);
}

/** A DOUBLE vector or array. */
export function doubles(values: readonly number[], shape: readonly number[] = [values.length]): NDArray {
  return arrayWith('DOUBLE', values, shape);
}

/** An INT vector or array. */
export function ints(values: readonly number[], shape: readonly number[] = [values.length]): NDArray {
  return arrayWith('INT', values, shape);
}

/** Seeded DOUBLE noise between −1 and 1. */
export function random(shape: readonly number[], seed = 1, layout?: Layout): NDArray {
  return arrayWith(
    'DOUBLE',
    noise(
      shape.reduce((product, size) => product * size, 1),
      seed,
    ),
    shape,
    layout,
  );
}

/** The elements as numbers in 'c' order. */
export function numbers(array: NDArray): number[] {
  return valuesOf(array);
}

/** Type, shape and elements, to compare at once. */
export function described(array: NDArray): [DataType, number[], number[]] {
  return [array.dataType(), array.shape(), numbers(array)];
}
