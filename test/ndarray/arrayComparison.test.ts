import { describe, expect, test } from 'vitest';
import { Conditions } from '../../src/ndarray/conditions.ts';
import { arrayWith, described, doubles, floats, ints, numbers, random } from '../support/arrays.ts';

const COMPARISONS = {
  gt: (a: number, b: number) => a > b,
  gte: (a: number, b: number) => a >= b,
  lt: (a: number, b: number) => a < b,
  lte: (a: number, b: number) => a <= b,
  eq: (a: number, b: number) => a === b,
  neq: (a: number, b: number) => a !== b,
} as const;
type Name = keyof typeof COMPARISONS;
const names = Object.keys(COMPARISONS) as Name[];
const special = [1, 2, 3, Number.NaN, Infinity, -0];

describe('comparisons', () => {
  test('give BOOL arrays as JavaScript compares, for arrays and numbers, NaN and infinities', () => {
    const others = [1, 3, 2, Number.NaN, Infinity, 0];
    for (const name of names) {
      for (const type of ['FLOAT', 'DOUBLE'] as const) {
        const x = arrayWith(type, special, [6]);
        const compared = x[name](arrayWith(type, others, [6]));
        expect(described(compared)).toEqual([
          'BOOL',
          [6],
          special.map((a, i) => Number(COMPARISONS[name](a, others[i] as number))),
        ]);
        for (const value of [0, 2, Number.NaN, Infinity, -Infinity]) {
          expect(numbers(x[name](value)), `${name} ${value}`).toEqual(
            special.map((a) => Number(COMPARISONS[name](a, value))),
          );
        }
      }
    }
  });

  test('broadcast, keep the left order, and compare two types by value', () => {
    const x = random([2, 3], 1, { order: 'f' });
    expect(x.gt(random([3], 2)).ordering()).toBe('f');
    expect(numbers(x.gte(x.dup('c')))).toEqual([1, 1, 1, 1, 1, 1]);
    expect(numbers(ints([1, 2]).gt(doubles([0.5, 2.5])))).toEqual([1, 0]);
    expect(() => random([3, 4]).eq(random([3]))).toThrow(/Cannot eq \[3, 4\] and \[3\]/);
  });

  test('integers drop the fraction of a number, take NaN for 0 and lie below infinity', () => {
    expect(numbers(ints([1, 2, 3]).lt(2.5))).toEqual([1, 0, 0]);
    expect(numbers(ints([1, -2]).gte(Number.NaN))).toEqual([1, 0]);
    expect(numbers(ints([1, -2]).lt(Infinity))).toEqual([1, 1]);
    expect(numbers(ints([1, -2]).gt(Infinity))).toEqual([0, 0]);
  });

  test('BOOL arrays are equal or not, but have no order', () => {
    const flags = arrayWith('BOOL', [1, 0, 1], [3]);
    expect(numbers(flags.eq(1))).toEqual([1, 0, 1]);
    expect(numbers(flags.neq(arrayWith('BOOL', [1, 1, 0], [3])))).toEqual([0, 1, 1]);
    expect(() => flags.gt(0)).toThrow(/BOOL/);
    expect(() => floats([1, 2, 3]).lt(flags)).toThrow(/BOOL/);
    expect(() => random([0]).gt(1)).toThrow(/empty array/);
  });
});

