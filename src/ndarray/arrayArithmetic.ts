// Elementwise arithmetic of the INDArray: add, sub, mul, div, their reversed and in-place forms, remainders, negation.
//
// All of them broadcast as NumPy does (shapes aligned at their last dimensions, sizes equal or 1). The result has the type of both operands;
// floating beats integer; of two floating or two integer types the left one wins. Its order is that of the left operand.
// A number operand takes the array's type; NaN counts as 1e-5, as in ND4J. Integer arrays with a fractional number give the default floating
// type in add, mul, div, rsub and rdiv; sub and all in-place forms drop the fraction instead.
// BOOL arrays have no arithmetic, integers are not divided by zero: both throw ND4JIllegalStateException, as do shapes that do not fit.

import { Binary, Unary } from '../ops/codes.ts';
import { combine, combineInPlace, combineNumber, combineNumberInPlace } from './arithmetic.ts';
import { ArrayAccess } from './arrayAccess.ts';
import { map, mapInPlace } from './mapping.ts';
import type { INDArray } from './ndarray.ts';

export abstract class ArrayArithmetic extends ArrayAccess {
  /**
   * this + other, elementwise, in a new array or in `result`.
   * @throws {ND4JIllegalStateException} when the shapes do not broadcast, or memory of an argument has left its workspace.
   */
  add(other: INDArray | number, result?: INDArray): INDArray {
    if (typeof other === 'object' && other !== null) return combine('add', Binary.ADD, this, other, result);
    return combineNumber('add', Binary.ADD, this, other, result);
  }

  /** this − other. Integer arrays stay integer, also with a fractional number. */
  sub(other: INDArray | number, result?: INDArray): INDArray {
    if (typeof other === 'object' && other !== null) return combine('sub', Binary.SUB, this, other, result);
    return combineNumber('sub', Binary.SUB, this, other, result);
  }

  /** this · other, elementwise. @see add */
  mul(other: INDArray | number, result?: INDArray): INDArray {
    if (typeof other === 'object' && other !== null) return combine('mul', Binary.MUL, this, other, result);
    return combineNumber('mul', Binary.MUL, this, other, result);
  }

  /** this / other. Integers divide towards 0. @throws {ND4JIllegalStateException} for a zero in an integer divisor. */
  div(other: INDArray | number, result?: INDArray): INDArray {
    if (typeof other === 'object' && other !== null) return combine('div', Binary.DIV, this, other, result);
    return combineNumber('div', Binary.DIV, this, other, result);
  }

  /** other − this, elementwise. @see add */
  rsub(other: INDArray | number, result?: INDArray): INDArray {
    if (typeof other === 'object' && other !== null) return combine('rsub', Binary.RSUB, this, other, result);
    return combineNumber('rsub', Binary.RSUB, this, other, result);
  }

  /** other / this, elementwise. @see add */
  rdiv(other: INDArray | number, result?: INDArray): INDArray {
    if (typeof other === 'object' && other !== null) return combine('rdiv', Binary.RDIV, this, other, result);
    return combineNumber('rdiv', Binary.RDIV, this, other, result);
  }

  /** this = this + other, in place; the type stays. @throws {ND4JIllegalStateException} when the broadcast shape is not this one's. */
  addi(other: INDArray | number): INDArray {
    if (typeof other === 'object' && other !== null) return combineInPlace('addi', Binary.ADD, this, other);
    return combineNumberInPlace('addi', Binary.ADD, this, other);
  }

  /** this = this − other, in place. @see addi */
  subi(other: INDArray | number): INDArray {
    if (typeof other === 'object' && other !== null) return combineInPlace('subi', Binary.SUB, this, other);
    return combineNumberInPlace('subi', Binary.SUB, this, other);
  }

  /** this = this · other, in place. @see addi */
  muli(other: INDArray | number): INDArray {
    if (typeof other === 'object' && other !== null) return combineInPlace('muli', Binary.MUL, this, other);
    return combineNumberInPlace('muli', Binary.MUL, this, other);
  }

  /** this = this / other, in place. @see addi */
  divi(other: INDArray | number): INDArray {
    if (typeof other === 'object' && other !== null) return combineInPlace('divi', Binary.DIV, this, other);
    return combineNumberInPlace('divi', Binary.DIV, this, other);
  }

  /** this = other − this, in place. @see addi */
  rsubi(other: INDArray | number): INDArray {
    if (typeof other === 'object' && other !== null) return combineInPlace('rsubi', Binary.RSUB, this, other);
    return combineNumberInPlace('rsubi', Binary.RSUB, this, other);
  }

  /** this = other / this, in place. @see addi */
  rdivi(other: INDArray | number): INDArray {
    if (typeof other === 'object' && other !== null) return combineInPlace('rdivi', Binary.RDIV, this, other);
    return combineNumberInPlace('rdivi', Binary.RDIV, this, other);
  }

  /** The remainder of this / other with the sign of this, as C and JavaScript compute it. */
  fmod(other: INDArray | number, result?: INDArray): INDArray {
    if (typeof other === 'object' && other !== null) return combine('fmod', Binary.FMOD, this, other, result);
    return combineNumber('fmod', Binary.FMOD, this, other, result);
  }

  /** fmod in place. */
  fmodi(other: INDArray | number): INDArray {
    if (typeof other === 'object' && other !== null) return combineInPlace('fmodi', Binary.FMOD, this, other);
    return combineNumberInPlace('fmodi', Binary.FMOD, this, other);
  }

  /** this − other · (the quotient rounded to nearest, halves to even): IEEE 754 remainder. */
  remainder(other: INDArray | number, result?: INDArray): INDArray {
    if (typeof other === 'object' && other !== null) return combine('remainder', Binary.REMAINDER, this, other, result);
    return combineNumber('remainder', Binary.REMAINDER, this, other, result);
  }

  /** remainder in place. */
  remainderi(other: INDArray | number): INDArray {
    if (typeof other === 'object' && other !== null) return combineInPlace('remainderi', Binary.REMAINDER, this, other);
    return combineNumberInPlace('remainderi', Binary.REMAINDER, this, other);
  }

  /** −this, in a new array. */
  neg(): INDArray {
    return map('neg', Unary.NEG, this);
  }

  /** this = −this. */
  negi(): INDArray {
    return mapInPlace('negi', Unary.NEG, this);
  }
}
