import { describe, expect, test } from 'vitest';
import type { ArrayView } from '../../src/memory/view.ts';
import {
  batchNormalize,
  batchNormalizeBackward,
  batchStatistics,
  layerNorm,
  layerNormBackward,
  standardize,
  standardizeBackward,
} from '../../src/ops/normalization.ts';
import { naiveBatchNormalize, naiveStatistics } from '../reference/normalization.ts';
import { groups } from '../reference/reduce.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, noise, valuesOf, viewOf } from '../support/views.ts';

const EPSILON = { FLOAT: 2 ** -23, DOUBLE: 2 ** -52 } as const;
type Floating = keyof typeof EPSILON;

/** Shapes with the dimension of their channels: images of both layouts, rows, odd sizes. */
const SHAPES: readonly (readonly [readonly number[], number])[] = [
  [[2, 3, 5, 4], 1],
  [[2, 5, 4, 3], 3],
  [[7, 5], 1],
  [[70, 1], 1],
  [[3, 2, 1], 1],
  [[1, 4, 600], 1],
  [[40, 7], 1],
  [[37, 12], 1],
  [[67, 48], 1],
  [[4, 3, 6, 10], 3],
  ...Array.from({ length: 20 }, (_, n) => [[3, n + 1], 1] as const),
  ...Array.from({ length: 68 }, (_, n) => [[2, 2, n + 1], 1] as const),
];

const productOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function layoutOf(shape: readonly number[], dimension: number) {
  return {
    outer: productOf(shape.slice(0, dimension)),
    channels: shape[dimension] as number,
    inner: productOf(shape.slice(dimension + 1)),
  };
}

describe.each(['FLOAT', 'DOUBLE'] as const)('%s', (type: Floating) => {
  const epsilon = EPSILON[type];
  const vector = (values: readonly number[]): ArrayView => viewOf(type, values, [values.length]);

  test('batchStatistics stays within 16 ulp of the spread, also far from 0', () => {
    for (const [shape, dimension] of SHAPES) {
      const layout = layoutOf(shape, dimension);
      for (const far of [0, 1000]) {
        const x = noise(productOf(shape), 3).map((each) => Math.fround(each + far));
        const mean = emptyOf(type, [layout.channels]);
        const variance = emptyOf(type, [layout.channels]);
        batchStatistics(mean, variance, viewOf(type, x, shape), dimension);
        const expected = naiveStatistics(x, layout);
        const what = `[${shape}] along ${dimension} around ${far}`;
        expectClose(valuesOf(mean), expected.mean, { abs: 16 * epsilon, rel: epsilon }, `mean ${what}`);
        expectClose(valuesOf(variance), expected.variance, { abs: 16 * epsilon }, `variance ${what}`);
      }
    }
  });

  test('batchNormalize stays within 16 ulp of its definition, with gamma and beta and without', () => {
    for (const [shape, dimension] of SHAPES) {
      const layout = layoutOf(shape, dimension);
      const { channels } = layout;
      const x = noise(productOf(shape), 4).map(Math.fround);
      const mean = noise(channels, 5).map(Math.fround);
      const variance = noise(channels, 6).map((each) => Math.fround(each * each));
      const gamma = noise(channels, 7).map(Math.fround);
      const beta = noise(channels, 8).map(Math.fround);
      const out = emptyOf(type, shape);
      const what = `[${shape}] along ${dimension}`;
      const xView = viewOf(type, x, shape);
      batchNormalize(out, xView, vector(mean), vector(variance), vector(gamma), vector(beta), 0.5, dimension);
      const bound = { abs: 16 * epsilon };
      expectClose(valuesOf(out), naiveBatchNormalize(x, layout, mean, variance, gamma, beta, 0.5), bound, what);
      batchNormalize(xView, xView, vector(mean), vector(variance), null, null, 0.5, dimension);
      const ones = gamma.map(() => 1);
      const zeros = gamma.map(() => 0);
      expectClose(valuesOf(xView), naiveBatchNormalize(x, layout, mean, variance, ones, zeros, 0.5), bound, what);
    }
  });

  test('strided views and other orders give what dense arrays give', () => {
    const shape = [2, 3, 4];
    const x = noise(24, 9).map(Math.fround);
    const mean = viewOf(type, [1, 2, 3], [3], { strides: [2], offset: 1 });
    const ones = vector([1, 1, 1]);
    const dense = emptyOf(type, shape);
    batchNormalize(dense, viewOf(type, x, shape), mean, ones, ones, null, 0.25, 1);
    for (const layout of [{ order: 'f' as const }, { strides: [30, 9, 2], offset: 3 }]) {
      const out = emptyOf(type, shape, layout);
      batchNormalize(out, viewOf(type, x, shape, layout), mean, ones, ones, null, 0.25, 1);
      expect(valuesOf(out)).toEqual(valuesOf(dense));
    }
  });

  test('NaN and infinities stay in their channel', () => {
    const x = viewOf(type, [1, 2, Number.NaN, 3, Number.POSITIVE_INFINITY, 4], [3, 2]);
    const mean = emptyOf(type, [2]);
    const variance = emptyOf(type, [2]);
    batchStatistics(mean, variance, x, 1);
    expect(valuesOf(mean)).toEqual([Number.NaN, 3]);
    const ones = vector([1, 1]);
    batchNormalize(x, x, ones, ones, null, null, 0, 1);
    expect(valuesOf(x)).toEqual([0, 1, Number.NaN, 2, Number.POSITIVE_INFINITY, 3]);
  });
});

