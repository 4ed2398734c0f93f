// Single elements: getDouble, getInt, putScalar and their kin.
//
// One index is linear and runs in the array's own order ('c' or 'f'); else there is one index per dimension. Negative indices count from
// the end (1.0.0-M2.1 adds the rank to a negative linear index, and ignores the row of a row vector). Up to four indices may be
// given one by one, any number as an array. Nothing is allocated for one or two of them.

import { describeValue, formatShape } from '../core/errors.ts';
import { readElement, readNumber, writeElement } from '../memory/element.ts';
import { checkArgument } from '../memory/validity.ts';
import { scalarArgument } from './arguments.ts';
import { ArrayIndexing } from './arrayIndexing.ts';
import type { INDArray } from './ndarray.ts';

type Index = number | readonly number[];

export abstract class ArrayAccess extends ArrayIndexing {
  /** One element as a number; LONG and UINT64 beyond ±2⁵³ are rounded, BOOL is 0 or 1. @throws {RangeError} when an index is out of range. */
  getDouble(...indices: number[]): number;
  getDouble(indices: readonly number[]): number;
  getDouble(first?: Index, second?: number, third?: number, fourth?: number): number {
    // biome-ignore lint/complexity/noArguments: a rest parameter would be allocated by every call
    return this.read(arguments.length, first, second, third, fourth);
  }

  /** One element rounded to 32-bit floating point. @see getDouble */
  getFloat(...indices: number[]): number;
  getFloat(indices: readonly number[]): number;
  getFloat(first?: Index, second?: number, third?: number, fourth?: number): number {
    // biome-ignore lint/complexity/noArguments: as in getDouble
    return Math.fround(this.read(arguments.length, first, second, third, fourth));
  }

  /** One element as a number: the same as getDouble. */
  getNumber(...indices: number[]): number;
  getNumber(indices: readonly number[]): number;
  getNumber(first?: Index, second?: number, third?: number, fourth?: number): number {
    // biome-ignore lint/complexity/noArguments: as in getDouble
    return this.read(arguments.length, first, second, third, fourth);
  }

