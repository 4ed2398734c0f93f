// Softmax and log-softmax over rows [rows, n], and their gradients. Strides in elements; out may be an operand.
//
// Three ways to walk: adjacent elements of a row in the lanes; adjacent rows in the lanes, where the elements of a row are apart; rows
// gathered into scratch for any other layout.

import { gather, scatter } from '../memory/convert';
import { F32 } from '../simd/functionsF32';
import { F64 } from '../simd/functionsF64';
import { highHalf, lowHalf, maxLanes, sumLanes, tailMask, widen } from '../simd/horizontal';
import { fma, lanes, loadTail, storeTail } from '../simd/lanes';

/** e^x for x ≤ 0. */
// @ts-ignore: decorator
@inline
function exp<T>(x: v128): v128 {
  return sizeof<T>() == 8 ? F64.exp(x) : F32.expNegative(x);
}

/** exp where it is not the inner loop of a usual layout: not inlined, for size. */
function expCall<T>(x: v128): v128 {
  return exp<T>(x);
}

/** ln of every lane, not inlined. */
function log<T>(x: v128): v128 {
  return sizeof<T>() == 8 ? F64.log(x) : F32.log(x);
}

/** Vectors whose sum stays in float32. */
const BLOCK: u32 = 16;
/** The powers of two of one block. */
const POWERS: usize = memory.data(256, 16);
const POWERS_END: usize = POWERS + 256;

/** The largest lane of x[vectors] and of `last`, NaN skipped, in all lanes. */
function rowMax<T>(x: usize, vectors: u32, last: v128): v128 {
  let a = v128.pmax<T>(v128.splat<T>(<T>-Infinity), last);
  let b = a;
  for (; vectors >= 2; vectors -= 2, x += 32) {
    a = v128.pmax<T>(a, v128.load(x));
    b = v128.pmax<T>(b, v128.load(x, 16));
  }
  if (vectors != 0) a = v128.pmax<T>(a, v128.load(x));
  return v128.splat<T>(maxLanes<T>(v128.pmax<T>(a, b)));
}

/** e^(x − shift) of one block of float32, in two loops (map.ts, mapHalves); returns the sum of it. */
function blockExp(out: usize, x: usize, shift: v128): v128 {
  let to = out;
  for (let powers = POWERS; powers != POWERS_END; powers += 16, x += 16, to += 16) {
    F32.expNegativeFirst(to, powers, f32x4.sub(v128.load(x), shift));
  }
  let sum = f32x4.splat(0);
  for (let powers = POWERS; powers != POWERS_END; powers += 16, out += 16) {
    const e = F32.scaled(v128.load(out), v128.load(powers));
    v128.store(out, e);
    sum = f32x4.add(sum, e);
  }
  return sum;
}

/** out = e^(x − shift) of whole vectors; returns the sum of it. */
function rowExp<T>(out: usize, x: usize, vectors: u32, shift: v128): f64 {
  let carry = f64x2.splat(0);
  if (sizeof<T>() == 4) {
    for (; vectors >= BLOCK; vectors -= BLOCK, out += 16 * BLOCK, x += 16 * BLOCK) carry = f64x2.add(carry, widen<T>(blockExp(out, x, shift)));
  }
  while (vectors != 0) {
    let left = min<u32>(vectors, BLOCK);
    vectors -= left;
    let sum = v128.splat<T>(<T>0);
    for (; left != 0; left--, x += 16, out += 16) {
      const e = exp<T>(v128.sub<T>(v128.load(x), shift));
      v128.store(out, e);
      sum = v128.add<T>(sum, e);
    }
    carry = f64x2.add(carry, widen<T>(sum));
  }
  return sumLanes<f64>(carry);
}

/**
 * One row of adjacent elements. A row of at least one vector takes its tail as the vector that ends with it, loaded first and stored last;
 * what that vector shares with the one before gets the same values twice.
 */
function softmaxRow<T>(isLog: bool, out: usize, x: usize, n: u32): void {
  const vectors = n / lanes<T>();
  const tail = n - vectors * lanes<T>();
  const back = vectors == 0 ? 0 : (<usize>lanes<T>() - <usize>tail) * sizeof<T>();
  const at = <usize>vectors * 16 - back;
  const lowest = v128.splat<T>(<T>-Infinity);
  let last = lowest;
  // Lanes of `last` that count: the first ones of a short row, the last ones of a tail.
  let mask = i32x4.splat(0);
  if (tail != 0) {
    mask = vectors == 0 ? tailMask<T>(tail) : v128.not(tailMask<T>(lanes<T>() - tail));
    last = vectors == 0 ? v128.bitselect(loadTail<T>(x, tail), lowest, mask) : v128.load(x + at);
  }
  const shift = rowMax<T>(x, vectors, last);
  let sum = isLog ? rowSum<T>(x, vectors, shift) : rowExp<T>(out, x, vectors, shift);
  const low = v128.sub<T>(last, shift);
  if (tail != 0) {
    last = expCall<T>(low);
    sum += <f64>sumLanes<T>(v128.and(last, mask));
  }
  const term = isLog ? log<T>(v128.splat<T>(<T>sum)) : v128.splat<T>(<T>(1 / sum));
  last = isLog ? v128.sub<T>(low, term) : v128.mul<T>(last, term);
  const end = out + at;
  if (isLog) for (let v = vectors; v != 0; v--, x += 16, out += 16) v128.store(out, v128.sub<T>(v128.sub<T>(v128.load(x), shift), term));
  else for (let v = vectors; v != 0; v--, out += 16) v128.store(out, v128.mul<T>(v128.load(out), term));
  if (tail == 0) return;
  if (vectors == 0) storeTail<T>(end, last, tail);
  else v128.store(end, last);
}

