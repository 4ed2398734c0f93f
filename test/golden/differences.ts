// Golden cases whose result is meant to differ from DL4J 1.0.0-M2.1, by name, with the reason. Everything else must agree.

export interface Difference {
  readonly area: 'arrays' | 'memory' | 'networks' | 'evaluation' | 'data';
  /** `file/case` as the test names it, or a pattern over such names. */
  readonly cases: string | RegExp;
  readonly reason: string;
}

export const differences: readonly Difference[] = [];

/** The reason why a case is meant to differ, or undefined. */
export function differenceOf(area: Difference['area'], name: string): string | undefined {
  return differences.find(
    (row) => row.area === area && (typeof row.cases === 'string' ? row.cases === name : row.cases.test(name)),
  )?.reason;
}
