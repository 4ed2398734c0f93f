// The passes of a normalization over x[outer, channels, inner]: sums of every channel, and shifting and scaling every channel.

import { DOUBLE } from '../core/dataType.ts';
import { type ArrayView, addressOf, viewed } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { scratch } from './scratch.ts';

/** Elements that the kernels may touch behind an array of one number for each channel. */
const PAD = 4;

/** Columns that the kernels take at a time. */
const WIDE = 16;

/** Sizes before the channel's dimension, of it, and behind it. */
export interface Channels {
  readonly outer: number;
  readonly channels: number;
  readonly inner: number;
}

/** The sizes around a dimension of a dense array. */
export function channelsOf(shape: readonly number[], dimension: number): Channels {
  const product = (sizes: readonly number[]): number => sizes.reduce((length, size) => length * size, 1);
  const channels = shape[dimension] as number;
  const inner = product(shape.slice(dimension + 1));
  return { outer: product(shape.slice(0, dimension)), channels, inner };
}

/** Rows of few adjacent channels, `times` of them as one: whole vectors. What is left of the rows is the second one. */
function widened({ outer, channels, inner }: Channels): [times: number, wide: Channels, rest: Channels | null] {
  let times = 1;
  while ((times * channels) % WIDE !== 0) times *= 2;
  if (inner !== 1 || times === 1 || outer < 2 * times) return [1, { outer, channels, inner }, null];
  const wide = times * channels;
  const rows = Math.floor(outer / times);
  const left = outer - rows * times;
  return [times, { outer: rows, channels: wide, inner }, left === 0 ? null : { outer: left, channels, inner }];
}

/** The numbers `times` times in turn. */
function repeated(values: Float64Array, times: number): Float64Array {
  if (times === 1) return values;
  const all = new Float64Array(values.length * times);
  for (let i = 0; i < times; i++) all.set(values, i * values.length);
  return all;
}

/** x without its first `rows` rows of adjacent channels. */
function behind(x: ArrayView, { outer, channels }: Channels): ArrayView {
  return viewed(x, outer * channels, x.geometry);
}

/** Σ u, Σ u · v and, of FLOAT where channels are not adjacent, Σ v of every channel. */
export type Sums = readonly [first: Float64Array, second: Float64Array, third?: Float64Array];

/** Σ u and Σ u · v of every channel, for v = x − shift and u = y, or v. x and y are dense. */
export function sums(x: ArrayView, y: ArrayView | null, shift: Float64Array, layout: Channels): Sums {
  const [times, wide, rest] = widened(layout);
  if (times === 1) return sumsOf(x, y, shift, layout);
  const all = sumsOf(x, y, repeated(shift, times), wide);
  const others = rest === null ? [] : sumsOf(behind(x, wide), y && behind(y, wide), shift, rest);
  const folded = (values: Float64Array, more: Float64Array | undefined): Float64Array =>
    shift.map((_, c) => {
      let total = more?.[c] ?? 0;
      for (let i = c; i < values.length; i += layout.channels) total += values[i] as number;
      return total;
    });
  return [folded(all[0], others[0]), folded(all[1], others[1])];
}

/** The sums as the kernel takes them. @see sums */
function sumsOf(x: ArrayView, y: ArrayView | null, shift: Float64Array, { outer, channels, inner }: Channels): Sums {
  const { info } = x.buffer;
  const pitch = channels + PAD;
  const at = scratch(pitch * (3 * 8 + info.width));
  const shifts = at + 3 * 8 * pitch;
  const { kernels, memory } = runtime();
  (info === DOUBLE ? memory.f64 : memory.f32).set(shift, shifts / info.width);
  const other = y === null ? 0 : addressOf(y);
  kernels.channelSums(info.compute, at, addressOf(x), other, shifts, outer, channels, inner);
  const all = runtime().memory.f64;
  const begin = at / 8;
  const of = (index: number): Float64Array => all.slice(begin + index * pitch, begin + index * pitch + channels);
  return inner === 1 || info === DOUBLE ? [of(0), of(1)] : [of(0), of(1), of(2)];
}

/** out = (x − m) · a + b + k · y for every channel. All are dense. */
export function scale(
  out: ArrayView,
  x: ArrayView,
  y: ArrayView | null,
  coefficients: readonly Float64Array[],
  layout: Channels,
): void {
  const [times, wide, rest] = widened(layout);
  const all = coefficients.map((each) => repeated(each, times));
  scaleOf(out, x, y, all, wide);
  if (rest !== null) scaleOf(behind(out, wide), behind(x, wide), y && behind(y, wide), coefficients, rest);
}

/** The scaling as the kernel does it. @see scale */
function scaleOf(
  out: ArrayView,
  x: ArrayView,
  y: ArrayView | null,
  coefficients: readonly Float64Array[],
  { outer, channels, inner }: Channels,
): void {
  const { info } = x.buffer;
  const pitch = channels + PAD;
  const at = scratch(4 * pitch * info.width + 64);
  const { kernels, memory } = runtime();
  const words = info === DOUBLE ? memory.f64 : memory.f32;
  coefficients.forEach((each, index) => {
    words.set(each, at / info.width + index * pitch);
  });
  const other = y === null ? 0 : addressOf(y);
  kernels.channelScale(info.compute, addressOf(out), addressOf(x), other, at, outer, channels, inner);
}
