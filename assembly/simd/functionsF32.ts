// Elementary functions of four f32 lanes for the inner loops: branch-free, NaN and infinities kept.
// Bounds are asserted by test/kernels/functions.test.ts over the whole range of finite results.
// Constants lie in memory: V8 rebuilds a v128 constant with three instructions at every use, a load is one.

import { fma, nfma } from './lanes';

// Each row: one constant for all lanes. Polynomials were fitted by Remez exchange, weighted by the result.
// biome-ignore format: one constant a row
const TABLE: usize = memory.data<f32>([
  1.44269504, 1.44269504, 1.44269504, 1.44269504, // log2(e)
  0.693359375, 0.693359375, 0.693359375, 0.693359375, // ln 2, its leading 9 bits: products with |n| < 2^15 are exact
  -2.12194440e-4, -2.12194440e-4, -2.12194440e-4, -2.12194440e-4, // ln 2 − the above
  12583039, 12583039, 12583039, 12583039, // 1.5·2^23 + 127: adding it rounds to an integer in the low bits, biased like an exponent
  0.499999935, 0.499999935, 0.499999935, 0.499999935, // (e^r − 1 − r) / r², degree 0 … 4
  0.166665197, 0.166665197, 0.166665197, 0.166665197,
  0.0416683373, 0.0416683373, 0.0416683373, 0.0416683373,
  0.00836883486, 0.00836883486, 0.00836883486, 0.00836883486,
  0.00138191371, 0.00138191371, 0.00138191371, 0.00138191371,
  1, 1, 1, 1,
  89, 89, 89, 89, // e^89 overflows
  -104, -104, -104, -104, // e^−104 underflows to 0
  -2, -2, -2, -2,
  -40, -40, -40, -40, // tanh(20) rounds to 1
  2, 2, 2, 2,
  1.17549435e-38, 1.17549435e-38, 1.17549435e-38, 1.17549435e-38, // smallest normal
  8388608, 8388608, 8388608, 8388608, // 2^23
  12583166, 12583166, 12583166, 12583166, // 1.5·2^23 + 2 · 127
  0.5, 0.5, 0.5, 0.5,
  0.333333126, 0.333333126, 0.333333126, 0.333333126, // (ln(1 + f) − f + f²/2) / f³, degree 0 … 8
  -0.250000096, -0.250000096, -0.250000096, -0.250000096,
  0.200021187, 0.200021187, 0.200021187, 0.200021187,
  -0.166679959, -0.166679959, -0.166679959, -0.166679959,
  0.142195525, 0.142195525, 0.142195525, 0.142195525,
  -0.124055883, -0.124055883, -0.124055883, -0.124055883,
  0.118881604, 0.118881604, 0.118881604, 0.118881604,
  -0.116756551, -0.116756551, -0.116756551, -0.116756551,
  0.067466489, 0.067466489, 0.067466489, 0.067466489,
  0.128379166764, 0.128379166764, 0.128379166764, 0.128379166764, // erf(x) / x − 1 in x², |x| ≤ 0.9, degree 0 … 6
  -0.37612635, -0.37612635, -0.37612635, -0.37612635,
  0.11283715, 0.11283715, 0.11283715, 0.11283715,
  -0.0268605085, -0.0268605085, -0.0268605085, -0.0268605085,
  0.00520385916, 0.00520385916, 0.00520385916, 0.00520385916,
  -0.000817563921, -0.000817563921, -0.000817563921, -0.000817563921,
  8.51310358e-05, 8.51310358e-05, 8.51310358e-05, 8.51310358e-05,
  -0.000169202742, -0.000169202742, -0.000169202742, -0.000169202742, // −ln(1 − erf(x)), 0.9 ≤ x ≤ 4, degree 0 … 7
  1.12948839, 1.12948839, 1.12948839, 1.12948839,
  0.633400877, 0.633400877, 0.633400877, 0.633400877,
  0.108220354, 0.108220354, 0.108220354, 0.108220354,
  -0.0250805962, -0.0250805962, -0.0250805962, -0.0250805962,
  0.0041562469, 0.0041562469, 0.0041562469, 0.0041562469,
  -0.000431391851, -0.000431391851, -0.000431391851, -0.000431391851,
  2.08284657e-05, 2.08284657e-05, 2.08284657e-05, 2.08284657e-05,
  0.9, 0.9, 0.9, 0.9,
  4, 4, 4, 4,
  Infinity, Infinity, Infinity, Infinity,
  -Infinity, -Infinity, -Infinity, -Infinity,
  -87.3365448, -87.3365448, -87.3365448, -87.3365448, // below, e^x is not normal
  -0.0, -0.0, -0.0, -0.0,
  127, 127, 127, 127,
  150, 150, 150, 150,
], 16);
const LOG2_E: usize = TABLE;
const LN2_HIGH: usize = TABLE + 16;
const LN2_LOW: usize = TABLE + 32;
const ROUND: usize = TABLE + 48;
const EXP: usize = TABLE + 64;
const ONE: usize = TABLE + 144;
const EXP_MAX: usize = TABLE + 160;
const EXP_MIN: usize = TABLE + 176;
const MINUS_TWO: usize = TABLE + 192;
const TANH_MIN: usize = TABLE + 208;
const TWO: usize = TABLE + 224;
const NORMAL: usize = TABLE + 240;
const TWO_23: usize = TABLE + 256;
const ROUND_TWICE: usize = TABLE + 272;
const HALF: usize = TABLE + 288;
const LOG: usize = TABLE + 304;
const ERF: usize = TABLE + 448;
const ERF_LARGE: usize = TABLE + 560;
const ERF_SPLIT: usize = TABLE + 688;
const ERF_MAX: usize = TABLE + 704;
const INFINITY: usize = TABLE + 720;
const MINUS_INFINITY: usize = TABLE + 736;
const NEGATIVE_MIN: usize = TABLE + 752;
const SIGN: usize = TABLE + 768;
const BIAS: usize = TABLE + 784;
const BIAS_23: usize = TABLE + 800;

