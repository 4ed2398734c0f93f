// Pooling by windows of 2×2 elements, two apart, without padding: the usual case, straight from two rows of the image to a row of results,
// with the numbers of pooling.ts. Rows of at least one vector of results; the last vector of a row ends with it and may repeat some.

import { lanes } from '../simd/lanes';

export enum Pairs {
  MAX,
  AVERAGE,
  AVERAGE_BACKWARD,
  MAX_BACKWARD,
}

/** Elements 0, 2, … of two vectors. */
// @ts-ignore: decorator
@inline
function even<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<f32>(a, b, 0, 2, 4, 6) : v128.shuffle<f64>(a, b, 0, 2);
}

/** Elements 1, 3, … of two vectors. */
// @ts-ignore: decorator
@inline
function odd<T>(a: v128, b: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<f32>(a, b, 1, 3, 5, 7) : v128.shuffle<f64>(a, b, 1, 3);
}

/** Stores two vectors, element by element in turn. */
// @ts-ignore: decorator
@inline
function storeInTurn<T>(out: usize, a: v128, b: v128): void {
  v128.store(out, sizeof<T>() == 4 ? v128.shuffle<f32>(a, b, 0, 4, 1, 5) : v128.shuffle<f64>(a, b, 0, 2));
  v128.store(out, sizeof<T>() == 4 ? v128.shuffle<f32>(a, b, 2, 6, 3, 7) : v128.shuffle<f64>(a, b, 1, 3), 16);
}

/** out[columns] = the largest of lowest and the elements of each window. */
function maxRow<T>(out: usize, top: usize, bottom: usize, bytes: usize, lowest: v128): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    at = min(at, bytes - 16);
    const from = at << 1;
    const a = v128.pmax<T>(v128.pmax<T>(lowest, v128.load(top + from)), v128.load(bottom + from));
    const b = v128.pmax<T>(v128.pmax<T>(lowest, v128.load(top + from, 16)), v128.load(bottom + from, 16));
    v128.store(out + at, v128.pmax<T>(even<T>(a, b), odd<T>(a, b)));
  }
}

/** out[columns] = the sum of each window over `divisor`. */
function averageRow<T>(out: usize, top: usize, bottom: usize, bytes: usize, divisor: v128): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    at = min(at, bytes - 16);
    const from = at << 1;
    const a = v128.add<T>(v128.load(top + from), v128.load(bottom + from));
    const b = v128.add<T>(v128.load(top + from, 16), v128.load(bottom + from, 16));
    v128.store(out + at, v128.div<T>(v128.add<T>(even<T>(a, b), odd<T>(a, b)), divisor));
  }
}

/** Every element of a window = g / divisor. */
function spreadRow<T>(g: usize, top: usize, bottom: usize, bytes: usize, divisor: v128): void {
  const zero = v128.splat<T>(<T>0);
  for (let at: usize = 0; at < bytes; at += 16) {
    at = min(at, bytes - 16);
    const to = at << 1;
    const share = v128.add<T>(zero, v128.div<T>(v128.load(g + at), divisor));
    storeInTurn<T>(top + to, share, share);
    storeInTurn<T>(bottom + to, share, share);
  }
}

/** The first of the largest elements of a window = g, the others 0; the first of all where none is larger than `lowest`. dx lies `apart` behind x. */
function chooseRow<T>(g: usize, top: usize, bottom: usize, apart: usize, bytes: usize, lowest: v128): void {
  const zero = v128.splat<T>(<T>0);
  for (let at: usize = 0; at < bytes; at += 16) {
    at = min(at, bytes - 16);
    const from = at << 1;
    let x = v128.load(top + from);
    let y = v128.load(top + from, 16);
    const a = even<T>(x, y);
    const b = odd<T>(x, y);
    x = v128.load(bottom + from);
    y = v128.load(bottom + from, 16);
    const c = even<T>(x, y);
    const d = odd<T>(x, y);
    const most = v128.pmax<T>(v128.pmax<T>(v128.pmax<T>(v128.pmax<T>(lowest, a), b), c), d);
    const share = v128.add<T>(zero, v128.load(g + at));
    const isA = v128.or(v128.eq<T>(a, most), v128.eq<T>(most, lowest));
    let taken = isA;
    const isB = v128.andnot(v128.eq<T>(b, most), taken);
    taken = v128.or(taken, isB);
    const isC = v128.andnot(v128.eq<T>(c, most), taken);
    taken = v128.or(taken, isC);
    const isD = v128.andnot(v128.eq<T>(d, most), taken);
    storeInTurn<T>(top + apart + from, v128.and(share, isA), v128.and(share, isB));
    storeInTurn<T>(bottom + apart + from, v128.and(share, isC), v128.and(share, isD));
  }
}

/**
 * Planes [height, width] of x (or of dx in a mode backward) and [rows, columns] of `out` (or its gradient), 2 · rows ≤ height,
 * 2 · columns ≤ width, columns ≥ lanes. What no window holds gets the gradient 0.
 */
export function poolPairs<T>(
  mode: Pairs, out: usize, x: usize, dx: usize, planes: u32, height: u32, width: u32, rows: u32, columns: u32, divisor: T, lowest: T,
): void {
  const row = <usize>width * sizeof<T>();
  const bytes = <usize>columns * sizeof<T>();
  const plane = <usize>height * row;
  const share = v128.splat<T>(divisor);
  const least = v128.splat<T>(lowest);
  const isRagged = mode >= Pairs.AVERAGE_BACKWARD && (rows << 1 < height || columns << 1 < width);
  let top = mode == Pairs.AVERAGE_BACKWARD ? dx : x;
  const apart = dx - x;
  for (; planes != 0; planes--, x += plane, dx += plane) {
    if (isRagged) memory.fill(dx, 0, plane);
    let from = top;
    for (let r = rows; r != 0; r--, from += 2 * row, out += bytes) {
      if (mode == Pairs.MAX) maxRow<T>(out, from, from + row, bytes, least);
      else if (mode == Pairs.AVERAGE) averageRow<T>(out, from, from + row, bytes, share);
      else if (mode == Pairs.AVERAGE_BACKWARD) spreadRow<T>(out, from, from + row, bytes, share);
      else chooseRow<T>(out, from, from + row, apart, bytes, least);
    }
    top += plane;
  }
}
