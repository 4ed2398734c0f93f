// get and put with NDArrayIndex, rows and columns by number, and elements chosen by conditions or masks.

import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { denseGeometry, sameShape } from '../core/geometry.ts';
import { forEachElement, readElement, readNumber, writeElement } from '../memory/element.ts';
import { checkArgument } from '../memory/validity.ts';
import type { ArrayView } from '../memory/view.ts';
import { copy } from '../ops/layout.ts';
import { ArrayHandle } from './arrayHandle.ts';
import { ArraySlices } from './arraySlices.ts';
import type { Condition } from './conditions.ts';
import { chosenElements, maskOf, scalarFor } from './masks.ts';
import { type INDArrayIndex, NDArrayIndex } from './ndArrayIndex.ts';
import type { INDArray } from './ndarray.ts';
import { releaseTemporary } from './operands.ts';
import { type Selection, select, walkIndexed } from './selection.ts';

export abstract class ArrayIndexing extends ArraySlices {
  /**
   * The part of the array that the indices mean, one for each dimension; those left out at the end are taken whole.
   * A view, but a copy in 'c' order in the current workspace when one of them is `NDArrayIndex.indices(…)`.
   * @throws {ND4JIllegalStateException} when an index is out of range or there are too many.
   */
  get(...indices: INDArrayIndex[]): INDArray {
    const selection = select(this.geometry, indices);
    if (selection.indexed.length === 0) return this.viewOf(this.offset + selection.offset, selection.geometry);
    checkArgument('get', 'X', this);
    const result = this.allocateDense(this.info, selection.geometry.shape);
    walkIndexed(this, selection, result, (part, place) => copy(place, part));
    return result;
  }

  /**
   * Writes a number or an array into the part that the indices mean. An array has that part's shape, sizes of 1 aside, or one element.
   * Returns the written part as a view when an array was written by points and intervals, else this array.
   * Also `put([i, j], value)` and `put(i, j, value)` for one element: a number or an array of one element.
   * @throws {ND4JIllegalStateException} when indices or shapes do not fit.
   */
  put(indices: readonly INDArrayIndex[], value: INDArray | number): INDArray;
  put(indices: readonly number[], value: INDArray | number): INDArray;
  put(row: number, column: number, value: INDArray | number): INDArray;
  put(
    first: readonly (INDArrayIndex | number)[] | number,
    second: INDArray | number,
    third?: INDArray | number,
  ): INDArray {
    if (typeof first === 'number') return this.putElement([first, second as number], third as INDArray | number);
    if (first.length > 0 && first.every((index) => typeof index === 'number')) return this.putElement(first, second);
    const selection = select(this.geometry, first as readonly INDArrayIndex[]);
    if (selection.indexed.length > 0) {
      this.putIndexed(selection, second);
      return this.self();
    }
    const part = this.viewOf(this.offset + selection.offset, selection.geometry);
    part.assign(second);
    return typeof second === 'object' ? part : this.self();
  }

  /** Writes a vector into one row of a matrix; returns the row as a view. @see put */
  putRow(row: number, values: INDArray): INDArray {
    const view = this.getRow(row);
    return this.put([NDArrayIndex.point(row), NDArrayIndex.all()], asVectorOf(values, view.length(), 'putRow'));
  }

  /** Writes a vector into one column of a matrix; returns the column as a view. @see put */
  putColumn(column: number, values: INDArray): INDArray {
    this.getColumn(column);
    return this.put(
      [NDArrayIndex.all(), NDArrayIndex.point(column)],
      asVectorOf(values, this.geometry.shape[0] as number, 'putColumn'),
    );
  }

  /** Writes an array into one slice along dimension 0. @see put */
  putSlice(slice: number, values: INDArray): INDArray {
    this.slice(slice).assign(values);
    return this.self();
  }

  /** Rows of a matrix by number, in that order: a copy. @throws {ND4JIllegalStateException} */
  getRows(...rows: number[] | [readonly number[]]): INDArray {
    this.requireMatrixFor('getRows');
    return this.get(NDArrayIndex.indices(...(rows as number[])), NDArrayIndex.all());
  }

  /** Columns of a matrix by number, in that order: a copy. @throws {ND4JIllegalStateException} */
  getColumns(...columns: number[] | [readonly number[]]): INDArray {
    this.requireMatrixFor('getColumns');
    return this.get(NDArrayIndex.all(), NDArrayIndex.indices(...(columns as number[])));
  }

