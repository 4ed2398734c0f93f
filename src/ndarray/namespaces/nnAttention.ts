// NDNN's attention, with one head and with many.

import { denseGeometry } from '../../core/geometry.ts';
import { type ArrayView, viewed } from '../../memory/view.ts';
import {
  attentionBackward,
  attentionWeights,
  inner,
  perHead,
  projectionBackward,
  swapped,
} from '../../ops/attention.ts';
import { gemm, matmulBatched } from '../../ops/matmul.ts';
import type { Temporaries } from '../../ops/temporaries.ts';
import type { INDArray } from '../ndarray.ts';
import { floatingArgument, requireShape, shapedArgument } from './arrayArguments.ts';
import { working } from './working.ts';

type Maybe = INDArray | null | undefined;

/** Arrays as the kernels of products take them: of a type that these compute in. */
interface Triple {
  readonly queries: ArrayView;
  readonly keys: ArrayView;
  readonly values: ArrayView;
}

/** @throws {ND4JIllegalStateException} unless queries […, d, q], keys […, d, k], values […, v, k] and mask [N, k] fit. */
function readAttention(op: string, queries: INDArray, keys: INDArray, values: INDArray, mask: Maybe, rank = 0): void {
  floatingArgument(op, 'queries', queries);
  const any = new Array<number>(rank === 0 && queries.rank() === 4 ? 4 : 3).fill(-1);
  requireShape(op, 'queries', queries, any);
  const shape = queries.geometry.shape;
  shapedArgument(op, 'keys', keys, [...shape.slice(0, -1), -1], queries);
  const steps = keys.size(-1);
  shapedArgument(op, 'values', values, [...shape.slice(0, -2), -1, steps], queries);
  if (mask !== null && mask !== undefined) shapedArgument(op, 'mask', mask, [shape[0] as number, steps], queries);
}

function scaleOf(size: number, scaled: boolean): number {
  return scaled ? 1 / Math.sqrt(size) : 1;
}

/** The weights […, k, q] in temporary memory. */
function weigh(memory: Temporaries, { queries, keys }: Triple, scale: number, mask: Maybe): ArrayView {
  const { shape } = keys.geometry;
  const weights = memory.make([...shape.slice(0, -2), shape.at(-1) as number, queries.geometry.shape.at(-1) as number]);
  const spare = mask ? memory.make(mask.geometry.shape) : null;
  attentionWeights(weights, queries, keys, scale, mask ?? null, spare);
  return weights;
}

/**
 * values · softmax(keysᵀ · queries), the scores divided by √d if `scaled`: `[N, v, q]` from queries `[N, d, q]`, keys `[N, d, k]` and values
 * `[N, v, k]`, or the same with heads behind N. `mask` `[N, k]` is 1 for keys that count.
 */
function dotProductAttention(
  queries: INDArray,
  keys: INDArray,
  values: INDArray,
  mask: Maybe,
  scaled: boolean,
): INDArray {
  readAttention('dotProductAttention', queries, keys, values, mask);
  return working(queries, (memory, make) => {
    const weights = weigh(memory, { queries, keys, values }, scaleOf(queries.size(-2), scaled), mask);
    const result = make([...values.shape().slice(0, -1), queries.size(-1)]);
    matmulBatched(result, values, weights);
    return result;
  });
}

/** Gradients of queries, keys and values of `dotProductAttention` from that of its result. */
function dotProductAttentionBp(
  queries: INDArray,
  keys: INDArray,
  values: INDArray,
  gradient: INDArray,
  mask: Maybe,
  scaled: boolean,
): INDArray[] {
  const op = 'dotProductAttentionBp';
  readAttention(op, queries, keys, values, mask);
  shapedArgument(op, 'gradient', gradient, [...values.shape().slice(0, -1), queries.size(-1)], queries);
  return working(queries, (memory, make) => {
    const scale = scaleOf(queries.size(-2), scaled);
    const weights = weigh(memory, { queries, keys, values }, scale, mask);
    const found = { queries: make(queries.shape()), keys: make(keys.shape()), values: make(values.shape()) };
    const spare = memory.make(weights.geometry.shape);
    attentionBackward(found, { queries, keys, values }, weights, spare, gradient, scale);
    return [found.queries, found.keys, found.values];
  });
}

/** Weights of the projections: queries and keys `[H, p, d]`, values `[H, v, d]`, output `[H·v, out]`. */
type Projections = readonly [wq: INDArray, wk: INDArray, wv: INDArray, wo: INDArray];

function readHeads(
  op: string,
  queries: INDArray,
  keys: INDArray,
  values: INDArray,
  [wq, wk, wv, wo]: Projections,
  mask: Maybe,
): void {
  floatingArgument(op, 'queries', queries);
  requireShape(op, 'queries', queries, [-1, -1, -1]);
  const [examples, size] = queries.geometry.shape as [number, number];
  shapedArgument(op, 'keys', keys, [examples, -1, -1], queries);
  shapedArgument(op, 'values', values, [examples, -1, keys.size(-1)], queries);
  if (mask !== null && mask !== undefined) shapedArgument(op, 'mask', mask, [examples, keys.size(-1)], queries);
  shapedArgument(op, 'Wq', wq, [-1, -1, size], queries);
  const [heads, projected] = wq.geometry.shape as [number, number];
  shapedArgument(op, 'Wk', wk, [heads, projected, keys.size(1)], queries);
  shapedArgument(op, 'Wv', wv, [heads, -1, values.size(1)], queries);
  shapedArgument(op, 'Wo', wo, [heads * wv.size(1), -1], queries);
}

