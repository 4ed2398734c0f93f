import { describe, expect, test } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import {
  cosineSimilarity,
  cosineSimilarityAll,
  reduce,
  reduceAll,
  reducePair,
  reducePairAll,
} from '../../src/ops/reduce.ts';
import { Reduce } from '../../src/ops/reduceCodes.ts';
import { groups, keptShape, NAIVE, NAIVE_PAIR } from '../reference/reduce.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, type Layout, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

type Name = keyof typeof Reduce;
const ONE = Object.keys(NAIVE) as Name[];
const PAIR = Object.keys(NAIVE_PAIR) as Name[];
const TOLERANCE: Partial<Record<DataType, number>> = { FLOAT: 1e-6, DOUBLE: 1e-13 };

/** Values of each kind of operator: entropies need positive ones. */
function input(name: Name, length: number, seed = 1): number[] {
  const values = noise(length, seed);
  if (/ENTROPY/.test(name)) return values.map((each) => Math.fround((Math.abs(each) + 0.01) / length));
  return /COUNT|ANY|ALL|HAMMING/.test(name) ? values.map((each) => Math.round(each * 2)) : values;
}

/** The reduction against the definition, with a bound relative to the largest expected result or term. */
function check(
  name: Name,
  type: DataType,
  shape: readonly number[],
  dimensions: readonly number[],
  layout: Layout = {},
  outLayout: Layout = {},
): void {
  const length = shape.reduce((product, size) => product * size, 1);
  const x = input(name, length);
  const y = input(name, length, 2);
  const xView = viewOf(type, x, shape, layout);
  const yView = viewOf(type, y, shape, layout);
  const out = emptyOf('DOUBLE', keptShape(shape, dimensions), outLayout);
  const what = `${name} ${type} [${shape}] along [${dimensions}] ${JSON.stringify(layout)}`;
  reducePair(Reduce[name], out, xView, name in NAIVE_PAIR ? yView : xView, dimensions, 1);
  const pick = (values: readonly number[], group: readonly number[]) => group.map((i) => values[i] as number);
  const expected = groups(shape, dimensions).map((group) =>
    name in NAIVE_PAIR
      ? (NAIVE_PAIR[name] as (a: number[], b: number[]) => number)(pick(x, group), pick(y, group))
      : (NAIVE[name] as (a: number[], correction: number) => number)(pick(x, group), 1),
  );
  const n = length / Math.max(expected.length, 1);
  const bound = (TOLERANCE[type] ?? 0) * (/SUM|DOT|MANHATTAN|SQUARED/.test(name) ? Math.max(n, 4) : 4);
  expectClose(
    valuesOf(out),
    expected,
    /ARG|COUNT|ANY|ALL|MAX$|MIN$/.test(name) ? { abs: 0 } : { abs: bound, rel: bound },
    what,
  );
  expect(strayWrites(out), what).toEqual([]);
  release(xView, yView, out);
}

