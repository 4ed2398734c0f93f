// Reductions. Constructors: (x, …), (x, z, …) and (x, y, z, …), where y is not used; then keepDims if given, then the dimensions: none are all.

import { BOOL, type DataTypeInfo, LONG } from '../../core/dataType.ts';
import { ND4JIllegalArgumentException } from '../../core/errors.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import type { Condition } from '../conditions.ts';
import type { Dimensions } from '../dimensions.ts';
import { reduceAlong } from '../namespaces/along.ts';
import type { INDArray } from '../ndarray.ts';
import { releaseTemporary } from '../operands.ts';
import { resultInfo } from '../reducing.ts';
import { type OpClass, type Operands, type Optional, opClass, sorted } from './arrayOp.ts';
import { type CustomOpClass, customOpClass } from './customOp.ts';

/** Arguments of a reduction. */
export type ReductionArguments =
  | [x: INDArray, ...dimensions: Dimensions]
  | [x: INDArray, keepDims: boolean, ...dimensions: Dimensions]
  | [x: INDArray, dimensions: readonly number[], keepDims: boolean]
  | [x: INDArray, z: Optional, ...dimensions: Dimensions]
  | [x: INDArray, z: Optional, keepDims: boolean, ...dimensions: Dimensions]
  | [x: INDArray, y: Optional, z: Optional, ...dimensions: Dimensions]
  | [x: INDArray, y: Optional, z: Optional, keepDims: boolean, ...dimensions: Dimensions];

/** Sorts the arguments of a reduction; the last array but the first is z. */
function operandsOf(arrays: readonly Optional[]): Pick<Operands, 'x' | 'y' | 'z'> {
  const [x = null, second = null, third = null] = arrays;
  return arrays.length > 2 ? { x, y: second, z: third } : { x, z: second };
}

function reductionClass(name: string, op: Reduce, info?: DataTypeInfo | 'same'): OpClass<ReductionArguments> {
  return opClass(name, (...args: ReductionArguments) => {
    const { arrays, flags, numbers } = sorted(name, args);
    const compute = (x: INDArray): INDArray =>
      reduceAlong(name, op, x, numbers, flags[0], 0, 0, 0, info === 'same' ? x.info : (info ?? resultInfo(op, x.info)));
    return { ...operandsOf(arrays), compute: info === BOOL ? (x) => asNumbers(x, compute) : compute };
  });
}

/** BOOL arrays as numbers, for reductions that take both. */
function asNumbers(x: INDArray, compute: (x: INDArray) => INDArray): INDArray {
  if (x.info !== BOOL) return compute(x);
  const numbers = x.castTo('BYTE');
  try {
    return compute(numbers);
  } finally {
    releaseTemporary(numbers);
  }
}

/** Σ x. */
export const Sum = reductionClass('reduce_sum', Reduce.SUM);
/** Σ x / n. */
export const Mean = reductionClass('reduce_mean', Reduce.MEAN);
/** Π x. */
export const Prod = reductionClass('reduce_prod', Reduce.PROD);
/** The largest element. */
export const Max = reductionClass('reduce_max', Reduce.MAX);
/** The smallest element. */
export const Min = reductionClass('reduce_min', Reduce.MIN);
/** The largest magnitude. */
export const AMax = reductionClass('amax', Reduce.ABS_MAX);
/** The smallest magnitude. */
export const AMin = reductionClass('amin', Reduce.ABS_MIN);
/** Σ |x| / n. */
export const AMean = reductionClass('amean', Reduce.ABS_MEAN);
/** Σ |x|, in the type of x. */
export const ASum = reductionClass('asum', Reduce.ABS_SUM, 'same');
/** Σ |x|, floating. */
export const Norm1 = reductionClass('reduce_norm1', Reduce.ABS_SUM);
/** √Σ x². */
export const Norm2 = reductionClass('reduce_norm2', Reduce.NORM2);
/** The largest magnitude, floating. */
export const NormMax = reductionClass('reduce_normmax', Reduce.NORM_MAX);
/** Σ x². */
export const SquaredNorm = reductionClass('reduce_sqnorm', Reduce.SQUARED_NORM);
/** −Σ x·ln x. */
export const Entropy = reductionClass('entropy', Reduce.ENTROPY);
/** ln(−Σ x·ln x). */
export const LogEntropy = reductionClass('logentropy', Reduce.LOG_ENTROPY);
/** −Σ x·log₂ x. */
export const ShannonEntropy = reductionClass('shannonentropy', Reduce.SHANNON_ENTROPY);
/** How many elements are not 0, as LONG. */
export const CountNonZero = reductionClass('countNonZero', Reduce.COUNT_NON_ZERO, LONG);
/** How many elements are 0, as LONG. */
export const CountZero = reductionClass('countZero', Reduce.COUNT_ZERO, LONG);
/** Whether all elements are other than 0, as BOOL. */
export const All = reductionClass('all', Reduce.ALL, BOOL);
/** Whether an element is other than 0, as BOOL. */
export const Any = reductionClass('any', Reduce.ANY, BOOL);

