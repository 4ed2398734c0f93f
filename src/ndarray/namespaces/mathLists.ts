// NDMath: functions of lists of arrays, of labels and of indices.

import { BOOL, type DataType, dataTypeInfo, INT, LONG } from '../../core/dataType.ts';
import { describeValue, formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry, Geometry, sameShape } from '../../core/geometry.ts';
import { checkArgument } from '../../memory/validity.ts';
import { Binary } from '../../ops/codes.ts';
import { binary, binaryScalar } from '../../ops/elementwise.ts';
import { copy } from '../../ops/layout.ts';
import { countArgument } from '../arguments.ts';
import { isMax } from '../isMax.ts';
import type { INDArray } from '../ndarray.ts';
import { isInteger, requireFloating, requireSameType } from '../operands.ts';
import { requireNumericArrays } from './checks.ts';
import { arrayFrom, doublesOf } from './doubles.ts';

/** @returns the first of several numeric arrays of one shape and type. @throws {TypeError} for none */
function firstOf(name: string, arrays: readonly INDArray[]): INDArray {
  const first = Array.isArray(arrays) ? (arrays[0] as INDArray | undefined) : undefined;
  if (first === undefined)
    throw new TypeError(`Cannot ${name} ${describeValue(arrays)}: needed is a list of at least one array`);
  requireNumericArrays(name, ...arrays);
  for (const each of arrays) {
    requireSameType(name, first, each);
    if (sameShape(first.geometry.shape, each.geometry.shape)) continue;
    throw new ND4JIllegalStateException(
      `Cannot ${name} arrays of shapes ${formatShape(first.geometry.shape)} and ${formatShape(each.geometry.shape)}: all must have the same shape`,
    );
  }
  return first;
}

function merged(name: string, op: Binary, arrays: readonly INDArray[]): INDArray {
  const first = firstOf(name, arrays);
  const result = first.allocate(first.info, denseGeometry(first.geometry.shape));
  copy(result, first);
  for (const each of arrays.slice(1)) binary(op, result, result, each);
  return result;
}

/** Sums several arrays of one shape and type. */
function mergeAdd(arrays: readonly INDArray[]): INDArray {
  return merged('mergeAdd', Binary.ADD, arrays);
}

/** The mean of several floating arrays. */
function mergeAvg(arrays: readonly INDArray[]): INDArray {
  requireFloating('mergeAvg', firstOf('mergeAvg', arrays));
  const result = merged('mergeAvg', Binary.ADD, arrays);
  binaryScalar(Binary.DIV, result, result, arrays.length);
  return result;
}

/** The largest of the elements at one place. */
function mergeMax(arrays: readonly INDArray[]): INDArray {
  return merged('mergeMax', Binary.MAX, arrays);
}

/** Which of the arrays has the largest element (the first of equal ones), as INT or LONG. */
function mergeMaxIndex(arrays: readonly INDArray[], type: DataType = 'INT'): INDArray {
  const first = firstOf('mergeMaxIndex', arrays);
  const info = dataTypeInfo(type);
  if (info !== INT && info !== LONG) {
    throw new ND4JIllegalStateException(`Cannot mergeMaxIndex into type ${type}: needed is INT or LONG`);
  }
  const largest = doublesOf(first);
  const places = new Float64Array(largest.length);
  arrays.slice(1).forEach((each, index) => {
    doublesOf(each).forEach((value, at) => {
      if (!(value > (largest[at] as number))) return;
      largest[at] = value;
      places[at] = index + 1;
    });
  });
  return arrayFrom(first, info, first.geometry.shape, places);
}

/** The coordinates of a grid, one array for each axis; with `cartesian` the first two dimensions are exchanged: [y, x, …]. */
function meshgrid(arrays: readonly INDArray[], cartesian: boolean): INDArray[] {
  requireNumericArrays('meshgrid', ...arrays);
  const order = arrays.map((_, axis) => axis);
  if (cartesian && arrays.length > 1) [order[0], order[1]] = [1, 0];
  const shape = order.map((axis) => (arrays[axis] as INDArray).length());
  return arrays.map((each, axis) => {
    const flat = each.reshape(each.length());
    const strides = order.map((dimension) => (dimension === axis ? (flat.geometry.strides[0] as number) : 0));
    const result = each.allocate(each.info, denseGeometry(shape));
    copy(result, flat.viewOf(flat.offset, new Geometry(shape, strides, 'c')));
    return result;
  });
}

/** The elements of x that y does not have, and their positions as LONG. Empty arrays when there are none, where 1.0.0-M2.1 fails. */
function listDiff(x: INDArray, y: INDArray): INDArray[] {
  requireNumericArrays('listDiff', x, y);
  requireSameType('listDiff', x, y);
  const unwanted = new Set(doublesOf(y));
  const values = doublesOf(x);
  const places = Array.from(values.keys()).filter((at) => !unwanted.has(values[at] as number));
  const kept = places.map((at) => values[at] as number);
  return [arrayFrom(x, x.info, [kept.length], kept), arrayFrom(x, LONG, [kept.length], places)];
}

