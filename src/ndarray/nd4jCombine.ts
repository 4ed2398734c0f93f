// Nd4j's ways to put arrays together and to take them apart: concat, stack, pile, tear, flatten, tile, repeat, pad.

import type { DataTypeInfo } from '../core/dataType.ts';
import { describeValue, formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { checkShape, denseGeometry, normalizeDimension, type Order, sameShape } from '../core/geometry.ts';
import { insertDimension, resizeDimension, splitDimension, tensorsAlong } from '../core/slices.ts';
import { checkArgument } from '../memory/validity.ts';
import { viewed } from '../memory/view.ts';
import { copy, fill } from '../ops/layout.ts';
import { countArgument, orderArgument, scalarArgument, shapeArgument } from './arguments.ts';
import { ArrayHandle } from './arrayHandle.ts';
import type { INDArray } from './ndarray.ts';
import { normalizeDimensions, requireSameType } from './operands.ts';

/** Arrays given one by one or as one list. */
type Arrays = INDArray[] | [readonly INDArray[]];

/** @throws {TypeError} when there is none or something else. */
function arraysOf(name: string, args: readonly (INDArray | readonly INDArray[])[]): readonly INDArray[] {
  const arrays = (args.length === 1 && Array.isArray(args[0]) ? args[0] : args) as readonly INDArray[];
  if (arrays.length === 0) throw new TypeError(`Cannot ${name} no arrays: needed is at least one`);
  for (const array of arrays) {
    if (!(array instanceof ArrayHandle))
      throw new TypeError(`Cannot ${name} ${describeValue(array)}: needed are arrays`);
    checkArgument(name, 'X', array);
  }
  return arrays;
}

/** An uninitialized array in the current workspace or on the heap; 'f' when all of `like` are. */
function allocate(info: DataTypeInfo, shape: readonly number[], like: readonly INDArray[]): INDArray {
  checkShape(shape);
  const order: Order = like.every((array) => array.ordering() === 'f') ? 'f' : 'c';
  return (like[0] as INDArray).allocate(info, denseGeometry(shape, order));
}

/** Copies arrays one after another along a dimension of `result`. */
function placeAlong(result: INDArray, dimension: number, arrays: readonly INDArray[]): void {
  const step = result.geometry.strides[dimension] as number;
  let at = 0;
  for (const array of arrays) {
    const size = array.geometry.shape[dimension] as number;
    if (array.length() > 0) copy(viewed(result, at * step, resizeDimension(result.geometry, dimension, size)), array);
    at += size;
  }
}

/**
 * Arrays joined along an existing dimension, in which alone their shapes may differ; scalars give a vector. All have one type.
 * The result is 'f' when all arrays are, else 'c'. ND4J's empty array of rank 0 counts as nothing.
 * @throws {ND4JIllegalStateException} when shapes or types do not fit. @throws {RangeError} when there is no such dimension.
 */
function concat(dimension: number, ...args: Arrays): INDArray {
  return join('concat', dimension, arraysOf('concat', args));
}

function join(name: string, dimension: number, given: readonly INDArray[]): INDArray {
  const present = given.filter((array) => !array.geometry.isEmptyScalar);
  const parts = (present.length > 0 ? present : given).map((array) =>
    array.rank() === 0 ? array.reshape(array.length()) : array,
  );
  const first = parts[0] as INDArray;
  const { shape } = first.geometry;
  const along = normalizeDimension(dimension, shape.length);
  let total = 0;
  parts.forEach((part, index) => {
    requireSameType(name, first, part);
    const other = part.geometry.shape;
    const fits = other.length === shape.length && other.every((size, each) => each === along || size === shape[each]);
    if (!fits) {
      throw new ND4JIllegalStateException(
        `Cannot ${name} array ${index} of shape ${formatShape(other)} to array 0 of shape ${formatShape(shape)} along dimension ${along}: ranks and all other sizes must be equal`,
      );
    }
    total += other[along] as number;
  });
  const result = allocate(first.info, replaced(shape, along, total), parts);
  placeAlong(result, along, parts);
  return result;
}

function replaced(shape: readonly number[], dimension: number, size: number): number[] {
  return shape.map((each, index) => (index === dimension ? size : each));
}

/**
 * Vectors joined end to end, or matrices side by side.
 * @throws {ND4JIllegalStateException} for other ranks than 1 and 2, different ranks, and sizes that do not fit.
 */
function hstack(...args: Arrays): INDArray {
  const arrays = arraysOf('hstack', args);
  const rank = (arrays[0] as INDArray).rank();
  if (rank < 1 || rank > 2 || arrays.some((array) => array.rank() !== rank)) {
    throw new ND4JIllegalStateException(
      `Cannot hstack arrays of ranks ${formatShape(arrays.map((array) => array.rank()))}: only rank 1 and 2 arrays may be horizontally stacked, all of one rank`,
    );
  }
  return join('hstack', rank - 1, arrays);
}

/** Arrays joined along dimension 0; vectors are rows. @throws {ND4JIllegalStateException} when they do not fit. */
function vstack(...args: Arrays): INDArray {
  const arrays = arraysOf('vstack', args);
  const rows = arrays.every((array) => array.rank() === 1);
  return join('vstack', 0, rows ? arrays.map((array) => array.reshape(1, array.length())) : arrays);
}

/**
 * Arrays of one shape joined along a new dimension before `dimension` (the last is −1). The result has the type of the first one.
 * @throws {ND4JIllegalStateException} when the shapes differ. @throws {RangeError} when there is no such dimension.
 */
function stack(dimension: number, ...args: Arrays): INDArray {
  return stackArrays('stack', dimension, arraysOf('stack', args));
}

function stackArrays(name: string, dimension: number, arrays: readonly INDArray[]): INDArray {
  const first = arrays[0] as INDArray;
  const { shape } = first.geometry;
  const along = normalizeDimension(dimension, shape.length + 1);
  for (const array of arrays) {
    if (sameShape(array.geometry.shape, shape) && array.isEmpty() === first.isEmpty()) continue;
    throw new ND4JIllegalStateException(
      `Cannot ${name} arrays of shapes ${formatShape(shape)} and ${array.isEmpty() ? 'empty ' : ''}${formatShape(array.geometry.shape)}: all shapes must be equal`,
    );
  }
  const result = allocate(first.info, [...shape.slice(0, along), arrays.length, ...shape.slice(along)], arrays);
  placeAlong(
    result,
    along,
    arrays.map((array) => array.viewOf(array.offset, insertDimension(array.geometry, along, 1, 1))),
  );
  return result;
}

/** Arrays of one shape joined along a new first dimension; scalars as rows of one number. @see stack */
function pile(...args: Arrays): INDArray {
  const arrays = arraysOf('pile', args);
  const scalars = arrays.every((array) => array.rank() === 0 && !array.isEmpty());
  return stackArrays('pile', 0, scalars ? arrays.map((array) => array.reshape(1)) : arrays);
}

/** The opposite of `pile`: copies of all tensors along the given dimensions. (1.0.0-M2.1 reads the bytes of other types as floats.) */
function tear(x: INDArray, ...dimensions: number[]): INDArray[] {
  const over = normalizeDimensions(dimensions, x.rank());
  const { count } = tensorsAlong(x.geometry, over);
  return Array.from({ length: count }, (_, index) => x.tensorAlongDimension(index, ...over).dup());
}

/** All elements of all arrays in one vector, one array after another, each read in `order` ('c' unless given). */
function toFlattened(...arrays: Arrays): INDArray;
function toFlattened(order: Order, ...arrays: Arrays): INDArray;
function toFlattened(...args: (Order | INDArray | readonly INDArray[])[]): INDArray {
  const order = typeof args[0] === 'string' ? orderArgument(args[0]) : 'c';
  const rest = (typeof args[0] === 'string' ? args.slice(1) : args) as Arrays;
  const arrays = arraysOf('toFlattened', rest);
  const length = arrays.reduce((sum, array) => sum + array.length(), 0);
  const first = arrays[0] as INDArray;
  const result = first.allocateDense(first.info, [length]);
  let at = 0;
  for (const array of arrays) {
    requireSameType('flatten', first, array);
    if (array.length() > 0) copy(viewed(result, at, denseGeometry(array.geometry.shape, order)), array);
    at += array.length();
  }
  return result;
}

/**
 * The array repeated as a whole: `repetitions` times along each dimension, the last ones when there are fewer dimensions than numbers.
 * @throws {ND4JIllegalStateException} for fewer numbers than dimensions.
 */
function tile(x: INDArray, ...repetitions: number[] | [readonly number[]]): INDArray {
  const counts = shapeArgument(repetitions);
  for (const count of counts) countArgument(count, 'count of repetitions', 1);
  checkArgument('tile', 'X', x);
  if (counts.length < x.rank()) {
    throw new ND4JIllegalStateException(
      `Cannot tile an array of shape ${formatShape(x.geometry.shape)} by ${formatShape(counts)}: needed is a count for each of ${x.rank()} dimensions`,
    );
  }
  const shape = [...new Array<number>(counts.length - x.rank()).fill(1), ...x.geometry.shape];
  const result = allocate(
    x.info,
    shape.map((size, dimension) => size * (counts[dimension] as number)),
    [x],
  );
  if (result.isEmpty()) return result;
  let target = result.geometry;
  let source = x.geometry;
  for (let missing = shape.length - x.rank(); missing > 0; missing--) source = insertDimension(source, 0, 1, 0);
  for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
    const count = counts[dimension] as number;
    if (count === 1) continue;
    target = splitDimension(target, dimension, count, shape[dimension] as number);
    source = insertDimension(source, dimension, 1, 0);
  }
  copy(viewed(result, 0, target), { buffer: x.buffer, offset: x.offset, geometry: source });
  return result;
}

