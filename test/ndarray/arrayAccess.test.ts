// Single elements of every type and layout, and the indices that are refused.

import { describe, expect, test } from 'vitest';
import { DataType } from '../../src/core/dataType.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';

describe('getDouble()', () => {
  test("takes one linear index in the array's own order, or one index per dimension", () => {
    const x = Nd4j.arange(6).reshape(2, 3);
    expect(x.getDouble(1)).toBe(1);
    expect(x.dup('f').getDouble(1)).toBe(3);
    expect(x.transpose().getDouble(1)).toBe(1);
    expect(x.getDouble(1, 2)).toBe(5);
    expect(x.getDouble([1, 2])).toBe(5);
    expect(Nd4j.arange(24).reshape(2, 3, 4).getDouble(1, 2, 3)).toBe(23);
    expect(Nd4j.arange(24).reshape(2, 3, 2, 2).getDouble(1, 2, 1, 1)).toBe(23);
    expect(Nd4j.arange(32).reshape(2, 2, 2, 2, 2).getDouble([1, 1, 1, 1, 0])).toBe(30);
  });

  test('counts negative indices from the end, linear ones too', () => {
    const x = Nd4j.arange(6).reshape(2, 3);
    expect(x.getDouble(-1)).toBe(5);
    expect(x.getDouble(-1, -3)).toBe(3);
    expect(x.putScalar(-2, 9).getDouble(1, 1)).toBe(9);
  });

  test('walks strided views', () => {
    const view = Nd4j.arange(24).reshape(4, 6).slice(2, 1);
    expect([0, 1, 2, 3].map((index) => view.getDouble(index))).toEqual([2, 8, 14, 20]);
    const part = Nd4j.arange(24).reshape(2, 3, 4).permute(2, 0, 1);
    expect(part.getDouble(7)).toBe(part.getDouble(1, 0, 1));
  });

  test('reads a scalar with or without an index', () => {
    expect(Nd4j.scalar(3).getDouble()).toBe(3);
    expect(Nd4j.scalar(3).getDouble(0)).toBe(3);
    expect(Nd4j.scalar(3).getDouble([])).toBe(3);
  });

  test.each([
    [[6], 'index 6 is outside 0 to 5'],
    [[-7], 'index -7 is outside 0 to 5'],
    [[2, 0], 'index 2 is outside 0 to 1'],
    [[0, -4], 'index -4 is outside 0 to 2'],
    [[0.5], 'index 0.5 is outside'],
    [[Number.NaN, 0], 'index NaN is outside'],
    [[0, 0, 0], 'needed are 2 indices, or one linear index'],
    [[], 'needed are 2 indices, or one linear index'],
  ])('refuses the indices %j of a [2, 3] array', (indices, message) => {
    const x = Nd4j.zeros(2, 3);
    expect(() => x.getDouble(...(indices as number[]))).toThrow(message as string);
    expect(() => x.getDouble(indices as number[])).toThrow(RangeError);
  });

  test('refuses what is no index', () => {
    const x = Nd4j.zeros(2, 3);
    expect(() => x.getDouble('1' as unknown as number)).toThrow(TypeError);
    expect(() => x.getDouble(1, '1' as unknown as number)).toThrow(RangeError);
    expect(() => Nd4j.zeros(1, 1, 1, 1, 1).getDouble(0, 0, 0, 0, 0)).toThrow('by 5 indices');
    expect(() => Nd4j.zeros(0).getDouble(0)).toThrow(RangeError);
  });

  test('refuses closed memory', () => {
    const x = Nd4j.zeros(2);
    x.close();
    expect(() => x.getDouble(0)).toThrow('Op [getDouble]');
    expect(() => x.putScalar(0, 1)).toThrow('Op [putScalar]');
  });
});

describe('putScalar()', () => {
  const wrapped: Record<DataType, number> = {
    FLOAT: Math.fround(300.7),
    DOUBLE: 300.7,
    LONG: 300,
    INT: 300,
    SHORT: 300,
    BYTE: 44,
    UBYTE: 44,
    BOOL: 1,
    HALF: 300.75,
    BFLOAT16: 300,
    UINT16: 300,
    UINT32: 300,
    UINT64: 300,
  };
  test.each(Object.keys(DataType) as DataType[])('writes %s as a cast does, and nothing beside it', (type) => {
    const x = Nd4j.zeros(type, 3).putScalar(1, 300.7);
    expect([x.getDouble(0), x.getDouble(1), x.getDouble(2)]).toEqual([0, wrapped[type], 0]);
  });

  test.each(['LONG', 'INT', 'SHORT', 'BYTE'] as const)('keeps signs of %s', (type) => {
    expect(Nd4j.zeros(type, 2).putScalar(1, -5).getDouble(1)).toBe(-5);
  });

  test('writes 64-bit integers exactly', () => {
    const x = Nd4j.zeros('LONG', 3)
      .putScalar(0, -(2n ** 62n))
      .putScalar(1, 2 ** 53)
      .putScalar(2, -1);
    expect([0, 1, 2].map((index) => x.getBigInt(index))).toEqual([-(2n ** 62n), 2n ** 53n, -1n]);
    expect(
      Nd4j.zeros('UINT64', 1)
        .putScalar(0, 2n ** 64n - 1n)
        .getBigInt(0),
    ).toBe(2n ** 64n - 1n);
  });

  test('returns the array', () => {
    const x = Nd4j.zeros(2, 3, 4, 5);
    expect(x.putScalar(1, 2, 3, 4, 7)).toBe(x);
    expect(x.putScalar(1, 2, 3, 4, 7).getDouble(-1)).toBe(7);
    expect(Nd4j.zeros(2, 3, 4).putScalar(1, 2, 3, 7).getDouble(-1)).toBe(7);
  });

  test('refuses missing and foreign values, and writes nothing then', () => {
    const x = Nd4j.zeros(2, 2);
    expect(() => (x.putScalar as unknown as (index: number) => unknown).call(x, 1)).toThrow(
      'Cannot putScalar without a value',
    );
    expect(() => x.putScalar(0, 'x' as unknown as number)).toThrow('Invalid value of putScalar "x"');
    expect(() => x.putScalar(0, 2, 1)).toThrow(RangeError);
    expect(x.toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

describe('getInt(), getLong(), getFloat() and getBigInt()', () => {
  test('cast as Java does', () => {
    const x = Nd4j.create(new Float64Array([2.9, -2.9, 3e9, Number.NaN, -0.5]));
    expect([0, 1, 2, 3, 4].map((index) => x.getInt(index))).toEqual([2, -2, 2147483647, 0, 0]);
    expect([0, 1, 2, 3, 4].map((index) => x.getLong(index))).toEqual([2, -2, 3e9, 0, 0]);
    expect(Nd4j.create([2n ** 32n + 5n]).getInt(0)).toBe(5);
    expect(Nd4j.create(new Float64Array([0.1])).getFloat(0)).toBe(Math.fround(0.1));
    expect(x.getBigInt(0)).toBe(2n);
    expect(() => x.getBigInt(3)).toThrow(RangeError);
  });

  test('take the same indices as getDouble', () => {
    const x = Nd4j.arange(6).reshape(2, 3);
    expect([x.getInt(1, 1), x.getLong([1, 1]), x.getNumber(-2), x.getFloat(1, -2)]).toEqual([4, 4, 4, 4]);
  });
});
