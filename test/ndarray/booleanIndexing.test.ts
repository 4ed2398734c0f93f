import { expect, test } from 'vitest';
import { BooleanIndexing } from '../../src/ndarray/booleanIndexing.ts';
import { Conditions } from '../../src/ndarray/conditions.ts';
import { described, doubles, floats, ints, numbers, random } from '../support/arrays.ts';

const above = Conditions.greaterThan(0);

test('and, or, firstIndex, lastIndex ask all elements in c order, or every tensor along dimensions', () => {
  const x = doubles([1, -1, 2, 3, 4, 5], [2, 3]);
  expect([BooleanIndexing.and(x, above), BooleanIndexing.or(x, above)]).toEqual([false, true]);
  expect(BooleanIndexing.and(x, above, 1)).toEqual([false, true]);
  expect(BooleanIndexing.or(x, Conditions.lessThan(0), 0)).toEqual([false, true, false]);
  const f = x.dup('f');
  expect(described(BooleanIndexing.firstIndex(f, Conditions.greaterThan(1)))).toEqual(['LONG', [], [2]]);
  expect(described(BooleanIndexing.lastIndex(f, Conditions.lessThan(3)))).toEqual(['LONG', [], [2]]);
  expect(described(BooleanIndexing.lastIndex(x, Conditions.lessThan(2), 1))).toEqual(['LONG', [2], [1, -1]]);
  expect(numbers(BooleanIndexing.firstIndex(x, Conditions.isNan()))).toEqual([-1]);
});

test('replaceWhere, by a number or an array, changes the chosen elements in place and no other', () => {
  const x = random([20], 3);
  const before = numbers(x);
  expect(BooleanIndexing.replaceWhere(x, 9, above)).toBe(x);
  expect(numbers(x)).toEqual(before.map((value) => (value > 0 ? 9 : value)));
  const holes = doubles([Number.NaN, 1, Infinity]);
  BooleanIndexing.replaceWhere(holes, 0, Conditions.notFinite());
  expect(numbers(holes)).toEqual([0, 1, 0]);
  expect(numbers(BooleanIndexing.replaceWhere(ints([1, -2]), 7.9, above))).toEqual([7, -2]);
  expect(numbers(BooleanIndexing.replaceWhere(floats([1, -2]), ints([5, 6]), above))).toEqual([5, -2]);
});

test('assignIf and applyMask take the elements that fulfil the condition themselves', () => {
  for (const assign of [BooleanIndexing.assignIf, BooleanIndexing.applyMask]) {
    const x = doubles([1, 2, 3]);
    expect(assign(x, doubles([-1, 5, 0]), above)).toBe(x);
    expect(numbers(x)).toEqual([1, 5, 3]);
  }
  expect(() => BooleanIndexing.assignIf(doubles([1, 2]), doubles([1, 2, 3]), above)).toThrow(/shapes must be equal/);
});

test('chooseFrom compares two arrays and gives the elements of the first, or null', () => {
  expect(numbers(BooleanIndexing.chooseFrom([doubles([1, -1, 2]), doubles([0, 0, 5])], above) ?? doubles([]))).toEqual([
    1,
  ]);
  expect(BooleanIndexing.chooseFrom([doubles([1]), doubles([2])], above)).toBeNull();
  expect(() => BooleanIndexing.chooseFrom([doubles([1])], above)).toThrow(/needed are two/);
  expect(() => BooleanIndexing.chooseFrom([doubles([1]), doubles([1, 2])], above)).toThrow(/shapes must be equal/);
});

test('a condition is named, frozen data', () => {
  expect(Conditions.epsEquals(2, 0.5)).toMatchObject({ name: 'epsEquals', value: 2, eps: 0.5 });
  expect(Object.isFrozen(Conditions.isNan())).toBe(true);
  for (const [name, make] of Object.entries(Conditions)) {
    expect((make as (value: number) => { name: string })(1).name).toBe(name);
  }
});
