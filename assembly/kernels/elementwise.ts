// Elementwise operators on adjacent elements, chosen by number: see codes.ts. compute: 0 f32, 1 f64, 2 i64.

import { arithmeticF32, arithmeticF64, arithmeticI64, swapped } from './arithmetic';
import { transformF32, transformF64, transformI64 } from './transforms';

/** out[i] = op(x[i]), [length]; out may be x. */
export function unary(op: i32, compute: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  if (compute == 0) transformF32(op, out, x, length, p0, p1);
  else if (compute == 1) transformF64(op, out, x, length, p0, p1);
  else transformI64(op, out, x, length, p0, p1);
}

/** out[i] = op(x[i], y[i]), [length]; mode 1: y is one element; mode 2: x is one element. out may be x or y. */
export function binary(op: i32, compute: i32, mode: i32, out: usize, x: usize, y: usize, length: u32, p0: f64): void {
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
  if (compute == 0) arithmeticF32(op, mode, out, x, y, length, p0);
  else if (compute == 1) arithmeticF64(op, mode, out, x, y, length, p0);
  else arithmeticI64(op, mode, out, x, y, length, p0);
}