test('gradients of batch normalization through its statistics agree with differences to 1e-6', () => {
  const epsilon = 1e-3;
  for (const [shape, dimension] of [
    [[3, 2, 3, 2], 1],
    [[2, 3, 2, 5], 3],
    [[6, 5], 1],
    [[35, 3], 1],
    [[4, 3, 7], 1],
  ] as const) {
    const layout = layoutOf(shape, dimension);
    const { channels } = layout;
    const length = productOf(shape);
    const x = noise(length, 11);
    const g = noise(length, 12);
    const gamma = noise(channels, 13);
    const beta = noise(channels, 14);
    const score = (values: readonly number[], gains: readonly number[], offsets: readonly number[]): number => {
      const { mean, variance } = naiveStatistics(values, layout);
      const y = naiveBatchNormalize(values, layout, mean, variance, gains, offsets, epsilon);
      return y.reduce((total, each, i) => total + each * (g[i] as number), 0);
    };
    const slopes = (values: readonly number[], at: (moved: number[]) => number): number[] =>
      values.map((_, i) => {
        const moved = (step: number): number => at(values.map((each, j) => (i === j ? each + step : each)));
        return (moved(1e-5) - moved(-1e-5)) / 2e-5;
      });
    const doubles = (values: readonly number[]): ArrayView => viewOf('DOUBLE', values, [values.length]);
    const xView = viewOf('DOUBLE', x, shape);
    const mean = emptyOf('DOUBLE', [channels]);
    const variance = emptyOf('DOUBLE', [channels]);
    batchStatistics(mean, variance, xView, dimension);
    const gradients = {
      x: emptyOf('DOUBLE', shape),
      gamma: emptyOf('DOUBLE', [channels]),
      beta: emptyOf('DOUBLE', [channels]),
    };
    const gView = viewOf('DOUBLE', g, shape);
    batchNormalizeBackward(gradients, xView, gView, mean, variance, doubles(gamma), epsilon, dimension);
    const bound = { abs: 1e-6 };
    expectClose(
      valuesOf(gradients.x),
      slopes(x, (moved) => score(moved, gamma, beta)),
      bound,
      `x [${shape}]`,
    );
    expectClose(
      valuesOf(gradients.gamma),
      slopes(gamma, (moved) => score(x, moved, beta)),
      bound,
      'gamma',
    );
    expectClose(
      valuesOf(gradients.beta),
      slopes(beta, (moved) => score(x, gamma, moved)),
      bound,
      'beta',
    );
    // The gradient may take the place of g.
    batchNormalizeBackward(
      { x: gView, gamma: null, beta: null },
      xView,
      gView,
      mean,
      variance,
      doubles(gamma),
      epsilon,
      dimension,
    );
    expect(valuesOf(gView)).toEqual(valuesOf(gradients.x));
  }
});