/**
 * How often each label (row) was predicted as each class (column), [n, n]: of INT, or of a type; the sum of weights instead, without
 * fractions. n is the number of classes when given, else one more than the largest label.
 */
function confusionMatrix(labels: INDArray, predictions: INDArray, type: DataType): INDArray;
function confusionMatrix(labels: INDArray, predictions: INDArray, classes: number): INDArray;
function confusionMatrix(labels: INDArray, predictions: INDArray, weights: INDArray, classes?: number): INDArray;
function confusionMatrix(
  labels: INDArray,
  predictions: INDArray,
  how: DataType | number | INDArray,
  classes: number | undefined = typeof how === 'number' ? how : undefined,
): INDArray {
  requireNumericArrays('confusionMatrix', labels, predictions);
  const weights = typeof how === 'object' ? how : undefined;
  if (weights !== undefined) requireNumericArrays('confusionMatrix', weights);
  const info = typeof how === 'string' ? dataTypeInfo(how) : INT;
  const length = labels.length();
  for (const each of [predictions, weights ?? labels]) {
    if (each.length() === length) continue;
    throw new ND4JIllegalStateException(
      `Cannot make a confusionMatrix of ${length} labels and ${each.length()} predictions or weights: needed are as many`,
    );
  }
  const rows = indicesOf('confusionMatrix', labels);
  const columns = indicesOf('confusionMatrix', predictions);
  const largest = Math.max(...rows, ...columns);
  const size = classes === undefined ? largest + 1 : countArgument(classes, 'number of classes', 1);
  if (largest >= size) {
    throw new ND4JIllegalStateException(
      `Cannot make a confusionMatrix of ${size} classes: found a label ${largest}, needed are 0 to ${size - 1}`,
    );
  }
  const counts = new Float64Array(size * size);
  const added = weights === undefined ? undefined : doublesOf(weights);
  for (let i = 0; i < length; i++) {
    const at = (rows[i] as number) * size + (columns[i] as number);
    counts[at] = Math.trunc((counts[at] as number) + (added === undefined ? 1 : (added[i] as number)));
  }
  return arrayFrom(labels, info, [size, size], counts);
}

/** The elements of an array of integers ≥ 0. */
function indicesOf(name: string, x: INDArray): Float64Array {
  const values = doublesOf(x);
  if (!isInteger(x.info) || values.some((each) => each < 0)) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} with an array of type ${x.info.name}: needed are integers from 0 on`,
    );
  }
  return values;
}

/** How `embeddingLookup` spreads indices over several tables; with one table both mean the same. */
export const PartitionMode = { MOD: 'MOD', DIV: 'DIV' } as const;
export type PartitionMode = keyof typeof PartitionMode;

/** The rows of a table by their indices: shape of the indices ++ shape of a row. 1.0.0-M2.1 fails to run it. */
function embeddingLookup(x: INDArray, indices: INDArray, mode: PartitionMode): INDArray {
  requireNumericArrays('embeddingLookup', x, indices);
  if (!Object.hasOwn(PartitionMode, mode)) {
    throw new TypeError(`Cannot embeddingLookup with mode ${describeValue(mode)}: needed is MOD or DIV`);
  }
  const rows = indicesOf('embeddingLookup', indices);
  const count = x.geometry.shape[0] ?? 0;
  const beyond = rows.find((row) => row >= count);
  if (beyond !== undefined) {
    throw new ND4JIllegalStateException(
      `Cannot embeddingLookup row ${beyond} of ${formatShape(x.geometry.shape)}: there are ${count}`,
    );
  }
  const shape = x.geometry.shape.slice(1);
  const row = new Geometry(shape, x.geometry.strides.slice(1), 'c');
  const target = denseGeometry(shape);
  const result = x.allocate(x.info, denseGeometry([...indices.geometry.shape, ...shape]));
  rows.forEach((from, to) => {
    copy(
      result.viewOf(result.offset + to * target.length, target),
      x.viewOf(x.offset + from * (x.geometry.strides[0] as number), row),
    );
  });
  return result;
}

/** Whether each element in 'c' order fits the one before it, as a BOOL scalar. */
function ordered(name: string, fits: (before: number, after: number) => boolean): (x: INDArray) => INDArray {
  return (x) => {
    requireNumericArrays(name, x);
    const values = doublesOf(x);
    const all = values.every((value, index) => index === 0 || fits(values[index - 1] as number, value));
    return arrayFrom(x, BOOL, [], [Number(all)]);
  };
}

/** The family of lists of NDMath. */
export const mathLists = {
  mergeAdd,
  mergeAvg,
  mergeMax,
  mergeMaxIndex,
  meshgrid,
  listDiff,
  confusionMatrix,
  embeddingLookup,
  /** True at the first largest element, as BOOL. */
  isMax(x: INDArray): INDArray {
    checkArgument('isMax', 'X', x);
    return isMax(x, 'BOOL');
  },
  /** Whether no element is smaller than the one before it, as a BOOL scalar. */
  isNonDecreasing: ordered('isNonDecreasing', (before, after) => before <= after),
  /** Whether every element is larger than the one before it, as a BOOL scalar. */
  isStrictlyIncreasing: ordered('isStrictlyIncreasing', (before, after) => before < after),
} as const;