/** Σ e^(x − shift) of whole vectors. */
function rowSum<T>(x: usize, vectors: u32, shift: v128): f64 {
  let carry = f64x2.splat(0);
  for (; vectors != 0; vectors--, x += 16) carry = f64x2.add(carry, widen<T>(expCall<T>(v128.sub<T>(v128.load(x), shift))));
  return sumLanes<f64>(carry);
}

/** Four or two rows at once: element i of every row is at x + i · xStep. */
function softmaxLanes<T>(isLog: bool, out: usize, outStep: usize, x: usize, xStep: usize, n: u32): void {
  let most = v128.splat<T>(<T>-Infinity);
  let from = x;
  for (let i: u32 = 0; i < n; i++, from += xStep) most = v128.pmax<T>(most, v128.load(from));
  let low = f64x2.splat(0);
  let high = low;
  let to = out;
  from = x;
  for (let i: u32 = 0; i < n; i++, from += xStep, to += outStep) {
    const e = expCall<T>(v128.sub<T>(v128.load(from), most));
    if (!isLog) v128.store(to, e);
    low = f64x2.add(low, sizeof<T>() == 8 ? e : lowHalf(e));
    if (sizeof<T>() == 4) high = f64x2.add(high, highHalf(e));
  }
  const total = narrow<T>(low, high);
  const term = isLog ? log<T>(total) : v128.div<T>(v128.splat<T>(<T>1), total);
  to = out;
  from = x;
  for (let i: u32 = 0; i < n; i++, from += xStep, to += outStep) {
    v128.store(to, isLog ? v128.sub<T>(v128.sub<T>(v128.load(from), most), term) : v128.mul<T>(v128.load(to), term));
  }
}

