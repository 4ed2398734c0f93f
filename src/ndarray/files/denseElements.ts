// The elements of any array in one run of memory: what every file format writes.

import { describeValue } from '../../core/errors.ts';
import { denseLike, type Geometry } from '../../core/geometry.ts';
import { DataBuffer } from '../../memory/buffer.ts';
import { checkArgument } from '../../memory/validity.ts';
import { copy } from '../../ops/layout.ts';
import { type INDArray, NDArray } from '../ndarray.ts';
import { isOwnDense } from '../operands.ts';
import { bytesOf } from './elements.ts';

/**
 * Shows `use` the bytes of the elements and the geometry they are laid out by. An array that is no view and dense in 'f' order is shown as it
 * is, everything else in 'c' order; what is not dense is copied outside of workspaces for the time of the call.
 */
export function withDenseElements<Result>(
  operation: string,
  array: INDArray,
  use: (bytes: Uint8Array, geometry: Geometry) => Result,
): Result {
  if (!(array instanceof NDArray)) throw new TypeError(`Cannot write ${describeValue(array)}: needed is an INDArray`);
  checkArgument(operation, 'X', array);
  const { geometry, buffer, offset, info } = array;
  if (isOwnDense(geometry) && !(geometry.order === 'f' && array.isView())) {
    const from = offset * info.width;
    return use(bytesOf(buffer).subarray(from, from + geometry.length * info.width), geometry);
  }
  const target = DataBuffer.allocateDetached(info, geometry.length, false);
  const dense = denseLike(geometry, 'c');
  try {
    copy({ buffer: target, offset: 0, geometry: dense }, array);
    return use(bytesOf(target), dense);
  } finally {
    target.close();
  }
}
