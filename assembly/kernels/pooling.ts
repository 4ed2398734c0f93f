// Pooling of planes x[planes, D, H, W, inner] into out[planes, oD, oH, oW, inner], and its gradients. `inner` is 1 where the last dimension of
// an image lies in adjacent elements, the number of channels where these do.
//
// A window is taken in two steps: its rows become one row in scratch (adjacent elements in the lanes), then its columns are taken from there.
//
// Words of the block, 4 bytes each: planes, D H W, inner, oD oH oW, kD kH kW, sD sH sW, pD pH pW, dD dH dW, divisor (0 none, 1 elements that
// are not padding, 2 all of the window), and the address of scratch.

import { lanes, loadOne, loadTail, storeOne, storeTail } from '../simd/lanes';

const PLANES: usize = 0;
const SIZE: usize = 4;
const INNER: usize = 16;
const OUT: usize = 20;
const KERNEL: usize = 32;
const STRIDE: usize = 44;
const PADDING: usize = 56;
const DILATION: usize = 68;
const DIVISOR: usize = 80;
const SCRATCH: usize = 84;

/** Offset of the last of three dimensions. */
const W: usize = 8;

/** What a maximum begins with: elements that are not larger, NaN and −∞, count as nothing. */
// @ts-ignore: decorator
@inline
function lowest<T>(): T {
  return sizeof<T>() == 8 ? <T>-f64.MAX_VALUE : <T>-f32.MAX_VALUE;
}

// @ts-ignore: decorator
@inline
function join<T>(isMax: bool, a: v128, b: v128): v128 {
  return isMax ? v128.pmax<T>(a, b) : v128.add<T>(a, b);
}

/** Addresses of the rows of the window of output row (od, oh) to `list`, in order; returns how many there are. */
function listRows<T>(b: usize, list: usize, plane: usize, od: i32, oh: i32): u32 {
  const height = load<i32>(b, SIZE + 4);
  const rowBytes = <usize>load<i32>(b, SIZE + W) * <usize>load<i32>(b, INNER) * sizeof<T>();
  let count: u32 = 0;
  let d = od * load<i32>(b, STRIDE) - load<i32>(b, PADDING);
  for (let i = load<i32>(b, KERNEL); i != 0; i--, d += load<i32>(b, DILATION)) {
    if (<u32>d >= load<u32>(b, SIZE)) continue;
    let h = oh * load<i32>(b, STRIDE + 4) - load<i32>(b, PADDING + 4);
    for (let j = load<i32>(b, KERNEL + 4); j != 0; j--, h += load<i32>(b, DILATION + 4)) {
      if (<u32>h >= <u32>height) continue;
      store<u32>(list + ((<usize>count) << 2), <u32>(plane + <usize>(d * height + h) * rowBytes));
      count++;
    }
  }
  return count;
}

/** One vector of the row that joins the listed rows; of one element, if `single`. */
// @ts-ignore: decorator
@inline
function joined<T>(isMax: bool, list: usize, count: u32, at: usize, start: v128, single: bool): v128 {
  let a = start;
  for (; count != 0; count--, list += 4) {
    const from = <usize>load<u32>(list) + at;
    a = join<T>(isMax, a, single ? loadOne<T>(from) : v128.load(from));
  }
  return a;
}

