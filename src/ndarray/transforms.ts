// Transforms: functions of arrays, element by element or between two arrays.

import { BOOL } from '../core/dataType.ts';
import { checkArgument } from '../memory/validity.ts';
import { Binary, Unary } from '../ops/codes.ts';
import { binaryScalar, unary } from '../ops/elementwise.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import { softmax as softmaxAlong } from '../ops/softmax.ts';
import { combine, combineAny, combineInPlace, combineNumber, combineNumberInPlace } from './arithmetic.ts';
import { compare } from './comparing.ts';
import { allDistances, cosine, dotProduct } from './distances.ts';
import { verified } from './execution/profiler.ts';
import { areIntegers, integerPower } from './integerPower.ts';
import { isMax } from './isMax.ts';
import { map, mapInPlace } from './mapping.ts';
import type { INDArray } from './ndarray.ts';
import { freshGeometry, requireFloating, requireNotBoolean } from './operands.ts';
import { comparePair } from './reducing.ts';
import { reverseElements } from './reversing.ts';
import { normalizeZeroMeanAndUnitVariance, unitVec } from './scaling.ts';

/** A function of the elements: a new array, or x itself when `dup` is false. */
export type Transform = (x: INDArray, dup?: boolean) => INDArray;

/** Keeps the type of x, whatever it is but BOOL. */
function anyType(name: string, op: Unary, p0 = 0): Transform {
  return (x, dup = true) => (dup ? map(name, op, x, p0) : mapInPlace(name, op, x, p0));
}

/** For floating arrays. @throws {ND4JIllegalStateException} for others */
function floating(name: string, op: Unary, p0 = 0): Transform {
  return (x, dup = true) => {
    checkArgument(name, 'X', x);
    requireFloating(name, x);
    return dup ? map(name, op, x, p0) : mapInPlace(name, op, x, p0);
  };
}

/** f′(x), from the backward operator with gradient 1. */
function derivative(name: string, op: Binary): Transform {
  return (x, dup = true) => derivativeWith(name, op, x, 0, dup);
}

function derivativeWith(name: string, op: Binary, x: INDArray, p0: number, dup: boolean): INDArray {
  checkArgument(name, 'X', x);
  requireFloating(name, x);
  const result = dup ? x.allocate(x.info, freshGeometry(x.geometry)) : x;
  binaryScalar(op, result, x, 1, p0);
  return verified(name, result, dup);
}

/** The larger or smaller of x and an array or a number. */
function extreme(name: string, op: Binary): (x: INDArray, other: INDArray | number, dup?: boolean) => INDArray {
  return (x, other, dup = true) => {
    if (typeof other === 'number')
      return dup ? combineNumber(name, op, x, other) : combineNumberInPlace(name, op, x, other);
    if (!dup) return combineInPlace(name, op, x, other);
    checkArgument(name, 'X', x);
    checkArgument(name, 'Y', other);
    return combineAny(name, op, x, other, undefined, 'c');
  };
}

/** x to the power of a number or of the elements of an array. Integer arrays drop the exponent's fraction. */
function pow(x: INDArray, exponent: INDArray | number, dup: boolean = true): INDArray {
  checkArgument('pow', 'X', x);
  if (typeof exponent !== 'number') checkArgument('pow', 'Y', exponent);
  if (dup && areIntegers(x, exponent)) return integerPower(x, exponent);
  if (typeof exponent !== 'number') {
    return dup ? combine('pow', Binary.POW, x, exponent) : combineInPlace('pow', Binary.POW, x, exponent);
  }
  if (!dup) return combineNumberInPlace('pow', Binary.POW, x, exponent);
  return combineNumber('pow', Binary.POW, x, x.isR() ? exponent : Math.trunc(exponent));
}

/** x where x ≥ 0, else x · slope (0.01 unless given). */
function leakyRelu(x: INDArray, slopeOrDup: number | boolean = 0.01, dup: boolean = true): INDArray {
  const slope = typeof slopeOrDup === 'number' ? slopeOrDup : 0.01;
  const copies = typeof slopeOrDup === 'boolean' ? slopeOrDup : dup;
  return anyType('leakyRelu', Unary.LEAKY_RELU, slope)(x, copies);
}

