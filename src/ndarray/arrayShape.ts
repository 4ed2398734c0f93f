// Other shapes of the same elements: reshape, permute, transpose, broadcast, repeat. Views where strides permit.
//
// A view shares the elements: what is written into one is seen in the other, and both live as long as the memory does.

import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import {
  broadcastShapes,
  checkShape,
  denseGeometry,
  denseLike,
  naturalGeometry,
  normalizeDimension,
  type Order,
  sameShape,
} from '../core/geometry.ts';
import { permuteGeometry, reshapeGeometry, resolveShape, transposeGeometry } from '../core/reshape.ts';
import { insertDimension, resizeDimension, splitDimension } from '../core/slices.ts';
import { checkArgument } from '../memory/validity.ts';
import { type ArrayView, viewed } from '../memory/view.ts';
import { copy, fill } from '../ops/layout.ts';
import { countArgument, orderArgument, shapeArgument } from './arguments.ts';
import { ArrayMemory } from './arrayMemory.ts';
import type { INDArray } from './ndarray.ts';

export abstract class ArrayShape extends ArrayMemory {
  /**
   * The same elements in another shape, read in `order` ('c' unless given). One size may be −1.
   * A view when the strides permit it, else a copy in the current workspace.
   * @throws {ND4JIllegalStateException} when the sizes do not multiply to the length.
   */
  reshape(...shape: number[]): INDArray;
  reshape(shape: readonly number[]): INDArray;
  reshape(order: Order, ...shape: number[]): INDArray;
  reshape(order: Order, shape: readonly number[]): INDArray;
  reshape(...args: (Order | number | readonly number[])[]): INDArray {
    const first = args[0];
    const order = typeof first === 'string' ? orderArgument(first) : 'c';
    const sizes = shapeArgument(typeof first === 'string' ? args.slice(1) : args);
    const { geometry } = this;
    const shape = resolveShape(sizes, geometry.length, geometry.shape);
    const seen = reshapeGeometry(geometry, shape, order);
    if (seen !== undefined) return this.viewOf(this.offset, seen);
    checkArgument('reshape', 'X', this);
    const copied = this.allocate(this.info, denseGeometry(shape, order));
    copy(copied.viewOf(0, denseGeometry(geometry.shape, order)), this);
    return copied;
  }

  /** All elements as a vector, read in 'c' order unless `order` says otherwise. (1.0.0-M2.1 takes 'f' for a dimension and throws.) */
  ravel(order: Order = 'c'): INDArray {
    return this.reshape(order, this.length());
  }

  /**
   * The dimensions in another order: a view; this very array when the order is theirs.
   * @throws {ND4JIllegalStateException} when `order` does not name each dimension once.
   */
  permute(...order: number[]): INDArray {
    const geometry = permuteGeometry(this.geometry, order);
    return geometry === this.geometry ? this.self() : this.viewOf(this.offset, geometry);
  }

  /** `permute` of this very handle: views and other handles of the elements keep their shape. */
  permutei(...order: number[]): INDArray {
    this.geometry = permuteGeometry(this.geometry, order);
    return this.self();
  }

  /** All dimensions reversed: a view. @throws {ND4JIllegalStateException} for rank below 2. */
  transpose(): INDArray {
    this.requireMatrix('transpose');
    return this.viewOf(this.offset, transposeGeometry(this.geometry));
  }

  /** `transpose` of this very handle. @see permutei */
  transposei(): INDArray {
    this.requireMatrix('transposei');
    this.geometry = transposeGeometry(this.geometry);
    return this.self();
  }

  /** Two dimensions exchanged: a view. Negative dimensions count from the end. */
  swapAxes(first: number, second: number): INDArray {
    const rank = this.rank();
    const order = Array.from({ length: rank }, (_, dimension) => dimension);
    const a = normalizeDimension(first, rank);
    const b = normalizeDimension(second, rank);
    order[a] = b;
    order[b] = a;
    return this.permute(...order);
  }

