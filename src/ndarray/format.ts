// Arrays as text, in ND4J's layout: nested brackets, aligned columns, large arrays shortened to the first and last three of each dimension.

import { type DecimalPattern, formatDecimal, parsePattern } from '../core/decimalFormat.ts';
import { readElement, readNumber } from '../memory/element.ts';
import type { ArrayView } from '../memory/view.ts';
import { countArgument } from './arguments.ts';

/** How many of each dimension stay at each end of a shortened array. */
const SHOWN = 3;
const PRECISION = 4;
const LEAST_WIDTH = 7;
const EMPTY = '[]';
/** Digits behind the point in `toStringFull`: those that identify a number of the type. */
const FULL_PRECISION: Readonly<Record<string, number>> = { DOUBLE: 17, FLOAT: 9, HALF: 5, BFLOAT16: 4 };

let maxPrintElements = 1000;

/** Options of array texts; all optional. */
export interface NDArrayStringsOptions {
  /** Between the columns, `,` unless given. */
  separator?: string;
  /** Digits behind the point, 4 unless given; numbers from 10^precision on and below 10^-precision are printed with an exponent. */
  precision?: number;
  /** A pattern such as `0.00` instead of a precision; then there are no exponents. */
  pattern?: string;
  /** Leaves out zeros at the end. */
  trimZeros?: boolean;
  /** Arrays with more elements are shortened. */
  maxElements?: number;
  /** Shortens every array. */
  forceSummarize?: boolean;
}

/**
 * Prints arrays. `new NDArrayStrings(separator, precision)`, `new NDArrayStrings(separator, pattern)` or with options.
 * @see org.nd4j.linalg.string.NDArrayStrings
 */
export class NDArrayStrings {
  readonly #separator: string;
  readonly #lineEnd: string;
  readonly #maxElements: number | undefined;
  readonly #isForced: boolean;
  readonly #width: number;
  readonly #fixed: DecimalPattern;
  readonly #scientific: DecimalPattern | null;
  /** Numbers of this size and more, and below its reciprocal, take the exponent. */
  readonly #limit: number;

  constructor(options?: NDArrayStringsOptions);
  constructor(separator: string, precisionOrPattern?: number | string);
  constructor(first: NDArrayStringsOptions | string = {}, second?: number | string) {
    const options =
      typeof first !== 'string'
        ? first
        : {
            separator: first,
            ...(typeof second === 'string' ? { pattern: second } : { precision: second ?? PRECISION }),
          };
    const precision = countArgument(options.precision ?? PRECISION, 'precision');
    this.#separator = options.separator ?? ',';
    this.#lineEnd = this.#separator.trim() === ',' ? ', \n' : ' \n';
    this.#maxElements = options.maxElements;
    this.#isForced = options.forceSummarize === true;
    this.#width = Math.max(precision + 6, LEAST_WIDTH);
    this.#limit = 10 ** precision;
    const digit = options.trimZeros === true ? '#' : '0';
    this.#fixed = parsePattern(options.pattern ?? `0.${digit.repeat(precision)}`);
    this.#scientific = options.pattern === undefined ? parsePattern(`0.${'#'.repeat(precision)}E0`) : null;
  }

  /** The most elements that are printed in full where nothing else is asked for, for this realm. */
  static getMaxPrintElements(): number {
    return maxPrintElements;
  }

  /** @throws {RangeError | TypeError} when it is not a whole number of at least 1. */
  static setMaxPrintElements(elements: number): void {
    maxPrintElements = countArgument(elements, 'number of elements', 1);
  }

  /** The array as text. */
  format(array: ArrayView): string {
    const { geometry, offset } = array;
    if (geometry.length === 0) return EMPTY;
    const isShort = this.#isForced || geometry.length > (this.#maxElements ?? maxPrintElements);
    if (geometry.length === 1) {
      return '['.repeat(geometry.rank) + this.#element(array, offset) + ']'.repeat(geometry.rank);
    }
    return this.#level(array, 0, offset, isShort);
  }

  /** The sub-array at `offset`, of the dimensions from `depth` on. */
  #level(array: ArrayView, depth: number, offset: number, isShort: boolean): string {
    const { shape, strides, rank } = array.geometry;
    if (depth === rank - 1) return this.#row(array, offset, isShort);
    const stride = strides[depth] as number;
    const shown = shownIndices(shape[depth] as number, isShort);
    const end = this.#lineEnd + '\n'.repeat(rank - depth - 2) + ' '.repeat(depth + 1);
    const texts = shown.map((index) =>
      index < 0 ? ' ...' : this.#level(array, depth + 1, offset + index * stride, isShort),
    );
    return `[${texts.join(end)}]`;
  }

  #row(array: ArrayView, offset: number, isShort: boolean): string {
    const { shape, strides, rank } = array.geometry;
    const stride = strides[rank - 1] as number;
    const size = shape[rank - 1] as number;
    if (size === 1) return `[${this.#element(array, offset)}]`;
    let text = '';
    for (const index of shownIndices(size, isShort)) {
      if (index < 0) text += '  ...';
      else {
        text += this.#element(array, offset + index * stride).padStart(this.#width);
        if (index < size - 1) text += this.#separator;
      }
    }
    return `[${text}]`;
  }

  #element({ buffer }: ArrayView, index: number): string {
    const { info } = buffer;
    if (info.name === 'BOOL') return readNumber(buffer, index) === 0 ? 'false' : 'true';
    if (!info.isFloating) return String(readElement(buffer, index));
    const value = readNumber(buffer, index);
    if (value === 0) return '0';
    const size = Math.abs(value);
    if (this.#scientific !== null && size !== Infinity && (size >= this.#limit || size < 1 / this.#limit)) {
      return formatDecimal(value, this.#scientific).replace('E', 'e');
    }
    return formatDecimal(value, this.#fixed);
  }
}

/** Indices of a dimension that are printed, with −1 for those left out. */
function shownIndices(size: number, isShort: boolean): number[] {
  if (!isShort || size <= 2 * SHOWN) return Array.from({ length: size }, (_, index) => index);
  const last = size - SHOWN;
  return [0, 1, 2, -1, last, last + 1, last + 2];
}

/** All elements with the digits that identify them. */
export function formatFull(array: ArrayView): string {
  const precision = FULL_PRECISION[array.buffer.info.name] ?? 0;
  return new NDArrayStrings({ precision, trimZeros: true, maxElements: Infinity }).format(array);
}

/** ND4J's one-line description of a geometry. */
export function formatShapeInfo({ buffer, offset, geometry }: ArrayView): string {
  const strides = geometry.length === 0 ? geometry.strides.map(() => 0) : geometry.strides;
  const list = (numbers: readonly number[]): string => `[${numbers.join(',')}]`;
  return `Rank: ${geometry.rank}, DataType: ${buffer.info.name}, Offset: ${offset}, Order: ${geometry.order}, Shape: ${list(geometry.shape)},  Stride: ${list(strides)}`;
}
