import { describe, expect, test } from 'vitest';
import { heapUse } from '../../src/memory/heap.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { reductionsOf } from '../reference/reduction.ts';
import { arrayWith, described, doubles, floats, ints, numbers, random } from '../support/arrays.ts';
import { expectClose } from '../support/close.ts';

test('every …Number equals the plain loop, and allocates nothing', () => {
  const x = random([5, 7], 2).muli(0.3).addi(0.5);
  const blocks = heapUse.blocks;
  for (const name of Object.keys(reductionsOf).filter((each) => each !== 'argMax')) {
    const value = (x[`${name}Number` as 'sumNumber'] as () => number).call(x);
    const expected = reductionsOf[name] as (x: readonly number[]) => number;
    expectClose([value], [expected(numbers(x))], { rel: 1e-13, abs: 1e-14 }, name);
  }
  expect(heapUse.blocks).toBe(blocks);
});

test('a number is rounded to the type of the array: FLOAT to float32, integers wrapped', () => {
  expect(floats([0.1, 0.2]).sumNumber()).toBe(Math.fround(Math.fround(0.1) + Math.fround(0.2)));
  expect(arrayWith('BYTE', [100, 100], [2]).sumNumber()).toBe(-56);
  expect(ints([1, 2]).meanNumber()).toBe(1.5);
  expect(doubles([1, 2, 3, 4]).varNumber(false)).toBe(1.25);
  expect(() => random([0]).meanNumber()).toThrow(/empty/);
  expect(() => arrayWith('BOOL', [1], [1]).sumNumber()).toThrow(/BOOL/);
});

describe('percentiles', () => {
  /** Position percent / 100 · (n + 1) among the sorted values, between neighbours linearly. */
  function percentileOf(values: readonly number[], percent: number): number {
    const sorted = [...values].sort((a, b) => a - b);
    const position = Math.min(Math.max((percent / 100) * (sorted.length + 1), 1), sorted.length);
    const below = Math.floor(position);
    const lower = sorted[below - 1] as number;
    return lower + (position - below) * ((sorted[below] ?? lower) - lower);
  }

  test('of all elements, for every length and at both ends', () => {
    for (let n = 1; n < 20; n++) {
      const x = random([n], n);
      for (const percent of [0, 10, 25, 50, 90, 100]) {
        expectClose([x.percentileNumber(percent)], [percentileOf(numbers(x), percent)], { abs: 1e-15 });
      }
      expect(x.medianNumber()).toBe(x.percentileNumber(50));
    }
    expect(() => random([3]).percentileNumber(101)).toThrow(/from 0 to 100/);
    expect(() => random([3]).percentileNumber(Number.NaN)).toThrow(RangeError);
  });

  test('along dimensions as a FLOAT vector, whatever the layout; the array stays as it is', () => {
    const x = random([2, 3, 4], 4, { order: 'f' });
    const before = numbers(x);
    const rows = Array.from({ length: 6 }, (_, i) => before.slice(i * 4, i * 4 + 4));
    expect(described(x.percentile(30, 2))).toEqual([
      'FLOAT',
      [6],
      rows.map((row) => Math.fround(percentileOf(row, 30))),
    ]);
    expect(x.median(0, 2).shape()).toEqual([3]);
    expect(x.median(-1).shape()).toEqual([6]);
    expect(x.median().shape()).toEqual([]);
    expect(numbers(x)).toEqual(before);
  });

  test('medians along dimensions of size 1 are the elements, in their own type', () => {
    expect(described(doubles([3, 1], [2, 1]).median(1))).toEqual(['DOUBLE', [2], [3, 1]]);
  });
});

describe('cumulative sums', () => {
  test('along each dimension, in a new c array or in place, also through a view', () => {
    const x = doubles([1, 2, 3, 4, 5, 6], [2, 3]);
    expect(numbers(x.cumsum(0))).toEqual([1, 2, 3, 5, 7, 9]);
    expect(numbers(x.cumsum(-1))).toEqual([1, 3, 6, 4, 9, 15]);
    expect(x.dup('f').cumsum(0).ordering()).toBe('c');
    const view: NDArray = x.transpose();
    expect(view.cumsumi(0)).toBe(view);
    expect(numbers(x)).toEqual([1, 3, 6, 4, 9, 15]);
  });

  test('of vectors along their length, of scalars, never of BOOL', () => {
    expect(numbers(doubles([1, 2, 3], [1, 3]).cumsum(0))).toEqual([1, 3, 6]);
    expect(numbers(doubles([1, 2, 3], [3, 1]).cumsum(1))).toEqual([1, 3, 6]);
    expect(numbers(doubles([5], []).cumsum(0))).toEqual([5]);
    expect(() => arrayWith('BOOL', [1], [1]).cumsum(0)).toThrow(/BOOL/);
    expect(() => random([2, 2, 2]).cumsum(3)).toThrow(RangeError);
  });
});
