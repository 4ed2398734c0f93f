// What operations ask of their operands before they start: numbers, not booleans; elements; shapes that fit; memory that does not overlap.

import { BOOL, COMPUTE_I64, type DataTypeInfo } from '../core/dataType.ts';
import { describeValue, formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import {
  broadcastShapes,
  denseGeometry,
  type Geometry,
  normalizeDimension,
  type Order,
  sameShape,
} from '../core/geometry.ts';
import type { ArrayView } from '../memory/view.ts';
import { copy } from '../ops/layout.ts';
import { reduceAll } from '../ops/reduce.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import type { ArrayHandle } from './arrayHandle.ts';

/** True when the elements are adjacent in the order that the geometry carries: a result can have this very geometry. */
export function isOwnDense(geometry: Geometry): boolean {
  return geometry.order === 'c' ? geometry.isDenseC : geometry.isDenseF;
}

/** The geometry of a fresh array of the same shape and order. */
export function freshGeometry(geometry: Geometry): Geometry {
  return isOwnDense(geometry) ? geometry : denseGeometry(geometry.shape, geometry.order);
}

/** @throws {ND4JIllegalStateException} when the array is BOOL or has no elements. */
export function requireNumeric(name: string, x: ArrayView): void {
  requireNotBoolean(name, x);
  requireElements(name, x);
}

/** @throws {ND4JIllegalStateException} when the array is BOOL. */
export function requireNotBoolean(name: string, x: ArrayView): void {
  if (x.buffer.info === BOOL) {
    throw new ND4JIllegalStateException(
      `Cannot apply operation ${name} to array with BOOL datatype. Array shape: ${formatShape(x.geometry.shape)}; needed is a numeric type: use castTo first`,
    );
  }
}

/** @throws {ND4JIllegalStateException} when the array has no elements. */
export function requireElements(name: string, x: ArrayView): void {
  if (x.geometry.length === 0) {
    throw new ND4JIllegalStateException(
      `Cannot perform operation ${name} on empty array with datatype ${x.buffer.info.name}: the array of shape ${formatShape(x.geometry.shape)} has no elements, needed is at least one`,
    );
  }
}

/** @throws {ND4JIllegalStateException} when the type is not FLOAT, DOUBLE, HALF or BFLOAT16. */
export function requireFloating(name: string, x: ArrayView): void {
  const { info } = x.buffer;
  if (!info.isFloating) {
    throw new ND4JIllegalStateException(
      `Cannot apply operation ${name} to an array of type ${info.name}: Op.X must be one of floating types; use castTo(DataType.FLOAT) first. Array shape: ${formatShape(x.geometry.shape)}`,
    );
  }
}

/** @throws {ND4JIllegalStateException} when two arrays that an operation does not convert have different types. */
export function requireSameType(name: string, x: ArrayView, y: ArrayView): void {
  if (x.buffer.info !== y.buffer.info) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} arrays of types ${x.buffer.info.name} and ${y.buffer.info.name}: both must have the same type; use castTo on one of them`,
    );
  }
}

/** The shape that both broadcast to. @throws {ND4JIllegalStateException} */
export function broadcastOperands(name: string, x: Geometry, y: Geometry): readonly number[] {
  if (x === y) return x.shape;
  const shape = broadcastShapes(x.shape, y.shape);
  if (shape === undefined) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} ${formatShape(x.shape)} and ${formatShape(y.shape)}: shapes are not equal and are not broadcastable; aligned at their last dimensions, sizes must be equal or 1`,
    );
  }
  return shape;
}

/** @throws {TypeError} when a value that must be a number is none. */
export function requireNumber(name: string, value: unknown): void {
  if (typeof value !== 'number') {
    throw new TypeError(`Cannot ${name} ${describeValue(value)}: needed is an array or a number`);
  }
}

/** A number as an integer array takes it: without its fraction; NaN counts as 0. @throws {RangeError} for infinities. */
export function truncateFor(name: string, info: DataTypeInfo, value: number): number {
  if (value === Infinity || value === -Infinity) {
    throw new RangeError(`Cannot ${name} ${value} with an array of type ${info.name}: needed is a finite number`);
  }
  return Number.isNaN(value) ? 0 : Math.trunc(value);
}

export function isInteger(info: DataTypeInfo): boolean {
  return info.compute === COMPUTE_I64;
}

/** Dimensions as whole numbers ≥ 0, each once, ascending. @throws {RangeError} */
export function normalizeDimensions(dimensions: readonly number[], rank: number): number[] {
  if (dimensions.length === 1) return [normalizeDimension(dimensions[0] as number, rank)];
  return [...new Set(dimensions.map((dimension) => normalizeDimension(dimension, rank)))].sort((a, b) => a - b);
}

/** A dense copy of `x`, as another type when asked, for the time of one operation: `releaseTemporary` it. */
export function temporaryCopy(
  x: ArrayHandle,
  info: DataTypeInfo = x.info,
  order: Order = x.geometry.order,
): ArrayHandle {
  const copied = x.allocate(info, denseGeometry(x.geometry.shape, order));
  copy(copied, x);
  return copied;
}

/** Frees a heap temporary at once; a workspace takes its own back. */
export function releaseTemporary(temporary: ArrayHandle): void {
  if (!temporary.buffer.isAttached) temporary.buffer.close();
}

/** True when an element is 0. */
export function hasZero(x: ArrayView): boolean {
  return reduceAll(Reduce.ALL, x) === 0;
}

/** @throws {ND4JIllegalStateException} when `values` has neither x's shape nor one element. */
export function requireAssignable(name: string, x: ArrayHandle, values: ArrayHandle): void {
  if (values.length() === 1 || sameShape(x.geometry.shape, values.geometry.shape)) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name} in ${formatShape(x.geometry.shape)} from ${formatShape(values.geometry.shape)}: the shapes must be equal`,
  );
}

/** True when two views may share an element. */
export function overlaps(x: ArrayView, y: ArrayView): boolean {
  if (x.buffer !== y.buffer) return false;
  return x.offset < y.offset + extent(y.geometry) && y.offset < x.offset + extent(x.geometry);
}

/** Elements from the first to the last one, both included. */
function extent({ shape, strides }: Geometry): number {
  let last = 0;
  for (let d = 0; d < shape.length; d++) last += ((shape[d] as number) - 1) * (strides[d] as number);
  return last + 1;
}
