// Matrix products: checks, result memory and order, one call of the multiplication. The methods are in arrayLinear.ts and nd4jLinear.ts.

import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { denseGeometry, Geometry, normalizeDimension, type Order, sameShape } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { copy } from '../ops/layout.ts';
import { gemm } from '../ops/matmul.ts';
import { requireResult } from './arithmetic.ts';
import type { ArrayHandle } from './arrayHandle.ts';
import { verified } from './execution/profiler.ts';
import type { INDArray } from './ndarray.ts';
import { overlaps, releaseTemporary, requireNumeric, requireSameType, temporaryCopy } from './operands.ts';

/** Which sides of a product are transposed, and whether its result is. @see org.nd4j.linalg.api.blas.params.MMulTranspose */
export interface MMulTranspose {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly transposeResult?: boolean;
}

/** a·b of two matrices, of a matrix and a vector, or of two vectors (which gives `[1, 1]`), in a new array. */
export function multiply(name: string, a: ArrayHandle, b: ArrayHandle, order?: Order): INDArray {
  checkArgument(name, 'X', a);
  checkArgument(name, 'Y', b);
  requireFactors(name, a, b);
  const rows = a.rank();
  const columns = b.rank();
  if (rows === 2 && columns === 2) {
    const both = a.geometry.order === 'f' && b.geometry.order === 'f';
    const shape = [a.geometry.shape[0] as number, b.geometry.shape[1] as number];
    requireInner(name, a, b, a.geometry.shape[1] as number, b.geometry.shape[0] as number);
    const result = a.allocate(a.info, denseGeometry(shape, order ?? (both ? 'f' : 'c')));
    gemm(result, a, b);
    return verified(name, result, true);
  }
  if (columns === 1 && rows === 2) {
    requireInner(name, a, b, a.geometry.shape[1] as number, b.length());
    const result = a.allocate(a.info, denseGeometry([a.geometry.shape[0] as number]));
    gemm(asColumn(result), a, asColumn(b));
    return verified(name, result, true);
  }
  if (columns === 1 && rows === 1) {
    requireInner(name, a, b, a.length(), b.length());
    const result = a.allocate(a.info, denseGeometry([1, 1]));
    gemm(result, asRow(a), asColumn(b));
    return verified(name, result, true);
  }
  throw new ND4JIllegalStateException(
    `Cannot execute matrix multiplication: ${formatShape(a.geometry.shape)}x${formatShape(b.geometry.shape)}: inputs are not matrices; needed are two matrices, or a matrix and a vector to its right`,
  );
}

/** out = alpha · a·b + beta · out of three matrices. `out` may share memory with a and b. */
export function multiplyInto(
  name: string,
  a: ArrayHandle,
  b: ArrayHandle,
  out: ArrayHandle,
  alpha = 1,
  beta = 0,
): INDArray {
  checkArgument(name, 'X', a);
  checkArgument(name, 'Y', b);
  checkArgument(name, 'Z', out);
  requireFactors(name, a, b);
  if (a.rank() === 2 && b.rank() === 1 && out.rank() === 1) {
    return multiplyInto(name, a, asColumn(b), asColumn(out), alpha, beta) && (out as unknown as INDArray);
  }
  for (const each of [a, b, out]) {
    if (each.rank() !== 2) {
      throw new ND4JIllegalStateException(
        `Cannot ${name} ${formatShape(a.geometry.shape)} by ${formatShape(b.geometry.shape)} into ${formatShape(out.geometry.shape)}: needed are matrices (rank 2)`,
      );
    }
  }
  requireInner(name, a, b, a.geometry.shape[1] as number, b.geometry.shape[0] as number);
  requireResult(name, out, [a.geometry.shape[0] as number, b.geometry.shape[1] as number], a.info);
  if (overlaps(out, a) || overlaps(out, b)) {
    const sum = temporaryCopy(out);
    gemm(sum, a, b, alpha, beta);
    copy(out, sum);
    releaseTemporary(sum);
  } else gemm(out, a, b, alpha, beta);
  return verified(name, out as unknown as INDArray);
}

/** The array, or its transpose when asked. @throws {ND4JIllegalStateException} for rank below 2. */
export function transposedIf(x: INDArray, transpose: boolean | undefined): INDArray {
  return transpose === true ? x.transpose() : x;
}

/** The contraction of a and b over pairs of dimensions, as NumPy's tensordot: free dimensions of a, then of b; 'c' order. */
export function contract(a: INDArray, b: INDArray, axes: readonly (readonly number[])[]): INDArray {
  checkArgument('tensorMmul', 'X', a);
  checkArgument('tensorMmul', 'Y', b);
  requireFactors('tensorMmul', a, b);
  const [left, right] = axes;
  if (left === undefined || right === undefined || axes.length !== 2 || left.length !== right.length) {
    throw new ND4JIllegalStateException(
      `Cannot tensorMmul over axes ${JSON.stringify(axes)}: needed are two lists of dimensions of one length, such as [[1], [0]]`,
    );
  }
  const aAxes = left.map((axis) => normalizeDimension(axis, a.rank(), 'axis'));
  const bAxes = right.map((axis) => normalizeDimension(axis, b.rank(), 'axis'));
  const sizesOf = (x: INDArray, dimensions: readonly number[]): number[] => dimensions.map((d) => x.size(d));
  if (!sameShape(sizesOf(a, aAxes), sizesOf(b, bAxes))) {
    throw new ND4JIllegalStateException(
      `Cannot tensorMmul ${formatShape(a.geometry.shape)} by ${formatShape(b.geometry.shape)} over axes ${JSON.stringify(axes)}: paired dimensions must have equal sizes, found ${formatShape(sizesOf(a, aAxes))} and ${formatShape(sizesOf(b, bAxes))}`,
    );
  }
  const free = (x: INDArray, taken: readonly number[]): number[] =>
    x
      .shape()
      .map((_, d) => d)
      .filter((d) => !taken.includes(d));
  const aFree = free(a, aAxes);
  const bFree = free(b, bAxes);
  const product = (sizes: readonly number[]): number => sizes.reduce((value, size) => value * size, 1);
  const inner = product(sizesOf(a, aAxes));
  const aRows = a.permute(...aFree, ...aAxes).reshape(product(sizesOf(a, aFree)), inner);
  const bColumns = b.permute(...bAxes, ...bFree).reshape(inner, product(sizesOf(b, bFree)));
  return multiply('tensorMmul', aRows, bColumns, 'c').reshape(...sizesOf(a, aFree), ...sizesOf(b, bFree));
}

function requireFactors(name: string, a: ArrayHandle, b: ArrayHandle): void {
  requireNumeric(name, a);
  requireNumeric(name, b);
  requireSameType(name, a, b);
}

function requireInner(name: string, a: ArrayHandle, b: ArrayHandle, left: number, right: number): void {
  if (left === right) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name} ${formatShape(a.geometry.shape)} by ${formatShape(b.geometry.shape)}: columns of the left (${left}) must equal rows of the right (${right})`,
  );
}

function asColumn(x: ArrayHandle): INDArray {
  return x.viewOf(x.offset, new Geometry([x.length(), 1], [x.geometry.strides[0] as number, 1], 'c'));
}

function asRow(x: ArrayHandle): INDArray {
  return x.viewOf(x.offset, new Geometry([1, x.length()], [x.length(), x.geometry.strides[0] as number], 'c'));
}
