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
/** A row of inputs while it is transformed, padding included: the widest image. */
const WIDEST: i32 = 4096;
const ROW_BYTES: usize = <usize>(WIDEST + 32) * 4;

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

/** Three weights, `step` bytes apart, to four. */
function widen(out: usize, outStep: usize, x: usize, step: usize): void {
  const a = load<f32>(x);
  const b = load<f32>(x + step);
  const c = load<f32>(x + 2 * step);
  const half = (a + c) * 0.5;
  store<f32>(out, a);
  store<f32>(out + outStep, half + b * 0.5);
  store<f32>(out + 2 * outStep, half - b * 0.5);
  store<f32>(out + 3 * outStep, c);
}

/** The transposed step: four gradients to three. */
function narrow(out: usize, outStep: usize, x: usize, step: usize): void {
  const b = load<f32>(x + step) * 0.5;
  const c = load<f32>(x + 2 * step) * 0.5;
  store<f32>(out, load<f32>(x) + b + c);
  store<f32>(out + outStep, b - c);
  store<f32>(out + 2 * outStep, b + c + load<f32>(x + 3 * step));
}

/** U of one pair of channels: 3×3 weights, `step` bytes apart (negative: turned round), to 4×4 matrices. `temporary`: 48 bytes. */
function widenKernel(out: usize, matrix: usize, w: usize, step: usize, temporary: usize): void {
  for (let j: usize = 0; j < 3; j++) widen(temporary + j * 4, 12, w + j * step, 3 * step);
  for (let i: usize = 0; i < 4; i++) widen(out + 4 * i * matrix, matrix, temporary + i * 12, 4);
}

function narrowKernel(w: usize, x: usize, matrix: usize, temporary: usize): void {
  for (let j: usize = 0; j < 4; j++) narrow(temporary + j * 4, 16, x + j * matrix, 4 * matrix);
  for (let i: usize = 0; i < 3; i++) narrow(w + i * 12, 4, temporary + i * 16, 4);
}

/** Row `y` of a plane between its paddings, `columns` wide in all; zeros outside the plane. */
function fetchRow(row: usize, plane: usize, y: i32, height: i32, width: i32, padding: i32, columns: i32): void {
  const n = min(width, columns - padding);
  if (y < 0 || y >= height || n <= 0) memory.fill(row, 0, <usize>columns * 4);
  else copySegment<f32>(row + <usize>padding * 4, plane + <usize>(y * width) * 4, 4, n);
}

/** Four patches side by side through the second half of Bᵀ x B: a, b, c are 12 columns, of which 10 count. */
// @ts-ignore: decorator
@inline
function spread(out: usize, matrix: usize, a: v128, b: v128, c: v128): void {
  const even = v128.shuffle<f32>(a, b, 0, 2, 4, 6);
  const odd = v128.shuffle<f32>(a, b, 1, 3, 5, 7);
  const nextEven = v128.shuffle<f32>(even, c, 1, 2, 3, 4);
  const nextOdd = v128.shuffle<f32>(odd, c, 1, 2, 3, 5);
  v128.store(out, v128.sub<f32>(even, nextEven));
  out += matrix;
  v128.store(out, v128.add<f32>(odd, nextEven));
  out += matrix;
  v128.store(out, v128.sub<f32>(nextEven, odd));
  out += matrix;
  v128.store(out, v128.sub<f32>(odd, nextOdd));
}

/** V of one row of patches of one channel. Patch t lies at (t >> 4) · panel + (t & 15) · 4 of each matrix. */
function transformInputs(v: usize, matrix: usize, panel: usize, t: i32, rows: usize): void {
  for (let end = t + tilesAcross; t < end; t += 4) {
    let out = v + <usize>(t >> 4) * panel + <usize>(t & 15) * 4;
    const a1 = v128.load(rows + ROW_BYTES);
    const b1 = v128.load(rows + ROW_BYTES, 16);
    const c1 = v128.load(rows + ROW_BYTES, 32);
    const a2 = v128.load(rows + 2 * ROW_BYTES);
    const b2 = v128.load(rows + 2 * ROW_BYTES, 16);
    const c2 = v128.load(rows + 2 * ROW_BYTES, 32);
    spread(out, matrix, v128.sub<f32>(v128.load(rows), a2), v128.sub<f32>(v128.load(rows, 16), b2), v128.sub<f32>(v128.load(rows, 32), c2));
    out += 4 * matrix;
    spread(out, matrix, v128.add<f32>(a1, a2), v128.add<f32>(b1, b2), v128.add<f32>(c1, c2));
    out += 4 * matrix;
    spread(out, matrix, v128.sub<f32>(a2, a1), v128.sub<f32>(b2, b1), v128.sub<f32>(c2, c1));
    out += 4 * matrix;
    const last = rows + 3 * ROW_BYTES;
    spread(out, matrix, v128.sub<f32>(a1, v128.load(last)), v128.sub<f32>(b1, v128.load(last, 16)), v128.sub<f32>(c1, v128.load(last, 32)));
    rows += 32;
  }
}

