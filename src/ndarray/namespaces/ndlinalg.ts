// NDLinalg: linear algebra.

import { BOOL, type DataType, dataTypeInfo } from '../../core/dataType.ts';
import { ND4JIllegalStateException } from '../../core/errors.ts';
import { countArgument } from '../arguments.ts';
import { nd4jCreation } from '../nd4jCreation.ts';
import { nd4jLinear } from '../nd4jLinear.ts';
import type { INDArray } from '../ndarray.ts';
import { batchOf, eachMatrix } from './batches.ts';
import { requireNumbers } from './checks.ts';
import {
  cholesky,
  eig,
  logdet,
  lstsq,
  lu,
  matrixDeterminant,
  matrixInverse,
  qr,
  solve,
  svd,
  triangularSolve,
} from './decompositions.ts';
import { arrayFrom } from './doubles.ts';
import { cross, diag, diagPart } from './mathMatrices.ts';

/** The matrices with zeros where `keeps` says no for a place. */
function kept(name: string, x: INDArray, keeps: (row: number, column: number) => boolean): INDArray {
  const batch = batchOf(name, x);
  return eachMatrix(x, batch, [batch.rows, batch.columns], (matrix) =>
    matrix.map((each, at) => (keeps(Math.floor(at / batch.columns), at % batch.columns) ? each : 0)),
  );
}

/** The gradients [of a, of b] from that of mmul with the same flags. Matrices, or batches of equal leading sizes. */
function mmulBp(
  a: INDArray,
  b: INDArray,
  gradient: INDArray,
  transposeA: boolean = false,
  transposeB: boolean = false,
  transposeResult: boolean = false,
): INDArray[] {
  const { matmul } = nd4jLinear;
  // With c = a'·b' (a' and b' as transposed): ∂a' = ∂c·b'ᵀ, ∂b' = a'ᵀ·∂c.
  return [
    transposeA ? matmul(b, gradient, transposeB, !transposeResult) : matmul(gradient, b, transposeResult, !transposeB),
    transposeB ? matmul(gradient, a, !transposeResult, transposeA) : matmul(a, gradient, !transposeA, transposeResult),
  ];
}

/** Zeros below a diagonal (0 is the main one, 1 the one above). A vector counts as a square matrix of equal rows. */
function triu(x: INDArray, diagonal: number = 0): INDArray {
  requireNumbers('triu', diagonal);
  const matrix = x.rank() === 1 ? x.reshape(1, x.length()).broadcast(x.length(), x.length()) : x;
  return kept('triu', matrix, (row, column) => column - row >= diagonal);
}

/** Ones on and below a diagonal (0 is the main one), zeros above it. */
function tri(rows: number, columns: number): INDArray;
function tri(type: DataType, rows: number, columns: number, diagonal: number): INDArray;
function tri(first: DataType | number, second: number, third: number = second, diagonal: number = 0): INDArray {
  const isTyped = typeof first === 'string';
  const info = dataTypeInfo(isTyped ? first : 'FLOAT');
  if (info === BOOL) throw new ND4JIllegalStateException('Cannot make a tri of type BOOL: needed is a numeric type');
  const rows = countArgument(isTyped ? second : first, 'number of rows');
  const columns = countArgument(isTyped ? third : second, 'number of columns');
  requireNumbers('tri', diagonal);
  const result = nd4jCreation.zeros(info.name, rows, columns);
  if (result.isEmpty()) return result;
  const values = Float64Array.from({ length: rows * columns }, (_, at) =>
    Number((at % columns) - Math.floor(at / columns) <= diagonal),
  );
  return arrayFrom(result, info, [rows, columns], values);
}

/**
 * Linear algebra, what `Nd4j.linalg()` gives: of matrices or of all matrices in the last two dimensions. Floating arrays, unless a comment
 * says otherwise; decompositions compute in float64.
 * @see org.nd4j.linalg.factory.ops.NDLinalg
 */
export const NDLinalg = {
  cholesky,
  /** Cross products of vectors of 3, of any numeric type. */
  cross,
  diag,
  /** The diagonal of an array of shape s ++ s, of any numeric type. */
  diag_part: (x: INDArray): INDArray => diagPart('diag_part', x),
  eig,
  logdet,
  lstsq,
  lu,
  /** a·b of any numeric type. @see Nd4j.matmul */
  matmul: (a: INDArray, b: INDArray): INDArray => nd4jLinear.matmul(a, b),
  /** a·b with sides and result transposed as told. */
  mmul: (
    a: INDArray,
    b: INDArray,
    transposeA: boolean = false,
    transposeB: boolean = false,
    transposeResult: boolean = false,
  ): INDArray => nd4jLinear.matmul(a, b, transposeA, transposeB, transposeResult),
  /** In a list of one: zeros outside of so many diagonals below and above the main one; negative numbers keep all. */
  matrixBandPart(x: INDArray, lower: number, upper: number): INDArray[] {
    requireNumbers('matrixBandPart', lower, upper);
    return [
      kept(
        'matrixBandPart',
        x,
        (row, column) => (lower < 0 || row - column <= lower) && (upper < 0 || column - row <= upper),
      ),
    ];
  },
  matrixDeterminant,
  matrixInverse,
  mmulBp,
  qr,
  solve,
  svd,
  tri,
  triangularSolve,
  triu,
} as const;
