// How to walk up to three views together: dimensions of size 1 dropped, sorted by the result's strides, joined where possible,
// and written as the block of words that strided kernels read.

import { type DataTypeInfo, FLOAT } from '../core/dataType.ts';
import { denseGeometry, type Geometry, MAX_RANK, SCALAR_GEOMETRY } from '../core/geometry.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { geometryAddress } from './scratch.ts';

/** One view of a walk. Objects of this class are reused, so that an operation allocates nothing. */
export class Operand {
  address = 0;
  info: DataTypeInfo = FLOAT;
  geometry: Geometry = SCALAR_GEOMETRY;
  readonly strides: number[] = new Array<number>(MAX_RANK).fill(0);

  view(view: ArrayView): void {
    this.address = addressOf(view);
    this.info = view.buffer.info;
    this.geometry = view.geometry;
  }

  /** The same shape at `address`, adjacent in 'c' order. */
  dense(address: number): void {
    this.address = address;
    this.geometry = denseGeometry(this.geometry.shape);
  }

  /** One element, repeated as often as needed. */
  scalar(address: number, info: DataTypeInfo): void {
    this.address = address;
    this.info = info;
    this.geometry = SCALAR_GEOMETRY;
  }

  /** Stride along a dimension of the result; 0 where this view is repeated. */
  strideAt(dimension: number, rank: number): number {
    const own = dimension - rank + this.geometry.rank;
    if (own < 0 || this.geometry.shape[own] === 1) return 0;
    return this.geometry.strides[own] as number;
  }
}

/** The walk in hand. One at a time: an elementwise call plans, calls its kernel, and is done. */
export class StridedPlan {
  readonly out = new Operand();
  readonly x = new Operand();
  readonly y = new Operand();
  rank = 0;
  readonly sizes: number[] = new Array<number>(MAX_RANK).fill(0);

  /** Fills sizes and strides from the geometries of the operands; without y its strides are 0. */
  collapse(hasY: boolean): void {
    const { out, x, y, sizes } = this;
    const { shape } = out.geometry;
    const rank = shape.length;
    this.rank = 0;
    for (let dimension = 0; dimension < rank; dimension++) {
      const size = shape[dimension] as number;
      if (size === 1) continue;
      this.#insert(
        size,
        out.geometry.strides[dimension] as number,
        x.strideAt(dimension, rank),
        hasY ? y.strideAt(dimension, rank) : 0,
      );
    }
    if (this.rank === 0) {
      sizes[0] = 1;
      out.strides[0] = 1;
      x.strides[0] = 1;
      y.strides[0] = 1;
      this.rank = 1;
    }
    this.#join();
  }

  /** Keeps the dimensions sorted: the largest stride of the result first, then the largest of x. */
  #insert(size: number, outStride: number, xStride: number, yStride: number): void {
    const { sizes } = this;
    const o = this.out.strides;
    const x = this.x.strides;
    const y = this.y.strides;
    let at = this.rank++;
    for (; at > 0; at--) {
      const before = o[at - 1] as number;
      if (before > outStride || (before === outStride && (x[at - 1] as number) >= xStride)) break;
      sizes[at] = sizes[at - 1] as number;
      o[at] = before;
      x[at] = x[at - 1] as number;
      y[at] = y[at - 1] as number;
    }
    sizes[at] = size;
    o[at] = outStride;
    x[at] = xStride;
    y[at] = yStride;
  }

  /** Joins a dimension with the next one where every operand walks both in one run. */
  #join(): void {
    const { sizes } = this;
    const o = this.out.strides;
    const x = this.x.strides;
    const y = this.y.strides;
    let last = 0;
    for (let next = 1; next < this.rank; next++) {
      const size = sizes[next] as number;
      if (
        o[last] === (o[next] as number) * size &&
        x[last] === (x[next] as number) * size &&
        y[last] === (y[next] as number) * size
      ) {
        sizes[last] = (sizes[last] as number) * size;
      } else {
        last++;
        sizes[last] = size;
      }
      o[last] = o[next] as number;
      x[last] = x[next] as number;
      y[last] = y[next] as number;
    }
    this.rank = last + 1;
  }

  /** Before a copy: moves the dimension with x's smallest stride next to the last one, unless it is the last one. */
  pairInner(): void {
    const { rank, sizes } = this;
    const o = this.out.strides;
    const x = this.x.strides;
    let smallest = rank - 1;
    for (let dimension = rank - 2; dimension >= 0; dimension--) {
      if ((x[dimension] as number) > 0 && (x[dimension] as number) < (x[smallest] as number)) smallest = dimension;
    }
    const size = sizes[smallest] as number;
    const outStride = o[smallest] as number;
    const xStride = x[smallest] as number;
    for (let dimension = smallest; dimension < rank - 2; dimension++) {
      sizes[dimension] = sizes[dimension + 1] as number;
      o[dimension] = o[dimension + 1] as number;
      x[dimension] = x[dimension + 1] as number;
    }
    if (smallest < rank - 2) {
      sizes[rank - 2] = size;
      o[rank - 2] = outStride;
      x[rank - 2] = xStride;
    }
  }

  /** Writes the block for out, x and, if `hasY`, y; returns its address. */
  write(hasY: boolean): number {
    const block = geometryAddress();
    const words = runtime().memory.u32;
    const { rank } = this;
    let at = block >>> 2;
    words[at++] = rank;
    for (let dimension = 0; dimension < rank; dimension++) words[at++] = this.sizes[dimension] as number;
    at = this.#writeOperand(words, at, this.out);
    at = this.#writeOperand(words, at, this.x);
    if (hasY) at = this.#writeOperand(words, at, this.y);
    words.fill(0, at, at + rank);
    return block;
  }

  #writeOperand(words: Uint32Array, start: number, operand: Operand): number {
    let at = start;
    words[at++] = operand.address;
    words[at++] = operand.info.code;
    for (let dimension = 0; dimension < this.rank; dimension++) words[at++] = operand.strides[dimension] as number;
    return at;
  }
}

/** The plan of this realm. */
export const plan = new StridedPlan();

/** First and last byte that a view reaches, as a distance: elements from its first to its last one. */
function extentOf(geometry: Geometry): number {
  let extent = 0;
  for (let dimension = 0; dimension < geometry.rank; dimension++) {
    extent += ((geometry.shape[dimension] as number) - 1) * (geometry.strides[dimension] as number);
  }
  return extent;
}

/** True when writing `out` element by element would change elements of `x` that are read later. */
export function clashes(out: ArrayView, x: ArrayView): boolean {
  if (out.buffer !== x.buffer) return false;
  if (out.offset === x.offset && sameWalk(out.geometry, x.geometry)) return false;
  return x.offset <= out.offset + extentOf(out.geometry) && out.offset <= x.offset + extentOf(x.geometry);
}

function sameWalk(a: Geometry, b: Geometry): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  if ((a.isDenseC && b.isDenseC) || (a.isDenseF && b.isDenseF)) return true;
  if (a.rank !== b.rank) return false;
  for (let dimension = 0; dimension < a.rank; dimension++) {
    if (a.shape[dimension] !== b.shape[dimension]) return false;
    if (a.shape[dimension] !== 1 && a.strides[dimension] !== b.strides[dimension]) return false;
  }
  return true;
}
