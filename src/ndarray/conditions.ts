// Conditions: predicates on single elements, as data that operations hand to kernels.

import { Condition as Code } from '../ops/reduceCodes.ts';

/** Largest difference that counts as equal where nothing else is asked for. @see org.nd4j.linalg.factory.Nd4j#EPS_THRESHOLD */
export const EPS_THRESHOLD = 1e-5;

/** A predicate on single elements, made by `Conditions`. @see org.nd4j.linalg.indexing.conditions.Condition */
export interface Condition {
  /** Its name in `Conditions`. */
  readonly name: string;
  /** @internal */
  readonly code: Code;
  /** The number that elements are compared with; 0 where there is none. */
  readonly value: number;
  /** The tolerance of epsEquals and epsNotEquals. */
  readonly eps: number;
}

function condition(name: string, code: Code, value = 0, eps = EPS_THRESHOLD): Condition {
  return Object.freeze({ name, code, value, eps });
}

/**
 * Factories of conditions for `BooleanIndexing`, `cond`, `scan`, `replaceWhere` and their kin. NaN fulfils only notEquals, isNan and
 * notFinite.
 * @see org.nd4j.linalg.indexing.conditions.Conditions
 */
export const Conditions = {
  /** x = value. */
  equals: (value: number): Condition => condition('equals', Code.EQUALS, value),
  /** x ≠ value. */
  notEquals: (value: number): Condition => condition('notEquals', Code.NOT_EQUALS, value),
  /** x > value. */
  greaterThan: (value: number): Condition => condition('greaterThan', Code.GREATER, value),
  /** x ≥ value. */
  greaterThanOrEqual: (value: number): Condition => condition('greaterThanOrEqual', Code.GREATER_OR_EQUAL, value),
  /** x < value. */
  lessThan: (value: number): Condition => condition('lessThan', Code.LESS, value),
  /** x ≤ value. */
  lessThanOrEqual: (value: number): Condition => condition('lessThanOrEqual', Code.LESS_OR_EQUAL, value),
  /** |x − value| ≤ eps, 1e-5 unless given. */
  epsEquals: (value: number, eps?: number): Condition => condition('epsEquals', Code.EPS_EQUALS, value, eps),
  /** |x − value| > eps, 1e-5 unless given. */
  epsNotEquals: (value: number, eps?: number): Condition => condition('epsNotEquals', Code.EPS_NOT_EQUALS, value, eps),
  /** x = value: 1.0.0-M2.1 does not take the absolute value here, and neither does this. */
  absEquals: (value: number): Condition => condition('absEquals', Code.EQUALS, value),
  /** |x| > value. */
  absGreaterThan: (value: number): Condition => condition('absGreaterThan', Code.ABS_GREATER, value),
  /** |x| ≥ value. */
  absGreaterThanOrEqual: (value: number): Condition =>
    condition('absGreaterThanOrEqual', Code.ABS_GREATER_OR_EQUAL, value),
  /** |x| < value. */
  absLessThan: (value: number): Condition => condition('absLessThan', Code.ABS_LESS, value),
  /** |x| ≤ value. */
  absLessThanOrEqual: (value: number): Condition => condition('absLessThanOrEqual', Code.ABS_LESS_OR_EQUAL, value),
  /** x is NaN. */
  isNan: (): Condition => condition('isNan', Code.IS_NAN),
  /** x is +∞ or −∞. */
  isInfinite: (): Condition => condition('isInfinite', Code.IS_INFINITE),
  /** x is neither NaN nor infinite. */
  isFinite: (): Condition => condition('isFinite', Code.IS_FINITE),
  /** x is NaN or infinite. */
  notFinite: (): Condition => condition('notFinite', Code.NOT_FINITE),
} as const;
