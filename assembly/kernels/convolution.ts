// Convolutions of one to three dimensions and their gradients as matrix products: patches of the input are written block by block where
// the register tile reads them, never as a whole.
//
//   forward   out[K, P]  = w[K, R] · patches[R, P]               patches go into panels
//   data      dx         = scatter of wᵀ[R, K] · g[K, P]         as fast as a forward pass with flipped weights, for any stride
//   weights   dwᵀ[R, K] += patches[R, P] · gᵀ[P, K]              patches are rows, gᵀ goes into panels
//
// R: channels · kernel, P: output positions, K: output channels. All arrays are dense in 'c' order; images follow one another.

import { lanes } from '../simd/lanes';
import { blockOf, K_BLOCK, M_BLOCK, multiplyBlock, N_BLOCK, panelsBytes } from './gemm';
import { packPanels, packRows, transposeBlock } from './gemmPack';
import { TILE_BYTES } from './gemmTile';
import { CHANNELS, DOT, INPUT, isPointwise, KERNEL, OUTPUT, READ, SPREAD, volume, WEIGH, walkTap } from './patches';

/** Output positions of one block of the data gradient. */
const DATA_BLOCK: i32 = 256;

const FORWARD: i32 = 0;
const DATA: i32 = 1;
const WEIGHTS: i32 = 2;
const PATCHES: i32 = 3;
const GATHER: i32 = 4;
const DEPTHWISE: i32 = 5;
const DEPTHWISE_DATA: i32 = 6;
const DEPTHWISE_WEIGHTS: i32 = 7;

/** n rounded up to whole panels. */
// @ts-ignore: decorator
@inline
function padded<T>(n: i32): i32 {
  const width = 4 * <i32>lanes<T>();
  return (n + width - 1) & -width;
}

/** R: channels · kernel. */
// @ts-ignore: decorator
@inline
function tapsOf(geometry: usize): i32 {
  return load<i32>(geometry, CHANNELS) * volume(geometry, KERNEL);
}

function fillRow<T>(out: usize, value: T, n: i32): void {
  for (let i = 0; i < n; i++) store<T>(out + <usize>i * sizeof<T>(), value);
}

