import { describe, expect, test } from 'vitest';
import { Geometry } from '../../src/core/geometry.ts';
import type { ArrayView } from '../../src/memory/view.ts';
import {
  averagePool,
  averagePoolBackward,
  maxPool,
  maxPoolBackward,
  maxPoolPlaces,
  type PoolDivisor,
  type PoolWindow,
  pnormPool,
  pnormPoolBackward,
} from '../../src/ops/pooling.ts';
import {
  naiveAveragePool,
  naiveAveragePoolBackward,
  naiveMaxPool,
  naiveMaxPoolBackward,
  naivePnormPool,
} from '../reference/pooling.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, noise, release, valuesOf, viewOf } from '../support/views.ts';

const EPSILON = { FLOAT: 2 ** -23, DOUBLE: 2 ** -52 } as const;
const LOWEST = { FLOAT: Math.fround(-3.402823e38), DOUBLE: -Number.MAX_VALUE } as const;
type Floating = keyof typeof EPSILON;
const TYPES: readonly Floating[] = ['FLOAT', 'DOUBLE'];

interface Case {
  /** [N, C, D, H, W] */
  readonly shape: readonly number[];
  readonly window: PoolWindow;
}

const outputOf = ({ shape, window }: Case): number[] => [
  ...shape.slice(0, 2),
  ...shape.slice(2).map((size, d) => {
    const reach = ((window.kernel[d] as number) - 1) * (window.dilation[d] as number) + 1;
    return Math.floor((size + 2 * (window.padding[d] as number) - reach) / (window.stride[d] as number)) + 1;
  }),
];

function windowOf(kernel: number[], stride: number[], padding = [0, 0, 0], dilation = [1, 1, 1]): PoolWindow {
  return { kernel, stride, padding, dilation, isChannelsLast: false };
}

/** Sizes of all remainders of vectors, strides 1 to 3, dilation, padding, depth. */
function cases(): Case[] {
  const list: Case[] = [];
  for (let width = 2; width <= 36; width++) {
    list.push({ shape: [1, 2, 1, 4, width], window: windowOf([1, 2, 2], [1, 2, 2]) });
    list.push({ shape: [1, 1, 1, 5, width], window: windowOf([1, 3, 3], [1, 2, 2], [0, 1, 1]) });
    list.push({ shape: [2, 1, 1, 4, width], window: windowOf([1, 2, 2], [1, 1, 1], [0, 0, 1]) });
  }
  for (let width = 3; width <= 67; width++) {
    list.push({ shape: [1, 1, 1, 4, width], window: windowOf([1, 3, 3], [1, 1, 1], [0, 1, 1]) });
    if (width % 3 === 0) list.push({ shape: [2, 1, 1, 3, width], window: windowOf([1, 2, 3], [1, 1, 2], [0, 1, 0]) });
    if (width % 3 === 1)
      list.push({ shape: [1, 1, 1, 6, width], window: windowOf([1, 3, 3], [1, 2, 1], [0, 2, 2], [1, 2, 1]) });
    if (width % 3 === 2) list.push({ shape: [1, 1, 1, 4, width], window: windowOf([1, 4, 4], [1, 1, 1], [0, 2, 2]) });
  }
  for (const width of [7, 16, 19, 67]) {
    list.push({ shape: [1, 2, 1, 7, width], window: windowOf([1, 2, 3], [1, 1, 3], [0, 1, 2], [1, 2, 2]) });
    list.push({ shape: [1, 2, 4, 5, width], window: windowOf([2, 3, 2], [2, 1, 2], [1, 1, 0]) });
    list.push({ shape: [1, 2, 3, 5, width], window: windowOf([3, 3, 5], [1, 2, 4], [1, 1, 2]) });
  }
  return list;
}

