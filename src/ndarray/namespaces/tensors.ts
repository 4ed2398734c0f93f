// Elements of an array grouped by the tensors along dimensions, as float64 numbers.

import { broadcastTo, denseGeometry, type Geometry } from '../../core/geometry.ts';
import type { INDArray } from '../ndarray.ts';
import { reducedShape } from '../reducing.ts';

/** The place of each element, taken in 'c' order of the shape. */
export function placesOf({ shape, strides, length }: Geometry): Uint32Array {
  const places = new Uint32Array(length);
  let run = 1;
  // Dimension by dimension from the last: the places so far, repeated at each step of the dimension.
  for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
    const size = shape[dimension] as number;
    const stride = strides[dimension] as number;
    for (let step = size - 1; step >= 0; step--) {
      for (let i = 0; i < run; i++) places[step * run + i] = (places[i] as number) + step * stride;
    }
    run *= size;
  }
  return places;
}

/** For each tensor along the dimensions the positions of its elements in 'c' order of x. */
export function tensorsOf(x: INDArray, along: readonly number[]): Uint32Array[] {
  const { shape } = x.geometry;
  const kept = denseGeometry(reducedShape(x.geometry, along, true));
  const members: number[][] = Array.from({ length: kept.length }, () => []);
  placesOf(broadcastTo(kept, shape)).forEach((tensor, position) => {
    (members[tensor] as number[]).push(position);
  });
  return members.map((each) => Uint32Array.from(each));
}
