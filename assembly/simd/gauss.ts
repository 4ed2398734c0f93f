// Logarithm, sine and cosine of two f64 lanes on the ranges that Box–Muller needs: branch-free, about 30 instructions each.
// Coefficients: fdlibm's minimax polynomials (e_log.c, k_sin.c, k_cos.c).

// biome-ignore format: one row of a polynomial a line
const C: usize = memory.data<f64>([
  6.666666666666735130e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1, //  0 log: degree 1 … 7 in s²
  1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1, // 32
  6.93147180369123816490e-1, 1.90821492927058770002e-10, // 56 ln 2, leading 33 bits and the rest
  0.63661977236758134308, 1.57079632673412561417, 6.07710050650619224932e-11, // 72 2/π; π/2, leading 33 bits and the rest
  -1.66666666666666324348e-1, 8.33333333332248946124e-3, -1.98412698298579493134e-4, // 96 sin: degree 3 … 13
  2.75573137070700676789e-6, -2.50507602534068634195e-8, 1.58969099521155010221e-10, // 120
  4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5, // 144 cos: degree 4 … 14
  -2.75573143513906633035e-7, 2.08757232129817482790e-9, -1.13596475577881948265e-11, // 168
  6755399441055744, 4503599627371519, // 192 1.5·2^52, adding it rounds to an integer in the low bits; 2^52 + 1023
], 16);

/** Cosine and sine of the last sinCos2. */
export const COSINE: usize = memory.data(32, 16);
export const SINE: usize = COSINE + 16;

function c(offset: usize): v128 {
  return v128.load64_splat(C + offset);
}

function step(p: v128, z: v128, offset: usize): v128 {
  return f64x2.add(f64x2.mul(p, z), c(offset));
}

/** ln x of normal x > 0: error ≤ 1 ulp (random.test.ts, by fillExponential). */
export function log2x(x: v128): v128 {
  // x = 2^k (1 + f), √½ ≤ 1 + f < √2
  const shifted = i64x2.add(x, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e00000000));
  const k = f64x2.sub(v128.or(i64x2.shr_u(shifted, 52), i64x2.splat(0x4330000000000000)), c(200));
  const fraction = i64x2.add(v128.and(shifted, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e00000000));
  const f = f64x2.sub(fraction, f64x2.splat(1));
  const half = f64x2.mul(f64x2.mul(f, f), f64x2.splat(0.5));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  let p = step(c(48), z, 40);
  p = step(p, z, 32);
  p = step(p, z, 24);
  p = step(p, z, 16);
  p = step(p, z, 8);
  p = f64x2.mul(step(p, z, 0), z);
  const low = f64x2.add(f64x2.mul(s, f64x2.add(half, p)), f64x2.mul(k, c(64)));
  return f64x2.sub(f64x2.mul(k, c(56)), f64x2.sub(f64x2.sub(half, low), f));
}

/** COSINE and SINE of 0 ≤ x ≤ 2π: absolute error about 2⁻⁵³ (gaussian.test.ts, by fillGaussian). */
export function sinCos2(x: v128): void {
  // x = n π/2 + r, |r| ≤ π/4
  const shifted = f64x2.add(f64x2.mul(x, c(72)), c(192));
  const n = f64x2.sub(shifted, c(192));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, c(80))), f64x2.mul(n, c(88)));
  const z = f64x2.mul(r, r);
  let p = step(c(136), z, 128);
  p = step(p, z, 120);
  p = step(p, z, 112);
  p = step(p, z, 104);
  p = step(p, z, 96);
  const sine = f64x2.add(f64x2.mul(f64x2.mul(p, z), r), r);
  p = step(c(184), z, 176);
  p = step(p, z, 168);
  p = step(p, z, 160);
  p = step(p, z, 152);
  p = step(p, z, 144);
  const half = f64x2.mul(z, f64x2.splat(0.5));
  const head = f64x2.sub(f64x2.splat(1), half);
  const rest = f64x2.sub(f64x2.sub(f64x2.splat(1), head), half);
  const cosine = f64x2.add(head, f64x2.add(rest, f64x2.mul(f64x2.mul(z, z), p)));
  // Odd n swaps the two; the signs: cosine − for n ≡ 1, 2, sine − for n ≡ 2, 3 (mod 4).
  const odd = i64x2.neg(v128.and(shifted, i64x2.splat(1)));
  const cosineSign = i64x2.shl(v128.and(i64x2.add(shifted, i64x2.splat(1)), i64x2.splat(2)), 62);
  const sineSign = i64x2.shl(v128.and(shifted, i64x2.splat(2)), 62);
  v128.store(COSINE, v128.xor(v128.bitselect(sine, cosine, odd), cosineSign));
  v128.store(SINE, v128.xor(v128.bitselect(cosine, sine, odd), sineSign));
}