/** Four patches through the second half of A g Aᵀ. */
// @ts-ignore: decorator
@inline
function spreadGradient(out: usize, matrix: usize, even: v128, odd: v128): void {
  v128.store(out, even);
  out += matrix;
  v128.store(out, v128.add<f32>(even, odd));
  out += matrix;
  v128.store(out, v128.sub<f32>(even, odd));
  out += matrix;
  v128.store(out, v128.neg<f32>(odd));
}

/** A g Aᵀ of one row of patches of one channel; two rows of g. */
function transformGradients(m: usize, matrix: usize, t: i32, rows: usize): void {
  for (let end = t + tilesAcross; t < end; t += 4) {
    let out = m + <usize>t * 4;
    const a0 = v128.load(rows);
    const b0 = v128.load(rows, 16);
    const a1 = v128.load(rows + ROW_BYTES);
    const b1 = v128.load(rows + ROW_BYTES, 16);
    const even0 = v128.shuffle<f32>(a0, b0, 0, 2, 4, 6);
    const odd0 = v128.shuffle<f32>(a0, b0, 1, 3, 5, 7);
    const even1 = v128.shuffle<f32>(a1, b1, 0, 2, 4, 6);
    const odd1 = v128.shuffle<f32>(a1, b1, 1, 3, 5, 7);
    spreadGradient(out, matrix, even0, odd0);
    out += 4 * matrix;
    spreadGradient(out, matrix, v128.add<f32>(even0, even1), v128.add<f32>(odd0, odd1));
    out += 4 * matrix;
    spreadGradient(out, matrix, v128.sub<f32>(even0, even1), v128.sub<f32>(odd0, odd1));
    out += 4 * matrix;
    spreadGradient(out, matrix, v128.neg<f32>(even1), v128.neg<f32>(odd1));
    rows += 32;
  }
}

/** Two outputs side by side of four patches: p0 + p1 + p2 and p1 − p2 − p3, interleaved. Gives what is not finite as NaN, else 0. */
// @ts-ignore: decorator
@inline
function gather(out: usize, p0: v128, p1: v128, p2: v128, p3: v128, bias: v128): v128 {
  const even = v128.add<f32>(v128.add<f32>(v128.add<f32>(p0, p1), p2), bias);
  const odd = v128.add<f32>(v128.sub<f32>(v128.sub<f32>(p1, p2), p3), bias);
  v128.store(out, v128.shuffle<f32>(even, odd, 0, 4, 1, 5));
  v128.store(out, v128.shuffle<f32>(even, odd, 2, 6, 3, 7), 16);
  return v128.add<f32>(v128.sub<f32>(even, even), v128.sub<f32>(odd, odd));
}

// @ts-ignore: decorator
@inline
function sumDown(m: usize, matrix: usize): v128 {
  return v128.add<f32>(v128.add<f32>(v128.load(m), v128.load(m + 4 * matrix)), v128.load(m + 8 * matrix));
}

// @ts-ignore: decorator
@inline
function differenceDown(m: usize, matrix: usize): v128 {
  return v128.sub<f32>(v128.sub<f32>(v128.load(m + 4 * matrix), v128.load(m + 8 * matrix)), v128.load(m + 12 * matrix));
}

/** Two rows of outputs of one channel: into `rows`, whole groups of 8 columns. Gives NaN where one is not finite. */
function transformOutputs(rows: usize, m: usize, matrix: usize, bias: v128): v128 {
  let bad = v128.splat<f32>(0);
  const second = m + matrix;
  const third = second + matrix;
  const fourth = third + matrix;
  for (let at: usize = 0; at < <usize>tilesAcross * 4; at += 16) {
    const top = gather(
      rows, sumDown(m + at, matrix), sumDown(second + at, matrix), sumDown(third + at, matrix), sumDown(fourth + at, matrix), bias,
    );
    const bottom = gather(
      rows + ROW_BYTES, differenceDown(m + at, matrix), differenceDown(second + at, matrix), differenceDown(third + at, matrix),
      differenceDown(fourth + at, matrix), bias,
    );
    bad = v128.add<f32>(bad, v128.add<f32>(top, bottom));
    rows += 32;
  }
  return bad;
}

// @ts-ignore: decorator
@inline
function isZero(bad: v128): bool {
  return v128.all_true<i32>(v128.eq<f32>(bad, v128.splat<f32>(0)));
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
      const image = (first + r) / tilesDown;
      const y = 2 * ((first + r) - image * tilesDown) - top;
      const from = x + <usize>(image * channels + c) * plane;
      for (let i = 0; i < 4; i++) fetchRow(rows + <usize>i * ROW_BYTES, from, y + i, height, width, left, columns);
      transformInputs(v, matrix, panel, r * tilesAcross, rows);
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
        const image = (first + r) / tilesDown;
        const y = 2 * (first + r - image * tilesDown);
        bad = v128.add<f32>(bad, transformOutputs(results, m + <usize>o * productRow + <usize>(r * tilesAcross) * 4, products, addend));
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
        const image = (first + r) / tilesDown;
        const y = 2 * (first + r - image * tilesDown);
        const from = g + <usize>(image * channels + k) * plane;
        for (let i = 0; i < 2; i++) fetchRow(gradientRows + <usize>i * ROW_BYTES, from, y + i, height, width, 0, 2 * tilesAcross);
        transformGradients(m + <usize>k * rowBytes, gradients, r * tilesAcross, gradientRows);
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
