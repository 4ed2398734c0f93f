// The linear steps of minimal filtering (winograd.ts), four patches at a time: weights, inputs, gradients and outputs between planes and
// the 16 matrices, which lie `matrix` bytes apart. Rows of planes lie ROW_BYTES apart, between zeros.

import { copySegment } from './patches';

/** A row of inputs while it is transformed, padding included: the widest image. */
export const WIDEST: i32 = 4096;
export const ROW_BYTES: usize = <usize>(WIDEST + 32) * 4;

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
export function widenKernel(out: usize, matrix: usize, w: usize, step: usize, temporary: usize): void {
  for (let j: usize = 0; j < 3; j++) widen(temporary + j * 4, 12, w + j * step, 3 * step);
  for (let i: usize = 0; i < 4; i++) widen(out + 4 * i * matrix, matrix, temporary + i * 12, 4);
}

export function narrowKernel(w: usize, x: usize, matrix: usize, temporary: usize): void {
  for (let j: usize = 0; j < 4; j++) narrow(temporary + j * 4, 16, x + j * matrix, 4 * matrix);
  for (let i: usize = 0; i < 3; i++) narrow(w + i * 12, 4, temporary + i * 16, 4);
}

/** Row `y` of a plane between its paddings, `columns` wide in all; zeros outside the plane. */
export function fetchRow(row: usize, plane: usize, y: i32, height: i32, width: i32, padding: i32, columns: i32): void {
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

/** V of one row of `tiles` patches of one channel. Patch t lies at (t >> 4) · panel + (t & 15) · 4 of each matrix. */
export function transformInputs(v: usize, matrix: usize, panel: usize, t: i32, tiles: i32, rows: usize): void {
  for (let end = t + tiles; t < end; t += 4) {
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

/** A g Aᵀ of one row of `tiles` patches of one channel; two rows of g. */
export function transformGradients(m: usize, matrix: usize, t: i32, tiles: i32, rows: usize): void {
  for (let end = t + tiles; t < end; t += 4) {
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
export function transformOutputs(rows: usize, m: usize, matrix: usize, tiles: i32, bias: v128): v128 {
  let bad = v128.splat<f32>(0);
  const second = m + matrix;
  const third = second + matrix;
  const fourth = third + matrix;
  for (let at: usize = 0; at < <usize>tiles * 4; at += 16) {
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