/** Copies of the array one above another along a new first dimension; a row or column vector as a vector. @see INDArray.repeat */
function repeat(x: INDArray, count: number): INDArray {
  countArgument(count, 'count of repetitions', 1);
  checkArgument('repeat', 'X', x);
  const source = x.isVectorOrScalar() ? x.reshape(x.length()) : x;
  const result = x.allocateDense(x.info, [count, ...source.geometry.shape]);
  copy(result, source);
  return result;
}

/**
 * The array with constant elements around it. `pad(x, before, after)` for all dimensions, `pad(x, [[before, after], …])` for each,
 * then the constant, 0 unless given.
 * @throws {ND4JIllegalStateException} when there is not one pair for each dimension.
 */
function pad(x: INDArray, before: number, after: number, constant?: number): INDArray;
function pad(x: INDArray, widths: readonly (readonly number[])[], constant?: number): INDArray;
function pad(x: INDArray, first: number | readonly (readonly number[])[], second?: number, third?: number): INDArray {
  const { shape } = x.geometry;
  const widths = typeof first === 'number' ? shape.map(() => [first, second ?? first]) : first;
  const constant = (typeof first === 'number' ? third : second) ?? 0;
  checkArgument('pad', 'X', x);
  if (widths.length !== shape.length || widths.some((pair) => pair.length !== 2)) {
    throw new ND4JIllegalStateException(
      `Cannot pad an array of shape ${formatShape(shape)} by ${describeValue([...widths])}: needed is a pair of widths for each of ${shape.length} dimensions`,
    );
  }
  for (const width of widths.flat()) countArgument(width, 'width of a padding');
  const padded = shape.map(
    (size, dimension) => size + (widths[dimension]?.[0] as number) + (widths[dimension]?.[1] as number),
  );
  checkShape(padded);
  const result = x.allocateDense(x.info, padded);
  fill(result, constant);
  let offset = 0;
  let inner = result.geometry;
  shape.forEach((size, dimension) => {
    offset += (widths[dimension]?.[0] as number) * (result.geometry.strides[dimension] as number);
    inner = resizeDimension(inner, dimension, size);
  });
  if (x.length() > 0) copy(viewed(result, offset, inner), x);
  return result;
}

