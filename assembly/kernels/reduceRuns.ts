// One pass of a reduction over adjacent elements: rows of float32, float64 or int64.
//
// Sums of float32 keep at most 8 additions in float32 per lane and go on in float64, so that the error does not grow with the length:
// |sum − exact| ≤ 12 · 2^−24 · Σ|x| (reduce.test.ts). Maxima skip NaN.

import { exp, log } from '../simd/functions';
import { maxLanes, tailMask, widen } from '../simd/horizontal';
import { lanes, loadTail } from '../simd/lanes';
import { holds } from './condition';
import { Pass } from './reduceCodes';

/** Number of vector groups (of 4) whose sum stays in float32. */
const BLOCK: u32 = 8;

// What a sum adds. An operator without y is handed zeros, which the compiler drops.

@final @unmanaged
export class Linear {
  @inline hasY(): bool { return false; }
  @inline vec<T>(x: v128, y: v128): v128 { return x; }
}

@final @unmanaged
class Absolute {
  @inline hasY(): bool { return false; }
  @inline vec<T>(x: v128, y: v128): v128 { return v128.abs<T>(x); }
}

@final @unmanaged
export class Product {
  @inline hasY(): bool { return true; }
  @inline vec<T>(x: v128, y: v128): v128 { return v128.mul<T>(x, y); }
}

/** A product of x with itself, read once. */
@final @unmanaged
class Square {
  @inline hasY(): bool { return false; }
  @inline vec<T>(x: v128, y: v128): v128 { return v128.mul<T>(x, x); }
}

@final @unmanaged
export class SquaredDifference {
  @inline hasY(): bool { return true; }
  @inline vec<T>(x: v128, y: v128): v128 {
    const d = v128.sub<T>(x, y);
    return v128.mul<T>(d, d);
  }
}

/** Σ Op(x[i], y[i]). yStep is 16, or 0 where y is one vector for all. */
function sumRun<Op, T>(x: usize, y: usize, yStep: usize, length: u32): f64 {
  const zero = v128.splat<T>(<T>0);
  const pair = changetype<Op>(0).hasY();
  let carry = f64x2.splat(0);
  let a0: v128;
  while (length >= 4 * lanes<T>()) {
    let groups = min<u32>(length / (4 * lanes<T>()), BLOCK);
    length -= groups * 4 * lanes<T>();
    a0 = zero;
    let a1 = zero;
    let a2 = zero;
    let a3 = zero;
    do {
      a0 = v128.add<T>(a0, changetype<Op>(0).vec<T>(v128.load(x), pair ? v128.load(y) : zero));
      a1 = v128.add<T>(a1, changetype<Op>(0).vec<T>(v128.load(x, 16), pair ? v128.load(y + yStep) : zero));
      a2 = v128.add<T>(a2, changetype<Op>(0).vec<T>(v128.load(x, 32), pair ? v128.load(y + 2 * yStep) : zero));
      a3 = v128.add<T>(a3, changetype<Op>(0).vec<T>(v128.load(x, 48), pair ? v128.load(y + 3 * yStep) : zero));
      x += 64;
      y += 4 * yStep;
    } while (--groups);
    carry = f64x2.add(carry, widen<T>(v128.add<T>(v128.add<T>(a0, a1), v128.add<T>(a2, a3))));
  }
  a0 = zero;
  for (; length >= lanes<T>(); length -= lanes<T>(), x += 16, y += yStep) {
    a0 = v128.add<T>(a0, changetype<Op>(0).vec<T>(v128.load(x), pair ? v128.load(y) : zero));
  }
  if (length != 0) {
    const b = pair ? (yStep == 0 ? v128.load(y) : loadTail<T>(y, length)) : zero;
    a0 = v128.add<T>(a0, v128.and(changetype<Op>(0).vec<T>(loadTail<T>(x, length), b), tailMask<T>(length)));
  }
  carry = f64x2.add(carry, widen<T>(a0));
  return f64x2.extract_lane(carry, 0) + f64x2.extract_lane(carry, 1);
}

