// Stable sorting of rows of any type, with the positions that elements came from.
//
// A row becomes 64-bit keys that order as the elements do, and is merge-sorted with its positions; the elements are then fetched by
// position, so that every bit of them survives. NaN is larger than everything; −0 equals 0.

import { gather, scatter, shiftOf, Type } from '../memory/convert';

/** Length of the runs that insertion sorts before merging begins. */
const RUN: u32 = 16;

/** Stable descending order. */
const DESCENDING: i32 = 1;
/** The ascending order read backwards: equal elements swap their order. */
const BACKWARDS: i32 = 2;

/** Bytes of scratch for rows of n elements. */
export function sortScratchBytes(n: u32): usize {
  return <usize>n * 24 + 16;
}

/** The order of floats as that of integers: negative ones count down. */
// @ts-ignore: decorator
@inline
function floatKey(x: f64): i64 {
  if (x != x) return i64.MAX_VALUE;
  // Adding 0 makes −0 equal to 0.
  const bits = reinterpret<i64>(x + 0.0);
  return bits ^ ((bits >> 63) & i64.MAX_VALUE);
}

function makeKeys(type: i32, keys: usize, x: usize, step: usize, n: u32, flip: i64): void {
  const isFloat = type == Type.FLOAT || type == Type.DOUBLE || type == Type.HALF || type == Type.BFLOAT16;
  gather(type, isFloat ? 1 : 2, keys, x, step, n);
  if (type == Type.UINT64) flip ^= i64.MIN_VALUE;
  for (; n != 0; n--, keys += 8) store<i64>(keys, (isFloat ? floatKey(load<f64>(keys)) : load<i64>(keys)) ^ flip);
}

/** Sorts keys[from, to) and their positions by insertion. */
function insertionSort(keys: usize, places: usize, from: u32, to: u32): void {
  for (let i = from + 1; i < to; i++) {
    const key = load<i64>(keys + (<usize>i << 3));
    const place = load<u32>(places + (<usize>i << 2));
    let j = i;
    for (; j > from && load<i64>(keys + (<usize>(j - 1) << 3)) > key; j--) {
      store<i64>(keys + (<usize>j << 3), load<i64>(keys + (<usize>(j - 1) << 3)));
      store<u32>(places + (<usize>j << 2), load<u32>(places + (<usize>(j - 1) << 2)));
    }
    store<i64>(keys + (<usize>j << 3), key);
    store<u32>(places + (<usize>j << 2), place);
  }
}

/** Merges the sorted [from, middle) and [middle, to) into the other buffers; of equal keys the left one goes first. */
function merge(keys: usize, places: usize, toKeys: usize, toPlaces: usize, from: u32, middle: u32, to: u32): void {
  let left = from;
  let right = middle;
  for (let i = from; i < to; i++) {
    const takeLeft = right == to || (left < middle && load<i64>(keys + (<usize>left << 3)) <= load<i64>(keys + (<usize>right << 3)));
    const at = takeLeft ? left++ : right++;
    store<i64>(toKeys + (<usize>i << 3), load<i64>(keys + (<usize>at << 3)));
    store<u32>(toPlaces + (<usize>i << 2), load<u32>(places + (<usize>at << 2)));
  }
}

/** Sorts n keys and positions; returns the address of the sorted positions, one of the two buffers. */
function mergeSort(keys: usize, places: usize, otherKeys: usize, otherPlaces: usize, n: u32): usize {
  for (let from: u32 = 0; from < n; from += RUN) insertionSort(keys, places, from, min<u32>(from + RUN, n));
  for (let width = RUN; width < n; width <<= 1) {
    for (let from: u32 = 0; from < n; from += 2 * width) {
      const middle = min<u32>(from + width, n);
      merge(keys, places, otherKeys, otherPlaces, from, middle, min<u32>(middle + width, n));
    }
    const k = keys;
    keys = otherKeys;
    otherKeys = k;
    const p = places;
    places = otherPlaces;
    otherPlaces = p;
  }
  return places;
}

/** One element, bit by bit. */
// @ts-ignore: decorator
@inline
function moveElement(shift: usize, out: usize, x: usize): void {
  if (shift == 2) store<u32>(out, load<u32>(x));
  else if (shift == 3) store<u64>(out, load<u64>(x));
  else if (shift == 1) store<u16>(out, load<u16>(x));
  else store<u8>(out, load<u8>(x));
}

/**
 * Each of `rows` rows of n elements of x, sorted: the elements to `out` (same type), the positions they came from to `at` (type `atType`);
 * either address may be 0. Strides in elements. out may be x. order: 0 ascending, 1 descending, 2 the ascending order backwards.
 */
export function sortRows(
  type: i32, order: i32, rows: u32, n: u32, x: usize, xRow: usize, xStep: usize,
  out: usize, outRow: usize, outStep: usize, atType: i32, at: usize, atRow: usize, atStep: usize, scratch: usize,
): void {
  const shift = shiftOf(type);
  const atShift = shiftOf(atType);
  const keys = (scratch + 15) & ~15;
  const others = keys + (<usize>n << 3);
  const places = others + (<usize>n << 3);
  const flip: i64 = order == DESCENDING ? -1 : 0;
  const hasOut = out != 0;
  const hasPlaces = at != 0;
  for (; rows != 0; rows--, x += xRow << shift, out += outRow << shift, at += atRow << atShift) {
    makeKeys(type, keys, x, xStep << shift, n, flip);
    for (let i: u32 = 0; i < n; i++) store<u32>(places + (<usize>i << 2), i);
    const sorted = mergeSort(keys, places, others, places + (<usize>n << 2), n);
    // Both rows of keys have done their work: they take the elements and the positions.
    if (hasOut) for (let i: usize = 0; i < <usize>n; i++) moveElement(shift, keys + (i << shift), x + ((i * xStep) << shift));
    for (let i: u32 = 0; i < n; i++) {
      const place = load<u32>(sorted + (<usize>(order == BACKWARDS ? n - 1 - i : i) << 2));
      if (hasOut) moveElement(shift, out + ((<usize>i * outStep) << shift), keys + (<usize>place << shift));
      store<f64>(others + (<usize>i << 3), place);
    }
    if (hasPlaces) scatter(atType, 1, at, atStep << atShift, others, n);
  }
}
