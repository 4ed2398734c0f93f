// Normalization of x[outer, channels, inner]: sums of every channel, and one pass that shifts and scales. Arrays of one number for each channel
// are padded to `pitch` = channels + 4 elements, so that whole vectors of them can be read and written.

import { highHalf, lowHalf, sumLanes, widen } from '../simd/horizontal';
import { fma, lanes, loadTail, storeTail } from '../simd/lanes';

/** Vectors of a run, and rows, whose sums stay in float32. */
const BLOCK: u32 = 64;
const ROWS: u32 = 32;

/** Of the last run: Σ u, Σ u · v and, of float32, Σ v. */
let first: f64 = 0;
let second: f64 = 0;
let third: f64 = 0;

/** Σ u, Σ u · v and Σ v of n adjacent elements, for v = x − shift and u = y, or v where y is 0. */
function sumRun<T>(x: usize, y: usize, n: u32, low: f64): void {
  const shift = v128.splat<T>(<T>low);
  const apart = y - x;
  let sums = f64x2.splat(0);
  let products = sums;
  let others = sums;
  const zero = v128.splat<T>(<T>0);
  while (n >= lanes<T>()) {
    let left = min<u32>(n / lanes<T>(), BLOCK);
    n -= left * lanes<T>();
    let a = zero;
    let b = zero;
    let c = zero;
    let d = zero;
    let e = zero;
    // Unrolled for float32 only, for size.
    for (; sizeof<T>() == 4 && left >= 2; left -= 2, x += 32) {
      const v = v128.sub<T>(v128.load(x), shift);
      const w = v128.sub<T>(v128.load(x, 16), shift);
      const u = y == 0 ? v : v128.load(x + apart);
      const t = y == 0 ? w : v128.load(x + apart, 16);
      a = v128.add<T>(a, u);
      b = fma<T>(u, v, b);
      c = v128.add<T>(c, t);
      e = v128.add<T>(e, v128.add<T>(v, w));
      d = fma<T>(t, w, d);
    }
    for (; left != 0; left--, x += 16) {
      const v = v128.sub<T>(v128.load(x), shift);
      const u = y == 0 ? v : v128.load(x + apart);
      a = v128.add<T>(a, u);
      b = fma<T>(u, v, b);
      if (sizeof<T>() == 4) e = v128.add<T>(e, v);
    }
    if (sizeof<T>() == 4) others = f64x2.add(others, widen<T>(e));
    sums = f64x2.add(sums, widen<T>(v128.add<T>(a, c)));
    products = f64x2.add(products, widen<T>(v128.add<T>(b, d)));
  }
  first += sumLanes<f64>(sums);
  second += sumLanes<f64>(products);
  if (sizeof<T>() == 4) third += sumLanes<f64>(others);
  for (; n != 0; n--, x += sizeof<T>()) {
    const v: f64 = <f64>load<T>(x) - low;
    const u: f64 = y == 0 ? v : <f64>load<T>(x + apart);
    first += u;
    second += u * v;
    if (sizeof<T>() == 4) third += v;
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
    let left = channels;
    // Sixteen columns at a time for float32 only, for size.
    for (; sizeof<T>() == 4 && left >= 16; left -= 16, to += 128, s += 64, from += 64) {
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let b0 = a0;
      let b1 = a0;
      let b2 = a0;
      let b3 = a0;
      let at = from;
      for (let r = some; r != 0; r--, at += rowBytes) {
        let v = f32x4.sub(v128.load(at), v128.load(s));
        let u = y == 0 ? v : v128.load(at + apart);
        a0 = f32x4.add(a0, u);
        b0 = fma<f32>(u, v, b0);
        v = f32x4.sub(v128.load(at, 16), v128.load(s, 16));
        u = y == 0 ? v : v128.load(at + apart, 16);
        a1 = f32x4.add(a1, u);
        b1 = fma<f32>(u, v, b1);
        v = f32x4.sub(v128.load(at, 32), v128.load(s, 32));
        u = y == 0 ? v : v128.load(at + apart, 32);
        a2 = f32x4.add(a2, u);
        b2 = fma<f32>(u, v, b2);
        v = f32x4.sub(v128.load(at, 48), v128.load(s, 48));
        u = y == 0 ? v : v128.load(at + apart, 48);
        a3 = f32x4.add(a3, u);
        b3 = fma<f32>(u, v, b3);
      }
      addWide<T>(to, a0);
      addWide<T>(to + 32, a1);
      addWide<T>(to + 64, a2);
      addWide<T>(to + 96, a3);
      addWide<T>(to + pitch, b0);
      addWide<T>(to + pitch + 32, b1);
      addWide<T>(to + pitch + 64, b2);
      addWide<T>(to + pitch + 96, b3);
    }
    for (; left != 0;) {
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

/** out[n] = (x − m) · a + b + k · y with vectors of coefficients `pitch` apart, `step` bytes further for every vector of x: 0 or 16. */
function scaleRun<T>(out: usize, x: usize, y: usize, n: u32, at: usize, pitch: usize, step: usize): void {
  const end = x + (((<usize>n * sizeof<T>()) >> 4) << 4);
  const a = at + pitch;
  const b = a + pitch;
  const k = b + pitch;
  let c: usize = 0;
  for (; x < end; x += 16, out += 16, c += step) {
    let value = fma<T>(v128.sub<T>(v128.load(x), v128.load(at + c)), v128.load(a + c), v128.load(b + c));
    if (y != 0) {
      value = fma<T>(v128.load(y), v128.load(k + c), value);
      y += 16;
    }
    v128.store(out, value);
  }
  n &= lanes<T>() - 1;
  if (n == 0) return;
  let value = fma<T>(v128.sub<T>(loadTail<T>(x, n), v128.load(at + c)), v128.load(a + c), v128.load(b + c));
  if (y != 0) value = fma<T>(loadTail<T>(y, n), v128.load(k + c), value);
  storeTail<T>(out, value, n);
}

/** Four vectors, each of one coefficient. */
function repeat<T>(to: usize, at: usize, pitch: usize): void {
  for (const end = to + 64; to < end; to += 16, at += pitch) v128.store(to, v128.splat<T>(load<T>(at)));
}

/**
 * sums[c] = Σ u and sums[pitch + c] = Σ u · v (float64) of every channel, for v = x − shift[c] and u = y, or u = v where y is 0; and of f32
 * where inner is not 1, sums[2 · pitch + c] = Σ v. compute 0 f32, 1 f64.
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
  const pitch = (<usize>channels + 4) << 3;
  for (let c: usize = 0; c < <usize>channels; c++, x += run) {
    first = 0;
    second = 0;
    third = 0;
    let at = x;
    let other = y;
    for (let o = outer; o != 0; o--, at += apart) {
      if (compute == 0) sumRun<f32>(at, other, inner, <f64>load<f32>(shift + (c << 2)));
      else sumRun<f64>(at, other, inner, load<f64>(shift + (c << 3)));
      if (y != 0) other += apart;
    }
    if (y != 0) y += run;
    store<f64>(sums + (c << 3), first);
    store<f64>(sums + pitch + (c << 3), second);
    store<f64>(sums + 2 * pitch + (c << 3), third);
  }
}

/**
 * out = (x − m[c]) · a[c] + b[c], and + k[c] · y where y is not 0. coefficients: m, a, b and k, each of `pitch` elements, and 64 bytes of
 * scratch. out may be x or y.
 */
export function channelScale(
  compute: i32, out: usize, x: usize, y: usize, coefficients: usize, outer: u32, channels: u32, inner: u32,
): void {
  const shift: usize = compute == 0 ? 2 : 3;
  const pitch = (<usize>channels + 4) << shift;
  const isVector = inner == 1;
  const n = isVector ? channels : inner;
  const runs = isVector ? 1 : channels;
  const run = <usize>n << shift;
  const step: usize = isVector ? 16 : 0;
  const at = isVector ? coefficients : coefficients + 4 * pitch;
  const apart = isVector ? pitch : 16;
  for (; outer != 0; outer--) {
    for (let c: usize = 0; c < <usize>runs; c++, x += run, out += run) {
      if (compute == 0) {
        if (!isVector) repeat<f32>(at, coefficients + (c << shift), pitch);
        scaleRun<f32>(out, x, y, n, at, apart, step);
      } else {
        if (!isVector) repeat<f64>(at, coefficients + (c << shift), pitch);
        scaleRun<f64>(out, x, y, n, at, apart, step);
      }
      if (y != 0) y += run;
    }
  }
}
