// Nd4j's changes of shape and its gathers: expandDims, squeeze, rollAxis, rot90, pullRows, scatterUpdate.

import {
  describeValue,
  formatShape,
  ND4JIllegalStateException,
  UnsupportedOperationException,
} from '../core/errors.ts';
import { denseGeometry, normalizeDimension, type Order } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { copy } from '../ops/layout.ts';
import { indexArgument, orderArgument } from './arguments.ts';
import { NDArrayIndex } from './ndArrayIndex.ts';
import type { INDArray } from './ndarray.ts';
import { select, walkIndexed } from './selection.ts';

/**
 * The array with one more dimension of size 1 before `dimension`: a view in the array's order where possible. Behind the last dimension it
 * is put by the rank; −1 counts as the last dimension there is, as in ND4J.
 * @throws {RangeError}
 */
function expandDims(x: INDArray, dimension: number): INDArray {
  const rank = x.rank();
  const at = dimension === rank ? rank : normalizeDimension(dimension, rank);
  const shape = x.shape();
  shape.splice(at, 0, 1);
  return x.reshape(x.ordering(), shape);
}

/** The array without one dimension of size 1: a view in the array's order where possible. @throws {ND4JIllegalStateException} for another size. */
function squeeze(x: INDArray, dimension: number): INDArray {
  const at = normalizeDimension(dimension, x.rank());
  const shape = x.shape();
  if (shape[at] !== 1) {
    throw new ND4JIllegalStateException(
      `Squeeze: Only dimension of size 1 can be squeezed. Attempted to squeeze dimension ${dimension} of array with shape ${formatShape(shape)} (size ${shape[at] ?? 'none'}).`,
    );
  }
  shape.splice(at, 1);
  return x.reshape(x.ordering(), shape);
}

/** Moves a dimension before another one, the first unless given: a view. */
function rollAxis(x: INDArray, dimension: number, before = 0): INDArray {
  const rank = x.rank();
  const from = normalizeDimension(dimension, rank);
  const to = before === rank ? rank : normalizeDimension(before, rank);
  const order = Array.from({ length: rank }, (_, each) => each).filter((each) => each !== from);
  order.splice(to > from ? to - 1 : to, 0, from);
  return x.permute(...order);
}

/** The matrix turned by 90° counterclockwise, a copy. (1.0.0-M2.1 reverses the rows in place.) @throws {ND4JIllegalStateException} for other ranks. */
function rot90(x: INDArray): INDArray {
  if (x.rank() !== 2) {
    throw new ND4JIllegalStateException(
      `Only rotating matrices: cannot turn an array of shape ${formatShape(x.geometry.shape)}`,
    );
  }
  checkArgument('rot90', 'X', x);
  const columns = x.columns();
  const result = x.allocateDense(x.info, [columns, x.rows()]);
  for (let column = 0; column < columns; column++)
    copy(result.getRow(columns - 1 - column), x.getColumn(column).ravel());
  return result;
}

/**
 * Vectors of a matrix along a dimension (1: rows, 0: columns) by number, as a new matrix; of a vector its elements.
 * With `destination`, into that.
 * @throws {UnsupportedOperationException} for more dimensions. @throws {RangeError} when there is no such vector.
 */
function pullRows(source: INDArray, dimension: number, indices: readonly number[], order?: Order): INDArray;
function pullRows(source: INDArray, destination: INDArray, dimension: number, indices: readonly number[]): INDArray;
function pullRows(
  source: INDArray,
  second: number | INDArray,
  third: readonly number[] | number,
  fourth?: Order | readonly number[],
): INDArray {
  const hasDestination = typeof second === 'object';
  const indices = (hasDestination ? fourth : third) as readonly number[];
  const order = hasDestination || fourth === undefined ? 'c' : orderArgument(fourth);
  const rank = source.rank();
  if (rank < 1 || rank > 2) {
    throw new UnsupportedOperationException(
      `2D input is expected: cannot pull rows of an array of shape ${formatShape(source.geometry.shape)}`,
    );
  }
  const along = normalizeDimension((hasDestination ? third : second) as number, rank);
  const listed = rank === 1 ? 0 : 1 - along;
  const { shape } = source.geometry;
  for (const index of indices) indexArgument(index, shape[listed] as number, 'row', shape);
  checkArgument('pullRows', 'X', source);
  const chosen = NDArrayIndex.indices(indices);
  const selection = select(source.geometry, listed === 0 ? [chosen] : [NDArrayIndex.all(), chosen]);
  const result = source.allocate(source.info, denseGeometry(selection.geometry.shape, order));
  walkIndexed(source, selection, result, (part, place) => copy(place, part));
  return hasDestination ? second.assign(result) : result;
}

/** What `scatterUpdate` does with a slice and its update. @see org.nd4j…ScatterUpdate.UpdateOp */
export const UpdateOp = {
  ADD: 'ADD',
  SUBTRACT: 'SUBTRACT',
  MULTIPLY: 'MULTIPLY',
  DIVIDE: 'DIVIDE',
  RSUBTRACT: 'RSUBTRACT',
  RDIVIDE: 'RDIVIDE',
  ASSIGN: 'ASSIGN',
} as const;
export type UpdateOp = keyof typeof UpdateOp;

const UPDATES: Record<UpdateOp, (slice: INDArray, update: INDArray) => unknown> = {
  ADD: (slice, update) => slice.addi(update),
  SUBTRACT: (slice, update) => slice.subi(update),
  MULTIPLY: (slice, update) => slice.muli(update),
  DIVIDE: (slice, update) => slice.divi(update),
  RSUBTRACT: (slice, update) => slice.rsubi(update),
  RDIVIDE: (slice, update) => slice.rdivi(update),
  ASSIGN: (slice, update) => slice.assign(update),
};

/**
 * Changes tensors of `array` along the given dimensions, in place: the one of number `indices[i]` by the i-th tensor of `updates`.
 * @throws {TypeError} for an unknown operation. @throws {RangeError} when there is no such tensor. @throws {ND4JIllegalStateException} when shapes do not fit.
 */
function scatterUpdate(
  op: UpdateOp,
  array: INDArray,
  indices: INDArray | readonly number[],
  updates: INDArray,
  ...dimensions: number[]
): INDArray {
  const update = Object.hasOwn(UPDATES, op) ? UPDATES[op] : undefined;
  if (update === undefined) {
    throw new TypeError(`Unknown update ${describeValue(op)}: needed is one of ${Object.keys(UPDATES).join(', ')}`);
  }
  const chosen = Array.isArray(indices)
    ? (indices as readonly number[])
    : Array.from((indices as INDArray).castTo('LONG').ravel().toLongVector());
  const count = array.tensorsAlongDimension(...dimensions);
  for (const index of chosen) indexArgument(index, count, 'tensor', array.geometry.shape);
  const available = updates.tensorsAlongDimension(...dimensions);
  if (available !== chosen.length) {
    throw new ND4JIllegalStateException(
      `Cannot update ${chosen.length} tensors by the ${available} tensors of an array of shape ${formatShape(updates.geometry.shape)}: needed is one update for each index`,
    );
  }
  chosen.forEach((index, each) => {
    update(array.tensorAlongDimension(index, ...dimensions), updates.tensorAlongDimension(each, ...dimensions));
  });
  return array;
}

/** The family of shapes and gathers of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jShape = { expandDims, squeeze, rollAxis, rot90, pullRows, scatterUpdate } as const;
