// What pooling.ts does to rows of adjacent elements: whole vectors, that know neither images nor windows. A list holds addresses of 4 bytes each;
// `end` is behind its last one. Rows of scratch may be read and written a vector beyond their end.

import { loadTail, storeTail } from '../simd/lanes';

/** What a maximum begins with, libnd4j's lowest number: elements that are not larger, NaN and −∞, count as nothing. */
// @ts-ignore: decorator
@inline
export function lowest(): f32 {
  return -3.402823e38;
}

/** The place of nothing, behind that of any element: places are 32-bit integers without a sign. */
export const NOWHERE: i32 = i32.MAX_VALUE;

/** The columns of a vector `at` bytes into a row. */
// @ts-ignore: decorator
@inline
function columnsAt(at: usize): v128 {
  return i32x4.add(i32x4.splat(<i32>(at >> 2)), i32x4(0, 1, 2, 3));
}

// @ts-ignore: decorator
@inline
function joinAs(isMax: bool, x: v128, y: v128): v128 {
  return isMax ? f32x4.pmax(x, y) : f32x4.add(x, y);
}

/** Four vectors at a time; the last ones repeat some elements where the row is no multiple of them. */
// @ts-ignore: decorator
@inline
function joinLong(isMax: bool, out: usize, list: usize, end: usize, offset: usize, bytes: usize, count: usize, mask: usize, factor: f32): void {
  const start = f32x4.splat(isMax ? lowest() : 0);
  const times = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += 64) {
    at = min(at, bytes - 64);
    let x = start;
    let y = start;
    let z = start;
    let u = start;
    for (let each = list; each < end; each += 12) {
      const a = <usize>load<u32>(each) + offset + at;
      const b = <usize>load<u32>(each, 4) + offset + at;
      const c = <usize>load<u32>(each, 8) + offset + at;
      x = joinAs(isMax, joinAs(isMax, joinAs(isMax, x, v128.load(a)), v128.load(b)), v128.load(c));
      y = joinAs(isMax, joinAs(isMax, joinAs(isMax, y, v128.load(a, 16)), v128.load(b, 16)), v128.load(c, 16));
      z = joinAs(isMax, joinAs(isMax, joinAs(isMax, z, v128.load(a, 32)), v128.load(b, 32)), v128.load(c, 32));
      u = joinAs(isMax, joinAs(isMax, joinAs(isMax, u, v128.load(a, 48)), v128.load(b, 48)), v128.load(c, 48));
    }
    if (!isMax && count != 0) {
      const by = count + (at & mask);
      x = f32x4.div(x, f32x4.mul(times, v128.load(by)));
      y = f32x4.div(y, f32x4.mul(times, v128.load(by + (16 & mask))));
      z = f32x4.div(z, f32x4.mul(times, v128.load(by + (32 & mask))));
      u = f32x4.div(u, f32x4.mul(times, v128.load(by + (48 & mask))));
    }
    v128.store(out + at, x);
    v128.store(out + at, y, 16);
    v128.store(out + at, z, 32);
    v128.store(out + at, u, 48);
  }
}

/**
 * out[bytes] = the largest of `lowest` and the listed rows, each `offset` bytes further; or their sum, over factor · the numbers at `count`
 * (unless that is 0): one for each element, or with mask 0 a vector for all. Rows of fewer than 16 bytes have 16 that can be read. This list
 * and those below have a multiple of three addresses.
 */
export function join(
  isMax: bool, out: usize, list: usize, end: usize, offset: usize, bytes: usize, count: usize, mask: usize, factor: f32,
): void {
  if (bytes >= 64) {
    if (isMax) joinLong(true, out, list, end, offset, bytes, 0, 0, factor);
    else joinLong(false, out, list, end, offset, bytes, count, mask, factor);
    return;
  }
  for (let at: usize = 0; at < bytes; at += 16) {
    if (bytes >= 16) at = min(at, bytes - 16);
    let x = f32x4.splat(isMax ? lowest() : 0);
    for (let each = list; each < end; each += 4) x = joinAs(isMax, x, v128.load(<usize>load<u32>(each) + offset + at));
    if (count != 0) x = f32x4.div(x, f32x4.mul(f32x4.splat(factor), v128.load(count + (at & mask))));
    if (bytes < 16) {
      storeTail<f32>(out, x, <u32>bytes >> 2);
      return;
    }
    v128.store(out + at, x);
  }
}

