// Convolutions of one to three dimensions and their gradients as matrix products: patches of the input are written block by block where
// the register tile reads them, never as a whole.
//
//   forward   out[K, P]  = w[K, R] · patches[R, P]               patches go into panels
//   data      dx         = scatter of wᵀ[R, K] · g[K, P]         as fast as a forward pass with flipped weights, for any stride
//   weights   dwᵀ[R, K] += patches[R, P] · gᵀ[P, K]              patches are rows, gᵀ goes into panels
//
// R: channels · kernel, P: output positions, K: output channels. All arrays are dense in 'c' order; images follow one another.

import { blockOf, K_BLOCK, M_BLOCK, multiplyBlock, N_BLOCK } from './gemm';
import { packPanels, transposeBlock } from './gemmPack';
import { TILE_BYTES } from './gemmTile';
import { CHANNELS, DOT, INPUT, isPointwise, KERNEL, OUTPUT, READ, SPREAD, unitOf, volume, WEIGH, walkTap } from './patches';
import { isMinimal, minimalConvolution, minimalScratchBytes, minimalWeights } from './winograd';

/** Output positions of one block of the data gradient. */
const DATA_BLOCK: i32 = 512;

const FORWARD: i32 = 0;
const DATA: i32 = 1;
const WEIGHTS: i32 = 2;
const PATCHES: i32 = 3;
const GATHER: i32 = 4;
const DEPTHWISE: i32 = 5;
const DEPTHWISE_DATA: i32 = 6;
const DEPTHWISE_WEIGHTS: i32 = 7;

// What differs between float32 and float64: the drivers below exist once and count in bytes.

function multiply(
  compute: i32, c: usize, a: usize, panels: usize, m: i32, n: i32, k: i32, aRow: usize, cRow: usize, beta: f64, tile: usize,
): void {
  if (compute == 0) multiplyBlock<f32>(c, a, panels, m, n, k, aRow, cRow, 4, 1, <f32>beta, tile);
  else multiplyBlock<f64>(c, a, panels, m, n, k, aRow, cRow, 8, 1, beta, tile);
}

function pack(compute: i32, out: usize, x: usize, xRow: usize, xColumn: usize, k: i32, n: i32): void {
  if (compute == 0) packPanels<f32>(out, x, xRow, xColumn, k, n);
  else packPanels<f64>(out, x, xRow, xColumn, k, n);
}

function transpose(compute: i32, out: usize, outRow: usize, x: usize, xRow: usize, rows: i32, columns: i32): void {
  if (compute == 0) transposeBlock<f32>(out, outRow, x, xRow, rows, columns);
  else transposeBlock<f64>(out, outRow, x, xRow, rows, columns);
}

function readAt(compute: i32, x: usize): f64 {
  return compute == 0 ? <f64>load<f32>(x) : load<f64>(x);
}

function writeAt(compute: i32, x: usize, value: f64): void {
  if (compute == 0) store<f32>(x, <f32>value);
  else store<f64>(x, value);
}

/** `channels` rows of n elements, `rowBytes` apart: of each its bias, or 0. */
function start(compute: i32, out: usize, rowBytes: usize, bias: usize, channels: i32, n: i32): void {
  const unit = unitOf(compute);
  const bytes = <usize>n * unit;
  for (; channels > 0; channels--) {
    if (bias == 0) memory.fill(out, 0, bytes);
    else {
      const value = readAt(compute, bias);
      for (let at: usize = 0; at < bytes; at += unit) writeAt(compute, out + at, value);
      bias += unit;
    }
    out += rowBytes;
  }
}

/** n elements rounded up to whole panels, in bytes. */
// @ts-ignore: decorator
@inline
function paddedBytes(n: i32, unit: usize): usize {
  return (<usize>n * unit + TILE_BYTES - 1) & (0 - TILE_BYTES);
}

/** R: channels · kernel. */
// @ts-ignore: decorator
@inline
function tapsOf(geometry: usize): i32 {
  return load<i32>(geometry, CHANNELS) * volume(geometry, KERNEL);
}

/** Taps p … p + k at n positions from j on, cut into panels; `row` holds one row of them meanwhile. */
function packPatches(compute: i32, panels: usize, x: usize, geometry: usize, p: i32, k: i32, j: i32, n: i32, row: usize): void {
  const panelBytes = <usize>k * TILE_BYTES;
  const end = row + paddedBytes(n, unitOf(compute));
  memory.fill(end - TILE_BYTES, 0, TILE_BYTES);
  for (let i = 0; i < k; i++) {
    walkTap(compute, READ, row, x, geometry, p + i, j, n, 1);
    let out = panels + <usize>i * TILE_BYTES;
    for (let from = row; from < end; from += TILE_BYTES) {
      v128.store(out, v128.load(from));
      v128.store(out, v128.load(from, 16), 16);
      v128.store(out, v128.load(from, 32), 32);
      v128.store(out, v128.load(from, 48), 48);
      out += panelBytes;
    }
  }
}

