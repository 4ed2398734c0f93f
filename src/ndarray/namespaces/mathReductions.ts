// NDMath: sums, means, norms, extremes, entropies, counts and positions along dimensions.

import { DOUBLE, LONG } from '../../core/dataType.ts';
import { checkArgument } from '../../memory/validity.ts';
import { reduceAll } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import type { Condition } from '../conditions.ts';
import { type Dimensions, readArguments } from '../dimensions.ts';
import type { INDArray } from '../ndarray.ts';
import { requireElements, requireFloating, requireNotBoolean } from '../operands.ts';
import { type Reduction, reduceAlong, reduction, reductionByArray, requireDimensions } from './along.ts';
import { arrayFrom } from './doubles.ts';

/** The position of an element that meets a condition, along at least one dimension, as LONG; −1 without one. */
export interface ConditionIndex {
  (x: INDArray, condition: Condition, ...dimensions: Dimensions): INDArray;
  (x: INDArray, condition: Condition, keepDims: boolean, ...dimensions: Dimensions): INDArray;
}

function conditionIndex(name: string, op: Reduce): ConditionIndex {
  return (x: INDArray, condition: Condition, ...args: unknown[]) => {
    const { flags, dimensions } = readArguments(name, args, 1);
    checkArgument(name, 'X', x);
    const along = requireDimensions(name, x, dimensions);
    return reduceAlong(name, op, x, along, flags[0], condition.code, condition.value, condition.eps);
  };
}

function position(name: string, op: Reduce): Reduction {
  return (x: INDArray, ...args: unknown[]) => {
    const { flags, dimensions } = readArguments(name, args, 1);
    checkArgument(name, 'X', x);
    requireElements(name, x);
    return reduceAlong(name, op, x, requireDimensions(name, x, dimensions), flags[0]);
  };
}

/** The family of reductions of NDMath. BOOL arrays are refused. */
export const mathReductions = {
  /** Σ |x|. */
  asum(x: INDArray, ...args: unknown[]): INDArray {
    const { flags, dimensions } = readArguments('asum', args, 1);
    return reduceAlong('asum', Reduce.ABS_SUM, x, dimensions, flags[0], 0, 0, 0, x.info);
  },
  /** How many elements are not 0, as LONG. */
  countNonZero: reduction('countNonZero', Reduce.COUNT_NON_ZERO, LONG),
  /** How many elements are 0, as LONG. */
  countZero: reduction('countZero', Reduce.COUNT_ZERO, LONG),
  /** −Σ x·ln x. */
  entropy: reduction('entropy', Reduce.ENTROPY),
  /** ln(−Σ x·ln x). */
  logEntropy: reduction('logEntropy', Reduce.LOG_ENTROPY),
  /** −Σ x·log₂ x. */
  shannonEntropy: reductionByArray('shannonEntropy', Reduce.SHANNON_ENTROPY),
  /** ln Σ e^x, without overflow. */
  logSumExp(x: INDArray, ...dimensions: Dimensions): INDArray {
    checkArgument('logSumExp', 'X', x);
    requireFloating('logSumExp', x);
    requireElements('logSumExp', x);
    return reduceAlong('logSumExp', Reduce.LOG_SUM_EXP, x, readArguments('logSumExp', dimensions, 0).dimensions);
  },
  mean: reductionByArray('mean', Reduce.MEAN),
  /** Σ |x|, floating. */
  norm1: reductionByArray('norm1', Reduce.ABS_SUM),
  /** √Σ x². */
  norm2: reductionByArray('norm2', Reduce.NORM2),
  /** The largest |x|, floating. */
  normMax: reductionByArray('normMax', Reduce.NORM_MAX),
  prod: reductionByArray('prod', Reduce.PROD),
  /** The largest |x|. */
  reduceAMax: reductionByArray('reduceAMax', Reduce.ABS_MAX),
  /** The mean of |x|. */
  reduceAmean: reductionByArray('reduceAmean', Reduce.ABS_MEAN),
  /** The smallest |x|. */
  reduceAmin: reductionByArray('reduceAmin', Reduce.ABS_MIN),
  reduceMax: reductionByArray('reduceMax', Reduce.MAX),
  reduceMin: reductionByArray('reduceMin', Reduce.MIN),
  /** Σ x². */
  squaredNorm: reductionByArray('squaredNorm', Reduce.SQUARED_NORM),
  sum: reductionByArray('sum', Reduce.SUM),
  /** The position of the first largest element along at least one dimension, as LONG: 1.0.0-M2.1 does not take the absolute value, and neither does this. */
  iamax: position('iamax', Reduce.ARG_MAX),
  /** The position of the first smallest element. @see iamax */
  iamin: position('iamin', Reduce.ARG_MIN),
  firstIndex: conditionIndex('firstIndex', Reduce.FIRST_INDEX),
  lastIndex: conditionIndex('lastIndex', Reduce.LAST_INDEX),
  /** The share of elements that are 0, as a DOUBLE scalar. */
  zeroFraction(x: INDArray): INDArray {
    checkArgument('zeroFraction', 'X', x);
    requireNotBoolean('zeroFraction', x);
    return arrayFrom(x, DOUBLE, [], [reduceAll(Reduce.COUNT_ZERO, x) / x.length()]);
  },
} as const;
