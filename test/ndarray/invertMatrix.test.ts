import { expect, test } from 'vitest';
import { heapUse } from '../../src/memory/heap.ts';
import { InvertMatrix } from '../../src/ndarray/invertMatrix.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { described, doubles, floats, ints, numbers, random } from '../support/arrays.ts';
import { expectClose } from '../support/close.ts';

const identity = (n: number): number[] => Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0));

/** A matrix far from singular. */
function regular(n: number, seed: number): NDArray {
  const x = random([n, n], seed);
  for (let i = 0; i < n; i++) x.putScalar(i, i, x.getDouble(i, i) + 3);
  return x;
}

test('invert times the matrix is the identity, for sizes 1 to 12 and any layout', () => {
  for (let n = 1; n <= 12; n++) {
    for (const x of [regular(n, n), regular(n, n).dup('f'), regular(n, n).transpose()]) {
      const before = numbers(x);
      const inverse = InvertMatrix.invert(x);
      expectClose(numbers(inverse.mmul(x)), identity(n), { abs: 1e-13 });
      expect(inverse.ordering()).toBe('c');
      expect(numbers(x)).toEqual(before);
    }
  }
});

test('rows are exchanged where a pivot is zero', () => {
  expect(numbers(InvertMatrix.invert(doubles([0, 2, 1, 0], [2, 2])))).toEqual([0, 1, 0.5, 0]);
  expect(numbers(InvertMatrix.invert(doubles([0, 1, 0, 0, 0, 1, 1, 0, 0], [3, 3])))).toEqual([
    0, 0, 1, 1, 0, 0, 0, 1, 0,
  ]);
});

test('with inPlace the matrix becomes its inverse', () => {
  const x = floats([2, 0, 0, 4], [2, 2]);
  expect(InvertMatrix.invert(x, true)).toBe(x);
  expect(described(x)).toEqual(['FLOAT', [2, 2], [0.5, 0, 0, 0.25]]);
});

test('pLeftInvert and pRightInvert are inverses from their side', () => {
  const tall = random([5, 3], 1);
  expectClose(numbers(InvertMatrix.pLeftInvert(tall).mmul(tall)), identity(3), { abs: 1e-12 });
  const wide = random([3, 5], 2);
  expectClose(numbers(wide.mmul(InvertMatrix.pRightInvert(wide))), identity(3), { abs: 1e-12 });
});

test('what has no inverse is refused, nothing is changed or kept', () => {
  const singular = doubles([1, 2, 2, 4], [2, 2]);
  const blocks = heapUse.blocks;
  expect(() => InvertMatrix.invert(singular, true)).toThrow(/it is singular/);
  expect(heapUse.blocks).toBe(blocks);
  expect(numbers(singular)).toEqual([1, 2, 2, 4]);
  expect(() => InvertMatrix.invert(doubles([Number.NaN], [1, 1]))).toThrow(/singular/);
  expect(() => InvertMatrix.invert(random([2, 3]))).toThrow(/must be square matrix/);
  expect(() => InvertMatrix.invert(ints([1], [1, 1]))).toThrow(/floating/);
});
