// Rearrangements of images: repeating, blocks to channels or to examples, patches. Views of more dimensions and copies of them.

import { Geometry } from '../core/geometry.ts';
import { type ArrayView, viewed } from '../memory/view.ts';
import { Binary } from './codes.ts';
import { binary } from './elementwise.ts';
import { copy, fill } from './layout.ts';

/** A dimension of a view: how many steps, how far apart. */
type Axis = readonly [size: number, stride: number];

function shaped(view: ArrayView, axes: readonly Axis[], distance = 0): ArrayView {
  return viewed(
    view,
    distance,
    new Geometry(
      axes.map(([size]) => size),
      axes.map(([, stride]) => stride),
      'c',
    ),
  );
}

function axesOf({ geometry }: ArrayView): Axis[] {
  return geometry.shape.map((size, d) => [size, geometry.strides[d] as number]);
}

/** A dimension as blocks of `block` elements: [blocks, within a block]. */
function split([size, stride]: Axis, block: number): [Axis, Axis] {
  return [
    [size / block, stride * block],
    [block, stride],
  ];
}

/** out = x with every element repeated `factors[i]` times along dimension `first` + i. */
export function upsample(out: ArrayView, x: ArrayView, factors: readonly number[], first: number): void {
  const factorAt = (d: number): number | undefined => factors[d - first];
  const to = axesOf(out).flatMap((axis, d) => {
    const factor = factorAt(d);
    return factor === undefined ? [axis] : split(axis, factor);
  });
  const from = axesOf(x).flatMap((axis, d): Axis[] => {
    const factor = factorAt(d);
    return factor === undefined ? [axis] : [axis, [factor, 0]];
  });
  copy(shaped(out, to), shaped(x, from));
}

/** Blocks of pixels beside channels: the same axes of an image [N, C, H·b, W·b] and of one [N, b·b·C, H, W], or with channels last. */
function blockAxes(pixels: ArrayView, depths: ArrayView, block: number, isChannelsLast: boolean): [Axis[], Axis[]] {
  const [n, ...rest] = axesOf(pixels) as [Axis, Axis, Axis, Axis];
  const [m, ...others] = axesOf(depths) as [Axis, Axis, Axis, Axis];
  const [channel, height, width] = isChannelsLast ? [rest[2], rest[0], rest[1]] : rest;
  const [deep, h, w] = isChannelsLast ? [others[2], others[0], others[1]] : others;
  const [rows, i] = split(height as Axis, block);
  const [columns, j] = split(width as Axis, block);
  const [channels, stride] = channel as Axis;
  const step = (deep as Axis)[1];
  return [
    [n, rows, columns, i, j, [channels, stride]],
    [m, h as Axis, w as Axis, [block, step * block * channels], [block, step * channels], [channels, step]],
  ];
}

/** out[N, b·b·C, H, W] = x[N, C, H·b, W·b], channel (i·b + j)·C + c from row i, column j and channel c of a block; or with channels last. */
export function spaceToDepth(out: ArrayView, x: ArrayView, block: number, isChannelsLast: boolean): void {
  const [pixels, depths] = blockAxes(x, out, block, isChannelsLast);
  copy(shaped(out, depths), shaped(x, pixels));
}

/** The inverse of spaceToDepth. */
export function depthToSpace(out: ArrayView, x: ArrayView, block: number, isChannelsLast: boolean): void {
  const [pixels, depths] = blockAxes(out, x, block, isChannelsLast);
  copy(shaped(out, pixels), shaped(x, depths));
}

/** Where positions `at`, `at + step`, … of a larger array meet the `size` elements of a smaller one that begins at 0. */
function meeting(
  at: number,
  step: number,
  count: number,
  size: number,
): { first: number; count: number; place: number } {
  const first = at < 0 ? Math.ceil(-at / step) : 0;
  const last = Math.min(count - 1, Math.floor((size - 1 - at) / step));
  return { first, count: Math.max(last - first + 1, 0), place: at + first * step };
}

/**
 * Calls `visit` with every offset inside a block: the part of `batch` [blocks·N, …] of this offset, and the pixels of `image` [N, …] that it
 * holds. Blocks begin `before[i]` elements before the image.
 */
function eachBlock(
  batch: ArrayView,
  image: ArrayView,
  blocks: readonly number[],
  before: readonly number[],
  visit: (part: ArrayView, pixels: ArrayView) => void,
): void {
  const n = image.geometry.shape[0] as number;
  const total = blocks.reduce((product, each) => product * each, 1);
  const [[, batchStride], ...small] = axesOf(batch) as [Axis, ...Axis[]];
  const [examples, ...large] = axesOf(image) as [Axis, ...Axis[]];
  for (let block = 0; block < total; block++) {
    let rest = block;
    let partAt = block * n * batchStride;
    let pixelAt = 0;
    const part: Axis[] = [];
    const pixels: Axis[] = [];
    for (let d = large.length - 1; d >= 0; d--) {
      const [size, stride] = large[d] as Axis;
      const [count, step] = small[d] as Axis;
      const by = blocks[d] ?? 1;
      const offset = d < blocks.length ? rest % by : 0;
      if (d < blocks.length) rest = Math.floor(rest / by);
      const met = meeting(offset - (before[d] ?? 0), by, count, size);
      part.unshift([met.count, step]);
      pixels.unshift([met.count, stride * by]);
      partAt += met.first * step;
      pixelAt += met.place * stride;
    }
    if (part.every(([count]) => count > 0)) {
      visit(shaped(batch, [[n, batchStride], ...part], partAt), shaped(image, [examples, ...pixels], pixelAt));
    }
  }
}

