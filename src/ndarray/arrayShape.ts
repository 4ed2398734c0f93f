// Other shapes of the same elements: reshape, permute, transpose, broadcast, slices and tensors along dimensions. Views where strides permit.

import { describeValue, formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { checkShape, denseGeometry, Geometry, normalizeDimension, type Order } from '../core/geometry.ts';
import { reshapeStrides } from '../core/reshape.ts';
import { ArrayMemory } from './arrayMemory.ts';
import type { INDArray } from './ndarray.ts';

export abstract class ArrayShape extends ArrayMemory {
  /**
   * The same elements in another shape, read in `order` ('c' unless given). One size may be −1.
   * A view when the strides permit it, else a copy in the current workspace.
   */
  reshape(...shape: number[]): INDArray;
  reshape(shape: readonly number[]): INDArray;
  reshape(order: Order, ...shape: number[]): INDArray;
  reshape(order: Order, shape: readonly number[]): INDArray;
  reshape(...args: (Order | number | readonly number[])[]): INDArray {
    const order = typeof args[0] === 'string' ? (args.shift() as Order) : 'c';
    const shape = resolveShape((Array.isArray(args[0]) ? args[0] : args) as readonly number[], this.length());
    const { geometry } = this;
    const dense = order === 'c' ? geometry.isDenseC : geometry.isDenseF;
    if (dense) return this.viewOf(this.offset, denseGeometry(shape, order));
    const strides = reshapeStrides(geometry, shape, order);
    if (strides !== undefined) return this.viewOf(this.offset, new Geometry(shape, strides, order));
    const copied = this.dup(order);
    return copied.viewOf(copied.offset, denseGeometry(shape, order));
  }

  /** The dimensions in another order: a view. @throws {ND4JIllegalStateException} when `order` is no permutation. */
  permute(...order: number[]): INDArray {
    return this.viewOf(this.offset, permuted(this.geometry, order));
  }

  /** All dimensions reversed: a view. @throws {ND4JIllegalStateException} for rank below 2. */
  transpose(): INDArray {
    const rank = this.rank();
    if (rank < 2) throw new ND4JIllegalStateException(`Cannot transpose an array of rank ${rank} and shape ${formatShape(this.geometry.shape)}: needed is rank 2 or more; reshape it to a row or column first`);
    return this.viewOf(this.offset, permuted(this.geometry, Array.from({ length: rank }, (_, step) => rank - 1 - step)));
  }
}

/** A shape with −1 resolved. @throws {ND4JIllegalStateException} when the number of elements differs. */
function resolveShape(shape: readonly number[], length: number): number[] {
  const resolved = [...shape];
  const open = resolved.indexOf(-1);
  if (open >= 0) {
    const known = resolved.reduce((product, size, dimension) => (dimension === open ? product : product * size), 1);
    resolved[open] = known === 0 ? 0 : length / known;
    if (!Number.isInteger(resolved[open]) || resolved.indexOf(-1) >= 0) throw mismatch(shape, length);
  }
  checkShape(resolved);
  if (resolved.reduce((product, size) => product * size, 1) !== length) throw mismatch(shape, length);
  return resolved;
}

function mismatch(shape: readonly number[], length: number): Error {
  const product = shape.reduce((value, size) => value * size, 1);
  return new ND4JIllegalStateException(
    `New shape length doesn't match original length: [${product}] vs [${length}]. Cannot reshape ${length} elements to ${formatShape(shape)}: the sizes must multiply to ${length}, with at most one −1`,
  );
}

/** The geometry with its dimensions in another order; order flag 'f' when the result is dense so. */
function permuted(geometry: Geometry, order: readonly number[]): Geometry {
  const rank = geometry.rank;
  const normal = order.map((dimension) => normalizeDimension(dimension, rank));
  if (normal.length !== rank || new Set(normal).size !== rank) {
    throw new ND4JIllegalStateException(`Cannot permute an array of rank ${rank} by ${describeValue([...order])}: needed are all dimensions 0 to ${rank - 1}, each once`);
  }
  const shape = normal.map((dimension) => geometry.shape[dimension] as number);
  const strides = normal.map((dimension) => geometry.strides[dimension] as number);
  const seen = new Geometry(shape, strides, geometry.order);
  const flag: Order = seen.isDenseC ? 'c' : seen.isDenseF ? 'f' : geometry.order;
  return flag === geometry.order ? seen : new Geometry(shape, strides, flag);
}
