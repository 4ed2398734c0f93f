// Reductions of views along dimensions: one kernel call each, whatever the layout. @see reduceCodes.ts for the operators

import { COMPUTE_I64, DOUBLE, LONG } from '../core/dataType.ts';
import { denseGeometry } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { copy } from './layout.ts';
import { Reduce } from './reduceCodes.ts';
import { writePlan } from './reducePlan.ts';
import { scratch } from './scratch.ts';

const ALL: readonly number[] = [];
let scratchBytes = 0;

/** Scratch of the kernel, with 16 bytes more for one result. */
function planScratch(): number {
  if (scratchBytes === 0) scratchBytes = runtime().kernels.reduceScratchBytes();
  return scratch(scratchBytes + 16);
}

/**
 * out = op(x) along `dimensions` (distinct, ≥ 0, any order; none means all). `out` has the dimensions removed or of size 1, any strides and
 * any type, and does not overlap x. p0 … p2: see the operator. Empty reductions give 0, 1 for PROD, −∞ or +∞ for extremes, NaN for means.
 */
export function reduce(
  op: Reduce,
  out: ArrayView,
  x: ArrayView,
  dimensions: readonly number[],
  p0 = 0,
  p1 = 0,
  p2 = 0,
): void {
  reducePair(op, out, x, x, dimensions, p0, p1, p2);
}

/** out = op(x, y) along `dimensions` for an operator of two operands; x and y have the same shape. @see reduce */
export function reducePair(
  op: Reduce,
  out: ArrayView,
  x: ArrayView,
  y: ArrayView,
  dimensions: readonly number[],
  p0 = 0,
  p1 = 0,
  p2 = 0,
): void {
  const { kernels, memory } = runtime();
  const plan = planScratch();
  if (writePlan(memory.u32, plan >>> 2, op, out, addressOf(out), out.buffer.info, x, y, dimensions)) {
    kernels.reduce(plan, p0, p1, p2);
  }
}

/** op(x) over all elements, as a number: integer sums are exact up to 2⁵³ and do not wrap to the type of x. @see reduce */
export function reduceAll(op: Reduce, x: ArrayView, p0 = 0, p1 = 0, p2 = 0): number {
  return reducePairAll(op, x, x, p0, p1, p2);
}

/** op(x, y) over all elements of two arrays of one shape. @see reduceAll */
export function reducePairAll(op: Reduce, x: ArrayView, y: ArrayView, p0 = 0, p1 = 0, p2 = 0): number {
  const { kernels, memory } = runtime();
  const plan = planScratch();
  const result = plan + scratchBytes;
  const asInteger = x.buffer.info.compute === COMPUTE_I64 && op <= Reduce.ABS_MIN && op !== Reduce.MEAN;
  writePlan(memory.u32, plan >>> 2, op, null, result, asInteger ? LONG : DOUBLE, x, y, ALL);
  kernels.reduce(plan, p0, p1, p2);
  if (!asInteger) return memory.f64[result / 8] as number;
  const high = x.buffer.info.name === 'UINT64' ? memory.u32[(result >>> 2) + 1] : memory.i32[(result >>> 2) + 1];
  return (high as number) * 2 ** 32 + (memory.u32[result >>> 2] as number);
}

/** Cosine of the angle between x and y over all elements; NaN when one is all zeros. */
export function cosineSimilarityAll(x: ArrayView, y: ArrayView): number {
  return reducePairAll(Reduce.DOT, x, y) / (reduceAll(Reduce.NORM2, x) * reduceAll(Reduce.NORM2, y));
}

/** out = cosine of the angle between x and y along `dimensions`. @see reducePair */
export function cosineSimilarity(out: ArrayView, x: ArrayView, y: ArrayView, dimensions: readonly number[]): void {
  const { length, shape } = out.geometry;
  const buffer = DataBuffer.allocateIn(null, DOUBLE, 3 * length, false);
  try {
    const geometry = denseGeometry(shape);
    const dot = { buffer, offset: 0, geometry };
    const xNorm = { buffer, offset: length, geometry };
    const yNorm = { buffer, offset: 2 * length, geometry };
    reducePair(Reduce.DOT, dot, x, y, dimensions);
    reduce(Reduce.NORM2, xNorm, x, dimensions);
    reduce(Reduce.NORM2, yNorm, y, dimensions);
    const values = buffer.window() as Float64Array;
    for (let i = 0; i < length; i++) {
      values[i] = (values[i] as number) / ((values[length + i] as number) * (values[2 * length + i] as number));
    }
    copy(out, dot);
  } finally {
    buffer.close();
  }
}
