// Geometry of an array: shape, strides and order, immutable and shared by all arrays that have the same one.
// Pure functions on geometries; nothing here knows memory.

import { describeValue, formatShape } from './errors.ts';

/** 'c': the last index runs fastest. 'f': the first index runs fastest. */
export type Order = 'c' | 'f';

/** Largest number of elements of one array: what 4 GiB of bytes can hold. */
export const MAX_LENGTH = 0xffffffff;
/** Largest rank, as in ND4J (its shape descriptors hold 32 dimensions). */
export const MAX_RANK = 32;

/**
 * Shape, strides and order of an array. Strides count elements and may be 0 (broadcast) but not negative.
 * Instances of one dense geometry are shared (`denseGeometry`), so identity is a quick test for equality, not a full one.
 */
export class Geometry {
  /** Number of elements: the product of the shape; 1 for a scalar of rank 0. */
  readonly length: number;
  /** Elements are adjacent, in 'c' order (rank < 2 and length-1 arrays included). */
  readonly isDenseC: boolean;
  /** Elements are adjacent, in 'f' order. */
  readonly isDenseF: boolean;

  constructor(
    readonly shape: readonly number[],
    readonly strides: readonly number[],
    readonly order: Order,
    /** True for ND4J's empty array of rank 0 (`Nd4j.empty`), which has no element though its shape is `[]`. */
    readonly isEmptyScalar: boolean = false,
  ) {
    let length = isEmptyScalar ? 0 : 1;
    for (let dimension = 0; dimension < shape.length; dimension++) length *= shape[dimension] as number;
    this.length = length;
    this.isDenseC = length === 0 || isDense(shape, strides, 'c');
    this.isDenseF = length === 0 || isDense(shape, strides, 'f');
  }

  get rank(): number {
    return this.shape.length;
  }

  /** Elements are adjacent in one of both orders: the memory can be walked in one run. */
  get isDense(): boolean {
    return this.isDenseC || this.isDenseF;
  }
}

/** True when elements of `shape` with `strides` are adjacent in `order`; dimensions of size 1 may have any stride. */
function isDense(shape: readonly number[], strides: readonly number[], order: Order): boolean {
  let expected = 1;
  for (let step = 0; step < shape.length; step++) {
    const dimension = order === 'c' ? shape.length - 1 - step : step;
    const size = shape[dimension] as number;
    if (size !== 1 && strides[dimension] !== expected) return false;
    expected *= size;
  }
  return true;
}

/** Strides of adjacent elements. A size of 0 counts as 1, so that no stride is 0 (ND4J prints such shapes with zero strides; nothing reads them). */
function naturalStrides(shape: readonly number[], order: Order): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let step = 0; step < shape.length; step++) {
    const dimension = order === 'c' ? shape.length - 1 - step : step;
    strides[dimension] = stride;
    stride *= Math.max(shape[dimension] as number, 1);
  }
  return strides;
}

/** A matrix of one row or column: what ND4J makes has the strides [1, 1] in both orders, while reshaping gives the natural ones. */
function isVectorMatrix(shape: readonly number[]): boolean {
  return shape.length === 2 && (shape[0] === 1 || shape[1] === 1);
}

/** Strides of a fresh array. */
function denseStrides(shape: readonly number[], order: Order): number[] {
  return isVectorMatrix(shape) ? [1, 1] : naturalStrides(shape, order);
}

const SCALAR = new Geometry([], [], 'c');
export const EMPTY_SCALAR = new Geometry([], [], 'c', true);
const vectorsC = new Map<number, Geometry>();
const matricesC = new Map<number, Map<number, Geometry>>();
const others = new Map<string, Geometry>();
const INTERNED_MAX = 4096;

/** The shared geometry of a fresh dense array. The shape must have been validated (`checkShape`). */
export function denseGeometry(shape: readonly number[], order: Order = 'c'): Geometry {
  if (order === 'c') {
    if (shape.length === 2) return matrixGeometry(shape[0] as number, shape[1] as number);
    if (shape.length === 1) return vectorGeometry(shape[0] as number);
    if (shape.length === 0) return SCALAR;
  }
  const key = order + shape.join();
  return others.get(key) ?? intern(key, shape, denseStrides(shape, order), order);
}

/** The shared geometry of a fresh array of the same shape, ND4J's empty array included. */
export function denseLike(geometry: Geometry, order: Order = geometry.order): Geometry {
  return geometry.isEmptyScalar ? geometry : denseGeometry(geometry.shape, order);
}

