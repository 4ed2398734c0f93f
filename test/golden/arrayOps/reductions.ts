// Reductions to arrays and numbers, percentiles, cumulative sums.

import { nd4jReductions } from '../../../src/ndarray/nd4jReductions.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { Family } from '../../support/arrayCases.ts';

type Reduction = (...args: unknown[]) => unknown;

/** A method of the first argument by name, with the other arguments spread. */
function method(name: string): (x: INDArray, ...args: unknown[]) => unknown {
  return (x, ...args) => (x[name as 'sum'] as Reduction).apply(x, args.flat());
}

const operations: Record<string, (...args: never[]) => unknown> = {
  'stdNumber(false)': (x: INDArray) => x.stdNumber(false),
  'Nd4j.cumsum': (x: INDArray) => nd4jReductions.cumsum(x),
  percentileNumber: (x: INDArray, percent: number) => x.percentileNumber(percent),
  'sum of large': (x: INDArray) => x.sumNumber(),
  'mean of large': (x: INDArray) => x.meanNumber(),
  'var of large': (x: INDArray) => x.varNumber(),
  'norm2 of large': (x: INDArray) => x.norm2Number(),
};

const names = ['sum', 'mean', 'prod', 'max', 'min', 'amax', 'amin', 'amean', 'norm1', 'norm2', 'normmax', 'std', 'var'];
for (const name of [
  ...names,
  'entropy',
  'logEntropy',
  'shannonEntropy',
  'argMax',
  'percentile',
  'median',
  'cumsum',
  'cumsumi',
]) {
  for (const suffix of ['', '(dim)', '(biasCorrected)', '(biasCorrected, keepDims)'])
    operations[name + suffix] = method(name);
  operations[`${name}(keepDims)`] = (x: INDArray, ...dimensions: unknown[]) =>
    (x[name as 'sum'] as Reduction).apply(x, [true, ...dimensions.flat()]);
  operations[`type of ${name}`] = method(name);
  operations[`${name}Number`] = method(`${name}Number`);
}
for (const [name, reduction] of Object.entries(nd4jReductions)) {
  for (const suffix of ['', '()', '(dim)']) {
    operations[`Nd4j.${name}${suffix}`] ??= (...args: unknown[]) => (reduction as Reduction)(...args.flat());
  }
}
operations['Nd4j.averageAndPropagate'] = (arrays: INDArray[]) => {
  nd4jReductions.averageAndPropagate(arrays);
  return arrays;
};

const exact = /^(max|min|amax|amin|argM|Nd4j\.(arg|max|min)|type of (argMax|max)|percentile|median)/;

export const reductions: Family = {
  operations,
  tolerance: (op) =>
    exact.test(op)
      ? { ulp: { DOUBLE: 2, FLOAT: 1 } }
      : {
          rel: { FLOAT: 1e-6, DOUBLE: op.includes('Number') || op.endsWith('large') ? 1e-6 : 1e-13 },
          ulp: { HALF: 1, BFLOAT16: 1 },
        },
};
