// Geometries of parts: one index or a run of a dimension, dimensions added, tensors along dimensions. Pure functions; offsets are the callers'.

import { Geometry, type Order, orderOf } from './geometry.ts';

/** The geometry without one dimension. `order` is the flag of the result; by default that of its strides. */
export function dropDimension(geometry: Geometry, dimension: number, order?: Order): Geometry {
  const shape: number[] = [];
  const strides: number[] = [];
  for (let each = 0; each < geometry.rank; each++) {
    if (each === dimension) continue;
    shape.push(geometry.shape[each] as number);
    strides.push(geometry.strides[each] as number);
  }
  return new Geometry(shape, strides, order ?? orderOf(strides));
}

/** The geometry with another size of one dimension: a run of its indices. */
export function resizeDimension(geometry: Geometry, dimension: number, size: number): Geometry {
  const shape = [...geometry.shape];
  shape[dimension] = size;
  return new Geometry(shape, geometry.strides, geometry.order);
}

/** The geometry with one more dimension before `dimension`. */
export function insertDimension(geometry: Geometry, dimension: number, size: number, stride: number): Geometry {
  const shape = [...geometry.shape];
  const strides = [...geometry.strides];
  shape.splice(dimension, 0, size);
  strides.splice(dimension, 0, stride);
  return new Geometry(shape, strides, geometry.order);
}

/** One dimension of size `outer · inner` seen as two, of which the second runs faster. */
export function splitDimension(geometry: Geometry, dimension: number, outer: number, inner: number): Geometry {
  const stride = geometry.strides[dimension] as number;
  return insertDimension(resizeDimension(geometry, dimension, inner), dimension, outer, stride * inner);
}

/** The sub-arrays over some dimensions, one for each combination of indices of the others. */
export interface TensorsAlong {
  /** Of each sub-array. */
  readonly geometry: Geometry;
  readonly count: number;
  /** Distance in elements from the first element of the whole to that of sub-array `index`; the others run in 'c' order. */
  offsetOf(index: number): number;
}

/** `dimensions` are whole numbers ≥ 0, each once, ascending. */
export function tensorsAlong(geometry: Geometry, dimensions: readonly number[]): TensorsAlong {
  const { shape, strides, order } = geometry;
  const others = shape.map((_, dimension) => dimension).filter((dimension) => !dimensions.includes(dimension));
  const inner = new Geometry(
    dimensions.map((dimension) => shape[dimension] as number),
    dimensions.map((dimension) => strides[dimension] as number),
    order,
  );
  return {
    geometry: inner,
    count: others.reduce((product, dimension) => product * (shape[dimension] as number), 1),
    offsetOf(index: number): number {
      let rest = index;
      let offset = 0;
      for (let place = others.length - 1; place >= 0; place--) {
        const dimension = others[place] as number;
        const size = shape[dimension] as number;
        offset += (rest % size) * (strides[dimension] as number);
        rest = Math.floor(rest / size);
      }
      return offset;
    },
  };
}
