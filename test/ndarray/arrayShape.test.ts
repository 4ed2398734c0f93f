// Views and copies of other shapes: who shares elements with whom, and what is refused.

import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../src/ndarray/nd4j.ts';

describe('reshape()', () => {
  test('is a view where strides permit, and writes through', () => {
    const x = Nd4j.arange(6);
    const y = x.reshape(2, 3).putScalar(1, 0, 9);
    expect(y.isView()).toBe(false);
    expect(x.getDouble(3)).toBe(9);
  });

  test('copies where they do not', () => {
    const x = Nd4j.arange(6).reshape(2, 3);
    const y = x.transpose().reshape(6).putScalar(0, 9);
    expect(y.toArray()).toEqual([9, 3, 1, 4, 2, 5]);
    expect(x.getDouble(0)).toBe(0);
  });

  test('reads and lays out in f order when asked', () => {
    const y = Nd4j.arange(6).reshape(2, 3).reshape('f', 3, 2);
    expect(y.ordering()).toBe('f');
    expect(y.toArray()).toEqual([
      [0, 4],
      [3, 2],
      [1, 5],
    ]);
  });

  test('takes sizes one by one or as one array', () => {
    expect(Nd4j.arange(6).reshape([3, -1]).shape()).toEqual([3, 2]);
    expect(Nd4j.arange(6).reshape('f', [2, 3]).shape()).toEqual([2, 3]);
    expect(Nd4j.scalar(1).reshape(1, 1).shape()).toEqual([1, 1]);
    expect(Nd4j.ones(1).reshape().rank()).toBe(0);
  });

  test('refuses unknown orders and texts among sizes', () => {
    expect(() => Nd4j.arange(6).reshape('x' as 'c', 2, 3)).toThrow("Invalid order \"x\": needed is 'c' or 'f'");
    expect(() => Nd4j.arange(6).reshape(2, '3' as unknown as number)).toThrow(TypeError);
  });

  test('refuses to copy an array whose memory is no longer its own', () => {
    const x = Nd4j.arange(6).reshape(2, 3);
    const y = x.transpose();
    x.close();
    expect(() => y.reshape(6)).toThrow('Op [reshape]');
  });
});

describe('permutei() and transposei()', () => {
  test('change this handle alone', () => {
    const x = Nd4j.arange(6).reshape(2, 3);
    const other = x.reshape(2, 3);
    expect(x.transposei()).toBe(x);
    expect(x.shape()).toEqual([3, 2]);
    expect(other.shape()).toEqual([2, 3]);
    expect(x.permutei(1, 0).toArray()).toEqual(other.toArray());
  });

  test('leave the handle as it is when they refuse', () => {
    const x = Nd4j.zeros(2, 3);
    expect(() => x.permutei(0)).toThrow();
    expect(() => Nd4j.zeros(3).transposei()).toThrow('Cannot transposei an array of rank 1 and shape [3]');
    expect(x.shape()).toEqual([2, 3]);
  });
});

describe('swapAxes()', () => {
  test('counts negative dimensions from the end', () => {
    expect(Nd4j.zeros(2, 3, 4).swapAxes(0, -1).shape()).toEqual([4, 3, 2]);
    expect(() => Nd4j.zeros(2, 3).swapAxes(0, 2)).toThrow(RangeError);
  });
});

describe('broadcast()', () => {
  test('repeats sizes of 1 and missing dimensions', () => {
    expect(Nd4j.create([1, 2]).broadcast(2, 2).toArray()).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(
      Nd4j.create([[1], [2]])
        .broadcast(2, 2, 2)
        .toArray(),
    ).toEqual([
      [
        [1, 1],
        [2, 2],
      ],
      [
        [1, 1],
        [2, 2],
      ],
    ]);
  });

  test('writes into a result of the larger shape', () => {
    const result = Nd4j.zeros(2, 2);
    expect(Nd4j.scalar(3).broadcast(result)).toBe(result);
    expect(result.toArray()).toEqual([
      [3, 3],
      [3, 3],
    ]);
  });

  test('refuses shapes that do not fit and smaller ones', () => {
    expect(() => Nd4j.zeros(2, 3).broadcast(3, 3)).toThrow('Cannot broadcast [2, 3] to [3, 3]');
    expect(() => Nd4j.zeros(2, 3).broadcast(3)).toThrow('Cannot broadcast [2, 3] to [3]');
    expect(() => Nd4j.zeros(3).broadcast(-1, 3)).toThrow(RangeError);
  });
});

