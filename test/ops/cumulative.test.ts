import { expect, test } from 'vitest';
import { cumulativeSum } from '../../src/ops/cumulative.ts';
import { noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

/** Σ x[o, 0 … k, i] in float64. */
function runningSums(x: readonly number[], group: number, inner: number): number[] {
  const sums = [...x];
  for (let i = 0; i < sums.length; i++)
    if (i % group >= inner) sums[i] = (sums[i] as number) + (sums[i - inner] as number);
  return sums;
}

test('cumulativeSum along any dimension equals a plain loop, for every type and length', () => {
  for (const type of ['DOUBLE', 'LONG', 'INT', 'SHORT', 'FLOAT'] as const) {
    for (let n = 1; n < 68; n++) {
      const values = noise(n, n).map((value) => Math.round(value * 50));
      const x = viewOf(type, values, [n]);
      cumulativeSum(x, 0);
      expect(valuesOf(x)).toEqual(runningSums(values, n, 1));
      expect(strayWrites(x)).toEqual([]);
      release(x);
    }
    const values = noise(2 * 3 * 5, 9).map((value) => Math.round(value * 50));
    for (const [dimension, group, inner] of [
      [0, 30, 15],
      [1, 15, 5],
      [2, 5, 1],
    ] as const) {
      const x = viewOf(type, values, [2, 3, 5]);
      cumulativeSum(x, dimension);
      expect(valuesOf(x)).toEqual(runningSums(values, group, inner));
      release(x);
    }
  }
});

test('cumulativeSum wraps integers, carries NaN on, and sums HALF in float32', () => {
  const bytes = viewOf('BYTE', [100, 100, 1], [3]);
  cumulativeSum(bytes, 0);
  expect(valuesOf(bytes)).toEqual([100, -56, -55]);
  const holes = viewOf('DOUBLE', [1, Number.NaN, 2, 3], [2, 2]);
  cumulativeSum(holes, 1);
  expect(valuesOf(holes)).toEqual([1, Number.NaN, 2, 5]);
  const half = viewOf('HALF', [0x3c00, 0x3c00, 0x3c00], [3]);
  cumulativeSum(half, 0);
  expect(valuesOf(half)).toEqual([0x3c00, 0x4000, 0x4200]);
  release(bytes, holes, half);
});