/** row[bytes] = the listed rows joined. */
function joinRows<T>(isMax: bool, row: usize, list: usize, count: u32, bytes: usize, start: v128): void {
  let at: usize = 0;
  for (; at + 64 <= bytes; at += 64) {
    let a = start;
    let b = start;
    let c = start;
    let d = start;
    let each = list;
    for (let left = count; left != 0; left--, each += 4) {
      const from = <usize>load<u32>(each) + at;
      a = join<T>(isMax, a, v128.load(from));
      b = join<T>(isMax, b, v128.load(from, 16));
      c = join<T>(isMax, c, v128.load(from, 32));
      d = join<T>(isMax, d, v128.load(from, 48));
    }
    const to = row + at;
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
  for (; at + 16 <= bytes; at += 16) v128.store(row + at, joined<T>(isMax, list, count, at, start, false));
  for (; at < bytes; at += sizeof<T>()) storeOne<T>(row + at, joined<T>(isMax, list, count, at, start, true));
}

/** Lanes of elements `step` bytes apart. */
// @ts-ignore: decorator
@inline
function spread<T>(x: usize, step: usize): v128 {
  if (sizeof<T>() == 8) return v128.load64_lane(x + step, v128.load64_zero(x), 1);
  let a = v128.load32_zero(x);
  a = v128.load32_lane(x + step, a, 1);
  x += step << 1;
  a = v128.load32_lane(x, a, 2);
  return v128.load32_lane(x + step, a, 3);
}

/** The elements 0, 2, … of two vectors. */
// @ts-ignore: decorator
@inline
function evens<T>(x: usize): v128 {
  const a = v128.load(x);
  const b = v128.load(x, 16);
  return sizeof<T>() == 8 ? v128.shuffle<f64>(a, b, 0, 2) : v128.shuffle<f32>(a, b, 0, 2, 4, 6);
}

/** A vector of results at `x`: k columns `next` bytes apart, results `step` bytes apart. */
// @ts-ignore: decorator
@inline
function joinColumns<T>(isMax: bool, x: usize, k: i32, next: usize, step: usize, start: v128): v128 {
  let a = start;
  if (step == sizeof<T>()) for (; k != 0; k--, x += next) a = join<T>(isMax, a, v128.load(x));
  else if (step == 2 * sizeof<T>()) for (; k != 0; k--, x += next) a = join<T>(isMax, a, evens<T>(x));
  else for (; k != 0; k--, x += next) a = join<T>(isMax, a, spread<T>(x, step));
  return a;
}

/** counts[oW]: columns of each window that are not padding, or all, or 1 for no divisor. */
function countColumns<T>(b: usize, counts: usize): void {
  const kind = load<i32>(b, DIVISOR);
  const width = load<u32>(b, SIZE + W);
  const columns = load<i32>(b, KERNEL + W);
  const outputs = load<i32>(b, OUT + W);
  for (let o = 0; o < outputs; o++, counts += sizeof<T>()) {
    let count = kind == 0 ? 1 : columns;
    if (kind == 1) {
      let w = o * load<i32>(b, STRIDE + W) - load<i32>(b, PADDING + W);
      for (let k = columns; k != 0; k--, w += load<i32>(b, DILATION + W)) if (<u32>w >= width) count--;
    }
    store<T>(counts, <T>count);
  }
}

/** The factor of countColumns for a window of `rows` rows that are not padding. */
function countRows(b: usize, rows: u32): f64 {
  const kind = load<i32>(b, DIVISOR);
  return kind == 0 ? 1 : kind == 1 ? <f64>rows : <f64>(load<i32>(b, KERNEL) * load<i32>(b, KERNEL + 4));
}

/** Elements of a row of scratch: a padded row, and what vectors at its end read. */
function scratchRow(b: usize): usize {
  const inner = load<i32>(b, INNER);
  const step = load<i32>(b, STRIDE + W);
  const columns = (load<i32>(b, OUT + W) + 3) * step + load<i32>(b, KERNEL + W) * load<i32>(b, DILATION + W);
  return <usize>max(columns, load<i32>(b, PADDING + W) + load<i32>(b, SIZE + W)) * <usize>inner + 8;
}

function forward<T>(isMax: bool, out: usize, x: usize, b: usize): void {
  const inner = load<i32>(b, INNER);
  const outputs = load<i32>(b, OUT + W);
  const row = load<usize>(b, SCRATCH);
  const counts = row + scratchRow(b) * sizeof<T>();
  const list = counts + (<usize>outputs + 4) * sizeof<T>();
  const identity = isMax ? lowest<T>() : <T>0;
  const start = v128.splat<T>(identity);
  for (let at = row; at < counts; at += sizeof<T>()) store<T>(at, identity);
  countColumns<T>(b, counts);
  const unit = <usize>inner * sizeof<T>();
  const bytes = <usize>load<i32>(b, SIZE + W) * unit;
  const planeBytes = <usize>(load<i32>(b, SIZE) * load<i32>(b, SIZE + 4)) * bytes;
  const inside = row + <usize>load<i32>(b, PADDING + W) * unit;
  const step = <usize>load<i32>(b, STRIDE + W) * unit;
  const next = <usize>load<i32>(b, DILATION + W) * unit;
  const k = load<i32>(b, KERNEL + W);
  for (let plane = load<i32>(b, PLANES); plane != 0; plane--, x += planeBytes) {
    for (let od = 0; od < load<i32>(b, OUT); od++) {
      for (let oh = 0; oh < load<i32>(b, OUT + 4); oh++) {
        const rows = listRows<T>(b, list, x, od, oh);
        joinRows<T>(isMax, inside, list, rows, bytes, start);
        const factor = v128.splat<T>(<T>countRows(b, rows));
        let from = row;
        // A run: all outputs of a row where these are adjacent, the channels of one output otherwise.
        const runs = inner == 1 ? 1 : outputs;
        for (let run = 0; run < runs; run++, from += step) {
          let left: u32 = inner == 1 ? outputs : inner;
          let at = from;
          let count = counts + <usize>run * sizeof<T>();
          const splat = v128.mul<T>(factor, v128.splat<T>(load<T>(count)));
          for (;;) {
            let value = joinColumns<T>(isMax, at, k, next, inner == 1 ? step : sizeof<T>(), start);
            if (!isMax) value = v128.div<T>(value, inner == 1 ? v128.mul<T>(factor, v128.load(count)) : splat);
            if (left <= lanes<T>()) {
              if (left == lanes<T>()) v128.store(out, value);
              else storeTail<T>(out, value, left);
              out += <usize>left * sizeof<T>();
              break;
            }
            v128.store(out, value);
            left -= lanes<T>();
            out += 16;
            count += 16;
            at += inner == 1 ? step * lanes<T>() : 16;
          }
        }
      }
    }
  }
}

/** dx = the gradient of an average, or of a sum, from the gradient g of the result. */
function averageBackward<T>(dx: usize, g: usize, b: usize): void {
  const inner = load<i32>(b, INNER);
  const outputs = load<i32>(b, OUT + W);
  const row = load<usize>(b, SCRATCH);
  const counts = row + scratchRow(b) * sizeof<T>();
  const list = counts + (<usize>outputs + 4) * sizeof<T>();
  countColumns<T>(b, counts);
  const unit = <usize>inner * sizeof<T>();
  const bytes = <usize>load<i32>(b, SIZE + W) * unit;
  const planeBytes = <usize>(load<i32>(b, SIZE) * load<i32>(b, SIZE + 4)) * bytes;
  const inside = row + <usize>load<i32>(b, PADDING + W) * unit;
  const step = <usize>load<i32>(b, STRIDE + W) * unit;
  const next = <usize>load<i32>(b, DILATION + W) * unit;
  for (let plane = load<i32>(b, PLANES); plane != 0; plane--, dx += planeBytes) {
    memory.fill(dx, 0, planeBytes);
    for (let od = 0; od < load<i32>(b, OUT); od++) {
      for (let oh = 0; oh < load<i32>(b, OUT + 4); oh++) {
        const rows = listRows<T>(b, list, dx, od, oh);
        const factor = <T>countRows(b, rows);
        memory.fill(row, 0, counts - row);
        let to = row;
        for (let o: usize = 0; o < <usize>outputs; o++, to += step) {
          const divisor = factor * load<T>(counts + o * sizeof<T>());
          for (let c = 0; c < inner; c++, g += sizeof<T>()) {
            const value: T = load<T>(g) / divisor;
            let at = to + <usize>c * sizeof<T>();
            for (let k = load<i32>(b, KERNEL + W); k != 0; k--, at += next) store<T>(at, load<T>(at) + value);
          }
        }
        for (let r: u32 = 0; r < rows; r++) addRow<T>(<usize>load<u32>(list + ((<usize>r) << 2)), inside, bytes);
      }
    }
  }
}

/** out[bytes] += x. */
function addRow<T>(out: usize, x: usize, bytes: usize): void {
  for (; bytes >= 16; bytes -= 16, out += 16, x += 16) v128.store(out, v128.add<T>(v128.load(out), v128.load(x)));
  for (; bytes != 0; bytes -= sizeof<T>(), out += sizeof<T>(), x += sizeof<T>()) store<T>(out, load<T>(out) + load<T>(x));
}

/** row = the largest elements of the listed rows, which = the number of the row that has each: the first one of equals. */
function largestRows<T>(row: usize, which: usize, list: usize, count: u32, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const full = at + 16 <= bytes;
    let best = v128.splat<T>(lowest<T>());
    let number = v128.splat<T>(<T>0);
    let each = list;
    for (let r: u32 = 0; r < count; r++, each += 4) {
      const from = <usize>load<u32>(each) + at;
      const x = full ? v128.load(from) : loadTail<T>(from, <u32>(bytes - at) / sizeof<T>());
      const larger = v128.gt<T>(x, best);
      best = v128.bitselect(x, best, larger);
      number = v128.bitselect(v128.splat<T>(<T>r), number, larger);
    }
    v128.store(row + at, best);
    v128.store(which + at, number);
  }
}

