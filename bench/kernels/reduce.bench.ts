// Reductions of a million elements: all, each row (adjacent elements), each column (strided).

import { type Case, row, type TimedSuite } from '../harness/suite.ts';
import type { ReduceParameters, Reduction } from '../tasks/reduce.ts';

/** Nanoseconds of an element at most: adjacent, and by columns. */
const ASKED: Readonly<Record<Reduction, readonly [adjacent: number, strided: number]>> = {
  sum: [0.06, 0.15],
  mean: [0.06, 0.15],
  max: [0.06, 0.15],
  norm2: [0.06, 0.15],
  argMax: [0.15, 0.15],
  variance: [0.2, 0.2],
};
const WAYS: readonly [name: string, dimension?: 0 | 1][] = [['all'], ['over rows', 1], ['over columns', 0]];

function reduction(name: Reduction, way: string, dimension?: 0 | 1): Case {
  const parameters: ReduceParameters = {
    reduction: name,
    rows: 1000,
    columns: 1000,
    ...(dimension !== undefined && { dimension }),
  };
  const atMost = ASKED[name][dimension === 0 ? 1 : 0];
  const asked = [{ measure: 'ns/element', atMost }] as const;
  return row({ name: `${name}, ${way}`, task: 'reduce', parameters, measure: 'ns/element', asked });
}

export const reduce: TimedSuite = {
  name: 'reduce',
  title: 'Reductions of 1000×1000',
  cases: (Object.keys(ASKED) as Reduction[]).flatMap((name) =>
    WAYS.map(([way, dimension]) => reduction(name, way, dimension)),
  ),
};
