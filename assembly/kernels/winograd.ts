// Convolutions with kernels of 3×3, float32, by minimal filtering: 2×2 outputs from 4×4 inputs take 16 products instead of 36
// (Winograd 1980; Lavin & Gray 2016, F(2×2, 3×3)). Each of the 16 is a matrix product over the channels of many patches:
//
//   out    = Aᵀ [ U · V ] A       U = G w Gᵀ  [16][outputs, inputs]      V = Bᵀ x B  [16][inputs, patches]
//   dw     = Gᵀ [ (A g Aᵀ) · Vᵀ ] G
//
// The gradient of the input is the convolution of g by the weights turned round. An output depends on its own 3×3 inputs alone, through
// sums and differences of them: where an input or weight is so large, infinite or NaN that they fail, the result shows it and the caller
// takes the direct way.

import { multiplyBlock } from './gemm';
import { packPanels } from './gemmPack';
import { TILE_BYTES } from './gemmTile';
import { CHANNELS, copySegment, DILATION, INPUT, KERNEL, OUTPUT, PADDING, STRIDE } from './patches';
import {
  fetchRow, narrowKernel, ROW_BYTES, transformGradients, transformInputs, transformOutputs, WIDEST, widenKernel,
} from './winogradTransforms';

/** Bytes of the transformed patches of one strip and of their products: what the second cache holds. */
const STRIP_BYTES: i32 = 1 << 20;
/** What one row of patches may take: wider planes with many channels go the direct way. */
const MOST_BYTES: i32 = 1 << 22;
/** A strip has at least so many patches, whatever its bytes: each of them reads all weights. */
const FEW_TILES: i32 = 128;
/** Fewer channels, or fewer places of the output in all images, do not pay for the transforms. */
const FEW_CHANNELS: i32 = 12;
const FEW_PLACES: i32 = 512;
/** What lies between the 16 matrices, so that they do not fall into one set of the cache. */
const SKEW: usize = 64;

/** Sizes of one call, set by `measure`. */
let tilesAcross: i32 = 0;
let tilesDown: i32 = 0;
let stripRows: i32 = 0;
let stripTiles: i32 = 0;

// @ts-ignore: decorator
@inline
function pair(geometry: usize, word: usize, down: i32, across: i32): bool {
  return load<i32>(geometry + word, 4) == down && load<i32>(geometry + word, 8) == across;
}

/** Whether minimal filtering serves and pays: one plane, kernel 3×3, steps of 1, enough channels and patches. `backward`: of the input's gradient. */
export function isMinimal(geometry: usize, channels: i32, images: i32, backward: bool): bool {
  const inputs = load<i32>(geometry, CHANNELS);
  const isPlane = load<i32>(geometry, INPUT) == 1 && load<i32>(geometry, OUTPUT) == 1 && load<i32>(geometry, KERNEL) == 1;
  const isSmall = load<i32>(geometry + PADDING) == 0 && min(inputs, channels) >= FEW_CHANNELS;
  if (!isPlane || !isSmall || !pair(geometry, KERNEL, 3, 3) || !pair(geometry, STRIDE, 1, 1) || !pair(geometry, DILATION, 1, 1)) return false;
  const down = load<i32>(geometry + PADDING, 4);
  const across = load<i32>(geometry + PADDING, 8);
  if (backward && max(down, across) > 2) return false;
  const result = geometry + (backward ? INPUT : OUTPUT);
  const places = images * load<i32>(result, 4) * load<i32>(result, 8);
  measure(geometry, channels, backward);
  const covered = 4 * images * tilesDown * tilesAcross;
  if (covered < FEW_PLACES || 2 * covered > 3 * places) return false;
  if (tilesAcross > MOST_BYTES / (64 * (channels + inputs))) return false;
  return max(max(load<i32>(geometry + INPUT, 8), load<i32>(geometry + OUTPUT, 8)), across) <= WIDEST;
}

/** How many patches the result has, and how many rows of them make a strip. */
function measure(geometry: usize, channels: i32, backward: bool): void {
  const result = geometry + (backward ? INPUT : OUTPUT);
  tilesAcross = ((load<i32>(result, 8) + 7) >> 3) << 2;
  tilesDown = (load<i32>(result, 4) + 1) >> 1;
  const tiles = max(STRIP_BYTES / (64 * (channels + load<i32>(geometry, CHANNELS))), FEW_TILES);
  stripRows = max(tiles / tilesAcross, 1);
  if (stripRows > 4) stripRows &= -4;
  stripTiles = (stripRows * tilesAcross + 15) & -16;
}