// @ts-ignore: decorator
@inline
function largest(isImage: bool, out: usize, apart: usize, list: usize, end: usize, begins: usize, offset: usize, bytes: usize): void {
  const least = f32x4.splat(lowest());
  const nowhere = i32x4.splat(NOWHERE);
  for (let each = list; each < end; each += 12, begins += 48) {
    const a = <usize>load<u32>(each) + offset;
    const b = <usize>load<u32>(each, 4) + offset;
    const c = <usize>load<u32>(each, 8) + offset;
    const beginA = v128.load(begins);
    const beginB = v128.load(begins, 16);
    const beginC = v128.load(begins, 32);
    for (let at: usize = 0; at < bytes; at += 16) {
      if (isImage && bytes >= 16) at = min(at, bytes - 16);
      let x = v128.load(a + at);
      let y = v128.load(b + at);
      let z = v128.load(c + at);
      if (isImage) {
        x = f32x4.pmax(least, x);
        y = f32x4.pmax(least, y);
        z = f32x4.pmax(least, z);
      }
      let most = f32x4.pmax(f32x4.pmax(x, y), z);
      let found = nowhere;
      if (each != list) {
        const before = v128.load(out + at);
        most = f32x4.pmax(most, before);
        found = i32x4.min_u(found, v128.or(v128.load(out + apart + at), f32x4.ne(before, most)));
      }
      const column = columnsAt(at);
      const placeX = isImage ? i32x4.add(beginA, column) : v128.load(a + apart + at);
      const placeY = isImage ? i32x4.add(beginB, column) : v128.load(b + apart + at);
      const placeZ = isImage ? i32x4.add(beginC, column) : v128.load(c + apart + at);
      found = i32x4.min_u(found, v128.or(placeX, f32x4.ne(x, most)));
      found = i32x4.min_u(found, v128.or(placeY, f32x4.ne(y, most)));
      found = i32x4.min_u(found, v128.or(placeZ, f32x4.ne(z, most)));
      if (isImage && bytes < 16) {
        storeTail<f32>(out, most, <u32>bytes / 4);
        storeTail<f32>(out + apart, found, <u32>bytes / 4);
        break;
      }
      v128.store(out + at, most);
      v128.store(out + apart + at, found);
    }
  }
}

/**
 * out[bytes] = the largest elements of the listed rows of an image, and `apart` behind them their places, of equals the first: begins[row] +
 * column.
 */
export function largestRows(out: usize, apart: usize, list: usize, end: usize, begins: usize, bytes: usize): void {
  largest(true, out, apart, list, end, begins, 0, bytes);
}

/** The same of the listed rows of scratch, each `offset` bytes further, whose places lie `apart` behind them. */
export function largestColumns(out: usize, apart: usize, list: usize, end: usize, offset: usize, bytes: usize): void {
  largest(false, out, apart, list, end, list, offset, bytes);
}

/** out[bytes] = Σ of those elements of the listed rows of scratch, each `offset` bytes further, whose places, `apart` behind them, are at `own`. */
export function sumChosen(out: usize, own: usize, apart: usize, list: usize, end: usize, offset: usize, bytes: usize): void {
  for (let each = list; each < end; each += 12) {
    const a = <usize>load<u32>(each) + offset;
    const b = <usize>load<u32>(each, 4) + offset;
    const c = <usize>load<u32>(each, 8) + offset;
    for (let at: usize = 0; at < bytes; at += 16) {
      const mine = v128.load(own + at);
      let sum = each == list ? f32x4.splat(0) : v128.load(out + at);
      sum = f32x4.add(sum, v128.and(v128.load(a + at), i32x4.eq(mine, v128.load(a + apart + at))));
      sum = f32x4.add(sum, v128.and(v128.load(b + at), i32x4.eq(mine, v128.load(b + apart + at))));
      sum = f32x4.add(sum, v128.and(v128.load(c + at), i32x4.eq(mine, v128.load(c + apart + at))));
      v128.store(out + at, sum);
    }
  }
}

/** Copies rows of fewer than 16 bytes to `out`, 16 bytes each, and lists them there. */
export function widenRows(out: usize, list: usize, end: usize, bytes: usize): void {
  for (; list < end; list += 4, out += 16) {
    v128.store(out, loadTail<f32>(load<u32>(list), <u32>bytes / 4));
    store<u32>(list, <u32>out);
  }
}

