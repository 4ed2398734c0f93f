// NDMath: all families of its functions in one object.

import { Bits, bitwise } from './bits.ts';
import { matrixDeterminant, matrixInverse } from './decompositions.ts';
import { mathArithmetic } from './mathArithmetic.ts';
import { mathBackward } from './mathBackward.ts';
import { mathDistances } from './mathDistances.ts';
import { mathElementwise } from './mathElementwise.ts';
import { mathLists } from './mathLists.ts';
import { mathMatrices } from './mathMatrices.ts';
import { mathMoments } from './mathMoments.ts';
import { mathReductions } from './mathReductions.ts';

/**
 * Mathematical functions of arrays, what `Nd4j.math()` gives. Results are new arrays; arguments never change.
 * @see org.nd4j.linalg.factory.ops.NDMath
 */
export const NDMath = {
  ...mathElementwise,
  ...mathArithmetic,
  ...mathReductions,
  ...mathDistances,
  ...mathMoments,
  ...mathMatrices,
  ...mathLists,
  ...mathBackward,
  matrixDeterminant,
  matrixInverse,
  /** @see NDBitwise.bitShift */
  bitShift: bitwise('bitShift', Bits.LEFT),
  /** @see NDBitwise.bitShiftRight */
  bitShiftRight: bitwise('bitShiftRight', Bits.RIGHT),
  /** @see NDBitwise.bitRotl */
  bitShiftRotl: bitwise('bitShiftRotl', Bits.ROTATE_LEFT),
  /** @see NDBitwise.bitRotr */
  bitShiftRotr: bitwise('bitShiftRotr', Bits.ROTATE_RIGHT),
} as const;
