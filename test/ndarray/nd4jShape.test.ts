// Dimensions added, dropped and moved; rows pulled and updated by number.

import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../src/ndarray/nd4j.ts';

const x = () => Nd4j.arange(6).reshape(2, 3);

describe('expandDims(), squeeze() and rollAxis()', () => {
  test('are views', () => {
    const base = x();
    Nd4j.squeeze(Nd4j.expandDims(base, 1), 1).assign(7);
    expect(base.getDouble(0)).toBe(7);
    expect(Nd4j.expandDims(base, 2).shape()).toEqual([2, 3, 1]);
    expect(Nd4j.rollAxis(Nd4j.zeros(2, 3, 4), 0, 3).shape()).toEqual([3, 4, 2]);
    expect(Nd4j.rollAxis(Nd4j.zeros(2, 3, 4), -1).shape()).toEqual([4, 2, 3]);
  });

  test('refuse dimensions that are not there or not of size 1', () => {
    expect(() => Nd4j.expandDims(x(), 3)).toThrow(RangeError);
    expect(() => Nd4j.squeeze(x(), 0)).toThrow('Only dimension of size 1 can be squeezed');
    expect(() => Nd4j.squeeze(x(), 2)).toThrow(RangeError);
    expect(() => Nd4j.rollAxis(x(), 0, 3)).toThrow(RangeError);
  });
});

describe('rot90()', () => {
  test('turns counterclockwise into a new array', () => {
    const base = x();
    expect(Nd4j.rot90(base).toArray()).toEqual([
      [2, 5],
      [1, 4],
      [0, 3],
    ]);
    expect(Nd4j.rot90(Nd4j.rot90(Nd4j.rot90(Nd4j.rot90(base)))).toArray()).toEqual(base.toArray());
    expect(() => Nd4j.rot90(Nd4j.zeros(3))).toThrow('Only rotating matrices');
  });
});

describe('pullRows()', () => {
  test('copies rows, columns or elements', () => {
    expect(Nd4j.pullRows(x(), 1, [1, 0, 1]).toArray()).toEqual([
      [3, 4, 5],
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(Nd4j.pullRows(x(), 0, [2]).toArray()).toEqual([[2], [5]]);
    expect(Nd4j.pullRows(Nd4j.arange(3), 0, [2, 0]).toArray()).toEqual([2, 0]);
    const target = Nd4j.zeros(1, 3);
    expect(Nd4j.pullRows(x(), target, 1, [1])).toBe(target);
    expect(target.toArray()).toEqual([[3, 4, 5]]);
  });

  test('refuses rows that are not there and other ranks', () => {
    expect(() => Nd4j.pullRows(x(), 1, [2])).toThrow('Cannot take row 2');
    expect(() => Nd4j.pullRows(Nd4j.zeros(2, 2, 2), 1, [0])).toThrow('2D input is expected');
    expect(() => Nd4j.pullRows(x(), Nd4j.zeros(2, 2), 1, [0])).toThrow('Cannot assign');
  });
});

describe('scatterUpdate()', () => {
  test.each([
    ['ADD', [10, 11, 12]],
    ['SUBTRACT', [-10, -9, -8]],
    ['MULTIPLY', [0, 10, 20]],
    ['ASSIGN', [10, 10, 10]],
    ['RSUBTRACT', [10, 9, 8]],
  ] as const)('%s changes the rows of the given numbers', (op, row) => {
    const array = x();
    const updates = Nd4j.valueArrayOf([1, 3], 10);
    expect(Nd4j.scatterUpdate(op, array, [0], updates, 1)).toBe(array);
    expect(array.toArray()).toEqual([row, [3, 4, 5]]);
  });

  test('takes the numbers as an array', () => {
    const array = x();
    Nd4j.scatterUpdate(
      'ADD',
      array,
      Nd4j.create([1, 0], 'INT'),
      Nd4j.create([
        [1, 1, 1],
        [2, 2, 2],
      ]),
      1,
    );
    expect(array.toArray()).toEqual([
      [2, 3, 4],
      [4, 5, 6],
    ]);
  });

  test('refuses before it changes anything', () => {
    const array = x();
    expect(() => Nd4j.scatterUpdate('FOO' as 'ADD', array, [0], Nd4j.zeros(1, 3), 1)).toThrow('Unknown update "FOO"');
    expect(() => Nd4j.scatterUpdate('toString' as 'ADD', array, [0], Nd4j.zeros(1, 3), 1)).toThrow(TypeError);
    expect(() => Nd4j.scatterUpdate('ADD', array, [0, 2], Nd4j.ones(2, 3), 1)).toThrow('Cannot take tensor 2');
    expect(() => Nd4j.scatterUpdate('ADD', array, [0], Nd4j.ones(2, 3), 1)).toThrow('needed is one update for each');
    expect(array.toArray()).toEqual(x().toArray());
  });
});
