// NDBitwise: operations on the bits of integers.

import type { INDArray } from '../ndarray.ts';
import { Bits, bitwise, hammingBits } from './bits.ts';

/**
 * Operations on the bits of integers, what `Nd4j.bitwise()` gives: of two arrays of one integer type, the second of which has the shape of the
 * first or broadcasts to it. Rotations keep all bits also of negative numbers, which 1.0.0-M2.1 fills with ones.
 * @see org.nd4j.linalg.factory.ops.NDBitwise
 */
export const NDBitwise = {
  and: bitwise('and', Bits.AND),
  or: bitwise('or', Bits.OR),
  xor: bitwise('xor', Bits.XOR),
  /** x rotated to the left by y bits. */
  bitRotl: bitwise('bitRotl', Bits.ROTATE_LEFT),
  /** x rotated to the right by y bits. */
  bitRotr: bitwise('bitRotr', Bits.ROTATE_RIGHT),
  /** x · 2^y, without the bits that leave the type. */
  bitShift: bitwise('bitShift', Bits.LEFT),
  /** x / 2^y, rounded down. */
  bitShiftRight: bitwise('bitShiftRight', Bits.RIGHT),
  /** How many bits differ in all elements together, as a LONG scalar. */
  bitsHammingDistance: (x: INDArray, y: INDArray): INDArray => hammingBits('bitsHammingDistance', x, y),
  /** @see bitShift */
  leftShift: bitwise('leftShift', Bits.LEFT),
  /** @see bitRotl */
  leftShiftCyclic: bitwise('leftShiftCyclic', Bits.ROTATE_LEFT),
  /** @see bitShiftRight */
  rightShift: bitwise('rightShift', Bits.RIGHT),
  /** @see bitRotr */
  rightShiftCyclic: bitwise('rightShiftCyclic', Bits.ROTATE_RIGHT),
} as const;
