// From a condition to a mask (a BOOL array), and to the elements that it chooses.

import { BOOL, DOUBLE } from '../core/dataType.ts';
import { denseGeometry } from '../core/geometry.ts';
import { Binary, Unary } from '../ops/codes.ts';
import { binary, binaryScalar, unary } from '../ops/elementwise.ts';
import { copy, fill } from '../ops/layout.ts';
import { maskAssign, maskCompress } from '../ops/mask.ts';
import { reduceAll } from '../ops/reduce.ts';
import { Condition as Code, Reduce } from '../ops/reduceCodes.ts';
import type { ArrayHandle } from './arrayHandle.ts';
import type { Condition } from './conditions.ts';
import type { INDArray } from './ndarray.ts';
import { broadcastOperands, isInteger, releaseTemporary, temporaryCopy } from './operands.ts';

/** How a condition is computed elementwise. */
interface Step {
  /** Compares the element, or its distance, with the value. */
  readonly compare?: Binary;
  /** What is compared: the element, |element|, or |element − value| with the tolerance. */
  readonly of?: 'magnitude' | 'distance';
  /** Answers without a comparison. */
  readonly test?: Unary;
}
const STEPS: Readonly<Record<Code, Step>> = {
  [Code.EQUALS]: { compare: Binary.EQ },
  [Code.NOT_EQUALS]: { compare: Binary.NEQ },
  [Code.GREATER]: { compare: Binary.GT },
  [Code.GREATER_OR_EQUAL]: { compare: Binary.GTE },
  [Code.LESS]: { compare: Binary.LT },
  [Code.LESS_OR_EQUAL]: { compare: Binary.LTE },
  [Code.EPS_EQUALS]: { compare: Binary.LTE, of: 'distance' },
  [Code.EPS_NOT_EQUALS]: { compare: Binary.GT, of: 'distance' },
  [Code.IS_NAN]: { test: Unary.IS_NAN },
  [Code.IS_INFINITE]: { test: Unary.IS_INF },
  [Code.IS_FINITE]: { test: Unary.IS_FINITE },
  [Code.NOT_FINITE]: { test: Unary.IS_FINITE, compare: Binary.EQ },
  [Code.ABS_GREATER]: { compare: Binary.GT, of: 'magnitude' },
  [Code.ABS_GREATER_OR_EQUAL]: { compare: Binary.GTE, of: 'magnitude' },
  [Code.ABS_LESS]: { compare: Binary.LT, of: 'magnitude' },
  [Code.ABS_LESS_OR_EQUAL]: { compare: Binary.LTE, of: 'magnitude' },
};

/** The mask of a condition: BOOL, x's shape, 'c' order. With `y` its elements stand for the condition's value, broadcast. */
export function maskOf(x: ArrayHandle, condition: Condition, y?: ArrayHandle): INDArray {
  const { compare, of, test } = STEPS[condition.code];
  const shape = y === undefined ? x.geometry.shape : broadcastOperands('match', x.geometry, y.geometry);
  const mask = x.allocate(BOOL, denseGeometry(shape));
  if (test !== undefined) {
    unary(test, mask, x);
    if (compare !== undefined) binaryScalar(compare, mask, mask, 0);
  } else if (of === undefined) compareWith(compare as Binary, mask, x, condition.value, y);
  else {
    const measure = x.allocate(isInteger(x.info) ? DOUBLE : x.info, denseGeometry(shape));
    if (of === 'magnitude') {
      unary(Unary.ABS, measure, x);
      compareWith(compare as Binary, mask, measure, condition.value, y);
    } else {
      compareWith(Binary.SUB, measure, x, condition.value, y);
      unary(Unary.ABS, measure, measure);
      binaryScalar(compare as Binary, mask, measure, condition.eps);
    }
    releaseTemporary(measure);
  }
  return mask;
}

function compareWith(op: Binary, out: ArrayHandle, x: ArrayHandle, value: number, y: ArrayHandle | undefined): void {
  if (y === undefined) binaryScalar(op, out, x, value);
  else binary(op, out, x, y);
}

/** x = y where the mask is 1; y has x's shape or one element, any type. */
export function assignWhere(x: ArrayHandle, y: ArrayHandle, mask: ArrayHandle): void {
  const direct = x.geometry.isDenseC;
  const ready = y.info === x.info && y.geometry.isDenseC;
  const target = direct ? x : temporaryCopy(x, x.info, 'c');
  const source = ready ? y : temporaryCopy(y, x.info, 'c');
  maskAssign(target, source, mask);
  if (!ready) releaseTemporary(source);
  if (!direct) {
    copy(x, target);
    releaseTemporary(target);
  }
}

/** The elements of x where the mask is 1, in 'c' order, as a vector; null when there is none. */
export function chosenElements(x: ArrayHandle, mask: ArrayHandle): INDArray | null {
  const count = reduceAll(Reduce.COUNT_NON_ZERO, mask);
  if (count === 0) return null;
  const result = x.allocate(x.info, denseGeometry([count]));
  const source = x.geometry.isDenseC ? x : temporaryCopy(x, x.info, 'c');
  maskCompress(result, source, mask);
  if (source !== x) releaseTemporary(source);
  return result;
}

/** A temporary of one element of x's type. */
export function scalarFor(x: ArrayHandle, value: number): INDArray {
  const scalar = x.allocate(x.info, denseGeometry([]));
  fill(scalar, value);
  return scalar;
}