/** e^x / Σ e^x along the last dimension. */
function softmax(x: INDArray, dup: boolean = true): INDArray {
  checkArgument('softmax', 'X', x);
  requireFloating('softmax', x);
  const result = dup ? x.allocate(x.info, freshGeometry(x.geometry)) : x;
  softmaxAlong(result, x, Math.max(x.rank() - 1, 0));
  return verified('softmax', result, dup);
}

/** ln x, or the logarithm to another base. */
function log(x: INDArray, baseOrDup: number | boolean = true, dup: boolean = true): INDArray {
  if (typeof baseOrDup === 'boolean') return floating('log', Unary.LOG)(x, baseOrDup);
  return floating('log', Unary.LOG_BASE, baseOrDup)(x, dup);
}

/** x ≠ 0 and y ≠ 0 (or, either but not both) as BOOL. */
function logical(name: string, op: Binary): (x: INDArray, y: INDArray) => INDArray {
  return (x, y) => compare(name, op, x, y);
}

/** The opposite of a BOOL array. For other types, as in 1.0.0-M2.1, x ≠ 0. */
function not(x: INDArray): INDArray {
  checkArgument('not', 'X', x);
  const result = x.allocate(BOOL, freshGeometry(x.geometry));
  if (x.info === BOOL) unary(Unary.NOT, result, x);
  else binaryScalar(Binary.NEQ, result, x, 0);
  return result;
}

/** x limited so that |k·x| stays below 3.79297773665: e^(k·x) and its kin stay tame. */
function stabilize(x: INDArray, k: number, dup: boolean = true): INDArray {
  checkArgument('stabilize', 'X', x);
  requireNotBoolean('stabilize', x);
  const limit = Math.abs(3.79297773665 / k);
  return dup ? map('stabilize', Unary.CLIP, x, -limit, limit) : mapInPlace('stabilize', Unary.CLIP, x, -limit, limit);
}

/**
 * Functions of arrays. Those of one array copy by default and work in place with `dup = false`; unless a comment says otherwise
 * the result has x's type, shape and order.
 * @see org.nd4j.linalg.ops.transforms.Transforms
 */
