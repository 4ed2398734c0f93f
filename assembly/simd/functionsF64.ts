// Elementary functions of two f64 lanes, and float64 approximations of exp and log good enough to round to f32: wrong in about one of 2^9.
// Bounds are asserted by test/kernels/functions.test.ts.

import { fma, nfma, splatAt } from './lanes';

// One constant a row; splatAt brings it into both lanes. Polynomials were fitted by Remez exchange, weighted by the result.
// biome-ignore format: one constant a row
const TABLE: usize = memory.data<f64>([
  1.4426950408889634, // log2(e)
  0.6931471803691238, // ln 2, its leading 33 bits: products with |n| < 2^20 are exact
  1.9082149292705877e-10, // ln 2 − the above
  6755399441055744, // 1.5·2^52: adding it rounds to an integer in the low bits
  0.50000000000000111, // (e^r − 1 − r) / r², degree 0 … 9
  0.16666666666666421,
  0.041666666666527928,
  0.0083333333334866481,
  0.0013888888944272031,
  0.00019841269527610061,
  2.4801492382486792e-05,
  2.7557563966981133e-06,
  2.7630520419328083e-07,
  2.5008284929308946e-08,
  1,
  710, // e^710 overflows
  -746, // e^−746 underflows to 0
  -2,
  -40, // e^−40 is nothing beside 1
  2,
  2.2250738585072014e-308, // smallest normal
  4503599627370496, // 2^52
  52,
  0.5,
  0.66666666666666663, // (ln((1 + s) / (1 − s)) − 2s) / s³ in s², degree 0 … 7, the first exactly 2/3
  0.40000000000002267,
  0.28571428570093532,
  0.22222222521100884,
  0.18181784256691536,
  0.15386762714561816,
  0.13256686234010112,
  0.13197601058249145,
  Infinity,
  -Infinity,
  0.50000000685569312, // (e^r − 1 − r) / r² for float32, degree 0 … 5
  0.16666665897507829,
  0.04166629198152124,
  0.008333488101024791,
  0.0013944873269035379,
  0.00019796517154558254,
  0.6931471805599453, // ln 2
  0.66666665641332001, // (ln((1 + s) / (1 − s)) − 2s) / s³ for float32 in s², degree 0 … 3
  0.40000336212672627,
  0.28537238662115816,
  0.23583563446749964,
], 16);
const LOG2_E: usize = TABLE;
const LN2_HIGH: usize = TABLE + 8;
const LN2_LOW: usize = TABLE + 16;
const ROUND: usize = TABLE + 24;
const EXP: usize = TABLE + 32;
const ONE: usize = TABLE + 112;
const EXP_MAX: usize = TABLE + 120;
const EXP_MIN: usize = TABLE + 128;
const MINUS_TWO: usize = TABLE + 136;
const EXPM1_MIN: usize = TABLE + 144;
const TWO: usize = TABLE + 152;
const NORMAL: usize = TABLE + 160;
const TWO_52: usize = TABLE + 168;
const EXPONENT_52: usize = TABLE + 176;
const HALF: usize = TABLE + 184;
const LOG: usize = TABLE + 192;
const INFINITY: usize = TABLE + 256;
const MINUS_INFINITY: usize = TABLE + 264;
const EXP_SHORT: usize = TABLE + 272;
const LN2: usize = TABLE + 320;
const LOG_SHORT: usize = TABLE + 328;

// Static methods, because only methods can be declared inline.
export class F64 {
  static readonly LN2_HIGH: f64 = 0.6931471803691238;
  static readonly LN2_LOW: f64 = 1.9082149292705877e-10;

  /** 2^n for the integer in the low bits of n; −1022 ≤ n ≤ 1024. */
  @inline static power(n: v128): v128 {
    return i64x2.shl(i64x2.add(n, i64x2.splat(1023)), 52);
  }

