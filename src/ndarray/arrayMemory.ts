// Copies, and which memory an array lives in: dup, assign, castTo, detach, leverage, migrate, close.

import { type DataType, dataTypeInfo } from '../core/dataType.ts';
import { describeValue, formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { denseGeometry, type Order, sameShape } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { copy, fill } from '../ops/layout.ts';
import { ArrayHandle } from './arrayHandle.ts';
import type { INDArray } from './ndarray.ts';

export abstract class ArrayMemory extends ArrayHandle {
  /**
   * A dense copy in the current workspace, or on the heap when none is open.
   * `order` is the copy's order, by default this array's own.
   */
  dup(order: Order = this.geometry.order): INDArray {
    checkArgument('dup', 'X', this);
    const result = this.allocate(this.info, denseGeometry(this.geometry.shape, order));
    copy(result, this);
    return result;
  }

  /** Writes a number into every element, or the elements of another array of the same shape (sizes of 1 aside) into this one. */
  assign(value: INDArray | number | bigint | boolean): INDArray {
    checkArgument('set', 'X', this);
    if (typeof value === 'object') {
      checkArgument('set', 'Y', value);
      checkAssignable(this, value);
      copy(this, value.length() === this.length() && !sameShape(value.geometry.shape, this.geometry.shape) ? value.reshape(...this.geometry.shape) : value);
    } else fill(this, typeof value === 'bigint' ? value : Number(value));
    return this as unknown as INDArray;
  }

  /** The same elements as another type: this very array when it has the type already, else a dense copy in the current workspace. */
  castTo(type: DataType): INDArray {
    const info = dataTypeInfo(type);
    if (info === this.info) return this as unknown as INDArray;
    checkArgument('cast', 'X', this);
    const result = this.allocate(info, denseGeometry(this.geometry.shape, this.geometry.order));
    copy(result, this);
    return result;
  }
}

function checkAssignable(target: ArrayHandle, source: ArrayHandle): void {
  if (sameShape(target.geometry.shape, source.geometry.shape) || source.length() === 1) return;
  const squeeze = (shape: readonly number[]): number[] => shape.filter((size) => size !== 1);
  if (sameShape(squeeze(target.geometry.shape), squeeze(source.geometry.shape))) return;
  throw new ND4JIllegalStateException(
    `Cannot assign an array of shape ${formatShape(source.geometry.shape)} to one of shape ${formatShape(target.geometry.shape)}: the shapes must be equal but for sizes of 1, found ${describeValue(source.length())} and ${describeValue(target.length())} elements`,
  );
}
