// What a step of an LSTM does between its products: gates, cell state and output of rows of units, and the gradients of these.
//
// zi, zf, zg, zo are the addresses of the input gate, forget gate, candidate and output gate: rows of `units` elements, 4 · units apart, in any
// order. Everything else has rows of `units` elements that are adjacent. Peepholes pi, pf, po are one row of weights each; 0: none.
// States are kept within ±clip; ∞: any. Up to 12 bytes behind a row are read, and written back as they were.

import { one } from '../simd/constants';
import { sigmoid, tanh } from '../simd/functions';
import { F32 } from '../simd/functionsF32';
import { lanes } from '../simd/lanes';

function gate<T>(x: v128): v128 {
  return sizeof<T>() == 4 ? F32.sigmoid(x) : sigmoid<T>(x);
}

/** All ones in the lanes of the first `left` elements. */
function maskOf<T>(left: u32): v128 {
  const lane = sizeof<T>() == 4 ? i32x4(0, 1, 2, 3) : i32x4(0, 0, 1, 1);
  return i32x4.lt_s(lane, i32x4.splat(left));
}

/** Stores the lanes of the mask. */
function give(out: usize, value: v128, mask: v128): void {
  v128.store(out, v128.bitselect(value, v128.load(out), mask));
}

/** y · (1 − y). */
function slope<T>(y: v128): v128 {
  return v128.mul<T>(y, v128.sub<T>(one<T>(), y));
}

/** 1 − y². */
function tanhSlope<T>(y: v128): v128 {
  return v128.sub<T>(one<T>(), v128.mul<T>(y, y));
}

/** x + weight · y, or x without a weight; `weight` is the address of a row, `at` an offset in it. */
function peep<T>(x: v128, weight: usize, at: usize, y: v128): v128 {
  return weight == 0 ? x : v128.add<T>(x, v128.mul<T>(v128.load(weight + at), y));
}

function forward<T>(
  rows: u32,
  units: u32,
  zi: usize,
  zf: usize,
  zg: usize,
  zo: usize,
  previous: usize,
  c: usize,
  h: usize,
  pi: usize,
  pf: usize,
  po: usize,
  clip: f64,
): void {
  const row = (<usize>units) * sizeof<T>();
  const most = v128.splat<T>(<T>clip);
  const least = v128.splat<T>(<T>-clip);
  for (; rows != 0; rows--) {
    let at: usize = 0;
    for (let left = units; <i32>left > 0; left -= lanes<T>(), at += 16) {
      const mask = maskOf<T>(left);
      const before = v128.load(previous + at);
      const i = gate<T>(peep<T>(v128.load(zi + at), pi, at, before));
      const f = gate<T>(peep<T>(v128.load(zf + at), pf, at, before));
      const g = tanh<T>(v128.load(zg + at));
      const sum = v128.add<T>(v128.mul<T>(f, before), v128.mul<T>(i, g));
      const state = v128.pmin<T>(v128.pmax<T>(sum, least), most);
      const o = gate<T>(peep<T>(v128.load(zo + at), po, at, state));
      give(zi + at, i, mask);
      give(zf + at, f, mask);
      give(zg + at, g, mask);
      give(zo + at, o, mask);
      give(c + at, state, mask);
      give(h + at, v128.mul<T>(o, tanh<T>(state)), mask);
    }
    zi += 4 * row;
    zf += 4 * row;
    zg += 4 * row;
    zo += 4 * row;
    previous += row;
    c += row;
    h += row;
  }
}

function backward<T>(
  rows: u32,
  units: u32,
  zi: usize,
  zf: usize,
  zg: usize,
  zo: usize,
  previous: usize,
  c: usize,
  dh: usize,
  dc: usize,
  dPrevious: usize,
  pi: usize,
  pf: usize,
  po: usize,
  clip: f64,
): void {
  const row = (<usize>units) * sizeof<T>();
  const most = v128.splat<T>(<T>clip);
  for (; rows != 0; rows--) {
    let at: usize = 0;
    for (let left = units; <i32>left > 0; left -= lanes<T>(), at += 16) {
      const mask = maskOf<T>(left);
      const i = v128.load(zi + at);
      const f = v128.load(zf + at);
      const g = v128.load(zg + at);
      const o = v128.load(zo + at);
      const state = v128.load(c + at);
      const t = tanh<T>(state);
      const ofOutput = v128.load(dh + at);
      const dzo = v128.mul<T>(v128.mul<T>(ofOutput, t), slope<T>(o));
      const through = v128.mul<T>(v128.mul<T>(ofOutput, o), tanhSlope<T>(t));
      const sum = peep<T>(v128.add<T>(v128.load(dc + at), through), po, at, dzo);
      // A state at the limit does not move with its parts.
      const d = v128.andnot(sum, v128.ge<T>(v128.abs<T>(state), most));
      const dzi = v128.mul<T>(v128.mul<T>(d, g), slope<T>(i));
      const dzf = v128.mul<T>(v128.mul<T>(d, v128.load(previous + at)), slope<T>(f));
      const rest = peep<T>(v128.mul<T>(d, f), pi, at, dzi);
      give(dPrevious + at, peep<T>(rest, pf, at, dzf), mask);
      give(zi + at, dzi, mask);
      give(zf + at, dzf, mask);
      give(zg + at, v128.mul<T>(v128.mul<T>(d, i), tanhSlope<T>(g)), mask);
      give(zo + at, dzo, mask);
    }
    zi += 4 * row;
    zf += 4 * row;
    zg += 4 * row;
    zo += 4 * row;
    previous += row;
    c += row;
    dh += row;
    dc += row;
    dPrevious += row;
  }
}

/** The z become the values of the gates (σ; tanh for the candidate), c = f · previous + i · g, h = o · tanh c. */
export function lstmCell(
  compute: i32,
  rows: u32,
  units: u32,
  zi: usize,
  zf: usize,
  zg: usize,
  zo: usize,
  previous: usize,
  c: usize,
  h: usize,
  pi: usize,
  pf: usize,
  po: usize,
  clip: f64,
): void {
  if (compute == 0) forward<f32>(rows, units, zi, zf, zg, zo, previous, c, h, pi, pf, po, clip);
  else forward<f64>(rows, units, zi, zf, zg, zo, previous, c, h, pi, pf, po, clip);
}

/** The z hold the gates and become the gradient of what lstmCell got, from the gradients dh and dc of h and c; dPrevious (may be dc) that of previous. */
export function lstmCellBackward(
  compute: i32,
  rows: u32,
  units: u32,
  zi: usize,
  zf: usize,
  zg: usize,
  zo: usize,
  previous: usize,
  c: usize,
  dh: usize,
  dc: usize,
  dPrevious: usize,
  pi: usize,
  pf: usize,
  po: usize,
  clip: f64,
): void {
  if (compute == 0) backward<f32>(rows, units, zi, zf, zg, zo, previous, c, dh, dc, dPrevious, pi, pf, po, clip);
  else backward<f64>(rows, units, zi, zf, zg, zo, previous, c, dh, dc, dPrevious, pi, pf, po, clip);
}
