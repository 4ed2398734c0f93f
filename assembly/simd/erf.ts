// The error function and its complement of one f64. Polynomials were fitted by Remez exchange, weighted by the result.

import { expOf } from './elementary';

/** erf(x) / x in x², |x| ≤ 1, degree 0 … 11. */
const SERIES: usize = memory.data<f64>([
  1.1283791670955126, -0.37612638903183521, 0.11283791670944185, -0.026866170643111462, 0.0052239776061184257,
  -0.00085483259293118931, 0.00012055293576816174, -1.492471230029015e-5, 1.6447131549126013e-6, -1.6206313583187198e-7,
  1.3710979620445635e-8, -7.7794670092841684e-10,
]);

/** erfc(x) · e^(x²) in (x − 3) / (x + 3), 0.5 ≤ x ≤ 28, degree 0 … 21. */
const SCALED: usize = memory.data<f64>([
  0.17900115118138996, -0.32623356004303722, 0.24560380171233151, -0.15011593650078039, 0.071665837197937607,
  -0.024392499318510227, 0.0042691363338196713, 0.00070774643532021974, -0.00059706196021282578, 4.5255341490985486e-5,
  6.4056631983938189e-5, -1.2860799714680498e-5, -7.9784146057179308e-6, 2.1213230794566455e-6, 1.253027051450142e-6,
  -2.9749569902538259e-7, -2.3480938303689483e-7, 3.436447489519151e-8, 4.5613640465260836e-8, -4.4359384895409044e-9,
  -6.5785601988041708e-9, 1.1927738244431304e-9,
]);

/** The polynomial of `table` at x by Horner's rule. */
function polynomial(table: usize, degree: i32, x: f64): f64 {
  let sum = load<f64>(table + ((<usize>degree) << 3));
  while (degree != 0) sum = sum * x + load<f64>(table + ((<usize>--degree) << 3));
  return sum;
}

/** erfc of x ≥ 0.5. */
function complement(x: f64): f64 {
  if (x > 28) return 0;
  // e^(−x²) in two factors: the square of a short number is exact.
  const short = reinterpret<f64>(reinterpret<u64>(x) & 0xfffffffff8000000);
  const power = expOf(-short * short) * expOf((short - x) * (short + x));
  return power * polynomial(SCALED, 21, (x - 3) / (x + 3));
}

/** error ≤ 2 ulp; ±∞ → ±1, −0 → −0, NaN → NaN (test/kernels/functions.test.ts). */
export function erf(x: f64): f64 {
  const size = Math.abs(x);
  if (size <= 1) return x * polynomial(SERIES, 11, x * x);
  return x != x ? x : Math.sign(x) * (1 - complement(size));
}

/** error ≤ 4 ulp; −∞ → 2, ∞ → 0, NaN → NaN (test/kernels/functions.test.ts). */
export function erfc(x: f64): f64 {
  if (x < 0.5) return 1 - erf(x);
  return x != x ? x : complement(x);
}
