// Single elements: getDouble, getInt, putScalar and their kin. Linear indices run in the array's own order.

import { describeValue, formatShape } from '../core/errors.ts';
import { checkArgument } from '../memory/validity.ts';
import { readElement, writeElement } from '../ops/element.ts';
import { ArrayShape } from './arrayShape.ts';
import type { INDArray } from './ndarray.ts';

export abstract class ArrayAccess extends ArrayShape {
  /** One element by linear index (in the array's own order) or by one index per dimension; negative ones count from the end. */
  getDouble(...indices: number[]): number {
    checkArgument('getDouble', 'X', this);
    return Number(readElement(this.buffer, this.elementOffset(indices)));
  }

  /** Writes one element by linear index, or by one index per dimension: `putScalar(i, j, value)`, `putScalar([i, j], value)`. */
  putScalar(...args: (number | bigint | boolean | readonly number[])[]): INDArray {
    checkArgument('putScalar', 'X', this);
    const value = args[args.length - 1] as number | bigint | boolean;
    const indices = (Array.isArray(args[0]) ? args[0] : args.slice(0, -1)) as readonly number[];
    writeElement(this.buffer, this.elementOffset(indices), value);
    return this as unknown as INDArray;
  }

  /** @internal Element index in the buffer. @throws {RangeError} naming the index and the shape. */
  elementOffset(indices: readonly number[]): number {
    const { shape, strides, order, length } = this.geometry;
    let offset = this.offset;
    if (indices.length === 1 && shape.length !== 1) {
      let rest = checkIndex(indices[0] as number, length, indices, shape);
      for (let step = 0; step < shape.length; step++) {
        const dimension = order === 'c' ? shape.length - 1 - step : step;
        const size = shape[dimension] as number;
        offset += (rest % size) * (strides[dimension] as number);
        rest = Math.floor(rest / size);
      }
      return offset;
    }
    if (indices.length !== shape.length) {
      throw new RangeError(`Cannot access element ${describeValue([...indices])} of an array of shape ${formatShape(shape)}: needed are ${shape.length} indices, or one linear index`);
    }
    for (let dimension = 0; dimension < shape.length; dimension++) {
      offset += checkIndex(indices[dimension] as number, shape[dimension] as number, indices, shape) * (strides[dimension] as number);
    }
    return offset;
  }
}

function checkIndex(index: number, size: number, indices: readonly number[], shape: readonly number[]): number {
  const normal = index < 0 ? index + size : index;
  if (Number.isInteger(normal) && normal >= 0 && normal < size) return normal;
  throw new RangeError(`Cannot access element ${describeValue([...indices])} of an array of shape ${formatShape(shape)}: index ${describeValue(index)} is outside 0 to ${size - 1}`);
}
