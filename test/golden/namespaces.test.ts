// Every recorded operation of DL4J's namespaces, run and compared. `math.add` is `Nd4j.math().add(…)`; `linalg.mmulBp` is what DL4J has as a
// custom operation. Operations whose arguments are no arrays, numbers, texts or lists of these have a row in `calls`.

import { describe, expect, test } from 'vitest';
import { type Condition, Conditions } from '../../src/ndarray/conditions.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import { type ArrayCase, checkBreakage, checkCase, describeCase, type Family } from '../support/arrayCases.ts';
import { goldenFiles } from '../support/golden.ts';
import { differenceOf } from './differences.ts';
import { poolingCalls } from './poolingCalls.ts';

interface NamespaceFile {
  readonly kind: string;
  readonly cases: readonly ArrayCase[];
}

type Call = (...args: never[]) => unknown;

/** A condition from a text such as `greaterThan 2`. */
function conditionOf(text: string): Condition {
  const [name = '', value] = text.split(' ');
  return (Conditions[name as 'equals'] as (value: number) => Condition)(Number(value));
}

/** Operations that need their arguments made: name → call. */
const calls: Record<string, Call> = {
  ...poolingCalls,
  'math.firstIndex': (x: INDArray, condition: string, ...rest: number[]) =>
    Nd4j.math().firstIndex(x, conditionOf(condition), ...rest),
  'math.lastIndex': (x: INDArray, condition: string, ...rest: number[]) =>
    Nd4j.math().lastIndex(x, conditionOf(condition), ...rest),
};

/** How far a result may be from DL4J's, by name of the operation; the first row that matches. */
const tolerances: readonly (readonly [RegExp, Family['tolerance']])[] = [
  // Sums of products, in another order than libnd4j's.
  [
    /^(rnn\.|nn\.)/,
    { ulp: { FLOAT: 16, DOUBLE: 16 }, rel: { FLOAT: 1e-5, DOUBLE: 1e-12 }, abs: { FLOAT: 1e-6, DOUBLE: 1e-14 } },
  ],
  // M2.1 multiplies DOUBLE by a float32 reciprocal.
  [/^math\.(mergeAvg|varianceBp)$/, { rel: { FLOAT: 1e-6, DOUBLE: 1e-7 } }],
  // libnd4j works in float32, for DOUBLE too.
  [/^image\.(hsv|adjustH|adjustS|resizeBiL|crop)/, { rel: { FLOAT: 1e-5, DOUBLE: 1e-6 } }],
  [/^image\.(imageR|resizeBiC)/, { rel: { FLOAT: 1e-5, DOUBLE: 1e-5 } }],
  // libnd4j loses digits of ε in 1 − p + ε.
  [/^loss\.logLoss/, { ulp: { FLOAT: 16, DOUBLE: 16 }, rel: { FLOAT: 1e-4, DOUBLE: 1e-8 } }],
  // libnd4j holds epsilon and smoothing in float32, and takes differences of sums of squares.
  [/^loss\.(logP|sigm|softm)/, { ulp: { FLOAT: 16, DOUBLE: 16 }, rel: { FLOAT: 2e-6, DOUBLE: 1e-8 } }],
  [/^loss\./, { ulp: { FLOAT: 16, DOUBLE: 16 }, rel: { FLOAT: 1e-5, DOUBLE: 1e-13 } }],
  [/./, { ulp: { FLOAT: 4, DOUBLE: 8 }, rel: { FLOAT: 1e-6, DOUBLE: 1e-14 } }],
];

function callOf(op: string): Call | undefined {
  if (calls[op] !== undefined) return calls[op];
  const [space = '', name = ''] = op.split('.');
  const namespace = (Nd4j as unknown as Record<string, () => Record<string, Call>>)[space]?.();
  const method = namespace?.[name];
  if (method === undefined) return undefined;
  return (...args) => {
    if (space === 'random') Nd4j.getRandom().setSeed(42);
    return method.apply(namespace, args);
  };
}

/** Cases that are meant to differ, by reason. */
const found = new Map<string, (() => void)[]>();

for (const file of goldenFiles('namespaces')) {
  const { kind, cases } = file.read() as NamespaceFile;
  if (kind !== 'namespace-ops') continue;
  describe(file.name, () => {
    for (const [index, each] of cases.entries()) {
      const call = callOf(each.op);
      const tolerance = tolerances.find(([pattern]) => pattern.test(each.op))?.[1];
      const family = { operations: { [each.op]: call ?? (() => undefined) }, ...(tolerance && { tolerance }) };
      const words = describeCase(each, family);
      const difference = differenceOf('namespaces', `${file.name}/${words}`);
      if (call === undefined) test.skip(`${index}: ${words}: op ${each.op} is not built yet`, () => {});
      else if (difference !== undefined) {
        found.set(difference, [...(found.get(difference) ?? []), () => checkCase(each, family)]);
        test(`${index}: ${words} differs on purpose: ${difference}`, () =>
          checkBreakage(() => checkCase(each, family)));
      } else test(`${index}: ${words} is DL4J's`, () => checkCase(each, family));
    }
  });
}

describe('the table of differences', () => {
  for (const [reason, cases] of found) {
    test(`is needed where ${reason}`, () => {
      const differs = cases.some((check) => {
        try {
          check();
          return false;
        } catch {
          return true;
        }
      });
      expect(differs, 'not all cases agree with M2.1').toBe(true);
    });
  }
});