/** Arguments of a spread: `biasCorrected` (true unless given: divided by n − 1) comes before keepDims. */
export type SpreadArguments =
  | ReductionArguments
  | [x: INDArray, biasCorrected: boolean, keepDims: boolean, ...dimensions: Dimensions]
  | [x: INDArray, z: Optional, biasCorrected: boolean, keepDims: boolean, ...dimensions: Dimensions];

function spreadClass(name: string, op: Reduce): OpClass<SpreadArguments> {
  return opClass(name, (...args: SpreadArguments) => {
    const { arrays, flags, numbers } = sorted(name, args);
    const [biasCorrected = true, keepDims = false] = flags;
    const compute = (x: INDArray): INDArray => reduceAlong(name, op, x, numbers, keepDims, Number(biasCorrected));
    return { ...operandsOf(arrays), compute };
  });
}

/** Σ (x − mean)² / (n − 1). */
export const Variance = spreadClass('var', Reduce.VARIANCE);
/** The root of the variance. */
export const StandardDeviation = spreadClass('std', Reduce.STD);

/** Arguments of a question for a condition. */
export type ConditionArguments =
  | [x: INDArray, condition: Condition, ...dimensions: Dimensions]
  | [x: INDArray, condition: Condition, keepDims: boolean, ...dimensions: Dimensions];

function conditionClass(name: string, op: Reduce): OpClass<ConditionArguments> {
  return opClass(name, (x: INDArray, condition: Condition, ...rest: readonly unknown[]) => {
    const { flags, numbers } = sorted(name, rest);
    const { code, value, eps } = condition;
    return { x, compute: (from) => reduceAlong(name, op, from, numbers, flags[0], code, value, eps, LONG) };
  });
}

/** How many elements meet a condition, as LONG. */
export const MatchCondition = conditionClass('match_condition', Reduce.COUNT_MATCHES);
/** The place of the first element that meets a condition, −1 without one, as LONG. */
export const FirstIndex = conditionClass('first_index', Reduce.FIRST_INDEX);
/** The place of the last element that meets a condition, −1 without one, as LONG. */
export const LastIndex = conditionClass('last_index', Reduce.LAST_INDEX);

/** Arguments of a search for a place. */
export type PlaceArguments =
  | [x: INDArray, keepDims?: boolean, dimensions?: readonly number[]]
  | [inputs: readonly INDArray[], outputs?: readonly INDArray[], keepDims?: boolean, ...dimensions: Dimensions];

function placeClass(name: string, op: Reduce): CustomOpClass<PlaceArguments> {
  return customOpClass(name, (...args: PlaceArguments) => {
    const lists = Array.isArray(args[0]);
    const inputs = (lists ? args[0] : [args[0]]) as INDArray[];
    const outputs = (lists ? (args[1] ?? []) : []) as INDArray[];
    if (inputs.length !== 1) {
      throw new ND4JIllegalArgumentException(`Cannot make operation ${name} of ${inputs.length} inputs: needed is one`);
    }
    const { flags, numbers } = sorted(name, args.slice(lists ? 2 : 1));
    return { inputs, outputs, compute: ([x]) => [reduceAlong(name, op, x as INDArray, numbers, flags[0])] };
  });
}

/** The place of the first largest element along the dimensions, as LONG. */
export const ArgMax = placeClass('argmax', Reduce.ARG_MAX);
/** The place of the first smallest element along the dimensions, as LONG. */
export const ArgMin = placeClass('argmin', Reduce.ARG_MIN);
