// Random fills: element e is a pure function of (root, node, e), so a fill is a map over indices. ND4J's generator; the state
// lives in src/ops/random.ts. Of its two 64-bit words a draw sees only the low halves, `root` and `node`.

import { COSINE, log2x, SINE, sinCos2 } from '../simd/gauss';
import { lanes } from '../simd/lanes';

/** Room for what is left of out, x, y after the last whole vector. */
const PAD: usize = memory.data(48, 16);

/** What a draw makes of the uniform number u, the inputs x and y and the parameters a, b, c, d. The numbers are those of src/ops/random.ts. */
export enum Draw {
  UNIFORM,
  BERNOULLI,
  DROP_OUT,
  ALPHA_DROP_OUT,
  MERGE,
  EXPONENTIAL,
}

/** The hash of (root, node, index) for four indices at once. */
class Hash {
  /** What the hash takes of the indices `first` to `first` + 3. */
  @inline static indices(first: u32): v128 {
    return i32x4.add(i32x4.splat(first), i32x4(2, 3, 4, 5));
  }

  /** Uniform on [0, 1) with 23 bits. */
  @inline static unit4(root: v128, node: v128, salted: v128, k: v128): v128 {
    const s0 = v128.or(root, i32x4.mul(k, salted));
    const s1 = v128.xor(node, i32x4.mul(k, i32x4.add(s0, i32x4.splat(723829))));
    const mixed = i32x4.mul(v128.xor(s0, s1), i32x4.splat(0x9e3779bb));
    const turned = v128.or(i32x4.shl(mixed, 5), i32x4.shr_u(mixed, 27));
    const bits = i32x4.shr_u(i32x4.add(i32x4.shl(turned, 2), turned), 9);
    return f32x4.sub(v128.or(bits, i32x4.splat(0x3f800000)), f32x4.splat(1));
  }

  /** The same for as many indices as T has lanes. */
  @inline static unit<T>(root: v128, node: v128, salted: v128, k: v128): v128 {
    const t = Hash.unit4(root, node, salted, k);
    return sizeof<T>() == 4 ? t : f64x2.promote_low_f32x4(t);
  }
}

/** u·x + y with one rounding, as ND4J's compiler makes it; u has 24 significant bits. */
function fused<T>(u: v128, x: v128, y: v128): v128 {
  if (sizeof<T>() == 4) {
    const low = f32x4.demote_f64x2_zero(fusedHalf(u, x, y));
    const high = f32x4.demote_f64x2_zero(fusedHalf(upper(u), upper(x), upper(y)));
    return v128.shuffle<f64>(low, high, 0, 2);
  }
  // Both products are exact: 24 bits times the leading 24 and the other 29 bits of x. Two-sum keeps what y + head loses.
  const leading = v128.and(x, i64x2.splat(0xffffffffe0000000));
  const head = f64x2.mul(u, leading);
  const tail = f64x2.mul(u, f64x2.sub(x, leading));
  const sum = f64x2.add(y, head);
  const part = f64x2.sub(sum, y);
  const lost = f64x2.add(f64x2.sub(y, f64x2.sub(sum, part)), f64x2.sub(head, part));
  return f64x2.add(sum, f64x2.add(lost, tail));
}

/** In f64 the product of two f32 is exact. */
function fusedHalf(u: v128, x: v128, y: v128): v128 {
  return f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(u), f64x2.promote_low_f32x4(x)), f64x2.promote_low_f32x4(y));
}

function upper(x: v128): v128 {
  return v128.shuffle<f64>(x, x, 1, 0);
}

