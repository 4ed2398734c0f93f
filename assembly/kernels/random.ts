// Random fills: element e is a pure function of (root, node, e), so a fill is a map over indices. ND4J's generator; the state
// lives in src/ops/random.ts. Of its two 64-bit words a draw sees only the low halves, `root` and `node`.

import { log2x } from '../simd/gauss';
import { fused, Hash, upper } from '../simd/hash';
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