/** The shared geometry of a dense array that was reshaped: it differs from `denseGeometry` in the strides of one-row and one-column matrices. */
export function naturalGeometry(shape: readonly number[], order: Order = 'c'): Geometry {
  if (!isVectorMatrix(shape)) return denseGeometry(shape, order);
  const key = `n${order}${shape[0]},${shape[1]}`;
  return others.get(key) ?? intern(key, shape, naturalStrides(shape, order), order);
}

function intern(key: string, shape: readonly number[], strides: number[], order: Order): Geometry {
  if (others.size >= INTERNED_MAX) others.clear();
  const made = new Geometry(Object.freeze([...shape]), Object.freeze(strides), order);
  others.set(key, made);
  return made;
}

/** The shared geometry of a rank-1 array. */
export function vectorGeometry(length: number): Geometry {
  let found = vectorsC.get(length);
  if (found === undefined) {
    if (vectorsC.size >= INTERNED_MAX) vectorsC.clear();
    found = new Geometry(Object.freeze([length]), Object.freeze([1]), 'c');
    vectorsC.set(length, found);
  }
  return found;
}

function matrixGeometry(rows: number, columns: number): Geometry {
  let byColumns = matricesC.get(rows);
  if (byColumns === undefined) {
    if (matricesC.size >= INTERNED_MAX) matricesC.clear();
    byColumns = new Map();
    matricesC.set(rows, byColumns);
  }
  let found = byColumns.get(columns);
  if (found === undefined) {
    if (byColumns.size >= INTERNED_MAX) byColumns.clear();
    const shape = Object.freeze([rows, columns]);
    found = new Geometry(shape, Object.freeze(denseStrides(shape, 'c')), 'c');
    byColumns.set(columns, found);
  }
  return found;
}

export const SCALAR_GEOMETRY = SCALAR;

/**
 * Checks a shape that came from outside.
 * @throws {TypeError | RangeError} when a size is not a whole number ≥ 0, the rank exceeds 32 or the length 2³²−1.
 */
export function checkShape(shape: readonly number[], what = 'shape'): void {
  if (shape.length > MAX_RANK)
    throw new RangeError(`Invalid ${what} of rank ${shape.length}: the largest rank is ${MAX_RANK}`);
  let length = 1;
  for (const size of shape) {
    if (typeof size !== 'number' || !Number.isInteger(size) || size < 0) {
      throw new (typeof size === 'number' ? RangeError : TypeError)(
        `Invalid ${what} ${describeValue([...shape])}: every size must be a whole number of at least 0, found ${describeValue(size)}`,
      );
    }
    length *= size;
  }
  if (length > MAX_LENGTH)
    throw new RangeError(
      `Invalid ${what} ${formatShape(shape)}: ${length} elements are more than an address can reach (${MAX_LENGTH})`,
    );
}

/** The order flag that ND4J gives to views: 'f' when no stride is larger than the next one, else 'c'; scalars are 'c'. */
export function orderOf(strides: readonly number[]): Order {
  for (let dimension = 1; dimension < strides.length; dimension++) {
    if ((strides[dimension - 1] as number) > (strides[dimension] as number)) return 'c';
  }
  return strides.length === 0 ? 'c' : 'f';
}

/** True when both shapes have the same rank and sizes. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let dimension = 0; dimension < a.length; dimension++) if (a[dimension] !== b[dimension]) return false;
  return true;
}

/** The dimension that a possibly negative index means (−1 is the last). @throws {RangeError} when it is out of range. */
export function normalizeDimension(dimension: number, rank: number, what = 'dimension'): number {
  const normal = dimension < 0 ? dimension + rank : dimension;
  if (!Number.isInteger(normal) || normal < 0 || normal >= Math.max(rank, 1)) {
    throw new RangeError(
      `Invalid ${what} ${describeValue(dimension)}: an array of rank ${rank} has dimensions ${rank === 0 ? 'none' : `0 to ${rank - 1} (or −${rank} to −1)`}`,
    );
  }
  return normal;
}

/** NumPy-style broadcast of two shapes, trailing dimensions aligned; undefined when they do not fit. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let back = 1; back <= rank; back++) {
    const left = a[a.length - back] ?? 1;
    const right = b[b.length - back] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return undefined;
    shape[rank - back] = left === 1 ? right : left;
  }
  return shape;
}

/** The geometry of `geometry` seen with the larger `shape`: broadcast dimensions get stride 0. Shapes must be compatible. */
export function broadcastTo(geometry: Geometry, shape: readonly number[]): Geometry {
  if (sameShape(geometry.shape, shape)) return geometry;
  const shift = shape.length - geometry.rank;
  const strides = shape.map((size, dimension) => {
    const own = dimension - shift;
    return own < 0 || (geometry.shape[own] === 1 && size !== 1) ? 0 : (geometry.strides[own] as number);
  });
  return new Geometry(shape, strides, geometry.order);
}