  /** One element as a 32-bit integer, as Java casts: fractions dropped, too large ones become the largest, NaN 0; wider integers wrap. */
  getInt(...indices: number[]): number;
  getInt(indices: readonly number[]): number;
  getInt(first?: Index, second?: number, third?: number, fourth?: number): number {
    // biome-ignore lint/complexity/noArguments: as in getDouble
    const value = this.read(arguments.length, first, second, third, fourth);
    if (!this.info.isFloating) return value | 0;
    return Number.isNaN(value) ? 0 : Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, value)) | 0;
  }

  /** One element without its fraction, exact within ±2⁵³; NaN is 0. @see getBigInt */
  getLong(...indices: number[]): number;
  getLong(indices: readonly number[]): number;
  getLong(first?: Index, second?: number, third?: number, fourth?: number): number {
    // biome-ignore lint/complexity/noArguments: as in getDouble
    const value = Math.trunc(this.read(arguments.length, first, second, third, fourth));
    return Number.isNaN(value) ? 0 : value + 0;
  }

  /** One element as a bigint, exact for all integer types; floating ones lose their fraction. @throws {RangeError} for NaN and infinities. */
  getBigInt(...indices: number[]): bigint;
  getBigInt(indices: readonly number[]): bigint;
  getBigInt(...indices: Index[]): bigint {
    checkArgument('getBigInt', 'X', this);
    const value = readElement(this.buffer, this.elementOffset(indexArray(indices)));
    return typeof value === 'bigint' ? value : BigInt(Math.trunc(value));
  }

  /**
   * Writes one element: `putScalar(i, value)`, `putScalar(i, j, value)` … `putScalar([i, j], value)`. Integer arrays drop fractions and wrap.
   * @throws {RangeError} when an index is out of range. @throws {TypeError} when the value is no number.
   */
  putScalar(index: number, value: number | bigint | boolean): INDArray;
  putScalar(i: number, j: number, value: number | bigint | boolean): INDArray;
  putScalar(i: number, j: number, k: number, value: number | bigint | boolean): INDArray;
  putScalar(i: number, j: number, k: number, l: number, value: number | bigint | boolean): INDArray;
  putScalar(indices: readonly number[], value: number | bigint | boolean): INDArray;
  putScalar(first: Index, second: unknown, third?: unknown, fourth?: unknown, fifth?: unknown): INDArray {
    if (!this.buffer.isUsable) checkArgument('putScalar', 'X', this);
    // biome-ignore lint/complexity/noArguments: a rest parameter would be allocated by every call
    const indices = arguments.length - 1;
    if (indices < 1) throw new TypeError('Cannot putScalar without a value: needed are indices and then the value');
    const value = indices === 1 ? second : indices === 2 ? third : indices === 3 ? fourth : fifth;
    const at = this.place(indices, first, second as number, third as number, fourth as number);
    writeElement(this.buffer, at, typeof value === 'number' ? value : scalarArgument(value, 'value of putScalar'));
    return this.self();
  }

  private read(count: number, first: Index | undefined, second?: number, third?: number, fourth?: number): number {
    if (!this.buffer.isUsable) checkArgument('getDouble', 'X', this);
    return readNumber(this.buffer, this.place(count, first, second, third, fourth));
  }

  /** Element index in the buffer of `count` indices, the first of which may be an array of all. */
  private place(count: number, first: Index | undefined, second?: number, third?: number, fourth?: number): number {
    if (typeof first === 'number') {
      if (count === 1) return this.linearOffset(first);
      if (count === 2 && this.geometry.shape.length === 2) return this.matrixOffset(first, second as number);
      if (count === 3) return this.elementOffset([first, second as number, third as number]);
      if (count === 4) return this.elementOffset([first, second as number, third as number, fourth as number]);
    } else if (count === 0) return this.elementOffset([]);
    else if (Array.isArray(first) && count === 1) return this.elementOffset(first);
    if (count === 2) return this.elementOffset([first as number, second as number]);
    throw new TypeError(
      `Cannot access an element by ${count} indices, the first of which is ${describeValue(first)}: needed are up to 4 numbers, or one array of them`,
    );
  }

  private matrixOffset(row: number, column: number): number {
    const { shape, strides } = this.geometry;
    const rows = shape[0] as number;
    const columns = shape[1] as number;
    const i = row < 0 ? row + rows : row;
    const j = column < 0 ? column + columns : column;
    if (!(Number.isInteger(i) && i >= 0 && i < rows && Number.isInteger(j) && j >= 0 && j < columns)) {
      return this.elementOffset([row, column]);
    }
    return this.offset + i * (strides[0] as number) + j * (strides[1] as number);
  }

  private linearOffset(index: number): number {
    const { geometry } = this;
    const { shape, strides, order, length } = geometry;
    let rest = checkIndex(index, length, [index], shape);
    if (order === 'c' ? geometry.isDenseC : geometry.isDenseF) return this.offset + rest;
    let offset = this.offset;
    for (let step = 0; step < shape.length; step++) {
      const dimension = order === 'c' ? shape.length - 1 - step : step;
      const size = shape[dimension] as number;
      offset += (rest % size) * (strides[dimension] as number);
      rest = Math.floor(rest / size);
    }
    return offset;
  }

  /** @internal Element index in the buffer: one linear index, or one per dimension. @throws {RangeError} naming the index and the shape. */
  override elementOffset(indices: readonly number[]): number {
    const { shape, strides } = this.geometry;
    if (indices.length === 1) return this.linearOffset(indices[0] as number);
    if (indices.length !== shape.length) {
      throw new RangeError(
        `Cannot access element ${describeValue([...indices])} of an array of shape ${formatShape(shape)}: needed are ${shape.length} indices, or one linear index`,
      );
    }
    let offset = this.offset;
    for (let dimension = 0; dimension < shape.length; dimension++) {
      const index = checkIndex(indices[dimension] as number, shape[dimension] as number, indices, shape);
      offset += index * (strides[dimension] as number);
    }
    return offset;
  }
}

function indexArray(indices: readonly Index[]): readonly number[] {
  return Array.isArray(indices[0]) && indices.length === 1 ? indices[0] : (indices as readonly number[]);
}

function checkIndex(index: number, size: number, indices: readonly number[], shape: readonly number[]): number {
  const normal = index < 0 ? index + size : index;
  if (Number.isInteger(normal) && normal >= 0 && normal < size) return normal;
  throw new RangeError(
    `Cannot access element ${describeValue([...indices])} of an array of shape ${formatShape(shape)}: index ${describeValue(index)} is outside 0 to ${size - 1}`,
  );
}
