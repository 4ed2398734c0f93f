// From arrays to JavaScript: vectors, matrices, nested arrays, JSON and text.
//
// What is returned here are copies, free of workspaces. LONG and UINT64 come as numbers, rounded beyond ±2⁵³, where nothing else is said.

import { COMPUTE_I64, type DataTypeInfo, DOUBLE, dataTypeInfo, FLOAT, LONG } from '../core/dataType.ts';
import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { denseGeometry } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import { checkArgument } from '../memory/validity.ts';
import type { ArrayView } from '../memory/view.ts';
import { copy } from '../ops/layout.ts';
import { countArgument } from './arguments.ts';
import { ArrayLinear } from './arrayLinear.ts';
import { formatFull, formatShapeInfo, NDArrayStrings } from './format.ts';

/** Elements in nested arrays, as deep as the rank; a scalar is the element itself. */
export type NestedElements = number | boolean | NestedElements[];

/** What `JSON.stringify` makes of an array. */
export interface ArrayJson {
  readonly dataType: string;
  readonly shape: number[];
  readonly data: NestedElements;
}

const INT = dataTypeInfo('INT');

/** Gives the INDArray what leaves the world of arrays. */
export abstract class ArrayConversion extends ArrayLinear {
  /** The elements as nested arrays of numbers (BOOL: of booleans), as deep as the rank; a scalar of rank 0 gives its element. */
  toArray(): NestedElements {
    const { shape } = this.geometry;
    const elements = this.elementsAs('toArray', DOUBLE) as Float64Array;
    const isBoolean = this.info.name === 'BOOL';
    const level = (depth: number, from: number, length: number): NestedElements => {
      if (depth === shape.length) return isBoolean ? elements[from] !== 0 : (elements[from] as number);
      const size = shape[depth] as number;
      const step = length / size;
      const nested = new Array<NestedElements>(size);
      if (depth === shape.length - 1 && !isBoolean) {
        for (let index = 0; index < size; index++) nested[index] = elements[from + index] as number;
      } else {
        for (let index = 0; index < size; index++) nested[index] = level(depth + 1, from + index * step, step);
      }
      return nested;
    };
    return this.geometry.isEmptyScalar ? [] : level(0, 0, elements.length);
  }

  /** All elements in 'c' order in a typed array of this array's own kind; HALF and BFLOAT16 as 32-bit floats. */
  toTypedArray():
    | Float32Array
    | Float64Array
    | BigInt64Array
    | BigUint64Array
    | Int32Array
    | Uint32Array
    | Int16Array
    | Uint16Array
    | Int8Array
    | Uint8Array {
    const { info } = this;
    return this.elementsAs('toTypedArray', info.isFloating && info.width === 2 ? FLOAT : info) as Float32Array;
  }

  /** The elements of a vector or scalar. @throws {ND4JIllegalStateException} for anything else. */
  toDoubleVector(): Float64Array {
    this.requireVector();
    return this.elementsAs('toDoubleVector', DOUBLE) as Float64Array;
  }

  /** The elements of a vector or scalar as 32-bit floats. @see toDoubleVector */
  toFloatVector(): Float32Array {
    this.requireVector();
    return this.elementsAs('toFloatVector', FLOAT) as Float32Array;
  }

  /** The elements of a vector or scalar as 32-bit integers, without fractions. @see toDoubleVector */
  toIntVector(): Int32Array {
    this.requireVector();
    return this.elementsAs('toIntVector', INT) as Int32Array;
  }

  /** The elements of a vector or scalar as whole numbers. @see toBigIntVector */
  toLongVector(): number[] {
    this.requireVector();
    if (this.info.compute === COMPUTE_I64) return Array.from(this.elementsAs('toLongVector', DOUBLE) as Float64Array);
    return Array.from(this.elementsAs('toLongVector', LONG) as BigInt64Array, Number);
  }

  /** The elements of a vector or scalar as 64-bit integers, exactly. @see toDoubleVector */
  toBigIntVector(): BigInt64Array {
    this.requireVector();
    return this.elementsAs('toBigIntVector', LONG) as BigInt64Array;
  }

