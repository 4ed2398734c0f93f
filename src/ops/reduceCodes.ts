// Numbers of the reductions and conditions, the same as in assembly/kernels/reduceCodes.ts (test/ops/reduceCodes.test.ts compares both).

/** Reductions. Types of results are the caller's choice: any type of `out` is written. */
export const Reduce = {
  SUM: 0,
  MEAN: 1,
  PROD: 2,
  /** Skips NaN; −∞ when there is nothing else. */
  MAX: 3,
  /** Skips NaN; +∞ when there is nothing else. */
  MIN: 4,
  /** Largest |x|, skipping NaN unless the first element is NaN. */
  ABS_MAX: 5,
  /** Smallest |x|, skipping NaN unless the first element is NaN. */
  ABS_MIN: 6,
  /** Largest |x|; a NaN forgets what came before it. @see ND4J's normmax */
  NORM_MAX: 7,
  ABS_SUM: 8,
  ABS_MEAN: 9,
  NORM2: 10,
  SQUARED_NORM: 11,
  /** Divides by n − p0: p0 = 1 for the bias-corrected one; 0 of a single element. */
  VARIANCE: 12,
  /** Root of VARIANCE, with the same p0. */
  STD: 13,
  COUNT_NON_ZERO: 14,
  COUNT_ZERO: 15,
  /** −Σ x·ln x; NaN for an element that is 0 or negative. */
  ENTROPY: 16,
  /** ln of ENTROPY. */
  LOG_ENTROPY: 17,
  /** −Σ x·log₂ x. */
  SHANNON_ENTROPY: 18,
  /** ln Σ e^x without overflow. */
  LOG_SUM_EXP: 19,
  /** 1 if an element is not 0. */
  ANY: 20,
  /** 1 if no element is 0. */
  ALL: 21,
  /** Elements that meet the condition p0 with value p1 and tolerance p2. */
  COUNT_MATCHES: 22,
  /** Position of the first largest element in 'c' order of the reduced dimensions, skipping NaN; 0 if the first element is NaN. */
  ARG_MAX: 23,
  ARG_MIN: 24,
  ARG_ABS_MAX: 25,
  ARG_ABS_MIN: 26,
  /** Position of the first element that meets the condition p0 with value p1 and tolerance p2; −1 without one. */
  FIRST_INDEX: 27,
  LAST_INDEX: 28,
  /** Two operands from here on: reducePair. */
  DOT: 29,
  EUCLIDEAN: 30,
  MANHATTAN: 31,
  /** Share of positions that differ. */
  HAMMING: 32,
  /** 1 − Σ min(x, y) / Σ max(x, y). */
  JACCARD: 33,
} as const;
export type Reduce = (typeof Reduce)[keyof typeof Reduce];

/** Conditions on one element; NaN meets only NOT_EQUALS, IS_NAN and NOT_FINITE. */
export const Condition = {
  EQUALS: 0,
  NOT_EQUALS: 1,
  GREATER: 2,
  GREATER_OR_EQUAL: 3,
  LESS: 4,
  LESS_OR_EQUAL: 5,
  /** |x − value| ≤ eps. */
  EPS_EQUALS: 6,
  /** |x − value| > eps. */
  EPS_NOT_EQUALS: 7,
  IS_NAN: 8,
  IS_INFINITE: 9,
  IS_FINITE: 10,
  NOT_FINITE: 11,
  ABS_GREATER: 12,
  ABS_GREATER_OR_EQUAL: 13,
  ABS_LESS: 14,
  ABS_LESS_OR_EQUAL: 15,
} as const;
export type Condition = (typeof Condition)[keyof typeof Condition];