export const Transforms = {
  /** |x|. */
  abs: anyType('abs', Unary.ABS),
  /** −x. */
  neg: anyType('neg', Unary.NEG),
  /** The next whole number above. */
  ceil: anyType('ceil', Unary.CEIL),
  /** The next whole number below. */
  floor: anyType('floor', Unary.FLOOR),
  /** The nearest whole number, halves away from 0. */
  round: anyType('round', Unary.ROUND),
  /** −1, 0 or 1; 0 for NaN. */
  sign: anyType('sign', Unary.SIGN),
  /** 1 above 0, else 0. */
  step: anyType('step', Unary.STEP),
  /** x itself, copied or not. */
  identity: anyType('identity', Unary.COPY),
  /** x · (1 − x). */
  timesOneMinus: anyType('timesOneMinus', Unary.TIMES_ONE_MINUS),
  /** x above 0, else 0. */
  relu: anyType('relu', Unary.RELU),
  /** x between 0 and 6. */
  relu6: anyType('relu6', Unary.RELU6),
  leakyRelu,
  /** e^x. */
  exp: floating('exp', Unary.EXP),
  /** e^x − 1. */
  expm1: floating('expm1', Unary.EXPM1),
  log,
  /** ln(1 + x). */
  log1p: floating('log1p', Unary.LOG1P),
  /** √x. */
  sqrt: floating('sqrt', Unary.SQRT),
  /** 1 / x. */
  reciprocal: floating('reciprocal', Unary.RECIPROCAL),
  sin: floating('sin', Unary.SIN),
  cos: floating('cos', Unary.COS),
  tan: floating('tan', Unary.TAN),
  asin: floating('asin', Unary.ASIN),
  acos: floating('acos', Unary.ACOS),
  atan: floating('atan', Unary.ATAN),
  sinh: floating('sinh', Unary.SINH),
  cosh: floating('cosh', Unary.COSH),
  tanh: floating('tanh', Unary.TANH),
  asinh: floating('asinh', Unary.ASINH),
  acosh: floating('acosh', Unary.ACOSH),
  atanh: floating('atanh', Unary.ATANH),
  /** The error function. */
  erf: floating('erf', Unary.ERF),
  /** 1 / (1 + e^−x). */
  sigmoid: floating('sigmoid', Unary.SIGMOID),
  /** ln(1 + e^x). */
  softPlus: floating('softPlus', Unary.SOFTPLUS),
  /** x / (1 + |x|). */
  softsign: floating('softsign', Unary.SOFTSIGN),
  /** x between −1 and 1. */
  hardTanh: floating('hardTanh', Unary.HARD_TANH),
  /** x above 0, else e^x − 1. */
  elu: floating('elu', Unary.ELU, 1),
  sigmoidDerivative: derivative('sigmoidDerivative', Binary.SIGMOID_BP),
  tanhDerivative: derivative('tanhDerivative', Binary.TANH_BP),
  hardTanhDerivative: derivative('hardTanhDerivative', Binary.HARD_TANH_BP),
  softsignDerivative: derivative('softsignDerivative', Binary.SOFTSIGN_BP),
  /** 1 where x ≥ 0, else the slope. */
  leakyReluDerivative: (x: INDArray, slope: number = 0.01, dup: boolean = true): INDArray =>
    derivativeWith('leakyReluDerivative', Binary.LEAKY_RELU_BP, x, slope, dup),
  softmax,
  stabilize,
  pow,
  /** The larger of x and another array or number, NaN as in `INDArray.max`; two arrays give a 'c' array. */
  max: extreme('max', Binary.MAX),
  /** The smaller of x and another array or number. @see max */
  min: extreme('min', Binary.MIN),
  /** 1.0.0-M2.1 takes the angle of the point (x = first, y = second): atan(second / first) with its quadrant. */
  atan2: (x: INDArray, y: INDArray): INDArray => combine('atan2', Binary.ATAN2, x, y),
  /** x ≥ y as BOOL. */
  greaterThanOrEqual: (x: INDArray, y: INDArray): INDArray => compare('greaterThanOrEqual', Binary.GTE, x, y),
  /** x ≤ y as BOOL. */
  lessThanOrEqual: (x: INDArray, y: INDArray): INDArray => compare('lessThanOrEqual', Binary.LTE, x, y),
  and: logical('and', Binary.AND),
  or: logical('or', Binary.OR),
  xor: logical('xor', Binary.XOR),
  not,
  isMax,
  /** All elements in reversed 'c' order; copies unless `dup` is false. */
  reverse: (x: INDArray, dup: boolean = true): INDArray => reverseElements('reverse', x, dup),
  unitVec,
  normalizeZeroMeanAndUnitVariance,
  /** Σ x·y as a scalar array, floating. */
  dot: (x: INDArray, y: INDArray): INDArray => dotProduct(x, y),
  /** Cosine of the angle between x and y; NaN when one is all zeros. */
  cosineSim: (x: INDArray, y: INDArray): number => cosine('cosineSim', x, y),
  /** 1 − cosineSim. */
  cosineDistance: (x: INDArray, y: INDArray): number => 1 - cosine('cosineDistance', x, y),
  /** √Σ (x − y)². */
  euclideanDistance: (x: INDArray, y: INDArray): number => comparePair('euclideanDistance', Reduce.EUCLIDEAN, x, y),
  /** Σ |x − y|. */
  manhattanDistance: (x: INDArray, y: INDArray): number => comparePair('manhattanDistance', Reduce.MANHATTAN, x, y),
  /** Share of positions where x and y differ. */
  hammingDistance: (x: INDArray, y: INDArray): number => comparePair('hammingDistance', Reduce.HAMMING, x, y),
  /** 1 − Σ min(x, y) / Σ max(x, y). */
  jaccardDistance: (x: INDArray, y: INDArray): number => comparePair('jaccardDistance', Reduce.JACCARD, x, y),
  /** Euclidean distances between all vectors of x and all of y along the dimensions (1 unless given): [n, m]. */
  allEuclideanDistances: (x: INDArray, y: INDArray, ...dimensions: number[]): INDArray =>
    allDistances('allEuclideanDistances', Reduce.EUCLIDEAN, x, y, dimensions),
  /** Manhattan distances between all vectors of x and all of y. @see allEuclideanDistances */
  allManhattanDistances: (x: INDArray, y: INDArray, ...dimensions: number[]): INDArray =>
    allDistances('allManhattanDistances', Reduce.MANHATTAN, x, y, dimensions),
  /** Cosine similarities between all vectors of x and all of y. @see allEuclideanDistances */
  allCosineSimilarities: (x: INDArray, y: INDArray, ...dimensions: number[]): INDArray =>
    allDistances('allCosineSimilarities', null, x, y, dimensions),
} as const;
