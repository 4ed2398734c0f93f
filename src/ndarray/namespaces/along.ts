// Reductions of the operation namespaces: along dimensions given as numbers, a list or an array of integers.

import type { DataTypeInfo } from '../../core/dataType.ts';
import { describeValue, formatShape } from '../../core/errors.ts';
import { denseGeometry } from '../../core/geometry.ts';
import { checkArgument } from '../../memory/validity.ts';
import { reduce } from '../../ops/reduce.ts';
import type { Reduce } from '../../ops/reduceCodes.ts';
import { type Dimensions, readArguments } from '../dimensions.ts';
import type { INDArray } from '../ndarray.ts';
import { isInteger, normalizeDimensions, requireNotBoolean } from '../operands.ts';
import { reducedShape, resultInfo } from '../reducing.ts';

/** Along dimensions; none are all. With `keepDims` they stay with size 1. */
export interface Reduction {
  (x: INDArray, ...dimensions: Dimensions): INDArray;
  (x: INDArray, keepDims: boolean, ...dimensions: Dimensions): INDArray;
}

/** A reduction that also takes its dimensions as an array of integers, which 1.0.0-M2.1 ignores or misreads. */
export interface ReductionByArray extends Reduction {
  (x: INDArray, dimensions: INDArray, keepDims?: boolean): INDArray;
}

/** Dimensions as whole numbers ≥ 0, each once, ascending; none are none. @throws {RangeError} */
export function dimensionsOf(x: INDArray, dimensions: readonly number[]): readonly number[] {
  return dimensions.length === 0 ? dimensions : normalizeDimensions(dimensions, x.rank());
}

/** The elements of an array of integers, as dimensions. @throws {TypeError} for floating numbers */
export function dimensionsFrom(name: string, dimensions: INDArray): number[] {
  checkArgument(name, 'Y', dimensions);
  if (!isInteger(dimensions.info)) {
    throw new TypeError(`Cannot ${name} along an array of type ${dimensions.info.name}: dimensions must be integers`);
  }
  return dimensions.isEmpty() ? [] : [...dimensions.toLongVector()].map(Number);
}

/** op(x) along dimensions in a new 'c' array. p0 … p2 are the operator's. */
export function reduceAlong(
  name: string,
  op: Reduce,
  x: INDArray,
  dimensions: readonly number[],
  keepDims = false,
  p0 = 0,
  p1 = 0,
  p2 = 0,
  info: DataTypeInfo = resultInfo(op, x.info),
): INDArray {
  checkArgument(name, 'X', x);
  requireNotBoolean(name, x);
  const along = dimensionsOf(x, dimensions);
  const result = x.allocate(info, denseGeometry(reducedShape(x.geometry, along, keepDims)));
  reduce(op, result, x, along, p0, p1, p2);
  return result;
}

/** `info` is the type of the result where it is not the one of INDArray's reductions. */
export function reduction(name: string, op: Reduce, info?: DataTypeInfo): Reduction {
  return (x: INDArray, ...args: unknown[]) => {
    const { flags, dimensions } = readArguments(name, args, 1);
    return reduceAlong(name, op, x, dimensions, flags[0], 0, 0, 0, info);
  };
}

export function reductionByArray(name: string, op: Reduce): ReductionByArray {
  const byNumbers = reduction(name, op) as (x: INDArray, ...args: unknown[]) => INDArray;
  return (x: INDArray, ...args: unknown[]) => {
    const [first, keepDims = false] = args;
    if (typeof first !== 'object' || Array.isArray(first)) return byNumbers(x, ...args);
    if (typeof keepDims !== 'boolean') {
      throw new TypeError(`Cannot ${name} with keepDims ${describeValue(keepDims)}: needed is true or false`);
    }
    return reduceAlong(name, op, x, dimensionsFrom(name, first as INDArray), keepDims);
  };
}

/** @throws {RangeError} when there are none. */
export function requireDimensions(name: string, x: INDArray, dimensions: readonly number[]): readonly number[] {
  if (dimensions.length > 0) return dimensionsOf(x, dimensions);
  throw new RangeError(
    `Cannot ${name} an array of shape ${formatShape(x.geometry.shape)} along no dimensions: needed is at least one`,
  );
}