/** By definition, along the dimensions whose rows `members` lists. */
function naiveStandardize(x: readonly number[], members: readonly (readonly number[])[]): number[] {
  const out = [...x];
  for (const indices of members) {
    const mean = indices.reduce((sum, i) => sum + (x[i] as number), 0) / indices.length;
    const variance = indices.reduce((sum, i) => sum + ((x[i] as number) - mean) ** 2, 0) / indices.length;
    for (const i of indices) out[i] = variance === 0 ? 0 : ((x[i] as number) - mean) / Math.sqrt(variance);
  }
  return out;
}

describe.each([
  [[3, 5], [1]],
  [[2, 3, 4], [1]],
  [
    [2, 3, 4],
    [0, 2],
  ],
  [
    [2, 3, 4, 2],
    [1, 2, 3],
  ],
])('along dimensions of %j: %j', (shape, dimensions) => {
  const length = productOf(shape);
  const members = groups(shape, dimensions);
  const x = noise(length, 21);
  const g = noise(length, 22);
  const slopes = (values: readonly number[], score: (moved: number[]) => number): number[] =>
    values.map((_, i) => {
      const moved = (step: number): number => score(values.map((each, j) => (i === j ? each + step : each)));
      return (moved(1e-5) - moved(-1e-5)) / 2e-5;
    });
  const dot = (y: readonly number[]): number => y.reduce((sum, each, i) => sum + each * (g[i] as number), 0);

  test('standardize is its definition, and its gradient agrees with differences to 1e-6', () => {
    const out = emptyOf('DOUBLE', shape);
    const xView = viewOf('DOUBLE', x, shape);
    standardize(out, xView, dimensions);
    expectClose(valuesOf(out), naiveStandardize(x, members), { abs: 1e-13 });
    const dx = viewOf('DOUBLE', g, shape);
    standardizeBackward(dx, xView, dx, dimensions);
    expectClose(
      valuesOf(dx),
      slopes(x, (moved) => dot(naiveStandardize(moved, members))),
      { abs: 1e-6 },
    );
  });

  test('gradients of layerNorm agree with differences to 1e-6', () => {
    const channel = 1;
    const channels = shape[channel] as number;
    const inner = productOf(shape.slice(channel + 1));
    const gain = noise(channels, 23);
    const bias = noise(channels, 24);
    const at = (i: number): number => Math.floor(i / inner) % channels;
    const naive = (values: readonly number[], gains: readonly number[], offsets: readonly number[]): number[] =>
      naiveStandardize(values, members).map((each, i) => each * (gains[at(i)] as number) + (offsets[at(i)] as number));
    const xView = viewOf('DOUBLE', x, shape);
    const gainView = viewOf('DOUBLE', gain, [channels]);
    const out = emptyOf('DOUBLE', shape);
    layerNorm(out, xView, gainView, viewOf('DOUBLE', bias, [channels]), channel, dimensions);
    expectClose(valuesOf(out), naive(x, gain, bias), { abs: 1e-13 });
    const gradients = {
      x: emptyOf('DOUBLE', shape),
      gain: emptyOf('DOUBLE', [channels]),
      bias: emptyOf('DOUBLE', [channels]),
    };
    layerNormBackward(gradients, xView, gainView, viewOf('DOUBLE', g, shape), channel, dimensions);
    expectClose(
      valuesOf(gradients.x),
      slopes(x, (moved) => dot(naive(moved, gain, bias))),
      { abs: 1e-6 },
    );
    expectClose(
      valuesOf(gradients.gain),
      slopes(gain, (moved) => dot(naive(x, moved, bias))),
      { abs: 1e-6 },
    );
    expectClose(
      valuesOf(gradients.bias),
      slopes(bias, (moved) => dot(naive(x, gain, moved))),
      { abs: 1e-6 },
    );
  });
});