describe('reduce() against the definitions', () => {
  test.each([...ONE, ...PAIR])('%s of rows and columns of every length from 1 to 67', (name) => {
    for (const type of ['FLOAT', 'DOUBLE'] as const) {
      for (let size = 1; size <= 67; size++) {
        check(name, type, [3, size], [1]);
        check(name, type, [size, 3], [0]);
        check(name, type, [3, size], [0]);
        check(name, type, [size], []);
      }
    }
  });

  test.each([...ONE, ...PAIR])('%s along any dimensions of c, f, permuted and strided arrays', (name) => {
    const shape = [3, 4, 5, 6];
    const layouts: Layout[] = [
      {},
      { order: 'f' },
      { strides: [5, 90, 1, 15] },
      { strides: [400, 80, 14, 2], offset: 3 },
      { strides: [1, 4, 20, 101] },
    ];
    for (const dimensions of [[], [0], [1], [2], [3], [0, 1], [1, 3], [0, 2], [2, 3], [0, 1, 3], [3, 1, 0, 2]]) {
      for (const layout of layouts) check(name, 'FLOAT', shape, dimensions, layout);
      check(name, 'DOUBLE', shape, dimensions, layouts[1], { order: 'f' });
    }
  });

  test.each(['SUM', 'MAX', 'ARG_MAX', 'VARIANCE', 'DOT', 'LOG_SUM_EXP'] as Name[])(
    '%s across the chunks of the kernel',
    (name) => {
      check(name, 'FLOAT', [3, 1100], [0]);
      check(name, 'DOUBLE', [1100, 2], [1]);
      check(name, 'FLOAT', [2, 1300], [1], { order: 'f' });
    },
  );

  test('writes results through any strides and keeps dimensions of size 1', () => {
    const x = viewOf('FLOAT', [1, 2, 3, 4, 5, 6], [2, 3]);
    const out = emptyOf('FLOAT', [2, 1], { strides: [5, 1], offset: 2 });
    reduce(Reduce.SUM, out, x, [1]);
    expect(valuesOf(out)).toEqual([6, 15]);
    expect(strayWrites(out)).toEqual([]);
    const columns = emptyOf('DOUBLE', [1, 3], { strides: [1, 2] });
    reduce(Reduce.SUM, columns, x, [0]);
    expect(valuesOf(columns)).toEqual([5, 7, 9]);
  });

  test('writes the type of out, positions as LONG and truths as BOOL', () => {
    const x = viewOf('DOUBLE', [0, 2.75, 1, 0, 0, 0], [2, 3]);
    const whole = emptyOf('INT', [2]);
    reduce(Reduce.SUM, whole, x, [1]);
    expect(valuesOf(whole)).toEqual([3, 0]);
    const at = emptyOf('LONG', [2]);
    reduce(Reduce.ARG_MAX, at, x, [1]);
    expect(valuesOf(at)).toEqual([1, 0]);
    const any = emptyOf('BOOL', [2]);
    reduce(Reduce.ANY, any, x, [1]);
    expect(valuesOf(any)).toEqual([1, 0]);
  });

  test('writes nothing for an array without outputs, and the neutral element for empty reductions', () => {
    const none = emptyOf('FLOAT', [0]);
    reduce(Reduce.SUM, none, emptyOf('FLOAT', [0, 3]), [1]);
    expect(strayWrites(none)).toEqual([]);
    const out = emptyOf('FLOAT', [2]);
    const empty = emptyOf('FLOAT', [2, 0]);
    for (const [name, neutral] of [
      ['SUM', 0],
      ['PROD', 1],
      ['MAX', -Infinity],
      ['MIN', Infinity],
      ['NORM2', 0],
      ['MEAN', NaN],
      ['ANY', 0],
      ['ALL', 1],
    ] as const) {
      reduce(Reduce[name], out, empty, [1]);
      expect(valuesOf(out), name).toEqual([neutral, neutral]);
    }
    expect(reduceAll(Reduce.SUM, empty)).toBe(0);
  });
});

describe('accuracy', () => {
  const length = 1 << 17;
  const values = noise(length).map((each) => Math.fround(each + 3));
  const exact = values.reduce((total, each) => total + each, 0);
  const magnitude = values.reduce((total, each) => total + Math.abs(each), 0);

  test('float32 sums stay within 12 · 2⁻²⁴ · Σ|x| whatever the length, along rows and columns', () => {
    const row = viewOf('FLOAT', values, [length]);
    expectClose([reduceAll(Reduce.SUM, row)], [exact], { abs: 12 * 2 ** -24 * magnitude });
    const columns = viewOf('FLOAT', values, [length / 4, 4]);
    const out = emptyOf('DOUBLE', [4]);
    reduce(Reduce.SUM, out, columns, [0]);
    const expected = [0, 1, 2, 3].map((c) =>
      values.filter((_, i) => i % 4 === c).reduce((total, each) => total + each, 0),
    );
    expectClose(valuesOf(out), expected, { abs: (12 * 2 ** -24 * magnitude) / 4 });
    release(row, columns);
  });

  test('the variance of float32 values far from 0 stays within 1e−6 of the exact one', () => {
    const far = noise(5000).map((each) => Math.fround(10000 + each));
    const expected = (NAIVE.VARIANCE as (x: number[], c: number) => number)(far, 1);
    expectClose([reduceAll(Reduce.VARIANCE, viewOf('FLOAT', far, [5000]), 1)], [expected], { rel: 1e-6 });
    const out = emptyOf('DOUBLE', [4]);
    reduce(Reduce.VARIANCE, out, viewOf('FLOAT', far, [1250, 4]), [0], 1);
    const columns = [0, 1, 2, 3].map((c) =>
      (NAIVE.VARIANCE as (x: number[], k: number) => number)(
        far.filter((_, i) => i % 4 === c),
        1,
      ),
    );
    expectClose(valuesOf(out), columns, { rel: 1e-6 });
  });

  test('logSumExp does not overflow', () => {
    expectClose([reduceAll(Reduce.LOG_SUM_EXP, viewOf('FLOAT', [1000, 1000], [2]))], [1000 + Math.log(2)], {
      rel: 1e-12,
    });
    expect(reduceAll(Reduce.LOG_SUM_EXP, viewOf('DOUBLE', [-Infinity, -Infinity], [2]))).toBe(-Infinity);
    expect(reduceAll(Reduce.LOG_SUM_EXP, viewOf('DOUBLE', [0, Infinity], [2]))).toBe(Infinity);
    expect(reduceAll(Reduce.LOG_SUM_EXP, viewOf('DOUBLE', [0, NaN], [2]))).toBeNaN();
  });
});

