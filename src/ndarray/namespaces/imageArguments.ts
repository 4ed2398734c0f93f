// Arrays that come into the operations on images, checked before anything is allocated.

import { describeValue, formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { sameShape } from '../../core/geometry.ts';
import { checkArgument } from '../../memory/validity.ts';
import { ArrayHandle } from '../arrayHandle.ts';
import type { INDArray } from '../ndarray.ts';
import { requireFloating, requireNotBoolean, requireSameType } from '../operands.ts';

/** An array of any type. @throws {TypeError} when it is none. @throws {ND4JIllegalStateException} when its memory is gone. */
export function anyImage(name: string, x: unknown, what = 'input'): INDArray {
  if (!(x instanceof ArrayHandle)) {
    throw new TypeError(`Cannot ${name} with ${what} ${describeValue(x)}: needed is an INDArray`);
  }
  checkArgument(name, 'X', x);
  return x as INDArray;
}

/** A numeric array. @throws {ND4JIllegalStateException} for BOOL. @see anyImage */
export function numericImage(name: string, x: unknown): INDArray {
  const image = anyImage(name, x);
  requireNotBoolean(name, image);
  return image;
}

/** A floating array. @throws {ND4JIllegalStateException} for integers and BOOL. @see anyImage */
export function floatingImage(name: string, x: unknown, what?: string): INDArray {
  const image = anyImage(name, x, what);
  requireFloating(name, image);
  return image;
}

/** The gradient of a result: of x's type and the result's shape. @throws {ND4JIllegalStateException} */
export function gradientOf(name: string, x: INDArray, gradient: unknown, shape: readonly number[]): INDArray {
  const g = floatingImage(name, gradient, 'gradient');
  requireSameType(name, x, g);
  requireSizes(name, 'gradient', g, shape);
  return g;
}

/** @throws {ND4JIllegalStateException} when the array has another shape. */
export function requireSizes(name: string, what: string, x: INDArray, shape: readonly number[]): void {
  if (sameShape(x.geometry.shape, shape)) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name}: ${what} has shape ${formatShape(x.geometry.shape)}, needed is ${formatShape(shape)}`,
  );
}

/** @throws {ND4JIllegalStateException} when the array has another rank. */
export function requireRank(name: string, x: INDArray, rank: number, shape: string): void {
  if (x.rank() === rank) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name} an array of shape ${formatShape(x.geometry.shape)}: needed is rank ${rank}, ${shape}`,
  );
}
