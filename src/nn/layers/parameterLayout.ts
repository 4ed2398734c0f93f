// Where each parameter lies in the flat vector, and the views on it.
//
//   params   [ layer 0: W (f) | b | g ][ layer 1: W (f) | b ] …
//   gradient [ the same layout       ][                    ] …

import { denseGeometry, type Order, vectorGeometry } from '../../core/geometry.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';

/** How a parameter starts: drawn by the layer's weight initialization with these fans, or one number everywhere. */
export type ParameterStart = { readonly fanIn: number; readonly fanOut: number } | number;

/** One parameter of a layer. */
export interface ParameterSpec {
  /** DL4J's key: `W`, `b`, `g`, `RW`, … */
  readonly key: string;
  readonly shape: readonly number[];
  /** Order in which the elements of the flat vector fill the shape. */
  readonly order: Order;
  readonly start: ParameterStart;
  /** True for running statistics, whose "gradient" is an update already: subtracted as it is, not divided by the minibatch. */
  readonly isStatistic?: boolean;
}

/** A parameter and its place in the flat vector. */
export interface ParameterSlice {
  readonly spec: ParameterSpec;
  /** First element in the flat vector. */
  readonly offset: number;
  readonly length: number;
}

/** Places parameters one behind the other, from element `start` of the flat vector on. */
export function layOut(specs: readonly ParameterSpec[], start: number): ParameterSlice[] {
  let offset = start;
  return specs.map((spec) => {
    const length = spec.shape.reduce((product, size) => product * size, 1);
    const slice = { spec, offset, length };
    offset += length;
    return slice;
  });
}

/** Elements of all parameters together. */
export function totalLength(slices: readonly ParameterSlice[]): number {
  return slices.reduce((sum, { length }) => sum + length, 0);
}

/** The parameter as a view of the flat vector. */
export function viewOfSlice(vector: INDArray, { spec, offset }: ParameterSlice): INDArray {
  return vector.viewOf(vector.offset + offset, denseGeometry(spec.shape, spec.order));
}

/** A run of elements of the flat vector, rank 1. */
export function rangeOf(vector: INDArray, offset: number, length: number): INDArray {
  return vector.viewOf(vector.offset + offset, vectorGeometry(length));
}
