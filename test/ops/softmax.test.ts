import { describe, expect, test } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import type { ArrayView } from '../../src/memory/view.ts';
import { logSoftmax, logSoftmaxBackward, softmax, softmaxBackward } from '../../src/ops/softmax.ts';
import { groups } from '../reference/reduce.ts';
import { naiveLogSoftmax, naiveLogSoftmaxBackward, naiveSoftmax, naiveSoftmaxBackward } from '../reference/softmax.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, type Layout, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

const EPSILON = { FLOAT: 2 ** -23, DOUBLE: 2 ** -52 } as const;
type Floating = keyof typeof EPSILON;

/** `row` applied to every row along `dimension`. */
function along(
  shape: readonly number[],
  dimension: number,
  inputs: readonly (readonly number[])[],
  row: (...rows: number[][]) => number[],
): number[] {
  const out: number[] = [];
  const others = shape.map((_, d) => d).filter((d) => d !== dimension);
  const rows = others.length === 0 ? [inputs[0]?.map((_, i) => i) ?? []] : groups(shape, [dimension]);
  for (const group of rows) {
    const result = row(...inputs.map((values) => group.map((i) => values[i] as number)));
    group.forEach((i, at) => {
      out[i] = result[at] as number;
    });
  }
  return out;
}

const round = (type: Floating, values: readonly number[]): number[] =>
  type === 'FLOAT' ? values.map(Math.fround) : [...values];

/** All four operations on one shape and layout against their definitions. */
function check(
  type: Floating,
  shape: readonly number[],
  dimension: number,
  layout: Layout = {},
  outLayout: Layout = layout,
  scale = 4,
): void {
  const length = shape.reduce((product, size) => product * size, 1);
  const x = noise(length).map((each) => Math.fround(each * scale));
  const g = noise(length, 2);
  const what = `${type} [${shape}] along ${dimension} ${JSON.stringify(layout)}`;
  const epsilon = EPSILON[type];
  const out = emptyOf(type, shape, outLayout);
  const xView = viewOf(type, x, shape, layout);
  const gView = viewOf(type, g, shape, layout);

  softmax(out, xView, dimension);
  expectClose(
    valuesOf(out),
    along(shape, dimension, [x], naiveSoftmax),
    { rel: (4 + 2 * scale) * epsilon, abs: type === 'FLOAT' ? 2 ** -125 : 0 },
    `softmax ${what}`,
  );
  logSoftmax(out, xView, dimension);
  expectClose(
    valuesOf(out),
    along(shape, dimension, [x], naiveLogSoftmax),
    { abs: 3 * epsilon * 2 * scale },
    `logSoftmax ${what}`,
  );

  const y = round(type, along(shape, dimension, [x], naiveSoftmax));
  const yView = viewOf(type, y, shape, layout);
  softmaxBackward(out, yView, gView, dimension);
  expectClose(
    valuesOf(out),
    along(shape, dimension, [y, g], naiveSoftmaxBackward),
    { abs: 4 * epsilon },
    `softmaxBackward ${what}`,
  );
  const z = round(type, along(shape, dimension, [x], naiveLogSoftmax));
  const zView = viewOf(type, z, shape, layout);
  logSoftmaxBackward(out, zView, gView, dimension);
  const bound = 4 * epsilon * (shape[dimension] as number);
  expectClose(
    valuesOf(out),
    along(shape, dimension, [z, g], naiveLogSoftmaxBackward),
    { abs: bound },
    `logSoftmaxBackward ${what}`,
  );
  expect(strayWrites(out), what).toEqual([]);
  release(out, xView, gView, yView, zView);
}

