// Gaussian fills by Box–Muller, with ND4J's pairs, roundings and quirks.

import { COSINE, log2x, SINE, sinCos2 } from '../simd/gauss';
import { fused, Hash } from '../simd/hash';

/** √(−2 ln u₀) times COSINE and SINE of 2π u₁ for two lanes of T, rounded to T after each step; u from 0 to 1, moved to [least, 1). */
function boxMuller<T>(u0: v128, u1: v128, least: T): void {
  const from = v128.splat<T>(least);
  const range = v128.sub<T>(v128.splat<T>(1), from);
  const r0 = fused<T>(u0, range, from);
  const r1 = fused<T>(u1, range, from);
  const angle = v128.mul<T>(v128.splat<T>(<T>6.283185307179586), r1);
  if (sizeof<T>() == 8) {
    const radius = f64x2.sqrt(f64x2.mul(f64x2.splat(-2), log2x(r0)));
    sinCos2(angle);
    v128.store(COSINE, f64x2.mul(radius, v128.load(COSINE)));
    v128.store(SINE, f64x2.mul(radius, v128.load(SINE)));
  } else {
    const logarithms = f32x4.demote_f64x2_zero(log2x(f64x2.promote_low_f32x4(r0)));
    const radius = f32x4.sqrt(f32x4.mul(f32x4.splat(-2), logarithms));
    sinCos2(f64x2.promote_low_f32x4(angle));
    v128.store(COSINE, f32x4.mul(radius, f32x4.demote_f64x2_zero(v128.load(COSINE))));
    v128.store(SINE, f32x4.mul(radius, f32x4.demote_f64x2_zero(v128.load(SINE))));
  }
}

/** Element e < middle takes the cosine, e + middle the sine, of the same two draws. */
function gaussianAs<T>(out: usize, means: usize, length: u32, root: u32, node: u32, mean: f64, deviation: f64): void {
  const middle = length - (length >> 1);
  const roots = i32x4.splat(root);
  const nodes = i32x4.splat(node);
  const salted = i32x4.splat(node + 24243287);
  for (let e: u32 = 0; e < middle; e += 2) {
    const u0 = Hash.unit<T>(roots, nodes, salted, Hash.indices(e));
    const u1 = Hash.unit<T>(roots, nodes, salted, Hash.indices(e + middle));
    boxMuller<T>(u0, u1, <T>1e-5);
    for (let lane: u32 = 0; lane < 2; lane++) {
      const first = e + lane;
      if (first >= middle) break;
      put<T>(out, means, first, load<T>(COSINE + lane * sizeof<T>()), <T>mean, <T>deviation);
      if (first + middle < length) {
        put<T>(out, means, first + middle, load<T>(SINE + lane * sizeof<T>()), <T>mean, <T>deviation);
      }
    }
  }
}

/** z·deviation + mean; in f32 with one rounding, as ND4J's compiler makes it. */
function scale<T>(z: T, deviation: T, mean: T): T {
  return <T>(<f64>z * <f64>deviation + <f64>mean);
}

function put<T>(out: usize, means: usize, e: u32, z: T, mean: T, deviation: T): void {
  const at = <usize>e * sizeof<T>();
  store<T>(out + at, scale<T>(z, deviation, means == 0 ? mean : load<T>(means + at)));
}

/**
 * out[e] = mean + deviation · Gaussian(e), Box–Muller over pairs (e, e + ⌈length/2⌉).
 *
 * out, means  [length]; means 0 for one `mean`
 * error       f32: rounded after every step as ND4J's, its libm within 1 ulp; f64: 1e-14 · deviation (gaussian.test.ts)
 */
export function randomGaussian(
  compute: i32,
  out: usize,
  means: usize,
  length: u32,
  root: u32,
  node: u32,
  mean: f64,
  deviation: f64,
): void {
  if (compute == 0) gaussianAs<f32>(out, means, length, root, node, mean, deviation);
  else gaussianAs<f64>(out, means, length, root, node, mean, deviation);
}

function truncateAs<T>(out: usize, length: u32, root: u32, node: u32, mean: T, deviation: T): void {
  const middle = length - (length >> 1);
  const reach = <T>2 * abs<T>(deviation);
  const roots = i32x4.splat(root);
  const nodes = i32x4.splat(node);
  const salted = i32x4.splat(node + 24243287);
  for (let e: u32 = 0; e < length; e++, out += sizeof<T>()) {
    let z = load<T>(out);
    if (!(z > mean + reach || z < mean - reach)) continue;
    // ND4J's least value is the float 1e-5 in both types.
    boxMuller<T>(
      Hash.unit<T>(roots, nodes, salted, Hash.indices(e)),
      Hash.unit<T>(roots, nodes, salted, Hash.indices(e + middle)),
      <T>(<f32>1e-5),
    );
    z = scale<T>(load<T>(COSINE), deviation, mean);
    // f64 gets 2^−1022 on top; in f32 ND4J gives the mean itself.
    if (z > mean + reach || z < mean - reach) z = mean + (sizeof<T>() == 4 ? 0 : <T>f64.MIN_NORMAL_VALUE);
    store<T>(out, z);
  }
}

/**
 * After randomGaussian in the same state: elements of `out` farther than 2 deviations from the mean become the cosine of the draws
 * e and e + middle; one that is still too far (each of the first half, whose draws these are) becomes the mean.
 */
export function randomTruncate(
  compute: i32,
  out: usize,
  length: u32,
  root: u32,
  node: u32,
  mean: f64,
  deviation: f64,
): void {
  if (compute == 0) truncateAs<f32>(out, length, root, node, <f32>mean, <f32>deviation);
  else truncateAs<f64>(out, length, root, node, mean, deviation);
}