describe('questions about all elements', () => {
  test('any, all, none count NaN as not 0', () => {
    expect([floats([0, 0]).any(), floats([0, Number.NaN]).any(), floats([0, 1]).all()]).toEqual([false, true, false]);
    expect([floats([1, -1]).all(), floats([0, 0]).none(), floats([0, 2]).none()]).toEqual([true, true, false]);
    expect(numbers(doubles(special).isNaN())).toEqual([0, 0, 0, 1, 0, 0]);
    expect(numbers(doubles(special).isInfinite())).toEqual([0, 0, 0, 0, 1, 0]);
  });

  test('eps is closeness within 1e-5', () => {
    expect(numbers(doubles([1, 1.1]).eps(1.000001))).toEqual([1, 0]);
    expect(numbers(doubles([1, 2]).eps(doubles([1.000001, 2.1])))).toEqual([1, 0]);
  });

  test('cond, scan and match apply a condition; beside a number match is cond', () => {
    const x = doubles([1, -2, 3, 4], [2, 2]);
    expect(numbers(x.cond(Conditions.greaterThan(2)))).toEqual([0, 0, 1, 1]);
    expect(x.scan(Conditions.absGreaterThanOrEqual(2))).toBe(3);
    expect(numbers(x.match(doubles([0, 0, 5, 4], [2, 2]), Conditions.greaterThanOrEqual(9)))).toEqual([1, 0, 0, 1]);
    expect(numbers(x.match(doubles([1, 1, 2, 5], [2, 2]), Conditions.absGreaterThan(0)))).toEqual([0, 1, 1, 0]);
    expect(numbers(x.match(doubles([1.3, 9, 9, 9], [2, 2]), Conditions.epsEquals(0, 0.5)))).toEqual([1, 0, 0, 0]);
    expect(numbers(x.match(100, Conditions.lessThan(0)))).toEqual([0, 1, 0, 0]);
    expect(numbers(ints([1, 5]).cond(Conditions.epsEquals(2, 1.5)))).toEqual([1, 0]);
  });

  test('every condition agrees between cond and scan', () => {
    const x = doubles([...special, -2, 2.000001, 1.5]);
    for (const make of Object.values(Conditions)) {
      const condition = (make as (value: number) => ReturnType<typeof Conditions.isNan>)(2);
      const mask = numbers(x.cond(condition));
      expect(mask.filter((each) => each === 1).length, condition.name).toBe(x.scan(condition));
    }
  });

  test('replaceWhere writes in place, into strided views and from other types', () => {
    const base = doubles([1, 2, 3, 4, 5, 6], [2, 3]);
    const view = base.transpose();
    expect(view.replaceWhere(ints([10, 20, 30, 40, 50, 60], [3, 2]), Conditions.greaterThan(3))).toBe(view);
    expect(numbers(base)).toEqual([1, 2, 3, 20, 40, 60]);
    expect(numbers(doubles([1, 2, 3]).replaceWhere(doubles([9], [1]), Conditions.greaterThan(1)))).toEqual([1, 9, 9]);
    expect(numbers(doubles([1, 5]).assignIf(doubles([-1, 9]), Conditions.greaterThan(2)))).toEqual([1, 9]);
    expect(() => base.replaceWhere(doubles([1, 2]), Conditions.isNan())).toThrow(/shapes must be equal/);
  });
});

describe('equals', () => {
  test('is reflexive without NaN, symmetric, and blind to the layout', () => {
    for (let seed = 1; seed < 20; seed++) {
      const x = random([3, 4], seed);
      const y = x.add(seed % 2 === 0 ? 1e-6 : 1e-3);
      expect(x.equals(x)).toBe(true);
      expect(x.equals(y)).toBe(y.equals(x));
      expect(x.equals(y)).toBe(seed % 2 === 0);
      expect(x.dup('f').equals(x)).toBe(true);
    }
  });

  test('asks for type, rank and shape; vectors for length alone', () => {
    expect(floats([1, 2]).equals(doubles([1, 2]))).toBe(false);
    expect(floats([1, 2], [1, 2]).equals(floats([1, 2], [2, 1]))).toBe(true);
    expect(floats([1, 2]).equals(floats([1, 2], [1, 2]))).toBe(false);
    expect(floats([1, 2, 3, 4], [2, 2]).equals(floats([1, 2, 3, 4], [4, 1]))).toBe(false);
    expect(random([0, 3]).equals(random([0, 3]))).toBe(true);
    expect(random([0, 3]).equals(random([3, 0]))).toBe(false);
    for (const other of [null, undefined, 'text', 3, {}]) expect(floats([1]).equals(other)).toBe(false);
  });

  test('a single element compares absolutely, several also relatively', () => {
    expect(doubles([1e6]).equals(doubles([1e6 + 5]))).toBe(false);
    expect(doubles([1e6, 1]).equals(doubles([1e6 + 5, 1]))).toBe(true);
    expect(doubles([1e6, 1]).equalsWithEps(doubles([1e6 + 5, 1]), 1e-7)).toBe(false);
    expect(ints([1, 3]).equalsWithEps(ints([1, 2]), 0.2)).toBe(false);
  });
});
