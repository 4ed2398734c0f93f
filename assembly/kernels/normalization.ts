// Normalization of x[outer, channels, inner]: sums of every channel, and one pass that shifts and scales. Arrays of one number for each channel
// are padded to `pitch` = channels + 4 elements, so that whole vectors of them can be read and written.

import { highHalf, lowHalf, sumLanes, widen } from '../simd/horizontal';
import { fma, lanes, loadTail, storeTail } from '../simd/lanes';

/** Vectors of a run, and rows, whose sums stay in float32. */
const BLOCK: u32 = 64;
const ROWS: u32 = 32;

/** Of the last run: Σ u and Σ u · v. */
let first: f64 = 0;
let second: f64 = 0;

/** Σ u and Σ u · v of n adjacent elements, for v = x − shift and u = y, or v where y is 0. */
function sumRun<T>(x: usize, y: usize, n: u32, low: f64): void {
  const shift = v128.splat<T>(<T>low);
  const apart = y - x;
  let sums = f64x2.splat(0);
  let products = sums;
  const zero = v128.splat<T>(<T>0);
  while (n >= lanes<T>()) {
    let left = min<u32>(n / lanes<T>(), BLOCK);
    n -= left * lanes<T>();
    let a = zero;
    let b = zero;
    let c = zero;
    let d = zero;
    // Unrolled for float32 only, for size.
    for (; sizeof<T>() == 4 && left >= 2; left -= 2, x += 32) {
      const v = v128.sub<T>(v128.load(x), shift);
      const w = v128.sub<T>(v128.load(x, 16), shift);
      const u = y == 0 ? v : v128.load(x + apart);
      const t = y == 0 ? w : v128.load(x + apart, 16);
      a = v128.add<T>(a, u);
      b = fma<T>(u, v, b);
      c = v128.add<T>(c, t);
      d = fma<T>(t, w, d);
    }
    for (; left != 0; left--, x += 16) {
      const v = v128.sub<T>(v128.load(x), shift);
      const u = y == 0 ? v : v128.load(x + apart);
      a = v128.add<T>(a, u);
      b = fma<T>(u, v, b);
    }
    sums = f64x2.add(sums, widen<T>(v128.add<T>(a, c)));
    products = f64x2.add(products, widen<T>(v128.add<T>(b, d)));
  }
  first += sumLanes<f64>(sums);
  second += sumLanes<f64>(products);
  for (; n != 0; n--, x += sizeof<T>()) {
    const v: f64 = <f64>load<T>(x) - low;
    const u: f64 = y == 0 ? v : <f64>load<T>(x + apart);
    first += u;
    second += u * v;
  }
}

/** out[lanes] of float64 += x. */
function addWide<T>(out: usize, x: v128): void {
  v128.store(out, f64x2.add(v128.load(out), sizeof<T>() == 8 ? x : lowHalf(x)));
  if (sizeof<T>() == 4) v128.store(out, f64x2.add(v128.load(out, 16), highHalf(x)), 16);
}

/** Σ u and Σ u · v of the columns of x[rows, channels] to sums and sums + pitch. */
function sumColumns<T>(sums: usize, x: usize, y: usize, shift: usize, rows: u32, channels: u32): void {
  const pitch = (<usize>channels + 4) << 3;
  const rowBytes = <usize>channels * sizeof<T>();
  const apart = y - x;
  memory.fill(sums, 0, 2 * pitch);
  while (rows != 0) {
    const some = min(rows, ROWS);
    let to = sums;
    let s = shift;
    let from = x;
    for (let left = channels; left != 0;) {
      const full = left >= lanes<T>();
      const count = min(left, lanes<T>());
      const low = v128.load(s);
      let a = v128.splat<T>(<T>0);
      let b = a;
      let at = from;
      for (let r = some; r != 0; r--, at += rowBytes) {
        const v = v128.sub<T>(full ? v128.load(at) : loadTail<T>(at, count), low);
        const u = y == 0 ? v : full ? v128.load(at + apart) : loadTail<T>(at + apart, count);
        a = v128.add<T>(a, u);
        b = fma<T>(u, v, b);
      }
      addWide<T>(to, a);
      addWide<T>(to + pitch, b);
      left -= count;
      to += (<usize>count) << 3;
      s += <usize>count * sizeof<T>();
      from += <usize>count * sizeof<T>();
    }
    x += <usize>some * rowBytes;
    rows -= some;
  }
}

