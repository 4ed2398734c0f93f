// Elementwise operators on adjacent elements, chosen by number: see codes.ts. compute: 0 f32, 1 f64, 2 i64.

import { activation } from './activation';
import { activationBackward } from './activationBackward';
import { arithmetic, swapped } from './arithmetic';
import { Binary, Unary } from './codes';
import { division } from './division';
import { errorFunction, scalarFunction } from './scalarFunctions';
import { transform } from './transforms';

/** out[i] = op(x[i]), [length]; out may be x. */
export function unary(op: i32, compute: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  if (op <= Unary.IS_FINITE) transform(op, compute, out, x, length, p0, p1);
  else if (op <= Unary.RECTIFIED_TANH) activation(op, compute, out, x, length, p0, p1);
  else if (op == Unary.ERF && compute == 0) errorFunction(out, x, length);
  else scalarFunction(op, compute == 1, out, x, length, p0, p1);
}

/** out[i] = op(x[i], y[i]), [length]; mode 1: y is one element; mode 2: x is one element. out may be x or y. */
export function binary(op: i32, compute: i32, mode: i32, out: usize, x: usize, y: usize, length: u32, p0: f64): void {
  if (length == 0) return;
  if (mode == 2) {
    const other = swapped(op);
    if (other >= 0) {
      op = other;
      mode = 1;
      const one = x;
      x = y;
      y = one;
    }
  }
  if (op <= Binary.XOR) arithmetic(op, compute, mode, out, x, y, length, p0);
  else if (op <= Binary.ATAN2) division(op, compute, mode, out, x, y, length);
  else activationBackward(op, compute, mode, out, x, y, length, p0);
}
