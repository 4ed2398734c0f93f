// Loops that know the machine, not the product: registers only, and plain copies. Compiled by harness/probeModule.ts, once with relaxed SIMD
// where the engine has it.

/** acc · x + y: one instruction in the relaxed build, two in the other. */
// @ts-ignore: decorator
@inline
function multiplyAdd<T>(acc: v128, x: v128, y: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(acc, x, y);
  return v128.add<T>(v128.mul<T>(acc, x), y);
}

/** 12 independent chains: 24 vector operations a turn, nothing touches memory. */
// @ts-ignore: decorator
@inline
function chains<T>(turns: i32, x: v128, y: v128): v128 {
  let a0 = x;
  let a1 = y;
  let a2 = v128.add<T>(x, y);
  let a3 = v128.add<T>(a2, y);
  let a4 = v128.add<T>(a3, y);
  let a5 = v128.add<T>(a4, y);
  let a6 = v128.add<T>(a5, y);
  let a7 = v128.add<T>(a6, y);
  let a8 = v128.add<T>(a7, y);
  let a9 = v128.add<T>(a8, y);
  let aa = v128.add<T>(a9, y);
  let ab = v128.add<T>(aa, y);
  for (let i = 0; i < turns; i++) {
    a0 = multiplyAdd<T>(a0, x, y);
    a1 = multiplyAdd<T>(a1, x, y);
    a2 = multiplyAdd<T>(a2, x, y);
    a3 = multiplyAdd<T>(a3, x, y);
    a4 = multiplyAdd<T>(a4, x, y);
    a5 = multiplyAdd<T>(a5, x, y);
    a6 = multiplyAdd<T>(a6, x, y);
    a7 = multiplyAdd<T>(a7, x, y);
    a8 = multiplyAdd<T>(a8, x, y);
    a9 = multiplyAdd<T>(a9, x, y);
    aa = multiplyAdd<T>(aa, x, y);
    ab = multiplyAdd<T>(ab, x, y);
  }
  const low = v128.add<T>(v128.add<T>(v128.add<T>(a0, a1), v128.add<T>(a2, a3)), v128.add<T>(a4, a5));
  const high = v128.add<T>(v128.add<T>(v128.add<T>(a6, a7), v128.add<T>(a8, a9)), v128.add<T>(aa, ab));
  return v128.add<T>(low, high);
}

/** 96 operations in float32 a turn. */
export function peak32(turns: i32, x: f32, y: f32): f32 {
  return f32x4.extract_lane(chains<f32>(turns, f32x4.splat(x), f32x4.splat(y)), 0);
}

/** 48 operations in float64 a turn. */
export function peak64(turns: i32, x: f64, y: f64): f64 {
  return f64x2.extract_lane(chains<f64>(turns, f64x2.splat(x), f64x2.splat(y)), 0);
}

/** Copies by vectors of 16 bytes, 8 at a time; `bytes` is a multiple of 128. */
export function copyVectors(to: usize, from: usize, bytes: usize): void {
  for (const end = from + bytes; from < end; from += 128, to += 128) {
    v128.store(to, v128.load(from), 0);
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    v128.store(to, v128.load(from, 64), 64);
    v128.store(to, v128.load(from, 80), 80);
    v128.store(to, v128.load(from, 96), 96);
    v128.store(to, v128.load(from, 112), 112);
  }
}

/** memory.copy, the engine's own. */
export function copyBulk(to: usize, from: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}

/** Makes room for `bytes` more and gives their address. Written once: pages never written are all one page of zeros, and copying them is too cheap. */
export function reserve(bytes: usize): usize {
  const address = <usize>memory.grow(<i32>((bytes + 0xffff) >> 16)) << 16;
  memory.fill(address, 1, bytes);
  return address;
}