/** Bytes of one of the 16 matrices, and the way to the next. */
// @ts-ignore: decorator
@inline
function matrixBytes(rows: i32, columns: i32): usize {
  return <usize>rows * <usize>columns * 4 + SKEW;
}

/** Bytes of scratch for a convolution or a gradient. */
export function minimalScratchBytes(geometry: usize, channels: i32, backward: bool): usize {
  measure(geometry, channels, backward);
  const inputs = load<i32>(geometry, CHANNELS);
  const patches = matrixBytes(inputs, stripTiles) + matrixBytes(channels, stripTiles);
  return 2 * TILE_BYTES + 6 * ROW_BYTES + 16 * (matrixBytes(channels, inputs) + patches) + matrixBytes(inputs + 15, stripTiles);
}

// @ts-ignore: decorator
@inline
function isZero(bad: v128): bool {
  return v128.all_true<i32>(v128.eq<f32>(bad, v128.splat<f32>(0)));
}

/** The image that holds a row of patches, rows of all images counted through. */
// @ts-ignore: decorator
@inline
function imageOf(row: i32): i32 {
  return row / tilesDown;
}

/** The first line of that image that the row of patches covers. */
// @ts-ignore: decorator
@inline
function lineOf(row: i32): i32 {
  return 2 * (row % tilesDown);
}

/** V of `count` rows of patches from `first` on, rows of all images counted through. */
function transformStrip(
  v: usize, matrix: usize, panel: usize, channel: usize, x: usize, channels: i32, height: i32, width: i32, top: i32, left: i32,
  first: i32, count: i32, rows: usize,
): void {
  const columns = 2 * tilesAcross + 4;
  const plane = <usize>(height * width) * 4;
  for (let c = 0; c < channels; c++) {
    for (let r = 0; r < count; r++) {
      const image = imageOf(first + r);
      const y = lineOf(first + r) - top;
      const from = x + <usize>(image * channels + c) * plane;
      for (let i = 0; i < 4; i++) fetchRow(rows + <usize>i * ROW_BYTES, from, y + i, height, width, left, columns);
      transformInputs(v, matrix, panel, r * tilesAcross, tilesAcross, rows);
    }
    v += channel;
  }
}

/**
 * out = convolution of x by w, plus a bias if not 0; `backward`: out = gradient of the input from g = x, plus a bias by input channel.
 * False when a result is not finite. Error bound, measured: 12 · ε times the sum of the products'
 * absolute values, and 1e-6 in the 2-norm.
 */
export function minimalConvolution(
  out: usize, x: usize, w: usize, bias: usize, geometry: usize, channels: i32, images: i32, backward: bool, scratch: usize,
): bool {
  measure(geometry, channels, backward);
  const source = geometry + (backward ? OUTPUT : INPUT);
  const target = geometry + (backward ? INPUT : OUTPUT);
  const inputs = backward ? channels : load<i32>(geometry, CHANNELS);
  const outputs = backward ? load<i32>(geometry, CHANNELS) : channels;
  const top = load<i32>(geometry + PADDING, 4);
  const left = load<i32>(geometry + PADDING, 8);
  const height = load<i32>(target, 4);
  const width = load<i32>(target, 8);
  const weights = matrixBytes(outputs, inputs);
  const patches = matrixBytes(inputs, stripTiles);
  const products = matrixBytes(outputs, stripTiles);
  const rows = scratch + 2 * TILE_BYTES;
  const results = rows + 4 * ROW_BYTES;
  const u = results + 2 * ROW_BYTES;
  const v = u + 16 * weights;
  const m = v + 16 * patches;
  const kernel = <usize>inputs * 4;
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      const at = u + <usize>o * kernel + <usize>i * 4;
      if (backward) widenKernel(at, weights, w + <usize>(i * outputs + o) * 36 + 32, <usize>-4, scratch);
      else widenKernel(at, weights, w + <usize>(o * inputs + i) * 36, 4, scratch);
    }
  }
  memory.fill(rows, 0, 4 * ROW_BYTES);
  memory.fill(v, 0, 16 * patches);
  const all = images * tilesDown;
  const rowBytes = <usize>width * 4;
  let bad = v128.splat<f32>(0);
  for (let first = 0; first < all; first += stripRows) {
    const count = min(stripRows, all - first);
    const tiles = (count * tilesAcross + 15) & -16;
    transformStrip(
      v, patches, <usize>inputs * TILE_BYTES, TILE_BYTES, x, inputs, load<i32>(source, 4), load<i32>(source, 8),
      backward ? 2 - top : top, backward ? 2 - left : left, first, count, rows,
    );
    const productRow = <usize>tiles * 4;
    for (let k: usize = 0; k < 16; k++) {
      multiplyBlock<f32>(
        m + k * products, u + k * weights, v + k * patches, outputs, tiles, inputs, kernel, productRow, 4, 1, 0, scratch,
      );
    }
    for (let o = 0; o < outputs; o++) {
      const addend = v128.splat<f32>(bias == 0 ? 0 : load<f32>(bias + <usize>o * 4));
      for (let r = 0; r < count; r++) {
        const image = imageOf(first + r);
        const y = lineOf(first + r);
        bad = v128.add<f32>(bad, transformOutputs(results, m + <usize>o * productRow + <usize>(r * tilesAcross) * 4, products, tilesAcross, addend));
        const to = out + <usize>((image * outputs + o) * height + y) * rowBytes;
        copySegment<f32>(to, results, 4, width);
        if (y + 1 < height) copySegment<f32>(to + rowBytes, results + ROW_BYTES, 4, width);
      }
    }
  }
  return isZero(bad);
}

