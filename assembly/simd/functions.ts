// Elementary functions on lanes of T, calls instead of inlined code: for operators where a few nanoseconds do not matter.
// f32 goes through float64, so that results are those of correctly rounded float functions, step by step as DL4J computes.

import { powOf } from './elementary';
import { F32 } from './functionsF32';
import { F64 } from './functionsF64';

/** e^x: correctly rounded for f32 but for one in 2^9, ≤ 1 ulp for f64. */
export function exp<T>(x: v128): v128 {
  if (sizeof<T>() == 8) return F64.exp(x);
  // Bounds keep the exponent in range; beyond them float results are 0 and ∞ anyway.
  const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(200)), f32x4.splat(-200));
  const low = F64.expOfFloats(f64x2.promote_low_f32x4(bounded));
  const high = F64.expOfFloats(f64x2.promote_low_f32x4(upper(bounded)));
  return join(low, high);
}

/** ln x: correctly rounded for f32 but for one in 2^9, ≤ 1 ulp for f64. */
export function log<T>(x: v128): v128 {
  if (sizeof<T>() == 8) return F64.log(x);
  const low = F64.logOfFloats(f64x2.promote_low_f32x4(x));
  const high = F64.logOfFloats(f64x2.promote_low_f32x4(upper(x)));
  return F32.logEdges(x, join(low, high));
}

/** tanh x: ≤ 3 ulp. */
export function tanh<T>(x: v128): v128 {
  if (sizeof<T>() == 8) return F64.tanh(x);
  return F32.tanh(x);
}

/** 1 / (1 + e^−x). */
export function sigmoid<T>(x: v128): v128 {
  const one = v128.splat<T>(1);
  return v128.div<T>(one, v128.add<T>(one, exp<T>(v128.neg<T>(x))));
}

/** e^(y · ln x) of two floats each, x > 0 and finite. */
function powOfPairs(x: v128, y: v128): v128 {
  const power = f64x2.mul(f64x2.promote_low_f32x4(y), F64.logOfFloats(f64x2.promote_low_f32x4(x)));
  return F64.expOfFloats(f64x2.pmax(f64x2.pmin(power, f64x2.splat(200)), f64x2.splat(-200)));
}

/** x^y of four floats, correctly rounded but for one in 2^5; see powOf for the edges. */
export function powOfFloats(x: v128, y: v128): v128 {
  const limit = f32x4.splat(Infinity);
  const isPlain = v128.and(f32x4.gt(x, f32x4.splat(0)), v128.and(f32x4.lt(x, limit), f32x4.lt(f32x4.abs(y), limit)));
  if (i32x4.all_true(isPlain)) return join(powOfPairs(x, y), powOfPairs(upper(x), upper(y)));
  return f32x4(
    <f32>powOf(f32x4.extract_lane(x, 0), f32x4.extract_lane(y, 0)),
    <f32>powOf(f32x4.extract_lane(x, 1), f32x4.extract_lane(y, 1)),
    <f32>powOf(f32x4.extract_lane(x, 2), f32x4.extract_lane(y, 2)),
    <f32>powOf(f32x4.extract_lane(x, 3), f32x4.extract_lane(y, 3)),
  );
}

/** The upper two f32 lanes, below. */
// @ts-ignore: decorator
@inline
function upper(x: v128): v128 {
  return i64x2.shuffle(x, x, 1, 1);
}

/** Four f32 lanes of twice two f64. */
// @ts-ignore: decorator
@inline
function join(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}
