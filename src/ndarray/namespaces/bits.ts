// Bitwise operations on arrays of integers, element by element. Rarely hot: in 64-bit integers of the host.

import { LONG } from '../../core/dataType.ts';
import { formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { broadcastShapes, sameShape } from '../../core/geometry.ts';
import type { ArrayView } from '../../memory/view.ts';
import type { INDArray } from '../ndarray.ts';
import { isInteger, requireSameType } from '../operands.ts';
import { requireNumericArrays } from './checks.ts';
import { arrayFrom, arrayFromBigInts, bigIntsOf } from './doubles.ts';

/** x op y of two arrays of one integer type; y has x's shape or broadcasts to it. */
export type Bitwise = (x: INDArray, y: INDArray) => INDArray;

/** One element: two integers as signed 64 bits, and how many bits their type has. */
type Operator = (x: bigint, y: bigint, bits: bigint) => bigint;

/** Processors look at the last bits of a count only: 5 of them, or 6 for LONG. */
function shiftOf(y: bigint, bits: bigint): bigint {
  return y & (bits === 64n ? 63n : 31n);
}

function rotate(x: bigint, y: bigint, bits: bigint): bigint {
  const count = ((y % bits) + bits) % bits;
  const unsigned = BigInt.asUintN(Number(bits), x);
  return (unsigned << count) | (unsigned >> (bits - count));
}

/** Operators by what they do. */
export const Bits = {
  AND: (x, y) => x & y,
  OR: (x, y) => x | y,
  XOR: (x, y) => x ^ y,
  LEFT: (x, y, bits) => x << shiftOf(y, bits),
  RIGHT: (x, y, bits) => x >> shiftOf(y, bits),
  ROTATE_LEFT: rotate,
  ROTATE_RIGHT: (x, y, bits) => rotate(x, -y, bits),
} as const satisfies Record<string, Operator>;

/** op of all elements in a new array of x's type and shape. @throws {ND4JIllegalStateException} for floating or BOOL arrays, two types, shapes that do not fit */
export function bitwise(name: string, op: Operator): Bitwise {
  return (x, y) => {
    checkBits(name, x, y);
    const { shape } = x.geometry;
    const others = bigIntsOf(y, shape);
    const bits = BigInt(x.info.width * 8);
    const values = bigIntsOf(x, shape).map((each, index) => BigInt.asIntN(64, op(each, others[index] as bigint, bits)));
    return arrayFromBigInts(x, x.info, shape, values);
  };
}

function checkBits(name: string, x: INDArray, y: INDArray): void {
  requireNumericArrays(name, x, y);
  requireIntegers(name, x);
  requireSameType(name, x, y);
  const shape = broadcastShapes(x.geometry.shape, y.geometry.shape);
  if (shape === undefined || !sameShape(shape, x.geometry.shape)) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} ${formatShape(x.geometry.shape)} and ${formatShape(y.geometry.shape)}: the second must broadcast to the shape of the first`,
    );
  }
}

function requireIntegers(name: string, { buffer }: ArrayView): void {
  if (isInteger(buffer.info)) return;
  throw new ND4JIllegalStateException(`Cannot ${name} an array of type ${buffer.info.name}: must be an integer type`);
}

/** How many bits differ in all elements together, as a LONG scalar. */
export function hammingBits(name: string, x: INDArray, y: INDArray): INDArray {
  checkBits(name, x, y);
  const { shape } = x.geometry;
  if (x.length() !== y.length()) {
    throw new ND4JIllegalStateException(
      `Cannot ${name} ${formatShape(shape)} and ${formatShape(y.geometry.shape)}: both must have the same number of elements`,
    );
  }
  const others = bigIntsOf(y, shape);
  let count = 0;
  bigIntsOf(x, shape).forEach((each, index) => {
    let different = BigInt.asUintN(x.info.width * 8, each ^ (others[index] as bigint));
    for (; different !== 0n; different &= different - 1n) count++;
  });
  return arrayFrom(x, LONG, [], [count]);
}
