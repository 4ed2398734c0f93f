// Formulas on counts of one class against the rest: tp, fp, fn, tn. `edge` is the value of an undefined 0/0.

/** TP / (TP + FP) */
export function precisionOf(tp: number, fp: number, edge: number): number {
  return tp + fp === 0 ? edge : tp / (tp + fp);
}

/** TP / (TP + FN) */
export function recallOf(tp: number, fn: number, edge: number): number {
  return tp + fn === 0 ? edge : tp / (tp + fn);
}

/** FP / (FP + TN) */
export function falsePositiveRateOf(fp: number, tn: number, edge: number): number {
  return fp + tn === 0 ? edge : fp / (fp + tn);
}

/** FN / (FN + TP) */
export function falseNegativeRateOf(fn: number, tp: number, edge: number): number {
  return fn + tp === 0 ? edge : fn / (fn + tp);
}

/** (1 + β²)·P·R / (β²·P + R); 0 when P or R is 0. */
export function fBetaOf(beta: number, precision: number, recall: number): number {
  if (precision === 0 || recall === 0) return 0;
  return ((1 + beta * beta) * precision * recall) / (beta * beta * precision + recall);
}

/** √(P·R) (Fowlkes and Mallows 1983) */
export function gMeasureOf(precision: number, recall: number): number {
  return Math.sqrt(precision * recall);
}

/** (TP·TN − FP·FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN)) (Matthews 1975); NaN when a sum is 0. */
export function matthewsCorrelationOf(tp: number, fp: number, fn: number, tn: number): number {
  return (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
}
