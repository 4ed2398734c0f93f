// NDMath: mean and variance, and what is scaled by norms and spreads.

import { ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry } from '../../core/geometry.ts';
import { checkArgument } from '../../memory/validity.ts';
import { Binary } from '../../ops/codes.ts';
import { binary, binaryScalar } from '../../ops/elementwise.ts';
import { reduce } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import { type Dimensions, readArguments } from '../dimensions.ts';
import type { INDArray } from '../ndarray.ts';
import { freshGeometry, releaseTemporary, requireElements, requireFloating, requireSameType } from '../operands.ts';
import { reducedShape } from '../reducing.ts';
import { dimensionsFrom, dimensionsOf, reduceAlong, requireDimensions } from './along.ts';
import { requireNumbers } from './checks.ts';
import { arrayFrom, doublesOf } from './doubles.ts';

function requireFloatingArray(name: string, x: INDArray): void {
  checkArgument(name, 'X', x);
  requireFloating(name, x);
  requireElements(name, x);
}

/** x with every tensor along the dimensions scaled so that its norm (divided by its length with `isMean`) is at most `clip`. */
function clipTensors(name: string, x: INDArray, clip: number, args: Dimensions, isMean: boolean): INDArray {
  requireFloatingArray(name, x);
  requireNumbers(name, clip);
  const along = dimensionsOf(x, readArguments(name, args, 0).dimensions);
  const factors = x.allocate(x.info, denseGeometry(reducedShape(x.geometry, along, true)));
  reduce(Reduce.NORM2, factors, x, along);
  if (isMean) binaryScalar(Binary.DIV, factors, factors, x.length() / factors.length());
  // min(1, clip / norm): 1 for a norm of 0 or below the limit.
  const norms = doublesOf(factors);
  releaseTemporary(factors);
  const scale = arrayFrom(
    x,
    x.info,
    factors.shape(),
    norms.map((norm) => (norm > clip && norm !== 0 ? clip / norm : 1)),
  );
  const result = x.allocate(x.info, freshGeometry(x.geometry));
  binary(Binary.MUL, result, x, scale);
  releaseTemporary(scale);
  return result;
}

/** The family of moments of NDMath. Arrays are floating. */
export const mathMoments = {
  /** x scaled so that the norm of every tensor along the dimensions (of all without any) is at most `clip`. */
  clipByNorm: (x: INDArray, clip: number, ...dimensions: Dimensions): INDArray =>
    clipTensors('clipByNorm', x, clip, dimensions, false),
  /** Like `clipByNorm` for the norm divided by the number of elements. 1.0.0-M2.1 fails when something must be clipped. */
  clipByAvgNorm: (x: INDArray, clip: number, ...dimensions: Dimensions): INDArray =>
    clipTensors('clipByAvgNorm', x, clip, dimensions, true),

  /** (x − mean) / deviation along at least one dimension; 0 where all elements are equal. */
  standardize(x: INDArray, ...dimensions: Dimensions): INDArray {
    requireFloatingArray('standardize', x);
    const along = requireDimensions('standardize', x, readArguments('standardize', dimensions, 0).dimensions);
    const mean = reduceAlong('standardize', Reduce.MEAN, x, along, true);
    const deviation = reduceAlong('standardize', Reduce.STD, x, along, true);
    const spreads = doublesOf(deviation);
    const result = x.allocate(x.info, freshGeometry(x.geometry));
    binary(Binary.SUB, result, x, mean);
    const scale = arrayFrom(
      x,
      x.info,
      deviation.shape(),
      spreads.map((spread) => (spread === 0 ? 1 : spread)),
    );
    binary(Binary.DIV, result, result, scale);
    for (const each of [mean, deviation, scale]) releaseTemporary(each);
    return result;
  },

  /** Mean and variance (divided by n) along dimensions, given as a list or an array of integers; none are all. */
  moments(x: INDArray, dimensions: readonly number[] | INDArray, keepDims: boolean = false): INDArray[] {
    requireFloatingArray('moments', x);
    const along = Array.isArray(dimensions)
      ? readArguments('moments', dimensions, 0).dimensions
      : dimensionsFrom('moments', dimensions as INDArray);
    return [Reduce.MEAN, Reduce.VARIANCE].map((op) => reduceAlong('moments', op, x, along, keepDims));
  },

  /**
   * Mean and variance from sums of values and of their squares: means / counts + shift, squares / counts − (means / counts)².
   * 1.0.0-M2.1 fails for a shift other than 0.
   */
  normalizeMoments(counts: INDArray, means: INDArray, squares: INDArray, shift: number): INDArray[] {
    for (const each of [counts, means, squares]) requireFloatingArray('normalizeMoments', each);
    requireNumbers('normalizeMoments', shift);
    requireSameType('normalizeMoments', means, squares);
    if (counts.length() !== 1) {
      throw new ND4JIllegalStateException(
        `Cannot normalizeMoments by ${counts.length()} counts: needed is one number of elements`,
      );
    }
    const count = counts.getDouble(0);
    const mean = means.div(count);
    const variance = squares.div(count);
    const squared = mean.mul(mean);
    variance.subi(squared);
    releaseTemporary(squared);
    if (shift !== 0) mean.addi(shift);
    return [mean, variance];
  },
} as const;