/** out[bytes] = x. */
export function copyRow(out: usize, x: usize, bytes: usize): void {
  const end = out + bytes;
  const behind = x - out;
  for (; out + 16 <= end; out += 16) v128.store(out, v128.load(out + behind));
  for (; out < end; out += 4) store<f32>(out, load<f32>(out + behind));
}

/** Three rows, the listed ones, += x[bytes]. A row may be there again. */
export function addRows(list: usize, x: usize, bytes: usize): void {
  const a = <usize>load<u32>(list);
  const b = <usize>load<u32>(list, 4);
  const c = <usize>load<u32>(list, 8);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const some = v128.load(x + at);
    v128.store(a + at, f32x4.add(v128.load(a + at), some));
    v128.store(b + at, f32x4.add(v128.load(b + at), some));
    v128.store(c + at, f32x4.add(v128.load(c + at), some));
  }
  for (; at < bytes; at += 4) {
    const some = load<f32>(x + at);
    store<f32>(a + at, load<f32>(a + at) + some);
    store<f32>(b + at, load<f32>(b + at) + some);
    store<f32>(c + at, load<f32>(c + at) + some);
  }
}

/** Three rows, those `behind` the listed ones, += the elements of x[bytes] whose places, at `own`, are theirs: begins[row] + column. */
export function addChosen(list: usize, behind: usize, x: usize, own: usize, begins: usize, bytes: usize): void {
  const a = <usize>load<u32>(list) + behind;
  const b = <usize>load<u32>(list, 4) + behind;
  const c = <usize>load<u32>(list, 8) + behind;
  const step = i32x4.splat(4);
  let placeA = i32x4.add(v128.load(begins), columnsAt(0));
  let placeB = i32x4.add(v128.load(begins, 16), columnsAt(0));
  let placeC = i32x4.add(v128.load(begins, 32), columnsAt(0));
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const mine = v128.load(own + at);
    const some = v128.load(x + at);
    v128.store(a + at, f32x4.add(v128.load(a + at), v128.and(some, i32x4.eq(mine, placeA))));
    v128.store(b + at, f32x4.add(v128.load(b + at), v128.and(some, i32x4.eq(mine, placeB))));
    v128.store(c + at, f32x4.add(v128.load(c + at), v128.and(some, i32x4.eq(mine, placeC))));
    placeA = i32x4.add(placeA, step);
    placeB = i32x4.add(placeB, step);
    placeC = i32x4.add(placeC, step);
  }
  const left = <u32>(bytes - at) / 4;
  if (left == 0) return;
  const mine = v128.load(own + at);
  const some = v128.load(x + at);
  addTail(a + at, v128.and(some, i32x4.eq(mine, placeA)), left);
  addTail(b + at, v128.and(some, i32x4.eq(mine, placeB)), left);
  addTail(c + at, v128.and(some, i32x4.eq(mine, placeC)), left);
}

function addTail(out: usize, x: v128, left: u32): void {
  storeTail<f32>(out, f32x4.add(loadTail<f32>(out, left), x), left);
}

/** Rows to[s][n], `pitch` bytes apart = the columns i · s + row of x. */
export function split(to: usize, pitch: usize, x: usize, s: u32, n: u32): void {
  if (s == 2) {
    for (const end = to + (<usize>n << 2); to < end; to += 16, x += 32) {
      const a = v128.load(x);
      const b = v128.load(x, 16);
      v128.store(to, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
      v128.store(to + pitch, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
    }
    return;
  }
  for (let row = s; row != 0; row--, to += pitch, x += 4) {
    let from = x;
    for (let i: usize = 0; i < <usize>n; i++, from += <usize>s * 4) store<f32>(to + i * 4, load<f32>(from));
  }
}

/** The way back. @see split */
export function merge(x: usize, pitch: usize, to: usize, s: u32, n: u32): void {
  if (s == 2) {
    for (const end = to + (<usize>n << 2); to < end; to += 16, x += 32) {
      const a = v128.load(to);
      const b = v128.load(to + pitch);
      v128.store(x, v128.shuffle<f32>(a, b, 0, 4, 1, 5));
      v128.store(x, v128.shuffle<f32>(a, b, 2, 6, 3, 7), 16);
    }
    return;
  }
  for (let row = s; row != 0; row--, to += pitch, x += 4) {
    let from = x;
    for (let i: usize = 0; i < <usize>n; i++, from += <usize>s * 4) store<f32>(from, load<f32>(to + i * 4));
  }
}
