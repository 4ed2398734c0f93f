// Dot product attention on views, forward and backward. Letters: N examples, H heads, d sizes, q queries, k keys.

import { Geometry } from '../core/geometry.ts';
import { type ArrayView, viewed } from '../memory/view.ts';
import { Binary } from './codes.ts';
import { binary, binaryScalar } from './elementwise.ts';
import { gemm, matmulBatched } from './matmul.ts';
import { softmax, softmaxBackward } from './softmax.ts';

/** What a mask of 0 adds to a score. */
const MASKED = 1e9;

/** The last two dimensions exchanged, a view. */
export function swapped(x: ArrayView): ArrayView {
  const { shape, strides, order, rank } = x.geometry;
  const swap = (values: readonly number[]): number[] => [
    ...values.slice(0, -2),
    values[rank - 1] as number,
    values[rank - 2] as number,
  ];
  return viewed(x, 0, new Geometry(swap(shape), swap(strides), order));
}

/** A matrix per example or per head, [N or H, a, b], repeated to [N, H, a, b], a view. */
export function perHead(x: ArrayView, count: number, repeats: 'N' | 'H'): ArrayView {
  const [first, ...shape] = x.geometry.shape as [number, ...number[]];
  const [stride, ...strides] = x.geometry.strides as [number, ...number[]];
  const isN = repeats === 'N';
  const sizes = isN ? [count, first, ...shape] : [first, count, ...shape];
  return viewed(x, 0, new Geometry(sizes, isN ? [0, stride, ...strides] : [stride, 0, ...strides], 'c'));
}

/**
 * weights […, k, q] = softmax over the keys of scale · keysᵀ · queries, of keys […, d, k] and queries […, d, q].
 * `mask` [N, k] is 1 for keys that count, else 0. `spare` [N, k] holds what the mask adds.
 */
export function attentionWeights(
  weights: ArrayView,
  queries: ArrayView,
  keys: ArrayView,
  scale: number,
  mask: ArrayView | null,
  spare: ArrayView | null,
): void {
  matmulBatched(weights, swapped(keys), queries, scale);
  if (mask !== null && spare !== null) {
    binaryScalar(Binary.SUB, spare, mask, 1);
    binaryScalar(Binary.MUL, spare, spare, MASKED);
    const { shape, rank } = weights.geometry;
    const [example, key] = spare.geometry.strides as [number, number];
    const strides = shape.map((_, d) => (d === 0 ? example : d === rank - 2 ? key : 0));
    binary(Binary.ADD, weights, weights, viewed(spare, 0, new Geometry(shape, strides, 'c')));
  }
  softmax(weights, weights, weights.geometry.rank - 2);
}

/** Gradients of queries, keys and values from that of values · weights; `dWeights` has the shape of the weights and is used up. */
export function attentionBackward(
  out: { readonly queries: ArrayView; readonly keys: ArrayView; readonly values: ArrayView },
  { queries, keys, values }: { readonly queries: ArrayView; readonly keys: ArrayView; readonly values: ArrayView },
  weights: ArrayView,
  dWeights: ArrayView,
  gradient: ArrayView,
  scale: number,
): void {
  matmulBatched(out.values, gradient, swapped(weights));
  matmulBatched(dWeights, swapped(values), gradient);
  softmaxBackward(dWeights, weights, dWeights, weights.geometry.rank - 2);
  matmulBatched(out.queries, keys, dWeights, scale);
  matmulBatched(out.keys, queries, swapped(dWeights), scale);
}

/** The gradients of a projection [N, H, p, t] = weights [H, p, d] · x [N, d, t]: of x and of the weights. */
export function projectionBackward(
  dx: ArrayView,
  dWeights: ArrayView,
  x: ArrayView,
  weights: ArrayView,
  gradient: ArrayView,
): void {
  const [examples, heads] = gradient.geometry.shape as [number, number];
  for (let n = 0; n < examples; n++) {
    for (let h = 0; h < heads; h++) {
      const g = inner(inner(gradient, n), h);
      gemm(inner(dx, n), swapped(inner(weights, h)), g, 1, h === 0 ? 0 : 1);
      gemm(inner(dWeights, h), g, swapped(inner(x, n)), 1, n === 0 ? 0 : 1);
    }
  }
}

/** Element `index` of the first dimension, a view. */
export function inner({ buffer, offset, geometry }: ArrayView, index: number): ArrayView {
  const { shape, strides, order } = geometry;
  return {
    buffer,
    offset: offset + index * (strides[0] as number),
    geometry: new Geometry(shape.slice(1), strides.slice(1), order),
  };
}
