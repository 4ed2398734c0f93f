// Loop skeletons of the elementwise kernels: an operator class is a type parameter and inlines to straight-line code.
//
// An operator class has, where it makes sense,
//   vec<T>(x, [y,] p…)   lanes of f32 or f64          int(x, [y])   one 64-bit integer          at(x, [y,] p…)   one f64
// `out` may be `x` or `y`: every element is read before it is written and never again.

import { lanes, loadOne, loadTail, storeOne, storeTail } from '../simd/lanes';

/** out[i] = Op(x[i]) on T = f32, f64 (vec) or i64 (int). */
export function mapUnary<Op, T>(out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  if (isInteger<T>()) {
    for (; length != 0; length--, out += 8, x += 8) {
      store<i64>(out, changetype<Op>(0).int(load<i64>(x), <i64>p0, <i64>p1));
    }
    return;
  }
  const p = v128.splat<T>(<T>p0);
  const q = v128.splat<T>(<T>p1);
  for (; length >= lanes<T>(); length -= lanes<T>(), out += 16, x += 16) {
    v128.store(out, changetype<Op>(0).vec<T>(v128.load(x), p, q));
  }
  for (; length != 0; length--, out += sizeof<T>(), x += sizeof<T>()) {
    storeOne<T>(out, changetype<Op>(0).vec<T>(loadOne<T>(x), p, q));
  }
}

/** mapUnary for long bodies: vec appears once in the code. */
export function mapLongUnary<Op, T>(out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  const p = v128.splat<T>(<T>p0);
  const q = v128.splat<T>(<T>p1);
  while (length != 0) {
    const full = length >= lanes<T>();
    const value = changetype<Op>(0).vec<T>(full ? v128.load(x) : loadTail<T>(x, length), p, q);
    if (!full) return storeTail<T>(out, value, length);
    v128.store(out, value);
    length -= lanes<T>();
    out += 16;
    x += 16;
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

/** out[i] = Op(x[i], y[i]); mode 1: y is one element; mode 2, for integers: x is one element. */
export function mapBinary<Op, T>(mode: i32, out: usize, x: usize, y: usize, length: u32, p0: f64): void {
  if (isInteger<T>()) {
    const xStep: usize = mode == 2 ? 0 : 8;
    const yStep: usize = mode == 1 ? 0 : 8;
    for (; length != 0; length--, out += 8, x += xStep, y += yStep) {
      store<i64>(out, changetype<Op>(0).int(load<i64>(x), load<i64>(y), <i64>p0));
    }
    return;
  }
  const p = v128.splat<T>(<T>p0);
  const one = v128.splat<T>(load<T>(y));
  if (mode == 1) {
    for (; length >= lanes<T>(); length -= lanes<T>(), out += 16, x += 16) {
      v128.store(out, changetype<Op>(0).vec<T>(v128.load(x), one, p));
    }
  } else {
    for (; length >= lanes<T>(); length -= lanes<T>(), out += 16, x += 16, y += 16) {
      v128.store(out, changetype<Op>(0).vec<T>(v128.load(x), v128.load(y), p));
    }
  }
  for (; length != 0; length--, out += sizeof<T>(), x += sizeof<T>(), y += sizeof<T>()) {
    storeOne<T>(out, changetype<Op>(0).vec<T>(loadOne<T>(x), mode == 1 ? one : loadOne<T>(y), p));
  }
}

/** mapBinary for all modes in less code, for operators that are not the hottest. */
export function mapAnyBinary<Op, T>(mode: i32, out: usize, x: usize, y: usize, length: u32, p0: f64): void {
  if (isInteger<T>()) return mapBinary<Op, T>(mode, out, x, y, length, p0);
  const p = v128.splat<T>(<T>p0);
  const oneX = v128.splat<T>(load<T>(x));
  const oneY = v128.splat<T>(load<T>(y));
  for (; length >= lanes<T>(); length -= lanes<T>(), out += 16, x += 16, y += 16) {
    const a = mode == 2 ? oneX : v128.load(x);
    const b = mode == 1 ? oneY : v128.load(y);
    v128.store(out, changetype<Op>(0).vec<T>(a, b, p));
  }
  for (; length != 0; length--, out += sizeof<T>(), x += sizeof<T>(), y += sizeof<T>()) {
    const a = mode == 2 ? oneX : loadOne<T>(x);
    const b = mode == 1 ? oneY : loadOne<T>(y);
    storeOne<T>(out, changetype<Op>(0).vec<T>(a, b, p));
  }
}

/** out[i] = Op(x[i], y[i]) for long bodies and all modes: vec appears once in the code. */
export function mapLongBinary<Op, T>(mode: i32, out: usize, x: usize, y: usize, length: u32, p0: f64): void {
  const p = v128.splat<T>(<T>p0);
  const oneX = v128.splat<T>(load<T>(x));
  const oneY = v128.splat<T>(load<T>(y));
  while (length != 0) {
    const full = length >= lanes<T>();
    const a = mode == 2 ? oneX : full ? v128.load(x) : loadTail<T>(x, length);
    const b = mode == 1 ? oneY : full ? v128.load(y) : loadTail<T>(y, length);
    const value = changetype<Op>(0).vec<T>(a, b, p);
    if (!full) return storeTail<T>(out, value, length);
    v128.store(out, value);
    length -= lanes<T>();
    out += 16;
    x += 16;
    y += 16;
  }
}

/** out[i] = Op(x[i], y[i]) by one f64 function for both floating types and all modes. */
export function mapScalarBinary<Op>(double: bool, mode: i32, out: usize, x: usize, y: usize, length: u32): void {
  const step: usize = double ? 8 : 4;
  const xStep: usize = mode == 2 ? 0 : step;
  const yStep: usize = mode == 1 ? 0 : step;
  for (; length != 0; length--, out += step, x += xStep, y += yStep) {
    const a = double ? load<f64>(x) : <f64>load<f32>(x);
    const b = double ? load<f64>(y) : <f64>load<f32>(y);
    const value = changetype<Op>(0).at(a, b);
    if (double) store<f64>(out, value);
    else store<f32>(out, <f32>value);
  }
}
