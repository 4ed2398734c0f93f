// InvertMatrix: inverses and pseudoinverses of matrices, by Gauss–Jordan elimination with row exchanges in float64.

import { DOUBLE } from '../core/dataType.ts';
import { formatShape, ND4JIllegalArgumentException } from '../core/errors.ts';
import { denseGeometry } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { copy } from '../ops/layout.ts';
import type { INDArray } from './ndarray.ts';
import { releaseTemporary, requireFloating, temporaryCopy } from './operands.ts';

/**
 * The inverse of a square matrix: a new 'c' array, or the matrix itself with `inPlace`.
 * @throws {ND4JIllegalArgumentException} when it is not square or singular, or a floating matrix at all.
 */
function invert(matrix: INDArray, inPlace: boolean = false): INDArray {
  checkArgument('invert', 'X', matrix);
  requireFloating('invert', matrix);
  const size = matrix.geometry.shape[0] as number;
  if (!matrix.isSquare() || size === 0) {
    throw new ND4JIllegalArgumentException(
      `Cannot invert an array of shape ${formatShape(matrix.geometry.shape)}: must be square matrix`,
    );
  }
  const work = temporaryCopy(matrix, DOUBLE, 'c');
  try {
    if (!eliminate(work.buffer.window() as Float64Array, size)) {
      throw new ND4JIllegalArgumentException(
        `Cannot invert a matrix of shape ${formatShape(matrix.geometry.shape)}: it is singular`,
      );
    }
    const result = inPlace ? matrix : matrix.allocate(matrix.info, denseGeometry([size, size]));
    copy(result, work);
    return result;
  } finally {
    releaseTemporary(work);
  }
}

/** Inverts the matrix a[n, n] in place; false when it is singular. Column k of the inverse grows where column k of a is used up. */
function eliminate(a: Float64Array, n: number): boolean {
  const exchanges: number[] = [];
  for (let k = 0; k < n; k++) {
    const pivotRow = pivotOf(a, n, k);
    const pivot = a[pivotRow * n + k] as number;
    if (!(Math.abs(pivot) > 0)) return false;
    exchanges.push(pivotRow);
    if (pivotRow !== k) exchangeRows(a, n, k, pivotRow);
    a[k * n + k] = 1;
    for (let j = 0; j < n; j++) a[k * n + j] = (a[k * n + j] as number) / pivot;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = a[i * n + k] as number;
      a[i * n + k] = 0;
      for (let j = 0; j < n; j++) a[i * n + j] = (a[i * n + j] as number) - factor * (a[k * n + j] as number);
    }
  }
  for (let k = n - 1; k >= 0; k--) exchangeColumns(a, n, k, exchanges[k] as number);
  return true;
}

/** The row from k on with the largest element in column k. */
function pivotOf(a: Float64Array, n: number, k: number): number {
  let best = k;
  for (let i = k + 1; i < n; i++) {
    if (Math.abs(a[i * n + k] as number) > Math.abs(a[best * n + k] as number)) best = i;
  }
  return best;
}

function exchangeRows(a: Float64Array, n: number, k: number, other: number): void {
  for (let j = 0; j < n; j++) {
    const held = a[k * n + j] as number;
    a[k * n + j] = a[other * n + j] as number;
    a[other * n + j] = held;
  }
}

function exchangeColumns(a: Float64Array, n: number, k: number, other: number): void {
  if (k === other) return;
  for (let i = 0; i < n; i++) {
    const held = a[i * n + k] as number;
    a[i * n + k] = a[i * n + other] as number;
    a[i * n + other] = held;
  }
}

/** (AᵀA)⁻¹Aᵀ: the left inverse of a matrix with independent columns, in place with `inPlace` when it is square. */
function pLeftInvert(matrix: INDArray, inPlace: boolean = false): INDArray {
  const transposed = matrix.transpose();
  return placed(matrix, invert(transposed.mmul(matrix)).mmul(transposed), inPlace);
}

/** Aᵀ(AAᵀ)⁻¹: the right inverse of a matrix with independent rows, in place with `inPlace` when it is square. */
function pRightInvert(matrix: INDArray, inPlace: boolean = false): INDArray {
  const transposed = matrix.transpose();
  return placed(matrix, transposed.mmul(invert(matrix.mmul(transposed))), inPlace);
}

function placed(matrix: INDArray, inverse: INDArray, inPlace: boolean): INDArray {
  return inPlace ? matrix.assign(inverse) : inverse;
}

/** Inverses of matrices. @see org.nd4j.linalg.inverse.InvertMatrix */
export const InvertMatrix = { invert, pLeftInvert, pRightInvert } as const;
