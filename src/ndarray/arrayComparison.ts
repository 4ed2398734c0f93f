// Comparisons of the INDArray, which give BOOL arrays, and questions about all elements at once.
//
// Arrays broadcast as in arithmetic. Integer arrays drop the fraction of a number operand, as in ND4J. Cast a result (castTo) before computing with it.

import { checkArgument } from '../memory/validity.ts';
import { Binary, Unary } from '../ops/codes.ts';
import { reduceAll } from '../ops/reduce.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import { ArrayVectorArithmetic } from './arrayVectorArithmetic.ts';
import { compare, compareNumber, test } from './comparing.ts';
import { type Condition, Conditions, EPS_THRESHOLD } from './conditions.ts';
import { areEqual } from './equality.ts';
import { assignWhere, maskOf } from './masks.ts';
import type { INDArray } from './ndarray.ts';
import { releaseTemporary, requireAssignable } from './operands.ts';

export abstract class ArrayComparison extends ArrayVectorArithmetic {
  /** this > other. @throws {ND4JIllegalStateException} for BOOL arrays and shapes that do not broadcast. */
  gt(other: INDArray | number): INDArray {
    if (typeof other === 'object') return compare('gt', Binary.GT, this, other);
    return compareNumber('gt', Binary.GT, this, other);
  }

  /** this ≥ other. @see gt */
  gte(other: INDArray | number): INDArray {
    if (typeof other === 'object') return compare('gte', Binary.GTE, this, other);
    return compareNumber('gte', Binary.GTE, this, other);
  }

  /** this < other. @see gt */
  lt(other: INDArray | number): INDArray {
    if (typeof other === 'object') return compare('lt', Binary.LT, this, other);
    return compareNumber('lt', Binary.LT, this, other);
  }

  /** this ≤ other. @see gt */
  lte(other: INDArray | number): INDArray {
    if (typeof other === 'object') return compare('lte', Binary.LTE, this, other);
    return compareNumber('lte', Binary.LTE, this, other);
  }

  /** this = other, exactly. */
  eq(other: INDArray | number): INDArray {
    if (typeof other === 'object') return compare('eq', Binary.EQ, this, other);
    return compareNumber('eq', Binary.EQ, this, other);
  }

  /** this ≠ other, exactly. NaN differs from everything. */
  neq(other: INDArray | number): INDArray {
    if (typeof other === 'object') return compare('neq', Binary.NEQ, this, other);
    return compareNumber('neq', Binary.NEQ, this, other);
  }

  /** |this − other| ≤ 1e-5. (1.0.0-M2.1 answers false for every number and true for every array.) */
  eps(other: INDArray | number): INDArray {
    if (typeof other === 'object') return this.match(other, Conditions.epsEquals(0));
    return this.cond(Conditions.epsEquals(other));
  }

  /** Where the elements are NaN. */
  isNaN(): INDArray {
    return test('isNaN', Unary.IS_NAN, this);
  }

  /** Where the elements are +∞ or −∞. */
  isInfinite(): INDArray {
    return test('isInfinite', Unary.IS_INF, this);
  }

  /** True when an element is not 0 (NaN is not 0). */
  any(): boolean {
    checkArgument('any', 'X', this);
    return reduceAll(Reduce.ANY, this) !== 0;
  }

  /** True when no element is 0. */
  all(): boolean {
    checkArgument('all', 'X', this);
    return reduceAll(Reduce.ALL, this) !== 0;
  }

  /** True when all elements are 0. */
  none(): boolean {
    checkArgument('none', 'X', this);
    return reduceAll(Reduce.ANY, this) === 0;
  }

  /** Where the condition holds: a BOOL array of this shape, 'c' order. */
  cond(condition: Condition): INDArray {
    checkArgument('cond', 'X', this);
    return maskOf(this, condition);
  }

  /**
   * Where the condition's comparison holds between this and `other`, element by element: a BOOL array, 'c' order.
   * Beside a number the condition is asked with its own value, as in 1.0.0-M2.1: `match(n, c)` is `cond(c)`.
   */
  match(other: INDArray | number, condition: Condition): INDArray {
    if (typeof other !== 'object') return this.cond(condition);
    checkArgument('match', 'X', this);
    checkArgument('match', 'Y', other);
    return maskOf(this, condition, other);
  }

  /** How many elements fulfil the condition. */
  scan(condition: Condition): number {
    checkArgument('scan', 'X', this);
    return reduceAll(Reduce.COUNT_MATCHES, this, condition.code, condition.value, condition.eps);
  }

  /** Replaces, in place, the elements that fulfil the condition by those of `values` at the same places. */
  replaceWhere(values: INDArray, condition: Condition): INDArray {
    checkArgument('replaceWhere', 'X', this);
    checkArgument('replaceWhere', 'Y', values);
    requireAssignable('replaceWhere', this, values);
    const mask = maskOf(this, condition);
    assignWhere(this, values, mask);
    releaseTemporary(mask);
    return this as unknown as INDArray;
  }

  /** Replaces, in place, the elements at whose places those of `values` fulfil the condition, by these. */
  assignIf(values: INDArray, condition: Condition): INDArray {
    checkArgument('assignIf', 'X', this);
    checkArgument('assignIf', 'Y', values);
    requireAssignable('assignIf', this, values);
    const mask = maskOf(values, condition);
    assignWhere(this, values, mask);
    releaseTemporary(mask);
    return this as unknown as INDArray;
  }

  /**
   * True when type and shape are the same (vectors: rank and length) and elements differ by at most 1e-5, absolutely or relatively.
   * Single elements compare absolutely. NaN equals nothing.
   */
  equals(other: unknown): boolean {
    return this.equalsWithEps(other, EPS_THRESHOLD);
  }

  /** `equals` with another tolerance. */
  equalsWithEps(other: unknown, eps: number): boolean {
    checkArgument('equals', 'X', this);
    return areEqual(this as unknown as INDArray, other, eps);
  }
}
