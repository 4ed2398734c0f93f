// Reductions of the INDArray to plain numbers, percentiles, and cumulative sums.
//
// A number is rounded to the type that the array form would have. @throws {ND4JIllegalStateException} for BOOL arrays and arrays without elements

import { Reduce } from '../ops/reduceCodes.ts';
import { ArrayReductions } from './arrayReductions.ts';
import { cumulate } from './cumulative.ts';
import { type Dimensions, readArguments } from './dimensions.ts';
import type { INDArray } from './ndarray.ts';
import { percentileAlong, percentileOf } from './percentiles.ts';
import { reduceNumber } from './reducing.ts';

export abstract class ArrayReductionNumbers extends ArrayReductions {
  /** Sum of all elements. */
  sumNumber(): number {
    return reduceNumber('sum', Reduce.SUM, this);
  }

  /** Mean of all elements. */
  meanNumber(): number {
    return reduceNumber('mean', Reduce.MEAN, this);
  }

  /** Product of all elements. */
  prodNumber(): number {
    return reduceNumber('prod', Reduce.PROD, this);
  }

  /** Largest element, NaN skipped. */
  maxNumber(): number {
    return reduceNumber('max', Reduce.MAX, this);
  }

  /** Smallest element, NaN skipped. */
  minNumber(): number {
    return reduceNumber('min', Reduce.MIN, this);
  }

  /** Largest magnitude. */
  amaxNumber(): number {
    return reduceNumber('amax', Reduce.ABS_MAX, this);
  }

  /** Smallest magnitude. */
  aminNumber(): number {
    return reduceNumber('amin', Reduce.ABS_MIN, this);
  }

  /** Mean magnitude. */
  ameanNumber(): number {
    return reduceNumber('amean', Reduce.ABS_MEAN, this);
  }

  /** Σ |x|. */
  norm1Number(): number {
    return reduceNumber('norm1', Reduce.ABS_SUM, this);
  }

  /** √Σ x². */
  norm2Number(): number {
    return reduceNumber('norm2', Reduce.NORM2, this);
  }

  /** Largest magnitude. */
  normmaxNumber(): number {
    return reduceNumber('normmax', Reduce.NORM_MAX, this);
  }

  /** −Σ x·ln x. */
  entropyNumber(): number {
    return reduceNumber('entropy', Reduce.ENTROPY, this);
  }

  /** −Σ x·log₂ x. */
  shannonEntropyNumber(): number {
    return reduceNumber('shannonEntropy', Reduce.SHANNON_ENTROPY, this);
  }

  /** ln(−Σ x·ln x). */
  logEntropyNumber(): number {
    return reduceNumber('logEntropy', Reduce.LOG_ENTROPY, this);
  }

  /** Standard deviation of all elements, divided by n − 1, or by n for false. */
  stdNumber(biasCorrected: boolean = true): number {
    return reduceNumber('std', Reduce.STD, this, biasCorrected ? 1 : 0);
  }

  /** Variance of all elements, divided by n − 1, or by n for false. */
  varNumber(biasCorrected: boolean = true): number {
    return reduceNumber('var', Reduce.VARIANCE, this, biasCorrected ? 1 : 0);
  }

  /** The median: the 50th percentile. */
  medianNumber(): number {
    return percentileOf('median', this, 50);
  }

  /**
   * The value below which `percent` % of the elements lie: sorted ascending, at position percent / 100 · (n + 1), between two neighbours
   * linearly. @throws {RangeError} when `percent` is not within 0 to 100.
   */
  percentileNumber(percent: number): number {
    return percentileOf('percentile', this, percent);
  }

  /** Percentiles along dimensions: a FLOAT vector with one value for every tensor along them, in 'c' order. */
  percentile(percent: number, ...dimensions: Dimensions): INDArray {
    return percentileAlong('percentile', this, percent, readArguments('percentile', dimensions, 0).dimensions);
  }

  /** Medians along dimensions, as `percentile(50, …)`; along dimensions of size 1 the elements themselves. */
  median(...dimensions: Dimensions): INDArray {
    const along = readArguments('median', dimensions, 0).dimensions;
    const single = along.length > 0 && along.every((dimension) => this.size(dimension) === 1);
    return single ? this.mean(along) : percentileAlong('median', this, 50, along);
  }

  /** Sums of all elements up to each one along a dimension, in a new 'c' array. Row and column vectors ignore the dimension. */
  cumsum(dimension: number): INDArray {
    return cumulate('cumsum', this, dimension, false);
  }

  /** `cumsum` in place. */
  cumsumi(dimension: number): INDArray {
    return cumulate('cumsumi', this, dimension, true);
  }
}
