// Binary arithmetic of arrays with arrays and numbers: checks, result type, result memory, one kernel call. The methods are in arrayArithmetic.ts.

import { BOOL, type DataTypeInfo, promoteTypes } from '../core/dataType.ts';
import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { denseGeometry, type Order, sameShape } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { Binary } from '../ops/codes.ts';
import { binary, binaryScalar } from '../ops/elementwise.ts';
import type { ArrayHandle } from './arrayHandle.ts';
import { defaultTypes } from './defaultTypes.ts';
import { verified } from './execution/profiler.ts';
import type { INDArray } from './ndarray.ts';
import {
  broadcastOperands,
  hasZero,
  isInteger,
  isOwnDense,
  releaseTemporary,
  requireElements,
  requireNotBoolean,
  requireNumber,
  requireNumeric,
  temporaryCopy,
  truncateFor,
} from './operands.ts';

/** What a NaN operand counts as in arithmetic with numbers: a peculiarity of ND4J. */
const NAN_OPERAND = 1e-5;

/**
 * x op y in a new array: NumPy broadcasting, the promoted type, x's order; or in `out`.
 * The first lines are the fast path of two equal dense floating arrays.
 */
export function combine(name: string, op: Binary, x: ArrayHandle, y: ArrayHandle, out?: ArrayHandle): INDArray {
  checkArgument(name, 'X', x);
  checkArgument(name, 'Y', y);
  const { geometry } = x;
  const { info } = x.buffer;
  if (
    out === undefined &&
    geometry === y.geometry &&
    info === y.buffer.info &&
    info.isFloating &&
    geometry.length > 0 &&
    isOwnDense(geometry)
  ) {
    const result = x.allocate(info, geometry);
    binary(op, result, x, y);
    return verified(name, result, true);
  }
  return combineAny(name, op, x, y, out);
}

/** The general case of `combine`: other shapes, types, strides, or a result array. `order` is that of a new array. */
export function combineAny(
  name: string,
  op: Binary,
  x: ArrayHandle,
  y: ArrayHandle,
  out?: ArrayHandle,
  order: Order = x.geometry.order,
): INDArray {
  if (out !== undefined) checkArgument(name, 'Z', out);
  const shape = checkOperands(name, op, x, y);
  const info = promoteTypes(x.info, y.info);
  if (out !== undefined) requireResult(name, out, shape, info);
  const result = out ?? x.allocate(info, denseGeometry(shape, order));
  binary(op, result, x, y);
  return verified(name, result as unknown as INDArray, out === undefined);
}