/** out[n] = (x − m) · a + b + k · y with coefficients `pitch` apart: one of each, or vectors of them. */
function scaleRun<T>(out: usize, x: usize, y: usize, n: u32, at: usize, pitch: usize, isVector: bool): void {
  let m = v128.splat<T>(load<T>(at));
  let a = v128.splat<T>(load<T>(at + pitch));
  let b = v128.splat<T>(load<T>(at + 2 * pitch));
  let k = v128.splat<T>(load<T>(at + 3 * pitch));
  if (!isVector) {
    const end = x + (((<usize>n * sizeof<T>()) >> 4) << 4);
    n &= lanes<T>() - 1;
    if (y == 0) for (; x < end; x += 16, out += 16) v128.store(out, fma<T>(v128.sub<T>(v128.load(x), m), a, b));
    else {
      for (; x < end; x += 16, y += 16, out += 16) {
        v128.store(out, fma<T>(v128.load(y), k, fma<T>(v128.sub<T>(v128.load(x), m), a, b)));
      }
    }
  }
  while (n != 0) {
    const full = n >= lanes<T>();
    if (isVector) {
      m = v128.load(at);
      a = v128.load(at + pitch);
      b = v128.load(at + 2 * pitch);
      k = v128.load(at + 3 * pitch);
      at += 16;
    }
    let value = fma<T>(v128.sub<T>(full ? v128.load(x) : loadTail<T>(x, n), m), a, b);
    if (y != 0) {
      value = fma<T>(full ? v128.load(y) : loadTail<T>(y, n), k, value);
      y += 16;
    }
    if (!full) {
      storeTail<T>(out, value, n);
      return;
    }
    v128.store(out, value);
    n -= lanes<T>();
    x += 16;
    out += 16;
  }
}

/**
 * sums[c] = Σ u and sums[pitch + c] = Σ u · v (float64) of every channel, for v = x − shift[c] and u = y, or u = v where y is 0.
 * compute 0 f32, 1 f64.
 *
 * error   64 vectors at a time in float32, all else in float64 (normalization.test.ts)
 */
export function channelSums(compute: i32, sums: usize, x: usize, y: usize, shift: usize, outer: u32, channels: u32, inner: u32): void {
  if (inner == 1) {
    if (compute == 0) sumColumns<f32>(sums, x, y, shift, outer, channels);
    else sumColumns<f64>(sums, x, y, shift, outer, channels);
    return;
  }
  const run = <usize>inner << (compute == 0 ? 2 : 3);
  const apart = <usize>channels * run;
  for (let c: usize = 0; c < <usize>channels; c++, x += run) {
    first = 0;
    second = 0;
    let at = x;
    let other = y;
    for (let o = outer; o != 0; o--, at += apart) {
      if (compute == 0) sumRun<f32>(at, other, inner, <f64>load<f32>(shift + (c << 2)));
      else sumRun<f64>(at, other, inner, load<f64>(shift + (c << 3)));
      if (y != 0) other += apart;
    }
    if (y != 0) y += run;
    store<f64>(sums + (c << 3), first);
    store<f64>(sums + ((c + <usize>channels + 4) << 3), second);
  }
}

/** out = (x − m[c]) · a[c] + b[c], and + k[c] · y where y is not 0. coefficients: m, a, b and k, each of `pitch` elements. out may be x or y. */
export function channelScale(
  compute: i32, out: usize, x: usize, y: usize, coefficients: usize, outer: u32, channels: u32, inner: u32,
): void {
  const shift: usize = compute == 0 ? 2 : 3;
  const pitch = (<usize>channels + 4) << shift;
  const isVector = inner == 1;
  const n = isVector ? channels : inner;
  const runs = isVector ? 1 : channels;
  const run = <usize>n << shift;
  for (; outer != 0; outer--) {
    for (let c: usize = 0; c < <usize>runs; c++, x += run, out += run) {
      const at = coefficients + (c << shift);
      if (compute == 0) scaleRun<f32>(out, x, y, n, at, pitch, isVector);
      else scaleRun<f64>(out, x, y, n, at, pitch, isVector);
      if (y != 0) y += run;
    }
  }
}