/** The array with `count` more indices of a constant behind its last ones along a dimension. */
function append(x: INDArray, count: number, value: number, dimension: number): INDArray {
  return extend(x, count, value, dimension, false);
}

/** The array with `count` more indices of a constant before its first ones along a dimension. */
function prepend(x: INDArray, count: number, value: number, dimension: number): INDArray {
  return extend(x, count, value, dimension, true);
}

function extend(x: INDArray, count: number, value: number, dimension: number, isBefore: boolean): INDArray {
  countArgument(count, 'number of indices');
  scalarArgument(value, 'constant');
  const along = normalizeDimension(dimension, x.rank());
  const widths = x.geometry.shape.map((_, each) => (each !== along ? [0, 0] : isBefore ? [count, 0] : [0, count]));
  return pad(x, widths, value);
}

/** The rows of all matrices below one another and a row of 1 and zeros at the end: what makes a column vector ready for a bias. */
function appendBias(...args: Arrays): INDArray {
  const arrays = arraysOf('appendBias', args);
  const joined = join('appendBias', 0, arrays);
  const last = joined.allocateDense(joined.info, [1, ...joined.geometry.shape.slice(1)]);
  fill(last, 0);
  const result = concat(0, joined, last.putScalar(0, 1));
  return result;
}

/** The family of combinations of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jCombine = {
  concat,
  hstack,
  vstack,
  stack,
  pile,
  tear,
  toFlattened,
  tile,
  repeat,
  pad,
  append,
  prepend,
  appendBias,
} as const;
