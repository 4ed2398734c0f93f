// Transforms and distances.

import type { DataType } from '../../../src/core/dataType.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { Transforms } from '../../../src/ndarray/transforms.ts';
import type { Family } from '../../support/arrayCases.ts';

const operations: Record<string, (...args: never[]) => unknown> = {
  'Transforms.isMax(type)': (x: INDArray) => Transforms.isMax(x, 'DOUBLE'),
  'isMax along dimension': (x: INDArray, dimension: number) => Transforms.isMax(x, 'BOOL' as DataType, dimension),
  distance1: (x: INDArray, y: INDArray) => x.distance1(y),
  distance2: (x: INDArray, y: INDArray) => x.distance2(y),
  squaredDistance: (x: INDArray, y: INDArray) => x.squaredDistance(y),
  'Transforms.pow(dup=false)': (x: INDArray, exponent: number) => Transforms.pow(x, exponent, false),
};
for (const [name, transform] of Object.entries(Transforms)) {
  for (const suffix of ['', '(dup=false)', '(number)', '(array)', '(cutoff)']) {
    operations[`Transforms.${name}${suffix}`] ??= transform as (...args: never[]) => unknown;
  }
}

const exact =
  /\.(abs|neg|ceil|floor|round|sign|relu6?|identity|not|and|or|xor|isMax|reverse|max|min|greater\w*|less\w*)(\(|$)|isMax/;
const sums = /[dD]istance|cosine|[sS]imilarit|dot|unitVec|normalize/;

export const transforms: Family = {
  operations,
  tolerance: (op) => {
    if (exact.test(op)) return {};
    if (sums.test(op)) return { rel: { FLOAT: 1e-6, DOUBLE: 1e-6 } };
    if (op.includes('softPlus')) return { abs: { FLOAT: 1e-7, DOUBLE: 1e-15 }, ulp: { FLOAT: 2, DOUBLE: 3 } };
    return { ulp: { FLOAT: op.includes('tanh') ? 6 : 2, DOUBLE: 3 } };
  },
};
