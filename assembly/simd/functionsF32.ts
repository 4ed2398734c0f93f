// Elementary functions of four f32 lanes for the inner loops: branch-free, NaN and infinities kept.
// Bounds are asserted by test/kernels/functions.test.ts over the whole range of finite results.
// Constants lie in memory: V8 rebuilds a v128 constant with three instructions at every use, a load is one.

import { fma, nfma, splatAt } from './lanes';

// One constant a row; splatAt brings it into all lanes. Polynomials were fitted by Remez exchange, weighted by the result.
// biome-ignore format: one constant a row
const TABLE: usize = memory.data<f32>([
  1.44269504, // log2(e)
  0.693359375, // ln 2, its leading 9 bits: products with |n| < 2^15 are exact
  -2.12194440e-4, // ln 2 − the above
  12583039, // 1.5·2^23 + 127: adding it rounds to an integer in the low bits, biased like an exponent
  0.499999935, // (e^r − 1 − r) / r², degree 0 … 4
  0.166665197,
  0.0416683373,
  0.00836883486,
  0.00138191371,
  1,
  89, // e^89 overflows
  -104, // e^−104 underflows to 0
  88.7228394, // 128 · ln 2
  -40, // tanh(20) rounds to 1
  2,
  1.17549435e-38, // smallest normal
  8388608, // 2^23
  12583166, // 1.5·2^23 + 2 · 127
  0.5,
  0.333333126, // (ln(1 + f) − f + f²/2) / f³, degree 0 … 8
  -0.250000096,
  0.200021187,
  -0.166679959,
  0.142195525,
  -0.124055883,
  0.118881604,
  -0.116756551,
  0.067466489,
  0.128379166764, // erf(x) / x − 1 in x², |x| ≤ 0.9, degree 0 … 6
  -0.37612635,
  0.11283715,
  -0.0268605085,
  0.00520385916,
  -0.000817563921,
  8.51310358e-05,
  0.000169202742, // ln(1 − erf(x)), 0.9 ≤ x ≤ 4, degree 0 … 7
  -1.12948839,
  -0.633400877,
  -0.108220354,
  0.0250805962,
  -0.0041562469,
  0.000431391851,
  -2.08284657e-05,
  0.9,
  4,
  Infinity,
  -Infinity,
  -87.3365448, // below, e^x is not normal
  -0.0,
  127,
  150,
  -88.0296921, // −127 · ln 2
], 16);
const LOG2_E: usize = TABLE;
const LN2_HIGH: usize = TABLE + 4;
const LN2_LOW: usize = TABLE + 8;
const ROUND: usize = TABLE + 12;
const EXP: usize = TABLE + 16;
const ONE: usize = TABLE + 36;
const EXP_MAX: usize = TABLE + 40;
const EXP_MIN: usize = TABLE + 44;
const SIGMOID_MAX: usize = TABLE + 48;
const TANH_MIN: usize = TABLE + 52;
const TWO: usize = TABLE + 56;
const NORMAL: usize = TABLE + 60;
const TWO_23: usize = TABLE + 64;
const ROUND_TWICE: usize = TABLE + 68;
const HALF: usize = TABLE + 72;
const LOG: usize = TABLE + 76;
const ERF: usize = TABLE + 112;
const ERF_LARGE: usize = TABLE + 140;
const ERF_SPLIT: usize = TABLE + 172;
const ERF_MAX: usize = TABLE + 176;
const INFINITY: usize = TABLE + 180;
const MINUS_INFINITY: usize = TABLE + 184;
const NEGATIVE_MIN: usize = TABLE + 188;
const SIGN: usize = TABLE + 192;
const BIAS: usize = TABLE + 196;
const BIAS_23: usize = TABLE + 200;
const SIGMOID_MIN: usize = TABLE + 204;

