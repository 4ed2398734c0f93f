// BooleanIndexing: questions and replacements by a condition on elements.

import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { sameShape } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { reduceAll } from '../ops/reduce.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import type { Condition } from './conditions.ts';
import { assignWhere, chosenElements, maskOf, scalarFor } from './masks.ts';
import type { INDArray } from './ndarray.ts';
import { releaseTemporary, requireElements } from './operands.ts';
import { reduceArray } from './reducing.ts';

function matches(name: string, x: INDArray, condition: Condition): number {
  checkArgument(name, 'X', x);
  requireElements(name, x);
  return reduceAll(Reduce.COUNT_MATCHES, x, condition.code, condition.value, condition.eps);
}

/** How many elements of every tensor along the dimensions fulfil the condition, in 'c' order, and how many there are. */
function matchesAlong(
  name: string,
  x: INDArray,
  condition: Condition,
  dimensions: readonly number[],
): [number[], number] {
  const counts = reduceArray(
    name,
    Reduce.COUNT_MATCHES,
    x,
    dimensions,
    false,
    undefined,
    condition.code,
    condition.value,
    condition.eps,
  );
  const values = Array.from({ length: counts.length() }, (_, i) => counts.getDouble(i));
  releaseTemporary(counts);
  return [values, x.length() / values.length];
}

function positions(
  name: string,
  op: Reduce,
  x: INDArray,
  condition: Condition,
  dimensions: readonly number[],
): INDArray {
  return reduceArray(name, op, x, dimensions, false, undefined, condition.code, condition.value, condition.eps);
}

/** True when all elements fulfil the condition; with dimensions, for every tensor along them. */
function and(x: INDArray, condition: Condition): boolean;
function and(x: INDArray, condition: Condition, ...dimensions: number[]): boolean[];
function and(x: INDArray, condition: Condition, ...dimensions: number[]): boolean | boolean[] {
  if (dimensions.length === 0) return matches('and', x, condition) === x.length();
  const [counts, size] = matchesAlong('and', x, condition, dimensions);
  return counts.map((count) => count === size);
}

/** True when an element fulfils the condition; with dimensions, for every tensor along them. */
function or(x: INDArray, condition: Condition): boolean;
function or(x: INDArray, condition: Condition, ...dimensions: number[]): boolean[];
function or(x: INDArray, condition: Condition, ...dimensions: number[]): boolean | boolean[] {
  if (dimensions.length === 0) return matches('or', x, condition) > 0;
  return matchesAlong('or', x, condition, dimensions)[0].map((count) => count > 0);
}

/** Replaces, in place, the elements that fulfil the condition by a number or by the elements of `from` at the same places. Returns `to`. */
function replaceWhere(to: INDArray, from: INDArray | number, condition: Condition): INDArray {
  if (typeof from !== 'number') return to.replaceWhere(from, condition);
  checkArgument('replaceWhere', 'X', to);
  const mask = maskOf(to, condition);
  const value = scalarFor(to, from);
  assignWhere(to, value, mask);
  releaseTemporary(value);
  releaseTemporary(mask);
  return to;
}

/** Replaces, in place, the elements of `to` by those of `from` that fulfil the condition themselves. Returns `to`. */
function assignIf(to: INDArray, from: INDArray, condition: Condition): INDArray {
  return to.assignIf(from, condition);
}

/** The elements of the first array where the condition holds between it and the second (or the condition's own number), as a vector; null for none. */
function chooseFrom(
  arrays: readonly [INDArray, INDArray] | readonly INDArray[],
  condition: Condition,
): INDArray | null {
  const [x, y] = arrays;
  if (x === undefined || y === undefined || arrays.length !== 2) {
    throw new TypeError(`Cannot chooseFrom ${arrays.length} arrays: needed are two`);
  }
  checkArgument('chooseFrom', 'X', x);
  checkArgument('chooseFrom', 'Y', y);
  if (!sameShape(x.geometry.shape, y.geometry.shape)) {
    throw new ND4JIllegalStateException(
      `Cannot chooseFrom ${formatShape(x.geometry.shape)} and ${formatShape(y.geometry.shape)}: the shapes must be equal`,
    );
  }
  const mask = maskOf(x, condition, y);
  const chosen = chosenElements(x, mask);
  releaseTemporary(mask);
  return chosen;
}

/** Index of the first element that fulfils the condition, as a LONG scalar, −1 without one; with dimensions, along each tensor. */
function firstIndex(x: INDArray, condition: Condition, ...dimensions: number[]): INDArray {
  return positions('firstIndex', Reduce.FIRST_INDEX, x, condition, dimensions);
}

/** Index of the last element that fulfils the condition. @see firstIndex */
function lastIndex(x: INDArray, condition: Condition, ...dimensions: number[]): INDArray {
  return positions('lastIndex', Reduce.LAST_INDEX, x, condition, dimensions);
}

/**
 * Selection of elements by `Conditions`.
 * @see org.nd4j.linalg.indexing.BooleanIndexing
 */
export const BooleanIndexing = {
  and,
  or,
  replaceWhere,
  assignIf,
  /** Replaces, in place, the elements of the first array by those of the second that fulfil the condition. @see assignIf */
  applyMask: assignIf,
  chooseFrom,
  firstIndex,
  lastIndex,
} as const;
