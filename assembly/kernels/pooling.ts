// Pooling of planes x[planes, D, H, W, inner] into out[planes, oD, oH, oW, inner], and its gradients. `inner` is 1 where the last dimension of
// an image lies in adjacent elements, the number of channels where these do.
//
// A row of results is taken in two steps: the rows of its windows become one row in scratch (adjacent elements in the lanes), and the columns
// of the windows are taken from there. Gradients go the same way back.
//
// Words of the block, 4 bytes each: planes, D H W, inner, oD oH oW, kD kH kW, sD sH sW, pD pH pW, dD dH dW, divisor (0 none, 1 elements that
// are not padding, 2 all of the window), the elements of a row of scratch, and the address of scratch: 16 bytes, two such rows, a row of counts, and the
// addresses of the rows of a window.

import { lanes, loadTail, storeTail } from '../simd/lanes';
import { poolPairs } from './poolPairs';

const SIZE: usize = 4;
const INNER: usize = 16;
const OUT: usize = 20;
const KERNEL: usize = 32;
const STRIDE: usize = 44;
const PADDING: usize = 56;
const DILATION: usize = 68;
const DIVISOR: usize = 80;
const ROW: usize = 84;
const SCRATCH: usize = 88;
/** Offset of the last of three dimensions. */
const W: usize = 8;

const MAX: i32 = 0;
const AVERAGE: i32 = 1;
const AVERAGE_BACKWARD: i32 = 2;
const MAX_BACKWARD: i32 = 3;
const PLACES: i32 = 4;

/** Of the call that runs: its block, and what follows from it. */
let b: usize = 0;
/** Rows of scratch, counts of columns, addresses of rows. */
let row: usize = 0;
let second: usize = 0;
let counts: usize = 0;
let list: usize = 0;
/** Bytes: one row of the image, its place in a row of scratch, results apart, columns of a window apart. */
let bytes: usize = 0;
let inside: usize = 0;
let step: usize = 0;
let next: usize = 0;
/** Rows of the current window that are not padding. */
let rows: u32 = 0;
/** Where the next result, its gradient and its place stand. */
let result: usize = 0;
let places: usize = 0;

/** What a maximum begins with, libnd4j's lowest number: elements that are not larger, NaN and −∞, count as nothing. */
// @ts-ignore: decorator
@inline
function lowest<T>(): T {
  return sizeof<T>() == 8 ? <T>-f64.MAX_VALUE : <T>-3.402823e38;
}

// @ts-ignore: decorator
@inline
function join<T>(isMax: bool, x: v128, y: v128): v128 {
  return isMax ? v128.pmax<T>(x, y) : v128.add<T>(x, y);
}

function prepare(block: usize, shift: usize): void {
  b = block;
  row = load<usize>(b, SCRATCH) + 16;
  second = row + (<usize>load<i32>(b, ROW) << shift);
  counts = second + (<usize>load<i32>(b, ROW) << shift);
  list = counts + (<usize>(load<i32>(b, OUT + W) + 4) << shift);
  const unit = <usize>load<i32>(b, INNER) << shift;
  bytes = <usize>load<i32>(b, SIZE + W) * unit;
  inside = <usize>load<i32>(b, PADDING + W) * unit;
  step = <usize>load<i32>(b, STRIDE + W) * unit;
  next = <usize>load<i32>(b, DILATION + W) * unit;
}

/** Addresses of the rows of the windows of output row (od, oh) to `list`, in order. */
function listRows(plane: usize, od: i32, oh: i32): void {
  const height = load<u32>(b, SIZE + 4);
  let at = list;
  let d = od * load<i32>(b, STRIDE) - load<i32>(b, PADDING);
  for (let i = load<i32>(b, KERNEL); i != 0; i--, d += load<i32>(b, DILATION)) {
    if (<u32>d >= load<u32>(b, SIZE)) continue;
    let h = oh * load<i32>(b, STRIDE + 4) - load<i32>(b, PADDING + 4);
    for (let j = load<i32>(b, KERNEL + 4); j != 0; j--, h += load<i32>(b, DILATION + 4)) {
      if (<u32>h >= height) continue;
      store<u32>(at, <u32>(plane + <usize>(<u32>d * height + h) * bytes));
      at += 4;
    }
  }
  rows = <u32>(at - list) >> 2;
}

/** counts[oW + 4]: columns of each window that are not padding, or all, or 1 for no divisor. */
function countColumns(wide: bool): void {
  const kind = load<i32>(b, DIVISOR);
  const columns = load<i32>(b, KERNEL + W);
  let at = counts;
  let first = -load<i32>(b, PADDING + W);
  for (; at < list; first += load<i32>(b, STRIDE + W)) {
    let count = kind == 0 ? 1 : columns;
    let w = first;
    if (kind == 1) for (let k = columns; k != 0; k--, w += load<i32>(b, DILATION + W)) if (<u32>w >= load<u32>(b, SIZE + W)) count--;
    at = storeNumber(wide, at, count);
  }
}

