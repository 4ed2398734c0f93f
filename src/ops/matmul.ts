// Products of matrices and vectors on views. The kernel takes any strides, so orders, transposes and views cost no copy.

import { COMPUTE_I64, DOUBLE, FLOAT } from '../core/dataType.ts';
import { Geometry } from '../core/geometry.ts';
import type { DataBuffer } from '../memory/buffer.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { converted } from './converted.ts';
import { copy } from './layout.ts';
import { reducePairAll } from './reduce.ts';
import { Reduce } from './reduceCodes.ts';
import { scratch } from './scratch.ts';

/**
 * out[m, n] = alpha · a[m, k] · b[k, n] + beta · out. All have rank 2, any strides and one type; `out` overlaps neither input.
 * beta = 0 does not read `out`. HALF and BFLOAT16 compute in float32, integers in float64.
 */
export function gemm(out: ArrayView, a: ArrayView, b: ArrayView, alpha = 1, beta = 0): void {
  const { info } = out.buffer;
  if (info !== FLOAT && info !== DOUBLE) {
    gemmConverted(out, a, b, alpha, beta);
    return;
  }
  const { shape, strides } = out.geometry;
  const aStrides = a.geometry.strides;
  const bStrides = b.geometry.strides;
  const m = shape[0] as number;
  const n = shape[1] as number;
  const k = a.geometry.shape[1] as number;
  const { kernels } = runtime();
  kernels.gemm(
    info.compute,
    addressOf(out),
    addressOf(a),
    addressOf(b),
    m,
    n,
    k,
    aStrides[0] as number,
    aStrides[1] as number,
    bStrides[0] as number,
    bStrides[1] as number,
    strides[0] as number,
    strides[1] as number,
    alpha,
    beta,
    scratch(kernels.gemmScratchBytes(info.compute, m, n, k)),
  );
}

/** out[m] = alpha · a[m, n] · x[n] + beta · out[m]; vectors are of rank 1 (any stride). @see gemm */
export function gemv(out: ArrayView, a: ArrayView, x: ArrayView, alpha = 1, beta = 0): void {
  gemm(asColumn(out), a, asColumn(x), alpha, beta);
}

/** out[n] = alpha · x[m] · a[m, n] + beta · out[n]; vectors are of rank 1 (any stride). @see gemm */
export function vecmat(out: ArrayView, x: ArrayView, a: ArrayView, alpha = 1, beta = 0): void {
  gemm(asRow(out), asRow(x), a, alpha, beta);
}

/** out[m, n] = alpha · x[m] · y[n] + beta · out. @see gemm */
export function outer(out: ArrayView, x: ArrayView, y: ArrayView, alpha = 1, beta = 0): void {
  gemm(out, asColumn(x), asRow(y), alpha, beta);
}

/** Σ x · y over all elements of two arrays of one shape. Float32 sums do not lose accuracy with the length. @see reducePairAll */
export function dot(x: ArrayView, y: ArrayView): number {
  return reducePairAll(Reduce.DOT, x, y);
}

/** `gemm` of each pair of matrices in the last two dimensions; the leading dimensions are those of `out` (stride 0 repeats one). */
export function matmulBatched(out: ArrayView, a: ArrayView, b: ArrayView, alpha = 1, beta = 0): void {
  const { shape } = out.geometry;
  const rank = shape.length - 2;
  const outMatrix = matrixOf(out);
  const aMatrix = matrixOf(a);
  const bMatrix = matrixOf(b);
  const index = new Array<number>(rank).fill(0);
  const count = shape.slice(0, rank).reduce((product, size) => product * size, 1);
  for (let i = 0; i < count; i++) {
    gemm(at(out, outMatrix, index), at(a, aMatrix, index), at(b, bMatrix, index), alpha, beta);
    for (let d = rank - 1; d >= 0; d--) {
      index[d] = (index[d] as number) + 1;
      if ((index[d] as number) < (shape[d] as number)) break;
      index[d] = 0;
    }
  }
}

function matrixOf(x: ArrayView): Geometry {
  return new Geometry(x.geometry.shape.slice(-2), x.geometry.strides.slice(-2), x.geometry.order);
}

function at(x: ArrayView, geometry: Geometry, index: readonly number[]): ArrayView {
  let offset = x.offset;
  for (let d = 0; d < index.length; d++) offset += (index[d] as number) * (x.geometry.strides[d] as number);
  return { buffer: x.buffer, offset, geometry };
}

function asColumn(x: ArrayView): ArrayView {
  const { shape, strides } = x.geometry;
  return {
    buffer: x.buffer,
    offset: x.offset,
    geometry: new Geometry([shape[0] as number, 1], [strides[0] as number, 1], 'c'),
  };
}

function asRow(x: ArrayView): ArrayView {
  const { shape, strides } = x.geometry;
  return {
    buffer: x.buffer,
    offset: x.offset,
    geometry: new Geometry([1, shape[0] as number], [1, strides[0] as number], 'c'),
  };
}

/** The product of other types, computed on copies in a type that the kernel knows. */
function gemmConverted(out: ArrayView, a: ArrayView, b: ArrayView, alpha: number, beta: number): void {
  const info = out.buffer.info.compute === COMPUTE_I64 ? DOUBLE : FLOAT;
  const owned: DataBuffer[] = [];
  try {
    const sum = converted(out, info, owned, beta !== 0);
    gemm(sum, converted(a, info, owned, true), converted(b, info, owned, true), alpha, beta);
    copy(out, sum);
  } finally {
    for (const buffer of owned) buffer.close();
  }
}
