// Pooling of planes x[planes, D, H, W, inner] into out[planes, oD, oH, oW, inner], and its gradients. `inner` is 1 where the last dimension of
// an image lies in adjacent elements, the number of channels where these do.
//
// A row of results is taken in two steps: the rows of its windows become one padded row in scratch, and the columns of the windows are taken
// from there, as that row again and again, each time some columns further. Where windows are several columns apart, the row is split first: into
// rows of every stride-th column. Gradients go the same way back: a column of the padded row gets those of the windows that hold it, and the rows
// of the windows get that row. The gradient of a largest element goes to its place in the plane, which travels beside the row.
//
// Words of the block, 4 bytes each: planes, D H W, inner, oD oH oW, kD kH kW, sD sH sW, pD pH pW, dD dH dW, divisor (0 none, 1 elements that
// are not padding, 2 all of the window), the way (0 by rows, 1 poolPairs, 2 poolThree), the first window without padding and the one behind the last.
// Then those of `prepare`, which src/ops/poolPlan.ts computes with the lists and counts behind them. Scratch is two halves, `apart` bytes each (the
// padded row, a row of gradients, a split row, a row of results between zeros), one more row, a count for each column of results (a vector of
// it where channels are in the lanes), the lists of addresses, and where rows begin.

import { AVERAGE, AVERAGE_BACKWARD, DILATION, DIVISOR, KERNEL, MAX, OUT, PADDING, PLACES, SIZE, STRIDE } from './poolBlock';
import { poolPairs } from './poolPairs';
import { poolPlain } from './poolPlain';
import {
  addChosen, addRows, copyRow, join, largestColumns, largestRows, lowest, merge, NOWHERE, split, sumChosen, widenRows,
} from './poolRows';
import { poolThree } from './poolThree';

const WAY: usize = 84;
const FIRST: usize = 88;
const LAST: usize = 92;
/** What src/ops/poolPlan.ts makes of them. */
const DERIVED: usize = 96;
/** Offset of the last of three dimensions. */
const W: usize = 8;

const PAIRS: i32 = 1;
const THREE: i32 = 2;

/** Of the call that runs: its block, and what follows from it. */
let b: usize = 0;
/** Scratch: the padded row, the row of gradients, the split row, the row of results. What belongs to places lies `apart` behind. */
let row: usize = 0;
let gradients: usize = 0;
let parts: usize = 0;
let results: usize = 0;
let apart: usize = 0;
/**
 * Counts of columns; addresses of the columns of a window; of the windows of a column, for every remainder by the stride, lists of one
 * length; of the row of gradients; of the rows of a window, and where these begin. Lists are filled up to multiples of three addresses.
 */
let counts: usize = 0;
let columns: usize = 0;
let returns: usize = 0;
let single: usize = 0;
let list: usize = 0;
let end: usize = 0;
let begins: usize = 0;
/** Rows of the current windows that are not padding. */
let rows: u32 = 0;
/** Bytes: all channels of a column, one row of the image, its place in a padded row, one part of a split row. */
let unit: usize = 0;
let bytes: usize = 0;
let inside: usize = 0;
let pitch: usize = 0;
/** Columns between windows, and elements of one part of a split row, or 0. */
let stride: u32 = 0;
let part: u32 = 0;
/** Where the next result, its gradient and its place stand. */
let result: usize = 0;
let places: usize = 0;

function prepare(block: usize): void {
  b = block;
  stride = load<u32>(b, STRIDE + W);
  row = load<u32>(b, DERIVED);
  gradients = load<u32>(b, DERIVED + 4);
  parts = load<u32>(b, DERIVED + 8);
  results = load<u32>(b, DERIVED + 12);
  apart = load<u32>(b, DERIVED + 16);
  counts = load<u32>(b, DERIVED + 20);
  columns = load<u32>(b, DERIVED + 24);
  returns = load<u32>(b, DERIVED + 28);
  single = load<u32>(b, DERIVED + 32);
  list = load<u32>(b, DERIVED + 36);
  unit = load<u32>(b, DERIVED + 40);
  bytes = load<u32>(b, DERIVED + 44);
  inside = load<u32>(b, DERIVED + 48);
  pitch = load<u32>(b, DERIVED + 52);
  part = load<u32>(b, DERIVED + 56);
}

/** Fills a list with an address until it has a multiple of three; returns its end. */
function fill(from: usize, until: usize, address: usize): usize {
  for (; (until - from) % 12 != 0; until += 4) store<u32>(until, address);
  return until;
}