/**
 * The place of the largest element of every window, the first one of equals, or the first of the window where none is larger than the lowest
 * number: dx gets g added there; or, with `at`, dx gets the element and `at` the place in its plane (i32).
 */
function largest<T>(dx: usize, x: usize, g: usize, at: usize, b: usize): void {
  const inner = load<i32>(b, INNER);
  const outputs = load<i32>(b, OUT + W);
  const row = load<usize>(b, SCRATCH);
  const which = row + scratchRow(b) * sizeof<T>();
  const list = which + scratchRow(b) * sizeof<T>();
  const width = load<i32>(b, SIZE + W);
  const bytes = <usize>width * <usize>inner * sizeof<T>();
  const planeBytes = <usize>(load<i32>(b, SIZE) * load<i32>(b, SIZE + 4)) * bytes;
  const dilation = load<i32>(b, DILATION + W);
  const reach = (load<i32>(b, KERNEL + W) - 1) * dilation;
  let to = dx;
  for (let plane = load<i32>(b, PLANES); plane != 0; plane--, x += planeBytes, dx += planeBytes) {
    if (at == 0) memory.fill(dx, 0, planeBytes);
    for (let od = 0; od < load<i32>(b, OUT); od++) {
      for (let oh = 0; oh < load<i32>(b, OUT + 4); oh++) {
        const rows = listRows<T>(b, list, x, od, oh);
        largestRows<T>(row, which, list, rows, bytes);
        let first = -load<i32>(b, PADDING + W);
        for (let o = 0; o < outputs; o++, first += load<i32>(b, STRIDE + W)) {
          let w = first;
          while (w < 0) w += dilation;
          const end = min(width - 1, first + reach);
          for (let c = 0; c < inner; c++) {
            let best: T = lowest<T>();
            let number: T = 0;
            let place = <usize>(w * inner + c) * sizeof<T>();
            let from = place;
            for (let column = w; column <= end; column += dilation, from += <usize>(dilation * inner) * sizeof<T>()) {
              const value = load<T>(row + from);
              const n = load<T>(which + from);
              if (value > best || (value == best && n < number)) {
                best = value;
                number = n;
                place = from;
              }
            }
            if (rows != 0 && w <= end) place += <usize>load<u32>(list + ((<usize><u32>number) << 2)) - x;
            if (at != 0) {
              store<T>(to, best);
              store<i32>(at, <i32>(place / sizeof<T>()));
              to += sizeof<T>();
              at += 4;
            } else {
              if (rows != 0 && w <= end) store<T>(dx + place, load<T>(dx + place) + load<T>(g));
              g += sizeof<T>();
            }
          }
        }
      }
    }
  }
}

/**
 * out = the largest element of every window, or (isMax 0) its sum or average. compute 0 f32, 1 f64; the block is described above.
 *
 * edges   NaN and −∞ are never the largest; a window of these or of padding alone gives the lowest finite number
 */
export function pool(compute: i32, isMax: bool, out: usize, x: usize, block: usize): void {
  if (compute == 0) forward<f32>(isMax, out, x, block);
  else forward<f64>(isMax, out, x, block);
}

/** dx[planes, D, H, W, inner] from the gradient g of a sum or average. @see pool */
export function poolAverageBackward(compute: i32, dx: usize, g: usize, block: usize): void {
  if (compute == 0) averageBackward<f32>(dx, g, block);
  else averageBackward<f64>(dx, g, block);
}

/** dx from x and the gradient g of the largest elements; or with `at`, dx = the largest elements and at (i32) = their places in a plane. @see pool */
export function poolLargest(compute: i32, dx: usize, x: usize, g: usize, at: usize, block: usize): void {
  if (compute == 0) largest<f32>(dx, x, g, at, block);
  else largest<f64>(dx, x, g, at, block);
}