describe('distances', () => {
  test('cosineSimilarity() along dimensions and over all elements', () => {
    const x = noise(24, 1);
    const y = noise(24, 2);
    const cosine = (a: number[], b: number[]) =>
      (NAIVE_PAIR.DOT as (p: number[], q: number[]) => number)(a, b) /
      Math.sqrt(a.reduce((s, v) => s + v * v, 0) * b.reduce((s, v) => s + v * v, 0));
    const out = emptyOf('FLOAT', [4], { strides: [2] });
    cosineSimilarity(out, viewOf('FLOAT', x, [4, 6]), viewOf('FLOAT', y, [4, 6], { order: 'f' }), [1]);
    expectClose(
      valuesOf(out),
      groups([4, 6], [1]).map((g) =>
        cosine(
          g.map((i) => x[i] as number),
          g.map((i) => y[i] as number),
        ),
      ),
      { abs: 1e-6 },
    );
    expectClose([cosineSimilarityAll(viewOf('DOUBLE', x, [24]), viewOf('DOUBLE', y, [24]))], [cosine(x, y)], {
      abs: 1e-14,
    });
    expect(cosineSimilarityAll(viewOf('DOUBLE', [0, 0], [2]), viewOf('DOUBLE', [1, 2], [2]))).toBeNaN();
  });

  test('one operand may repeat through strides of 0, types may differ', () => {
    const x = viewOf('FLOAT', [1, 2, 3, 4, 5, 6], [2, 3]);
    const y = viewOf('INT', [1, 0, 2], [3]);
    const repeated = { ...y, geometry: emptyOf('INT', [2, 3], { strides: [0, 1] }).geometry };
    const out = emptyOf('DOUBLE', [2]);
    reducePair(Reduce.DOT, out, x, repeated, [1]);
    expect(valuesOf(out)).toEqual([7, 16]);
    expect(reducePairAll(Reduce.MANHATTAN, x, repeated)).toBe(15);
  });
});

describe('properties', () => {
  test('extremes and positions do not depend on where the maximum stands', () => {
    for (let at = 0; at < 70; at++) {
      const values = noise(70).map((each, i) => (i === at ? 9 : each));
      const x = viewOf('FLOAT', values, [70]);
      expect([reduceAll(Reduce.MAX, x), reduceAll(Reduce.ARG_MAX, x), reduceAll(Reduce.ARG_ABS_MAX, x)]).toEqual([
        9,
        at,
        at,
      ]);
    }
  });

  test.each([1023, 1024, 1025, 2051, 5000])(
    'argMax and argMin of %i elements find the first of equal ones',
    (length) => {
      for (const at of [0, 1, 1022, 1023, 1024, 1040, 2048, 4999].filter((position) => position < length)) {
        for (const type of ['FLOAT', 'DOUBLE'] as const) {
          const values = Array.from({ length }, (_, index) => Math.sin(index));
          for (const position of [at, length - 1]) values[position] = 2;
          const negated = values.map((value) => -value);
          expect(reduceAll(Reduce.ARG_MAX, viewOf(type, values, [length]))).toBe(at);
          expect(reduceAll(Reduce.ARG_MIN, viewOf(type, negated, [length]))).toBe(at);
        }
      }
    },
  );

  test('of equal elements the first is the position', () => {
    const x = viewOf('FLOAT', [1, 5, 5, -2, 5], [5]);
    expect(reduceAll(Reduce.ARG_MAX, x)).toBe(1);
    const columns = emptyOf('LONG', [5]);
    reduce(Reduce.ARG_MIN, columns, viewOf('DOUBLE', new Array(20).fill(3), [4, 5]), [0]);
    expect(valuesOf(columns)).toEqual([0, 0, 0, 0, 0]);
  });

  test('the sum of sums along each dimension is the sum of all', () => {
    const x = viewOf('DOUBLE', noise(210), [5, 6, 7]);
    const total = reduceAll(Reduce.SUM, x);
    for (const d of [0, 1, 2]) {
      const out = emptyOf('DOUBLE', keptShape([5, 6, 7], [d]));
      reduce(Reduce.SUM, out, x, [d]);
      expectClose([reduceAll(Reduce.SUM, out)], [total], { abs: 1e-13 });
    }
  });
});