// biome-ignore format: one constant a row
const BITS: usize = memory.data<i32>([
  0x3f3504f3, // √½
  0x004afb0d, // 1 − √½
  0x007fffff, // the fraction
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
    const high = fma<f32>(splatAt<f32>(EXP, 4), r2, fma<f32>(splatAt<f32>(EXP, 3), r, splatAt<f32>(EXP, 2)));
    return fma<f32>(fma<f32>(high, r2, fma<f32>(splatAt<f32>(EXP, 1), r, splatAt<f32>(EXP))), r2, r);
  }

  /** n + round for n = x / ln 2, rounded by `round` (ROUND or ROUND_TWICE), whose bias it keeps. */
  @inline static sum(x: v128, round: v128): v128 {
    return fma<f32>(x, splatAt<f32>(LOG2_E), round);
  }

  /** r = x − n · ln 2. */
  @inline static rest(x: v128, sum: v128, round: v128): v128 {
    const n = f32x4.sub(sum, round);
    return nfma<f32>(n, splatAt<f32>(LN2_LOW), nfma<f32>(n, splatAt<f32>(LN2_HIGH), x));
  }

  /** e^r · power. */
  @inline static scaled(r: v128, power: v128): v128 {
    return f32x4.mul(f32x4.add(F32.expm1Short(r), splatAt<f32>(ONE)), power);
  }

  /**
   * The two halves (map.ts, mapHalves) of e^x = 2^n · e^r with n = round(x / ln 2).
   *
   * error   ≤ 1 ulp, results below the normal range included
   * edges   −∞ → 0, x > 88.73 → ∞, NaN → NaN
   */
  @inline static expFirst(out: usize, kept: usize, x: v128): void {
    // pmin and pmax are one instruction each and keep an x that is NaN.
    const bounded = f32x4.pmax(f32x4.pmin(x, splatAt<f32>(EXP_MAX)), splatAt<f32>(EXP_MIN));
    const sum = F32.sum(bounded, splatAt<f32>(ROUND_TWICE));
    v128.store(out, F32.rest(bounded, sum, splatAt<f32>(ROUND_TWICE)));
    v128.store(kept, sum);
  }

  @inline static expSecond(r: v128, kept: usize): v128 {
    // 2^n in two factors, so that results below 2^−126 and n = 128 come out right; each half keeps one bias.
    const sum = v128.load(kept);
    const half = i32x4.shr_u(sum, 1);
    return f32x4.mul(F32.scaled(r, F32.power(half)), F32.power(i32x4.sub(sum, half)));
  }

  /**
   * e^x for x ≤ 0, cheaper than exp: results below the normal range are 0.
   *
   * error   ≤ 1 ulp
   * edges   −∞ and x < −87.33 → 0, NaN → NaN
   */
  @inline static expNegative(x: v128): v128 {
    const tiny = f32x4.lt(x, splatAt<f32>(NEGATIVE_MIN));
    const sum = F32.sum(x, splatAt<f32>(ROUND));
    const r = F32.rest(x, sum, splatAt<f32>(ROUND));
    return v128.andnot(F32.scaled(r, F32.power(sum)), tiny);
  }

  /** The first half (map.ts, mapHalves) of expNegative; `scaled` is the second. */
  @inline static expNegativeFirst(out: usize, kept: usize, x: v128): void {
    // Bounded, so that r is finite: it meets a power of 0.
    const bounded = f32x4.pmax(x, splatAt<f32>(NEGATIVE_MIN));
    const sum = F32.sum(bounded, splatAt<f32>(ROUND));
    v128.store(out, F32.rest(bounded, sum, splatAt<f32>(ROUND)));
    v128.store(kept, v128.andnot(F32.power(sum), f32x4.lt(x, splatAt<f32>(NEGATIVE_MIN))));
  }

  /**
   * ln x = k · ln 2 + ln(1 + f), √½ ≤ 1 + f < √2.
   *
   * error   ≤ 1 ulp, arguments below the normal range included
   * edges   ±0 → −∞, negative → NaN, ∞ → ∞, NaN → NaN
   */
  @inline static log(x: v128): v128 {
    const tiny = f32x4.lt(x, splatAt<f32>(NORMAL));
    const normal = v128.bitselect(f32x4.mul(x, splatAt<f32>(TWO_23)), x, tiny);
    // Adding the distance from √½ to 1 carries into the exponent exactly when the fraction is at least √2.
    const bits = i32x4.add(normal, splatAt<i32>(BITS, 1));
    const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
    const k = f32x4.sub(exponent, v128.bitselect(splatAt<f32>(BIAS_23), splatAt<f32>(BIAS), tiny));
    const fraction = i32x4.add(v128.and(bits, splatAt<i32>(BITS, 2)), splatAt<i32>(BITS));
    const f = f32x4.sub(fraction, splatAt<f32>(ONE));
    const f2 = f32x4.mul(f, f);
    const f4 = f32x4.mul(f2, f2);
    const low = fma<f32>(
      fma<f32>(splatAt<f32>(LOG, 5), f, splatAt<f32>(LOG, 4)),
      f2,
      fma<f32>(splatAt<f32>(LOG, 3), f, splatAt<f32>(LOG, 2)),
    );
    const high = fma<f32>(splatAt<f32>(LOG, 8), f2, fma<f32>(splatAt<f32>(LOG, 7), f, splatAt<f32>(LOG, 6)));
    const p = fma<f32>(fma<f32>(high, f4, low), f2, fma<f32>(splatAt<f32>(LOG, 1), f, splatAt<f32>(LOG)));
    let tail = fma<f32>(k, splatAt<f32>(LN2_LOW), f32x4.mul(p, f32x4.mul(f2, f)));
    tail = nfma<f32>(f2, splatAt<f32>(HALF), tail);
    const y = fma<f32>(k, splatAt<f32>(LN2_HIGH), f32x4.add(f, tail));
    return F32.logEdges(x, y);
  }

  /** y, corrected where x has no finite logarithm. */
  @inline static logEdges(x: v128, y: v128): v128 {
    const zero = f32x4.splat(0);
    const finite = v128.bitselect(y, x, f32x4.lt(x, splatAt<f32>(INFINITY)));
    const atZero = v128.bitselect(splatAt<f32>(MINUS_INFINITY), finite, f32x4.eq(x, zero));
    return v128.or(atZero, f32x4.lt(x, zero));
  }

  /**
   * tanh x = −t / (t + 2), t = e^(−2|x|) − 1.
   *
   * error   ≤ 3 ulp
   * edges   ±∞ → ±1, −0 → −0, NaN → NaN
   */
  @inline static tanh(x: v128): v128 {
    const y = F32.tanhArgument(x);
    const sum = F32.sum(y, splatAt<f32>(ROUND));
    return F32.tanhOf(F32.rest(y, sum, splatAt<f32>(ROUND)), F32.power(sum), x);
  }

  @inline static tanhFirst(out: usize, kept: usize, x: v128): void {
    const y = F32.tanhArgument(x);
    const sum = F32.sum(y, splatAt<f32>(ROUND));
    v128.store(out, F32.rest(y, sum, splatAt<f32>(ROUND)));
    v128.store(kept, v128.or(F32.power(sum), v128.and(x, splatAt<f32>(SIGN))));
  }

  @inline static tanhSecond(r: v128, kept: usize): v128 {
    const signed = v128.load(kept);
    return F32.tanhOf(r, v128.andnot(signed, splatAt<f32>(SIGN)), signed);
  }

  /** −2|x|, from −40 on. */
  @inline static tanhArgument(x: v128): v128 {
    return f32x4.pmax(f32x4.mul(v128.or(x, splatAt<f32>(SIGN)), splatAt<f32>(TWO)), splatAt<f32>(TANH_MIN));
  }

  /** The result with the sign of `signed`. */
  @inline static tanhOf(r: v128, power: v128, signed: v128): v128 {
    const t = fma<f32>(F32.expm1Short(r), power, f32x4.sub(power, splatAt<f32>(ONE)));
    return v128.bitselect(signed, f32x4.div(t, f32x4.add(t, splatAt<f32>(TWO))), splatAt<f32>(SIGN));
  }

  /**
   * 1 / (1 + e^−x), the power of two of e^−x from 0 to ∞.
   *
   * error   ≤ 2.5 ulp
   * edges   −∞ and x < −88.37 → 0, ∞ → 1, NaN → NaN
   */
  @inline static sigmoid(x: v128): v128 {
    const y = F32.sigmoidArgument(x);
    const sum = F32.sum(y, splatAt<f32>(ROUND));
    return F32.sigmoidOf(F32.rest(y, sum, splatAt<f32>(ROUND)), F32.power(sum));
  }

  @inline static sigmoidFirst(out: usize, kept: usize, x: v128): void {
    const y = F32.sigmoidArgument(x);
    const sum = F32.sum(y, splatAt<f32>(ROUND));
    v128.store(out, F32.rest(y, sum, splatAt<f32>(ROUND)));
    v128.store(kept, F32.power(sum));
  }

  @inline static sigmoidSecond(r: v128, kept: usize): v128 {
    return F32.sigmoidOf(r, v128.load(kept));
  }

  /** −x, from −127 · ln 2 (power 0) to 128 · ln 2 (power ∞). */
  @inline static sigmoidArgument(x: v128): v128 {
    const minus = v128.xor(x, splatAt<f32>(SIGN));
    return f32x4.pmax(f32x4.pmin(minus, splatAt<f32>(SIGMOID_MAX)), splatAt<f32>(SIGMOID_MIN));
  }

  @inline static sigmoidOf(r: v128, power: v128): v128 {
    return f32x4.div(splatAt<f32>(ONE), f32x4.add(F32.scaled(r, power), splatAt<f32>(ONE)));
  }

  /**
   * The two halves (map.ts, mapHalves) of erf x = x + x · P(x²) up to 0.9, 1 − e^Q(|x|) beyond: `kept` holds the first formula, `out` Q.
   *
   * error   ≤ 2 ulp
   * edges   ±∞ → ±1, −0 → −0, NaN → NaN
   */
  @inline static erfFirst(out: usize, kept: usize, x: v128): void {
    const z = f32x4.mul(x, x);
    const z2 = f32x4.mul(z, z);
    const smallHigh = fma<f32>(splatAt<f32>(ERF, 6), z2, fma<f32>(splatAt<f32>(ERF, 5), z, splatAt<f32>(ERF, 4)));
    const smallMiddle = fma<f32>(smallHigh, z2, fma<f32>(splatAt<f32>(ERF, 3), z, splatAt<f32>(ERF, 2)));
    const small = fma<f32>(smallMiddle, z2, fma<f32>(splatAt<f32>(ERF, 1), z, splatAt<f32>(ERF)));
    v128.store(kept, fma<f32>(x, small, x));
    const y = f32x4.pmin(v128.andnot(x, splatAt<f32>(SIGN)), splatAt<f32>(ERF_MAX));
    const y2 = f32x4.mul(y, y);
    const high = fma<f32>(
      fma<f32>(splatAt<f32>(ERF_LARGE, 7), y, splatAt<f32>(ERF_LARGE, 6)),
      y2,
      fma<f32>(splatAt<f32>(ERF_LARGE, 5), y, splatAt<f32>(ERF_LARGE, 4)),
    );
    const low = fma<f32>(
      fma<f32>(splatAt<f32>(ERF_LARGE, 3), y, splatAt<f32>(ERF_LARGE, 2)),
      y2,
      fma<f32>(splatAt<f32>(ERF_LARGE, 1), y, splatAt<f32>(ERF_LARGE)),
    );
    v128.store(out, fma<f32>(high, f32x4.mul(y2, y2), low));
  }

  @inline static erfSecond(q: v128, kept: usize, x: v128): v128 {
    const sum = F32.sum(q, splatAt<f32>(ROUND));
    const e = F32.scaled(F32.rest(q, sum, splatAt<f32>(ROUND)), F32.power(sum));
    const large = v128.bitselect(x, f32x4.sub(splatAt<f32>(ONE), e), splatAt<f32>(SIGN));
    const isSmall = f32x4.lt(v128.andnot(x, splatAt<f32>(SIGN)), splatAt<f32>(ERF_SPLIT));
    return v128.bitselect(v128.load(kept), large, isSmall);
  }
}
