// Helpers on 128-bit lanes: the one place where the two builds differ, and vectors that are not full.

/** Lanes of T in a vector: 4 for f32, 2 for f64. */
// @ts-ignore: decorator
@inline
export function lanes<T>(): u32 {
  return 16 / <u32>sizeof<T>();
}

/** Element `index` of a table in every lane: one load, like a vector of it, from a quarter or half of the bytes. */
// @ts-ignore: decorator
@inline
export function splatAt<T>(table: usize, index: usize = 0): v128 {
  return v128.load_splat<T>(table + index * sizeof<T>());
}

/** a·b + c: fused in the relaxed build, two roundings otherwise. */
// @ts-ignore: decorator
@inline
export function fma<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c);
  return v128.add<T>(v128.mul<T>(a, b), c);
}

/** c − a·b: fused in the relaxed build, two roundings otherwise. */
// @ts-ignore: decorator
@inline
export function nfma<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_nmadd<T>(a, b, c);
  return v128.sub<T>(c, v128.mul<T>(a, b));
}

/** The first `count` elements at `x`, fewer than a vector holds; the other lanes are 0. Reads nothing else. */
export function loadTail<T>(x: usize, count: u32): v128 {
  if (sizeof<T>() == 8) return v128.load64_zero(x);
  if (count == 1) return v128.load32_zero(x);
  const pair = v128.load64_zero(x);
  return count == 2 ? pair : v128.load32_lane(x, pair, 2, 8);
}

/** The first `count` lanes to `out`, fewer than a vector holds. */
export function storeTail<T>(out: usize, value: v128, count: u32): void {
  if (sizeof<T>() == 8) {
    v128.store64_lane(out, value, 0);
    return;
  }
  if (count == 1) {
    v128.store32_lane(out, value, 0);
    return;
  }
  v128.store64_lane(out, value, 0);
  if (count == 3) v128.store32_lane(out, value, 2, 8);
}
