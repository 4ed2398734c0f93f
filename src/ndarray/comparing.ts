// Comparisons that give BOOL arrays: checks, result memory, one kernel call. The methods are in arrayComparison.ts and transforms.ts.

import { BOOL } from '../core/dataType.ts';
import { denseGeometry } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { Binary, type Unary } from '../ops/codes.ts';
import { binary, binaryScalar, unary } from '../ops/elementwise.ts';
import type { ArrayHandle } from './arrayHandle.ts';
import type { INDArray } from './ndarray.ts';
import {
  broadcastOperands,
  freshGeometry,
  isInteger,
  requireElements,
  requireNotBoolean,
  requireNumber,
} from './operands.ts';

/** x op y, broadcast, as a BOOL array of x's order. Arrays of two types compare in the wider one. */
export function compare(name: string, op: Binary, x: ArrayHandle, y: ArrayHandle): INDArray {
  checkArgument(name, 'X', x);
  checkArgument(name, 'Y', y);
  if (isOrdering(op)) {
    requireNotBoolean(name, x);
    requireNotBoolean(name, y);
  }
  requireElements(name, x);
  requireElements(name, y);
  const shape = broadcastOperands(name, x.geometry, y.geometry);
  const result = x.allocate(BOOL, denseGeometry(shape, x.geometry.order));
  binary(op, result, x, y);
  return result;
}

/** x op value as a BOOL array of x's shape and order. Integer arrays drop the number's fraction; NaN counts as 0 for them. */
export function compareNumber(name: string, op: Binary, x: ArrayHandle, value: number): INDArray {
  checkArgument(name, 'X', x);
  requireNumber(name, value);
  if (isOrdering(op)) requireNotBoolean(name, x);
  requireElements(name, x);
  const result = x.allocate(BOOL, freshGeometry(x.geometry));
  binaryScalar(op, result, x, isInteger(x.info) ? wholeOperand(value) : value);
  return result;
}

/** op(x) ≠ 0 as a BOOL array of x's shape and order. */
export function test(name: string, op: Unary, x: ArrayHandle): INDArray {
  checkArgument(name, 'X', x);
  const result = x.allocate(BOOL, freshGeometry(x.geometry));
  unary(op, result, x);
  return result;
}

function isOrdering(op: Binary): boolean {
  return op === Binary.GT || op === Binary.GTE || op === Binary.LT || op === Binary.LTE;
}

/** The number as an integer array sees it; infinities stay beyond every integer. */
export function wholeOperand(value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.trunc(value);
}
