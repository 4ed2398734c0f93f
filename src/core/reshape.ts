// Reshaping without a copy: which strides show the same elements, in the same reading order, under another shape.

import type { Geometry, Order } from './geometry.ts';

/**
 * Strides that show the elements of `geometry`, read in `order`, under `shape`; undefined when only a copy can.
 * Both shapes have the same number of elements. Works on runs of dimensions: a run of old dimensions and a run of new ones
 * with equal products match when the old run is contiguous in itself.
 */
export function reshapeStrides(geometry: Geometry, shape: readonly number[], order: Order): number[] | undefined {
  const forward = order === 'c';
  const old = geometry.shape
    .map((size, dimension) => ({ size, stride: geometry.strides[dimension] as number }))
    .filter(({ size }) => size !== 1);
  if (forward) old.reverse();
  const fresh = shape.map((size, dimension) => ({ size, dimension }));
  if (forward) fresh.reverse();

  // From here on dimension 0 of both lists runs fastest.
  const strides = new Array<number>(shape.length).fill(1);
  let at = 0;
  let to = 0;
  while (at < old.length) {
    let product = old[at]?.size as number;
    let wanted = 1;
    const first = at;
    const start = to;
    while (wanted !== product) {
      if (wanted < product) {
        if (to >= fresh.length) return undefined;
        wanted *= fresh[to++]?.size as number;
      } else {
        const previous = old[at++] as { size: number; stride: number };
        const next = old[at];
        if (next === undefined || next.stride !== previous.stride * previous.size) return undefined;
        product *= next.size;
      }
    }
    at++;
    let stride = old[first]?.stride as number;
    for (let step = start; step < to; step++) {
      const { size, dimension } = fresh[step] as { size: number; dimension: number };
      strides[dimension] = stride;
      stride *= size;
    }
  }
  return strides;
}
