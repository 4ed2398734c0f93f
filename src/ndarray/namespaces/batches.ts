// Matrices in the last two dimensions of an array, one after another as float64 numbers.

import { formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import type { INDArray } from '../ndarray.ts';
import { requireFloating } from '../operands.ts';
import { requireNumericArrays } from './checks.ts';
import { arrayFrom, doublesOf } from './doubles.ts';
import { requireMatrices } from './mathMatrices.ts';

/** All matrices of an array. */
export interface Batch {
  readonly rows: number;
  readonly columns: number;
  readonly count: number;
  /** The dimensions before the last two. */
  readonly lead: readonly number[];
  /** A copy of one of them. */
  matrix(index: number): Float64Array;
}

/** @throws {ND4JIllegalStateException} unless x is floating and has rows and columns (equally many when `square`) */
export function batchOf(name: string, x: INDArray, square = false): Batch {
  requireNumericArrays(name, x);
  requireFloating(name, x);
  requireMatrices(name, x);
  const { shape } = x.geometry;
  const rows = shape.at(-2) as number;
  const columns = shape.at(-1) as number;
  if (square && rows !== columns) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} an array of shape ${formatShape(shape)}: needed are square matrices`,
    );
  }
  const values = doublesOf(x);
  const size = rows * columns;
  return {
    rows,
    columns,
    count: values.length / size,
    lead: shape.slice(0, -2),
    matrix: (index) => values.slice(index * size, (index + 1) * size),
  };
}

/** A new array of x's type with one result for each matrix, of the given shape. */
export function eachMatrix(
  x: INDArray,
  batch: Batch,
  shape: readonly number[],
  compute: (matrix: Float64Array, index: number) => ArrayLike<number>,
): INDArray {
  const size = shape.reduce((product, each) => product * each, 1);
  const values = new Float64Array(batch.count * size);
  for (let index = 0; index < batch.count; index++) values.set(compute(batch.matrix(index), index), index * size);
  return arrayFrom(x, x.info, [...batch.lead, ...shape], values);
}