// biome-ignore format: one constant a row
const BITS: usize = memory.data<i32>([
  0x3f3504f3, 0x3f3504f3, 0x3f3504f3, 0x3f3504f3, // √½
  0x004afb0d, 0x004afb0d, 0x004afb0d, 0x004afb0d, // 1 − √½
  0x007fffff, 0x007fffff, 0x007fffff, 0x007fffff, // the fraction
], 16);

// Static methods, because only methods can be declared inline.
export class F32 {
  /** 2^n from n + ROUND, −126 ≤ n ≤ 127: the bits above the biased exponent are shifted out. */
  @inline static power(sum: v128): v128 {
    return i32x4.shl(sum, 23);
  }

  /** e^r − 1 for |r| ≤ ln 2 / 2. */
  @inline static expm1Short(r: v128): v128 {
    const r2 = f32x4.mul(r, r);
    const high = fma<f32>(v128.load(EXP, 64), r2, fma<f32>(v128.load(EXP, 48), r, v128.load(EXP, 32)));
    return fma<f32>(fma<f32>(high, r2, fma<f32>(v128.load(EXP, 16), r, v128.load(EXP))), r2, r);
  }

  /**
   * e^x = 2^n · e^r with n = round(x / ln 2).
   *
   * error   ≤ 1 ulp, results below the normal range included
   * edges   −∞ → 0, x > 88.73 → ∞, NaN → NaN
   */
  @inline static exp(x: v128): v128 {
    // pmin and pmax are one instruction each and keep an x that is NaN.
    const bounded = f32x4.pmax(f32x4.pmin(x, v128.load(EXP_MAX)), v128.load(EXP_MIN));
    const sum = fma<f32>(bounded, v128.load(LOG2_E), v128.load(ROUND_TWICE));
    const n = f32x4.sub(sum, v128.load(ROUND_TWICE));
    const r = nfma<f32>(n, v128.load(LN2_LOW), nfma<f32>(n, v128.load(LN2_HIGH), bounded));
    const y = f32x4.add(F32.expm1Short(r), v128.load(ONE));
    // 2^n in two factors, so that results below 2^−126 and n = 128 come out right; each half keeps one bias.
    const half = i32x4.shr_u(sum, 1);
    return f32x4.mul(f32x4.mul(y, F32.power(half)), F32.power(i32x4.sub(sum, half)));
  }

  /**
   * e^x for x ≤ 0, cheaper than exp: results below the normal range are 0.
   *
   * error   ≤ 1 ulp
   * edges   −∞ and x < −87.33 → 0, NaN → NaN
   */
  @inline static expNegative(x: v128): v128 {
    const tiny = f32x4.lt(x, v128.load(NEGATIVE_MIN));
    const sum = fma<f32>(x, v128.load(LOG2_E), v128.load(ROUND));
    const n = f32x4.sub(sum, v128.load(ROUND));
    const r = nfma<f32>(n, v128.load(LN2_LOW), nfma<f32>(n, v128.load(LN2_HIGH), x));
    const y = f32x4.add(F32.expm1Short(r), v128.load(ONE));
    return v128.andnot(f32x4.mul(y, F32.power(sum)), tiny);
  }

