// Nd4j's sorting and reversing.

import { INT } from '../core/dataType.ts';
import { describeValue, formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { denseGeometry, Geometry, normalizeDimension, vectorGeometry } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { copy } from '../ops/layout.ts';
import { argSort, SortOrder, sort as sortAlong, sortWithIndices as sortAlongWithIndices } from '../ops/sorting.ts';
import { defaultTypes } from './defaultTypes.ts';
import type { INDArray } from './ndarray.ts';
import { isOwnDense, releaseTemporary, temporaryCopy } from './operands.ts';
import { reverseElements } from './reversing.ts';

function orderOf(ascending: boolean): SortOrder {
  return ascending ? SortOrder.ASCENDING : SortOrder.DESCENDING;
}

/**
 * Sorts in place: all elements in the array's own order, or along a dimension. Returns the array. NaN counts as largest; the sort is stable.
 */
function sort(x: INDArray, ascending: boolean): INDArray;
function sort(x: INDArray, dimension: number, ascending: boolean): INDArray;
function sort(x: INDArray, second: number | boolean, third?: boolean): INDArray {
  checkArgument('sort', 'X', x);
  if (typeof second === 'number') {
    const dimension = normalizeDimension(second, x.rank());
    if (x.rank() > 0) sortAlong(x, x, dimension, orderOf(third ?? true));
    return x;
  }
  const direct = isOwnDense(x.geometry);
  const target = direct ? x : temporaryCopy(x);
  const vector = target.viewOf(target.offset, vectorGeometry(x.length()));
  sortAlong(vector, vector, 0, orderOf(second));
  if (!direct) {
    copy(x, target);
    releaseTemporary(target);
  }
  return x;
}

/** Sorts along a dimension in place. Returns the positions that the elements came from, in the default type, and the array. */
function sortWithIndices(x: INDArray, dimension: number, ascending: boolean): [INDArray, INDArray] {
  checkArgument('sortWithIndices', 'X', x);
  const along = normalizeDimension(dimension, x.rank());
  const indices = x.allocate(defaultTypes.any, denseGeometry(x.geometry.shape));
  sortAlongWithIndices(x, indices, x, along, ascending ? SortOrder.ASCENDING : SortOrder.BACKWARDS);
  return [indices, x];
}

/** The rows of a matrix sorted by one column: a new array; equal rows keep their order. */
function sortRows(x: INDArray, column: number, ascending: boolean): INDArray {
  const key = checkKey('sortRows', x, column, 1);
  return sortedBy(x, 0, key, ascending, x.allocateDense(x.info, x.geometry.shape));
}

/** The columns of a matrix sorted by one row: a new array of the default type, as in ND4J; equal columns keep their order. */
function sortColumns(x: INDArray, row: number, ascending: boolean): INDArray {
  const key = checkKey('sortColumns', x, row, 0);
  return sortedBy(x, 1, key, ascending, x.allocateDense(defaultTypes.any, x.geometry.shape));
}

/** The column or row to sort by. */
function checkKey(name: string, x: INDArray, index: number, dimension: 0 | 1): INDArray {
  checkArgument(name, 'X', x);
  const { shape } = x.geometry;
  const size = shape[dimension] as number;
  if (shape.length !== 2 || !Number.isInteger(index) || index < 0 || index >= size) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} of an array of shape ${formatShape(shape)} by index ${describeValue(index)}: needed are a matrix and an index below ${size}`,
    );
  }
  return lineOf(x, dimension, index);
}

/** Row (dimension 0) or column (dimension 1) of a matrix as a vector. */
function lineOf(x: INDArray, dimension: 0 | 1, index: number): INDArray {
  const { shape, strides } = x.geometry;
  const other = 1 - dimension;
  return x.viewOf(
    x.offset + index * (strides[dimension] as number),
    new Geometry([shape[other] as number], [strides[other] as number], 'c'),
  );
}

function sortedBy(x: INDArray, dimension: 0 | 1, key: INDArray, ascending: boolean, result: INDArray): INDArray {
  const places = key.allocate(INT, vectorGeometry(key.length()));
  argSort(places, key, 0, orderOf(ascending));
  const order = Array.from(places.buffer.window() as Int32Array);
  releaseTemporary(places);
  order.forEach((from, to) => {
    copy(lineOf(result, dimension, to), lineOf(x, dimension, from));
  });
  return result;
}

/** The family of sorting of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jSorting = {
  sort,
  sortWithIndices,
  sortRows,
  sortColumns,
  /** Reverses all elements in 'c' order, in place. Returns the array. */
  reverse: (x: INDArray): INDArray => reverseElements('reverse', x, false),
} as const;
