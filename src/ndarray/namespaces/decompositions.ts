// NDLinalg: decompositions, determinants, inverses and solutions of the matrices in the last two dimensions, in float64 inside.

import { formatShape, ND4JIllegalArgumentException, ND4JIllegalStateException } from '../../core/errors.ts';
import { sameShape } from '../../core/geometry.ts';
import { choleskyFactor } from '../../ops/linalg/cholesky.ts';
import { eigen } from '../../ops/linalg/eigen.ts';
import { leastSquares } from '../../ops/linalg/leastSquares.ts';
import { luDeterminant, luFactorize, luSolve, solveTriangle, transposed } from '../../ops/linalg/lu.ts';
import { qrFactorize } from '../../ops/linalg/qr.ts';
import { singularValues } from '../../ops/linalg/singularValues.ts';
import type { INDArray } from '../ndarray.ts';
import { requireSameType } from '../operands.ts';
import { type Batch, batchOf, eachMatrix } from './batches.ts';
import { requireNumbers } from './checks.ts';
import { arrayFrom } from './doubles.ts';

/** How far opposite elements of a matrix may differ that counts as symmetric, relative to its largest. */
const SYMMETRY = 1e-6;

function singular(name: string, x: INDArray): Error {
  return new ND4JIllegalArgumentException(
    `Cannot ${name} an array of shape ${formatShape(x.geometry.shape)}: a matrix is singular`,
  );
}

function choleskyOf(name: string, x: INDArray, matrix: Float64Array, n: number): Float64Array {
  const largest = matrix.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const isSymmetric = matrix.every(
    (each, at) => Math.abs(each - (matrix[(at % n) * n + Math.floor(at / n)] as number)) <= SYMMETRY * largest,
  );
  const factor = isSymmetric ? choleskyFactor(matrix, n) : undefined;
  if (factor !== undefined) return factor;
  throw new ND4JIllegalArgumentException(
    `Cannot ${name} an array of shape ${formatShape(x.geometry.shape)}: needed are symmetric positive definite matrices, found one that is not ${isSymmetric ? 'positive definite' : 'symmetric'}`,
  );
}

/** L of x = L·Lᵀ, zeros above the diagonal. @throws {ND4JIllegalArgumentException} unless x is symmetric and positive definite */
export function cholesky(x: INDArray): INDArray {
  const batch = batchOf('cholesky', x, true);
  return eachMatrix(x, batch, [batch.rows, batch.rows], (matrix) => choleskyOf('cholesky', x, matrix, batch.rows));
}

/** The logarithms of the determinants of symmetric positive definite matrices. @throws {ND4JIllegalArgumentException} for others */
export function logdet(x: INDArray): INDArray {
  const batch = batchOf('logdet', x, true);
  return eachMatrix(x, batch, [], (matrix) => {
    const factor = choleskyOf('logdet', x, matrix, batch.rows);
    let sum = 0;
    for (let i = 0; i < batch.rows; i++) sum += 2 * Math.log(factor[i * (batch.rows + 1)] as number);
    return [sum];
  });
}

/** L (below the diagonal, its own is 1) and U in one array; rows are exchanged, the largest pivot first. */
export function lu(x: INDArray): INDArray {
  const batch = batchOf('lu', x, true);
  return eachMatrix(x, batch, [batch.rows, batch.rows], (matrix) => luFactorize(matrix, batch.rows).values);
}

/** The determinants. */
export function matrixDeterminant(x: INDArray): INDArray {
  const batch = batchOf('matrixDeterminant', x, true);
  return eachMatrix(x, batch, [], (matrix) => [luDeterminant(luFactorize(matrix, batch.rows))]);
}

/** The inverses. @throws {ND4JIllegalArgumentException} when one is singular */
export function matrixInverse(x: INDArray): INDArray {
  const batch = batchOf('matrixInverse', x, true);
  const n = batch.rows;
  return eachMatrix(x, batch, [n, n], (matrix) => {
    const factors = luFactorize(matrix, n);
    if (factors.isSingular) throw singular('matrixInverse', x);
    const unit = new Float64Array(n * n);
    for (let i = 0; i < n; i++) unit[i * (n + 1)] = 1;
    return luSolve(factors, unit, n);
  });
}

/**
 * [q, r] of x = q·r, q with orthonormal columns: [rows, k] and [k, columns], k being the smaller size, or with `fullMatrices` the number of
 * rows. 1.0.0-M2.1 gives wide matrices other shapes, with NaN.
 */
export function qr(x: INDArray, fullMatrices: boolean = false): INDArray[] {
  const batch = batchOf('qr', x);
  const { rows, columns } = batch;
  const inner = fullMatrices ? rows : Math.min(rows, columns);
  const factors = Array.from({ length: batch.count }, (_, index) => qrFactorize(batch.matrix(index), rows, columns));
  return [
    eachMatrix(x, batch, [rows, inner], (_, index) => {
      const { q } = factors[index] as (typeof factors)[0];
      return Float64Array.from(
        { length: rows * inner },
        (_, at) => q[Math.floor(at / inner) * rows + (at % inner)] as number,
      );
    }),
    eachMatrix(x, batch, [inner, columns], (_, index) =>
      (factors[index] as (typeof factors)[0]).r.subarray(0, inner * columns),
    ),
  ];
}

