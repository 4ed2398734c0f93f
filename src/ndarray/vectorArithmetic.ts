// Checks and one call for row and column vectors; the methods are in arrayVectorArithmetic.ts.

import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { Geometry } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import type { Binary } from '../ops/codes.ts';
import { combineAny, combineInPlace } from './arithmetic.ts';
import type { ArrayHandle } from './arrayHandle.ts';
import type { INDArray } from './ndarray.ts';
import { requireNumeric, requireSameType } from './operands.ts';

/** x op vector for every row of a matrix. */
export function combineRow(name: string, op: Binary, x: ArrayHandle, vector: ArrayHandle, inPlace: boolean): INDArray {
  checkOperands(name, x, vector);
  const columns = x.geometry.shape[x.rank() - 1] as number;
  const { shape, strides } = vector.geometry;
  const rank = shape.length;
  if (rank < 1 || rank > 2 || shape[rank - 1] !== columns || (rank === 2 && shape[0] !== 1)) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} ${formatShape(x.geometry.shape)} and ${formatShape(shape)}: mismatched shapes, the row vector must have shape [${columns}] or [1, ${columns}]`,
    );
  }
  const row = rank === 1 ? vector : vector.viewOf(vector.offset, new Geometry([columns], [strides[1] as number], 'c'));
  return run(name, op, x, row, inPlace);
}

/** x op vector for every column of a matrix. */
export function combineColumn(
  name: string,
  op: Binary,
  x: ArrayHandle,
  vector: ArrayHandle,
  inPlace: boolean,
): INDArray {
  checkOperands(name, x, vector);
  const rows = x.rank() === 2 ? (x.geometry.shape[0] as number) : 1;
  const { shape, strides } = vector.geometry;
  const rank = shape.length;
  if (rank < 1 || rank > 2 || shape[0] !== rows || (rank === 2 && shape[1] !== 1)) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} ${formatShape(x.geometry.shape)} and ${formatShape(shape)}: mismatched shapes, the column vector must have shape [${rows}] or [${rows}, 1]`,
    );
  }
  const column =
    rank === 2 ? vector : vector.viewOf(vector.offset, new Geometry([rows, 1], [strides[0] as number, 1], 'c'));
  return run(name, op, x, column, inPlace);
}

function checkOperands(name: string, x: ArrayHandle, vector: ArrayHandle): void {
  checkArgument(name, 'X', x);
  checkArgument(name, 'Y', vector);
  requireNumeric(name, x);
  requireNumeric(name, vector);
  requireSameType(name, x, vector);
  if (x.rank() !== 1 && x.rank() !== 2) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} with an array of shape ${formatShape(x.geometry.shape)}: needed is a matrix (rank 2)`,
    );
  }
}

function run(name: string, op: Binary, x: ArrayHandle, vector: ArrayHandle, inPlace: boolean): INDArray {
  if (inPlace) return combineInPlace(name, op, x, vector);
  return combineAny(name, op, x, vector, undefined, 'c');
}