/** The largest (x[i] & and) ^ xor, −∞ where all are NaN: minima flip the sign, absolute values clear it. */
export function maxRun<T>(x: usize, length: u32, and: v128, xor: v128): T {
  const lowest = v128.splat<T>(<T>-Infinity);
  let a0 = lowest;
  let a1 = lowest;
  let a2 = lowest;
  let a3 = lowest;
  for (; length >= 4 * lanes<T>(); length -= 4 * lanes<T>(), x += 64) {
    a0 = v128.pmax<T>(a0, v128.xor(v128.and(v128.load(x), and), xor));
    a1 = v128.pmax<T>(a1, v128.xor(v128.and(v128.load(x, 16), and), xor));
    a2 = v128.pmax<T>(a2, v128.xor(v128.and(v128.load(x, 32), and), xor));
    a3 = v128.pmax<T>(a3, v128.xor(v128.and(v128.load(x, 48), and), xor));
  }
  for (; length >= lanes<T>(); length -= lanes<T>(), x += 16) {
    a0 = v128.pmax<T>(a0, v128.xor(v128.and(v128.load(x), and), xor));
  }
  if (length != 0) {
    const last = v128.xor(v128.and(loadTail<T>(x, length), and), xor);
    a0 = v128.pmax<T>(a0, v128.bitselect(last, lowest, tailMask<T>(length)));
  }
  return maxLanes<T>(v128.pmax<T>(v128.pmax<T>(a0, a1), v128.pmax<T>(a2, a3)));
}

/** All bits, or all but the sign where absolute values are asked for. */
// @ts-ignore: decorator
@inline
export function andMask<T>(absolute: bool): v128 {
  return v128.not(absolute ? signBits<T>() : i32x4.splat(0));
}

/** The sign bit of each lane. */
// @ts-ignore: decorator
@inline
export function signBits<T>(): v128 {
  return v128.splat<T>(<T>-0.0);
}

/** ln x of one number. */
export function logOf(x: f64): f64 {
  return f64x2.extract_lane(log<f64>(f64x2.splat(x)), 0);
}

function expOf(x: f64): f64 {
  return f64x2.extract_lane(exp<f64>(f64x2.splat(x)), 0);
}

// Rare passes, one element at a time in float64: next(total, x, y, …) is the new total.

@final @unmanaged
class Prod { @inline next(total: f64, x: f64, y: f64): f64 { return total * x; } }

/** In order, and NaN counts until the next element: ND4J's norm of infinity is `a > b ? a : b` along the row. */
@final @unmanaged
class NormMax { @inline next(total: f64, x: f64, y: f64): f64 { return total > abs(x) ? total : abs(x); } }

@final @unmanaged
class NonZero { @inline next(total: f64, x: f64, y: f64): f64 { return total + f64(x != 0); } }

@final @unmanaged
class XLogX { @inline next(total: f64, x: f64, y: f64): f64 { return total + x * logOf(x); } }

@final @unmanaged
class NotEqual { @inline next(total: f64, x: f64, y: f64): f64 { return total + f64(x != y); } }

@final @unmanaged
class Lesser { @inline next(total: f64, x: f64, y: f64): f64 { return total + (x < y ? x : y); } }

@final @unmanaged
class Greater { @inline next(total: f64, x: f64, y: f64): f64 { return total + (x > y ? x : y); } }

@final @unmanaged
class AbsDifference { @inline next(total: f64, x: f64, y: f64): f64 { return total + abs(x - y); } }

function scalarRun<Op>(x: usize, y: usize, length: u32, total: f64): f64 {
  for (; length != 0; length--, x += 8, y += 8) total = changetype<Op>(0).next(total, load<f64>(x), load<f64>(y));
  return total;
}

function expRun(x: usize, shift: f64, length: u32, total: f64): f64 {
  for (; length != 0; length--, x += 8) total += expOf(load<f64>(x) - shift);
  return total;
}

function matchRun(condition: i32, x: usize, length: u32, total: f64, value: f64, eps: f64): f64 {
  for (; length != 0; length--, x += 8) total += f64(holds(condition, load<f64>(x), value, eps));
  return total;
}

