// Softmax and log-softmax of views along one dimension, and their gradients.

import { DOUBLE, FLOAT } from '../core/dataType.ts';
import type { DataBuffer } from '../memory/buffer.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { RowWalk } from './axes.ts';
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

const walk = new RowWalk();

function forward(isLog: boolean, out: ArrayView, x: ArrayView, dimension: number): void {
  const { info } = out.buffer;
  if (info !== x.buffer.info || (info !== FLOAT && info !== DOUBLE)) {
    convert((to, from) => forward(isLog, to, from, dimension), out, x, x);
    return;
  }
  if (x.geometry.length === 0) return;
  walk.start(dimension, out.geometry, x.geometry, x.geometry);
  const { kernels } = runtime();
  const n = x.geometry.shape[dimension] ?? 1;
  const spare = scratch(2 * (n * info.width + 16));
  const { axes } = walk;
  const last = axes.length - 1;
  do {
    kernels.softmax(
      info.compute,
      isLog ? 1 : 0,
      addressOf(out) + walk.out * info.width,
      addressOf(x) + walk.x * info.width,
      axes.size[last] as number,
      n,
      axes.out[last] as number,
      out.geometry.strides[dimension] ?? 1,
      axes.x[last] as number,
      x.geometry.strides[dimension] ?? 1,
      spare,
    );
  } while (walk.next());
}

function backward(isLog: boolean, out: ArrayView, y: ArrayView, g: ArrayView, dimension: number): void {
  const { info } = out.buffer;
  if (info !== y.buffer.info || info !== g.buffer.info || (info !== FLOAT && info !== DOUBLE)) {
    convert((to, from, gradient) => backward(isLog, to, from, gradient, dimension), out, y, g);
    return;
  }
  if (y.geometry.length === 0) return;
  walk.start(dimension, out.geometry, y.geometry, g.geometry);
  const { kernels } = runtime();
  const n = y.geometry.shape[dimension] ?? 1;
  const spare = scratch(2 * (n * info.width + 16));
  const { axes } = walk;
  const last = axes.length - 1;
  do {
    kernels.softmaxBackward(
      info.compute,
      isLog ? 1 : 0,
      addressOf(out) + walk.out * info.width,
      addressOf(y) + walk.x * info.width,
      addressOf(g) + walk.y * info.width,
      axes.size[last] as number,
      n,
      axes.out[last] as number,
      out.geometry.strides[dimension] ?? 1,
      axes.x[last] as number,
      y.geometry.strides[dimension] ?? 1,
      axes.y[last] as number,
      g.geometry.strides[dimension] ?? 1,
      spare,
    );
  } while (walk.next());
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
