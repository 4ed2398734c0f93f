// The root of the INDArray class chain: what a handle is made of, and the questions about type and shape.
// Each file of the chain adds one family of methods; ndarray.ts is the last. `this.make` is the only way to make an array.

import type { DataType, DataTypeInfo } from '../core/dataType.ts';
import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { denseGeometry, type Geometry, normalizeDimension, type Order, sameShape } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import type { ArrayView } from '../memory/view.ts';
import type { INDArray } from './ndarray.ts';

/**
 * A handle on elements of a buffer. It is immutable but for `permutei` and its kin, which exchange the geometry;
 * the elements belong to the buffer, and the buffer to the heap or a workspace.
 */
export abstract class ArrayHandle implements ArrayView {
  constructor(
    /** @internal */
    readonly buffer: DataBuffer,
    /** @internal Index of the first element in the buffer. */
    readonly offset: number,
    /** @internal */
    public geometry: Geometry,
  ) {}

  /** @internal A handle on other elements or with another geometry; no element is touched. */
  abstract make(buffer: DataBuffer, offset: number, geometry: Geometry): INDArray;

  /** @internal A view of the same buffer. `offset` counts from the buffer's start. */
  viewOf(offset: number, geometry: Geometry): INDArray {
    return this.make(this.buffer, offset, geometry);
  }

  /** @internal An uninitialized array in the current workspace, or on the heap. */
  allocate(info: DataTypeInfo, geometry: Geometry): INDArray {
    return this.make(DataBuffer.allocate(info, geometry.length, false), 0, geometry);
  }

  /** @internal An uninitialized dense array of the given shape. */
  allocateDense(info: DataTypeInfo, shape: readonly number[], order: Order = 'c'): INDArray {
    return this.allocate(info, denseGeometry(shape, order));
  }

  /** @internal */
  get info(): DataTypeInfo {
    return this.buffer.info;
  }

  /** The element type. */
  dataType(): DataType {
    return this.buffer.info.name;
  }

  /** Sizes of all dimensions: a copy. */
  shape(): number[] {
    return [...this.geometry.shape];
  }

  /** Strides of all dimensions in elements: a copy; with an argument, the stride of that dimension. */
  stride(): number[];
  stride(dimension: number): number;
  stride(dimension?: number): number[] | number {
    if (dimension === undefined) return [...this.geometry.strides];
    return this.geometry.strides[normalizeDimension(dimension, this.rank())] as number;
  }

  rank(): number {
    return this.geometry.shape.length;
  }

  /** Number of elements. */
  length(): number {
    return this.geometry.length;
  }

  /** Size of one dimension; negative ones count from the end. A scalar of rank 0 answers 1 for dimension 0. @throws {RangeError} */
  size(dimension: number): number {
    const shape = this.geometry.shape;
    return shape[normalizeDimension(dimension, shape.length)] ?? 1;
  }

  /** The distance in elements from each element to the next one in this array's order, where it is always the same; else 0. */
  elementWiseStride(): number {
    const { geometry } = this;
    if (geometry.order === 'c' ? geometry.isDenseC : geometry.isDenseF) return 1;
    const longer = geometry.shape.findIndex((size) => size > 1);
    const isVector = geometry.shape.every((size, dimension) => size === 1 || dimension === longer);
    return isVector ? (geometry.strides[longer] as number) : 0;
  }

  /** 'c' or 'f': in which order linear indices and `data()` run. */
  ordering(): Order {
    return this.geometry.order;
  }

  /** Rows of a matrix; 1 for rank 1. @throws {ND4JIllegalStateException} for other ranks. */
  rows(): number {
    const { shape } = this.geometry;
    if (shape.length === 2) return shape[0] as number;
    if (shape.length === 1) return 1;
    throw wrongRank('rows()', shape);
  }

  /** Columns of a matrix; the length for rank 1. @throws {ND4JIllegalStateException} for other ranks. */
  columns(): number {
    const { shape } = this.geometry;
    if (shape.length === 2) return shape[1] as number;
    if (shape.length === 1) return shape[0] as number;
    throw wrongRank('columns()', shape);
  }

  /** True for an array without elements. */
  isEmpty(): boolean {
    return this.geometry.length === 0;
  }

  /** Rank 0, `[1]` or `[1, 1]`. */
  isScalar(): boolean {
    return this.geometry.length === 1 && this.rank() <= 2;
  }

  isMatrix(): boolean {
    return this.rank() === 2;
  }

  isSquare(): boolean {
    const { shape } = this.geometry;
    return shape.length === 2 && shape[0] === shape[1];
  }

  /** Rank 1 with more than one element, or one row with more than one element. */
  isRowVector(): boolean {
    const { shape, length } = this.geometry;
    return length > 1 && (shape.length === 1 || (shape.length === 2 && shape[0] === 1));
  }

  /** Rank 2, one column, more than one element. */
  isColumnVector(): boolean {
    const { shape, length } = this.geometry;
    return length > 1 && shape.length === 2 && shape[1] === 1;
  }

  /** Rank 1, or a row or column vector. */
  isVector(): boolean {
    return this.rank() === 1 || this.isRowVector() || this.isColumnVector();
  }

  isVectorOrScalar(): boolean {
    return this.isVector() || this.isScalar();
  }

  isRowVectorOrScalar(): boolean {
    return this.isRowVector() || this.isScalar();
  }

  isColumnVectorOrScalar(): boolean {
    return this.isColumnVector() || this.isScalar();
  }

  /** True when the array shows a part of its buffer, or the whole in another layout. */
  isView(): boolean {
    const { geometry } = this;
    return (
      geometry.length > 0 &&
      (this.offset > 0 ||
        geometry.length < this.buffer.length ||
        !(geometry.order === 'c' ? geometry.isDenseC : geometry.isDenseF))
    );
  }

  /** Always false: arrays are never compressed here; reading a compressed file gives its elements. */
  isCompressed(): boolean {
    return false;
  }

  /** FLOAT, DOUBLE, HALF or BFLOAT16. */
  isR(): boolean {
    return this.buffer.info.isFloating;
  }

  /** Same rank and sizes. */
  equalShapes(other: INDArray): boolean {
    return sameShape(this.geometry.shape, other.geometry.shape);
  }
}

function wrongRank(what: string, shape: readonly number[]): Error {
  return new ND4JIllegalStateException(
    `Rank is ${shape.length}; ${what} call is not valid: an array of shape ${formatShape(shape)} has no such number, needed is rank 1 or 2; use size(dimension)`,
  );
}
