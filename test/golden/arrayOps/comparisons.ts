// Comparisons, conditions, BooleanIndexing and equality.

import { BooleanIndexing } from '../../../src/ndarray/booleanIndexing.ts';
import { type Condition, Conditions } from '../../../src/ndarray/conditions.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { Family } from '../../support/arrayCases.ts';

/** The condition of a text such as `epsEquals(2, 0.5)`. */
export function conditionOf(text: string): Condition {
  const [, name, list] = /^(\w+)\((.*)\)$/.exec(text) as RegExpExecArray;
  const numbers = list === '' ? [] : (list as string).split(',').map(Number);
  return (Conditions[name as keyof typeof Conditions] as (...values: number[]) => Condition)(...numbers);
}

const operations: Record<string, (...args: never[]) => unknown> = {
  isNaN: (x: INDArray) => x.isNaN(),
  isInfinite: (x: INDArray) => x.isInfinite(),
  any: (x: INDArray) => x.any(),
  all: (x: INDArray) => x.all(),
  none: (x: INDArray) => x.none(),
  cond: (x: INDArray, text: string) => x.cond(conditionOf(text)),
  scan: (x: INDArray, text: string) => x.scan(conditionOf(text)),
  'match(number)': (x: INDArray, value: number, text: string) => x.match(value, conditionOf(text)),
  equals: (x: INDArray, y: INDArray) => x.equals(y),
  'equals(null)': (x: INDArray) => x.equals(null),
  'equals(string)': (x: INDArray) => x.equals('an array'),
  equalsWithEps: (x: INDArray, y: INDArray, eps: number) => x.equalsWithEps(y, eps),
  equalShapes: (x: INDArray, y: INDArray) => x.equalShapes(y),
  'BooleanIndexing.and(dim)': (x: INDArray, text: string, dimension: number) =>
    BooleanIndexing.and(x, conditionOf(text), dimension),
  'BooleanIndexing.or(dim)': (x: INDArray, text: string, dimension: number) =>
    BooleanIndexing.or(x, conditionOf(text), dimension),
  'BooleanIndexing.firstIndex(dim)': (x: INDArray, text: string, dimension: number) =>
    BooleanIndexing.firstIndex(x, conditionOf(text), dimension),
  'BooleanIndexing.lastIndex(dim)': (x: INDArray, text: string, dimension: number) =>
    BooleanIndexing.lastIndex(x, conditionOf(text), dimension),
  'BooleanIndexing.replaceWhere(array)': (x: INDArray, y: INDArray, text: string) =>
    BooleanIndexing.replaceWhere(x, y, conditionOf(text)),
  'BooleanIndexing.replaceWhere(number)': (x: INDArray, value: number, text: string) =>
    BooleanIndexing.replaceWhere(x, value, conditionOf(text)),
  'BooleanIndexing.applyMask': (x: INDArray, y: INDArray, text: string) =>
    BooleanIndexing.applyMask(x, y, conditionOf(text)),
  'BooleanIndexing.chooseFrom': (x: INDArray, y: INDArray, text: string) =>
    BooleanIndexing.chooseFrom([x, y], conditionOf(text)),
};

for (const name of ['and', 'or', 'firstIndex', 'lastIndex'] as const) {
  operations[`BooleanIndexing.${name}`] = (x: INDArray, text: string) => BooleanIndexing[name](x, conditionOf(text));
}
for (const name of ['gt', 'gte', 'lt', 'lte', 'eq', 'neq', 'eps'] as const) {
  for (const suffix of ['', '(array)', '(number)']) {
    operations[name + suffix] = (x: INDArray, other: INDArray | number) => x[name](other);
  }
}

export const comparisons: Family = { operations };