describe.each(['FLOAT', 'DOUBLE'] as const)('%s', (type) => {
  test('softmax() stays within (4 + |x − max|) ulp, its gradient within 4 ε, for rows and columns of every length from 1 to 67', () => {
    for (let size = 1; size <= 67; size++) {
      check(type, [3, size], 1);
      check(type, [size, 7], 0);
      check(type, [5, size], 0);
      check(type, [size], 0);
    }
    check(type, [2, 2000], 1);
    check(type, [2000, 5], 0);
  });

  test('any dimension of c, f, permuted and strided arrays into any layout', () => {
    const layouts: Layout[] = [
      {},
      { order: 'f' },
      { strides: [1, 80, 4, 20] },
      { strides: [400, 80, 14, 2], offset: 3 },
    ];
    for (const dimension of [0, 1, 2, 3]) {
      for (const layout of layouts) for (const out of layouts) check(type, [4, 3, 5, 4], dimension, layout, out);
    }
  });

  test('large and small arguments neither overflow nor lose the sum of 1', () => {
    check(type, [3, 33], 1, {}, {}, 80);
    const x = viewOf(type, [1000, 1001, -1000], [3]);
    softmax(x, x, 0);
    const y = valuesOf(x);
    expectClose(y, [0.2689414213699951, 0.7310585786300049, 0], { abs: EPSILON[type] });
    expect(Math.abs((y[0] as number) + (y[1] as number) - 1)).toBeLessThanOrEqual(EPSILON[type]);
  });

  test('the result may overwrite an operand', () => {
    for (const [shape, dimension] of [
      [[3, 21], 1],
      [[21, 6], 0],
    ] as const) {
      const x = noise(shape[0] * shape[1]);
      const g = noise(shape[0] * shape[1], 2);
      const run = (alias: boolean): number[][] => {
        const results: number[][] = [];
        const make = (values: readonly number[]): ArrayView => viewOf(type, values, shape);
        const target = (operand: ArrayView): ArrayView => (alias ? operand : emptyOf(type, shape));
        for (const operation of [softmax, logSoftmax]) {
          const operand = make(x);
          const out = target(operand);
          operation(out, operand, dimension);
          results.push(valuesOf(out));
        }
        for (const operation of [softmaxBackward, logSoftmaxBackward]) {
          for (const which of [0, 1]) {
            const operands = [make(x), make(g)] as const;
            const out = target(operands[which] as ArrayView);
            operation(out, operands[0], operands[1], dimension);
            results.push(valuesOf(out));
          }
        }
        return results;
      };
      expect(run(true)).toEqual(run(false));
    }
  });

  test('NaN and ∞ make their row NaN and no other, −∞ gives 0, as in ND4J', () => {
    const [N, I] = [Number.NaN, Number.POSITIVE_INFINITY];
    const rows = [
      [1, N, 2],
      [I, 1, 0],
      [-I, 1, 1],
      [-I, -I, -I],
      [0, 0, -I],
    ];
    const expected = [N, N, N, N, N, N, 0, 0.5, 0.5, N, N, N, 0.5, 0.5, 0];
    const out = emptyOf(type, [5, 3]);
    softmax(out, viewOf(type, rows.flat(), [5, 3]), 1);
    expectClose(valuesOf(out), expected, { abs: 0 });
    softmax(out, viewOf(type, rows.flat(), [5, 3], { strides: [1, 5] }), 1);
    expectClose(valuesOf(out), expected, { abs: 0 });
    logSoftmax(out, viewOf(type, rows.flat(), [5, 3]), 1);
    expectClose(valuesOf(out), expected.map(Math.log), { abs: 2 * EPSILON[type] });
  });

  test.each([-1e4, -1e9, -1e30, Number.NEGATIVE_INFINITY])(
    'long rows masked by %d give 0 there and 1 in all',
    (masked) => {
      for (const size of [64, 67, 200]) {
        const x = Array.from({ length: size }, (_, i) => (i % 3 === 0 ? 0 : masked));
        const share = 1 / Math.ceil(size / 3);
        const out = emptyOf(type, [1, size]);
        softmax(out, viewOf(type, x, [1, size]), 1);
        const expected = x.map((each) => (each === 0 ? share : 0));
        expectClose(valuesOf(out), expected, { abs: EPSILON[type] * share });
      }
    },
  );

  test('NaN and ∞ anywhere in a long row make it NaN', () => {
    for (const [value, at] of [
      [Number.NaN, 5],
      [Number.POSITIVE_INFINITY, 40],
      [Number.NaN, 99],
    ] as const) {
      const x = noise(100).map((each, i) => (i === at ? value : each));
      const out = emptyOf(type, [1, 100]);
      softmax(out, viewOf(type, x, [1, 100]), 1);
      expect(valuesOf(out).every(Number.isNaN)).toBe(true);
    }
  });
});

describe('properties', () => {
  test('softmax() does not change when a whole number is added to a row', () => {
    const x = noise(40).map((each) => Math.round(each * 64) / 64);
    const [a, b] = [emptyOf('DOUBLE', [4, 10]), emptyOf('DOUBLE', [4, 10])];
    softmax(a, viewOf('DOUBLE', x, [4, 10]), 1);
    softmax(
      b,
      viewOf(
        'DOUBLE',
        x.map((each) => each + 32),
        [4, 10],
      ),
      1,
    );
    expect(valuesOf(b)).toEqual(valuesOf(a));
  });

  test('a row sums to 1, its gradient to 0', () => {
    const y = emptyOf('DOUBLE', [1, 50]);
    softmax(y, viewOf('DOUBLE', noise(50), [1, 50]), 1);
    const out = emptyOf('DOUBLE', [1, 50]);
    softmaxBackward(out, y, viewOf('DOUBLE', noise(50, 3), [1, 50]), 1);
    const sum = (view: ArrayView): number => valuesOf(view).reduce((total, each) => total + each, 0);
    expectClose([sum(y), sum(out)], [1, 0], { abs: 1e-15 });
  });

  test.each([
    ['softmax', softmax, softmaxBackward],
    ['logSoftmax', logSoftmax, logSoftmaxBackward],
  ] as const)('the gradient of %s is that of central differences', (_, forward, backward) => {
    const n = 7;
    const x = noise(n);
    const g = noise(n, 9);
    const y = emptyOf('DOUBLE', [n]);
    const loss = (values: readonly number[]): number => {
      forward(y, viewOf('DOUBLE', values, [n]), 0);
      return valuesOf(y).reduce((total, each, i) => total + each * (g[i] as number), 0);
    };
    const step = 1e-5;
    const expected = x.map(
      (_, i) =>
        (loss(x.map((each, j) => (i === j ? each + step : each))) -
          loss(x.map((each, j) => (i === j ? each - step : each)))) /
        (2 * step),
    );
    loss(x);
    const out = emptyOf('DOUBLE', [n]);
    backward(out, y, viewOf('DOUBLE', g, [n]), 0);
    expectClose(valuesOf(out), expected, { abs: 1e-9 });
  });

  test('HALF computes in float32, mixed types in the wider one', () => {
    const out = emptyOf('HALF' as DataType, [2]);
    softmax(out, viewOf('HALF', [0x3c00, 0x3c00], [2]), 0);
    expect(valuesOf(out)).toEqual([0x3800, 0x3800]);
    const wide = emptyOf('DOUBLE', [2]);
    softmax(wide, viewOf('FLOAT', [1, 2], [2]), 0);
    expectClose(valuesOf(wide), naiveSoftmax([1, 2]), { rel: 1e-15 });
  });

  test('an empty array is left alone', () => {
    const empty = emptyOf('FLOAT', [0, 3]);
    softmax(empty, empty, 1);
    softmaxBackward(empty, empty, empty, 1);
    expect(strayWrites(empty)).toEqual([]);
  });
});