  /** The rows of a matrix. @throws {ND4JIllegalStateException} for other ranks. */
  toDoubleMatrix(): Float64Array[] {
    return this.rowsOf(this.elementsAs('toDoubleMatrix', DOUBLE) as Float64Array);
  }

  /** The rows of a matrix as 32-bit floats. @see toDoubleMatrix */
  toFloatMatrix(): Float32Array[] {
    return this.rowsOf(this.elementsAs('toFloatMatrix', FLOAT) as Float32Array);
  }

  /** The rows of a matrix as 32-bit integers, without fractions. @see toDoubleMatrix */
  toIntMatrix(): Int32Array[] {
    return this.rowsOf(this.elementsAs('toIntMatrix', INT) as Int32Array);
  }

  /** The rows of a matrix as whole numbers. @see toDoubleMatrix */
  toLongMatrix(): number[][] {
    return this.rowsOf(this.elementsAs('toLongMatrix', LONG) as BigInt64Array).map((row) => Array.from(row, Number));
  }

  /** Type, shape and elements, for JSON. NaN and infinities become null there. */
  toJSON(): ArrayJson {
    return { dataType: this.dataType(), shape: this.shape(), data: this.toArray() };
  }

  /**
   * The array as text, as ND4J prints it: four digits behind the point, and of more than 1000 elements the first and last three of each dimension.
   * Takes options, or the most elements in full, whether to shorten in any case, and the digits behind the point.
   */
  override toString(options?: NDArrayStrings): string;
  override toString(maxElements: number, forceSummarize: boolean, precision: number): string;
  override toString(first?: NDArrayStrings | number, forceSummarize?: boolean, precision?: number): string {
    if (!this.buffer.isUsable) return this.unusable();
    if (typeof first !== 'number') return (first ?? new NDArrayStrings()).format(this);
    const maxElements = countArgument(first, 'number of elements');
    return new NDArrayStrings({
      maxElements,
      forceSummarize: forceSummarize === true,
      ...(precision === undefined ? {} : { precision }),
    }).format(this);
  }

  /** The array as text with all elements and all digits. */
  toStringFull(): string {
    return this.buffer.isUsable ? formatFull(this) : this.unusable();
  }

  /** Rank, type, offset, order, shape and strides in one line. */
  shapeInfoToString(): string {
    return formatShapeInfo(this);
  }

  /** What `console.log` of Node prints. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `INDArray ${this.dataType()} ${formatShape(this.geometry.shape)}\n${this}`;
  }

  private unusable(): string {
    return `(array of shape ${formatShape(this.geometry.shape)}, ${this.info.name}, whose memory is no longer its own)`;
  }

  private requireVector(): void {
    if (!this.isVectorOrScalar()) throw notOf('1d array from a non vector', this);
  }

  private rowsOf<Elements extends Float64Array | Float32Array | Int32Array | BigInt64Array>(
    elements: Elements,
  ): Elements[] {
    if (this.rank() !== 2) throw notOf('2d array from a non matrix', this);
    const columns = this.columns();
    return Array.from(
      { length: this.rows() },
      (_, row) => elements.slice(row * columns, (row + 1) * columns) as Elements,
    );
  }

  /** A copy of all elements in 'c' order as a type. */
  private elementsAs(name: string, info: DataTypeInfo): ArrayLike<number | bigint> {
    checkArgument(name, 'X', this);
    const { geometry, buffer } = this;
    if (info === buffer.info && geometry.isDenseC) {
      return buffer.window().slice(this.offset, this.offset + geometry.length) as ArrayLike<number | bigint>;
    }
    const target = DataBuffer.allocateDetached(info, geometry.length, false);
    try {
      copy({ buffer: target, offset: 0, geometry: denseGeometry(geometry.shape) }, this);
      return target.window().slice() as ArrayLike<number | bigint>;
    } finally {
      target.close();
    }
  }
}

function notOf(what: string, { geometry, buffer }: ArrayView): Error {
  return new ND4JIllegalStateException(
    `Unable to create a ${what}! Shape: ${buffer.info.name}, ${formatShape(geometry.shape)}, ${geometry.order}: use toArray() or reshape`,
  );
}
