import { expect, test } from 'vitest';
import { Broadcast } from '../../src/ndarray/broadcast.ts';
import { described, doubles, floats, numbers, random } from '../support/arrays.ts';

const FORMULAS: Record<keyof typeof Broadcast, (x: number, y: number) => number> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  rsub: (x, y) => y - x,
  rdiv: (x, y) => y / x,
  copy: (_, y) => y,
  max: Math.max,
  min: Math.min,
  gt: (x, y) => Number(x > y),
  gte: (x, y) => Number(x >= y),
  lt: (x, y) => Number(x < y),
  lte: (x, y) => Number(x <= y),
  eq: (x, y) => Number(x === y),
  neq: (x, y) => Number(x !== y),
};

test('every operation repeats y along all dimensions but the named ones, in any order of names and any layout', () => {
  const x = random([2, 3, 4], 1, { order: 'f' });
  for (const [name, formula] of Object.entries(FORMULAS) as [
    keyof typeof Broadcast,
    (x: number, y: number) => number,
  ][]) {
    for (const dimensions of [[0], [1], [2], [0, 2], [2, 0], [1, 2], [0, 1, 2]]) {
      const y = random(
        dimensions.map((d) => x.size(d)),
        7,
      );
      const values = numbers(y);
      const expected = numbers(x).map((each, at) => {
        const index = [Math.floor(at / 12), Math.floor(at / 4) % 3, at % 4];
        const place = dimensions.reduce((sum, d) => sum * x.size(d) + (index[d] as number), 0);
        return formula(each, values[place] as number);
      });
      const result = Broadcast[name](x, y, null, ...dimensions);
      expect(numbers(result), `${name} along ${dimensions}`).toEqual(expected);
      expect(result.ordering()).toBe('f');
    }
  }
});

test('the result goes into z, which may be x, and comparisons go into BOOL', () => {
  const x = doubles([1, 2, 3, 4], [2, 2]);
  expect(Broadcast.mul(x, doubles([10, 100]), x, 0)).toBe(x);
  expect(numbers(x)).toEqual([10, 20, 300, 400]);
  expect(described(Broadcast.gt(x, doubles([15, 15]), null, 1))).toEqual(['BOOL', [2, 2], [0, 1, 1, 1]]);
  expect(numbers(Broadcast.add(x, doubles([1, 2], [1, 2]), null, 1))).toEqual([11, 22, 301, 402]);
  expect(() => Broadcast.gt(x, doubles([1, 2]), x, 1)).toThrow(/type DOUBLE: the result has type BOOL/);
});

test('sizes, types and dimensions that do not fit are named', () => {
  const x = random([2, 3]);
  expect(() => Broadcast.add(x, random([2]), null, 1)).toThrow(
    /along dimensions \[1\]: the second must have shape \[3\]/,
  );
  expect(() => Broadcast.add(x, floats([1, 2, 3]), null, 1)).toThrow(/types DOUBLE and FLOAT/);
  expect(() => Broadcast.add(x, random([3]), null, 2)).toThrow(RangeError);
  expect(() => Broadcast.add(x, random([3]), random([3, 2]), 1)).toThrow(/into an array of shape \[3, 2\]/);
});