/**
 * out[blocks·N, H/b, W/b, …] = x[N, H, W, …] with `before[i]` zeros before dimension 1 + i and as many behind as fill the last block: example
 * (i·b + j)·N + n holds row i and column j of every block.
 */
export function spaceToBatch(out: ArrayView, x: ArrayView, blocks: readonly number[], before: readonly number[]): void {
  if (out.geometry.length === 0) return;
  fill(out, 0);
  eachBlock(out, x, blocks, before, copy);
}

/** The inverse of spaceToBatch; `before[i]` elements are cut off before dimension 1 + i, and behind what `out` does not hold. */
export function batchToSpace(out: ArrayView, x: ArrayView, blocks: readonly number[], before: readonly number[]): void {
  if (out.geometry.length === 0) return;
  eachBlock(x, out, blocks, before, (part, pixels) => copy(pixels, part));
}

/** Windows over images with channels last: sizes, strides, dilation and padding of height and width. */
export interface PatchWindow {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly rate: readonly [number, number];
  readonly padding: readonly [number, number];
}

/** Calls `visit` for every place (i, j) of the window: what of out[N, oH, oW, …] it reaches in x[N, H, W, C], as one view of each. */
function eachPlace(
  out: ArrayView,
  x: ArrayView,
  { kernel, stride, rate, padding }: PatchWindow,
  visit: (place: number, to: ArrayView, from: ArrayView) => void,
): void {
  const [n, outHeight, outWidth] = axesOf(out) as [Axis, Axis, Axis];
  const [examples, height, width, channels] = axesOf(x) as [Axis, Axis, Axis, Axis];
  const [, , , outStride] = out.geometry.strides as [number, number, number, number];
  for (let i = 0; i < kernel[0]; i++) {
    const rows = meeting(i * rate[0] - padding[0], stride[0], outHeight[0], height[0]);
    for (let j = 0; j < kernel[1]; j++) {
      const columns = meeting(j * rate[1] - padding[1], stride[1], outWidth[0], width[0]);
      if (rows.count === 0 || columns.count === 0) continue;
      const to: Axis[] = [n, [rows.count, outHeight[1]], [columns.count, outWidth[1]], [channels[0], outStride]];
      const from: Axis[] = [
        examples,
        [rows.count, height[1] * stride[0]],
        [columns.count, width[1] * stride[1]],
        channels,
      ];
      visit(
        i * kernel[1] + j,
        shaped(out, to, rows.first * outHeight[1] + columns.first * outWidth[1]),
        shaped(x, from, rows.place * height[1] + columns.place * width[1]),
      );
    }
  }
}

/** out[N, oH, oW, kH·kW·C] = the patches of x[N, H, W, C], padding being 0. */
export function imagePatches(out: ArrayView, x: ArrayView, patches: PatchWindow): void {
  if (out.geometry.length === 0) return;
  const [, , , channels = 0] = x.geometry.shape;
  fill(out, 0);
  eachPlace(out, x, patches, (place, to, from) => {
    copy(viewed(to, place * channels * (out.geometry.strides[3] as number), to.geometry), from);
  });
}

/** out[N, oH, oW, C] = the largest x + weights of every window, for weights[kH, kW, C]; the lowest number of the type where there is none. */
export function dilation(out: ArrayView, x: ArrayView, weights: ArrayView, patches: PatchWindow, sum: ArrayView): void {
  if (out.geometry.length === 0) return;
  fill(out, Number.NEGATIVE_INFINITY);
  const [rows, columns, channels] = weights.geometry.strides as [number, number, number];
  eachPlace(out, x, patches, (place, to, from) => {
    const at = Math.floor(place / patches.kernel[1]) * rows + (place % patches.kernel[1]) * columns;
    const [n, h, w, c] = axesOf(from) as [Axis, Axis, Axis, Axis];
    const row = shaped(
      weights,
      [
        [n[0], 0],
        [h[0], 0],
        [w[0], 0],
        [c[0], channels],
      ],
      at,
    );
    const part = shaped(
      sum,
      [n, h, w, c].map(([size], d): Axis => [size, out.geometry.strides[d] as number]),
    );
    binary(Binary.ADD, part, from, row);
    binary(Binary.MAX, to, to, part);
  });
}
