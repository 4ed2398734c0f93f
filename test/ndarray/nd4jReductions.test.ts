import { expect, test } from 'vitest';
import { nd4jReductions } from '../../src/ndarray/nd4jReductions.ts';
import { described, doubles, floats, numbers, random } from '../support/arrays.ts';

test('functions are the methods of their first argument', () => {
  const x = random([3, 4], 1);
  for (const name of [
    'sum',
    'mean',
    'prod',
    'max',
    'min',
    'std',
    'var',
    'norm1',
    'norm2',
    'normmax',
    'argMax',
  ] as const) {
    expect(described(nd4jReductions[name](x, 1)), name).toEqual(described(x[name](1)));
    expect(described(nd4jReductions[name](x)), name).toEqual(described(x[name]()));
  }
  expect(numbers(nd4jReductions.argMin(x, 0))).toEqual(numbers(x.neg().argMax(0)));
});

test('cumsum without a dimension runs over all elements in c order as a vector, and keeps rows and columns', () => {
  const x = doubles([1, 2, 3, 4], [2, 2]);
  expect(described(nd4jReductions.cumsum(x.dup('f')))).toEqual(['DOUBLE', [4], [1, 3, 6, 10]]);
  expect(described(nd4jReductions.cumsum(doubles([1, 2], [1, 2])))).toEqual(['DOUBLE', [1, 2], [1, 3]]);
  expect(numbers(nd4jReductions.cumsum(x, 0))).toEqual([1, 2, 4, 6]);
  expect(numbers(x)).toEqual([1, 2, 3, 4]);
});

test('accumulate adds, averageAndPropagate writes the mean into every array', () => {
  const arrays = [doubles([1, 2]), doubles([3, 4]), doubles([5, 9])];
  expect(numbers(nd4jReductions.accumulate(...arrays))).toEqual([9, 15]);
  const target = doubles([0, 0]);
  expect(nd4jReductions.averageAndPropagate(target, arrays)).toBe(target);
  for (const each of [target, ...arrays]) expect(numbers(each)).toEqual([3, 5]);
  const [first, second] = [doubles([1]), doubles([3])];
  expect(numbers(nd4jReductions.averageAndPropagate(second, [first, second]))).toEqual([2]);
  expect(numbers(nd4jReductions.averageAndPropagate([floats([1]), floats([2])]))).toEqual([1.5]);
});

test('arrays of other shapes and types, and none at all, are refused before anything changes', () => {
  const first = doubles([1, 2]);
  expect(() => nd4jReductions.averageAndPropagate([first, doubles([3])])).toThrow(/shape/);
  expect(() => nd4jReductions.accumulate(first, floats([1, 2]))).toThrow(/type/);
  expect(() => nd4jReductions.accumulate()).toThrow(/needed is at least one/);
  expect(numbers(first)).toEqual([1, 2]);
});