/** Taps p … p + k at n positions from j on, cut into panels; `row` holds one row of them meanwhile. */
function packPatches<T>(panels: usize, x: usize, geometry: usize, p: i32, k: i32, j: i32, n: i32, row: usize): void {
  const panelBytes = <usize>k * TILE_BYTES;
  const end = row + <usize>padded<T>(n) * sizeof<T>();
  fillRow<T>(row + <usize>n * sizeof<T>(), <T>0, padded<T>(n) - n);
  for (let i = 0; i < k; i++) {
    walkTap<T>(READ, row, x, geometry, p + i, j, n, <T>1);
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

function forward<T>(out: usize, x: usize, w: usize, bias: usize, geometry: usize, channels: i32, scratch: usize): void {
  const unit = sizeof<T>();
  const taps = tapsOf(geometry);
  const places = volume(geometry, OUTPUT);
  const block = blockOf(taps);
  const row = scratch + 2 * TILE_BYTES;
  const panels = row + <usize>N_BLOCK * unit;
  const outRow = <usize>places * unit;
  const pointwise = isPointwise(geometry);
  for (let j = 0; j < places; j += N_BLOCK) {
    const n = min(N_BLOCK, places - j);
    const to = out + <usize>j * unit;
    if (bias != 0) for (let i = 0; i < channels; i++) fillRow<T>(to + <usize>i * outRow, load<T>(bias + <usize>i * unit), n);
    for (let p = 0; p < taps; p += block) {
      const k = min(block, taps - p);
      if (pointwise) packPanels<T>(panels, x + (<usize>p * <usize>places + <usize>j) * unit, outRow, unit, k, n);
      else packPatches<T>(panels, x, geometry, p, k, j, n, row);
      const beta: T = p == 0 && bias == 0 ? <T>0 : <T>1;
      for (let i = 0; i < channels; i += M_BLOCK) {
        const m = min(M_BLOCK, channels - i);
        const from = w + (<usize>i * <usize>taps + <usize>p) * unit;
        multiplyBlock<T>(to + <usize>i * outRow, from, panels, m, n, k, <usize>taps * unit, outRow, unit, <T>1, beta, scratch);
      }
    }
  }
}

/** dx (set to 0 or a bias before) += the patches wᵀ · g, each where it was read; `turned` is wᵀ[R, K]. */
function scatterData<T>(dx: usize, g: usize, turned: usize, geometry: usize, channels: i32, scratch: usize): void {
  const unit = sizeof<T>();
  const taps = tapsOf(geometry);
  const places = volume(geometry, OUTPUT);
  const patches = scratch + 2 * TILE_BYTES;
  const panels = patches + <usize>(M_BLOCK * DATA_BLOCK) * unit;
  for (let j = 0; j < places; j += DATA_BLOCK) {
    const n = min(DATA_BLOCK, places - j);
    const patchRow = <usize>padded<T>(n) * unit;
    for (let p = 0; p < channels; p += K_BLOCK) {
      const from = g + (<usize>p * <usize>places + <usize>j) * unit;
      packPanels<T>(panels + <usize>p * patchRow, from, <usize>places * unit, unit, min(K_BLOCK, channels - p), n);
    }
    for (let i = 0; i < taps; i += M_BLOCK) {
      const m = min(M_BLOCK, taps - i);
      for (let p = 0; p < channels; p += K_BLOCK) {
        const k = min(K_BLOCK, channels - p);
        const a = turned + (<usize>i * <usize>channels + <usize>p) * unit;
        const b = panels + <usize>p * patchRow;
        multiplyBlock<T>(patches, a, b, m, n, k, <usize>channels * unit, patchRow, unit, <T>1, p == 0 ? <T>0 : <T>1, scratch);
      }
      for (let r = 0; r < m; r++) walkTap<T>(SPREAD, patches + <usize>r * patchRow, dx, geometry, i + r, j, n, <T>1);
    }
  }
}

/** sums[R, K] += patches · gᵀ; rows of the sums have whole panels. */
function addWeights<T>(sums: usize, x: usize, g: usize, geometry: usize, channels: i32, scratch: usize): void {
  const unit = sizeof<T>();
  const taps = tapsOf(geometry);
  const places = volume(geometry, OUTPUT);
  const wide = padded<T>(channels);
  const block = blockOf(places);
  const rows = scratch + 2 * TILE_BYTES;
  const panels = rows + <usize>(M_BLOCK * K_BLOCK) * unit;
  const sumRow = <usize>wide * unit;
  for (let p = 0; p < places; p += block) {
    const k = min(block, places - p);
    const rowBytes = <usize>k * unit;
    packPanels<T>(panels, g + <usize>p * unit, unit, <usize>places * unit, k, channels);
    for (let i = 0; i < taps; i += M_BLOCK) {
      const m = min(M_BLOCK, taps - i);
      for (let r = 0; r < m; r++) walkTap<T>(READ, rows + <usize>r * rowBytes, x, geometry, i + r, p, k, <T>1);
      multiplyBlock<T>(sums + <usize>i * sumRow, rows, panels, m, wide, k, rowBytes, sumRow, unit, <T>1, <T>1, scratch);
    }
  }
}

function backwardWeights<T>(dw: usize, x: usize, g: usize, geometry: usize, channels: i32, images: i32, scratch: usize): void {
  const unit = sizeof<T>();
  const taps = tapsOf(geometry);
  const wide = padded<T>(channels);
  const sums = scratch + weightsBytes<T>(channels);
  const xBytes = <usize>load<i32>(geometry, CHANNELS) * <usize>volume(geometry, INPUT) * unit;
  const gBytes = <usize>channels * <usize>volume(geometry, OUTPUT) * unit;
  memory.fill(sums, 0, <usize>taps * <usize>wide * unit);
  for (; images > 0; images--, x += xBytes, g += gBytes) addWeights<T>(sums, x, g, geometry, channels, scratch);
  transposeBlock<T>(dw, <usize>taps * unit, sums, <usize>wide * unit, taps, channels);
}

/** Every channel by itself: out channel c · multiplier + m of one image, its gradients likewise. w is [C · multiplier, kernel]. */
function depthwise<T>(mode: i32, out: usize, x: usize, w: usize, geometry: usize, multiplier: i32): void {
  const unit = sizeof<T>();
  const size = volume(geometry, KERNEL);
  const places = volume(geometry, OUTPUT);
  const taps = tapsOf(geometry);
  const action = mode == DEPTHWISE ? WEIGH : mode == DEPTHWISE_DATA ? SPREAD : DOT;
  for (let first = 0; first < taps; first += size) {
    for (let m = 0; m < multiplier; m++) {
      for (let t = 0; t < size; t++) {
        const sum = walkTap<T>(action, out, x, geometry, first + t, 0, places, load<T>(w));
        if (mode == DEPTHWISE_WEIGHTS) store<T>(w, <T>(<f64>load<T>(w) + sum));
        w += unit;
      }
      out += <usize>places * unit;
    }
  }
}

/** A bias for every channel, or 0, in `channels` rows of n elements. */
function start<T>(out: usize, bias: usize, channels: i32, n: i32): void {
  const bytes = <usize>n * sizeof<T>();
  for (let i = 0; i < channels; i++) {
    fillRow<T>(out, bias == 0 ? <T>0 : load<T>(bias + <usize>i * sizeof<T>()), n);
    out += bytes;
  }
}

function convolve<T>(
  mode: i32, out: usize, x: usize, w: usize, bias: usize, geometry: usize, channels: i32, images: i32, scratch: usize,
): void {
  const unit = sizeof<T>();
  const taps = tapsOf(geometry);
  const inputs = load<i32>(geometry, CHANNELS);
  const inputPlaces = volume(geometry, INPUT);
  const places = volume(geometry, OUTPUT);
  const xBytes = <usize>inputs * <usize>inputPlaces * unit;
  const outBytes = <usize>channels * <usize>places * unit;
  const multiplier = channels / inputs;
  let turned: usize = 0;
  if (mode == WEIGHTS) return backwardWeights<T>(w, x, out, geometry, channels, images, scratch);
  if (mode == DEPTHWISE_WEIGHTS) memory.fill(w, 0, <usize>(multiplier * taps) * unit);
  if (mode == DATA) {
    turned = scratch + dataBytes<T>(channels);
    packRows<T>(turned, w, unit, <usize>taps * unit, taps, channels);
  }
  for (; images > 0; images--) {
    if (mode == DATA || mode == DEPTHWISE_DATA || mode == GATHER) start<T>(x, bias, inputs, inputPlaces);
    switch (mode) {
      case FORWARD:
        forward<T>(out, x, w, bias, geometry, channels, scratch);
        break;
      case DATA:
        scatterData<T>(x, out, turned, geometry, channels, scratch);
        break;
      case PATCHES:
      case GATHER:
        for (let r = 0; r < taps; r++) {
          walkTap<T>(mode == PATCHES ? READ : SPREAD, out + <usize>r * <usize>places * unit, x, geometry, r, 0, places, <T>1);
        }
        break;
      default:
        if (mode == DEPTHWISE) start<T>(out, bias, channels, places);
        depthwise<T>(mode, out, x, w, geometry, multiplier);
    }
    x += xBytes;
    out += outBytes;
  }
}

function dataBytes<T>(channels: i32): usize {
  return 2 * TILE_BYTES + <usize>(M_BLOCK * DATA_BLOCK) * sizeof<T>() + <usize>channels * <usize>DATA_BLOCK * sizeof<T>();
}

function weightsBytes<T>(channels: i32): usize {
  return 2 * TILE_BYTES + <usize>K_BLOCK * <usize>(M_BLOCK + padded<T>(channels)) * sizeof<T>();
}

function scratchOf<T>(mode: i32, geometry: usize, channels: i32): usize {
  const taps = tapsOf(geometry);
  const unit = sizeof<T>();
  if (mode == FORWARD) return 2 * TILE_BYTES + <usize>N_BLOCK * unit + panelsBytes<T>(volume(geometry, OUTPUT), blockOf(taps));
  if (mode == DATA) return dataBytes<T>(channels) + <usize>taps * <usize>channels * unit;
  return mode == WEIGHTS ? weightsBytes<T>(channels) + <usize>taps * <usize>padded<T>(channels) * unit : 0;
}

/** Bytes of scratch that `convolution` needs. */
export function convolutionScratchBytes(mode: i32, compute: i32, geometry: usize, channels: i32): usize {
  return compute == 0 ? scratchOf<f32>(mode, geometry, channels) : scratchOf<f64>(mode, geometry, channels);
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
  if (compute == 0) convolve<f32>(mode, out, x, w, bias, geometry, channels, images, scratch);
  else convolve<f64>(mode, out, x, w, bias, geometry, channels, images, scratch);
}