/** Adds elements one by one to the mean, the sum of squared deviations and the count at `state`, as ND4J does, and returns the second. */
function welfordRun<T>(x: usize, state: usize, length: u32): f64 {
  let mean = load<f64>(state);
  let squares = load<f64>(state, 8);
  let count = load<f64>(state, 16);
  for (; length != 0; length--, x += sizeof<T>(), count++) {
    const value = <f64>load<T>(x);
    if (count == 0) {
      mean = value;
      continue;
    }
    const delta = value - mean;
    squares += (delta * delta * count) / (count + 1);
    mean += delta / (count + 1);
  }
  store<f64>(state, mean);
  store<f64>(state, squares, 8);
  store<f64>(state, count, 16);
  return squares;
}

/**
 * The total after `length` more elements of a pass that exists in both types. Maxima are those of (x & and) ^ xor: the caller flips
 * minima back. y of DEVIATION is one vector, y of WELFORD its state.
 */
export function floatRun<T>(pass: i32, x: usize, y: usize, length: u32, total: f64): f64 {
  const none = i32x4.splat(0);
  switch (pass) {
    case Pass.SUM: return total + sumRun<Linear, T>(x, x, 16, length);
    case Pass.PRODUCT: return total + (x == y ? sumRun<Square, T>(x, x, 16, length) : sumRun<Product, T>(x, y, 16, length));
    case Pass.SQUARED_DIFFERENCE:
    case Pass.DEVIATION: return total + sumRun<SquaredDifference, T>(x, y, pass == Pass.DEVIATION ? 0 : 16, length);
    case Pass.WELFORD: return welfordRun<T>(x, y, length);
    default: {
      const negative = pass == Pass.MIN || pass == Pass.ABS_MIN;
      const most = <f64>maxRun<T>(x, length, andMask<T>(pass >= Pass.ABS_MAX), negative ? signBits<T>() : none);
      return most > total ? most : total;
    }
  }
}

/** The total after `length` more elements of any pass, in float64. p0 … p2: the shift of EXP; condition, value and eps of MATCHES. */
export function doubleRun(pass: i32, x: usize, y: usize, length: u32, total: f64, p0: f64, p1: f64, p2: f64): f64 {
  switch (pass) {
    case Pass.ABS: return total + sumRun<Absolute, f64>(x, x, 16, length);
    case Pass.ABS_DIFFERENCE: return scalarRun<AbsDifference>(x, y, length, total);
    case Pass.PROD: return scalarRun<Prod>(x, x, length, total);
    case Pass.NORM_MAX: return scalarRun<NormMax>(x, x, length, total);
    case Pass.NON_ZERO: return scalarRun<NonZero>(x, x, length, total);
    case Pass.X_LOG_X: return scalarRun<XLogX>(x, x, length, total);
    case Pass.NOT_EQUAL: return scalarRun<NotEqual>(x, y, length, total);
    case Pass.LESSER: return scalarRun<Lesser>(x, y, length, total);
    case Pass.GREATER: return scalarRun<Greater>(x, y, length, total);
    case Pass.EXP: return expRun(x, p0, length, total);
    case Pass.MATCHES: return matchRun(<i32>p0, x, length, total, p1, p2);
    default: return floatRun<f64>(pass, x, y, length, total);
  }
}

/** The same on int64, wrapping. `bias` is the sign bit for UINT64, whose order differs, otherwise 0. */
export function intRun(pass: i32, x: usize, length: u32, total: i64, bias: i64): i64 {
  for (; length != 0; length--, x += 8) {
    const value = load<i64>(x);
    switch (pass) {
      case Pass.SUM: total += value; break;
      case Pass.PROD: total *= value; break;
      case Pass.MAX: total = max(total, value ^ bias); break;
      case Pass.MIN: total = min(total, value ^ bias); break;
      case Pass.ABS_MAX: total = max(total, value < 0 ? -value : value); break;
      default: total = min(total, value < 0 ? -value : value);
    }
  }
  return total;
}
