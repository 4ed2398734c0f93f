// Reductions: checks, result type and shape, one kernel call. The methods are in arrayReductions.ts and arrayReductionNumbers.ts.

import { type DataTypeInfo, FLOAT, LONG } from '../core/dataType.ts';
import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { denseGeometry, type Geometry } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { reduce, reduceAll, reducePairAll } from '../ops/reduce.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import { requireResult } from './arithmetic.ts';
import type { ArrayHandle } from './arrayHandle.ts';
import { defaultTypes } from './defaultTypes.ts';
import { verified } from './execution/profiler.ts';
import type { INDArray } from './ndarray.ts';
import {
  isInteger,
  normalizeDimensions,
  overlaps,
  releaseTemporary,
  requireElements,
  requireNotBoolean,
  temporaryCopy,
} from './operands.ts';

const NONE: readonly number[] = [];

/** The type of a reduction's result: LONG for positions, floating for means, norms and spreads, else x's. */
export function resultInfo(op: Reduce, info: DataTypeInfo): DataTypeInfo {
  if (op >= Reduce.ARG_MAX && op <= Reduce.LAST_INDEX) return LONG;
  const staysInteger = op <= Reduce.ABS_MIN && op !== Reduce.MEAN;
  return staysInteger || info.isFloating ? info : defaultTypes.floating;
}

/** Norms and spreads of a vector along a dimension of size 1 keep the vector's shape: a peculiarity of ND4J. */
function keepsVectors(op: Reduce): boolean {
  return (
    op === Reduce.ABS_SUM ||
    op === Reduce.NORM2 ||
    op === Reduce.NORM_MAX ||
    op === Reduce.VARIANCE ||
    op === Reduce.STD
  );
}

/** The shape without the reduced dimensions, or with size 1 in their place. No dimensions are all. */
export function reducedShape(geometry: Geometry, dimensions: readonly number[], keepDims: boolean): number[] {
  const { shape } = geometry;
  const isReduced = (dimension: number): boolean => dimensions.length === 0 || dimensions.includes(dimension);
  if (keepDims) return shape.map((size, dimension) => (isReduced(dimension) ? 1 : size));
  return shape.filter((_, dimension) => !isReduced(dimension));
}

/** op(x) along dimensions in a new 'c' array, or in `out`. p0 … p2 are the operator's. */
export function reduceArray(
  name: string,
  op: Reduce,
  x: ArrayHandle,
  dimensions: readonly number[],
  keepDims: boolean,
  out?: ArrayHandle,
  p0 = 0,
  p1 = 0,
  p2 = 0,
): INDArray {
  checkArgument(name, 'X', x);
  if (out !== undefined) checkArgument(name, 'Z', out);
  const along = checkReduction(name, op, x, dimensions);
  let shape: readonly number[] = reducedShape(x.geometry, along, keepDims);
  if (along.length > 0 && keepsVectors(op) && x.isVector() && shape.reduce((a, b) => a * b, 1) === x.length()) {
    shape = x.geometry.shape;
  }
  const info = resultInfo(op, x.info);
  if (out !== undefined) requireResult(name, out, shape, info);
  const result = out ?? x.allocate(info, denseGeometry(shape));
  const view = shape.length === x.rank() && !keepDims ? flat(result, reducedShape(x.geometry, along, false)) : result;
  if (out === undefined || !overlaps(out, x)) reduce(op, view, x, along, p0, p1, p2);
  else {
    const held = temporaryCopy(x);
    reduce(op, view, held, along, p0, p1, p2);
    releaseTemporary(held);
  }
  return verified(name, result as unknown as INDArray, out === undefined);
}

/** The same elements seen with the shape that the reduction expects. */
function flat(result: ArrayHandle, shape: readonly number[]): ArrayHandle {
  return result.viewOf(result.offset, denseGeometry(shape));
}

/** op(x) over all elements as a number, rounded to the type that the reduction's array would have. */
export function reduceNumber(name: string, op: Reduce, x: ArrayHandle, p0 = 0): number {
  checkArgument(name, 'X', x);
  checkReduction(name, op, x, NONE);
  return rounded(reduceAll(op, x, p0), resultInfo(op, x.info));
}

/** op(x, y) over all elements of two arrays of one length, as a number. Vectors of different rank are read in their 'c' order. */
export function comparePair(name: string, op: Reduce, x: ArrayHandle, y: ArrayHandle): number {
  const [a, b] = pairOf(name, x, y);
  return rounded(reducePairAll(op, a, b), resultInfo(op, x.info));
}

/** Two arrays of one length and type, as views of one shape. */
export function pairOf(name: string, x: ArrayHandle, y: ArrayHandle): [ArrayHandle, ArrayHandle] {
  checkArgument(name, 'X', x);
  checkArgument(name, 'Y', y);
  for (const each of [x, y]) {
    requireNotBoolean(name, each);
    requireElements(name, each);
  }
  if (x.length() !== y.length()) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} ${formatShape(x.geometry.shape)} and ${formatShape(y.geometry.shape)}: both must have the same number of elements, found ${x.length()} and ${y.length()}`,
    );
  }
  if (x.equalShapes(y as unknown as INDArray)) return [x, y];
  return [x, (y as unknown as INDArray).reshape(...x.geometry.shape)];
}

/** Type, elements and dimensions of a reduction. @returns the dimensions as whole numbers ≥ 0; none are all */
function checkReduction(name: string, op: Reduce, x: ArrayHandle, dimensions: readonly number[]): readonly number[] {
  requireNotBoolean(name, x);
  if (op !== Reduce.SUM || x.rank() === 0 || dimensions.length === 0) requireElements(name, x);
  return dimensions.length === 0 ? NONE : normalizeDimensions(dimensions, x.rank());
}

function rounded(value: number, info: DataTypeInfo): number {
  if (info === FLOAT) return Math.fround(value);
  if (isInteger(info) && info.width <= 4) return wrapped(value, info);
  return value;
}

/** An integer as its type stores it. */
function wrapped(value: number, info: DataTypeInfo): number {
  const one = new info.Window(1) as unknown as number[];
  one[0] = value;
  return one[0] as number;
}
