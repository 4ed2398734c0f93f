// JavaScript data as arrays: nested arrays, typed arrays and iterables, with the type and shape that they imply.

import { BOOL, type DataTypeInfo, DOUBLE, dataTypeInfo, FLOAT, LONG, type TypedArray } from '../core/dataType.ts';
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

/** Data in reading order, with what is known of it. */
interface Flat {
  readonly elements: readonly Element[] | AnyTypedArray;
  readonly info: DataTypeInfo;
  readonly shape: readonly number[];
}

/**
 * A new array of the data. Numbers get the default floating type, bigints LONG, booleans BOOL, typed arrays their own, unless `info` is given.
 * With a shape, the elements are in `order`; without one, nested arrays are rows of rows, and `order` is only the layout.
 * @throws {ND4JIllegalStateException} when lengths do not fit. @throws {TypeError} for anything that is no number.
 */
export function arrayOf(data: ArrayData, given?: readonly number[], order: Order = 'c', info?: DataTypeInfo): NDArray {
  const flat = flatten(data, info);
  const type = info ?? flat.info;
  const shape = given ?? flat.shape;
  checkShape(shape);
  const length = shape.reduce((product, size) => product * size, 1);
  if (length !== flat.elements.length) {
    throw new ND4JIllegalStateException(
      `Shape of the new array ${formatShape(shape)} doesn't match data length: ${flat.elements.length} - prod(shape) must equal the number of values provided`,
    );
  }
  const isRelaid = given === undefined && order === 'f' && shape.length > 1;
  const geometry = denseGeometry(shape, isRelaid ? 'c' : order);
  const array = new NDArray(DataBuffer.allocate(type, length, false), 0, geometry);
  writeAll(array.buffer, flat);
  if (!isRelaid) return array;
  const relaid = array.allocateDense(type, shape, 'f');
  copy(relaid, array);
  if (!array.isAttached()) array.close();
  return relaid;
}

function writeAll(buffer: DataBuffer, { elements, info }: Flat): void {
  const type = buffer.info;
  if (isTypedArray(elements) && info === type) {
    (buffer.window() as Float64Array).set(elements as Float64Array);
  } else if ((type === FLOAT || type === DOUBLE) && !isTypedArray(elements) && typeof elements[0] === 'number') {
    (buffer.window() as Float64Array).set(elements as number[]);
  } else {
    for (let index = 0; index < elements.length; index++) writeElement(buffer, index, elements[index] as Element);
  }
}

function flatten(data: ArrayData, info: DataTypeInfo | undefined): Flat {
  if (isTypedArray(data)) return { elements: data, info: typeOf(data), shape: [data.length] };
  const nested = Array.isArray(data) ? (data as NestedArray) : collect(data);
  const shape: number[] = [];
  let level: unknown = nested;
  while (Array.isArray(level) || isTypedArray(level)) {
    shape.push(level.length);
    if (level.length === 0) break;
    level = level[0];
  }
  const elements: Element[] = [];
  const kind = typeof level;
  gather(nested, shape, 0, info === undefined ? kind : undefined, elements);
  const leaf = leafOf(nested);
  const implied =
    leaf !== undefined ? typeOf(leaf) : kind === 'boolean' ? BOOL : kind === 'bigint' ? LONG : defaultTypes.floating;
  return { elements, info: implied, shape };
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

/** The first typed array in the nest, whose type counts. */
function leafOf(nested: unknown): AnyTypedArray | undefined {
  let level = nested;
  while (Array.isArray(level)) level = level[0];
  return isTypedArray(level) ? level : undefined;
}

/** Appends the elements of one level. With `kind`, all must be of that kind. */
function gather(
  level: NestedArray | AnyTypedArray,
  shape: readonly number[],
  depth: number,
  kind: string | undefined,
  out: Element[],
): void {
  if (level.length !== shape[depth]) throw ragged(shape, depth, `${level.length} elements`);
  if (depth === shape.length - 1) {
    for (const element of level) {
      if (Array.isArray(element) || ArrayBuffer.isView(element)) throw ragged(shape, depth + 1, 'an array');
      out.push(checkElement(element, kind));
    }
    return;
  }
  for (const each of level) {
    if (!Array.isArray(each) && !isTypedArray(each)) throw ragged(shape, depth + 1, describeValue(each));
    gather(each as NestedArray, shape, depth + 1, kind, out);
  }
}

function ragged(shape: readonly number[], depth: number, found: string): Error {
  const needed = depth < shape.length ? `arrays of ${shape[depth]} elements` : 'numbers';
  return new ND4JIllegalStateException(
    `Cannot create an array of ragged nested arrays: at depth ${depth} found ${found}, needed are ${needed} as in the first ones, which have shape ${formatShape(shape)}`,
  );
}

function checkElement(element: unknown, kind: string | undefined): Element {
  const type = typeof element;
  const isKnown = type === 'number' || type === 'boolean' || type === 'bigint';
  if (isKnown && (kind === undefined || type === kind)) return element as Element;
  throw new TypeError(
    `Cannot create an array with the element ${describeValue(element)}: needed are ${kind === undefined || !isKnown ? 'numbers, booleans or bigints' : `${kind}s only, as the first element is one; or give a type`}`,
  );
}