/** The lanes of T of two vectors of float64; only `low` counts where T is float64. */
// @ts-ignore: decorator
@inline
function narrow<T>(low: v128, high: v128): v128 {
  if (sizeof<T>() == 8) return low;
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** Σ y · g of softmax, Σ g of log-softmax, [n]. */
function rowDot<T>(isLog: bool, y: usize, g: usize, n: u32): f64 {
  let carry = f64x2.splat(0);
  while (n != 0) {
    let sum = v128.splat<T>(<T>0);
    for (let left = BLOCK; left != 0 && n != 0; left--, y += 16, g += 16) {
      const full = n >= lanes<T>();
      const a = full ? v128.load(g) : loadTail<T>(g, n);
      const b = isLog ? v128.splat<T>(<T>1) : full ? v128.load(y) : loadTail<T>(y, n);
      sum = fma<T>(a, b, sum);
      n -= full ? lanes<T>() : n;
    }
    carry = f64x2.add(carry, widen<T>(sum));
  }
  return sumLanes<f64>(carry);
}

/** The gradient of one vector: y · (g − dot), or g − e^y · dot. */
// @ts-ignore: decorator
@inline
function gradient<T>(isLog: bool, y: v128, g: v128, dot: v128): v128 {
  return isLog ? v128.sub<T>(g, v128.mul<T>(expCall<T>(y), dot)) : v128.mul<T>(y, v128.sub<T>(g, dot));
}

function backwardRow<T>(isLog: bool, out: usize, y: usize, g: usize, n: u32): void {
  const dot = v128.splat<T>(<T>rowDot<T>(isLog, y, g, n));
  while (n != 0) {
    const full = n >= lanes<T>();
    const value = gradient<T>(isLog, full ? v128.load(y) : loadTail<T>(y, n), full ? v128.load(g) : loadTail<T>(g, n), dot);
    if (!full) {
      storeTail<T>(out, value, n);
      return;
    }
    v128.store(out, value);
    n -= lanes<T>();
    out += 16;
    y += 16;
    g += 16;
  }
}

function backwardLanes<T>(isLog: bool, out: usize, outStep: usize, y: usize, yStep: usize, g: usize, gStep: usize, n: u32): void {
  let low = f64x2.splat(0);
  let high = low;
  let a = y;
  let b = g;
  for (let i: u32 = 0; i < n; i++, a += yStep, b += gStep) {
    const term = isLog ? v128.load(b) : v128.mul<T>(v128.load(a), v128.load(b));
    low = f64x2.add(low, sizeof<T>() == 8 ? term : lowHalf(term));
    if (sizeof<T>() == 4) high = f64x2.add(high, highHalf(term));
  }
  const dot = narrow<T>(low, high);
  for (let i: u32 = 0; i < n; i++, y += yStep, g += gStep, out += outStep) {
    v128.store(out, gradient<T>(isLog, v128.load(y), v128.load(g), dot));
  }
}

function softmaxAll<T>(
  isLog: bool, out: usize, x: usize, rows: u32, n: u32, outRow: usize, outStep: usize, xRow: usize, xStep: usize, scratch: usize,
): void {
  const unit = sizeof<T>();
  const adjacent = outStep == unit && xStep == unit;
  if (outRow == unit && xRow == unit && !adjacent) {
    for (; rows >= lanes<T>(); rows -= lanes<T>(), out += 16, x += 16) softmaxLanes<T>(isLog, out, outStep, x, xStep, n);
  }
  const type = sizeof<T>() == 8 ? 1 : 0;
  for (; rows != 0; rows--, out += outRow, x += xRow) {
    let to = out;
    let from = x;
    if (!adjacent) {
      gather(type, type, scratch, x, xStep, n);
      from = scratch;
      to = scratch;
    }
    softmaxRow<T>(isLog, to, from, n);
    if (!adjacent) scatter(type, type, out, outStep, scratch, n);
  }
}

function backwardAll<T>(
  isLog: bool, out: usize, y: usize, g: usize, rows: u32, n: u32,
  outRow: usize, outStep: usize, yRow: usize, yStep: usize, gRow: usize, gStep: usize, scratch: usize,
): void {
  const unit = sizeof<T>();
  const adjacent = outStep == unit && yStep == unit && gStep == unit;
  if (outRow == unit && yRow == unit && gRow == unit && !adjacent) {
    for (; rows >= lanes<T>(); rows -= lanes<T>(), out += 16, y += 16, g += 16) {
      backwardLanes<T>(isLog, out, outStep, y, yStep, g, gStep, n);
    }
  }
  const type = sizeof<T>() == 8 ? 1 : 0;
  const second = scratch + (((<usize>n * sizeof<T>()) + 15) & ~15);
  for (; rows != 0; rows--, out += outRow, y += yRow, g += gRow) {
    if (adjacent) {
      backwardRow<T>(isLog, out, y, g, n);
      continue;
    }
    gather(type, type, scratch, y, yStep, n);
    gather(type, type, second, g, gStep, n);
    backwardRow<T>(isLog, scratch, scratch, second, n);
    scatter(type, type, out, outStep, scratch, n);
  }
}

/**
 * out[rows, n] = softmax or log-softmax of each row of x. compute 0 f32, 1 f64; scratch: two rows of n elements, each rounded up to 16 bytes.
 *
 * error   softmax ≤ 4 + |x − max| ulp, log-softmax ≤ 3 ulp of the largest |x − max| (softmax.test.ts)
 * edges   a row with NaN or +∞ is NaN; −∞ and float32 elements more than 87.3 below the largest give 0
 */
export function softmax(
  compute: i32, isLog: bool, out: usize, x: usize, rows: u32, n: u32, outRow: usize, outStep: usize, xRow: usize, xStep: usize, scratch: usize,
): void {
  if (compute == 0) softmaxAll<f32>(isLog, out, x, rows, n, outRow << 2, outStep << 2, xRow << 2, xStep << 2, scratch);
  else softmaxAll<f64>(isLog, out, x, rows, n, outRow << 3, outStep << 3, xRow << 3, xStep << 3, scratch);
}

/**
 * out[rows, n] = y · (g − Σ y · g) for y = softmax(x), g − e^y · Σ g for y = log-softmax(x): the gradient of x from the gradient g of y.
 * @see softmax
 */
export function softmaxBackward(
  compute: i32, isLog: bool, out: usize, y: usize, g: usize, rows: u32, n: u32,
  outRow: usize, outStep: usize, yRow: usize, yStep: usize, gRow: usize, gStep: usize, scratch: usize,
): void {
  if (compute == 0) {
    backwardAll<f32>(isLog, out, y, g, rows, n, outRow << 2, outStep << 2, yRow << 2, yStep << 2, gRow << 2, gStep << 2, scratch);
  } else {
    backwardAll<f64>(isLog, out, y, g, rows, n, outRow << 3, outStep << 3, yRow << 3, yStep << 3, gRow << 3, gStep << 3, scratch);
  }
}