describe('repeat()', () => {
  test('repeats each element along a dimension, as often as its own count says', () => {
    const x = Nd4j.create([
      [1, 2],
      [3, 4],
    ]);
    expect(x.repeat(1, 2).toArray()).toEqual([
      [1, 1, 2, 2],
      [3, 3, 4, 4],
    ]);
    expect(x.repeat(0, 2, 1).toArray()).toEqual([
      [1, 2],
      [1, 2],
      [3, 4],
    ]);
    expect(x.repeat(-1, 0, 3).toArray()).toEqual([
      [2, 2, 2],
      [4, 4, 4],
    ]);
    expect(Nd4j.scalar(5).repeat(0, 3).toArray()).toEqual([5, 5, 5]);
  });

  test('keeps the order and takes any strides', () => {
    const x = Nd4j.arange(12).reshape(3, 4).transpose();
    const y = x.repeat(0, 2);
    expect(y.ordering()).toBe('f');
    expect(y.slice(1).toArray()).toEqual([0, 4, 8]);
    expect(y.slice(2).toArray()).toEqual([1, 5, 9]);
  });

  test('gives an array without elements for a count of 0', () => {
    expect(Nd4j.zeros(2, 3).repeat(1, 0).shape()).toEqual([2, 0]);
  });

  test.each([[[-1]], [[1.5]], [[1, 2, 3, 4]]])('refuses the counts %j along 3', (counts) => {
    expect(() => Nd4j.zeros(2, 3).repeat(1, ...counts)).toThrow();
  });
});

describe('like() and ulike()', () => {
  test('keep type, shape and order, of views too', () => {
    const x = Nd4j.zeros('INT', [2, 3], 'f');
    expect(x.like().shapeInfoToString()).toBe(x.shapeInfoToString());
    const view = Nd4j.ones(4, 4).getColumn(1);
    expect(view.ulike()).toMatchObject({ offset: 0 });
    expect(view.like().toArray()).toEqual([0, 0, 0, 0]);
  });
});

describe('elementWiseStride()', () => {
  test('is 1 for adjacent elements, the stride of a vector, 0 where there is none', () => {
    const x = Nd4j.zeros(3, 4);
    expect(x.elementWiseStride()).toBe(1);
    expect(x.dup('f').elementWiseStride()).toBe(1);
    expect(x.transpose().elementWiseStride()).toBe(1);
    expect(x.getColumn(0).elementWiseStride()).toBe(4);
    expect(x.getColumn(0, true).elementWiseStride()).toBe(4);
    expect(Nd4j.zeros(2, 3, 4).permute(0, 2, 1).elementWiseStride()).toBe(0);
    expect(Nd4j.scalar(1).elementWiseStride()).toBe(1);
  });
});

describe('rows(), columns() and size()', () => {
  test('exist for ranks 1 and 2', () => {
    expect([Nd4j.zeros(3).rows(), Nd4j.zeros(3).columns()]).toEqual([1, 3]);
    expect(() => Nd4j.scalar(1).rows()).toThrow('Rank is 0; rows() call is not valid');
    expect(() => Nd4j.zeros(2, 2, 2).columns()).toThrow('Rank is 3; columns() call is not valid');
    expect(() => Nd4j.zeros(2, 2).size(2)).toThrow(RangeError);
    expect(Nd4j.zeros(2, 5).size(-1)).toBe(5);
  });
});
