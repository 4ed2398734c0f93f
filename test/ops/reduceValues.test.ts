import { describe, expect, test } from 'vitest';
import { reduce, reduceAll } from '../../src/ops/reduce.ts';
import { Condition, Reduce } from '../../src/ops/reduceCodes.ts';
import { groups, NAIVE } from '../reference/reduce.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, noise, valuesOf, viewOf } from '../support/views.ts';

describe('NaN, infinities and −0', () => {
  const [N, I] = [Number.NaN, Number.POSITIVE_INFINITY];
  /** Answers of ND4J 1.0.0-M2.1 for DOUBLE: max min amax amin normmax variance argMax argMin. */
  const ROWS: [number[], number[]][] = [
    [
      [1, N, 3],
      [3, 1, 3, 1, 3, N, 2, 0],
    ],
    [
      [N, 2, 3],
      [3, 2, N, N, 3, N, 0, 0],
    ],
    [
      [5, N, 3],
      [5, 3, 5, 3, 3, N, 0, 2],
    ],
    [
      [1, 3, N],
      [3, 1, 3, 1, N, N, 1, 0],
    ],
    [
      [-5, 2, N, 1],
      [2, -5, 5, 1, 1, N, 1, 0],
    ],
    [
      [N, N],
      [-I, I, N, N, N, N, 0, 0],
    ],
    [
      [1, I, 3],
      [I, 1, I, 1, I, I, 1, 0],
    ],
    [
      [1, I, 3, 4, 5],
      [I, 1, I, 1, I, N, 1, 0],
    ],
    [
      [I, 1],
      [I, 1, I, 1, I, I, 0, 1],
    ],
    [
      [I, I, 1],
      [I, 1, I, 1, I, N, 0, 2],
    ],
    [
      [1, I, -I],
      [I, -I, I, 1, I, I, 1, 2],
    ],
    [
      [0, -0],
      [0, 0, 0, 0, 0, 0, 0, 0],
    ],
    [
      [-I, -I],
      [-I, -I, I, I, I, N, 0, 0],
    ],
    [[I], [I, I, I, I, I, 0, 0, 0]],
  ];
  const OPS = ['MAX', 'MIN', 'ABS_MAX', 'ABS_MIN', 'NORM_MAX', 'VARIANCE', 'ARG_MAX', 'ARG_MIN'] as const;

  test.each(ROWS)(
    'extremes, variance and positions of %j are those of ND4J, in rows and in columns',
    (values, expected) => {
      for (const type of ['FLOAT', 'DOUBLE'] as const) {
        const row = viewOf(type, values, [values.length]);
        const columns = viewOf(
          type,
          values.flatMap((each) => [each, each, each, each, each]),
          [values.length, 5],
        );
        const out = emptyOf('DOUBLE', [5]);
        OPS.forEach((name, i) => {
          expectClose([reduceAll(Reduce[name], row, 1)], [expected[i] as number], { abs: 0 }, `${name} ${type}`);
          reduce(Reduce[name], out, columns, [0], 1);
          expectClose(valuesOf(out), new Array(5).fill(expected[i]), { abs: 0 }, `${name} ${type} columns`);
        });
      }
    },
  );

  test('sums and products carry NaN and infinities', () => {
    for (const name of [
      'SUM',
      'MEAN',
      'PROD',
      'ABS_SUM',
      'NORM2',
      'ABS_MEAN',
      'ENTROPY',
      'SHANNON_ENTROPY',
      'LOG_ENTROPY',
    ] as const) {
      expect(reduceAll(Reduce[name], viewOf('FLOAT', [...noise(40), N, 1], [42])), name).toBeNaN();
    }
    expect(reduceAll(Reduce.SUM, viewOf('FLOAT', [1, I, 3], [3]))).toBe(I);
    expect(reduceAll(Reduce.MEAN, viewOf('FLOAT', [1, -I, 3], [3]))).toBe(-I);
  });

  test('NaN is not 0', () => {
    const x = viewOf('FLOAT', [N, 0, -0], [3]);
    expect([
      reduceAll(Reduce.COUNT_NON_ZERO, x),
      reduceAll(Reduce.COUNT_ZERO, x),
      reduceAll(Reduce.ANY, x),
      reduceAll(Reduce.ALL, x),
    ]).toEqual([1, 2, 1, 0]);
  });
});