  /**
   * ln x = k · ln 2 + ln(1 + f), √½ ≤ 1 + f < √2.
   *
   * error   ≤ 1 ulp, arguments below the normal range included
   * edges   ±0 → −∞, negative → NaN, ∞ → ∞, NaN → NaN
   */
  @inline static log(x: v128): v128 {
    const tiny = f32x4.lt(x, v128.load(NORMAL));
    const normal = v128.bitselect(f32x4.mul(x, v128.load(TWO_23)), x, tiny);
    // Adding the distance from √½ to 1 carries into the exponent exactly when the fraction is at least √2.
    const bits = i32x4.add(normal, v128.load(BITS, 16));
    const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
    const k = f32x4.sub(exponent, v128.bitselect(v128.load(BIAS_23), v128.load(BIAS), tiny));
    const fraction = i32x4.add(v128.and(bits, v128.load(BITS, 32)), v128.load(BITS));
    const f = f32x4.sub(fraction, v128.load(ONE));
    const f2 = f32x4.mul(f, f);
    const f4 = f32x4.mul(f2, f2);
    const low = fma<f32>(
      fma<f32>(v128.load(LOG, 80), f, v128.load(LOG, 64)),
      f2,
      fma<f32>(v128.load(LOG, 48), f, v128.load(LOG, 32)),
    );
    const high = fma<f32>(v128.load(LOG, 128), f2, fma<f32>(v128.load(LOG, 112), f, v128.load(LOG, 96)));
    const p = fma<f32>(fma<f32>(high, f4, low), f2, fma<f32>(v128.load(LOG, 16), f, v128.load(LOG)));
    let tail = fma<f32>(k, v128.load(LN2_LOW), f32x4.mul(p, f32x4.mul(f2, f)));
    tail = nfma<f32>(f2, v128.load(HALF), tail);
    const y = fma<f32>(k, v128.load(LN2_HIGH), f32x4.add(f, tail));
    return F32.logEdges(x, y);
  }

  /** y, corrected where x has no finite logarithm. */
  @inline static logEdges(x: v128, y: v128): v128 {
    const zero = f32x4.splat(0);
    const finite = v128.bitselect(y, x, f32x4.lt(x, v128.load(INFINITY)));
    const atZero = v128.bitselect(v128.load(MINUS_INFINITY), finite, f32x4.eq(x, zero));
    return v128.or(atZero, f32x4.lt(x, zero));
  }

  /**
   * tanh x = −t / (t + 2), t = e^(−2|x|) − 1.
   *
   * error   ≤ 3 ulp
   * edges   ±∞ → ±1, −0 → −0, NaN → NaN
   */
  @inline static tanh(x: v128): v128 {
    const size = f32x4.abs(x);
    const y = f32x4.pmax(f32x4.mul(size, v128.load(MINUS_TWO)), v128.load(TANH_MIN));
    const sum = fma<f32>(y, v128.load(LOG2_E), v128.load(ROUND));
    const n = f32x4.sub(sum, v128.load(ROUND));
    const r = nfma<f32>(n, v128.load(LN2_LOW), nfma<f32>(n, v128.load(LN2_HIGH), y));
    const scale = F32.power(sum);
    const t = fma<f32>(F32.expm1Short(r), scale, f32x4.sub(scale, v128.load(ONE)));
    const result = f32x4.div(f32x4.neg(t), f32x4.add(t, v128.load(TWO)));
    return v128.bitselect(x, result, v128.load(SIGN));
  }

  /**
   * 1 / (1 + e^−x), and e^x / (1 + e^x) below 0.
   *
   * error   ≤ 2.5 ulp
   * edges   −∞ and x < −87.33 → 0, ∞ → 1, NaN → NaN
   */
  @inline static sigmoid(x: v128): v128 {
    const e = F32.expNegative(v128.or(x, v128.load(SIGN)));
    const above = v128.bitselect(e, v128.load(ONE), f32x4.lt(x, f32x4.splat(0)));
    return f32x4.div(above, f32x4.add(e, v128.load(ONE)));
  }

  /**
   * erf x = x + x · P(x²) up to 0.9, 1 − e^−Q(x) beyond.
   *
   * error   ≤ 2 ulp
   * edges   ±∞ → ±1, −0 → −0, NaN → NaN
   */
  @inline static erf(x: v128): v128 {
    const size = f32x4.abs(x);
    const z = f32x4.mul(x, x);
    const z2 = f32x4.mul(z, z);
    const smallHigh = fma<f32>(v128.load(ERF, 96), z2, fma<f32>(v128.load(ERF, 80), z, v128.load(ERF, 64)));
    const smallMiddle = fma<f32>(smallHigh, z2, fma<f32>(v128.load(ERF, 48), z, v128.load(ERF, 32)));
    const small = fma<f32>(smallMiddle, z2, fma<f32>(v128.load(ERF, 16), z, v128.load(ERF)));
    const y = f32x4.pmin(size, v128.load(ERF_MAX));
    const y2 = f32x4.mul(y, y);
    const high = fma<f32>(
      fma<f32>(v128.load(ERF_LARGE, 112), y, v128.load(ERF_LARGE, 96)),
      y2,
      fma<f32>(v128.load(ERF_LARGE, 80), y, v128.load(ERF_LARGE, 64)),
    );
    const low = fma<f32>(
      fma<f32>(v128.load(ERF_LARGE, 48), y, v128.load(ERF_LARGE, 32)),
      y2,
      fma<f32>(v128.load(ERF_LARGE, 16), y, v128.load(ERF_LARGE)),
    );
    const q = fma<f32>(high, f32x4.mul(y2, y2), low);
    const large = f32x4.sub(v128.load(ONE), F32.expNegative(f32x4.neg(q)));
    const signed = v128.bitselect(x, large, v128.load(SIGN));
    return v128.bitselect(fma<f32>(x, small, x), signed, f32x4.lt(size, v128.load(ERF_SPLIT)));
  }
}
