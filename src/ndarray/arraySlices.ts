// Views of parts: slices, rows, columns, and the tensors along dimensions.

import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { normalizeDimension } from '../core/geometry.ts';
import { dropDimension, tensorsAlong } from '../core/slices.ts';
import { indexArgument } from './arguments.ts';
import { ArrayShape } from './arrayShape.ts';
import type { INDArray } from './ndarray.ts';
import { normalizeDimensions } from './operands.ts';

export abstract class ArraySlices extends ArrayShape {
  /**
   * The sub-array at one index of a dimension (0 unless given), which goes: a view. A vector gives a scalar of rank 0.
   * Negative indices and dimensions count from the end. @throws {RangeError}
   */
  slice(index: number, dimension = 0): INDArray {
    const { geometry } = this;
    const along = normalizeDimension(dimension, geometry.rank);
    const at = indexArgument(index, geometry.shape[along] ?? 0, 'slice', geometry.shape);
    return this.viewOf(this.offset + at * (geometry.strides[along] as number), dropDimension(geometry, along));
  }

  /** Number of slices along dimension 0; 1 for a scalar. */
  slices(): number {
    return this.geometry.shape[0] ?? 1;
  }

  /**
   * One row of a matrix as a vector `[columns]`, or with `keepDim` as `[1, columns]`: a view.
   * @throws {ND4JIllegalStateException} for other ranks than 2. @throws {RangeError} when there is no such row; rows are not counted from the end.
   */
  getRow(row: number, keepDim = false): INDArray {
    this.requireRank2('getRow');
    const { geometry } = this;
    const at = plainIndex(row, geometry.shape, 0, 'row');
    const vector = this.viewOf(
      this.offset + at * (geometry.strides[0] as number),
      dropDimension(geometry, 0, geometry.order),
    );
    return keepDim ? vector.reshape(1, vector.length()) : vector;
  }

  /**
   * One column of a matrix as a vector `[rows]`, or with `keepDim` as `[rows, 1]`: a view. A column vector gives itself.
   * @throws {ND4JIllegalStateException} for other ranks than 2. @throws {RangeError} when there is no such column.
   */
  getColumn(column: number, keepDim = false): INDArray {
    this.requireRank2('getColumn');
    const { geometry } = this;
    const at = plainIndex(column, geometry.shape, 1, 'column');
    if (geometry.shape[1] === 1 && !keepDim) return this.self();
    const vector = this.viewOf(
      this.offset + at * (geometry.strides[1] as number),
      dropDimension(geometry, 1, geometry.order),
    );
    return keepDim ? vector.reshape(vector.length(), 1) : vector;
  }

  /**
   * The sub-array over the given dimensions at one combination of indices of the others, counted in 'c' order: a view.
   * Over all dimensions: this very array.
   * @throws {RangeError} when there is no such sub-array or dimension.
   */
  tensorAlongDimension(index: number, ...dimensions: number[]): INDArray {
    const { geometry } = this;
    const over = normalizeDimensions(dimensions, geometry.rank);
    const tensors = tensorsAlong(geometry, over);
    const at = indexArgument(index, tensors.count, `tensor (along dimensions ${formatShape(over)})`, geometry.shape);
    if (over.length === geometry.rank) return this.self();
    return this.viewOf(this.offset + tensors.offsetOf(at), tensors.geometry);
  }

  /** How many sub-arrays there are over the given dimensions. */
  tensorsAlongDimension(...dimensions: number[]): number {
    return tensorsAlong(this.geometry, normalizeDimensions(dimensions, this.rank())).count;
  }

  /** The vector along one dimension: `tensorAlongDimension` with one dimension. */
  vectorAlongDimension(index: number, dimension: number): INDArray {
    return this.tensorAlongDimension(index, dimension);
  }

  /** How many vectors there are along one dimension. */
  vectorsAlongDimension(dimension: number): number {
    return this.tensorsAlongDimension(dimension);
  }

  /** The sub-arrays along dimension 0: rows of a matrix, numbers of a vector as scalars. Views. */
  *[Symbol.iterator](): IterableIterator<INDArray> {
    const count = this.geometry.shape[0] ?? 0;
    for (let index = 0; index < count; index++) yield this.slice(index);
  }

  private requireRank2(name: string): void {
    const { shape } = this.geometry;
    if (shape.length !== 2) {
      throw new ND4JIllegalStateException(
        `${name}() can be called on 2D arrays only: found an array of shape ${formatShape(shape)}; use slice or tensorAlongDimension`,
      );
    }
  }
}

/** A row or column, which ND4J does not count from the end. */
function plainIndex(index: number, shape: readonly number[], dimension: number, what: string): number {
  const size = shape[dimension] as number;
  if (index < 0) {
    throw new RangeError(
      `Cannot take ${what} ${index} of an array of shape ${formatShape(shape)}: needed is 0 to ${size - 1}; slice(${index}, ${dimension}) counts from the end`,
    );
  }
  return indexArgument(index, size, what, shape);
}
