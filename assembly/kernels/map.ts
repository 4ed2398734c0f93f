// Loop skeletons of the elementwise kernels: an operator class is a type parameter and inlines to straight-line code.
//
// An operator class has, where it makes sense,
//   vec<T>(x, [y,] p…)   lanes of f32 or f64          int(x, [y])   one 64-bit integer          at(x, [y,] p…)   one f64
// Loops over lanes take whole vectors: elementwise.ts brings what is left of a run as a padded vector.
// `out` may be `x` or `y`: every element is read before it is written and never again.

import { lanes } from '../simd/lanes';

/** out[i] = Op(x[i]) on T = f32, f64 (vec, whole vectors) or i64 (int). */
export function mapUnary<Op, T>(out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  if (isInteger<T>()) {
    for (; length != 0; length--, out += 8, x += 8) {
      store<i64>(out, changetype<Op>(0).int(load<i64>(x), <i64>p0, <i64>p1));
    }
    return;
  }
  const p = v128.splat<T>(<T>p0);
  const q = v128.splat<T>(<T>p1);
  for (; length != 0; length -= lanes<T>(), out += 16, x += 16) {
    v128.store(out, changetype<Op>(0).vec<T>(v128.load(x), p, q));
  }
}

/** Elements of a block of mapHalves. */
const BLOCK: u32 = 256;
/** What the first half of an operator keeps for the second: 4 bytes an element, and behind KEPT_ALSO 4 more. */
const KEPT: usize = memory.data(8 * 256, 16);
export const KEPT_ALSO: usize = 4 * 256;

/**
 * mapUnary for long formulas of float32, in two loops: a loop that does all of it waits for its chain of operations, which the processor
 * cannot look beyond. An operator class has, instead of vec,
 *   first(out, kept, x)   writes its intermediate result to `out`, and more to `kept`          second(y, kept)   the result from both
 */
export function mapHalves<Op>(out: usize, x: usize, length: u32): void {
  while (length != 0) {
    const block = min(length, BLOCK);
    const end = KEPT + (<usize>block << 2);
    let to = out;
    for (let kept = KEPT; kept != end; kept += 16, to += 16, x += 16) changetype<Op>(0).first(to, kept, v128.load(x));
    for (let kept = KEPT; kept != end; kept += 16, out += 16) v128.store(out, changetype<Op>(0).second(v128.load(out), kept));
    length -= block;
  }
}

/** out[i] = Op(x[i]) by one f64 function for both floating types. */
export function mapScalarUnary<Op>(double: bool, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  const step: usize = double ? 8 : 4;
  for (; length != 0; length--, out += step, x += step) {
    const value = changetype<Op>(0).at(double ? load<f64>(x) : <f64>load<f32>(x), p0, p1);
    if (double) store<f64>(out, value);
    else store<f32>(out, <f32>value);
  }
}

/**
 * out[i] = Op(x[i], y[i]) on T = f32, f64 (vec, whole vectors) or i64 (int). A step in bytes leads from one vector or integer of
 * an operand to the next: 0 repeats one.
 */
export function mapBinary<Op, T>(out: usize, x: usize, xStep: usize, y: usize, yStep: usize, length: u32, p0: f64): void {
  if (isInteger<T>()) {
    for (; length != 0; length--, out += 8, x += xStep, y += yStep) {
      store<i64>(out, changetype<Op>(0).int(load<i64>(x), load<i64>(y), <i64>p0));
    }
    return;
  }
  const p = v128.splat<T>(<T>p0);
  for (; length != 0; length -= lanes<T>(), out += 16, x += xStep, y += yStep) {
    v128.store(out, changetype<Op>(0).vec<T>(v128.load(x), v128.load(y), p));
  }
}

/** out[i] = Op(x[i], y[i]) by one f64 function for both floating types; steps in bytes, 0 repeats one element. */
export function mapScalarBinary<Op>(double: bool, out: usize, x: usize, xStep: usize, y: usize, yStep: usize, length: u32): void {
  const step: usize = double ? 8 : 4;
  for (; length != 0; length--, out += step, x += xStep, y += yStep) {
    const a = double ? load<f64>(x) : <f64>load<f32>(x);
    const b = double ? load<f64>(y) : <f64>load<f32>(y);
    const value = changetype<Op>(0).at(a, b);
    if (double) store<f64>(out, value);
    else store<f32>(out, <f32>value);
  }
}