/** A view of values [N, C, D, H, W], stored and shaped with channels last. */
function channelsLast(type: Floating, values: readonly number[], shape: readonly number[]): ArrayView {
  const [n = 0, c = 0, ...size] = shape;
  const plane = size.reduce((a, b) => a * b, 1);
  const moved = values.map((_, at) => {
    const place = Math.floor(at / c) % plane;
    return values[(Math.floor(at / (c * plane)) * c + (at % c)) * plane + place] as number;
  });
  return viewOf(type, moved, [n, ...size, c]);
}

/** The values of such a view in the order [N, C, D, H, W]. */
function channelsFirst(view: ArrayView): number[] {
  const { shape, strides } = view.geometry;
  const axes = [0, shape.length - 1, ...shape.map((_, d) => d).slice(1, -1)];
  const pick = (from: readonly number[]): number[] => axes.map((axis) => from[axis] as number);
  return valuesOf({ ...view, geometry: new Geometry(pick(shape), pick(strides), 'c') });
}

/** Ties on purpose: every third value is a small integer. */
const tied = (count: number, seed: number): number[] =>
  noise(count, seed).map((each, i) => (i % 3 === 0 ? Math.round(each * 2) + 0 : Math.fround(each)));

describe.each(TYPES)('%s', (type) => {
  test('maxPool and maxPoolBackward are exact for every width, stride, padding, dilation and depth', () => {
    for (const each of cases()) {
      const out = outputOf(each);
      const length = each.shape.reduce((a, b) => a * b, 1);
      const x = tied(length, 3);
      const g = noise(
        out.reduce((a, b) => a * b, 1),
        4,
      ).map((value) => Math.round(value * 64));
      for (const isChannelsLast of [false, true]) {
        const window = { ...each.window, isChannelsLast };
        const make = (values: readonly number[], shape: readonly number[]): ArrayView =>
          isChannelsLast ? channelsLast(type, values, shape) : viewOf(type, values, shape);
        const read = isChannelsLast ? channelsFirst : valuesOf;
        const xView = make(x, each.shape);
        const y = make(new Array(g.length).fill(0), out);
        maxPool(y, xView, window);
        const what = JSON.stringify({ ...each, isChannelsLast });
        expect(read(y), what).toEqual(naiveMaxPool(x, each.shape, out, window, LOWEST[type]));
        const gView = make(g, out);
        const dx = make(new Array(length).fill(9), each.shape);
        maxPoolBackward(dx, xView, gView, window);
        expect(read(dx), what).toEqual(naiveMaxPoolBackward(x, g, each.shape, out, window, LOWEST[type]));
        release(xView, y, gView, dx);
      }
    }
  });

  test.each([0, 1, 2] as const)(
    'averagePool with divisor %i stays within kernel elements · ulp, forward and backward',
    (divisor) => {
      for (const each of cases()) {
        const out = outputOf(each);
        const length = each.shape.reduce((a, b) => a * b, 1);
        const x = noise(length, 5).map(Math.fround);
        const g = noise(
          out.reduce((a, b) => a * b, 1),
          6,
        ).map(Math.fround);
        const bound = { abs: 16 * EPSILON[type] * (divisor === 0 ? 8 : 1) };
        for (const isChannelsLast of [false, true]) {
          const window = { ...each.window, isChannelsLast };
          const make = (values: readonly number[], shape: readonly number[]): ArrayView =>
            isChannelsLast ? channelsLast(type, values, shape) : viewOf(type, values, shape);
          const read = isChannelsLast ? channelsFirst : valuesOf;
          const xView = make(x, each.shape);
          const y = make(g, out);
          averagePool(y, xView, window, divisor as PoolDivisor);
          const what = JSON.stringify({ ...each, isChannelsLast });
          expectClose(read(y), naiveAveragePool(x, each.shape, out, window, divisor), bound, what);
          const gView = make(g, out);
          averagePoolBackward(xView, gView, window, divisor as PoolDivisor);
          expectClose(read(xView), naiveAveragePoolBackward(g, each.shape, out, window, divisor), bound, what);
          release(xView, y, gView);
        }
      }
    },
  );

  test('NaN and −∞ are never the largest, and padding alone gives the lowest number or NaN', () => {
    const x = [NaN, 1, NaN, NaN, 2, 3, NaN, NaN, Infinity, 1, -Infinity, -Infinity, 0, -0, -Infinity, -Infinity];
    const window = { ...windowOf([2, 2], [2, 2], [0, 0], [1, 1]) };
    const xView = viewOf(type, x, [1, 1, 4, 4]);
    const y = emptyOf(type, [1, 1, 2, 2]);
    maxPool(y, xView, window);
    expect(valuesOf(y)).toEqual([3, LOWEST[type], Infinity, LOWEST[type]]);
    const dx = emptyOf(type, [1, 1, 4, 4]);
    maxPoolBackward(dx, xView, viewOf(type, [1, 2, 3, 4], [1, 1, 2, 2]), window);
    expect(valuesOf(dx)).toEqual([0, 0, 2, 0, 0, 1, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0]);
    averagePool(y, xView, window, 1);
    expect(valuesOf(y)).toEqual([NaN, NaN, Infinity, -Infinity]);
    const far = windowOf([2, 2], [2, 2], [2, 2], [1, 1]);
    const one = viewOf(type, [5, 6, 7, 8], [1, 1, 2, 2]);
    const z = emptyOf(type, [1, 1, 3, 3]);
    maxPool(z, one, far);
    const low = LOWEST[type];
    expect(valuesOf(z)).toEqual([low, low, low, low, 8, low, low, low, low]);
    averagePool(z, one, far, 1);
    expect(valuesOf(z)).toEqual([NaN, NaN, NaN, NaN, 6.5, NaN, NaN, NaN, NaN]);
    const back = emptyOf(type, [1, 1, 2, 2]);
    maxPoolBackward(back, one, viewOf(type, [9, 9, 9, 9, 5, 9, 9, 9, 9], [1, 1, 3, 3]), far);
    expect(valuesOf(back)).toEqual([0, 0, 0, 5]);
  });

  test('NaN, infinities and ties count alike in windows of 3×3 of every width, and go back to the first one', () => {
    for (let width = 3; width <= 40; width++) {
      const shape = [1, 2, 1, 5, width];
      const x = tied(10 * width, width).map(
        (each, i) => [each, NaN, each, -Infinity, each, each, Infinity][(i * i) % 7] as number,
      );
      for (const stride of [1, 2]) {
        const window = windowOf([1, 3, 3], [1, stride, stride], [0, 1, 1]);
        const out = outputOf({ shape, window });
        const g = tied(
          out.reduce((a, b) => a * b, 1),
          2,
        ).map((value) => Math.round(value * 64));
        const xView = viewOf(type, x, shape);
        const y = emptyOf(type, out);
        maxPool(y, xView, window);
        expect(valuesOf(y)).toEqual(naiveMaxPool(x, shape, out, window, LOWEST[type]));
        const dx = emptyOf(type, shape);
        maxPoolBackward(dx, xView, viewOf(type, g, out), window);
        expect(valuesOf(dx)).toEqual(naiveMaxPoolBackward(x, g, shape, out, window, LOWEST[type]));
        release(xView, y, dx);
      }
    }
  });

  test('strided views, other orders and offsets give what dense arrays give', () => {
    const shape = [2, 3, 5, 6];
    const x = tied(180, 8);
    const window = windowOf([3, 2], [2, 2], [1, 0], [1, 1]);
    const dense = viewOf(type, x, shape);
    const y = emptyOf(type, [2, 3, 3, 3]);
    maxPool(y, dense, window);
    for (const layout of [
      { order: 'f' as const },
      { strides: [210, 70, 13, 2], offset: 3 },
      { strides: [0, 0, 13, 2] },
    ]) {
      const isRepeated = layout.strides?.[0] === 0;
      const values = isRepeated ? x.map((_, i) => x[i % 30] as number) : x;
      const xView = viewOf(type, values, shape, layout);
      const out = emptyOf(type, [2, 3, 3, 3], { strides: [40, 12, 4, 1], offset: 1 });
      maxPool(out, xView, window);
      const all = valuesOf(y);
      expect(valuesOf(out)).toEqual(isRepeated ? all.map((_, i) => all[i % 9]) : all);
    }
  });

  test('pnormPool stays within 16 ulp of its definition, and its gradient within 1e-5 of differences', () => {
    const shape = [2, 2, 1, 5, 6];
    const window = windowOf([1, 3, 2], [1, 2, 1], [0, 1, 1]);
    const out = outputOf({ shape, window });
    const x = noise(120, 9).map(Math.fround);
    for (const p of [1, 2, 3, 2.5]) {
      const xView = viewOf(type, x, shape);
      const y = emptyOf(type, out);
      pnormPool(y, xView, window, p);
      expectClose(
        valuesOf(y),
        naivePnormPool(x, shape, out, window, p),
        { rel: 16 * EPSILON[type], abs: 1e-30 },
        `p ${p}`,
      );
      const g = noise(valuesOf(y).length, 10).map(Math.fround);
      const dx = emptyOf(type, shape);
      pnormPoolBackward(dx, xView, viewOf(type, g, out), window, p);
      const score = (at: number, step: number): number => {
        const moved = x.map((each, i) => (i === at ? each + step : each));
        return naivePnormPool(moved, shape, out, window, p).reduce((sum, each, i) => sum + each * (g[i] as number), 0);
      };
      const expected = x.map((_, i) => (score(i, 1e-5) - score(i, -1e-5)) / 2e-5);
      expectClose(valuesOf(dx), expected, { abs: 1e-5 }, `gradient p ${p}`);
    }
  });
});