/** The rows of the windows of output row (od, oh): addresses to `list`, in order, and where they begin in the plane to `begins`. */
function listRows(mode: i32, plane: usize, od: i32, oh: i32): void {
  const height = load<u32>(b, SIZE + 4);
  const deep = load<i32>(b, KERNEL);
  const high = load<i32>(b, KERNEL + 4);
  const far = load<i32>(b, DILATION + 4);
  const top = oh * load<i32>(b, STRIDE + 4) - load<i32>(b, PADDING + 4);
  begins = list + ((deep * high + 2) << 2);
  let at = list;
  let begin = begins;
  let d = od * load<i32>(b, STRIDE) - load<i32>(b, PADDING);
  for (let i = deep; i != 0; i--, d += load<i32>(b, DILATION)) {
    if (<u32>d >= load<u32>(b, SIZE)) continue;
    let h = top;
    for (let j = high; j != 0; j--, h += far) {
      if (<u32>h >= height) continue;
      const distance = <usize>(<u32>d * height + h) * bytes;
      store<u32>(at, <u32>(plane + distance));
      v128.store(begin, i32x4.splat(<i32>(distance >> 2)));
      at += 4;
      begin += 16;
    }
  }
  rows = <u32>(at - list) >> 2;
  end = at;
  if (rows == 0) return;
  // Rows again have no places; gradients of averages may be added to any row of scratch.
  end = fill(list, at, mode == AVERAGE ? gradients + apart : mode == AVERAGE_BACKWARD ? row : load<u32>(list));
  for (; at < end; at += 4, begin += 16) v128.store(begin, i32x4.splat(NOWHERE));
}

/** What the counts of columns are multiplied by. */
function countRows(): f32 {
  const kind = load<i32>(b, DIVISOR);
  return kind == 0 ? <f32>1 : <f32>(kind == 1 ? <i32>rows : load<i32>(b, KERNEL) * load<i32>(b, KERNEL + 4));
}

/** to[oW, inner] = the rows listed from `from` on joined, for every window `step` bytes further, over the windows' elements if `counted`. */
function joinColumns(isMax: bool, to: usize, from: usize, until: usize, step: usize, counted: bool): void {
  const all = load<u32>(b, OUT + W) * unit;
  const factor = countRows();
  if (unit == 4 || (!counted && step == unit)) {
    join(isMax, to, from, until, 0, all, counted ? counts : 0, -1, factor);
    return;
  }
  let count = counts;
  for (let offset: usize = 0, behind = to + all; to < behind; to += unit, offset += step, count += 16) {
    join(isMax, to, from, until, offset, unit, counted ? count : 0, 0, factor);
  }
}

/** The row of results = the largest elements of windows, and behind it their first places. */
function findPlaces(): void {
  if (rows == 0) clear();
  if (bytes < 16) widenRows(begins + ((end - list) << 2), list, end, bytes);
  largestRows(row + inside, apart, list, end, begins, bytes);
  const all = load<u32>(b, OUT + W) * unit;
  if (part != 0) {
    split(parts, pitch, row, stride, part);
    split(parts + apart, pitch, row + apart, stride, part);
  }
  const size = part != 0 || stride == 1 ? all : unit;
  for (let at: usize = 0, offset: usize = 0; at < all; at += size, offset += stride * unit) {
    largestColumns(results + at, apart, columns, returns, offset, size);
  }
}

/** The row of gradients: the sum of the results whose windows hold a column, or of those whose place is there. */
function spread(isChosen: bool): void {
  const first = load<u32>(b, PADDING + W);
  const list = load<u32>(b, DERIVED + 60);
  if (part != 0) {
    for (let rest: u32 = 0; rest < stride; rest++) {
      const to = parts + rest * pitch;
      spreadTo(isChosen, to, to, returns + rest * list, 0, part * 4);
    }
    merge(gradients, pitch, parts, stride, part);
    return;
  }
  const size = stride == 1 ? bytes : unit;
  for (let at: usize = 0, j = first; at < bytes; at += size, j++) {
    spreadTo(isChosen, gradients + inside + at, row + inside + at, returns + (j % stride) * list, (j / stride) * unit, size);
  }
}

