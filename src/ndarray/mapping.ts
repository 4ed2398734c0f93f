// Elementwise functions of one array: checks, result memory, one kernel call. The methods are in arrayArithmetic.ts and transforms.ts.

import { checkArgument } from '../memory/validity.ts';
import type { Unary } from '../ops/codes.ts';
import { unary } from '../ops/elementwise.ts';
import { requireResult } from './arithmetic.ts';
import type { ArrayHandle } from './arrayHandle.ts';
import { verified } from './execution/profiler.ts';
import type { INDArray } from './ndarray.ts';
import { freshGeometry, requireNotBoolean } from './operands.ts';

/** op(x) in a new array of x's type, shape and order. Arrays without elements give such an array. */
export function map(name: string, op: Unary, x: ArrayHandle, p0 = 0, p1 = 0): INDArray {
  checkArgument(name, 'X', x);
  requireNotBoolean(name, x);
  const result = x.allocate(x.info, freshGeometry(x.geometry));
  unary(op, result, x, p0, p1);
  return verified(name, result, true);
}

/** x = op(x). */
export function mapInPlace(name: string, op: Unary, x: ArrayHandle, p0 = 0, p1 = 0): INDArray {
  checkArgument(name, 'X', x);
  requireNotBoolean(name, x);
  unary(op, x, x, p0, p1);
  return verified(name, x as unknown as INDArray);
}

/** out = op(x); `out` may be x. @throws {ND4JIllegalStateException} when it has another shape or type. */
export function mapInto(name: string, op: Unary, x: ArrayHandle, out: ArrayHandle, p0 = 0, p1 = 0): INDArray {
  checkArgument(name, 'X', x);
  checkArgument(name, 'Z', out);
  requireNotBoolean(name, x);
  requireResult(name, out, x.geometry.shape, x.info);
  unary(op, out, x, p0, p1);
  return verified(name, out as unknown as INDArray);
}
