import { expect, test } from 'vitest';
import { arrayWith, doubles, floats, numbers, random } from '../support/arrays.ts';

const FORMULAS = {
  add: (a: number, v: number) => a + v,
  sub: (a: number, v: number) => a - v,
  mul: (a: number, v: number) => a * v,
  div: (a: number, v: number) => a / v,
  rsub: (a: number, v: number) => v - a,
  rdiv: (a: number, v: number) => v / a,
} as const;
type Name = keyof typeof FORMULAS;

test('row and column vectors of rank 1 and 2 combine with every row and column, in a new c array or in place', () => {
  for (const name of Object.keys(FORMULAS) as Name[]) {
    const matrix = random([3, 4], 1, { order: 'f' });
    const row = random([4], 2);
    const column = random([3], 3);
    const before = numbers(matrix);
    const byRow = before.map((a, i) => FORMULAS[name](a, numbers(row)[i % 4] as number));
    const byColumn = before.map((a, i) => FORMULAS[name](a, numbers(column)[Math.floor(i / 4)] as number));
    for (const vector of [row, row.reshape(1, 4)]) {
      const result = matrix[`${name}RowVector`](vector);
      expect(numbers(result)).toEqual(byRow);
      expect(result.ordering()).toBe('c');
    }
    for (const vector of [column, column.reshape(3, 1)]) {
      expect(numbers(matrix[`${name}ColumnVector`](vector))).toEqual(byColumn);
    }
    expect(numbers(matrix)).toEqual(before);
    const copy = matrix.dup();
    expect(copy[`${name}iRowVector`](row)).toBe(copy);
    expect(numbers(copy)).toEqual(byRow);
    expect(numbers(matrix.dup()[`${name}iColumnVector`](column))).toEqual(byColumn);
  }
});

test('putiRowVector and putiColumnVector repeat a vector', () => {
  const matrix = random([2, 3], 1);
  expect(numbers(matrix.putiRowVector(doubles([1, 2, 3])))).toEqual([1, 2, 3, 1, 2, 3]);
  expect(numbers(matrix.transpose().putiRowVector(doubles([4, 5])))).toEqual([4, 5, 4, 5, 4, 5]);
  expect(numbers(matrix.putiColumnVector(doubles([7, 8])))).toEqual([7, 7, 7, 8, 8, 8]);
});

test('a row of a matrix may be added to all its rows in place', () => {
  const matrix = doubles([1, 2, 3, 4], [2, 2]);
  matrix.addiRowVector(matrix.viewOf(0, doubles([0, 0]).geometry));
  expect(numbers(matrix)).toEqual([2, 4, 4, 6]);
});

test('vectors of another length, rank or type are refused by name', () => {
  const matrix = floats([1, 2, 3, 4, 5, 6], [2, 3]);
  expect(() => matrix.addRowVector(floats([1, 2]))).toThrow(
    /Cannot addRowVector \[2, 3\] and \[2\]: mismatched shapes, the row vector must have shape \[3\] or \[1, 3\]/,
  );
  expect(() => matrix.muliColumnVector(floats([1, 2, 3]))).toThrow(/must have shape \[2\] or \[2, 1\]/);
  expect(() => matrix.addColumnVector(floats([1, 2], [1, 2]))).toThrow(/mismatched shapes/);
  expect(() => matrix.addRowVector(doubles([1, 2, 3]))).toThrow(/types FLOAT and DOUBLE/);
  expect(() => matrix.addRowVector(arrayWith('BOOL', [1, 0, 1], [3]))).toThrow(/BOOL/);
  expect(() => random([2, 3, 4]).subRowVector(random([4]))).toThrow(/needed is a matrix/);
  expect(numbers(matrix)).toEqual([1, 2, 3, 4, 5, 6]);
});
