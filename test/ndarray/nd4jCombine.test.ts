// Arrays put together and taken apart, in any layout, and what does not fit.

import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../src/ndarray/nd4j.ts';

const x = Nd4j.arange(6).reshape(2, 3);

describe('concat(), hstack(), vstack()', () => {
  test('join views of any layout', () => {
    const both = Nd4j.concat(1, x, Nd4j.arange(6).reshape(3, 2).transpose());
    expect(both.toArray()).toEqual([
      [0, 1, 2, 0, 2, 4],
      [3, 4, 5, 1, 3, 5],
    ]);
    expect(Nd4j.concat(0, [x, x.getRow(0, true)]).shape()).toEqual([3, 3]);
    expect(Nd4j.hstack(Nd4j.arange(2), Nd4j.scalar(7).reshape(1)).toArray()).toEqual([0, 1, 7]);
    expect(Nd4j.vstack(Nd4j.arange(2), Nd4j.arange(2)).toArray()).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  test("count negative dimensions from the end and leave out ND4J's empty array", () => {
    expect(Nd4j.concat(-2, x, x).shape()).toEqual([4, 3]);
    expect(Nd4j.concat(0, Nd4j.empty(), Nd4j.arange(2)).toArray()).toEqual([0, 1]);
    expect(Nd4j.concat(0, Nd4j.zeros(0, 3), x).shape()).toEqual([2, 3]);
    expect(Nd4j.concat(0, Nd4j.scalar(1), Nd4j.scalar(2)).toArray()).toEqual([1, 2]);
  });

  test.each<[string, () => unknown, string | RegExp]>([
    ['no arrays', () => Nd4j.concat(0), 'Cannot concat no arrays'],
    ['numbers', () => Nd4j.concat(0, 1 as never), 'Cannot concat 1: needed are arrays'],
    ['other sizes', () => Nd4j.concat(0, x, Nd4j.zeros(2, 2)), 'array 1 of shape [2, 2] to array 0 of shape [2, 3]'],
    ['other ranks', () => Nd4j.concat(0, x, Nd4j.zeros(3)), 'ranks and all other sizes must be equal'],
    ['other types', () => Nd4j.concat(0, x, x.castTo('DOUBLE')), /types FLOAT and DOUBLE/],
    ['no such dimension', () => Nd4j.concat(2, x), 'Invalid dimension 2'],
    ['rank 3 side by side', () => Nd4j.hstack(Nd4j.zeros(1, 1, 1)), 'only rank 1 and 2 arrays'],
    ['different ranks side by side', () => Nd4j.hstack(x, Nd4j.zeros(2)), 'ranks [2, 1]'],
  ])('refuse %s', (_, join, message) => {
    expect(join).toThrow(message);
  });

  test('refuse closed arrays', () => {
    const closed = Nd4j.zeros(2, 3);
    closed.close();
    expect(() => Nd4j.concat(0, x, closed)).toThrow('Op [concat]');
  });
});

describe('stack(), pile() and tear()', () => {
  test('add a dimension at any place, and take it apart again', () => {
    expect(Nd4j.stack(-1, x, x).shape()).toEqual([2, 3, 2]);
    expect(Nd4j.stack(1, x, x.mul(10)).getRow).toBeDefined();
    expect(Nd4j.stack(1, x, x.mul(10)).slice(0).toArray()).toEqual([
      [0, 1, 2],
      [0, 10, 20],
    ]);
    const torn = Nd4j.tear(Nd4j.pile(x, x.neg()), 1, 2);
    expect(torn.map((each) => each.toArray())).toEqual([x.toArray(), x.neg().toArray()]);
    torn[0]?.assign(9);
    expect(x.getDouble(1)).toBe(1);
  });

  test('refuse different shapes', () => {
    expect(() => Nd4j.stack(0, x, Nd4j.zeros(3, 2))).toThrow('Cannot stack arrays of shapes [2, 3] and [3, 2]');
    expect(() => Nd4j.stack(4, x, x)).toThrow(RangeError);
    expect(() => Nd4j.pile()).toThrow(TypeError);
  });
});

describe('toFlattened()', () => {
  test('reads each array in the order asked for', () => {
    expect(Nd4j.toFlattened(x, Nd4j.scalar(9)).toArray()).toEqual([0, 1, 2, 3, 4, 5, 9]);
    expect(Nd4j.toFlattened('f', [x]).toArray()).toEqual([0, 3, 1, 4, 2, 5]);
    expect(() => Nd4j.toFlattened('x' as 'c', x)).toThrow('Invalid order');
    expect(() => Nd4j.toFlattened(x, x.castTo('INT'))).toThrow(/FLOAT and INT/);
  });
});

describe('tile() and repeat()', () => {
  test('repeat as a whole', () => {
    expect(Nd4j.tile(Nd4j.arange(2), 2, 2).toArray()).toEqual([
      [0, 1, 0, 1],
      [0, 1, 0, 1],
    ]);
    expect(Nd4j.tile(x.transpose(), [1, 2]).getRow(1).toArray()).toEqual([1, 4, 1, 4]);
    expect(Nd4j.repeat(Nd4j.arange(2), 2).toArray()).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  test('refuse counts that are too few or none', () => {
    expect(() => Nd4j.tile(x, 2)).toThrow('needed is a count for each of 2 dimensions');
    expect(() => Nd4j.tile(x, 2, 0)).toThrow(RangeError);
    expect(() => Nd4j.repeat(x, -1)).toThrow(RangeError);
  });
});

describe('pad(), append() and prepend()', () => {
  test('put constants around', () => {
    expect(Nd4j.pad(Nd4j.create([1, 2]), 1, 2).toArray()).toEqual([0, 1, 2, 0, 0]);
    expect(
      Nd4j.pad(
        x,
        [
          [0, 1],
          [1, 0],
        ],
        7,
      ).toArray(),
    ).toEqual([
      [7, 0, 1, 2],
      [7, 3, 4, 5],
      [7, 7, 7, 7],
    ]);
    expect(Nd4j.append(Nd4j.arange(2), 1, 9, -1).toArray()).toEqual([0, 1, 9]);
    expect(Nd4j.prepend(x, 1, 9, 0).getRow(0).toArray()).toEqual([9, 9, 9]);
    expect(Nd4j.appendBias(Nd4j.create([[2], [3]])).toArray()).toEqual([[2], [3], [1]]);
  });

  test('refuse widths that do not fit', () => {
    expect(() => Nd4j.pad(x, [[1, 1]])).toThrow('needed is a pair of widths for each of 2 dimensions');
    expect(() => Nd4j.pad(x, -1, 0)).toThrow('Invalid width of a padding -1');
    expect(() => Nd4j.append(x, 1, 0, 2)).toThrow(RangeError);
    expect(() => Nd4j.append(x, 1.5, 0, 0)).toThrow(RangeError);
  });
});