/** dw = gradient of the weights. False when one is not finite. Error bound: as `minimalConvolution`. */
export function minimalWeights(dw: usize, x: usize, g: usize, geometry: usize, channels: i32, images: i32, scratch: usize): bool {
  measure(geometry, channels, false);
  const inputs = load<i32>(geometry, CHANNELS);
  const height = load<i32>(geometry + OUTPUT, 4);
  const width = load<i32>(geometry + OUTPUT, 8);
  const sums = matrixBytes(channels, inputs);
  const patches = matrixBytes(inputs, stripTiles);
  const gradients = matrixBytes(channels, stripTiles);
  const rows = scratch + 2 * TILE_BYTES;
  const gradientRows = rows + 4 * ROW_BYTES;
  const u = gradientRows + 2 * ROW_BYTES;
  const v = u + 16 * sums;
  const m = v + 16 * patches;
  const panels = m + 16 * gradients;
  const sumRow = <usize>inputs * 4;
  memory.fill(rows, 0, 6 * ROW_BYTES + 16 * sums);
  const all = images * tilesDown;
  const rowBytes = <usize>stripTiles * 4;
  const plane = <usize>(height * width) * 4;
  for (let first = 0; first < all; first += stripRows) {
    const count = min(stripRows, all - first);
    transformStrip(
      v, patches, TILE_BYTES, rowBytes, x, inputs, load<i32>(geometry + INPUT, 4), load<i32>(geometry + INPUT, 8),
      load<i32>(geometry + PADDING, 4), load<i32>(geometry + PADDING, 8), first, count, rows,
    );
    for (let k = 0; k < channels; k++) {
      for (let r = 0; r < count; r++) {
        const image = imageOf(first + r);
        const y = lineOf(first + r);
        const from = g + <usize>(image * channels + k) * plane;
        for (let i = 0; i < 2; i++) fetchRow(gradientRows + <usize>i * ROW_BYTES, from, y + i, height, width, 0, 2 * tilesAcross);
        transformGradients(m + <usize>k * rowBytes, gradients, r * tilesAcross, tilesAcross, gradientRows);
      }
    }
    const tiles = count * tilesAcross;
    for (let k: usize = 0; k < 16; k++) {
      packPanels<f32>(panels, v + k * patches, 4, rowBytes, tiles, inputs);
      multiplyBlock<f32>(u + k * sums, m + k * gradients, panels, channels, inputs, tiles, rowBytes, sumRow, 4, 1, 1, scratch);
    }
  }
  const pairs = channels * inputs;
  for (let i = 0; i < pairs; i++) narrowKernel(dw + <usize>i * 36, u + <usize>i * 4, sums, scratch);
  let bad: f32 = 0;
  for (const end = dw + <usize>pairs * 36; dw < end; dw += 4) bad += load<f32>(dw) - load<f32>(dw);
  return bad == 0;
}