/** b as matrices with as many rows as a has, for the same leading dimensions. */
function rightSide(name: string, a: INDArray, aBatch: Batch, b: INDArray): Batch {
  const bBatch = batchOf(name, b);
  requireSameType(name, a, b);
  if (bBatch.rows === aBatch.rows && sameShape(aBatch.lead, bBatch.lead)) return bBatch;
  throw new ND4JIllegalStateException(
    `Cannot ${name} ${formatShape(a.geometry.shape)} and ${formatShape(b.geometry.shape)}: needed are equal leading sizes and as many rows on the right (${bBatch.rows}) as on the left (${aBatch.rows})`,
  );
}

/** x of a·x = b, or of aᵀ·x = b with `adjoint`. @throws {ND4JIllegalArgumentException} when a is singular */
export function solve(a: INDArray, b: INDArray, adjoint: boolean = false): INDArray {
  const left = batchOf('solve', a, true);
  const right = rightSide('solve', a, left, b);
  const n = left.rows;
  return eachMatrix(a, left, [n, right.columns], (matrix, index) => {
    const factors = luFactorize(adjoint ? transposed(matrix, n, n) : matrix, n);
    if (factors.isSingular) throw singular('solve', a);
    return luSolve(factors, right.matrix(index), right.columns);
  });
}

/** x of t·x = b, t being the lower or upper triangle of a; with `adjoint` of tᵀ·x = b. */
export function triangularSolve(a: INDArray, b: INDArray, lower: boolean, adjoint: boolean): INDArray {
  const left = batchOf('triangularSolve', a, true);
  const right = rightSide('triangularSolve', a, left, b);
  const n = left.rows;
  return eachMatrix(a, left, [n, right.columns], (matrix, index) => {
    const x = right.matrix(index);
    solveTriangle(adjoint ? transposed(matrix, n, n) : matrix, n, x, right.columns, lower !== adjoint);
    return x;
  });
}

/**
 * x with the smallest |a·x − b|² + l2·|x|². When a has more columns than rows there are many: the smallest one, or without `fast` the one that
 * uses the first columns only. Always by QR; 1.0.0-M2.1 fails without `fast` when a has more rows than columns.
 */
export function lstsq(a: INDArray, b: INDArray, l2: number, fast: boolean = true): INDArray {
  requireNumbers('lstsq', l2);
  const left = batchOf('lstsq', a);
  const right = rightSide('lstsq', a, left, b);
  return eachMatrix(a, left, [left.columns, right.columns], (matrix, index) =>
    leastSquares(matrix, left.rows, left.columns, right.matrix(index), right.columns, l2, !fast),
  );
}

/**
 * The singular values, largest first: [..., k], k being the smaller of rows and columns. The flags and the number that ND4J has for the
 * singular vectors change nothing: its method gives one array. 1.0.0-M2.1 fails to run it.
 */
export function svd(x: INDArray, _fullUV?: boolean, _computeUV?: boolean, _switchNum?: number): INDArray {
  const batch = batchOf('svd', x);
  return eachMatrix(x, batch, [Math.min(batch.rows, batch.columns)], (matrix) =>
    singularValues(matrix, batch.rows, batch.columns),
  );
}

/**
 * [values [n, 2], vectors [n, n, 2]] of one square matrix, the last dimension being real and imaginary part; column k of the vectors, of
 * length 1, belongs to value k. Values by ascending real part; the largest element of each vector is real and positive.
 */
export function eig(x: INDArray): INDArray[] {
  const batch = batchOf('eig', x, true);
  if (x.rank() !== 2) {
    throw new ND4JIllegalStateException(
      `Cannot eig an array of shape ${formatShape(x.geometry.shape)}: needed is one matrix`,
    );
  }
  const n = batch.rows;
  const found = eigen(batch.matrix(0), n);
  if (found === undefined) {
    throw new ND4JIllegalArgumentException(
      `Cannot eig a matrix of shape ${formatShape(x.geometry.shape)}: its eigenvalues are not found; needed are finite elements`,
    );
  }
  const { valueRe, valueIm, vectors } = found;
  const paired = (re: Float64Array, im: Float64Array): Float64Array =>
    Float64Array.from({ length: 2 * re.length }, (_, at) => (at % 2 === 0 ? re : im)[at >> 1] as number);
  return [
    arrayFrom(x, x.info, [n, 2], paired(valueRe, valueIm)),
    arrayFrom(x, x.info, [n, n, 2], paired(vectors.re, vectors.im)),
  ];
}
