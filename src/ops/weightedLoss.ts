// Losses times weights, reduced as told, and what that means for gradients. Everything in float64, in 'c' order.

import { broadcastTo, denseGeometry } from '../core/geometry.ts';

/** How weighted losses become one number; the codes are libnd4j's. */
export const Reduction = { NONE: 0, SUM: 1, MEAN_BY_WEIGHT: 2, MEAN_BY_NONZERO_WEIGHT_COUNT: 3 } as const;
export type Reduction = (typeof Reduction)[keyof typeof Reduction];

/** Weights of losses of shape `shape`: one number, or sizes that are equal or 1. */
export interface Weights {
  readonly values: Float64Array;
  readonly shape: readonly number[];
}

/** For each loss, the index of its weight. */
function weightIndices(weights: Weights, shape: readonly number[]): Int32Array {
  const { length } = denseGeometry(shape);
  const indices = new Int32Array(length);
  if (weights.values.length === 1) return indices;
  const { strides } = broadcastTo(denseGeometry(weights.shape), shape);
  for (let i = 0; i < length; i++) {
    let rest = i;
    let at = 0;
    for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
      const size = shape[dimension] as number;
      if (weights.shape[dimension] !== 1) at += (rest % size) * (strides[dimension] as number);
      rest = Math.floor(rest / size);
    }
    indices[i] = at;
  }
  return indices;
}

/** The weight of each loss. */
export function spreadWeights(weights: Weights, shape: readonly number[]): Float64Array {
  return Float64Array.from(weightIndices(weights, shape), (at) => weights.values[at] as number);
}

/** What the sum of weighted losses is divided by; 0 when no weight counts. */
function divisor(spread: Float64Array, reduction: Reduction): number {
  if (reduction === Reduction.NONE || reduction === Reduction.SUM) return 1;
  return spread.reduce((sum, w) => sum + (reduction === Reduction.MEAN_BY_WEIGHT ? w : Number(w !== 0)), 0);
}

/** The losses times their weights, or one number: their sum or mean, 0 when no weight counts. */
export function reduceLosses(losses: Float64Array, spread: Float64Array, reduction: Reduction): Float64Array {
  const weighted = losses.map((loss, i) => loss * (spread[i] as number));
  if (reduction === Reduction.NONE) return weighted;
  const by = divisor(spread, reduction);
  return Float64Array.of(by === 0 ? 0 : weighted.reduce((sum, loss) => sum + loss, 0) / by);
}

/** d(reduced loss) / d(loss i). */
export function lossGradient(spread: Float64Array, reduction: Reduction): Float64Array {
  const by = divisor(spread, reduction);
  return spread.map((w) => (by === 0 ? 0 : w / by));
}

/** d(reduced loss) / d(weights), in the shape of the weights. Of a mean by weight, one weight for all losses has none. */
export function weightGradient(
  losses: Float64Array,
  shape: readonly number[],
  weights: Weights,
  reduction: Reduction,
): Float64Array {
  const gradient = new Float64Array(weights.values.length);
  const isMeanByWeight = reduction === Reduction.MEAN_BY_WEIGHT;
  if (isMeanByWeight && gradient.length === 1) return gradient;
  const indices = weightIndices(weights, shape);
  const spread = spreadWeights(weights, shape);
  const by = divisor(spread, reduction);
  if (by === 0) return gradient;
  const mean = isMeanByWeight ? (reduceLosses(losses, spread, reduction)[0] as number) : 0;
  losses.forEach((loss, i) => {
    const at = indices[i] as number;
    gradient[at] = (gradient[at] as number) + (loss - mean) / by;
  });
  return gradient;
}