/** x = x op y, in x's type: y is cast to it first. The broadcast shape must be x's own. */
export function combineInPlace(name: string, op: Binary, x: ArrayHandle, y: ArrayHandle): INDArray {
  checkArgument(name, 'X', x);
  checkArgument(name, 'Y', y);
  const { geometry } = x;
  const { info } = x.buffer;
  if (geometry === y.geometry && info === y.buffer.info && info.isFloating && geometry.length > 0) {
    binary(op, x, x, y);
    return verified(name, x as unknown as INDArray);
  }
  const shape = checkOperands(name, op, x, y);
  if (!sameShape(shape, geometry.shape)) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} ${formatShape(y.geometry.shape)} to ${formatShape(geometry.shape)} in place: the result would have shape ${formatShape(shape)}, needed is the shape of the left array, to which the right one broadcasts`,
    );
  }
  if (info.compute === y.info.compute) {
    binary(op, x, x, y);
    return verified(name, x as unknown as INDArray);
  }
  const cast = temporaryCopy(y, info);
  try {
    checkDivisor(name, op, x, cast);
    binary(op, x, x, cast);
  } finally {
    releaseTemporary(cast);
  }
  return verified(name, x as unknown as INDArray);
}

/** Types, elements, shapes and divisors of two arrays. @returns the broadcast shape */
function checkOperands(name: string, op: Binary, x: ArrayHandle, y: ArrayHandle): readonly number[] {
  requireNumeric(name, x);
  if (y.info === BOOL && divides(op)) requireNotBoolean(name, y);
  requireElements(name, y);
  const shape = broadcastOperands(name, x.geometry, y.geometry);
  if (isInteger(x.info) && isInteger(y.info)) checkDivisor(name, op, x, y);
  return shape;
}

/** x op value in a new array; NaN counts as 1e-5. See the methods for what integer arrays do with fractions. */
export function combineNumber(name: string, op: Binary, x: ArrayHandle, value: number, out?: ArrayHandle): INDArray {
  checkArgument(name, 'X', x);
  requireNumber(name, value);
  const operand = Number.isNaN(value) ? NAN_OPERAND : value;
  const { geometry } = x;
  const { info } = x.buffer;
  if (out === undefined && info.isFloating && geometry.length > 0 && isOwnDense(geometry)) {
    const result = x.allocate(info, geometry);
    binaryScalar(op, result, x, operand);
    return verified(name, result, true);
  }
  if (out !== undefined) checkArgument(name, 'Z', out);
  requireNumeric(name, x);
  const promotes = isInteger(info) && op !== Binary.SUB && !Number.isInteger(operand);
  const resultInfo = promotes ? defaultTypes.floating : info;
  const number = isInteger(resultInfo) ? truncateFor(name, info, operand) : operand;
  if (isInteger(resultInfo)) checkNumberDivisor(name, op, x, number);
  if (out !== undefined) requireResult(name, out, geometry.shape, resultInfo);
  const result = out ?? x.allocate(resultInfo, denseGeometry(geometry.shape, geometry.order));
  binaryScalar(op, result, x, number);
  return verified(name, result as unknown as INDArray, out === undefined);
}

/** x = x op value, in x's type: integer arrays drop the number's fraction first. */
export function combineNumberInPlace(name: string, op: Binary, x: ArrayHandle, value: number): INDArray {
  checkArgument(name, 'X', x);
  requireNumber(name, value);
  requireNumeric(name, x);
  let operand = Number.isNaN(value) ? NAN_OPERAND : value;
  if (isInteger(x.info)) {
    operand = truncateFor(name, x.info, operand);
    checkNumberDivisor(name, op, x, operand);
  }
  binaryScalar(op, x, x, operand);
  return verified(name, x as unknown as INDArray);
}

/** @throws {ND4JIllegalStateException} when a result array has another shape or type than the result. */
export function requireResult(name: string, out: ArrayHandle, shape: readonly number[], info: DataTypeInfo): void {
  if (!sameShape(out.geometry.shape, shape)) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} into an array of shape ${formatShape(out.geometry.shape)}: the result has shape ${formatShape(shape)}`,
    );
  }
  if (out.info !== info) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} into an array of type ${out.info.name}: the result has type ${info.name}`,
    );
  }
}

function divides(op: Binary): boolean {
  return (
    op === Binary.DIV || op === Binary.RDIV || op === Binary.FMOD || op === Binary.FLOOR_DIV || op === Binary.FLOOR_MOD
  );
}

/** @throws {ND4JIllegalStateException} when integers are divided by an array with a 0. */
export function checkDivisor(name: string, op: Binary, x: ArrayHandle, y: ArrayHandle): void {
  if (!divides(op)) return;
  const divisor = op === Binary.RDIV ? x : y;
  if (isInteger(divisor.info) && hasZero(divisor)) throw zeroDivisor(name, x, divisor === x ? 'left' : 'right');
}

/** @throws {ND4JIllegalStateException} when integers are divided by 0. */
export function checkNumberDivisor(name: string, op: Binary, x: ArrayHandle, value: number): void {
  if (!divides(op)) return;
  if (op === Binary.RDIV ? hasZero(x) : value === 0) throw zeroDivisor(name, x, op === Binary.RDIV ? 'left' : 'right');
}

function zeroDivisor(name: string, x: ArrayHandle, side: string): Error {
  return new ND4JIllegalStateException(
    `Cannot ${name} an array of type ${x.info.name}: division by zero, the ${side} operand contains 0 and integers have no infinity; cast to a floating type first`,
  );
}
