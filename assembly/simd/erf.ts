// The error function and its complement of one f64. Polynomials were fitted by Remez exchange, weighted by the result.

import { expOf } from './elementary';

/** erf(x) / x in x², |x| ≤ 1, degree 0 … 11. */
const SERIES: usize = memory.data<f64>([
  1.1283791670955126, -0.37612638903183521, 0.11283791670944185, -0.026866170643111462, 0.0052239776061184257,
  -0.00085483259293118931, 0.00012055293576816174, -1.492471230029015e-5, 1.6447131549126013e-6, -1.6206313583187198e-7,
  1.3710979620445635e-8, -7.7794670092841684e-10,
]);

/** erfc(x) · e^(x²) · (x + 1) in (x − 3) / (x + 3), 0.5 ≤ x ≤ 28, degree 0 … 21. */
const SCALED: usize = memory.data<f64>([
  0.71600460472555982, -0.23092733308380925, 0.099020753679440271, -0.010235388899001063, -0.023803913108680255,
  0.021957764012366335, -0.009750689292445448, 0.0016185691327300874, 0.00064581419760283577, -0.0003672885393731971,
  -2.0551543224080919e-5, 5.6119744301163328e-5, -1.5148293255109085e-6, -8.9914674500667162e-6, 2.6255610193726422e-7,
  1.5920059761206012e-6, 5.5736800837682531e-8, -2.9785425147901677e-7, -3.8726813872052232e-8, 5.3908745398064614e-8,
  8.4479086863143493e-9, -7.2544148770747694e-9,
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
  return (power * polynomial(SCALED, 21, (x - 3) / (x + 3))) / (x + 1);
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
