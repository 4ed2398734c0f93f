// Pooling of float32 by windows of 2×2 elements, two apart, without padding: the usual case, straight from two rows of the image to a row of results,
// with the numbers of pooling.ts. Rows of at least one vector of results; the last vector of a row ends with it and may repeat some.

import { lowest } from './poolRows';

export enum Pairs {
  MAX,
  AVERAGE,
  AVERAGE_BACKWARD,
  MAX_BACKWARD,
}

/** Elements 0, 2, … of two vectors. */
// @ts-ignore: decorator
@inline
function even(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 2, 4, 6);
}

/** Elements 1, 3, … of two vectors. */
// @ts-ignore: decorator
@inline
function odd(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 1, 3, 5, 7);
}

/** Stores two vectors, element by element in turn. */
// @ts-ignore: decorator
@inline
function storeInTurn(out: usize, a: v128, b: v128): void {
  v128.store(out, v128.shuffle<f32>(a, b, 0, 4, 1, 5));
  v128.store(out, v128.shuffle<f32>(a, b, 2, 6, 3, 7), 16);
}

/** out[columns] = the largest of lowest and the elements of each window. */
function maxRow(out: usize, top: usize, bottom: usize, bytes: usize, lowest: v128): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    at = min(at, bytes - 16);
    const from = at << 1;
    const a = f32x4.pmax(f32x4.pmax(lowest, v128.load(top + from)), v128.load(bottom + from));
    const b = f32x4.pmax(f32x4.pmax(lowest, v128.load(top + from, 16)), v128.load(bottom + from, 16));
    v128.store(out + at, f32x4.pmax(even(a, b), odd(a, b)));
  }
}

/** out[columns] = the sum of each window over `divisor`. */
function averageRow(out: usize, top: usize, bottom: usize, bytes: usize, divisor: v128): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    at = min(at, bytes - 16);
    const from = at << 1;
    const a = f32x4.add(v128.load(top + from), v128.load(bottom + from));
    const b = f32x4.add(v128.load(top + from, 16), v128.load(bottom + from, 16));
    v128.store(out + at, f32x4.div(f32x4.add(even(a, b), odd(a, b)), divisor));
  }
}

/** Every element of a window = g / divisor. */
function spreadRow(g: usize, top: usize, bottom: usize, bytes: usize, divisor: v128): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    at = min(at, bytes - 16);
    const to = at << 1;
    const share = f32x4.add(zero, f32x4.div(v128.load(g + at), divisor));
    storeInTurn(top + to, share, share);
    storeInTurn(bottom + to, share, share);
  }
}

/** The first of the largest elements of a window = g, the others 0; the first of all where none is larger than `lowest`. dx lies `apart` behind x. */
function chooseRow(g: usize, top: usize, bottom: usize, apart: usize, bytes: usize, lowest: v128): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    at = min(at, bytes - 16);
    const from = at << 1;
    let x = v128.load(top + from);
    let y = v128.load(top + from, 16);
    const a = even(x, y);
    const b = odd(x, y);
    x = v128.load(bottom + from);
    y = v128.load(bottom + from, 16);
    const c = even(x, y);
    const d = odd(x, y);
    const most = f32x4.pmax(f32x4.pmax(f32x4.pmax(f32x4.pmax(lowest, a), b), c), d);
    const share = f32x4.add(zero, v128.load(g + at));
    const isA = v128.or(f32x4.eq(a, most), f32x4.eq(most, lowest));
    let taken = isA;
    const isB = v128.andnot(f32x4.eq(b, most), taken);
    taken = v128.or(taken, isB);
    const isC = v128.andnot(f32x4.eq(c, most), taken);
    taken = v128.or(taken, isC);
    const isD = v128.andnot(f32x4.eq(d, most), taken);
    storeInTurn(top + apart + from, v128.and(share, isA), v128.and(share, isB));
    storeInTurn(bottom + apart + from, v128.and(share, isC), v128.and(share, isD));
  }
}

/**
 * Planes [height, width] of x (or of dx in a mode backward) and [rows, columns] of `out` (or its gradient), 2 · rows ≤ height,
 * 2 · columns ≤ width, columns ≥ 4. What no window holds gets the gradient 0.
 */
export function poolPairs(
  mode: Pairs, out: usize, x: usize, dx: usize, planes: u32, height: u32, width: u32, rows: u32, columns: u32, divisor: f32,
): void {
  const row = <usize>width * 4;
  const bytes = <usize>columns * 4;
  const plane = <usize>height * row;
  const share = f32x4.splat(divisor);
  const least = f32x4.splat(lowest());
  const isRagged = mode >= Pairs.AVERAGE_BACKWARD && (rows << 1 < height || columns << 1 < width);
  let top = mode == Pairs.AVERAGE_BACKWARD ? dx : x;
  const apart = dx - x;
  for (; planes != 0; planes--, x += plane, dx += plane) {
    if (isRagged) memory.fill(dx, 0, plane);
    let from = top;
    for (let r = rows; r != 0; r--, from += 2 * row, out += bytes) {
      if (mode == Pairs.MAX) maxRow(out, from, from + row, bytes, least);
      else if (mode == Pairs.AVERAGE) averageRow(out, from, from + row, bytes, share);
      else if (mode == Pairs.AVERAGE_BACKWARD) spreadRow(out, from, from + row, bytes, share);
      else chooseRow(out, from, from + row, apart, bytes, least);
    }
    top += plane;
  }
}
