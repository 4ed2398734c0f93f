// What one tap of a convolution's kernel sees: a walk over output positions and the input elements under them. The one place that
// knows stride, padding and dilation; padding is never read.
//
// A geometry is 19 words of 4 bytes: channels; then depth, height, width of input, kernel, stride, padding, dilation, output.

import { fma, lanes } from '../simd/lanes';

// @ts-ignore: decorator
@inline
export const CHANNELS: usize = 0;
// @ts-ignore: decorator
@inline
export const INPUT: usize = 4;
// @ts-ignore: decorator
@inline
export const KERNEL: usize = 16;
// @ts-ignore: decorator
@inline
const STRIDE: usize = 28;
// @ts-ignore: decorator
@inline
const PADDING: usize = 40;
// @ts-ignore: decorator
@inline
const DILATION: usize = 52;
// @ts-ignore: decorator
@inline
export const OUTPUT: usize = 64;

/** What a walk does with the outputs `row` and the inputs x: row = x (0 for padding). */
export const READ: i32 = 0;
/** row += w · x. */
export const WEIGH: i32 = 2;
/** x += w · row. */
export const SPREAD: i32 = 3;
/** Σ row · x. */
export const DOT: i32 = 4;

/** Product of the three sizes at `word`. */
export function volume(geometry: usize, word: usize): i32 {
  const at = geometry + word;
  return load<i32>(at) * load<i32>(at, 4) * load<i32>(at, 8);
}

function copySegment<T>(out: usize, x: usize, step: usize, n: i32): void {
  const unit = sizeof<T>();
  const width = <i32>lanes<T>();
  if (step == unit && n >= width) {
    const last = <usize>n * unit - 16;
    for (let at: usize = 0; at < last; at += 16) v128.store(out + at, v128.load(x + at));
    v128.store(out + last, v128.load(x + last));
    return;
  }
  if (step == 2 * unit) {
    for (; n > width; n -= width) {
      const low = v128.load(x);
      const high = v128.load(x, 16);
      if (sizeof<T>() == 4) v128.store(out, v128.shuffle<f32>(low, high, 0, 2, 4, 6));
      else v128.store(out, v128.shuffle<f64>(low, high, 0, 2));
      out += 16;
      x += 32;
    }
  }
  for (; n > 0; n--) {
    store<T>(out, load<T>(x));
    out += unit;
    x += step;
  }
}

function clearSegment<T>(out: usize, n: i32): void {
  for (; n >= <i32>lanes<T>(); n -= <i32>lanes<T>()) {
    v128.store(out, v128.splat<T>(<T>0));
    out += 16;
  }
  for (; n > 0; n--) {
    store<T>(out, <T>0);
    out += sizeof<T>();
  }
}

/** out += w · x */
function addSegment<T>(out: usize, outStep: usize, x: usize, xStep: usize, n: i32, w: T): void {
  const unit = sizeof<T>();
  if (outStep == unit && xStep == unit) {
    const scale = v128.splat<T>(w);
    for (; n >= <i32>lanes<T>(); n -= <i32>lanes<T>()) {
      v128.store(out, fma<T>(scale, v128.load(x), v128.load(out)));
      out += 16;
      x += 16;
    }
  }
  for (; n > 0; n--) {
    store<T>(out, load<T>(out) + w * load<T>(x));
    out += outStep;
    x += xStep;
  }
}

function dotSegment<T>(row: usize, x: usize, step: usize, n: i32): f64 {
  let sum: f64 = 0;
  let sums = v128.splat<T>(<T>0);
  if (step == sizeof<T>()) {
    for (; n >= <i32>lanes<T>(); n -= <i32>lanes<T>()) {
      sums = fma<T>(v128.load(row), v128.load(x), sums);
      row += 16;
      x += 16;
    }
    sum = <f64>v128.extract_lane<T>(sums, 0) + <f64>v128.extract_lane<T>(sums, 1);
    if (sizeof<T>() == 4) sum += <f64>f32x4.extract_lane(sums, 2) + <f64>f32x4.extract_lane(sums, 3);
  }
  for (; n > 0; n--) {
    sum += <f64>load<T>(row) * <f64>load<T>(x);
    row += sizeof<T>();
    x += step;
  }
  return sum;
}

