// Nd4j's products of matrices and tensors.

import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { broadcastShapes, broadcastTo, denseGeometry } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { matmulBatched } from '../ops/matmul.ts';
import { requireResult } from './arithmetic.ts';
import { blasWrapper } from './blasWrapper.ts';
import { verified } from './execution/profiler.ts';
import type { INDArray } from './ndarray.ts';
import { releaseTemporary, requireNumeric, requireSameType } from './operands.ts';
import { contract, multiply, multiplyInto, transposedIf } from './products.ts';

/**
 * a·b, with sides transposed as told; order 'c' when both are, else 'f'. With a result array: c = alpha · a·b + beta · c.
 * @throws {ND4JIllegalStateException} when shapes or types do not fit
 */
function gemm(a: INDArray, b: INDArray, transposeA: boolean, transposeB: boolean): INDArray;
function gemm(
  a: INDArray,
  b: INDArray,
  c: INDArray,
  transposeA: boolean,
  transposeB: boolean,
  alpha: number,
  beta: number,
): INDArray;
function gemm(
  a: INDArray,
  b: INDArray,
  third: INDArray | boolean,
  fourth: boolean,
  fifth?: boolean,
  alpha = 1,
  beta = 0,
): INDArray {
  if (typeof third === 'object') {
    return multiplyInto('gemm', transposedIf(a, fourth), transposedIf(b, fifth), third, alpha, beta);
  }
  const order = a.ordering() === 'c' && b.ordering() === 'c' ? 'c' : 'f';
  return multiply('gemm', transposedIf(a, third), transposedIf(b, fourth), order);
}

/**
 * a·b of matrices, of vectors (a scalar), of a vector and a matrix, or of all pairs of matrices in the last two dimensions of arrays of one rank; the
 * leading dimensions broadcast. Sides and result are transposed as told.
 * @throws {ND4JIllegalStateException} when shapes or types do not fit
 */
function matmul(a: INDArray, b: INDArray, result?: INDArray): INDArray;
function matmul(
  a: INDArray,
  b: INDArray,
  transposeA: boolean,
  transposeB: boolean,
  transposeResult?: boolean,
): INDArray;
function matmul(
  a: INDArray,
  b: INDArray,
  third?: INDArray | boolean,
  transposeB = false,
  transposeResult = false,
): INDArray {
  const transposeA = third === true;
  const product = product2(
    swapped(a, transposeA),
    swapped(b, transposeB),
    typeof third === 'object' ? third : undefined,
  );
  return swapped(product, transposeResult);
}

/** The array with its last two dimensions exchanged. */
function swapped(x: INDArray, transpose: boolean): INDArray {
  if (!transpose) return x;
  const rank = x.rank();
  const order = Array.from({ length: rank }, (_, dimension) => dimension);
  return x.permute(...order.slice(0, -2), rank - 1, rank - 2);
}

function product2(a: INDArray, b: INDArray, out: INDArray | undefined): INDArray {
  if (out !== undefined) checkArgument('matmul', 'Z', out);
  if (a.rank() === 1 && b.rank() === 1) return placed(multiply('matmul', a, b).reshape(), out);
  if (a.rank() === 1 && b.rank() === 2) {
    return placed(multiply('matmul', a.reshape(1, a.length()), b).reshape(b.size(1)), out);
  }
  if (a.rank() <= 2 || b.rank() <= 2) return placed(multiply('matmul', a, b), out);
  return batched(a, b, out);
}

function placed(product: INDArray, out: INDArray | undefined): INDArray {
  if (out === undefined) return product;
  requireResult('matmul', out, product.geometry.shape, product.info);
  out.assign(product);
  releaseTemporary(product);
  return out;
}

function batched(a: INDArray, b: INDArray, out: INDArray | undefined): INDArray {
  checkArgument('matmul', 'X', a);
  checkArgument('matmul', 'Y', b);
  requireNumeric('matmul', a);
  requireSameType('matmul', a, b);
  const rank = a.rank();
  const lead = b.rank() === rank ? broadcastShapes(a.shape().slice(0, -2), b.shape().slice(0, -2)) : undefined;
  if (lead === undefined || a.size(-1) !== b.size(-2)) {
    throw new ND4JIllegalStateException(
      `Cannot matmul ${formatShape(a.geometry.shape)} by ${formatShape(b.geometry.shape)}: needed are one rank, leading sizes that are equal or 1, and as many columns on the left as rows on the right`,
    );
  }
  const shape = [...lead, a.size(-2), b.size(-1)];
  if (out !== undefined) requireResult('matmul', out, shape, a.info);
  const result = a.allocate(a.info, denseGeometry(shape));
  const left = a.viewOf(a.offset, broadcastTo(a.geometry, [...lead, a.size(-2), a.size(-1)]));
  const right = b.viewOf(b.offset, broadcastTo(b.geometry, [...lead, b.size(-2), b.size(-1)]));
  matmulBatched(result, left, right);
  return placed(verified('matmul', result, true), out);
}

/** The family of products of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jLinear = {
  gemm,
  matmul,
  /** The contraction of a and b over pairs of dimensions: `tensorMmul(a, b, [[1], [0]])` is a matrix product. Free dimensions of a come first. */
  tensorMmul: (a: INDArray, b: INDArray, axes: readonly (readonly number[])[]): INDArray => contract(a, b, axes),
  /** The BLAS calls on vectors: dot, axpy, scal, nrm2, asum, iamax. */
  getBlasWrapper: (): typeof blasWrapper => blasWrapper,
} as const;