  /**
   * The elements repeated to a larger shape as NumPy does (shapes aligned at their last dimensions, sizes equal or 1): a copy
   * in 'c' order, or `result`, which has that shape.
   * @throws {ND4JIllegalStateException} when the shapes do not fit.
   */
  broadcast(...shape: number[]): INDArray;
  broadcast(shape: readonly number[]): INDArray;
  broadcast(result: INDArray): INDArray;
  broadcast(...args: (number | readonly number[] | INDArray)[]): INDArray {
    const result = args[0] instanceof ArrayMemory ? (args[0] as unknown as INDArray) : undefined;
    const shape = result?.geometry.shape ?? shapeArgument(args as (number | readonly number[])[]);
    checkShape(shape);
    const fits = broadcastShapes(this.geometry.shape, shape);
    if (fits === undefined || !sameShape(fits, shape)) {
      throw new ND4JIllegalStateException(
        `Cannot broadcast ${formatShape(this.geometry.shape)} to ${formatShape(shape)}: aligned at their last dimensions, sizes must be equal or 1 in the smaller shape`,
      );
    }
    checkArgument('broadcast', 'X', this);
    if (result !== undefined) checkArgument('broadcast', 'Z', result);
    const target = result ?? this.allocateDense(this.info, shape);
    copy(target, this);
    return target;
  }

  /**
   * Each element along `dimension` repeated: [1, 2] twice gives [1, 1, 2, 2]. With several counts, element i is repeated `counts[i]` times.
   * A copy in this array's order.
   */
  repeat(dimension: number, ...counts: number[]): INDArray {
    const along = normalizeDimension(dimension, this.rank());
    checkArgument('repeat', 'X', this);
    const source = this.rank() === 0 ? this.reshape(1) : this;
    const { geometry } = source;
    const size = geometry.shape[along] as number;
    for (const count of counts) countArgument(count, 'count of repetitions');
    if (counts.length !== 1 && counts.length !== size) {
      throw new ND4JIllegalStateException(
        `Cannot repeat along dimension ${along} of ${formatShape(geometry.shape)} with ${counts.length} counts: needed is one, or one for each of ${size}`,
      );
    }
    const total = counts.length === 1 ? size * (counts[0] as number) : counts.reduce((sum, count) => sum + count, 0);
    const shape = [...geometry.shape];
    shape[along] = total;
    checkShape(shape);
    const result = this.allocate(this.info, naturalGeometry(shape, geometry.order));
    if (counts.length === 1) repeatEvenly(result, source, along, counts[0] as number);
    else repeatEach(result, source, along, counts);
    return result;
  }

  /** A new array of zeros with this type, shape and order. */
  like(): INDArray {
    const result = this.ulike();
    fill(result, 0);
    return result;
  }

  /** A new uninitialized array with this type, shape and order. */
  ulike(): INDArray {
    return this.allocate(this.info, denseLike(this.geometry));
  }

  private requireMatrix(name: string): void {
    const rank = this.rank();
    if (rank < 2) {
      throw new ND4JIllegalStateException(
        `Cannot ${name} an array of rank ${rank} and shape ${formatShape(this.geometry.shape)}: needed is rank 2 or more; reshape it to a row or column first`,
      );
    }
  }
}

/** One copy: the result seen with the repetitions as a dimension of their own, along which the source is broadcast. */
function repeatEvenly(result: ArrayView, source: ArrayView, along: number, count: number): void {
  const { geometry } = source;
  if (result.geometry.length === 0) return;
  copy(
    viewed(result, 0, splitDimension(result.geometry, along, geometry.shape[along] as number, count)),
    viewed(source, 0, insertDimension(geometry, along + 1, 1, 0)),
  );
}

function repeatEach(result: ArrayView, source: ArrayView, along: number, counts: readonly number[]): void {
  const stride = source.geometry.strides[along] as number;
  const step = result.geometry.strides[along] as number;
  const one = resizeDimension(source.geometry, along, 1);
  let at = 0;
  counts.forEach((count, index) => {
    if (count > 0) {
      copy(
        viewed(result, at * step, resizeDimension(result.geometry, along, count)),
        viewed(source, index * stride, one),
      );
    }
    at += count;
  });
}
