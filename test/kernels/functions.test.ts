import { describe, expect, test } from 'vitest';
import type { Unary } from '../../src/ops/codes.ts';
import { unaryReference } from '../reference/elementwise.ts';
import { type FloatType, runBinary, runUnary } from '../support/kernelRuns.ts';
import { expectUlp } from '../support/ulp.ts';
import { noise } from '../support/views.ts';

/** name, bound in ulp for FLOAT and for DOUBLE (as much more than ours as the reference may err), ends of ranges. */
const ROWS: readonly [keyof typeof Unary, number, number, readonly number[]][] = [
  ['EXP', 1, 2, [-1, 1, -20, 20, -104, 89]],
  ['LOG', 1, 2, [0, 1e-38, 0.5, 2, 0, 100, 0, 3e38]],
  ['TANH', 3, 4, [-1, 1, -12, 12]],
  ['SIGMOID', 2.5, 4, [-1, 1, -30, 30, -87, 87]],
  ['SWISH', 3, 5, [-1, 1, -30, 30]],
  ['ERF', 2, 8, [-1, 1, -4, 4]],
  ['ERFC', 0.6, 8, [-1, 0.5, 0.5, 3, 3, 9]],
  ['EXPM1', 0.6, 3, [-1, 1, -1e-6, 1e-6, -30, 80]],
  ['LOG1P', 0.6, 3, [-0.99, 1, -1e-6, 1e-6, 0, 1e6]],
  ['LOG_SIGMOID', 0.6, 4, [-1, 1, -80, 80]],
  ['SIN', 0.6, 2, [-4, 4, -1000, 1000, 1e6, 1e8]],
  ['COS', 0.6, 2, [-4, 4, -1000, 1000, 1e6, 1e8]],
  ['TAN', 0.6, 2, [-1.5, 1.5, -1000, 1000]],
  ['ASIN', 0.6, 2, [-1, 1]],
  ['ACOS', 0.6, 2, [-1, 1]],
  ['ATAN', 0.6, 2, [-3, 3, -1e6, 1e6]],
  ['SINH', 0.6, 4, [-1, 1, -88, 88]],
  ['COSH', 0.6, 3, [-1, 1, -88, 88]],
  ['ASINH', 0.6, 4, [-1, 1, -1e4, 1e4]],
  ['ACOSH', 0.6, 4, [1, 2, 1, 1e5]],
  ['ATANH', 0.6, 4, [-1, 1, -1e-4, 1e-4]],
];

/** Numbers all over the range. */
function samples(low: number, high: number, type: FloatType): number[] {
  const raw = noise(4000, 11).map((each) => low + ((high - low) * (each + 1)) / 2);
  return type === 'FLOAT' ? raw.map(Math.fround) : raw;
}

describe.each(ROWS)('%s', (op, floatBound, doubleBound, ranges) => {
  test(`stays within ${floatBound} ulp of the true value for FLOAT, ${doubleBound} of Math's for DOUBLE`, () => {
    for (const [type, bound] of [
      ['FLOAT', floatBound],
      ['DOUBLE', doubleBound],
    ] as const) {
      for (let i = 0; i < ranges.length; i += 2) {
        const x = samples(ranges[i] as number, ranges[i + 1] as number, type);
        const expected = x.map((each) => unaryReference[op](each, 0, 0));
        expectUlp(runUnary(op, type, x), expected, type, bound, `${op} ${type}`);
      }
    }
  });
});