/** Stores one element of the type; returns the address behind it. */
function storeNumber(wide: bool, at: usize, value: f64): usize {
  if (wide) store<f64>(at, value);
  else store<f32>(at, <f32>value);
  return at + (4 << <usize>wide);
}

/** What the counts of columns are multiplied by. */
function countRows<T>(): v128 {
  const kind = load<i32>(b, DIVISOR);
  return v128.splat<T>(kind == 0 ? <T>1 : kind == 1 ? <T>rows : <T>(load<i32>(b, KERNEL) * load<i32>(b, KERNEL + 4)));
}

/** row = the listed rows joined. */
function joinRows<T>(isMax: bool): void {
  const start = v128.splat<T>(isMax ? lowest<T>() : <T>0);
  const end = list + ((<usize>rows) << 2);
  const to = row + inside;
  let at: usize = 0;
  // Unrolled for float32 only, for size.
  for (; sizeof<T>() == 4 && at + 64 <= bytes; at += 64) {
    let x = start;
    let y = start;
    let z = start;
    let u = start;
    for (let each = list; each < end; each += 4) {
      const from = <usize>load<u32>(each) + at;
      x = join<T>(isMax, x, v128.load(from));
      y = join<T>(isMax, y, v128.load(from, 16));
      z = join<T>(isMax, z, v128.load(from, 32));
      u = join<T>(isMax, u, v128.load(from, 48));
    }
    v128.store(to + at, x);
    v128.store(to + at, y, 16);
    v128.store(to + at, z, 32);
    v128.store(to + at, u, 48);
  }
  for (; at < bytes; at += 16) {
    const left = <u32>(bytes - at) / sizeof<T>();
    let x = start;
    for (let each = list; each < end; each += 4) {
      const from = <usize>load<u32>(each) + at;
      x = join<T>(isMax, x, left >= lanes<T>() ? v128.load(from) : loadTail<T>(from, left));
    }
    if (left >= lanes<T>()) v128.store(to + at, x);
    else storeTail<T>(to + at, x, left);
  }
}

/** The elements of a vector, `apart` bytes from each other. */
// @ts-ignore: decorator
@inline
function spread<T>(x: usize, apart: usize): v128 {
  if (apart == sizeof<T>()) return v128.load(x);
  if (sizeof<T>() == 4 && apart == 8) return v128.shuffle<f32>(v128.load(x), v128.load(x, 16), 0, 2, 4, 6);
  if (sizeof<T>() == 8) return v128.load64_lane(x + apart, v128.load64_zero(x), 1);
  const two = v128.load32_lane(x + apart, v128.load32_zero(x), 1);
  x += apart << 1;
  return v128.load32_lane(x + apart, v128.load32_lane(x, two, 2), 3);
}

/** A vector of results: the columns of its windows, from `x` on, joined. */
function joinColumns<T>(isMax: bool, x: usize, apart: usize): v128 {
  let y = v128.splat<T>(isMax ? lowest<T>() : <T>0);
  let k = load<i32>(b, KERNEL + W);
  if (sizeof<T>() == 4 && apart == 8) for (; k != 0; k--, x += next) y = join<T>(isMax, y, spread<T>(x, 8));
  else for (; k != 0; k--, x += next) y = join<T>(isMax, y, spread<T>(x, apart));
  return y;
}

/** dx[at …] += g at the columns of the windows of a vector of results. */
function addColumns<T>(at: usize, g: v128, apart: usize): void {
  for (let k = load<i32>(b, KERNEL + W); k != 0; k--, at += next) {
    if (apart == sizeof<T>()) v128.store(at, v128.add<T>(v128.load(at), g));
    else if (sizeof<T>() == 4 && apart == 8) {
      const zero = i32x4.splat(0);
      v128.store(at, v128.add<T>(v128.load(at), v128.shuffle<f32>(g, zero, 0, 4, 1, 4)));
      v128.store(at, v128.add<T>(v128.load(at, 16), v128.shuffle<f32>(g, zero, 2, 4, 3, 4)), 16);
    } else {
      const sum = v128.add<T>(spread<T>(at, apart), g);
      if (sizeof<T>() == 8) {
        v128.store64_lane(at, sum, 0);
        v128.store64_lane(at + apart, sum, 1);
      } else {
        v128.store32_lane(at, sum, 0);
        v128.store32_lane(at + apart, sum, 1);
        v128.store32_lane(at + 2 * apart, sum, 2);
        v128.store32_lane(at + 3 * apart, sum, 3);
      }
    }
  }
}