function forward(compute: i32, out: usize, x: usize, w: usize, bias: usize, geometry: usize, channels: i32, scratch: usize): void {
  const unit = unitOf(compute);
  const taps = tapsOf(geometry);
  const places = volume(geometry, OUTPUT);
  const block = blockOf(taps);
  const row = scratch + 2 * TILE_BYTES;
  const panels = row + <usize>N_BLOCK * unit;
  const outRow = <usize>places * unit;
  const tapsBytes = <usize>taps * unit;
  const pointwise = isPointwise(geometry);
  for (let j = 0; j < places; j += N_BLOCK) {
    const n = min(N_BLOCK, places - j);
    const to = out + <usize>j * unit;
    if (bias != 0) start(compute, to, outRow, bias, channels, n);
    for (let p = 0; p < taps; p += block) {
      const k = min(block, taps - p);
      if (pointwise) pack(compute, panels, x + <usize>p * outRow + <usize>j * unit, outRow, unit, k, n);
      else packPatches(compute, panels, x, geometry, p, k, j, n, row);
      const beta: f64 = p == 0 && bias == 0 ? 0 : 1;
      for (let i = 0; i < channels; i += M_BLOCK) {
        const from = w + <usize>i * tapsBytes + <usize>p * unit;
        multiply(compute, to + <usize>i * outRow, from, panels, min(M_BLOCK, channels - i), n, k, tapsBytes, outRow, beta, scratch);
      }
    }
  }
}

/** dx (set to 0 or a bias before) += the patches wᵀ · g, each where it was read; `turned` is wᵀ[R, K]. */
function scatterData(compute: i32, dx: usize, g: usize, turned: usize, geometry: usize, channels: i32, scratch: usize): void {
  const unit = unitOf(compute);
  const taps = tapsOf(geometry);
  const places = volume(geometry, OUTPUT);
  const patches = scratch + 2 * TILE_BYTES;
  const panels = patches + <usize>(M_BLOCK * DATA_BLOCK) * unit;
  const gRow = <usize>places * unit;
  const turnedRow = <usize>channels * unit;
  const pointwise = isPointwise(geometry);
  for (let j = 0; j < places; j += DATA_BLOCK) {
    const n = min(DATA_BLOCK, places - j);
    const patchRow = paddedBytes(n, unit);
    for (let p = 0; p < channels; p += K_BLOCK) {
      const from = g + <usize>p * gRow + <usize>j * unit;
      pack(compute, panels + <usize>p * patchRow, from, gRow, unit, min(K_BLOCK, channels - p), n);
    }
    for (let i = 0; i < taps; i += M_BLOCK) {
      const m = min(M_BLOCK, taps - i);
      // Pointwise, the patches are the input: no scatter.
      const to = pointwise ? dx + <usize>i * gRow + <usize>j * unit : patches;
      const toRow = pointwise ? gRow : patchRow;
      for (let p = 0; p < channels; p += K_BLOCK) {
        const from = turned + <usize>i * turnedRow + <usize>p * unit;
        const k = min(K_BLOCK, channels - p);
        const beta: f64 = pointwise || p > 0 ? 1 : 0;
        multiply(compute, to, from, panels + <usize>p * patchRow, m, n, k, turnedRow, toRow, beta, scratch);
      }
      if (pointwise) continue;
      for (let r = 0; r < m; r++) walkTap(compute, SPREAD, patches + <usize>r * patchRow, dx, geometry, i + r, j, n, 1);
    }
  }
}

/** sums[R, K] += patches · gᵀ; rows of the sums have whole panels. */
function addWeights(compute: i32, sums: usize, x: usize, g: usize, geometry: usize, channels: i32, scratch: usize): void {
  const unit = unitOf(compute);
  const taps = tapsOf(geometry);
  const places = volume(geometry, OUTPUT);
  const sumRow = paddedBytes(channels, unit);
  const block = blockOf(places);
  const rows = scratch + 2 * TILE_BYTES;
  const panels = rows + <usize>(M_BLOCK * K_BLOCK) * unit;
  for (let p = 0; p < places; p += block) {
    const k = min(block, places - p);
    const rowBytes = <usize>k * unit;
    pack(compute, panels, g + <usize>p * unit, unit, <usize>places * unit, k, channels);
    for (let i = 0; i < taps; i += M_BLOCK) {
      const m = min(M_BLOCK, taps - i);
      for (let r = 0; r < m; r++) walkTap(compute, READ, rows + <usize>r * rowBytes, x, geometry, i + r, p, k, 1);
      multiply(compute, sums + <usize>i * sumRow, rows, panels, m, <i32>(sumRow / unit), k, rowBytes, sumRow, 1, scratch);
    }
  }
}

