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
export const STRIDE: usize = 28;
// @ts-ignore: decorator
@inline
export const PADDING: usize = 40;
// @ts-ignore: decorator
@inline
export const DILATION: usize = 52;
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

/** Bytes of an element of a compute type. */
// @ts-ignore: decorator
@inline
export function unitOf(compute: i32): usize {
  return <usize>4 << <usize>compute;
}

/** The input position that output position 0 sees through tap `tap` in the dimension of the words at `places`. */
// @ts-ignore: decorator
@inline
function firstSeen(places: usize, tap: i32): i32 {
  return (tap % load<i32>(places, KERNEL)) * load<i32>(places, DILATION) - load<i32>(places, PADDING);
}

/** Product of the three sizes at `word`. */
export function volume(geometry: usize, word: usize): i32 {
  const at = geometry + word;
  return load<i32>(at) * load<i32>(at, 4) * load<i32>(at, 8);
}

export function copySegment<T>(out: usize, x: usize, step: usize, n: i32): void {
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

/** Whole elements, mostly one or two, set to 0. */
function clear(out: usize, bytes: usize): void {
  for (; bytes >= 16; bytes -= 16) {
    v128.store(out, i64x2(0, 0));
    out += 16;
  }
  for (; bytes > 0; bytes -= 4) {
    store<i32>(out, 0);
    out += 4;
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

/** One run of outputs at `row` and the inputs under them, `step` elements apart. Returns the sum of DOT. */
function actOnSegment<T>(action: i32, row: usize, x: usize, step: i32, n: i32, w: T): f64 {
  const unit = sizeof<T>();
  const stepBytes = <usize>step * unit;
  if (action == READ) copySegment<T>(row, x, stepBytes, n);
  else if (action == DOT) return dotSegment<T>(row, x, stepBytes, n);
  else if (action == WEIGH) addSegment<T>(row, unit, x, stepBytes, n, w);
  else addSegment<T>(x, stepBytes, row, unit, n, w);
  return 0;
}

/**
 * Tap `tap` (channel, then place in the kernel) at n output positions from `position` on, whose values stand at `row`; x is the image.
 * Returns the sum of DOT.
 */
export function walkTap(compute: i32, action: i32, row: usize, x: usize, geometry: usize, tap: i32, position: i32, n: i32, w: f64): f64 {
  const depth = load<i32>(geometry, INPUT);
  const height = load<i32>(geometry, INPUT + 4);
  const width = load<i32>(geometry, INPUT + 8);
  const strideHeight = load<i32>(geometry, STRIDE + 4);
  const strideWidth = load<i32>(geometry, STRIDE + 8);
  const outHeight = load<i32>(geometry, OUTPUT + 4);
  const outWidth = load<i32>(geometry, OUTPUT + 8);
  const unit = unitOf(compute);
  let places = geometry + 8;
  let rest = tap;
  // First input column, line and slice that the tap sees; what is left of the number of the tap is the channel.
  const left = firstSeen(places, rest);
  rest /= load<i32>(places, KERNEL);
  places -= 4;
  const top = firstSeen(places, rest);
  rest /= load<i32>(places, KERNEL);
  places -= 4;
  const front = firstSeen(places, rest);
  rest /= load<i32>(places, KERNEL);
  x += <usize>rest * <usize>volume(geometry, INPUT) * unit;
  // Columns of the output from `first` to before `last` see columns of the input.
  const first = left < 0 ? (strideWidth - 1 - left) / strideWidth : 0;
  const last = left < width ? (width - left + strideWidth - 1) / strideWidth : 0;
  let line = position / outWidth;
  let column = position - line * outWidth;
  let slice = line / outHeight;
  line -= slice * outHeight;
  let y = line * strideHeight + top;
  let z = slice * load<i32>(geometry, STRIDE) + front;
  let sum: f64 = 0;
  while (n > 0) {
    const end = min(column + n, outWidth);
    const inside = <u32>y < <u32>height && <u32>z < <u32>depth;
    const from = inside ? min(max(first, column), end) : end;
    const to = max(min(last, end), from);
    const seen = row + <usize>(from - column) * unit;
    if (action == READ) {
      if (from > column) clear(row, <usize>(from - column) * unit);
      if (end > to) clear(seen + <usize>(to - from) * unit, <usize>(end - to) * unit);
    }
    if (to > from) {
      const under = x + (<usize>(z * height + y) * <usize>width + <usize>(from * strideWidth + left)) * unit;
      if (compute == 0) sum += actOnSegment<f32>(action, seen, under, strideWidth, to - from, <f32>w);
      else sum += actOnSegment<f64>(action, seen, under, strideWidth, to - from, w);
    }
    row += <usize>(end - column) * unit;
    n -= end - column;
    column = 0;
    y += strideHeight;
    if (++line == outHeight) {
      line = 0;
      y = top;
      z += load<i32>(geometry, STRIDE);
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
