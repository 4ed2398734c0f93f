// Dimensions that a kernel walks, sorted and joined.

import { MAX_RANK } from '../core/geometry.ts';

const CAPACITY = MAX_RANK + 2;

/** Sizes and strides (in elements) of some dimensions, outermost first. Reused from call to call, so that an operation allocates nothing. */
export class Axes {
  length = 0;
  readonly size = new Float64Array(CAPACITY);
  readonly out = new Float64Array(CAPACITY);
  readonly x = new Float64Array(CAPACITY);
  readonly y = new Float64Array(CAPACITY);

  /** Adds a dimension: the innermost one, or where its stride of x belongs when the order is free. */
  add(size: number, out: number, x: number, y: number, ordered: boolean): void {
    let at = this.length++;
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