/** Stands for the place of nothing: greater than that of any element, an address being 32 bits wide. */
const NOWHERE: i32 = i32.MAX_VALUE;

/** row = the largest elements of the listed rows, second = where their rows begin in the plane: the first one of equals. Counted in elements. */
function largestRows<T, I>(plane: usize): void {
  const end = list + ((<usize>rows) << 2);
  const first = v128.splat<I>(<I>(rows == 0 ? NOWHERE : <i32>((<usize>load<u32>(list) - plane) / sizeof<T>())));
  for (let at: usize = 0; at < bytes; at += 16) {
    const left = <u32>(bytes - at) / sizeof<T>();
    const full = left >= lanes<T>();
    let best = v128.splat<T>(lowest<T>());
    let start = first;
    for (let each = list; each < end; each += 4) {
      const from = <usize>load<u32>(each);
      const x = full ? v128.load(from + at) : loadTail<T>(from + at, left);
      const larger = v128.gt<T>(x, best);
      best = v128.bitselect(x, best, larger);
      start = v128.bitselect(v128.splat<I>(<I>((from - plane) / sizeof<T>())), start, larger);
    }
    const to = inside + at;
    if (full) {
      v128.store(row + to, best);
      v128.store(second + to, start);
    } else {
      storeTail<T>(row + to, best, left);
      storeTail<T>(second + to, start, left);
    }
  }
}

/** The largest elements of the windows of `left` results, from column `x` of scratch on: dx gets the gradient there, or values and places are stored. */
function largestColumns<T, I>(mode: i32, dx: usize, x: usize, apart: usize, left: u32): void {
  const size = <isize>sizeof<T>();
  const lane = sizeof<T>() == 8 ? i64x2(0, 1) : i32x4(0, 1, 2, 3);
  let best = v128.splat<T>(lowest<T>());
  let start = v128.splat<I>(<I>NOWHERE);
  let column = v128.add<I>(
    v128.splat<I>(<I>(<isize>(x - row - inside) / size)),
    v128.mul<I>(v128.splat<I>(<I>(<isize>apart / size)), lane),
  );
  let place = start;
  const forward = v128.splat<I>(<I>(<isize>next / size));
  for (let k = load<i32>(b, KERNEL + W); k != 0; k--, x += next) {
    const value = spread<T>(x, apart);
    const from = spread<T>(x + (second - row), apart);
    const better = v128.or(v128.gt<T>(value, best), v128.and(v128.eq<T>(value, best), v128.lt<I>(from, start)));
    best = v128.bitselect(value, best, better);
    start = v128.bitselect(from, start, better);
    place = v128.bitselect(v128.add<I>(column, from), place, better);
    column = v128.add<I>(column, forward);
  }
  const spare = row - 16;
  if (mode == PLACES) {
    v128.store(spare, best);
    memory.copy(result, spare, <usize>left * sizeof<T>());
  }
  v128.store(spare, place);
  for (let i: usize = 0; i < <usize>left; i++, result += sizeof<T>()) {
    const at = <i32>load<I>(spare + i * sizeof<I>());
    if (mode == PLACES) {
      store<i32>(places, at);
      places += 4;
    } else if (at != NOWHERE) {
      const to = dx + <usize>at * sizeof<T>();
      store<T>(to, load<T>(to) + load<T>(result));
    }
  }
}

/** The results of one row of windows, or their gradients, `left` of them `apart` bytes from each other, from column `x` of scratch on. */
function runColumns<T, I>(mode: i32, dx: usize, x: usize, apart: usize, left: u32, count: usize, isRow: bool): void {
  const factor = countRows<T>();
  for (;;) {
    const some = min(left, lanes<T>());
    const full = some == lanes<T>();
    if (mode > AVERAGE_BACKWARD) largestColumns<T, I>(mode, dx, x, apart, some);
    else {
      const divisor = v128.mul<T>(factor, isRow ? v128.load(count) : v128.splat<T>(load<T>(count)));
      if (mode == AVERAGE_BACKWARD) {
        addColumns<T>(x, v128.div<T>(full ? v128.load(result) : loadTail<T>(result, some), divisor), apart);
      } else {
        let value = joinColumns<T>(mode == MAX, x, apart);
        if (mode == AVERAGE) value = v128.div<T>(value, divisor);
        if (full) v128.store(result, value);
        else storeTail<T>(result, value, some);
      }
      result += <usize>some * sizeof<T>();
    }
    left -= some;
    if (left == 0) return;
    x += apart * lanes<T>();
    if (isRow) count += 16;
  }
}

