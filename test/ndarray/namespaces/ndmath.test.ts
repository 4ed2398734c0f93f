// NDMath, NDBitwise, NDRandom: forms of arguments, refusals, memory. Values are in test/golden/namespaces.test.ts.

import { describe, expect, test } from 'vitest';
import { Conditions } from '../../../src/ndarray/conditions.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import { Transforms } from '../../../src/ndarray/transforms.ts';

const math = Nd4j.math();
const x = Nd4j.create([
  [1, -2, 3],
  [4, 5, -6],
]);
const integers = x.castTo('INT');
const flags = x.gt(0);

describe('NDMath', () => {
  test('takes dimensions as numbers, a list or an array of integers', () => {
    const expected = Nd4j.create([2, 3]).castTo('FLOAT');
    for (const sum of [
      math.sum(x, 1),
      math.sum(x, [1]),
      math.sum(x, -1),
      math.sum(x, Nd4j.createFromArray([1]).castTo('INT')),
    ]) {
      expect(sum.equals(expected)).toBe(true);
    }
    expect(math.sum(x, true, 1).shape()).toEqual([2, 1]);
    expect(math.sum(x, Nd4j.createFromArray([1]).castTo('LONG'), true).shape()).toEqual([2, 1]);
  });

  test('reduces along dimensions of size 1, where M2.1 gives null', () => {
    const row = Nd4j.create([[1, 2, 3]]);
    expect([...math.sum(row, 0).toDoubleVector()]).toEqual([1, 2, 3]);
    expect([...math.norm2(row, 0).toDoubleVector()]).toEqual([1, 2, 3]);
  });

  test('answers isNaN, isInfinite and isFinite in BOOL', () => {
    const odd = Nd4j.create([Number.NaN, Number.POSITIVE_INFINITY, 1]);
    expect(math.isNaN(odd).dataType()).toBe('BOOL');
    expect([...math.isNaN(odd).toIntVector()]).toEqual([1, 0, 0]);
    expect([...math.isInfinite(odd).toIntVector()]).toEqual([0, 1, 0]);
    expect([...math.isFinite(odd).toIntVector()]).toEqual([0, 0, 1]);
  });

  test('powers of integers are exact, as those of Transforms', () => {
    const base = Nd4j.createFromArray([3, 5, -7, 10, 2]).castTo('LONG');
    const exponents = Nd4j.createFromArray([1, 3, 5, 15, -1]).castTo('LONG');
    for (const power of [math.pow(base, exponents), Transforms.pow(base, exponents)]) {
      expect([...power.toDoubleVector()]).toEqual([3, 125, -16807, 1e15, 0]);
    }
    expect([...math.pow(base, 3).toDoubleVector()]).toEqual([27, 125, -343, 1000, 8]);
    expect([...Transforms.pow(base, 3).toDoubleVector()]).toEqual([27, 125, -343, 1000, 8]);
  });

  test('puts arrays on diagonals and takes them from there', () => {
    const diagonal = math.diag(Nd4j.create([1, 2]));
    expect(
      diagonal.equals(
        Nd4j.create([
          [1, 0],
          [0, 2],
        ]),
      ),
    ).toBe(true);
    expect(math.diag(diagonal).shape()).toEqual([2, 2, 2, 2]);
    expect(math.diagPart(math.diag(diagonal)).equals(diagonal)).toBe(true);
  });

  test('looks up rows of a table', () => {
    const rows = math.embeddingLookup(x, Nd4j.createFromArray([1, 0, 1]).castTo('INT'), 'MOD');
    expect(
      rows.equals(
        Nd4j.create([
          [4, 5, -6],
          [1, -2, 3],
          [4, 5, -6],
        ]),
      ),
    ).toBe(true);
  });

  test('clipByAvgNorm() clips the norm per element', () => {
    const clipped = math.clipByAvgNorm(Nd4j.create([3, 4]), 0.5);
    expect([...clipped.toDoubleVector()]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['BOOL', () => math.sum(flags), /BOOL/],
    ['BOOL', () => math.abs(flags), /BOOL/],
    ['BOOL', () => math.add(flags, 1), /BOOL/],
    ['integers', () => math.exp(integers), /floating/],
    ['integers', () => math.log(integers, 2), /floating/],
    ['a dimension', () => math.sum(x, 2), /dimension/],
    ['a dimension', () => math.sum(x, 'rows' as unknown as number), /dimensions must be numbers/],
    ['a floating dimension', () => math.sum(x, Nd4j.create([1])), /dimensions must be integers/],
    ['no dimension', () => math.iamax(x), /at least one/],
    ['no dimension', () => math.firstIndex(x, Conditions.greaterThan(0)), /at least one/],
    ['shapes', () => math.add(x, Nd4j.ones(2)), /broadcastable/],
    ['shapes', () => math.cross(x, Nd4j.ones(3)), /equal shapes/],
    ['shapes', () => math.mergeAdd([x, Nd4j.ones(2)]), /same shape/],
    ['no arrays', () => math.mergeMax([]), /at least one array/],
    ['a zero divisor', () => math.floorMod(integers, 0), /division by zero/],
    ['a zero divisor', () => math.div(integers, integers.mul(0)), /division by zero/],
    ['bounds', () => math.clipByValue(x, 2, 1), /must not be above/],
    ['a number', () => math.step(x, 'a' as unknown as number), /needed is a number/],
    ['a row', () => math.embeddingLookup(x, Nd4j.createFromArray([2]).castTo('INT'), 'MOD'), /there are 2/],
    [
      'classes',
      () =>
        math.confusionMatrix(Nd4j.createFromArray([0, 3]).castTo('INT'), Nd4j.createFromArray([0, 1]).castTo('INT'), 2),
      /0 to 1/,
    ],
    ['a vector', () => math.diagPart(Nd4j.ones(3)), /first half/],
    ['bits', () => Nd4j.bitwise().and(x, x), /integer type/],
    ['bits', () => Nd4j.bitwise().bitShift(integers, integers.castTo('LONG')), /same type/],
    ['bits', () => Nd4j.bitwise().or(integers, Nd4j.ones('INT', 2)), /must broadcast/],
    ['a type', () => Nd4j.random().normal(0, 1, 'INT', 3), /floating type/],
    ['a rate', () => Nd4j.random().exponential(0, 'FLOAT', 3), /above 0/],
  ])('refuses %s: %#', (_what, run, message) => {
    expect(run).toThrow(message);
  });
});

describe('NDBitwise', () => {
  test('rotations keep all bits of negative numbers and undo each other', () => {
    const bits = Nd4j.bitwise();
    const values = Nd4j.createFromArray([-7, 5, -128, 127]).castTo('BYTE');
    const count = Nd4j.createFromArray([3, 1, 7, 4]).castTo('BYTE');
    expect(bits.bitRotr(bits.bitRotl(values, count), count).equals(values)).toBe(true);
    expect(bits.bitRotl(values, count).getInt(0)).toBe(-49);
    expect(bits.bitsHammingDistance(values, values.mul(0)).getInt()).toBe(6 + 2 + 1 + 7);
  });
});