test('other types compute in float32 or float64 and keep their own type', () => {
  const window = windowOf([2, 2], [2, 2], [0, 0], [1, 1]);
  const y = emptyOf('INT', [1, 1, 1, 2]);
  maxPool(y, viewOf('INT', [1, 2, 3, 4, -5, 6, 7, -8], [1, 1, 2, 4]), window);
  expect(valuesOf(y)).toEqual([6, 7]);
  const half = emptyOf('HALF', [1, 1, 1, 2]);
  averagePool(half, viewOf('HALF', [0, 0, 1, 0, 0, 0, 0, 0], [1, 1, 2, 4]), window, 1);
  expect([...half.buffer.window()].slice(0, 2)).toEqual([0, 0]);
});

test('maxPoolPlaces gives the first place of equals in the example, for both layouts', () => {
  const window = windowOf([2, 2], [1, 2], [0, 0], [1, 1]);
  const x = [1, 5, 5, 2, 0, 5, 7, 7, 3, 3, 3, 3, 1, 1, 4, 1, 0, 0, 0, 0, 9, 9, 9, 9];
  const y = emptyOf('FLOAT', [2, 1, 2, 2]);
  const at = viewOf('INT', [0, 0, 0, 0, 0, 0, 0, 0], [2, 1, 2, 2]);
  maxPoolPlaces(y, at, viewOf('FLOAT', x, [2, 1, 3, 4]), window);
  expect(valuesOf(at)).toEqual([1, 6, 5, 6, 0, 2, 8, 10]);
  const last = viewOf('INT', new Array(8).fill(0), [2, 2, 2, 1]);
  maxPoolPlaces(emptyOf('FLOAT', [2, 2, 2, 1]), last, viewOf('FLOAT', x, [2, 3, 4, 1]), {
    ...window,
    isChannelsLast: true,
  });
  expect(valuesOf(last)).toEqual([1, 6, 5, 6, 0, 2, 8, 10]);
  const two = viewOf('INT', new Array(4).fill(0), [1, 2, 1, 2]);
  maxPoolPlaces(emptyOf('FLOAT', [1, 2, 1, 2]), two, viewOf('FLOAT', x.slice(0, 16), [1, 2, 2, 4]), window);
  expect(valuesOf(two)).toEqual([1, 6, 8, 14]);
});
