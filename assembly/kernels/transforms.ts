// Unary operators that are a few instructions: one row each, on f32 and f64 lanes and, where it makes sense, on 64-bit integers.

import { Unary } from './codes';
import { mapUnary } from './map';

@final
@unmanaged
class Copy {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return x;
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return x;
  }
}

@final
@unmanaged
class Abs {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.abs<T>(x);
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return x < 0 ? -x : x;
  }
}

@final
@unmanaged
class Neg {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.neg<T>(x);
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return -x;
  }
}

@final
@unmanaged
class Square {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.mul<T>(x, x);
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return x * x;
  }
}

function rows<T>(op: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  switch (op) {
    case Unary.COPY:
      return mapUnary<Copy, T>(out, x, length, p0, p1);
    case Unary.ABS:
      return mapUnary<Abs, T>(out, x, length, p0, p1);
    case Unary.NEG:
      return mapUnary<Neg, T>(out, x, length, p0, p1);
    case Unary.SQUARE:
      return mapUnary<Square, T>(out, x, length, p0, p1);
  }
}

export function transformF32(op: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  rows<f32>(op, out, x, length, p0, p1);
}

export function transformF64(op: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  rows<f64>(op, out, x, length, p0, p1);
}

export function transformI64(op: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  rows<i64>(op, out, x, length, p0, p1);
}