function spreadTo(isChosen: bool, to: usize, own: usize, from: usize, offset: usize, size: usize): void {
  if (isChosen) sumChosen(to, own + apart, apart, from, from + load<u32>(b, DERIVED + 60), offset, size);
  else join(false, to, from, from + load<u32>(b, DERIVED + 60), offset, size, 0, 0, <f32>1);
}

/** The padded row without elements: nothing in it is larger than the lowest number, or has a place. */
function clear(): void {
  for (let at = row; at < gradients; at += 16) {
    v128.store(at, f32x4.splat(lowest()));
    v128.store(at + apart, i32x4.splat(NOWHERE));
  }
}

/** One row of results (od, oh) of the plane x, or of dx. */
function runRow(mode: i32, x: usize, dx: usize, od: i32, oh: i32): void {
  const all = load<u32>(b, OUT + W) * unit;
  const step = stride * unit;
  const counted = load<i32>(b, DIVISOR) != 0;
  listRows(mode, mode == AVERAGE_BACKWARD ? dx : x, od, oh);
  if (mode <= AVERAGE) {
    if (bytes < 16) widenRows(begins + ((end - list) << 2), list, end, bytes);
    join(mode == MAX, row + inside, list, end, 0, bytes, 0, 0, <f32>1);
    if (part != 0) split(parts, pitch, row, stride, part);
    joinColumns(mode == MAX, result, columns, returns, step, counted);
  } else if (mode == AVERAGE_BACKWARD) {
    copyRow(gradients, result, all);
    joinColumns(false, results, single, single + 12, unit, counted);
    spread(false);
    for (let r = list; r < end; r += 12) addRows(r, gradients + inside, bytes);
  } else {
    findPlaces();
    if (mode == PLACES) {
      copyRow(result, results, all);
      copyRow(places, results + apart, all);
      places += all;
    } else {
      copyRow(results, result, all);
      v128.store(results + all, i32x4.splat(0));
      spread(true);
      if (bytes < 16) listRows(mode, x, od, oh);
      let begin = begins;
      for (let r = list; r < end; r += 12, begin += 48) {
        addChosen(r, dx - x, gradients + inside, row + apart + inside, begin, bytes);
      }
    }
  }
  result += all;
}

function run(mode: i32, x: usize, dx: usize): void {
  const planeBytes = <usize>(load<i32>(b, SIZE) * load<i32>(b, SIZE + 4)) * bytes;
  const isBackward = dx != 0;
  // What is not an element: nothing in sums, the lowest number and no place in maxima.
  memory.fill(row, 0, 2 * apart);
  if (mode != AVERAGE && mode != AVERAGE_BACKWARD) clear();
  if (load<i32>(b, WAY) == THREE) {
    poolThree(
      mode == MAX, result, x, load<u32>(b), load<u32>(b, SIZE + 4), load<u32>(b, SIZE + W), load<i32>(b, OUT + 4), load<i32>(b, OUT + W),
      load<i32>(b, STRIDE + 4), load<i32>(b, PADDING + 4), load<i32>(b, DILATION + 4), stride,
      load<i32>(b, PADDING + W), load<i32>(b, FIRST), load<i32>(b, LAST), load<i32>(b, DIVISOR), counts, mode == MAX ? row : gradients + apart,
    );
    return;
  }
  for (let plane = load<i32>(b, 0); plane != 0; plane--, x += planeBytes, dx += planeBytes) {
    if (isBackward) memory.fill(dx, 0, planeBytes);
    for (let od = 0; od < load<i32>(b, OUT); od++) {
      for (let oh = 0; oh < load<i32>(b, OUT + 4); oh++) {
        runRow(mode, x, dx, od, oh);
      }
    }
  }
}

function pairs<T>(mode: i32, out: usize, x: usize, dx: usize, block: usize, least: T): void {
  poolPairs<T>(
    mode, out, x, dx, load<u32>(block), load<u32>(block, SIZE + 4), load<u32>(block, SIZE + W), load<u32>(block, OUT + 4),
    load<u32>(block, OUT + W), load<i32>(block, DIVISOR) == 0 ? <T>1 : <T>4, least,
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
  if (load<i32>(block, WAY) == PAIRS) {
    if (compute == 0) pairs<f32>(mode, out, x, dx, block, lowest());
    else pairs<f64>(mode, out, x, dx, block, -f64.MAX_VALUE);
  } else if (compute != 0) poolPlain(mode, out, x, dx, at, block);
  else {
    prepare(block);
    result = out;
    places = at;
    run(mode, x, dx);
  }
}