/** One row of results (od, oh) of the plane x, or of dx. */
function runRow<T, I>(mode: i32, x: usize, dx: usize): void {
  const inner = load<u32>(b, INNER);
  const outputs = load<u32>(b, OUT + W);
  const isRow = inner == 1;
  if (mode > AVERAGE_BACKWARD) largestRows<T, I>(x);
  else if (mode == AVERAGE_BACKWARD) memory.fill(row, 0, second - row);
  else joinRows<T>(mode == MAX);
  let from = row;
  const runs = isRow ? 1 : outputs;
  const apart = isRow ? step : sizeof<T>();
  for (let o: usize = 0; o < <usize>runs; o++, from += step) {
    runColumns<T, I>(mode, dx, from, apart, isRow ? outputs : inner, counts + o * sizeof<T>(), isRow);
  }
  if (mode == AVERAGE_BACKWARD) for (let r: u32 = 0; r < rows; r++) addRow<T>(<usize>load<u32>(list + ((<usize>r) << 2)));
}

function run(wide: bool, mode: i32, x: usize, dx: usize): void {
  const planeBytes = <usize>(load<i32>(b, SIZE) * load<i32>(b, SIZE + 4)) * bytes;
  countColumns(wide);
  for (let at = row; at < second; ) {
    const to = at + (second - row);
    at = storeNumber(wide, at, mode == AVERAGE ? 0 : wide ? lowest<f64>() : <f64>lowest<f32>());
    if (wide) store<i64>(to, NOWHERE);
    else store<i32>(to, NOWHERE);
  }
  for (let plane = load<i32>(b, 0); plane != 0; plane--, x += planeBytes, dx += planeBytes) {
    if (mode == AVERAGE_BACKWARD || mode == MAX_BACKWARD) memory.fill(dx, 0, planeBytes);
    for (let od = 0; od < load<i32>(b, OUT); od++) {
      for (let oh = 0; oh < load<i32>(b, OUT + 4); oh++) {
        listRows(mode == AVERAGE_BACKWARD ? dx : x, od, oh);
        if (wide) runRow<f64, i64>(mode, x, dx);
        else runRow<f32, i32>(mode, x, dx);
      }
    }
  }
}

/** out[bytes] += the row of scratch. */
function addRow<T>(out: usize): void {
  const x = row + inside - out;
  const end = out + bytes;
  for (; out + 16 <= end; out += 16) v128.store(out, v128.add<T>(v128.load(out), v128.load(out + x)));
  for (; out < end; out += sizeof<T>()) store<T>(out, load<T>(out) + load<T>(out + x));
}

/** True for windows of 2×2, two apart, all inside an image whose columns are adjacent. */
function arePairs(block: usize, width: u32): bool {
  const isFlat = load<i32>(block, SIZE) == 1 && load<i32>(block, KERNEL) == 1 && load<i32>(block, OUT) == 1;
  return (
    isFlat &&
    load<i32>(block, INNER) == 1 &&
    isPair(block + 4, load<u32>(block, SIZE + 4)) &&
    isPair(block + W, load<u32>(block, SIZE + W)) &&
    load<u32>(block, OUT + W) >= width
  );
}

/** The same in one dimension, whose numbers stand at `at`. */
function isPair(at: usize, size: u32): bool {
  return (
    load<i32>(at, KERNEL) == 2 &&
    load<i32>(at, STRIDE) == 2 &&
    load<i32>(at, PADDING) == 0 &&
    load<i32>(at, DILATION) == 1 &&
    load<u32>(at, OUT) << 1 <= size
  );
}

function pairs<T>(mode: i32, out: usize, x: usize, dx: usize, block: usize): void {
  const divisor = load<i32>(block, DIVISOR) == 0 ? <T>1 : <T>4;
  poolPairs<T>(
    mode, out, x, dx, load<u32>(block), load<u32>(block, SIZE + 4), load<u32>(block, SIZE + W), load<u32>(block, OUT + 4), load<u32>(block, OUT + W),
    divisor, lowest<T>(),
  );
}

/**
 * Pooling by mode: 0 out = the largest elements of windows of x; 1 out = sums or averages; 2 dx from the gradient `out` of these; 3 dx from
 * the gradient `out` of largest elements of x; 4 out = the largest elements, at (i32) = their places in a plane. compute 0 f32, 1 f64;
 * dx is 0 where it is not written, the block is described above.
 *
 * edges   NaN and −∞ are never the largest; a window of these or of padding alone gives the lowest finite number
 */
export function pool(compute: i32, mode: i32, out: usize, x: usize, dx: usize, at: usize, block: usize): void {
  if (mode != PLACES && arePairs(block, compute == 0 ? 4 : 2)) {
    if (compute == 0) pairs<f32>(mode, out, x, dx, block);
    else pairs<f64>(mode, out, x, dx, block);
    return;
  }
  prepare(block, compute == 0 ? 2 : 3);
  result = out;
  places = at;
  run(compute != 0, mode, x, dx);
}
