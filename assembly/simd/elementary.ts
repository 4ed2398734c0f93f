// Elementary functions of one f64 on the polynomials of F64, which the module carries anyway.
// Bounds are asserted by test/kernels/functions.test.ts.

import { F64 } from './functionsF64';

const LN2: f64 = 0.6931471805599453;
const TWO_THIRDS: f64 = 0.6666666666666666;
const TWO_THIRDS_LOW: f64 = 3.700743415417188e-17;

function first(x: v128): f64 {
  return f64x2.extract_lane(x, 0);
}

/** e^x; error ≤ 1 ulp. */
export function expOf(x: f64): f64 {
  return first(F64.exp(f64x2.splat(x)));
}

/** ln x; error ≤ 1 ulp. */
export function logOf(x: f64): f64 {
  return first(F64.log(f64x2.splat(x)));
}

/** e^x − 1; error ≤ 2 ulp. */
export function expm1Of(x: f64): f64 {
  if (x > 40) return expOf(x);
  return Math.abs(x) < 1e-17 ? x : first(F64.expm1(f64x2.splat(x)));
}

/** ln(1 + x); error ≤ 2 ulp. */
export function log1pOf(x: f64): f64 {
  const sum = 1 + x;
  if (sum == 1) return x;
  const y = logOf(sum);
  // What the sum lost, times the slope of ln.
  return sum > 0 && sum < Infinity ? y + (x - (sum - 1)) / sum : y;
}

/** e^x / 2 for large x, which may lie above the largest e^x. */
function halfExp(x: f64): f64 {
  if (x < 709) return 0.5 * expOf(x);
  const root = expOf(0.5 * x);
  return 0.5 * root * root;
}

/** error ≤ 3 ulp. */
export function sinhOf(x: f64): f64 {
  const size = Math.abs(x);
  if (size < 1e-8) return x;
  if (!(size < 22)) return Math.sign(x) * halfExp(size);
  const t = expm1Of(size);
  const twice = size < 1 ? 2 * t - (t * t) / (t + 1) : t + t / (t + 1);
  return Math.sign(x) * 0.5 * twice;
}

/** error ≤ 2 ulp. */
export function coshOf(x: f64): f64 {
  const size = Math.abs(x);
  if (!(size < 22)) return halfExp(size);
  const t = expOf(size);
  return 0.5 * (t + 1 / t);
}

/** error ≤ 3 ulp. */
export function asinhOf(x: f64): f64 {
  const size = Math.abs(x);
  if (size < 1e-9) return x;
  if (!(size < 1e9)) return Math.sign(x) * (logOf(size) + LN2);
  const root = Math.sqrt(size * size + 1);
  return Math.sign(x) * (size > 2 ? logOf(2 * size + 1 / (root + size)) : log1pOf(size + (size * size) / (1 + root)));
}

/** error ≤ 3 ulp. */
export function acoshOf(x: f64): f64 {
  if (x > 1e9) return logOf(x) + LN2;
  if (x > 2) return logOf(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
  if (x < 1) return NaN;
  const t = x - 1;
  return log1pOf(t + Math.sqrt(2 * t + t * t));
}

/** error ≤ 3 ulp. */
export function atanhOf(x: f64): f64 {
  const size = Math.abs(x);
  if (size < 1e-9) return x;
  const half = size < 0.5 ? log1pOf(2 * size + (2 * size * size) / (1 - size)) : log1pOf((2 * size) / (1 - size));
  return Math.sign(x) * 0.5 * half;
}

/** x·y − product, exactly: both numbers are cut into halves whose products fit (Dekker). */
function productError(x: f64, y: f64, product: f64): f64 {
  const xScaled = 134217729 * x;
  const xHigh = xScaled - (xScaled - x);
  const xLow = x - xHigh;
  const yScaled = 134217729 * y;
  const yHigh = yScaled - (yScaled - y);
  const yLow = y - yHigh;
  return xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow);
}

/** x^y for finite x > 0 and finite y: e^(y · ln x) with the logarithm in two numbers. */
function positivePower(x: f64, y: f64): f64 {
  let k: f64 = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 4503599627370496;
    k = -52;
  }
  const bits = reinterpret<u64>(x) + ((0x3ff00000 - 0x3fe6a09e) << 32);
  k += <f64>(<i32>(bits >>> 52) - 1023);
  const fraction = reinterpret<f64>((bits & 0x000fffffffffffff) + (0x3fe6a09e << 32));
  // s = (fraction − 1) / (fraction + 1), in two numbers.
  const f = fraction - 1;
  const d = fraction + 1;
  const dLow = fraction > 1 ? 1 - (d - fraction) : fraction - (d - 1);
  const s = f / d;
  const product = s * d;
  const sLow = (f - product - productError(s, d, product) - s * dLow) / d;
  // s³ · 2/3 in two numbers, the rest of the series in one.
  const z = s * s;
  const cube = s * z;
  const cubeLow = productError(s, z, cube) + s * productError(s, s, z);
  const third = TWO_THIRDS * cube;
  const thirdLow = productError(TWO_THIRDS, cube, third) + TWO_THIRDS * cubeLow + TWO_THIRDS_LOW * cube;
  const rest = cube * z * first(F64.logSeries(f64x2.splat(z)));
  // ln x = k · ln 2 + 2 s + s³ · 2/3 + rest, from the largest number down.
  const whole = k * F64.LN2_HIGH;
  const twice = whole + 2 * s;
  const twiceLow = whole != 0 ? 2 * s - (twice - whole) : 0;
  const high = twice + third;
  const highLow = third - (high - twice);
  const low = twiceLow + highLow + (thirdLow + 2 * sLow * (1 + z) + rest + k * F64.LN2_LOW);
  const sum = high + low;
  const sumLow = low - (sum - high);
  const power = y * sum;
  if (power > 710) return Infinity;
  if (power < -746) return 0;
  const e = expOf(power);
  return e + e * (productError(y, sum, power) + y * sumLow);
}

/** x^y as in C: pow(1, NaN) and pow(NaN, 0) are 1; error ≤ 2 ulp. */
export function powOf(x: f64, y: f64): f64 {
  if (y == 2) return x * x;
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return NaN;
  const size = Math.abs(x);
  if (Math.abs(y) == Infinity) return size == 1 ? 1 : size > 1 == y > 0 ? Infinity : 0;
  const isWhole = Math.floor(y) == y;
  const isOdd = isWhole && Math.floor(y * 0.5) * 2 != y;
  const sign: f64 = isOdd ? Math.sign(x) : 1;
  if (size == 0 || size == Infinity) return isOdd ? (y > 0 ? x : 1 / x) : (size == 0) == y > 0 ? 0 : Infinity;
  if (x < 0 && !isWhole) return NaN;
  if (size == 1) return sign;
  return sign * positivePower(size, y);
}