@final
@unmanaged
class Uniform {
  @inline vec<T>(u: v128, x: v128, y: v128, a: v128, b: v128, c: v128, d: v128): v128 {
    return fused<T>(u, v128.sub<T>(b, a), a);
  }
}
@final
@unmanaged
class Bernoulli {
  @inline vec<T>(u: v128, x: v128, y: v128, a: v128, b: v128, c: v128, d: v128): v128 {
    return v128.and(v128.ge<T>(x, u), v128.splat<T>(1));
  }
}
/** x/b where u < a, else 0. */
@final
@unmanaged
class DropOut {
  @inline vec<T>(u: v128, x: v128, y: v128, a: v128, b: v128, c: v128, d: v128): v128 {
    return v128.andnot(v128.div<T>(x, b), v128.ge<T>(u, a));
  }
}
/** b·x + c, a dropped x counting as d. */
@final
@unmanaged
class AlphaDropOut {
  @inline vec<T>(u: v128, x: v128, y: v128, a: v128, b: v128, c: v128, d: v128): v128 {
    return v128.add<T>(v128.mul<T>(b, v128.bitselect(d, x, v128.ge<T>(u, a))), c);
  }
}
@final
@unmanaged
class Merge {
  @inline vec<T>(u: v128, x: v128, y: v128, a: v128, b: v128, c: v128, d: v128): v128 {
    return v128.bitselect(y, x, v128.le<T>(u, a));
  }
}
/** −ln(u) / a, where u = 0 counts as b. */
@final
@unmanaged
class Exponential {
  @inline vec<T>(u: v128, x: v128, y: v128, a: v128, b: v128, c: v128, d: v128): v128 {
    return v128.div<T>(v128.neg<T>(logarithm<T>(v128.max<T>(u, b))), a);
  }
}

/** ln x of positive lanes, correctly rounded but for rare cases in f32. */
function logarithm<T>(x: v128): v128 {
  if (sizeof<T>() == 8) return log2x(x);
  const low = f32x4.demote_f64x2_zero(log2x(f64x2.promote_low_f32x4(x)));
  const high = f32x4.demote_f64x2_zero(log2x(f64x2.promote_low_f32x4(upper(x))));
  return v128.shuffle<f64>(low, high, 0, 2);
}

/** Indices from `start` on; `length` counts whole vectors' elements. */
function mapDraws<Op, T>(
  out: usize,
  x: usize,
  y: usize,
  start: u32,
  length: u32,
  root: u32,
  node: u32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
): void {
  const roots = i32x4.splat(root);
  const nodes = i32x4.splat(node);
  const salted = i32x4.splat(node + 24243287);
  const va = v128.splat<T>(<T>a);
  const vb = v128.splat<T>(<T>b);
  const vc = v128.splat<T>(<T>c);
  const vd = v128.splat<T>(<T>d);
  const step = i32x4.splat(lanes<T>());
  let k = Hash.indices(start);
  for (let left = length; left != 0; left -= lanes<T>()) {
    const u = Hash.unit<T>(roots, nodes, salted, k);
    v128.store(out, changetype<Op>(0).vec<T>(u, v128.load(x), v128.load(y), va, vb, vc, vd));
    k = i32x4.add(k, step);
    out += 16;
    x += 16;
    y += 16;
  }
}

function drawAs<T>(
  draw: i32,
  out: usize,
  x: usize,
  y: usize,
  start: u32,
  length: u32,
  root: u32,
  node: u32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
): void {
  switch (draw) {
    case Draw.UNIFORM:
      return mapDraws<Uniform, T>(out, x, y, start, length, root, node, a, b, c, d);
    case Draw.BERNOULLI:
      return mapDraws<Bernoulli, T>(out, x, y, start, length, root, node, a, b, c, d);
    case Draw.DROP_OUT:
      return mapDraws<DropOut, T>(out, x, y, start, length, root, node, a, b, c, d);
    case Draw.ALPHA_DROP_OUT:
      return mapDraws<AlphaDropOut, T>(out, x, y, start, length, root, node, a, b, c, d);
    case Draw.MERGE:
      return mapDraws<Merge, T>(out, x, y, start, length, root, node, a, b, c, d);
    case Draw.EXPONENTIAL:
      return mapDraws<Exponential, T>(out, x, y, start, length, root, node, a, b, c, d);
  }
}

/**
 * out[e] = the draw at index e.
 *
 * out, x, y  [length] of one type; x and y may be out, and must be readable where a draw has none
 * cost       about 15 instructions for 4 elements
 * error      bit-equal to ND4J's; EXPONENTIAL ≤ 1 ulp (random.test.ts)
 */