describe('integers', () => {
  test('sum, product and extremes are exact in 64 bits and wrap to the type of out', () => {
    const x = viewOf('INT', [2000000000, 2000000000], [2]);
    const out = emptyOf('INT', []);
    reduce(Reduce.SUM, out, x, []);
    expect(valuesOf(out)).toEqual([-294967296]);
    expect(reduceAll(Reduce.SUM, x)).toBe(4000000000);
    expect(reduceAll(Reduce.MEAN, x)).toBe(2000000000);
    const bytes = emptyOf('BYTE', [2]);
    reduce(Reduce.PROD, bytes, viewOf('BYTE', [100, 3, -2, 5], [2, 2]), [1]);
    expect(valuesOf(bytes)).toEqual([44, -10]);
    const long = viewOf('LONG', [2 ** 53, 2 ** 53 - 1, 1], [3]);
    const best = emptyOf('LONG', []);
    reduce(Reduce.MAX, best, long, []);
    expect(best.buffer.window()[0]).toBe(2n ** 53n);
  });

  test.each(['SHORT', 'BYTE', 'UBYTE', 'INT', 'LONG', 'UINT16', 'UINT32', 'UINT64'] as const)(
    '%s reduces like numbers',
    (type) => {
      const unsigned = type.startsWith('U');
      const values = [3, 0, -7, 5, 5, 1, -1, 7].map((each) => (unsigned ? Math.abs(each) : each));
      const x = viewOf(type, values, [2, 4], { strides: [9, 2] });
      for (const name of [
        'SUM',
        'MEAN',
        'PROD',
        'MAX',
        'MIN',
        'ABS_MAX',
        'ABS_MIN',
        'NORM2',
        'VARIANCE',
        'ABS_SUM',
        'COUNT_ZERO',
        'ARG_MAX',
        'ARG_MIN',
        'ARG_ABS_MAX',
        'ARG_ABS_MIN',
      ] as const) {
        const expected = groups([2, 4], [1]).map((group) =>
          (NAIVE[name] as (x: number[], c: number) => number)(
            group.map((i) => values[i] as number),
            1,
          ),
        );
        const out = emptyOf('DOUBLE', [2]);
        reduce(Reduce[name], out, x, [1], 1);
        expectClose(valuesOf(out), expected, { rel: 1e-14 }, name);
      }
    },
  );

  test('UINT64 orders by its unsigned value', () => {
    const x = viewOf('UINT64', [1, 2, 3], [3]);
    (x.buffer.window() as BigUint64Array)[1] = 2n ** 63n + 5n;
    const out = emptyOf('UINT64', []);
    for (const [name, expected] of [
      ['MAX', 2n ** 63n + 5n],
      ['MIN', 1n],
      ['ABS_MAX', 2n ** 63n + 5n],
    ] as const) {
      reduce(Reduce[name], out, x, []);
      expect(out.buffer.window()[0], name).toBe(expected);
    }
    expect(reduceAll(Reduce.ARG_MAX, x)).toBe(1);
    expect(reduceAll(Reduce.ARG_MIN, x)).toBe(0);
  });

  test('HALF computes in float32', () => {
    const x = viewOf('HALF', [0x3c00, 0x4000, 0xc400], [3]);
    expect(reduceAll(Reduce.SUM, x)).toBe(-1);
    expect(reduceAll(Reduce.ABS_MAX, x)).toBe(4);
    const out = emptyOf('HALF', []);
    reduce(Reduce.SUM, out, x, []);
    expect(valuesOf(out)).toEqual([0xbc00]);
  });
});

describe('conditions', () => {
  const values = [1, -1, 2, 2.4, -2, Number.NaN, Infinity, -Infinity, 0];
  const x = viewOf('DOUBLE', values, [9]);
  const holds: [keyof typeof Condition, (each: number) => boolean][] = [
    ['EQUALS', (each) => each === 2],
    ['NOT_EQUALS', (each) => each !== 2],
    ['GREATER', (each) => each > 2],
    ['GREATER_OR_EQUAL', (each) => each >= 2],
    ['LESS', (each) => each < 2],
    ['LESS_OR_EQUAL', (each) => each <= 2],
    ['EPS_EQUALS', (each) => Math.abs(each - 2) <= 0.5],
    ['EPS_NOT_EQUALS', (each) => Math.abs(each - 2) > 0.5],
    ['IS_NAN', Number.isNaN],
    ['IS_INFINITE', (each) => Math.abs(each) === Infinity],
    ['IS_FINITE', Number.isFinite],
    ['NOT_FINITE', (each) => !Number.isFinite(each)],
    ['ABS_GREATER', (each) => Math.abs(each) > 2],
    ['ABS_GREATER_OR_EQUAL', (each) => Math.abs(each) >= 2],
    ['ABS_LESS', (each) => Math.abs(each) < 2],
    ['ABS_LESS_OR_EQUAL', (each) => Math.abs(each) <= 2],
  ];

  test.each(holds)('%s counts and finds its elements', (name, met) => {
    const wanted = values.map((each, i) => (met(each) ? i : -1)).filter((i) => i >= 0);
    expect(reduceAll(Reduce.COUNT_MATCHES, x, Condition[name], 2, 0.5)).toBe(wanted.length);
    expect(reduceAll(Reduce.FIRST_INDEX, x, Condition[name], 2, 0.5)).toBe(wanted[0] ?? -1);
    expect(reduceAll(Reduce.LAST_INDEX, x, Condition[name], 2, 0.5)).toBe(wanted.at(-1) ?? -1);
  });

  test('every condition is tested', () => {
    expect(holds.map(([name]) => name)).toEqual(Object.keys(Condition));
  });

  test('positions along a dimension count from its start, −1 where nothing fits', () => {
    const out = emptyOf('LONG', [3]);
    const table = viewOf('FLOAT', [1, 5, 0, 2, 7, 0], [2, 3], { order: 'f' });
    reduce(Reduce.FIRST_INDEX, out, table, [0], Condition.GREATER, 1);
    expect(valuesOf(out)).toEqual([1, 0, -1]);
  });
});
