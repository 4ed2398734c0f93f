// Other geometries of the same elements: reshaping without a copy, permuting dimensions. Pure functions.

import { describeValue, formatShape, ND4JIllegalStateException } from './errors.ts';
import { checkShape, Geometry, naturalGeometry, type Order, orderOf } from './geometry.ts';

/**
 * The geometry that shows the elements of `geometry`, read in `order`, under `shape`; undefined when only a copy can.
 * Both shapes have the same number of elements.
 */
export function reshapeGeometry(geometry: Geometry, shape: readonly number[], order: Order): Geometry | undefined {
  if (order === 'c' ? geometry.isDenseC : geometry.isDenseF) return naturalGeometry(shape, order);
  const strides = reshapeStrides(geometry, shape, order);
  return strides === undefined ? undefined : new Geometry(shape, strides, order);
}

/**
 * Works on runs of dimensions: a run of old dimensions and a run of new ones with equal products match when the old run is
 * contiguous in itself. Old dimensions of size 1 play no role; new ones that belong to no run get the stride of the run before.
 */
function reshapeStrides(geometry: Geometry, shape: readonly number[], order: Order): number[] | undefined {
  const sizes: number[] = [];
  const old: number[] = [];
  geometry.shape.forEach((size, dimension) => {
    if (size === 1) return;
    sizes.push(size);
    old.push(geometry.strides[dimension] as number);
  });
  const strides = new Array<number>(shape.length).fill(1);
  let at = 0;
  let to = 0;
  while (at < sizes.length) {
    const first = at;
    const start = to;
    let product = sizes[at++] as number;
    let wanted = shape[to++] as number;
    while (wanted !== product) {
      if (wanted < product) wanted *= shape[to++] as number;
      else product *= sizes[at++] as number;
    }
    for (let next = first + 1; next < at; next++) {
      if (!isContiguous(old, sizes, next, order)) return undefined;
    }
    fillRun(strides, shape, start, to, order === 'c' ? (old[at - 1] as number) : (old[first] as number), order);
  }
  // New dimensions of size 1 behind the last run.
  if (to > 0 && to < shape.length) {
    const last = (strides[to - 1] as number) * (order === 'f' ? (shape[to - 1] as number) : 1);
    strides.fill(last, to);
  }
  return strides;
}

/** Whether dimension `next` continues the one before it in one run of adjacent steps. */
function isContiguous(strides: number[], sizes: number[], next: number, order: Order): boolean {
  const outer = strides[next - 1] as number;
  const inner = strides[next] as number;
  return order === 'c' ? outer === inner * (sizes[next] as number) : inner === outer * (sizes[next - 1] as number);
}

/** Strides of the new dimensions from `start` to before `end`, which walk one run whose smallest step is `step`. */
function fillRun(strides: number[], shape: readonly number[], start: number, end: number, step: number, order: Order) {
  let stride = step;
  for (let count = 0; count < end - start; count++) {
    const dimension = order === 'c' ? end - 1 - count : start + count;
    strides[dimension] = stride;
    stride *= shape[dimension] as number;
  }
}

/** A shape with −1 resolved. @throws {ND4JIllegalStateException} when the number of elements differs. @throws {RangeError | TypeError} */
export function resolveShape(shape: readonly number[], length: number, old: readonly number[]): number[] {
  const resolved = [...shape];
  const open = resolved.indexOf(-1);
  if (open >= 0) {
    resolved[open] = 1;
    if (resolved.includes(-1)) throw lengthMismatch(shape, length, old);
    checkShape(resolved);
    const known = resolved.reduce((product, size) => product * size, 1);
    if (known === 0 || length % known !== 0) throw lengthMismatch(shape, length, old);
    resolved[open] = length / known;
  }
  checkShape(resolved);
  if (resolved.reduce((product, size) => product * size, 1) !== length) throw lengthMismatch(shape, length, old);
  return resolved;
}

function lengthMismatch(shape: readonly number[], length: number, old: readonly number[]): Error {
  const product = shape.reduce((value, size) => value * size, 1);
  return new ND4JIllegalStateException(
    `New shape length doesn't match original length: [${product}] vs [${length}]. Original shape: ${formatShape(old)} New Shape: ${formatShape(shape)}: the sizes must multiply to ${length}, with at most one −1`,
  );
}

/** The geometry with its dimensions in another order. @throws {ND4JIllegalStateException} when `order` does not name each dimension once. */
export function permuteGeometry(geometry: Geometry, order: readonly number[]): Geometry {
  const { rank } = geometry;
  const isPermutation =
    order.length === rank &&
    new Set(order).size === rank &&
    order.every((dimension) => Number.isInteger(dimension) && dimension >= 0 && dimension < rank);
  if (!isPermutation) {
    throw new ND4JIllegalStateException(
      `Cannot permute an array of rank ${rank} and shape ${formatShape(geometry.shape)} by ${describeValue([...order])}: needed are all dimensions ${rank === 0 ? '(none)' : `0 to ${rank - 1}`}, each once`,
    );
  }
  if (order.every((dimension, place) => dimension === place)) return geometry;
  const strides = order.map((dimension) => geometry.strides[dimension] as number);
  return new Geometry(
    order.map((dimension) => geometry.shape[dimension] as number),
    strides,
    orderOf(strides),
  );
}

/** All dimensions in reverse order. */
export function transposeGeometry(geometry: Geometry): Geometry {
  const strides = [...geometry.strides].reverse();
  return new Geometry([...geometry.shape].reverse(), strides, orderOf(strides));
}
