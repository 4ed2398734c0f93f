// Arrays as plain float64 numbers or 64-bit integers and back, for algorithms that are not worth a kernel.

import { type DataTypeInfo, DOUBLE, LONG } from '../../core/dataType.ts';
import { denseGeometry } from '../../core/geometry.ts';
import { DataBuffer } from '../../memory/buffer.ts';
import type { ArrayView } from '../../memory/view.ts';
import { copy } from '../../ops/layout.ts';
import type { INDArray } from '../ndarray.ts';

/** The elements in 'c' order, repeated to a shape when one is given. */
export function doublesOf(x: ArrayView, shape: readonly number[] = x.geometry.shape): Float64Array {
  const geometry = denseGeometry(shape);
  const buffer = DataBuffer.allocateIn(null, DOUBLE, geometry.length, false);
  try {
    copy({ buffer, offset: 0, geometry }, x);
    return (buffer.window() as Float64Array).slice(0, geometry.length);
  } finally {
    buffer.close();
  }
}

/** A new 'c' array with these elements, beside `like`. */
export function arrayFrom(
  like: INDArray,
  info: DataTypeInfo,
  shape: readonly number[],
  values: ArrayLike<number>,
): INDArray {
  const geometry = denseGeometry(shape);
  const result = like.allocate(info, geometry);
  const buffer = DataBuffer.allocateIn(null, DOUBLE, geometry.length, false);
  try {
    (buffer.window() as Float64Array).set(values);
    copy(result, { buffer, offset: 0, geometry });
    return result;
  } finally {
    buffer.close();
  }
}

/** The elements of an array of integers in 'c' order, repeated to a shape. */
export function bigIntsOf(x: ArrayView, shape: readonly number[]): BigInt64Array {
  const geometry = denseGeometry(shape);
  const buffer = DataBuffer.allocateIn(null, LONG, geometry.length, false);
  try {
    copy({ buffer, offset: 0, geometry }, x);
    return (buffer.window() as BigInt64Array).slice(0, geometry.length);
  } finally {
    buffer.close();
  }
}

/** A new 'c' array with these integers, wrapped to its type, beside `like`. */
export function arrayFromBigInts(
  like: INDArray,
  info: DataTypeInfo,
  shape: readonly number[],
  values: BigInt64Array,
): INDArray {
  const geometry = denseGeometry(shape);
  const result = like.allocate(info, geometry);
  const buffer = DataBuffer.allocateIn(null, LONG, geometry.length, false);
  try {
    (buffer.window() as BigInt64Array).set(values);
    copy(result, { buffer, offset: 0, geometry });
    return result;
  } finally {
    buffer.close();
  }
}
