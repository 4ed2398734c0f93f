// The conditions of ND4J on one element.

import { Condition } from './reduceCodes';

/** True when x meets the condition; NaN meets only NOT_EQUALS, IS_NAN and NOT_FINITE. `eps` is the tolerance of EPS_*. */
export function holds(condition: i32, x: f64, value: f64, eps: f64): bool {
  switch (condition) {
    case Condition.EQUALS: return x == value;
    case Condition.NOT_EQUALS: return x != value;
    case Condition.GREATER: return x > value;
    case Condition.GREATER_OR_EQUAL: return x >= value;
    case Condition.LESS: return x < value;
    case Condition.LESS_OR_EQUAL: return x <= value;
    case Condition.EPS_EQUALS: return abs(x - value) <= eps;
    case Condition.EPS_NOT_EQUALS: return abs(x - value) > eps;
    case Condition.IS_NAN: return x != x;
    case Condition.IS_INFINITE: return abs(x) == Infinity;
    case Condition.IS_FINITE: return abs(x) < Infinity;
    case Condition.NOT_FINITE: return !(abs(x) < Infinity);
    case Condition.ABS_GREATER: return abs(x) > value;
    case Condition.ABS_GREATER_OR_EQUAL: return abs(x) >= value;
    case Condition.ABS_LESS: return abs(x) < value;
    default: return abs(x) <= value;
  }
}
