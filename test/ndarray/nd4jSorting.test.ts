import { describe, expect, test } from 'vitest';
import { nd4jSorting } from '../../src/ndarray/nd4jSorting.ts';
import { described, doubles, ints, numbers, random } from '../support/arrays.ts';

const ascending = (a: number, b: number): number => a - b;

describe('sort', () => {
  test('sorts all elements in the own order of any layout, in place', () => {
    for (const x of [random([3, 4], 1), random([3, 4], 1, { order: 'f' }), random([3, 4], 1, { strides: [9, 2] })]) {
      const before = numbers(x);
      expect(nd4jSorting.sort(x, true)).toBe(x);
      const sorted = numbers(x.ordering() === 'f' ? x.transpose() : x);
      expect(sorted).toEqual([...before].sort(ascending));
      nd4jSorting.sort(x, false);
      expect(numbers(x.ordering() === 'f' ? x.transpose() : x)).toEqual([...before].sort(ascending).reverse());
    }
  });

  test('sorts along each dimension of a view, through to its base', () => {
    const base = doubles([3, 1, 2, 9, 8, 7], [2, 3]);
    nd4jSorting.sort(base.transpose(), 0, true);
    expect(numbers(base)).toEqual([1, 2, 3, 7, 8, 9]);
    expect(numbers(nd4jSorting.sort(base, -2, false))).toEqual([7, 8, 9, 1, 2, 3]);
    expect(() => nd4jSorting.sort(base, 2, true)).toThrow(RangeError);
  });

  test('puts NaN last ascending and first descending', () => {
    expect(numbers(nd4jSorting.sort(doubles([Number.NaN, 2, -Infinity]), true))).toEqual([-Infinity, 2, Number.NaN]);
    expect(numbers(nd4jSorting.sort(doubles([1, Number.NaN, 2]), false))).toEqual([Number.NaN, 2, 1]);
  });
});

test('sortWithIndices gives the places that the elements came from', () => {
  const x = doubles([3, 1, 2, 4, 6, 5], [2, 3]);
  const [indices, sorted] = nd4jSorting.sortWithIndices(x, 1, true);
  expect(sorted).toBe(x);
  expect(described(indices)).toEqual(['FLOAT', [2, 3], [1, 2, 0, 0, 2, 1]]);
  expect(numbers(x)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('sortRows and sortColumns are stable and copy; columns come in the default type', () => {
  const x = doubles([1, 5, 1, 6, 0, 7, 1, 8], [4, 2]);
  expect(described(nd4jSorting.sortRows(x, 0, true))).toEqual(['DOUBLE', [4, 2], [0, 7, 1, 5, 1, 6, 1, 8]]);
  expect(numbers(nd4jSorting.sortRows(x, 0, false))).toEqual([1, 5, 1, 6, 1, 8, 0, 7]);
  expect(described(nd4jSorting.sortColumns(x.transpose(), 0, true))).toEqual([
    'FLOAT',
    [2, 4],
    [0, 1, 1, 1, 7, 5, 6, 8],
  ]);
  expect(numbers(x)).toEqual([1, 5, 1, 6, 0, 7, 1, 8]);
  expect(() => nd4jSorting.sortRows(x, 2, true)).toThrow(/index 2: needed are a matrix and an index below 2/);
  expect(() => nd4jSorting.sortColumns(doubles([1]), 0, true)).toThrow(/needed are a matrix/);
});

test('reverse turns all elements around in place', () => {
  const x = ints([1, 2, 3, 4], [2, 2]).dup('f');
  expect(nd4jSorting.reverse(x)).toBe(x);
  expect(numbers(x)).toEqual([4, 3, 2, 1]);
});
