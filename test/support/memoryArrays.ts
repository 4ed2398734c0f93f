// Arrays for tests of memory, made without the factory: dense, in the current workspace or on the heap.

import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';
import { denseGeometry } from '../../src/core/geometry.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { NDArray } from '../../src/ndarray/ndarray.ts';

/** A zeroed array of the type and shape. */
export function zeros(type: DataType, ...shape: number[]): NDArray {
  const geometry = denseGeometry(shape);
  return new NDArray(DataBuffer.allocate(dataTypeInfo(type), geometry.length, true), 0, geometry);
}

/** A DOUBLE vector of 1, 2, … n. */
export function counting(n: number): NDArray {
  const array = zeros('DOUBLE', n);
  for (let i = 0; i < n; i++) array.putScalar(i, i + 1);
  return array;
}

/** The sum of all elements, read one by one. */
export function sumOf(array: NDArray): number {
  let sum = 0;
  for (let i = 0; i < array.length(); i++) sum += array.getDouble(i);
  return sum;
}
