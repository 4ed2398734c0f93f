// Views of parts: slices, rows, columns, tensors along dimensions, iteration.

import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../src/ndarray/nd4j.ts';

const cube = () => Nd4j.arange(24).reshape(2, 3, 4);

describe('slice()', () => {
  test('drops a dimension, counts from the end, and writes through', () => {
    const x = cube();
    expect(x.slice(1).toArray()).toEqual([
      [12, 13, 14, 15],
      [16, 17, 18, 19],
      [20, 21, 22, 23],
    ]);
    expect(x.slice(-1, -1).toArray()).toEqual([
      [3, 7, 11],
      [15, 19, 23],
    ]);
    x.slice(0, 1).assign(0);
    expect(x.getDouble(1, 0, 3)).toBe(0);
  });

  test('of a vector is a scalar view', () => {
    const x = Nd4j.arange(3);
    const element = x.slice(2);
    expect(element.rank()).toBe(0);
    element.assign(7);
    expect(x.getDouble(2)).toBe(7);
  });

  test('refuses indices out of range', () => {
    expect(() => cube().slice(2)).toThrow('Cannot take slice 2 of an array of shape [2, 3, 4]: needed is 0 to 1');
    expect(() => cube().slice(-3)).toThrow(RangeError);
    expect(() => cube().slice(0, 3)).toThrow(RangeError);
    expect(() => Nd4j.scalar(1).slice(0)).toThrow(RangeError);
  });
});

describe('getRow() and getColumn()', () => {
  test('give vectors, or matrices of one row or column when asked to keep the dimension', () => {
    const x = Nd4j.arange(6).reshape(2, 3);
    expect(x.getRow(1).toArray()).toEqual([3, 4, 5]);
    expect(x.getRow(1, true).toArray()).toEqual([[3, 4, 5]]);
    expect(x.getColumn(1).toArray()).toEqual([1, 4]);
    expect(x.getColumn(1, true).toArray()).toEqual([[1], [4]]);
    x.getColumn(2).muli(10);
    expect(x.getRow(0).toArray()).toEqual([0, 1, 20]);
  });

  test('do not count from the end, and say what does', () => {
    const x = Nd4j.zeros(2, 3);
    expect(() => x.getRow(-1)).toThrow('slice(-1, 0) counts from the end');
    expect(() => x.getColumn(-1)).toThrow('slice(-1, 1) counts from the end');
    expect(() => x.getColumn(3)).toThrow(RangeError);
  });

  test('are for matrices only', () => {
    expect(() => Nd4j.zeros(3).getRow(0)).toThrow(
      'getRow() can be called on 2D arrays only: found an array of shape [3]',
    );
    expect(() => cube().getColumn(0)).toThrow('2D arrays only');
  });
});

describe('tensorAlongDimension()', () => {
  test('counts the other dimensions in c order', () => {
    const x = cube();
    expect(x.tensorsAlongDimension(1)).toBe(8);
    expect(x.tensorAlongDimension(5, 1).toArray()).toEqual([13, 17, 21]);
    expect(x.tensorAlongDimension(1, 2, 0).toArray()).toEqual([
      [4, 5, 6, 7],
      [16, 17, 18, 19],
    ]);
    expect(x.vectorsAlongDimension(-1)).toBe(6);
    expect(x.vectorAlongDimension(-1, 0).toArray()).toEqual([11, 23]);
  });

  test('over all dimensions is the array itself', () => {
    const x = cube();
    expect(x.tensorAlongDimension(0, 0, 1, 2)).toBe(x);
    expect(() => x.tensorAlongDimension(1, 0, 1, 2)).toThrow(RangeError);
  });

  test('refuses tensors and dimensions that are not there', () => {
    expect(() => cube().tensorAlongDimension(8, 1)).toThrow('Cannot take tensor (along dimensions [1]) 8');
    expect(() => cube().tensorAlongDimension(0, 3)).toThrow('Invalid dimension 3');
  });
});

describe('iteration', () => {
  test('walks the slices along dimension 0', () => {
    const rows = [...Nd4j.arange(4).reshape(2, 2)];
    expect(rows.map((row) => row.toArray())).toEqual([
      [0, 1],
      [2, 3],
    ]);
    const [first, second] = Nd4j.arange(2);
    expect([first?.getDouble(), second?.getDouble()]).toEqual([0, 1]);
    expect([...Nd4j.scalar(1)]).toEqual([]);
    expect(cube().slices()).toBe(2);
  });
});
