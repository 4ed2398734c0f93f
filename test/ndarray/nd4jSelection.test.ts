import { describe, expect, test } from 'vitest';
import { nd4jSelection } from '../../src/ndarray/nd4jSelection.ts';
import { arrayWith, described, doubles, floats, ints, numbers } from '../support/arrays.ts';

describe('where and clearNans', () => {
  const mask = arrayWith('BOOL', [1, 0, 0, 1], [2, 2]);

  test('where gives positions by dimension, or x where the condition holds, else y', () => {
    expect(nd4jSelection.where(mask).map(described)).toEqual([
      ['LONG', [2], [0, 1]],
      ['LONG', [2], [0, 1]],
    ]);
    expect(nd4jSelection.where(doubles([0, 2, 0])).map(numbers)).toEqual([[1]]);
    const [chosen] = nd4jSelection.where(mask, doubles([1, 2, 3, 4], [2, 2]), doubles([5, 6, 7, 8], [2, 2]).dup('f'));
    expect(numbers(chosen as typeof mask)).toEqual([1, 6, 7, 4]);
    expect(() => nd4jSelection.where(mask, doubles([1]), doubles([1]))).toThrow(/shapes must be equal/);
    expect(() => nd4jSelection.where(mask, floats([1, 2, 3, 4], [2, 2]), mask)).toThrow(/types/);
  });

  test('clearNans writes 1e-5 over NaN in place and leaves integers alone', () => {
    const x = floats([1, Number.NaN, Infinity]);
    expect(nd4jSelection.clearNans(x)).toBe(x);
    expect(numbers(x)).toEqual([1, Math.fround(1e-5), Infinity]);
    expect(numbers(nd4jSelection.clearNans(ints([1])))).toEqual([1]);
  });
});
