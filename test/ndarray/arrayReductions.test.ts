import { describe, expect, test } from 'vitest';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { groupsOf, reductionsOf } from '../reference/reduction.ts';
import { arrayWith, described, doubles, floats, ints, numbers, random } from '../support/arrays.ts';
import { expectClose } from '../support/close.ts';

type Reduction = (...args: (number | boolean | readonly number[])[]) => NDArray;
const names = Object.keys(reductionsOf);
const call = (x: NDArray, name: string, ...args: Parameters<Reduction>): NDArray =>
  (x[name as 'sum'] as Reduction).apply(x, args);

describe('every reduction', () => {
  const shape = [2, 3, 4];
  const positive = random(shape, 3).muli(0.4).addi(0.5);

  test('agrees with a plain loop within 1e-13, along every choice of dimensions and for every layout', () => {
    const base = numbers(positive);
    for (const x of [positive, positive.dup('f'), positive.permute(2, 0, 1).dup().permute(1, 2, 0)]) {
      for (const dimensions of [[], [0], [1], [2], [0, 1], [-1, 0], [2, 1], [0, 1, 2]]) {
        const along = dimensions.length === 0 ? [0, 1, 2] : dimensions.map((d) => (d < 0 ? d + 3 : d));
        const groups = groupsOf(base, shape, along);
        for (const name of names) {
          const result = call(x, name, ...dimensions);
          const expected = groups.map(reductionsOf[name] as (x: readonly number[]) => number);
          expectClose(numbers(result), expected, { abs: 1e-13, rel: 1e-13 }, `${name} along ${dimensions}`);
          expect(result.shape()).toEqual(shape.filter((_, d) => !along.includes(d)));
          expect(result.ordering()).toBe('c');
        }
      }
    }
  });

  test('keeps dimensions of size 1 on demand, and takes dimensions as a list', () => {
    for (const name of names.filter((each) => each !== 'std' && each !== 'var' && each !== 'argMax')) {
      const kept = call(positive, name, true, 0, 2);
      expect(kept.shape(), name).toEqual([1, 3, 1]);
      expect(numbers(kept)).toEqual(numbers(call(positive, name, [0, 2])));
      expect(call(positive, name, true).shape()).toEqual([1, 1, 1]);
    }
    expect(positive.std(false, true, 1).shape()).toEqual([2, 1, 4]);
    expect(positive.sum(1, 1).shape()).toEqual([2, 4]);
  });

  test('does not depend on the order of the elements', () => {
    const x = random([60], 5).muli(0.3).addi(0.5);
    const reversed = doubles(numbers(x).reverse());
    for (const name of names.filter((each) => each !== 'argMax')) {
      expectClose(numbers(call(x, name)), numbers(call(reversed, name)), { rel: 1e-13 }, name);
    }
  });

  test('refuses BOOL, empty arrays, unknown dimensions and values that are none', () => {
    for (const name of names) {
      expect(() => call(arrayWith('BOOL', [1], [1]), name), name).toThrow(/BOOL/);
      expect(() => call(random([0, 3]), name), name).toThrow(/empty array/);
      expect(() => call(random([2, 3]), name, 2), name).toThrow(/rank 2 has dimensions 0 to 1/);
      expect(() => call(random([2, 3]), name, 'x' as unknown as number), name).toThrow(/dimensions must be numbers/);
    }
    expect(numbers(random([0, 3]).sum(0))).toEqual([0, 0, 0]);
  });
});

describe('types', () => {
  test('sum, prod and extremes keep integers, means and norms give the default floating type, positions LONG', () => {
    const x = ints([3, -1, 4]);
    const types = names.map((name) => call(x, name).dataType());
    expect(Object.fromEntries(names.map((name, i) => [name, types[i]]))).toMatchObject({
      sum: 'INT',
      prod: 'INT',
      max: 'INT',
      amin: 'INT',
      mean: 'FLOAT',
      norm1: 'FLOAT',
      normmax: 'FLOAT',
      std: 'FLOAT',
      argMax: 'LONG',
    });
    expect(described(arrayWith('BYTE', [100, 100], [2]).sum())).toEqual(['BYTE', [], [-56]]);
    expect(x.mean().getDouble(0)).toBe(2);
    expect(described(floats([1, 2]).norm2())[0]).toBe('FLOAT');
  });
});

describe('what ND4J does', () => {
  test('std and var divide by n − 1, on demand by n, and give 0 for one element', () => {
    const x = doubles([1, 2, 3, 4]);
    expectClose(numbers(x.var()), [5 / 3], { rel: 1e-15 });
    expectClose(numbers(x.var(false)), [5 / 4], { rel: 1e-15 });
    expectClose(numbers(x.std(false)), [Math.sqrt(5 / 4)], { rel: 1e-15 });
    expect(numbers(doubles([7]).std())).toEqual([0]);
  });

  test('norms and spreads of a vector along a dimension of size 1 keep its shape, sums do not', () => {
    const row = doubles([3, -4], [1, 2]);
    expect([row.norm2(0).shape(), row.std(0).shape(), row.sum(0).shape()]).toEqual([[1, 2], [1, 2], [2]]);
    expect(numbers(row.norm1(0))).toEqual([3, 4]);
    expect(row.dup().transpose().normmax(1).shape()).toEqual([2, 1]);
  });

  test('extremes skip NaN, the first of equal elements wins, amean ignores dimensions', () => {
    const x = doubles([Number.NaN, 2, 2, 1]);
    expect([x.max().getDouble(0), x.min().getDouble(0)]).toEqual([2, 1]);
    expect(doubles([1, 2, 2]).argMax().getDouble(0)).toBe(1);
    expect(doubles([Number.NaN]).max().getDouble(0)).toBe(-Infinity);
    expect(described(doubles([1, -2, 3, 4], [2, 2]).amean(0))).toEqual(['DOUBLE', [], [2.5]]);
  });

  test('sum and mean write into a result array that fits', () => {
    const result = doubles([0, 0]);
    expect(doubles([1, 2, 3, 4], [2, 2]).sum(result, 0)).toBe(result);
    expect(numbers(result)).toEqual([4, 6]);
    const own = doubles([1, 2, 3, 4], [2, 2]);
    expect(numbers(own.sum(own.getRow(0), 0))).toEqual([4, 6]);
    expect(() => doubles([1, 2, 3, 4], [2, 2]).mean(result)).toThrow(/the result has shape \[\]/);
  });
});
