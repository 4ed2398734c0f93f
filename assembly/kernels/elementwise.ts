// Elementwise operators on adjacent elements, chosen by number: see codes.ts. compute: 0 f32, 1 f64, 2 i64.
//
// Operators on lanes are handed whole vectors. What is left of a run goes through a padded vector, an operand of one element through a
// vector that repeats it, so that an operator's code exists once.

import { loadTail, storeTail } from '../simd/lanes';
import { activation } from './activation';
import { activationBackward } from './activationBackward';
import { arithmetic } from './arithmetic';
import { Binary, Unary } from './codes';
import { division } from './division';
import { errorFunction, scalarFunction } from './scalarFunctions';
import { transform } from './transforms';

/** The last elements of x (and then of the result) and of y, and a single operand in all lanes. */
const LAST_X: usize = memory.data(48, 16);
const LAST_Y: usize = LAST_X + 16;
const SINGLE: usize = LAST_X + 32;

function tailOf(compute: i32, x: usize, count: u32): v128 {
  return compute == 0 ? loadTail<f32>(x, count) : v128.load64_zero(x);
}

function storeLast(compute: i32, out: usize, count: u32): void {
  if (compute == 0) storeTail<f32>(out, v128.load(LAST_X), count);
  else store<f64>(out, load<f64>(LAST_X));
}

function unaryVectors(op: i32, compute: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  if (op <= Unary.IS_FINITE) transform(op, compute, out, x, length, p0, p1);
  else if (op <= Unary.RECTIFIED_TANH) activation(op, compute, out, x, length, p0, p1);
  else errorFunction(out, x, length);
}

/** out[i] = op(x[i]), [length]; out may be x. */
export function unary(op: i32, compute: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  if (compute == 2) return transform(op, compute, out, x, length, p0, p1);
  if (op > Unary.RECTIFIED_TANH && !(op == Unary.ERF && compute == 0)) {
    return scalarFunction(op, compute == 1, out, x, length, p0, p1);
  }
  const rest = length & (compute == 0 ? 3 : 1);
  const whole = length - rest;
  if (whole != 0) unaryVectors(op, compute, out, x, whole, p0, p1);
  if (rest == 0) return;
  const done = <usize>whole << (2 + compute);
  v128.store(LAST_X, tailOf(compute, x + done, rest));
  unaryVectors(op, compute, LAST_X, LAST_X, 4 >> compute, p0, p1);
  storeLast(compute, out + done, rest);
}

function binaryVectors(
  op: i32, compute: i32, out: usize, x: usize, xStep: usize, y: usize, yStep: usize, length: u32, p0: f64,
): void {
  if (op <= Binary.XOR) arithmetic(op, compute, out, x, xStep, y, yStep, length, p0);
  else if (op <= Binary.ATAN2) division(op, compute, out, x, xStep, y, yStep, length);
  else activationBackward(op, compute, out, x, xStep, y, yStep, length, p0);
}

/** out[i] = op(x[i], y[i]), [length]; mode 1: y is one element; mode 2: x is one element. out may be x or y. */
export function binary(op: i32, compute: i32, mode: i32, out: usize, x: usize, y: usize, length: u32, p0: f64): void {
  if (length == 0) return;
  if (compute == 2 || isScalarDivision(op)) {
    const step: usize = compute == 0 ? 4 : 8;
    return binaryVectors(op, compute, out, x, mode == 2 ? 0 : step, y, mode == 1 ? 0 : step, length, p0);
  }
  let xStep: usize = 16;
  let yStep: usize = 16;
  if (mode != 0) {
    const one = mode == 1 ? y : x;
    v128.store(SINGLE, compute == 0 ? v128.load32_splat(one) : v128.load64_splat(one));
    if (mode == 1) {
      y = SINGLE;
      yStep = 0;
    } else {
      x = SINGLE;
      xStep = 0;
    }
  }
  const rest = length & (compute == 0 ? 3 : 1);
  const whole = length - rest;
  if (whole != 0) binaryVectors(op, compute, out, x, xStep, y, yStep, whole, p0);
  if (rest == 0) return;
  const done = <usize>whole << (2 + compute);
  if (xStep != 0) {
    v128.store(LAST_X, tailOf(compute, x + done, rest));
    x = LAST_X;
  }
  if (yStep != 0) {
    v128.store(LAST_Y, tailOf(compute, y + done, rest));
    y = LAST_Y;
  }
  binaryVectors(op, compute, LAST_X, x, xStep, y, yStep, 4 >> compute, p0);
  storeLast(compute, out + done, rest);
}

/** Operators that go through one f64 function, element by element. */
function isScalarDivision(op: i32): bool {
  return op >= Binary.FMOD && op <= Binary.ATAN2 && op != Binary.POW;
}