/** weights [H, p, d] · x [N, d, t] as [N, H, p, t]. */
function project(memory: Temporaries, weights: ArrayView, x: ArrayView): ArrayView {
  const [heads, size] = weights.geometry.shape as [number, number];
  const [examples, , steps] = x.geometry.shape as [number, number, number];
  const out = memory.make([examples, heads, size, steps]);
  matmulBatched(out, perHead(weights, examples, 'N'), perHead(x, heads, 'H'));
  return out;
}

/** [N, H, v, q] as [N, H·v, q]. */
function joined(x: ArrayView): ArrayView {
  const [examples, heads, size, steps] = x.geometry.shape as [number, number, number, number];
  return viewed(x, 0, denseGeometry([examples, heads * size, steps]));
}

/** What the heads see, how they weigh it, and what they give. */
function runHeads(
  memory: Temporaries,
  inputs: Triple,
  [wq, wk, wv]: Projections,
  mask: Maybe,
  scaled: boolean,
): { seen: Triple; weights: ArrayView; scale: number; attended: ArrayView } {
  const seen = {
    queries: project(memory, wq, inputs.queries),
    keys: project(memory, wk, inputs.keys),
    values: project(memory, wv, inputs.values),
  };
  const scale = scaleOf(wq.size(1), scaled);
  const weights = weigh(memory, seen, scale, mask);
  const shape = seen.values.geometry.shape;
  const attended = memory.make([...shape.slice(0, -1), inputs.queries.geometry.shape.at(-1) as number]);
  matmulBatched(attended, seen.values, weights);
  return { seen, weights, scale, attended };
}

/**
 * Attention of several heads: queries, keys and values `[N, d, t]` (each its own d) are projected per head, attended, and projected to
 * `[N, out, q]`. Wq and Wk `[H, p, d]`, Wv `[H, v, d]`, Wo `[H·v, out]`.
 * @see dotProductAttention
 */
function multiHeadDotProductAttention(
  queries: INDArray,
  keys: INDArray,
  values: INDArray,
  Wq: INDArray,
  Wk: INDArray,
  Wv: INDArray,
  Wo: INDArray,
  mask: Maybe,
  scaled: boolean,
): INDArray {
  const projections = [Wq, Wk, Wv, Wo] as const;
  readHeads('multiHeadDotProductAttention', queries, keys, values, projections, mask);
  return working(queries, (memory, make) => {
    const { attended } = runHeads(memory, { queries, keys, values }, projections, mask, scaled);
    const result = make([queries.size(0), Wo.size(1), queries.size(2)]);
    const all = joined(attended);
    for (let n = 0; n < queries.size(0); n++) gemm(inner(result, n), swapped(Wo), inner(all, n));
    return result;
  });
}

/** Gradients of queries, keys, values, Wq, Wk, Wv and Wo of `multiHeadDotProductAttention` from that of its result. */
function multiHeadDotProductAttentionBp(
  queries: INDArray,
  keys: INDArray,
  values: INDArray,
  Wq: INDArray,
  Wk: INDArray,
  Wv: INDArray,
  Wo: INDArray,
  gradient: INDArray,
  mask: Maybe,
  scaled: boolean,
): INDArray[] {
  const op = 'multiHeadDotProductAttentionBp';
  const projections = [Wq, Wk, Wv, Wo] as const;
  readHeads(op, queries, keys, values, projections, mask);
  shapedArgument(op, 'gradient', gradient, [queries.size(0), Wo.size(1), queries.size(2)], queries);
  return working(queries, (memory, make) => {
    const inputs = { queries, keys, values };
    const { seen, weights, scale, attended } = runHeads(memory, inputs, projections, mask, scaled);
    const found = [queries, keys, values, ...projections].map((each) => make(each.shape()));
    const [dQueries, dKeys, dValues, dWq, dWk, dWv, dWo] = found as [
      INDArray,
      INDArray,
      INDArray,
      INDArray,
      INDArray,
      INDArray,
      INDArray,
    ];
    const dAttended = memory.make(attended.geometry.shape);
    const [all, dAll] = [joined(attended), joined(dAttended)];
    for (let n = 0; n < queries.size(0); n++) {
      const g = inner(gradient, n);
      gemm(dWo, inner(all, n), swapped(g), 1, n === 0 ? 0 : 1);
      gemm(inner(dAll, n), Wo, g);
    }
    const like = (x: ArrayView): ArrayView => memory.make(x.geometry.shape);
    const dSeen = { queries: like(seen.queries), keys: like(seen.keys), values: like(seen.values) };
    attentionBackward(dSeen, seen, weights, like(weights), dAttended, scale);
    projectionBackward(dQueries, dWq, queries, Wq, dSeen.queries);
    projectionBackward(dKeys, dWk, keys, Wk, dSeen.keys);
    projectionBackward(dValues, dWv, values, Wv, dSeen.values);
    return found;
  });
}

/** The family of attention of `Nd4j.nn()`. */
export const nnAttention = {
  dotProductAttention,
  dotProductAttentionBp,
  multiHeadDotProductAttention,
  multiHeadDotProductAttentionBp,
} as const;
