// Pooling by windows three columns wide, one or two apart, and three rows high: straight from the rows of the image to vectors of results
// whose windows hold no padding; the others one by one. The largest elements of windows, or sums over a divisor, float32.

import { lowest } from './poolRows';

// @ts-ignore: decorator
@inline
function join(isMax: bool, x: v128, y: v128): v128 {
  return isMax ? f32x4.pmax(x, y) : f32x4.add(x, y);
}

/** The largest elements, or the sums, of a vector of columns of three rows. */
// @ts-ignore: decorator
@inline
function joinRows(isMax: bool, a: usize, b: usize, c: usize, start: v128): v128 {
  return join(isMax, join(isMax, join(isMax, start, v128.load(a)), v128.load(b)), v128.load(c));
}

/** Windows from the columns at a, b and c of three rows on. The last vector ends with the row. */
// @ts-ignore: decorator
@inline
function inner(isMax: bool, isApart: bool, out: usize, bytes: usize, a: usize, b: usize, c: usize, divisor: f32): void {
  const start = f32x4.splat(isMax ? lowest() : 0);
  const by = f32x4.splat(divisor);
  for (let at: usize = 0; at < bytes; at += 16) {
    at = min(at, bytes - 16);
    const i = isApart ? at << 1 : at;
    let x = joinRows(isMax, a + i, b + i, c + i, start);
    if (isApart) {
      const y = joinRows(isMax, a + i + 16, b + i + 16, c + i + 16, start);
      const z = joinRows(isMax, a + i + 8, b + i + 8, c + i + 8, start);
      const u = joinRows(isMax, a + i + 20, b + i + 20, c + i + 20, start);
      const two = join(isMax, v128.shuffle<f32>(x, y, 0, 2, 4, 6), v128.shuffle<f32>(x, y, 1, 3, 5, 7));
      x = join(isMax, two, v128.shuffle<f32>(z, u, 0, 2, 5, 7));
    } else {
      const y = joinRows(isMax, a + i + 4, b + i + 4, c + i + 4, start);
      x = join(isMax, join(isMax, x, y), joinRows(isMax, a + i + 8, b + i + 8, c + i + 8, start));
    }
    v128.store(out + at, isMax ? x : f32x4.div(x, by));
  }
}

/** One window of three rows, from column `from` on. */
function edge(isMax: bool, a: usize, b: usize, c: usize, from: i32, width: u32): v128 {
  let value = f32x4.splat(isMax ? lowest() : 0);
  for (let w = from; w < from + 3; w++) {
    if (<u32>w >= width) continue;
    const at = <usize>w << 2;
    value = join(isMax, value, v128.load32_splat(a + at));
    value = join(isMax, value, v128.load32_splat(b + at));
    value = join(isMax, value, v128.load32_splat(c + at));
  }
  return value;
}

/** One row of results. @see poolThree */
function poolRow(
  isMax: bool, out: usize, a: usize, b: usize, c: usize, outputs: i32, first: i32, last: i32, stride: i32, padding: i32, width: u32, factor: f32,
  counts: usize,
): void {
  for (let o = 0; o < outputs; o++) {
    if (o == first) o = last;
    if (o >= outputs) break;
    const value = edge(isMax, a, b, c, o * stride - padding, width);
    const at = <usize>o << 2;
    v128.store32_lane(out + at, isMax ? value : f32x4.div(value, f32x4.splat(factor * load<f32>(counts + at))), 0);
  }
  const from = <usize>(first * stride - padding) << 2;
  const at = <usize>first << 2;
  const bytes = <usize>(last - first) << 2;
  const divisor = factor * load<f32>(counts + at);
  if (isMax) {
    if (stride == 1) inner(true, false, out + at, bytes, a + from, b + from, c + from, divisor);
    else inner(true, true, out + at, bytes, a + from, b + from, c + from, divisor);
  } else if (stride == 1) inner(false, false, out + at, bytes, a + from, b + from, c + from, divisor);
  else inner(false, true, out + at, bytes, a + from, b + from, c + from, divisor);
}

/** The address of row h of an image, or `blank` where there is none. */
// @ts-ignore: decorator
@inline
function rowOf(x: usize, h: i32, height: u32, bytes: usize, blank: usize): usize {
  return <u32>h < height ? x + <usize>h * bytes : blank;
}

/**
 * Planes of x [height, width] to `out` [rows, outputs] by windows three columns wide, `stride` 1 or 2 apart, and three rows high, `far` apart.
 * Sums are over counts[output] and, by `kind`, 0 nothing else, 1 the rows that are not padding, 2 all rows. `blank` is a row that adds nothing. At
 * least four of the windows of a row, from `first` to before `last`, hold no padding.
 */
export function poolThree(
  isMax: bool, out: usize, x: usize, planes: u32, height: u32, width: u32, rows: i32, outputs: i32, down: i32, top: i32, far: i32,
  stride: i32, padding: i32, first: i32, last: i32, kind: i32, counts: usize, blank: usize,
): void {
  const bytes = <usize>width << 2;
  const outBytes = <usize>outputs << 2;
  for (; planes != 0; planes--, x += height * bytes) {
    let h = -top;
    for (let r = rows; r != 0; r--, h += down, out += outBytes) {
      const a = rowOf(x, h, height, bytes, blank);
      const b = rowOf(x, h + far, height, bytes, blank);
      const c = rowOf(x, h + 2 * far, height, bytes, blank);
      const found = <i32>(a != blank) + <i32>(b != blank) + <i32>(c != blank);
      const factor: f32 = kind == 0 ? 1 : kind == 1 ? <f32>found : 3;
      poolRow(isMax, out, a, b, c, outputs, first, last, stride, padding, width, factor, counts);
    }
  }
}
