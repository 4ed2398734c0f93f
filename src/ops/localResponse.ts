// Local response normalization: every element over a power of the sum of the squares around it in one dimension.

import type { DataTypeInfo } from '../core/dataType.ts';
import { denseGeometry } from '../core/geometry.ts';
import type { DataBuffer } from '../memory/buffer.ts';
import type { ArrayView } from '../memory/view.ts';
import { Binary, Unary } from './codes.ts';
import { converted, onDense } from './converted.ts';
import { axpy, binary, binaryScalar, unary } from './elementwise.ts';
import { averagePool, PoolDivisor } from './pooling.ts';

/** The numbers of a local response normalization. */
export interface LocalResponse {
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
  /** How many neighbours on each side count. */
  readonly depth: number;
}

/** out = the sums of `depth` neighbours on both sides along `dimension`, and the element itself. Both are dense. */
function sumAround(out: ArrayView, x: ArrayView, depth: number, dimension: number): void {
  const { shape } = x.geometry;
  const product = (sizes: readonly number[]): number => sizes.reduce((length, size) => length * size, 1);
  const around = Math.min(depth, shape[dimension] as number);
  const geometry = denseGeometry([
    product(shape.slice(0, dimension)),
    1,
    shape[dimension] as number,
    product(shape.slice(dimension + 1)),
  ]);
  const reach = {
    kernel: [2 * around + 1, 1],
    stride: [1, 1],
    padding: [around, 0],
    dilation: [1, 1],
    isChannelsLast: false,
  };
  averagePool({ ...out, geometry }, { ...x, geometry }, reach, PoolDivisor.NONE);
}

/** bias + alpha · Σ x², in an array that the caller closes. */
function scales(
  x: ArrayView,
  info: DataTypeInfo,
  { alpha, bias, depth }: LocalResponse,
  dimension: number,
  owned: DataBuffer[],
): ArrayView {
  const squares = converted(x, info, owned, false);
  const result = converted(x, info, owned, false);
  unary(Unary.SQUARE, squares, x);
  sumAround(result, squares, depth, dimension);
  binaryScalar(Binary.MUL, result, result, alpha);
  binaryScalar(Binary.ADD, result, result, bias);
  return result;
}

/** out = x · (bias + alpha · Σ x²)^−beta, the sum running over `depth` neighbours on both sides along `dimension`. `out` does not overlap x. */
export function localResponse(out: ArrayView, x: ArrayView, numbers: LocalResponse, dimension: number): void {
  onDense(out, [x], (to, [from = x], info) => {
    const owned: DataBuffer[] = [];
    try {
      const scale = scales(from, info, numbers, dimension, owned);
      binaryScalar(Binary.POW, scale, scale, -numbers.beta);
      binary(Binary.MUL, to, from, scale);
    } finally {
      for (const buffer of owned) buffer.close();
    }
  });
}

/** dx = g · s^−beta − 2 · alpha · beta · x · Σ (g · x · s^(−beta − 1)) for the s of localResponse. `dx` overlaps neither x nor g. */
export function localResponseBackward(
  dx: ArrayView,
  x: ArrayView,
  g: ArrayView,
  numbers: LocalResponse,
  dimension: number,
): void {
  onDense(dx, [x, g], (to, [from = x, gradient = g], info) => {
    const { alpha, beta } = numbers;
    const owned: DataBuffer[] = [];
    try {
      const scale = scales(from, info, numbers, dimension, owned);
      const terms = converted(from, info, owned, false);
      const around = converted(from, info, owned, false);
      binaryScalar(Binary.POW, terms, scale, -beta - 1);
      binary(Binary.MUL, terms, terms, gradient);
      binary(Binary.MUL, scale, scale, terms);
      binary(Binary.MUL, terms, terms, from);
      sumAround(around, terms, numbers.depth, dimension);
      binary(Binary.MUL, around, around, from);
      axpy(to, scale, around, -2 * alpha * beta);
    } finally {
      for (const buffer of owned) buffer.close();
    }
  });
}
