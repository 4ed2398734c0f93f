// Arrays that come into the namespaces of operations, checked before anything is allocated.

import { describeValue, formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { sameShape } from '../../core/geometry.ts';
import { checkArgument } from '../../memory/validity.ts';
import { ArrayHandle } from '../arrayHandle.ts';
import type { INDArray } from '../ndarray.ts';
import { requireFloating, requireNotBoolean, requireSameType } from '../operands.ts';

/** @throws {TypeError} when it is no array. @throws {ND4JIllegalStateException} when its memory is gone. */
export function arrayArgument(op: string, what: string, x: unknown): INDArray {
  if (!(x instanceof ArrayHandle)) {
    throw new TypeError(`Cannot ${op} with ${what} ${describeValue(x)}: needed is an INDArray`);
  }
  checkArgument(op, 'X', x);
  return x as INDArray;
}

/** @throws {ND4JIllegalStateException} also when it is BOOL. @see arrayArgument */
export function numericArgument(op: string, what: string, x: unknown): INDArray {
  const array = arrayArgument(op, what, x);
  requireNotBoolean(op, array);
  return array;
}

/** @throws {ND4JIllegalStateException} also when it is not FLOAT, DOUBLE, HALF or BFLOAT16. @see arrayArgument */
export function floatingArgument(op: string, what: string, x: unknown): INDArray {
  const array = arrayArgument(op, what, x);
  requireFloating(op, array);
  return array;
}

/** A floating array of the type of `first`, of a shape where −1 stands for any size. @see floatingArgument */
export function shapedArgument(
  op: string,
  what: string,
  x: unknown,
  shape: readonly number[],
  first?: INDArray,
): INDArray {
  const array = floatingArgument(op, what, x);
  if (first !== undefined) requireSameType(op, first, array);
  requireShape(op, what, array, shape);
  return array;
}

/** @throws {ND4JIllegalStateException} unless the array has the shape; −1 in it stands for any size. */
export function requireShape(op: string, what: string, x: INDArray, shape: readonly number[]): void {
  const found = x.geometry.shape;
  const wanted = shape.map((size, dimension) => (size === -1 ? (found[dimension] ?? -1) : size));
  if (sameShape(found, wanted)) return;
  const needed = `[${shape.map((size) => (size === -1 ? 'any' : size)).join(', ')}]`;
  throw new ND4JIllegalStateException(`Cannot ${op}: ${what} has shape ${formatShape(found)}, needed is ${needed}`);
}

/** @throws {TypeError} when it is not a number. @throws {RangeError} when it is NaN. */
export function numberArgument(op: string, what: string, value: unknown): number {
  if (typeof value !== 'number') {
    throw new TypeError(`Cannot ${op} with ${what} ${describeValue(value)}: needed is a number`);
  }
  if (Number.isNaN(value)) throw new RangeError(`Cannot ${op} with ${what} NaN: needed is a number`);
  return value;
}
