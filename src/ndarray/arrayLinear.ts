// Matrix products of the INDArray and distances between arrays.

import type { Order } from '../core/geometry.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import { ArrayReductionNumbers } from './arrayReductionNumbers.ts';
import type { INDArray } from './ndarray.ts';
import { type MMulTranspose, multiply, multiplyInto, transposedIf } from './products.ts';
import { comparePair } from './reducing.ts';

export abstract class ArrayLinear extends ArrayReductionNumbers {
  /**
   * The matrix product this · other, in a new array, in `result`, or in a new array of the given order.
   *
   * `[m, k] · [k, n]` gives `[m, n]`, `[m, k] · [k]` gives `[m]`, and, as in ND4J, `[k] · [k]` gives `[1, 1]`. Both have one type. The result has order 'f' when both
   * operands have, else 'c'. For a constant `other`, such as weights, order 'f' is the fastest: it is read as it lies, while 'c' is packed for
   * every product. `transpose` says which sides are taken transposed; no element is copied for that.
   * @throws {ND4JIllegalStateException} when shapes or types do not fit.
   */
  mmul(other: INDArray): INDArray;
  mmul(other: INDArray, order: Order): INDArray;
  mmul(other: INDArray, transpose: MMulTranspose): INDArray;
  mmul(other: INDArray, result: INDArray, transpose?: MMulTranspose): INDArray;
  mmul(other: INDArray, how?: INDArray | Order | MMulTranspose, transpose?: MMulTranspose): INDArray {
    if (how === undefined || typeof how === 'string') return multiply('mmul', this, other, how);
    if ('buffer' in how) return this.mmulInto('mmul', other, how, transpose);
    const a = transposedIf(this as unknown as INDArray, how.transposeA);
    const product = multiply('mmul', a, transposedIf(other, how.transposeB));
    return transposedIf(product, how.transposeResult);
  }

  /**
   * this = this · other, in place; with `result`, result = this · other. Memory may be shared.
   * @throws {ND4JIllegalStateException} when the product does not have the shape of what it is written to.
   */
  mmuli(other: INDArray, result?: INDArray, transpose?: MMulTranspose): INDArray {
    return this.mmulInto('mmuli', other, result ?? (this as unknown as INDArray), transpose);
  }

  private mmulInto(name: string, other: INDArray, result: INDArray, transpose: MMulTranspose = {}): INDArray {
    const a = transposedIf(this as unknown as INDArray, transpose.transposeA);
    multiplyInto(name, a, transposedIf(other, transpose.transposeB), transposedIf(result, transpose.transposeResult));
    return result;
  }

  /** Σ |this − other|: the Manhattan distance. */
  distance1(other: INDArray): number {
    return comparePair('distance1', Reduce.MANHATTAN, this, other);
  }

  /** √Σ (this − other)²: the Euclidean distance. */
  distance2(other: INDArray): number {
    return comparePair('distance2', Reduce.EUCLIDEAN, this, other);
  }

  /** Σ (this − other)²: the square of `distance2`, rounded as that is. */
  squaredDistance(other: INDArray): number {
    const distance = comparePair('squaredDistance', Reduce.EUCLIDEAN, this, other);
    return distance * distance;
  }
}
