// Dimensions that a kernel walks, sorted and joined.

import { type Geometry, MAX_RANK } from '../core/geometry.ts';

const CAPACITY = MAX_RANK + 2;

/** Sizes and strides (in elements) of some dimensions, outermost first. Reused from call to call, so that an operation allocates nothing. */
export class Axes {
  length = 0;
  /** A size is 0. */
  isEmpty = false;
  readonly size = new Float64Array(CAPACITY);
  readonly out = new Float64Array(CAPACITY);
  readonly x = new Float64Array(CAPACITY);
  readonly y = new Float64Array(CAPACITY);

  clear(): void {
    this.length = 0;
    this.isEmpty = false;
  }

  /** Holds one dimension and nothing else. */
  only(size: number, out: number, x: number, y: number): void {
    this.length = 1;
    this.isEmpty = size === 0;
    this.size[0] = size;
    this.out[0] = out;
    this.x[0] = x;
    this.y[0] = y;
  }

  /** Adds a dimension: the innermost one, or where its stride of x belongs when the order is free. */
  add(size: number, out: number, x: number, y: number, ordered: boolean): void {
    let at = this.length++;
    if (size === 0) this.isEmpty = true;
    for (; !ordered && at > 0 && (this.x[at - 1] as number) < x; at--) this.#move(at, at - 1);
    this.size[at] = size;
    this.out[at] = out;
    this.x[at] = x;
    this.y[at] = y;
  }

  /** Joins neighbours that are one dimension for every operand; leaves at least one dimension. */
  merge(): void {
    if (this.length === 0) this.add(1, 0, 0, 0, true);
    let last = 0;
    for (let i = 1; i < this.length; i++) {
      const size = this.size[i] as number;
      const joined =
        this.x[last] === (this.x[i] as number) * size &&
        this.out[last] === (this.out[i] as number) * size &&
        this.y[last] === (this.y[i] as number) * size;
      if (!joined) {
        last++;
        this.#move(last, i);
        continue;
      }
      this.size[i] = size * (this.size[last] as number);
      this.#move(last, i);
    }
    this.length = last + 1;
  }

  #move(to: number, from: number): void {
    this.size[to] = this.size[from] as number;
    this.out[to] = this.out[from] as number;
    this.x[to] = this.x[from] as number;
    this.y[to] = this.y[from] as number;
  }
}

/**
 * The rows along one dimension of up to three views of one shape: `axes` are the other dimensions, the last of which a kernel call walks.
 * Between calls `next` moves; out, x and y tell by how many elements.
 */
export class RowWalk {
  readonly axes = new Axes();
  out = 0;
  x = 0;
  y = 0;
  readonly #counters = new Float64Array(CAPACITY);

  /** Starts at the first row. The last axis is the one along which x is the most adjacent. */
  start(dimension: number, out: Geometry, x: Geometry, y: Geometry): void {
    const { axes } = this;
    const { shape } = x;
    axes.clear();
    for (let d = 0; d < shape.length; d++) {
      const size = shape[d] as number;
      if (d === dimension || size === 1) continue;
      axes.add(size, out.strides[d] as number, x.strides[d] as number, y.strides[d] as number, false);
    }
    axes.merge();
  }

  /** Moves to the next position of all axes but the last; false, and back at the start, after the last position. */
  next(): boolean {
    const { axes } = this;
    for (let d = axes.length - 2; d >= 0; d--) {
      const count = (this.#counters[d] as number) + 1;
      const done = count === axes.size[d];
      const steps = done ? 1 - count : 1;
      this.#counters[d] = done ? 0 : count;
      this.out += steps * (axes.out[d] as number);
      this.x += steps * (axes.x[d] as number);
      this.y += steps * (axes.y[d] as number);
      if (!done) return true;
    }
    return false;
  }
}
