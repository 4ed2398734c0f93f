// Nd4j's reductions: the INDArray methods as functions, and those that only Nd4j has.

import { checkArgument } from '../memory/validity.ts';
import { Binary } from '../ops/codes.ts';
import { binary, binaryScalar } from '../ops/elementwise.ts';
import { copy } from '../ops/layout.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import { requireResult } from './arithmetic.ts';
import { cumulate } from './cumulative.ts';
import { type Dimensions, readArguments } from './dimensions.ts';
import type { INDArray } from './ndarray.ts';
import { releaseTemporary, requireNumeric } from './operands.ts';
import { reduceArray } from './reducing.ts';

/** The mean of several arrays, written into each of them and, when given, into `target`; returns the mean. */
function averageAndPropagate(arrays: readonly INDArray[]): INDArray;
function averageAndPropagate(target: INDArray | null, arrays: readonly INDArray[]): INDArray;
function averageAndPropagate(first: readonly INDArray[] | INDArray | null, second?: readonly INDArray[]): INDArray {
  const target = second === undefined ? null : (first as INDArray | null);
  const arrays = second ?? (first as readonly INDArray[]);
  const mean = summed('averageAndPropagate', arrays, target);
  binaryScalar(Binary.DIV, mean, mean, arrays.length);
  for (const each of arrays) copy(each, mean);
  if (target === null) return mean;
  copy(target, mean);
  releaseTemporary(mean);
  return target;
}

/** The sum of several arrays of one shape and type, in a new array; `target` is only checked. @throws {TypeError} without arrays */
function summed(name: string, arrays: readonly INDArray[], target: INDArray | null): INDArray {
  const [first] = arrays;
  if (first === undefined) throw new TypeError(`Cannot ${name} no arrays: needed is at least one`);
  for (const each of arrays) checkArgument(name, 'X', each);
  if (target !== null) checkArgument(name, 'Z', target);
  requireNumeric(name, first);
  for (const each of target === null ? arrays : [...arrays, target]) {
    requireResult(name, each, first.geometry.shape, first.info);
  }
  const sum = first.allocateDense(first.info, first.geometry.shape, first.geometry.order);
  copy(sum, first);
  for (const each of arrays.slice(1)) binary(Binary.ADD, sum, sum, each);
  return sum;
}

function position(name: string, op: Reduce, x: INDArray, args: readonly unknown[]): INDArray {
  return reduceArray(name, op, x, readArguments(name, args, 0).dimensions, false);
}

/** The family of reductions of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jReductions = {
  /** @see INDArray.sum */
  sum: (x: INDArray, ...dimensions: Dimensions): INDArray => x.sum(...dimensions),
  /** @see INDArray.mean */
  mean: (x: INDArray, ...dimensions: Dimensions): INDArray => x.mean(...dimensions),
  /** @see INDArray.prod */
  prod: (x: INDArray, ...dimensions: Dimensions): INDArray => x.prod(...dimensions),
  /** @see INDArray.max */
  max: (x: INDArray, ...dimensions: Dimensions): INDArray => x.max(...dimensions),
  /** @see INDArray.min */
  min: (x: INDArray, ...dimensions: Dimensions): INDArray => x.min(...dimensions),
  /** @see INDArray.std */
  std: (x: INDArray, ...dimensions: Dimensions): INDArray => x.std(...dimensions),
  /** @see INDArray.var */
  var: (x: INDArray, ...dimensions: Dimensions): INDArray => x.var(...dimensions),
  /** @see INDArray.norm1 */
  norm1: (x: INDArray, ...dimensions: Dimensions): INDArray => x.norm1(...dimensions),
  /** @see INDArray.norm2 */
  norm2: (x: INDArray, ...dimensions: Dimensions): INDArray => x.norm2(...dimensions),
  /** @see INDArray.normmax */
  normmax: (x: INDArray, ...dimensions: Dimensions): INDArray => x.normmax(...dimensions),
  /** @see INDArray.argMax */
  argMax: (x: INDArray, ...dimensions: Dimensions): INDArray => position('argMax', Reduce.ARG_MAX, x, dimensions),
  /** Position of the first smallest element, as `argMax`. */
  argMin: (x: INDArray, ...dimensions: Dimensions): INDArray => position('argMin', Reduce.ARG_MIN, x, dimensions),
  /** Running sums along a dimension; without one, of all elements in 'c' order as a vector (a row or column vector keeps its shape). */
  cumsum(x: INDArray, dimension?: number): INDArray {
    if (dimension !== undefined || x.isVector()) return cumulate('cumsum', x, dimension ?? 0, false);
    return cumulate('cumsum', x.reshape(x.length()), 0, false);
  },
  /** The sum of several arrays of one shape and type, in a new array. */
  accumulate: (...arrays: INDArray[]): INDArray => summed('accumulate', arrays, null),
  averageAndPropagate,
} as const;