/** Every channel by itself: out channel c · multiplier + m of one image, its gradients likewise. w is [C · multiplier, kernel]. */
function depthwise(compute: i32, mode: i32, out: usize, x: usize, w: usize, geometry: usize, multiplier: i32): void {
  const unit = unitOf(compute);
  const size = volume(geometry, KERNEL);
  const places = volume(geometry, OUTPUT);
  const taps = tapsOf(geometry);
  const action = mode == DEPTHWISE ? WEIGH : mode == DEPTHWISE_DATA ? SPREAD : DOT;
  for (let first = 0; first < taps; first += size) {
    for (let m = 0; m < multiplier; m++) {
      for (let t = 0; t < size; t++) {
        const weight = readAt(compute, w);
        const sum = walkTap(compute, action, out, x, geometry, first + t, 0, places, weight);
        if (action == DOT) writeAt(compute, w, weight + sum);
        w += unit;
      }
      out += <usize>places * unit;
    }
  }
}

/** Bytes before the sums or the turned weights, which come last. */
function scratchBefore(mode: i32, unit: usize, channels: i32): usize {
  if (mode == DATA) return 2 * TILE_BYTES + <usize>(M_BLOCK + channels) * <usize>DATA_BLOCK * unit;
  return 2 * TILE_BYTES + <usize>K_BLOCK * (<usize>M_BLOCK * unit + paddedBytes(channels, unit));
}

function directScratchBytes(mode: i32, compute: i32, geometry: usize, channels: i32): usize {
  const unit = unitOf(compute);
  const taps = <usize>tapsOf(geometry);
  if (mode == FORWARD) {
    const n = min(N_BLOCK, volume(geometry, OUTPUT));
    return 2 * TILE_BYTES + <usize>N_BLOCK * unit + paddedBytes(n, unit) * <usize>blockOf(<i32>taps);
  }
  return scratchBefore(mode, unit, channels) + taps * paddedBytes(channels, unit);
}

/** Bytes of scratch that `convolution` needs. */
export function convolutionScratchBytes(mode: i32, compute: i32, geometry: usize, channels: i32, images: i32): usize {
  if (mode > WEIGHTS) return 0;
  const direct = directScratchBytes(mode, compute, geometry, channels);
  if (compute != 0 || !isMinimal(geometry, channels, images, mode == DATA)) return direct;
  return max(direct, minimalScratchBytes(geometry, channels, mode == DATA));
}

/**
 * mode 0: out = convolution of x by w[channels, C, kernel], plus a bias if not 0. 1: x = gradient of the input from that of `out`, plus
 * a bias by input channel. 2: w = gradient of the weights. 3: out = patches of x, [C, kernel, places] by image (channels = C · kernel).
 * 4: x = sum of the patches `out`. 5 to 7: as 0 to 2 for every channel by itself, w[C, channels / C, kernel].
 * Error bound: that of a sum of as many products in the compute type.
 */
export function convolution(
  mode: i32, compute: i32, out: usize, x: usize, w: usize, bias: usize, geometry: usize, channels: i32, images: i32, scratch: usize,
): void {
  const unit = unitOf(compute);
  const taps = tapsOf(geometry);
  const inputs = load<i32>(geometry, CHANNELS);
  const inputPlaces = volume(geometry, INPUT);
  const places = volume(geometry, OUTPUT);
  const xRow = <usize>inputPlaces * unit;
  const outRow = <usize>places * unit;
  const multiplier = channels / inputs;
  if (mode <= WEIGHTS && compute == 0 && isMinimal(geometry, channels, images, mode == DATA)) {
    if (mode == FORWARD && minimalConvolution(out, x, w, bias, geometry, channels, images, false, scratch)) return;
    if (mode == DATA && minimalConvolution(x, out, w, bias, geometry, channels, images, true, scratch)) return;
    if (mode == WEIGHTS && minimalWeights(w, x, out, geometry, channels, images, scratch)) return;
  }
  const last = scratch + scratchBefore(mode, unit, channels);
  const sumRow = paddedBytes(channels, unit);
  if (mode == DATA) transpose(compute, last, <usize>channels * unit, w, <usize>taps * unit, channels, taps);
  if (mode == WEIGHTS) memory.fill(last, 0, <usize>taps * sumRow);
  if (mode == DEPTHWISE_WEIGHTS) memory.fill(w, 0, <usize>(multiplier * taps) * unit);
  for (; images > 0; images--) {
    if (mode == DATA || mode == DEPTHWISE_DATA || mode == GATHER) start(compute, x, xRow, bias, inputs, inputPlaces);
    if (mode == FORWARD) forward(compute, out, x, w, bias, geometry, channels, scratch);
    else if (mode == DATA) scatterData(compute, x, out, last, geometry, channels, scratch);
    else if (mode == WEIGHTS) addWeights(compute, last, x, out, geometry, channels, scratch);
    else if (mode <= GATHER) {
      const action = mode == PATCHES ? READ : SPREAD;
      for (let r = 0; r < taps; r++) walkTap(compute, action, out + <usize>r * outRow, x, geometry, r, 0, places, 1);
    } else {
      if (mode == DEPTHWISE) start(compute, out, outRow, bias, channels, places);
      depthwise(compute, mode, out, x, w, geometry, multiplier);
    }
    x += <usize>inputs * xRow;
    out += <usize>channels * outRow;
  }
  if (mode == WEIGHTS) transpose(compute, w, <usize>taps * unit, last, sumRow, taps, channels);
}