  /** e^r − 1 for |r| ≤ ln 2 / 2. */
  @inline static expm1Short(r: v128): v128 {
    const r2 = f64x2.mul(r, r);
    const r4 = f64x2.mul(r2, r2);
    const a = fma<f64>(splatAt<f64>(EXP, 1), r, splatAt<f64>(EXP));
    const b = fma<f64>(splatAt<f64>(EXP, 3), r, splatAt<f64>(EXP, 2));
    const c = fma<f64>(splatAt<f64>(EXP, 5), r, splatAt<f64>(EXP, 4));
    const d = fma<f64>(splatAt<f64>(EXP, 7), r, splatAt<f64>(EXP, 6));
    const e = fma<f64>(splatAt<f64>(EXP, 9), r, splatAt<f64>(EXP, 8));
    const high = fma<f64>(fma<f64>(e, r4, fma<f64>(d, r2, c)), r4, fma<f64>(b, r2, a));
    return fma<f64>(high, r2, r);
  }

  /**
   * e^x.
   *
   * error   ≤ 1 ulp, results below the normal range included
   * edges   −∞ → 0, x > 709.79 → ∞, NaN → NaN
   */
  @inline static exp(x: v128): v128 {
    const bounded = f64x2.pmax(f64x2.pmin(x, splatAt<f64>(EXP_MAX)), splatAt<f64>(EXP_MIN));
    const sum = fma<f64>(bounded, splatAt<f64>(LOG2_E), splatAt<f64>(ROUND));
    const n = f64x2.sub(sum, splatAt<f64>(ROUND));
    const r = nfma<f64>(n, splatAt<f64>(LN2_LOW), nfma<f64>(n, splatAt<f64>(LN2_HIGH), bounded));
    const y = f64x2.add(F64.expm1Short(r), splatAt<f64>(ONE));
    const whole = i64x2.sub(sum, splatAt<f64>(ROUND));
    // Only the low bits matter, and x64 has no arithmetic shift of 64-bit lanes.
    const half = i32x4.shr_s(whole, 1);
    return f64x2.mul(f64x2.mul(y, F64.power(half)), F64.power(i64x2.sub(whole, half)));
  }

  /** e^x − 1 for −40 ≤ x ≤ 40, beyond as at the bounds; error ≤ 2 ulp. */
  @inline static expm1(x: v128): v128 {
    const y = f64x2.pmax(x, splatAt<f64>(EXPM1_MIN));
    const sum = fma<f64>(y, splatAt<f64>(LOG2_E), splatAt<f64>(ROUND));
    const n = f64x2.sub(sum, splatAt<f64>(ROUND));
    const r = nfma<f64>(n, splatAt<f64>(LN2_LOW), nfma<f64>(n, splatAt<f64>(LN2_HIGH), y));
    const scale = F64.power(i64x2.sub(sum, splatAt<f64>(ROUND)));
    return fma<f64>(F64.expm1Short(r), scale, f64x2.sub(scale, splatAt<f64>(ONE)));
  }

  /** ((ln((1 + s) / (1 − s)) − 2s) / s³ − 2/3) / z in z = s². */
  @inline static logSeries(z: v128): v128 {
    const z2 = f64x2.mul(z, z);
    const low = fma<f64>(
      fma<f64>(splatAt<f64>(LOG, 4), z, splatAt<f64>(LOG, 3)),
      z2,
      fma<f64>(splatAt<f64>(LOG, 2), z, splatAt<f64>(LOG, 1)),
    );
    const high = fma<f64>(splatAt<f64>(LOG, 7), z2, fma<f64>(splatAt<f64>(LOG, 6), z, splatAt<f64>(LOG, 5)));
    return fma<f64>(high, f64x2.mul(z2, z2), low);
  }

