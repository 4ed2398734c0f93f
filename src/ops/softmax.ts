// Softmax and log-softmax of views along one dimension, and their gradients.

import { DOUBLE, FLOAT } from '../core/dataType.ts';
import type { DataBuffer } from '../memory/buffer.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { Axes } from './axes.ts';
import { converted } from './converted.ts';
import { copy } from './layout.ts';
import { scratch } from './scratch.ts';

/** out = e^x / Σ e^x along `dimension`. `out` has x's shape and may be x; both are floating. */
export function softmax(out: ArrayView, x: ArrayView, dimension: number): void {
  forward(false, out, x, dimension);
}

/** out = ln softmax(x) along `dimension`. @see softmax */
export function logSoftmax(out: ArrayView, x: ArrayView, dimension: number): void {
  forward(true, out, x, dimension);
}

/** out = y · (g − Σ y · g) along `dimension`: the gradient of x, from y = softmax(x) and the gradient g of y. `out` may be y or g. */
export function softmaxBackward(out: ArrayView, y: ArrayView, g: ArrayView, dimension: number): void {
  backward(false, out, y, g, dimension);
}

/** out = g − e^y · Σ g along `dimension`: the gradient of x, from y = logSoftmax(x) and the gradient g of y. `out` may be y or g. */
export function logSoftmaxBackward(out: ArrayView, y: ArrayView, g: ArrayView, dimension: number): void {
  backward(true, out, y, g, dimension);
}

const rows = new Axes();

/** All dimensions but one; the last of them is what a kernel call walks, by preference one whose rows are adjacent. */
function collectRows(out: ArrayView, x: ArrayView, g: ArrayView, dimension: number): void {
  const { shape, strides } = x.geometry;
  rows.length = 0;
  for (let d = 0; d < shape.length; d++) {
    const size = shape[d] as number;
    if (d === dimension || size === 1) continue;
    rows.add(size, out.geometry.strides[d] as number, strides[d] as number, g.geometry.strides[d] as number, false);
  }
  rows.merge();
}

const counters = new Float64Array(rows.size.length);
/** Elements that out, x and g have moved by. */
const moved = { out: 0, x: 0, g: 0 };

/** Moves to the next position of all row dimensions but the last; false after the last position. */
function nextRows(): boolean {
  for (let d = rows.length - 2; d >= 0; d--) {
    const count = (counters[d] as number) + 1;
    const done = count === rows.size[d];
    const steps = done ? 1 - count : 1;
    counters[d] = done ? 0 : count;
    moved.out += steps * (rows.out[d] as number);
    moved.x += steps * (rows.x[d] as number);
    moved.g += steps * (rows.y[d] as number);
    if (!done) return true;
  }
  return false;
}

function forward(isLog: boolean, out: ArrayView, x: ArrayView, dimension: number): void {
  const { info } = out.buffer;
  if (info !== x.buffer.info || (info !== FLOAT && info !== DOUBLE)) {
    convert((to, from) => forward(isLog, to, from, dimension), out, x, x);
    return;
  }
  if (x.geometry.length === 0) return;
  collectRows(out, x, x, dimension);
  const { kernels } = runtime();
  const n = x.geometry.shape[dimension] ?? 1;
  const spare = scratch(2 * (n * info.width + 16));
  const last = rows.length - 1;
  do {
    kernels.softmax(
      info.compute,
      isLog ? 1 : 0,
      addressOf(out) + moved.out * info.width,
      addressOf(x) + moved.x * info.width,
      rows.size[last] as number,
      n,
      rows.out[last] as number,
      out.geometry.strides[dimension] ?? 1,
      rows.x[last] as number,
      x.geometry.strides[dimension] ?? 1,
      spare,
    );
  } while (nextRows());
}

function backward(isLog: boolean, out: ArrayView, y: ArrayView, g: ArrayView, dimension: number): void {
  const { info } = out.buffer;
  if (info !== y.buffer.info || info !== g.buffer.info || (info !== FLOAT && info !== DOUBLE)) {
    convert((to, from, gradient) => backward(isLog, to, from, gradient, dimension), out, y, g);
    return;
  }
  if (y.geometry.length === 0) return;
  collectRows(out, y, g, dimension);
  const { kernels } = runtime();
  const n = y.geometry.shape[dimension] ?? 1;
  const spare = scratch(2 * (n * info.width + 16));
  const last = rows.length - 1;
  do {
    kernels.softmaxBackward(
      info.compute,
      isLog ? 1 : 0,
      addressOf(out) + moved.out * info.width,
      addressOf(y) + moved.x * info.width,
      addressOf(g) + moved.g * info.width,
      rows.size[last] as number,
      n,
      rows.out[last] as number,
      out.geometry.strides[dimension] ?? 1,
      rows.x[last] as number,
      y.geometry.strides[dimension] ?? 1,
      rows.y[last] as number,
      g.geometry.strides[dimension] ?? 1,
      spare,
    );
  } while (nextRows());
}

/** Runs an operation on copies in a type that the kernel knows: DOUBLE if an operand is, otherwise FLOAT. */
function convert(
  run: (out: ArrayView, x: ArrayView, g: ArrayView) => void,
  out: ArrayView,
  x: ArrayView,
  g: ArrayView,
): void {
  const info = [out, x, g].some((each) => each.buffer.info === DOUBLE) ? DOUBLE : FLOAT;
  const owned: DataBuffer[] = [];
  try {
    const result = converted(out, info, owned, false);
    const from = converted(x, info, owned, true);
    run(result, from, g === x ? from : converted(g, info, owned, true));
    copy(out, result);
  } finally {
    for (const buffer of owned) buffer.close();
  }
}
