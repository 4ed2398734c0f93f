// Numbers of the reductions and conditions, the same as in src/ops/reduceCodes.ts (a test compares both).

export enum Reduce {
  SUM, MEAN, PROD, MAX, MIN, ABS_MAX, ABS_MIN, NORM_MAX, ABS_SUM, ABS_MEAN, NORM2, SQUARED_NORM, VARIANCE, STD,
  COUNT_NON_ZERO, COUNT_ZERO, ENTROPY, LOG_ENTROPY, SHANNON_ENTROPY, LOG_SUM_EXP, ANY, ALL, COUNT_MATCHES,
  // Positions, counted along the reduced dimensions in 'c' order.
  ARG_MAX, ARG_MIN, ARG_ABS_MAX, ARG_ABS_MIN, FIRST_INDEX, LAST_INDEX,
  // Two operands.
  DOT, EUCLIDEAN, MANHATTAN, HAMMING, JACCARD,
}

export enum Condition {
  EQUALS, NOT_EQUALS, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, EPS_EQUALS, EPS_NOT_EQUALS, IS_NAN, IS_INFINITE, IS_FINITE, NOT_FINITE,
  ABS_GREATER, ABS_GREATER_OR_EQUAL, ABS_LESS, ABS_LESS_OR_EQUAL,
}

/** What one pass over the elements accumulates. */
export enum Pass {
  // In float32 and float64.
  SUM, PRODUCT, SQUARED_DIFFERENCE, DEVIATION, WELFORD, MAX, MIN, ABS_MAX, ABS_MIN,
  // In float64 only.
  ABS, ABS_DIFFERENCE, PROD, NORM_MAX, NON_ZERO, X_LOG_X, EXP, NOT_EQUAL, LESSER, GREATER, MATCHES,
}
