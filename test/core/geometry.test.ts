// Dense geometries, the order flag of views, and what shapes are refused.

import { describe, expect, test } from 'vitest';
import {
  broadcastShapes,
  broadcastTo,
  checkShape,
  denseGeometry,
  denseLike,
  EMPTY_SCALAR,
  Geometry,
  naturalGeometry,
  normalizeDimension,
  orderOf,
} from '../../src/core/geometry.ts';

describe('denseGeometry()', () => {
  test('runs the last index fastest in c order and the first in f order', () => {
    expect(denseGeometry([2, 3, 4]).strides).toEqual([12, 4, 1]);
    expect(denseGeometry([2, 3, 4], 'f').strides).toEqual([1, 2, 6]);
  });

  test('gives matrices of one row or column the strides [1, 1] in both orders', () => {
    expect(denseGeometry([1, 5]).strides).toEqual([1, 1]);
    expect(denseGeometry([5, 1], 'f').strides).toEqual([1, 1]);
    expect(naturalGeometry([1, 5]).strides).toEqual([5, 1]);
    expect(naturalGeometry([5, 1], 'f').strides).toEqual([1, 5]);
  });

  test('returns the same object for the same shape and order', () => {
    for (const shape of [[], [3], [2, 3], [1, 4], [2, 3, 4]]) {
      expect(denseGeometry([...shape])).toBe(denseGeometry([...shape]));
      expect(denseGeometry([...shape], 'f')).toBe(denseGeometry([...shape], 'f'));
      expect(naturalGeometry([...shape])).toBe(naturalGeometry([...shape]));
    }
  });

  test('does not see later changes of the shape it was asked for', () => {
    const shape = [7, 3, 2];
    const geometry = denseGeometry(shape);
    shape[0] = 9;
    expect(geometry.shape).toEqual([7, 3, 2]);
  });
});

describe('Geometry', () => {
  test('knows whether its elements are adjacent in c or f order, whatever the strides of sizes 1', () => {
    expect(new Geometry([2, 3], [3, 1], 'c')).toMatchObject({ isDenseC: true, isDenseF: false, length: 6 });
    expect(new Geometry([2, 3], [1, 2], 'f')).toMatchObject({ isDenseC: false, isDenseF: true });
    expect(new Geometry([2, 1, 3], [3, 99, 1], 'c').isDenseC).toBe(true);
    expect(new Geometry([2, 3], [6, 2], 'c').isDense).toBe(false);
  });

  test('is dense without elements', () => {
    expect(new Geometry([2, 0], [9, 9], 'c')).toMatchObject({ length: 0, isDenseC: true, isDenseF: true });
    expect(EMPTY_SCALAR.length).toBe(0);
    expect(denseLike(EMPTY_SCALAR, 'f')).toBe(EMPTY_SCALAR);
  });
});

describe('orderOf()', () => {
  test('is f where strides do not fall, c where they do, c for scalars', () => {
    expect(orderOf([1, 4])).toBe('f');
    expect(orderOf([4, 1])).toBe('c');
    expect(orderOf([1, 1])).toBe('f');
    expect(orderOf([1, 12, 4])).toBe('c');
    expect(orderOf([5])).toBe('f');
    expect(orderOf([])).toBe('c');
  });
});

describe('checkShape()', () => {
  test.each([
    [[-1, 2], RangeError, /found -1/],
    [[2.5], RangeError, /found 2.5/],
    [[Number.NaN], RangeError, /found NaN/],
    [[Infinity], RangeError, /found Infinity/],
    [['2'], TypeError, /found "2"/],
    [[65536, 65537], RangeError, /4295032832 elements/],
    [new Array(33).fill(1), RangeError, /largest rank is 32/],
  ])('refuses %j', (shape, ErrorClass, message) => {
    expect(() => checkShape(shape as number[])).toThrow(ErrorClass as typeof RangeError);
    expect(() => checkShape(shape as number[])).toThrow(message as RegExp);
  });

  test('accepts scalars, sizes of 0 and 2³² − 1 elements', () => {
    for (const shape of [[], [0], [3, 0, 2], [4294967295]]) expect(() => checkShape(shape)).not.toThrow();
  });
});

describe('broadcastShapes() and broadcastTo()', () => {
  test('align shapes at their last dimensions', () => {
    expect(broadcastShapes([3, 1], [2, 1, 4])).toEqual([2, 3, 4]);
    expect(broadcastShapes([3], [2])).toBeUndefined();
    expect(broadcastTo(denseGeometry([3, 1]), [2, 3, 4]).strides).toEqual([0, 1, 0]);
  });
});

describe('normalizeDimension()', () => {
  test('counts negative dimensions from the end', () => {
    expect(normalizeDimension(-1, 3)).toBe(2);
    expect(() => normalizeDimension(3, 3)).toThrow('Invalid dimension 3: an array of rank 3 has dimensions 0 to 2');
    expect(() => normalizeDimension(0.5, 3)).toThrow(RangeError);
  });
});