  /**
   * The elements for which the condition's comparison with their counterpart in `comparison`, or with that number, holds:
   * a vector in 'c' order, or null when there are none. The condition's own number does not count.
   */
  getWhere(comparison: INDArray | number, condition: Condition): INDArray | null {
    const mask = this.compareAs('getWhere', comparison, condition);
    const chosen = chosenElements(this, mask);
    releaseTemporary(mask);
    return chosen;
  }

  /** `putWhereWithMask` where the condition's comparison with `comparison` holds. (1.0.0-M2.1 throws.) @see getWhere */
  putWhere(comparison: INDArray | number, values: INDArray | number, condition: Condition): INDArray {
    const mask = this.compareAs('putWhere', comparison, condition);
    const result = this.putWhereWithMask(mask, values);
    releaseTemporary(mask);
    return result;
  }

  /**
   * A copy in which the elements where the mask is not 0 are replaced: by the number, or one after another by the elements of `values`.
   * @throws {ND4JIllegalStateException} when the mask has another shape or `values` too few elements.
   */
  putWhereWithMask(mask: INDArray, values: INDArray | number): INDArray {
    checkArgument('putWhereWithMask', 'X', this);
    checkArgument('putWhereWithMask', 'Y', mask);
    if (typeof values === 'object') checkArgument('putWhereWithMask', 'Y', values);
    if (!sameShape(this.geometry.shape, mask.geometry.shape)) {
      throw new ND4JIllegalStateException(
        `Cannot put into ${formatShape(this.geometry.shape)} where a mask of ${formatShape(mask.geometry.shape)} says: the shapes must be equal`,
      );
    }
    const result = this.dup();
    fillMasked(result, mask, values);
    return result;
  }

  /** The mask of the condition's comparison between the elements and `comparison`. */
  private compareAs(name: string, comparison: INDArray | number, condition: Condition): INDArray {
    checkArgument(name, 'X', this);
    if (typeof comparison !== 'number') {
      checkArgument(name, 'Y', comparison);
      return maskOf(this, condition, comparison);
    }
    const value = scalarFor(this, comparison);
    const mask = maskOf(this, condition, value);
    releaseTemporary(value);
    return mask;
  }

  private putElement(indices: readonly number[], value: INDArray | number): INDArray {
    if (value instanceof ArrayHandle && value.length() !== 1) {
      throw new ND4JIllegalStateException(
        `Cannot put an array of shape ${formatShape(value.geometry.shape)} into one element: needed is a number or an array of one element`,
      );
    }
    this.viewOf(this.elementOffset(indices), denseGeometry([])).assign(value);
    return this.self();
  }

  private putIndexed(selection: Selection, value: INDArray | number): void {
    checkArgument('put', 'X', this);
    const { shape } = selection.geometry;
    if (typeof value === 'object') checkArgument('put', 'Y', value);
    const source = this.allocateDense(this.info, shape);
    source.assign(value);
    walkIndexed(this, selection, source, (part, place) => copy(part, place));
    releaseTemporary(source);
  }

  private requireMatrixFor(name: string): void {
    if (this.rank() !== 2) {
      throw new ND4JIllegalStateException(
        `${name}() can be called on 2D arrays only: found an array of shape ${formatShape(this.geometry.shape)}; use get(NDArrayIndex.indices(…))`,
      );
    }
  }

  /** @internal Element index in the buffer of one element. @throws {RangeError} */
  abstract elementOffset(indices: readonly number[]): number;
}

/** @throws {ND4JIllegalStateException} when there are not as many values as the row or column has elements. */
function asVectorOf(values: INDArray, length: number, name: string): INDArray {
  if (values.length() !== length) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} an array of shape ${formatShape(values.geometry.shape)}: needed are ${length} elements`,
    );
  }
  return values;
}

/** Replaces the elements of `target` where the mask is not 0. @throws {ND4JIllegalStateException} when there are fewer values. */
function fillMasked(target: ArrayHandle, mask: ArrayHandle, values: INDArray | number): void {
  const places: number[] = [];
  const chosen: boolean[] = [];
  forEachElement(mask, (index) => chosen.push(readNumber(mask.buffer, index) !== 0));
  forEachElement(target, (index, position) => {
    if (chosen[position]) places.push(index);
  });
  if (typeof values === 'number') {
    for (const place of places) writeElement(target.buffer, place, values);
    return;
  }
  if (values.length() < places.length) {
    throw new ND4JIllegalStateException(
      `Cannot put the ${values.length()} elements of ${formatShape(values.geometry.shape)} where the mask has ${places.length} ones: needed are as many elements`,
    );
  }
  forEachElement(values as ArrayView, (index, position) => {
    const place = places[position];
    if (place !== undefined) writeElement(target.buffer, place, readElement(values.buffer, index));
  });
}