export function randomDraw(
  draw: i32,
  compute: i32,
  out: usize,
  x: usize,
  y: usize,
  length: u32,
  root: u32,
  node: u32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
): void {
  const tail = length & (compute == 0 ? 3 : 1);
  const whole = length - tail;
  drawWhole(draw, compute, out, x, y, 0, whole, root, node, a, b, c, d);
  if (tail == 0) return;
  // What is left goes through the same code in a vector of its own.
  const shift: usize = compute == 0 ? 2 : 3;
  const bytes = (<usize>tail) << shift;
  const at = (<usize>whole) << shift;
  memory.copy(PAD + 16, x + at, bytes);
  memory.copy(PAD + 32, y + at, bytes);
  drawWhole(draw, compute, PAD, PAD + 16, PAD + 32, whole, 16 >> <u32>shift, root, node, a, b, c, d);
  memory.copy(out + at, PAD, bytes);
}

function drawWhole(
  draw: i32,
  compute: i32,
  out: usize,
  x: usize,
  y: usize,
  start: u32,
  length: u32,
  root: u32,
  node: u32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
): void {
  if (compute == 0) drawAs<f32>(draw, out, x, y, start, length, root, node, a, b, c, d);
  else drawAs<f64>(draw, out, x, y, start, length, root, node, a, b, c, d);
}

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
 * error       f32: rounded after every step as ND4J's, its libm within 1 ulp; f64: 1e-14 · deviation (random.test.ts)
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

/** Uniform on [0, 1) for one index. */
function unit1<T>(root: u32, node: u32, index: u32): T {
  const u = Hash.unit4(i32x4.splat(root), i32x4.splat(node), i32x4.splat(node + 24243287), i32x4.splat(index + 2));
  return <T>f32x4.extract_lane(u, 0);
}

function binomialAs<T>(
  out: usize,
  x: usize,
  perElement: i32,
  length: u32,
  trials: u32,
  root: u32,
  node: u32,
  p: T,
): void {
  for (let e: u32 = 0; e < length; e++, out += sizeof<T>()) {
    let successes = 0;
    for (let trial: u32 = 1; trial <= trials; trial++) {
      const at = <usize>(perElement ? e : trial - 1) * sizeof<T>();
      const chance = x == 0 ? p : load<T>(x + at);
      if (unit1<T>(root, node, (e + 1) * trial) < chance) successes++;
    }
    store<T>(out, <T>successes);
  }
}

/**
 * out[e] = successes among `trials` draws at the indices (e + 1)·trial.
 *
 * x  0 for one probability p; else probabilities: [length] if perElement, [trials] if not
 */
export function randomBinomial(
  compute: i32,
  out: usize,
  x: usize,
  perElement: i32,
  length: u32,
  trials: u32,
  root: u32,
  node: u32,
  p: f64,
): void {
  if (compute == 0) binomialAs<f32>(out, x, perElement, length, trials, root, node, <f32>p);
  else binomialAs<f64>(out, x, perElement, length, trials, root, node, p);
}

function chooseAs<T>(out: usize, x: usize, probabilities: usize, count: u32, length: u32, root: u32, node: u32): void {
  for (let e: u32 = 0; e < length; e++) {
    const u = unit1<T>(root, node, e);
    let sum: T = 0;
    let chosen: u32 = 0;
    for (; chosen < count - 1; chosen++) {
      sum += load<T>(probabilities + <usize>chosen * sizeof<T>());
      if (u <= sum) break;
    }
    store<T>(out + <usize>e * sizeof<T>(), load<T>(x + <usize>chosen * sizeof<T>()));
  }
}

/** out[e] = the element of x [count] in whose share of the cumulated probabilities [count] the draw falls; count ≥ 1. */
export function randomChoose(
  compute: i32,
  out: usize,
  x: usize,
  probabilities: usize,
  count: u32,
  length: u32,
  root: u32,
  node: u32,
): void {
  if (compute == 0) chooseAs<f32>(out, x, probabilities, count, length, root, node);
  else chooseAs<f64>(out, x, probabilities, count, length, root, node);
}
