// The factories of Nd4j: arrays of zeros, ones, given data, ranges. All live in the current workspace, or on the heap when there is none.

import { BOOL, type DataType, type DataTypeInfo, dataTypeInfo, FLOAT, LONG } from '../core/dataType.ts';
import { describeValue, formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { roundTo } from '../core/float16.ts';
import { checkShape, denseGeometry, denseLike, EMPTY_SCALAR, Geometry, type Order } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import { writeElement } from '../memory/element.ts';
import { checkArgument } from '../memory/validity.ts';
import { copy, fill } from '../ops/layout.ts';
import { countArgument, orderArgument, scalarArgument, shapeArgument } from './arguments.ts';
import { type ArrayData, arrayOf } from './arrayData.ts';
import { defaultTypes } from './defaultTypes.ts';
import { type INDArray, NDArray } from './ndarray.ts';

type Scalar = number | bigint | boolean;

/** An array in the current workspace or on the heap. */
function make(info: DataTypeInfo, geometry: Geometry, isZeroed: boolean): INDArray {
  return new NDArray(DataBuffer.allocate(info, geometry.length, isZeroed), 0, geometry);
}

function isOrder(value: unknown): value is Order {
  return value === 'c' || value === 'f';
}

/** Reads `([type,] sizes…)` and `([type,] [sizes], [order], [type])`. */
function readShape(args: readonly unknown[]): { info: DataTypeInfo; geometry: Geometry } {
  let rest = args;
  let info: DataTypeInfo | undefined;
  let order: Order = 'c';
  if (typeof rest[0] === 'string' && !isOrder(rest[0])) {
    info = dataTypeInfo(rest[0] as DataType);
    rest = rest.slice(1);
  } else if (isOrder(rest[0])) {
    order = rest[0];
    rest = rest.slice(1);
  }
  const extras = Array.isArray(rest[0]) ? rest.slice(1) : [];
  for (const extra of extras) {
    if (isOrder(extra)) order = extra;
    else info = dataTypeInfo(extra as DataType);
  }
  const shape = shapeArgument(Array.isArray(rest[0]) ? [rest[0]] : rest);
  checkShape(shape);
  return { info: info ?? defaultTypes.any, geometry: denseGeometry(shape, order) };
}

function filled(args: readonly unknown[], value: number): INDArray {
  const { info, geometry } = readShape(args);
  const array = make(info, geometry, value === 0);
  if (value !== 0) fill(array, value);
  return array;
}

/** A vector whose element i is `at(i)`. */
function vectorOf(info: DataTypeInfo, length: number, at: (index: number) => number): INDArray {
  checkShape([length], 'number of elements');
  const array = make(info, denseGeometry([length]), false);
  for (let index = 0; index < length; index++) writeElement(array.buffer, index, at(index));
  return array;
}

/** Zeros of a shape. */
function create(...shape: number[]): INDArray;
/** An array of data. Numbers get the default floating type, booleans BOOL, bigints LONG, typed arrays their own type, unless `type` is given. */
function create(data: ArrayData, type?: DataType): INDArray;
/** Elements in `order` ('c' unless given) under a shape. @throws {ND4JIllegalStateException} when there are more or fewer. */
function create(data: ArrayData, shape: readonly number[], order?: Order, type?: DataType): INDArray;
/** Zeros of a shape, laid out in `order`; nested and typed arrays instead of sizes are data. */
function create(shape: readonly number[] | ArrayData, order: Order, type?: DataType): INDArray;
/** Zeros of a type. */
function create(type: DataType, ...shape: number[]): INDArray;
function create(type: DataType, shape: readonly number[], order?: Order): INDArray;
function create(...args: unknown[]): INDArray {
  const [first, second, third, fourth] = args;
  if (typeof first === 'number' || typeof first === 'string') return filled(args, 0);
  if (args.length === 0) throw new TypeError('Cannot create an array of nothing: needed are sizes, data or a type');
  const data = first as ArrayData;
  if (Array.isArray(second)) {
    const type = fourth === undefined ? undefined : dataTypeInfo(fourth as DataType);
    return arrayOf(data, second as number[], third === undefined ? 'c' : orderArgument(third), type);
  }
  if (isOrder(second)) {
    const isShape = Array.isArray(data) && data.every((size) => typeof size === 'number');
    return isShape
      ? filled(args, 0)
      : arrayOf(data, undefined, second, third === undefined ? undefined : dataTypeInfo(third as DataType));
  }
  return arrayOf(data, undefined, 'c', second === undefined ? undefined : dataTypeInfo(second as DataType));
}

/** An array of numbers given one by one, or of nested or typed arrays. @see create */
function createFromArray(...elements: number[] | boolean[] | bigint[]): INDArray;
function createFromArray(data: ArrayData, type?: DataType): INDArray;
function createFromArray(...args: unknown[]): INDArray {
  const [first, second] = args;
  if (typeof first !== 'object') return arrayOf(args as number[]);
  return arrayOf(
    first as ArrayData,
    undefined,
    'c',
    second === undefined ? undefined : dataTypeInfo(second as DataType),
  );
}

/** Zeros of the default type, or of a type. */
function zeros(...shape: number[]): INDArray;
function zeros(shape: readonly number[], order?: Order): INDArray;
function zeros(type: DataType, ...shape: number[]): INDArray;
function zeros(type: DataType, shape: readonly number[], order?: Order): INDArray;
function zeros(...args: unknown[]): INDArray {
  return filled(args, 0);
}

/** Ones of the default type, or of a type. */
function ones(...shape: number[]): INDArray;
function ones(shape: readonly number[], order?: Order): INDArray;
function ones(type: DataType, ...shape: number[]): INDArray;
function ones(type: DataType, shape: readonly number[], order?: Order): INDArray;
function ones(...args: unknown[]): INDArray {
  return filled(args, 1);
}

/** An array whose elements are whatever the memory holds. */
function createUninitialized(...shape: number[]): INDArray;
function createUninitialized(shape: readonly number[], order?: Order): INDArray;
function createUninitialized(type: DataType, ...shape: number[]): INDArray;
function createUninitialized(type: DataType, shape: readonly number[], order?: Order): INDArray;
function createUninitialized(...args: unknown[]): INDArray {
  const { info, geometry } = readShape(args);
  return make(info, geometry, false);
}

/** `createUninitialized` on the heap, whatever workspace is current. */
function createUninitializedDetached(...shape: number[]): INDArray;
function createUninitializedDetached(shape: readonly number[], order?: Order): INDArray;
function createUninitializedDetached(type: DataType, ...shape: number[]): INDArray;
function createUninitializedDetached(type: DataType, shape: readonly number[], order?: Order): INDArray;
function createUninitializedDetached(...args: unknown[]): INDArray {
  const { info, geometry } = readShape(args);
  return new NDArray(DataBuffer.allocateDetached(info, geometry.length, false), 0, geometry);
}

/** A scalar of rank 0: numbers get the default floating type, booleans BOOL, bigints LONG; or the given type. */
function scalar(value: Scalar): INDArray;
function scalar(type: DataType, value: Scalar): INDArray;
function scalar(first: DataType | Scalar, second?: Scalar): INDArray {
  const given = typeof first === 'string' ? dataTypeInfo(first) : undefined;
  const value = scalarArgument(given === undefined ? first : second, 'value of a scalar');
  const implied = typeof value === 'boolean' ? BOOL : typeof value === 'bigint' ? LONG : defaultTypes.floating;
  const array = make(given ?? implied, denseGeometry([]), false);
  writeElement(array.buffer, 0, value);
  return array;
}

/** An array whose elements all are `value`. A single size gives a vector. @throws {ND4JIllegalStateException} for BOOL and a number other than 0 and 1. */
function valueArrayOf(shape: readonly number[] | number, value: Scalar, type?: DataType): INDArray;
function valueArrayOf(rows: number, columns: number, value: number): INDArray;
function valueArrayOf(first: readonly number[] | number, second: Scalar, third?: Scalar | DataType): INDArray {
  const isMatrix = typeof third === 'number';
  const shape = isMatrix ? [first as number, second as number] : typeof first === 'number' ? [first] : first;
  const value = scalarArgument(isMatrix ? third : second, 'value');
  checkShape(shape);
  const info = typeof third === 'string' ? dataTypeInfo(third) : defaultTypes.any;
  return make(info, denseGeometry(shape), false).assign(value);
}

/** 0, 1, 2 … before `end`; from `begin`; in steps. FLOAT unless a type is given, whatever the default type is, as in ND4J. */
function arange(end: number): INDArray;
function arange(begin: number, end: number, step?: number, type?: DataType): INDArray;
function arange(first: number, second?: number, step = 1, type: DataType = 'FLOAT'): INDArray {
  const begin = second === undefined ? 0 : first;
  const end = second ?? first;
  if (!Number.isFinite(begin) || !Number.isFinite(end) || !Number.isFinite(step) || step === 0) {
    throw new RangeError(
      `Cannot make a range from ${describeValue(begin)} to ${describeValue(end)} in steps of ${describeValue(step)}: needed are finite numbers and a step other than 0`,
    );
  }
  const length = Math.max(Math.ceil((end - begin) / step), 0);
  return vectorOf(dataTypeInfo(type), length, (index) => begin + index * step);
}

/** `count` numbers evenly spaced from `lower` to `upper`, both included: a vector; for one number a scalar of rank 0, as in ND4J. */
function linspace(lower: number, upper: number, count: number, type?: DataType): INDArray;
/** `count` numbers from `lower` in steps. */
function linspace(type: DataType, lower: number, step: number, count: number): INDArray;
function linspace(...args: (number | DataType | undefined)[]): INDArray {
  const isStepped = typeof args[0] === 'string';
  const [lower, second, count] = (isStepped ? args.slice(1) : args) as [number, number, number];
  if (!Number.isFinite(lower) || !Number.isFinite(second)) {
    throw new RangeError(
      `Cannot make a linear space of ${describeValue(lower)} and ${describeValue(second)}: needed are finite numbers`,
    );
  }
  countArgument(count, 'number of elements', 1);
  const type = (isStepped ? args[0] : args[3]) as DataType | undefined;
  const info = type === undefined ? defaultTypes.floating : dataTypeInfo(type);
  if (count === 1) {
    const single = make(info, denseGeometry([]), false);
    writeElement(single.buffer, 0, lower);
    return single;
  }
  if (isStepped) return vectorOf(info, count, (index) => lower + index * second);
  return vectorOf(info, count, between(lower, second, count, info));
}

/** ND4J's way from `lower` to `upper`: each step rounded to the type, those of integers to FLOAT. */
function between(lower: number, upper: number, count: number, info: DataTypeInfo): (index: number) => number {
  const round = (x: number): number => roundTo(info.isFloating ? info : FLOAT, x);
  return (index) => {
    const part = round(index / (count - 1));
    return round(round(lower - round(lower * part)) + round(part * upper));
  };
}

/** The identity matrix of the default type. */
function eye(size: number): INDArray {
  countArgument(size, 'size of a matrix');
  const array = filled([size, size], 0);
  for (let index = 0; index < size; index++) writeElement(array.buffer, index * (size + 1), 1);
  return array;
}

/** The square matrix with a vector on its diagonal; or the diagonal of a square matrix as a vector. @throws {ND4JIllegalStateException} for other shapes. */
function diag(x: INDArray): INDArray {
  checkArgument('diag', 'X', x);
  const { shape } = x.geometry;
  const size = x.length();
  if (x.isVectorOrScalar()) {
    const array = make(x.info, denseGeometry([size, size]), true);
    copy(array.viewOf(0, diagonalOf(array.geometry)), x.reshape(size));
    return array;
  }
  if (!x.isSquare()) {
    throw new ND4JIllegalStateException(
      `Cannot take the diagonal of an array of shape ${formatShape(shape)}: needed is a vector or a square matrix`,
    );
  }
  const array = make(x.info, denseGeometry([shape[0] as number]), false);
  copy(array, x.viewOf(x.offset, diagonalOf(x.geometry)));
  return array;
}

function diagonalOf({ shape, strides }: Geometry): Geometry {
  return new Geometry([shape[0] as number], [(strides[0] as number) + (strides[1] as number)], 'c');
}

/** Coordinates of a grid: two matrices of `y.length()` rows and `x.length()` columns, with x along the rows of the first and y along the columns of the second. */
function meshgrid(x: INDArray, y: INDArray): [INDArray, INDArray] {
  checkArgument('meshgrid', 'X', x);
  checkArgument('meshgrid', 'Y', y);
  const shape = [y.length(), x.length()];
  return [x.reshape(1, x.length()).broadcast(shape), y.reshape(y.length(), 1).broadcast(shape)];
}

/** The family of factories of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jCreation = {
  create,
  createFromArray,
  zeros,
  ones,
  createUninitialized,
  createUninitializedDetached,
  scalar,
  valueArrayOf,
  arange,
  linspace,
  eye,
  diag,
  meshgrid,
  /** ND4J's empty array, of rank 0 and without an element. */
  empty: (type: DataType = defaultTypes.any.name): INDArray => make(dataTypeInfo(type), EMPTY_SCALAR, false),
  /** Zeros of x's type and shape, in 'c' order. */
  zerosLike: (x: INDArray): INDArray => make(x.info, denseLike(x.geometry, 'c'), true),
  /** Ones of x's type and shape, in 'c' order. */
  onesLike: (x: INDArray): INDArray => {
    const array = make(x.info, denseLike(x.geometry, 'c'), false);
    fill(array, 1);
    return array;
  },
  /** A buffer of elements: zeros of the default type or of a type, or a copy of data. It belongs to the current workspace, or to the heap. */
  createBuffer: (first: number | ArrayData, type?: DataType): DataBuffer => {
    const info = type === undefined ? undefined : dataTypeInfo(type);
    if (typeof first !== 'number') return arrayOf(first, undefined, 'c', info).data();
    checkShape([first], 'length of a buffer');
    return DataBuffer.allocate(info ?? defaultTypes.any, first, true);
  },
} as const;
