// Reductions of the INDArray to arrays: sum, mean, extremes, norms, entropies, spreads, positions.
//
// Without dimensions all elements are reduced, to a scalar of rank 0. Dimensions may be negative (−1 is the last) and come as numbers or as
// one list; they vanish from the shape, or stay with size 1 when the first argument is true (keepDims). Norms, std and var of a row or column
// vector along its dimension of size 1 keep the vector's shape, as in ND4J.
// All throw ND4JIllegalStateException for BOOL arrays and arrays without elements, RangeError for dimensions that the array does not have.

import { Reduce } from '../ops/reduceCodes.ts';
import { ArrayComparison } from './arrayComparison.ts';
import { type Dimensions, readArguments } from './dimensions.ts';
import type { INDArray } from './ndarray.ts';
import { reduceArray } from './reducing.ts';

export abstract class ArrayReductions extends ArrayComparison {
  /** Sum. Integers stay integers and wrap. */
  sum(...dimensions: Dimensions): INDArray;
  sum(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  sum(result: INDArray, ...dimensions: Dimensions): INDArray;
  sum(...args: unknown[]): INDArray {
    return this.reduced('sum', Reduce.SUM, args);
  }

  /** Arithmetic mean; of integers in the default floating type. */
  mean(...dimensions: Dimensions): INDArray;
  mean(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  mean(result: INDArray, ...dimensions: Dimensions): INDArray;
  mean(...args: unknown[]): INDArray {
    return this.reduced('mean', Reduce.MEAN, args);
  }

  /** Product. Integers stay integers and wrap. */
  prod(...dimensions: Dimensions): INDArray;
  prod(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  prod(...args: unknown[]): INDArray {
    return this.reduced('prod', Reduce.PROD, args);
  }

  /** Largest element, NaN skipped; −∞ when all are NaN. */
  max(...dimensions: Dimensions): INDArray;
  max(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  max(...args: unknown[]): INDArray {
    return this.reduced('max', Reduce.MAX, args);
  }

  /** Smallest element, NaN skipped; +∞ when all are NaN. */
  min(...dimensions: Dimensions): INDArray;
  min(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  min(...args: unknown[]): INDArray {
    return this.reduced('min', Reduce.MIN, args);
  }

  /** Largest magnitude. */
  amax(...dimensions: Dimensions): INDArray;
  amax(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  amax(...args: unknown[]): INDArray {
    return this.reduced('amax', Reduce.ABS_MAX, args);
  }

  /** Smallest magnitude. */
  amin(...dimensions: Dimensions): INDArray;
  amin(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  amin(...args: unknown[]): INDArray {
    return this.reduced('amin', Reduce.ABS_MIN, args);
  }

  /** Σ |x|. */
  norm1(...dimensions: Dimensions): INDArray;
  norm1(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  norm1(...args: unknown[]): INDArray {
    return this.reduced('norm1', Reduce.ABS_SUM, args);
  }

  /** √Σ x². */
  norm2(...dimensions: Dimensions): INDArray;
  norm2(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  norm2(...args: unknown[]): INDArray {
    return this.reduced('norm2', Reduce.NORM2, args);
  }

  /** Largest magnitude, as a floating number. */
  normmax(...dimensions: Dimensions): INDArray;
  normmax(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  normmax(...args: unknown[]): INDArray {
    return this.reduced('normmax', Reduce.NORM_MAX, args);
  }

  /** −Σ x·ln x. */
  entropy(...dimensions: Dimensions): INDArray;
  entropy(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  entropy(...args: unknown[]): INDArray {
    return this.reduced('entropy', Reduce.ENTROPY, args);
  }

  /** −Σ x·log₂ x. */
  shannonEntropy(...dimensions: Dimensions): INDArray;
  shannonEntropy(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  shannonEntropy(...args: unknown[]): INDArray {
    return this.reduced('shannonEntropy', Reduce.SHANNON_ENTROPY, args);
  }

  /** ln(−Σ x·ln x). */
  logEntropy(...dimensions: Dimensions): INDArray;
  logEntropy(keepDims: boolean, ...dimensions: Dimensions): INDArray;
  logEntropy(...args: unknown[]): INDArray {
    return this.reduced('logEntropy', Reduce.LOG_ENTROPY, args);
  }

  /** Mean magnitude of all elements: 1.0.0-M2.1 ignores the dimensions given here, and so does this. */
  amean(..._dimensions: Dimensions): INDArray {
    return reduceArray('amean', Reduce.ABS_MEAN, this, [], false);
  }

  /** Standard deviation, divided by n − 1; `std(false, …)` divides by n, a second boolean is keepDims. 0 of one element. */
  std(...dimensions: Dimensions): INDArray;
  std(biasCorrected: boolean, ...dimensions: Dimensions): INDArray;
  std(biasCorrected: boolean, keepDims: boolean, ...dimensions: Dimensions): INDArray;
  std(...args: unknown[]): INDArray {
    return this.spread('std', Reduce.STD, args);
  }

  /** Variance, with the arguments of `std`. */
  var(...dimensions: Dimensions): INDArray;
  var(biasCorrected: boolean, ...dimensions: Dimensions): INDArray;
  var(biasCorrected: boolean, keepDims: boolean, ...dimensions: Dimensions): INDArray;
  var(...args: unknown[]): INDArray {
    return this.spread('var', Reduce.VARIANCE, args);
  }

  /** Position of the first largest element along the dimensions (of all in 'c' order without any), as LONG. NaN is skipped unless it comes first. */
  argMax(...dimensions: Dimensions): INDArray {
    return this.reduced('argMax', Reduce.ARG_MAX, dimensions);
  }

  private reduced(name: string, op: Reduce, args: readonly unknown[]): INDArray {
    const { flags, result, dimensions } = readArguments(name, args, 1);
    return reduceArray(name, op, this, dimensions, flags[0] ?? false, result);
  }

  private spread(name: string, op: Reduce, args: readonly unknown[]): INDArray {
    const { flags, dimensions } = readArguments(name, args, 2);
    return reduceArray(name, op, this, dimensions, flags[1] ?? false, undefined, (flags[0] ?? true) ? 1 : 0);
  }
}
