// NDMath: diagonals, traces, cross products, unit matrices and what else looks at arrays as matrices. NDLinalg shares some of it.

import { BOOL, type DataType, dataTypeInfo, FLOAT } from '../../core/dataType.ts';
import { formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry, Geometry, sameShape } from '../../core/geometry.ts';
import { checkArgument } from '../../memory/validity.ts';
import { copy, fill } from '../../ops/layout.ts';
import { reduce } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import { countArgument, shapeArgument } from '../arguments.ts';
import type { ArrayHandle } from '../arrayHandle.ts';
import { nd4jCreation } from '../nd4jCreation.ts';
import type { INDArray } from '../ndarray.ts';
import { requireFloating, requireSameType } from '../operands.ts';
import { requireNumericArrays } from './checks.ts';
import { arrayFrom, doublesOf } from './doubles.ts';

/** @throws {ND4JIllegalStateException} when the array has no rows and columns. */
export function requireMatrices(name: string, x: ArrayHandle): void {
  if (x.rank() >= 2) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name} an array of shape ${formatShape(x.geometry.shape)}: needed is a matrix, or matrices in the last two dimensions`,
  );
}

/** The diagonals of the matrices in the last two dimensions, as a view. */
export function diagonalsOf(x: INDArray): INDArray {
  const { shape, strides } = x.geometry;
  const rank = shape.length;
  const length = Math.min(shape[rank - 2] as number, shape[rank - 1] as number);
  const step = (strides[rank - 2] as number) + (strides[rank - 1] as number);
  return x.viewOf(x.offset, new Geometry([...shape.slice(0, -2), length], [...strides.slice(0, -2), step], 'c'));
}

/** x on the diagonal of a new array of shape x.shape ++ x.shape, 0 elsewhere. 1.0.0-M2.1 fails to run it. */
export function diag(x: INDArray): INDArray {
  requireNumericArrays('diag', x);
  const { shape } = x.geometry;
  const result = x.allocate(x.info, denseGeometry(shape.length === 0 ? [1, 1] : [...shape, ...shape]));
  fill(result, 0);
  const length = x.length();
  copy(result.viewOf(result.offset, new Geometry([length], [length + 1], 'c')), flattened(x));
  return result;
}

function flattened(x: INDArray): INDArray {
  return x.reshape(x.length());
}

/** The diagonal of an array of shape s ++ s, of shape s. */
export function diagPart(name: string, x: INDArray): INDArray {
  requireNumericArrays(name, x);
  const { shape } = x.geometry;
  const half = shape.slice(0, shape.length / 2);
  if (shape.length === 0 || shape.length % 2 === 1 || !sameShape(half, shape.slice(half.length))) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} an array of shape ${formatShape(shape)}: the first half of its dimensions must equal the second half`,
    );
  }
  const strides = half.map(
    (_, d) => (x.geometry.strides[d] as number) + (x.geometry.strides[d + half.length] as number),
  );
  const result = x.allocate(x.info, denseGeometry(half));
  copy(result, x.viewOf(x.offset, new Geometry(half, strides, 'c')));
  return result;
}

/** The cross products of vectors of 3 in the last dimension. @throws {ND4JIllegalStateException} for other shapes */
export function cross(x: INDArray, y: INDArray): INDArray {
  requireNumericArrays('cross', x, y);
  requireSameType('cross', x, y);
  const { shape } = x.geometry;
  if (!sameShape(shape, y.geometry.shape) || shape.at(-1) !== 3) {
    throw new ND4JIllegalStateException(
      `Cannot cross ${formatShape(shape)} and ${formatShape(y.geometry.shape)}: needed are equal shapes whose last size is 3`,
    );
  }
  const a = doublesOf(x);
  const b = doublesOf(y);
  const values = a.map((_, index) => {
    const column = index % 3;
    const second = index - column + ((column + 1) % 3);
    const third = index - column + ((column + 2) % 3);
    return (a[second] as number) * (b[third] as number) - (a[third] as number) * (b[second] as number);
  });
  return arrayFrom(x, x.info, shape, values);
}

/** Of an array with one element, or a number. */
function sizeOf(size: INDArray | number, what: string): number {
  if (typeof size === 'number') return countArgument(size, what);
  checkArgument('eye', 'X', size);
  return countArgument(size.length() === 1 ? size.getInt(0) : Number.NaN, what);
}

/** A unit matrix of a size, or rows and columns (numbers or arrays of one element); of a type, repeated to leading dimensions. */
function eye(
  rows: INDArray | number,
  columns: INDArray | number = rows,
  type?: DataType,
  ...dimensions: (number | readonly number[])[]
): INDArray {
  const sizes = [sizeOf(rows, 'number of rows'), sizeOf(columns, 'number of columns')];
  const info = type === undefined ? FLOAT : dataTypeInfo(type);
  if (info === BOOL) throw new ND4JIllegalStateException('Cannot make an eye of type BOOL: needed is a numeric type');
  const result = nd4jCreation.zeros(info.name, ...shapeArgument(dimensions), ...sizes);
  if (!result.isEmpty()) fill(diagonalsOf(result), 1);
  return result;
}

/** The matrix with other diagonals: [..., n] for matrices [..., rows, columns], n being the smaller of both. */
function setDiag(x: INDArray, diagonal: INDArray): INDArray {
  requireNumericArrays('setDiag', x, diagonal);
  requireMatrices('setDiag', x);
  requireSameType('setDiag', x, diagonal);
  const { shape } = diagonalsOf(x).geometry;
  if (!sameShape(shape, diagonal.geometry.shape)) {
    throw new ND4JIllegalStateException(
      `Cannot setDiag of ${formatShape(x.geometry.shape)} from ${formatShape(diagonal.geometry.shape)}: needed is shape ${formatShape(shape)}`,
    );
  }
  const result = x.dup('c');
  copy(diagonalsOf(result), diagonal);
  return result;
}

/** The sums of the diagonals of the matrices in the last two dimensions. Floating arrays. */
function trace(x: INDArray): INDArray {
  requireNumericArrays('trace', x);
  requireFloating('trace', x);
  requireMatrices('trace', x);
  const diagonals = diagonalsOf(x);
  const result = x.allocate(x.info, denseGeometry(diagonals.shape().slice(0, -1)));
  reduce(Reduce.SUM, result, diagonals, [diagonals.rank() - 1]);
  return result;
}

/** The family of matrices of NDMath. */
export const mathMatrices = {
  cross,
  diag,
  diagPart: (x: INDArray): INDArray => diagPart('diagPart', x),
  eye,
  setDiag,
  trace,
} as const;