test('erf stays within 2 ulp and erfc within 4 of values computed with 40 digits', () => {
  const rows: readonly [number, number, number][] = [
    [0.001, 0.0011283787909692365, 0.9988716212090307],
    [0.25, 0.27632639016823696, 0.7236736098317631],
    [0.75, 0.7111556336535151, 0.28884436634648486],
    [1.25, 0.9229001282564583, 0.07709987174354177],
    [1.75, 0.9866716712191824, 0.013328328780817557],
    [2.5, 0.999593047982555, 0.0004069520174449589],
    [3.5, 0.9999992569016276, 7.430983723414128e-7],
    [5, 0.9999999999984626, 1.537459794428035e-12],
    [10, 1, 2.088487583762545e-45],
    [26.5, 1, 2.2109076642637343e-307],
  ];
  const x = rows.map((row) => row[0]);
  const negative = x.map((each) => -each);
  expectUlp(
    runUnary('ERF', 'DOUBLE', x),
    rows.map((row) => row[1]),
    'DOUBLE',
    2,
    'erf',
  );
  expectUlp(
    runUnary('ERF', 'DOUBLE', negative),
    rows.map((row) => -row[1]),
    'DOUBLE',
    2,
    'erf of negative',
  );
  expectUlp(
    runUnary('ERFC', 'DOUBLE', x),
    rows.map((row) => row[2]),
    'DOUBLE',
    4,
    'erfc',
  );
});

test('exp of DOUBLE covers its whole range, results below the normal range included', () => {
  const x = samples(-745, 709.7, 'DOUBLE');
  expectUlp(runUnary('EXP', 'DOUBLE', x), x.map(Math.exp), 'DOUBLE', 2);
  expect(runUnary('EXP', 'DOUBLE', [709.9, -746, 710])).toEqual([Infinity, 0, Infinity]);
});

test('gelu of FLOAT rounds its argument once more: the bound is 3 ulp + |1.702 x|', () => {
  const x = samples(-20, 20, 'FLOAT');
  const y = runUnary('GELU', 'FLOAT', x);
  x.forEach((each, i) => {
    const bound = 3 + Math.abs(1.702 * each);
    expectUlp([y[i] as number], [unaryReference.GELU(each, 0, 0)], 'FLOAT', bound, `gelu(${each})`);
  });
});

test('pow stays within 1 ulp for FLOAT and 3 for DOUBLE, also where the power is large', () => {
  for (const [scale, span] of [
    [10, 10],
    [2, 100],
    [1000, 12],
  ] as const) {
    const x = noise(3000, 3).map((each) => Math.fround(Math.abs(each) * scale + 1e-3));
    const y = noise(3000, 5).map((each) => Math.fround(each * span));
    const expected = x.map((each, i) => each ** (y[i] as number));
    expectUlp(runBinary('POW', 'FLOAT', x, y), expected, 'FLOAT', 1, 'pow FLOAT');
    expectUlp(runBinary('POW', 'DOUBLE', x, y), expected, 'DOUBLE', 3, 'pow DOUBLE');
  }
});

test('float32 activations are the steps of correctly rounded float functions, as DL4J computes them', () => {
  const f = Math.fround;
  const x = samples(-8, 8, 'FLOAT');
  const exp = (each: number): number => f(Math.exp(each));
  const elu = x.map((each) => (each >= 0 ? each : f(exp(each) - 1)));
  const softplus = x.map((each) => f(Math.log(f(1 + exp(each)))));
  const slope = x.map((each) => {
    const s = f(1 / f(1 + exp(-each)));
    return f(s * f(1 - s));
  });
  for (const [name, actual, expected] of [
    ['elu', runUnary('ELU', 'FLOAT', x, 1), elu],
    ['softplus', runUnary('SOFTPLUS', 'FLOAT', x), softplus],
    ['slope of sigmoid', runBinary('SIGMOID_BP', 'FLOAT', x, 1), slope],
  ] as const) {
    const different = expected.filter((each, i) => each !== actual[i]).length;
    // Where a function lies within 2^−10 ulp of the middle of two floats, rounding may differ.
    expect(different / x.length, name).toBeLessThan(0.005);
  }
});

test('softplus overflows to infinity where e^x does, as in DL4J', () => {
  expect(runUnary('SOFTPLUS', 'FLOAT', [80, 89])).toEqual([80, Infinity]);
  expect(runUnary('SOFTPLUS', 'DOUBLE', [700, 710])).toEqual([700, Infinity]);
});
