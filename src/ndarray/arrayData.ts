// JavaScript data as arrays: nested arrays, typed arrays and iterables, with the type and shape that they imply.

import {
  BOOL,
  COMPUTE_I64,
  type DataTypeInfo,
  DOUBLE,
  dataTypeInfo,
  FLOAT,
  LONG,
  type TypedArray,
} from '../core/dataType.ts';
import { describeValue, formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { checkShape, denseGeometry, type Order } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import { writeElement } from '../memory/element.ts';
import { copy } from '../ops/layout.ts';
import { defaultTypes } from './defaultTypes.ts';
import { NDArray } from './ndarray.ts';

/** Numbers, bigints or booleans in nested arrays of equal lengths. */
export type NestedArray = readonly (number | bigint | boolean | NestedArray | AnyTypedArray)[];
/** What `Nd4j.create` turns into an array: nested arrays, typed arrays of any kind, other iterables of numbers. */
export type ArrayData = NestedArray | AnyTypedArray | Iterable<number | bigint | boolean>;
type AnyTypedArray = TypedArray | Uint8ClampedArray;
type Element = number | bigint | boolean;

/** The type of a typed array's elements. */
function typeOf(data: AnyTypedArray): DataTypeInfo {
  if (data instanceof Float32Array) return FLOAT;
  if (data instanceof Float64Array) return DOUBLE;
  if (data instanceof Int32Array) return dataTypeInfo('INT');
  if (data instanceof BigInt64Array) return LONG;
  if (data instanceof Int16Array) return dataTypeInfo('SHORT');
  if (data instanceof Int8Array) return dataTypeInfo('BYTE');
  if (data instanceof Uint16Array) return dataTypeInfo('UINT16');
  if (data instanceof Uint32Array) return dataTypeInfo('UINT32');
  if (data instanceof BigUint64Array) return dataTypeInfo('UINT64');
  return dataTypeInfo('UBYTE');
}

function isTypedArray(value: unknown): value is AnyTypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Data with what is known of it before it is copied. */
interface Described {
  /** A typed array, or nested arrays down to numbers or typed arrays. */
  readonly data: NestedArray | AnyTypedArray;
  readonly length: number;
  readonly info: DataTypeInfo;
  readonly shape: readonly number[];
}

/**
 * A new array of the data. Numbers get the default floating type, bigints LONG, booleans BOOL, typed arrays their own, unless `info` is given.
 * With a shape, the elements are in `order`; without one, nested arrays are rows of rows, and `order` is only the layout.
 * @throws {ND4JIllegalStateException} when lengths do not fit. @throws {TypeError} for anything that is no number.
 */
export function arrayOf(data: ArrayData, given?: readonly number[], order: Order = 'c', info?: DataTypeInfo): NDArray {
  const described = describe(data, info !== undefined);
  const shape = given ?? described.shape;
  checkShape(shape);
  const length = shape.reduce((product, size) => product * size, 1);
  if (length !== described.length) {
    throw new ND4JIllegalStateException(
      `Shape of the new array ${formatShape(shape)} doesn't match data length: ${described.length} - prod(shape) must equal the number of values provided`,
    );
  }
  const isRelaid = given === undefined && order === 'f' && shape.length > 1;
  const geometry = denseGeometry(shape, isRelaid ? 'c' : order);
  const array = new NDArray(DataBuffer.allocate(info ?? described.info, length, false), 0, geometry);
  writeAll(array.buffer, described);
  if (!isRelaid) return array;
  const relaid = array.allocateDense(array.info, shape, 'f');
  copy(relaid, array);
  if (!array.isAttached()) array.close();
  return relaid;
}

function writeAll(buffer: DataBuffer, { data, info, shape }: Described): void {
  const { info: type } = buffer;
  const isDirect = type === info || ((type === FLOAT || type === DOUBLE) && info.compute !== COMPUTE_I64);
  if (isTypedArray(data)) {
    if (isDirect) (buffer.window() as Float64Array).set(data as Float64Array);
    else for (let index = 0; index < data.length; index++) writeElement(buffer, index, data[index] as Element);
    return;
  }
  const isNumeric = (type === FLOAT || type === DOUBLE) && (info === FLOAT || info === DOUBLE);
  writeLevel(data, shape.length, 0, buffer, isNumeric ? (buffer.window() as Float64Array) : undefined);
}

/** Writes one level from position `at` on and returns the position behind it; numbers go through `window` where there is one. */
function writeLevel(
  level: NestedArray | AnyTypedArray,
  depth: number,
  at: number,
  buffer: DataBuffer,
  window: Float64Array | undefined,
): number {
  let place = at;
  if (depth > 1) {
    for (let each = 0; each < level.length; each++) {
      place = writeLevel(level[each] as NestedArray, depth - 1, place, buffer, window);
    }
  } else if (window !== undefined) {
    for (let each = 0; each < level.length; each++) window[place++] = level[each] as number;
  } else {
    for (let each = 0; each < level.length; each++) writeElement(buffer, place++, level[each] as Element);
  }
  return place;
}

/** Finds shape and type and checks all of the data. `isMixed` allows numbers, booleans and bigints side by side. */
function describe(data: ArrayData, isMixed: boolean): Described {
  if (isTypedArray(data)) return { data, length: data.length, info: typeOf(data), shape: [data.length] };
  const nested = Array.isArray(data) ? (data as NestedArray) : collect(data);
  const shape: number[] = [];
  let level: unknown = nested;
  let info: DataTypeInfo | undefined;
  while (Array.isArray(level) || isTypedArray(level)) {
    if (isTypedArray(level)) info = typeOf(level);
    shape.push(level.length);
    if (level.length === 0) break;
    level = level[0];
  }
  const kind = typeof level;
  checkLevel(nested, shape, 0, isMixed ? undefined : kind);
  info ??= kind === 'boolean' ? BOOL : kind === 'bigint' ? LONG : defaultTypes.floating;
  return { data: nested, length: shape.reduce((product, size) => product * size, 1), info, shape };
}

function collect(data: unknown): NestedArray {
  const iterable = data as Partial<Iterable<Element>> | null | undefined;
  if (typeof data === 'object' && typeof iterable?.[Symbol.iterator] === 'function') {
    return [...(iterable as Iterable<Element>)];
  }
  throw new TypeError(
    `Cannot create an array of ${describeValue(data)}: needed are numbers, booleans or bigints in arrays, typed arrays or other iterables`,
  );
}

/** Checks lengths, and elements where they are not in typed arrays. With `kind`, all must be of that kind. */
function checkLevel(
  level: NestedArray | AnyTypedArray,
  shape: readonly number[],
  depth: number,
  kind: string | undefined,
): void {
  if (level.length !== shape[depth]) throw ragged(shape, depth, `${level.length} elements`);
  if (depth < shape.length - 1) {
    for (const each of level) {
      if (!Array.isArray(each) && !isTypedArray(each)) throw ragged(shape, depth + 1, describeValue(each));
      checkLevel(each as NestedArray, shape, depth + 1, kind);
    }
  } else if (!isTypedArray(level)) {
    for (let index = 0; index < level.length; index++) {
      const element = level[index];
      if (typeof element !== kind || kind === 'object') checkElement(element, kind, shape);
    }
  }
}

function ragged(shape: readonly number[], depth: number, found: string): Error {
  const needed = depth < shape.length ? `arrays of ${shape[depth]} elements` : 'numbers';
  return new ND4JIllegalStateException(
    `Cannot create an array of ragged nested arrays: at depth ${depth} found ${found}, needed are ${needed} as in the first ones, which have shape ${formatShape(shape)}`,
  );
}

/** Lets pass what may stand beside the first element. */
function checkElement(element: unknown, kind: string | undefined, shape: readonly number[]): void {
  if (Array.isArray(element) || ArrayBuffer.isView(element)) throw ragged(shape, shape.length, 'an array');
  const type = typeof element;
  const isKnown = type === 'number' || type === 'boolean' || type === 'bigint';
  if (isKnown && (kind === undefined || type === kind)) return;
  const hint = element instanceof NDArray ? '; Nd4j.stack and Nd4j.concat put arrays together' : '';
  const needed =
    kind === undefined || !isKnown
      ? 'numbers, booleans or bigints'
      : `${kind}s only, as the first element is one; or give a type`;
  throw new TypeError(`Cannot create an array with the element ${describeValue(element)}: needed are ${needed}${hint}`);
}