/**
 * Tap `tap` (channel, then place in the kernel) at n output positions from `position` on, whose values stand at `row`; x is the image.
 * Returns the sum of DOT.
 */
export function walkTap<T>(action: i32, row: usize, x: usize, geometry: usize, tap: i32, position: i32, n: i32, w: T): f64 {
  const depth = load<i32>(geometry, INPUT);
  const height = load<i32>(geometry, INPUT + 4);
  const width = load<i32>(geometry, INPUT + 8);
  const kernelWidth = load<i32>(geometry, KERNEL + 8);
  const strideWidth = load<i32>(geometry, STRIDE + 8);
  const outHeight = load<i32>(geometry, OUTPUT + 4);
  const outWidth = load<i32>(geometry, OUTPUT + 8);
  let rest = tap / kernelWidth;
  const left = (tap - rest * kernelWidth) * load<i32>(geometry, DILATION + 8) - load<i32>(geometry, PADDING + 8);
  tap = rest;
  rest = tap / load<i32>(geometry, KERNEL + 4);
  const top = (tap - rest * load<i32>(geometry, KERNEL + 4)) * load<i32>(geometry, DILATION + 4) - load<i32>(geometry, PADDING + 4);
  tap = rest;
  rest = tap / load<i32>(geometry, KERNEL);
  const front = (tap - rest * load<i32>(geometry, KERNEL)) * load<i32>(geometry, DILATION) - load<i32>(geometry, PADDING);
  const unit = sizeof<T>();
  const step = <usize>strideWidth * unit;
  x += <usize>rest * <usize>volume(geometry, INPUT) * unit;
  // Columns of the output from `first` to before `last` see columns of the input.
  const first = left < 0 ? (strideWidth - 1 - left) / strideWidth : 0;
  const last = left < width ? (width - left + strideWidth - 1) / strideWidth : 0;
  let line = position / outWidth;
  let column = position - line * outWidth;
  let slice = line / outHeight;
  line -= slice * outHeight;
  let sum: f64 = 0;
  while (n > 0) {
    const end = min(column + n, outWidth);
    const y = line * load<i32>(geometry, STRIDE + 4) + top;
    const z = slice * load<i32>(geometry, STRIDE) + front;
    const inside = <u32>y < <u32>height && <u32>z < <u32>depth;
    const from = inside ? min(max(first, column), end) : end;
    const to = max(min(last, end), from);
    const seen = row + <usize>(from - column) * unit;
    const under = x + (<usize>(z * height + y) * <usize>width + <usize>(from * strideWidth + left)) * unit;
    if (action == READ) {
      if (from > column) clearSegment<T>(row, from - column);
      if (to > from) copySegment<T>(seen, under, step, to - from);
      if (end > to) clearSegment<T>(seen + <usize>(to - from) * unit, end - to);
    } else if (action == DOT) sum += dotSegment<T>(seen, under, step, to - from);
    else if (action == WEIGH) addSegment<T>(seen, unit, under, step, to - from, w);
    else addSegment<T>(under, step, seen, unit, to - from, w);
    row += <usize>(end - column) * unit;
    n -= end - column;
    column = 0;
    if (++line == outHeight) {
      line = 0;
      slice++;
    }
  }
  return sum;
}

/** True when the patches are the input itself: kernel and strides of 1, no padding. */
export function isPointwise(geometry: usize): bool {
  for (let word: usize = 0; word < 12; word += 4) {
    const at = geometry + word;
    if (load<i32>(at, KERNEL) != 1 || load<i32>(at, STRIDE) != 1 || load<i32>(at, INPUT) != load<i32>(at, OUTPUT)) return false;
  }
  return true;
}
