// Remainders, floored division, powers and angles: one pair of numbers at a time, for both floating types and, up to FLOOR_MOD, integers.

import { powOf } from '../simd/elementary';
import { powOfFloats } from '../simd/functions';
import { Binary } from './codes';
import { mapBinary, mapScalarBinary } from './map';

/** x − y · trunc(x / y), with the sign of x. */
@final
@unmanaged
class Fmod {
  @inline at(x: f64, y: f64): f64 {
    return x % y;
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return remainder(x, y);
  }
}

/** x − y · n with n the integer nearest to x / y, halves to even. */
@final
@unmanaged
class Remainder {
  @inline at(x: f64, y: f64): f64 {
    return nearestRemainder(x, y);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return nearestRemainderOfIntegers(x, y);
  }
}

@final
@unmanaged
class FloorDiv {
  @inline at(x: f64, y: f64): f64 {
    return Math.floor(x / y);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    if (y == 0) return 0;
    if (y == -1) return -x;
    const quotient = x / y;
    return quotient * y != x && x < 0 != y < 0 ? quotient - 1 : quotient;
  }
}

/** x − y · floor(x / y), with the sign of y. */
@final
@unmanaged
class FloorMod {
  @inline at(x: f64, y: f64): f64 {
    const rest = x % y;
    return rest != 0 && rest < 0 != y < 0 ? rest + y : rest;
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    const rest = remainder(x, y);
    return rest != 0 && rest < 0 != y < 0 ? rest + y : rest;
  }
}

/** x^y; four floats with ordinary operands go through float64 at once. */
@final
@unmanaged
class Pow {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    if (sizeof<T>() == 8) {
      return f64x2(
        powOf(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)),
        powOf(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
      );
    }
    return powOfFloats(x, y);
  }
}

/** Angle of the point (x, y), as DL4J's Transforms.atan2(x, y). */
@final
@unmanaged
class Atan2 {
  @inline at(x: f64, y: f64): f64 {
    return Math.atan2(y, x);
  }
}

/** 0 for a divisor of 0. */
function remainder(x: i64, y: i64): i64 {
  return y == 0 || y == -1 ? 0 : x % y;
}

function nearestRemainder(x: f64, y: f64): f64 {
  const size = Math.abs(y);
  let rest = x % size;
  const twice = Math.abs(rest) * 2;
  if (twice < size) return rest;
  // On a tie the quotient must be even: what is left of x over twice the divisor tells.
  const odd = Math.abs(x % (2 * size)) >= size;
  if (twice > size || odd) rest -= rest < 0 ? -size : size;
  return rest;
}

function nearestRemainderOfIntegers(x: i64, y: i64): i64 {
  if (y == 0 || y == -1) return 0;
  const rest = x % y;
  const size = y < 0 ? -y : y;
  const twice = (rest < 0 ? -rest : rest) * 2;
  if (twice < size || (twice == size && ((x / y) & 1) == 0)) return rest;
  return rest < 0 ? rest + size : rest - size;
}

/** Operators from FMOD to ATAN2. */
export function division(op: i32, compute: i32, out: usize, x: usize, xStep: usize, y: usize, yStep: usize, length: u32): void {
  if (compute == 2) {
    switch (op) {
      case Binary.FMOD:
        return mapBinary<Fmod, i64>(out, x, xStep, y, yStep, length, 0);
      case Binary.REMAINDER:
        return mapBinary<Remainder, i64>(out, x, xStep, y, yStep, length, 0);
      case Binary.FLOOR_DIV:
        return mapBinary<FloorDiv, i64>(out, x, xStep, y, yStep, length, 0);
      default:
        return mapBinary<FloorMod, i64>(out, x, xStep, y, yStep, length, 0);
    }
  }
  const double = compute == 1;
  switch (op) {
    case Binary.FMOD:
      return mapScalarBinary<Fmod>(double, out, x, xStep, y, yStep, length);
    case Binary.REMAINDER:
      return mapScalarBinary<Remainder>(double, out, x, xStep, y, yStep, length);
    case Binary.FLOOR_DIV:
      return mapScalarBinary<FloorDiv>(double, out, x, xStep, y, yStep, length);
    case Binary.FLOOR_MOD:
      return mapScalarBinary<FloorMod>(double, out, x, xStep, y, yStep, length);
    case Binary.POW:
      if (double) return mapBinary<Pow, f64>(out, x, xStep, y, yStep, length, 0);
      return mapBinary<Pow, f32>(out, x, xStep, y, yStep, length, 0);
    case Binary.ATAN2:
      return mapScalarBinary<Atan2>(double, out, x, xStep, y, yStep, length);
  }
}