  /**
   * ln x = k · ln 2 + ln(1 + f), s = f / (2 + f), √½ ≤ 1 + f < √2.
   *
   * error   ≤ 1 ulp, arguments below the normal range included
   * edges   ±0 → −∞, negative → NaN, ∞ → ∞, NaN → NaN
   */
  @inline static log(x: v128): v128 {
    const tiny = f64x2.lt(x, splatAt<f64>(NORMAL));
    const normal = v128.bitselect(f64x2.mul(x, splatAt<f64>(TWO_52)), x, tiny);
    // The upper words hold exponent and leading bits; see F32.log.
    const bits = i64x2.add(normal, i64x2.splat((0x3ff00000 - 0x3fe6a09e) << 32));
    const words = i32x4.sub(i32x4.shr_s(bits, 20), i32x4.splat(1023));
    const exponent = f64x2.convert_low_i32x4_s(i32x4.shuffle(words, words, 1, 3, 1, 3));
    const k = f64x2.sub(exponent, v128.and(splatAt<f64>(EXPONENT_52), tiny));
    const fraction = i64x2.add(v128.and(bits, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e << 32));
    const f = f64x2.sub(fraction, splatAt<f64>(ONE));
    const s = f64x2.div(f, f64x2.add(f, splatAt<f64>(TWO)));
    const z = f64x2.mul(s, s);
    const p = f64x2.mul(z, fma<f64>(F64.logSeries(z), z, splatAt<f64>(LOG)));
    // ln(1 + f) = f − (f²/2 − s · (f²/2 + p))
    const square = f64x2.mul(splatAt<f64>(HALF), f64x2.mul(f, f));
    const tail = fma<f64>(s, f64x2.add(square, p), f64x2.mul(k, splatAt<f64>(LN2_LOW)));
    const y = f64x2.sub(f64x2.mul(k, splatAt<f64>(LN2_HIGH)), f64x2.sub(f64x2.sub(square, tail), f));
    const zero = f64x2.splat(0);
    const finite = v128.bitselect(y, x, f64x2.lt(x, splatAt<f64>(INFINITY)));
    const atZero = v128.bitselect(splatAt<f64>(MINUS_INFINITY), finite, f64x2.eq(x, zero));
    return v128.or(atZero, f64x2.lt(x, zero));
  }

  /**
   * tanh x = −t / (t + 2), t = e^(−2|x|) − 1.
   *
   * error   ≤ 3 ulp
   * edges   ±∞ → ±1, −0 → −0, NaN → NaN
   */
  @inline static tanh(x: v128): v128 {
    const t = F64.expm1(f64x2.mul(f64x2.abs(x), splatAt<f64>(MINUS_TWO)));
    const result = f64x2.div(f64x2.neg(t), f64x2.add(t, splatAt<f64>(TWO)));
    return v128.bitselect(x, result, i64x2.splat(0x8000000000000000));
  }

  /** e^x of two floats, in float64 with an error of 2^−34: no result is below the normal range of float64. */
  @inline static expOfFloats(x: v128): v128 {
    const sum = fma<f64>(x, splatAt<f64>(LOG2_E), splatAt<f64>(ROUND));
    const n = f64x2.sub(sum, splatAt<f64>(ROUND));
    const r = nfma<f64>(n, splatAt<f64>(LN2), x);
    const r2 = f64x2.mul(r, r);
    const low = fma<f64>(
      fma<f64>(splatAt<f64>(EXP_SHORT, 3), r, splatAt<f64>(EXP_SHORT, 2)),
      r2,
      fma<f64>(splatAt<f64>(EXP_SHORT, 1), r, splatAt<f64>(EXP_SHORT)),
    );
    const high = fma<f64>(splatAt<f64>(EXP_SHORT, 5), r, splatAt<f64>(EXP_SHORT, 4));
    const p = fma<f64>(high, f64x2.mul(r2, r2), low);
    const y = f64x2.add(fma<f64>(p, r2, r), splatAt<f64>(ONE));
    return f64x2.mul(y, F64.power(i64x2.sub(sum, splatAt<f64>(ROUND))));
  }

  /** ln x of two positive finite floats, in float64 with a relative error of 2^−36. */
  @inline static logOfFloats(x: v128): v128 {
    const bits = i64x2.add(x, i64x2.splat((0x3ff00000 - 0x3fe6a09e) << 32));
    const words = i32x4.sub(i32x4.shr_s(bits, 20), i32x4.splat(1023));
    const k = f64x2.convert_low_i32x4_s(i32x4.shuffle(words, words, 1, 3, 1, 3));
    const fraction = i64x2.add(v128.and(bits, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e << 32));
    const f = f64x2.sub(fraction, splatAt<f64>(ONE));
    const s = f64x2.div(f, f64x2.add(f, splatAt<f64>(TWO)));
    const z = f64x2.mul(s, s);
    const low = fma<f64>(splatAt<f64>(LOG_SHORT, 1), z, splatAt<f64>(LOG_SHORT));
    const p = fma<f64>(fma<f64>(splatAt<f64>(LOG_SHORT, 3), z, splatAt<f64>(LOG_SHORT, 2)), f64x2.mul(z, z), low);
    const y = fma<f64>(f64x2.mul(p, z), s, f64x2.add(s, s));
    return fma<f64>(k, splatAt<f64>(LN2), y);
  }
}
