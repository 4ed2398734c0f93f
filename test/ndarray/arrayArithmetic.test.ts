import { describe, expect, test } from 'vitest';
import { DataType, DOUBLE, FLOAT } from '../../src/core/dataType.ts';
import { ND4JIllegalStateException } from '../../src/core/errors.ts';
import { heapUse } from '../../src/memory/heap.ts';
import { defaultTypes } from '../../src/ndarray/defaultTypes.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { arrayWith, described, doubles, floats, ints, numbers, random } from '../support/arrays.ts';

const OPERATIONS = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  rsub: (a: number, b: number) => b - a,
  rdiv: (a: number, b: number) => b / a,
  fmod: (a: number, b: number) => a % b,
} as const;
type Name = keyof typeof OPERATIONS;
const names = Object.keys(OPERATIONS) as Name[];

describe('arrays with arrays', () => {
  test('every operation computes as float64 does, for equal, broadcast, transposed and strided operands', () => {
    const left = random([3, 4], 1);
    const others = [
      random([3, 4], 2),
      random([4], 3),
      random([3, 1], 4),
      random([4, 3], 5).transpose(),
      random([3, 4], 6, { strides: [9, 2], offset: 3 }),
      random([], 7),
    ];
    for (const name of names) {
      for (const right of others) {
        const result = left[name](right);
        const full = right.geometry.rank === 2 && right.size(1) === 4 ? numbers(right) : repeated(right);
        expect(numbers(result)).toEqual(numbers(left).map((a, i) => OPERATIONS[name](a, full[i] as number)));
        expect(result.ordering()).toBe('c');
      }
    }
  });

  /** The elements of a broadcast operand for each of 3 × 4 results. */
  function repeated(right: NDArray): number[] {
    const values = numbers(right);
    return Array.from({ length: 12 }, (_, i) => {
      if (values.length === 1) return values[0] as number;
      return (values.length === 3 ? values[Math.floor(i / 4)] : values[i % 4]) as number;
    });
  }

  test('results have the order of the left operand', () => {
    const f = random([2, 3], 1, { order: 'f' });
    const c = random([2, 3], 2);
    expect([f.add(c).ordering(), c.add(f).ordering(), f.add(1).ordering(), f.neg().ordering()]).toEqual([
      'f',
      'c',
      'f',
      'f',
    ]);
    expect(numbers(f.sub(c))).toEqual(numbers(f.dup('c').sub(c)));
  });

  test('broadcasting extends both operands, in-place operations only the right one', () => {
    const column = doubles([1, 2], [2, 1]);
    const row = doubles([10, 20, 30], [1, 3]);
    expect(described(column.add(row))).toEqual(['DOUBLE', [2, 3], [11, 21, 31, 12, 22, 32]]);
    expect(() => column.addi(row)).toThrow(/Cannot addi \[1, 3\] to \[2, 1\] in place: .* shape \[2, 3\]/);
    expect(numbers(column)).toEqual([1, 2]);
  });

  test('in-place operations return this and write through views', () => {
    const base = doubles([1, 2, 3, 4, 5, 6], [2, 3]);
    expect(base.transpose().muli(doubles([10, 100])).geometry.shape).toEqual([3, 2]);
    expect(numbers(base)).toEqual([10, 20, 30, 400, 500, 600]);
    expect(base.subi(1)).toBe(base);
  });

  test('an in-place operation on overlapping views reads all before it writes', () => {
    const base = doubles([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3]);
    base.addi(base.transpose());
    expect(numbers(base)).toEqual([2, 6, 10, 6, 10, 14, 10, 14, 18]);
    const line = doubles([1, 2, 3, 4]);
    const part = line.viewOf(1, doubles([0, 0, 0]).geometry);
    part.addi(line.viewOf(0, part.geometry));
    expect(numbers(line)).toEqual([1, 3, 5, 7]);
  });

  test('a result array receives the result and is checked for shape and type', () => {
    const a = floats([1, 2]);
    const out = floats([0, 0]);
    expect(a.add(floats([3, 4]), out)).toBe(out);
    expect(a.mul(2, out)).toBe(out);
    expect(numbers(out)).toEqual([2, 4]);
    expect(() => a.add(a, floats([0]))).toThrow(/into an array of shape \[1\]: the result has shape \[2\]/);
    expect(() => a.add(a, doubles([0, 0]))).toThrow(/of type DOUBLE: the result has type FLOAT/);
  });
});

describe('types', () => {
  test('floating beats integer, else the left type wins, integers wrap', () => {
    expect(
      ints([1, 2])
        .add(floats([0.5, 1]))
        .dataType(),
    ).toBe('FLOAT');
    expect(numbers(ints([1, 2]).add(floats([0.5, 1])))).toEqual([1.5, 3]);
    expect(described(floats([1]).add(doubles([0.1])))).toEqual(['FLOAT', [1], [Math.fround(1.1)]]);
    expect(described(doubles([1]).add(floats([0.5])))).toEqual(['DOUBLE', [1], [1.5]]);
    expect(described(arrayWith('BYTE', [100, 7], [2]).add(ints([100, 1])))).toEqual(['BYTE', [2], [-56, 8]]);
    expect(described(ints([7]).add(arrayWith('BOOL', [1], [1])))).toEqual(['INT', [1], [8]]);
  });

  test('every pair of types adds, subtracts and compares by value, and gives the promoted type', () => {
    const types = Object.values(DataType).filter((type) => type !== 'BOOL');
    const left = [1, 7, 100];
    const right = [1, 2, 20];
    for (const a of types) {
      for (const b of types) {
        const x = doubles(left).castTo(a);
        const y = doubles(right).castTo(b);
        const type = x.isR() || !y.isR() ? a : b;
        const sum = x.add(y);
        expect([sum.dataType(), x.sub(y).dataType()], `${a} and ${b}`).toEqual([type, type]);
        expect(numbers(sum.castTo('DOUBLE')), `${a} + ${b}`).toEqual([2, 9, 120]);
        expect(numbers(x.sub(y).castTo('DOUBLE')), `${a} − ${b}`).toEqual([0, 5, 80]);
        expect(numbers(x.gt(y)), `${a} > ${b}`).toEqual([0, 1, 1]);
        expect(described(x.dup().addi(y).castTo('DOUBLE')), `${a} += ${b}`).toEqual(['DOUBLE', [3], [2, 9, 120]]);
      }
    }
  });

  test('an integer array keeps its type beside a whole number and takes the default floating type beside a fraction', () => {
    const x = ints([7, -7]);
    expect(described(x.div(2))).toEqual(['INT', [2], [3, -3]]);
    expect(described(x.mul(0.5))).toEqual(['FLOAT', [2], [3.5, -3.5]]);
    expect(described(x.add(Number.NaN))).toEqual(['FLOAT', [2], [Math.fround(7.00001), Math.fround(-6.99999)]]);
    defaultTypes.floating = DOUBLE;
    expect(described(x.rdiv(0.5))).toEqual(['DOUBLE', [2], [0.5 / 7, -0.5 / 7]]);
    defaultTypes.floating = FLOAT;
  });

  test('sub and in-place operations drop the fraction of a number, and of a floating array, beside integers', () => {
    expect(described(ints([7]).sub(2.9))).toEqual(['INT', [1], [5]]);
    expect(described(ints([7]).addi(2.9))).toEqual(['INT', [1], [9]]);
    expect(described(ints([7, 2]).addi(floats([1.7, -0.5])))).toEqual(['INT', [2], [8, 2]]);
    expect(() => ints([7]).subi(Infinity)).toThrow(RangeError);
  });

  test('a NaN number counts as 1e-5', () => {
    expect(numbers(doubles([2]).add(Number.NaN))).toEqual([2 + 1e-5]);
    expect(numbers(doubles([2]).rdivi(Number.NaN))).toEqual([1e-5 / 2]);
  });

  test('special values follow IEEE 754', () => {
    const x = doubles([Number.NaN, Infinity, -0, 0]);
    expect(numbers(x.add(1))).toEqual([Number.NaN, Infinity, 1, 1]);
    expect(numbers(x.div(0))).toEqual([Number.NaN, Infinity, Number.NaN, Number.NaN]);
    expect(numbers(x.neg())).toEqual([Number.NaN, -Infinity, 0, -0]);
  });
});

describe('refusals', () => {
  test('BOOL arrays have no arithmetic and do not divide', () => {
    const flags = arrayWith('BOOL', [1, 0], [2]);
    for (const name of names) expect(() => flags[name](1), name).toThrow(/BOOL datatype/);
    expect(() => flags.addi(flags)).toThrow(/Cannot apply operation addi to array with BOOL datatype/);
    expect(() => floats([1, 2]).div(flags)).toThrow(/BOOL/);
    expect(() => flags.neg()).toThrow(/BOOL/);
  });

  test('integers are not divided by zero, floating numbers are', () => {
    expect(() => ints([1, 2]).div(0)).toThrow(/division by zero, the right operand/);
    expect(() => ints([1, 0]).rdiv(3)).toThrow(/division by zero, the left operand/);
    expect(() => ints([1, 2]).divi(ints([1, 0]))).toThrow(/division by zero/);
    expect(() => ints([1, 2]).divi(floats([1, 0.5]))).toThrow(/division by zero/);
    expect(() => ints([1, 2]).fmod(ints([1, 0]))).toThrow(/division by zero/);
    expect(numbers(floats([1]).div(0))).toEqual([Infinity]);
  });

  test('shapes that do not fit, empty arrays and other values are named', () => {
    expect(() => random([3, 4]).add(random([5]))).toThrow(/Cannot add \[3, 4\] and \[5\]: .*sizes must be equal or 1/);
    expect(() => random([0, 3]).add(1)).toThrow(/Cannot perform operation add on empty array with datatype DOUBLE/);
    expect(() => floats([1]).add('1' as unknown as number)).toThrow(/Cannot add "1": needed is an array or a number/);
    expect(() => floats([1]).mul(null as unknown as number)).toThrow(TypeError);
  });

  test('a closed argument is named by its letter, and a refused call leaves no memory behind', () => {
    const closed = floats([1, 2]);
    closed.buffer.close();
    const open = floats([1, 2]);
    const blocks = heapUse.blocks;
    expect(() => closed.add(open)).toThrow(/Op\.X argument/);
    expect(() => open.add(closed)).toThrow(/Op\.Y argument/);
    expect(() => open.add(open, closed)).toThrow(/Op\.Z argument/);
    expect(() => open.muli(closed)).toThrow(ND4JIllegalStateException);
    expect(() => closed.negi()).toThrow(/Op \[negi\]/);
    expect(() => open.add(floats([1, 2, 3]))).toThrow();
    expect(heapUse.blocks - blocks).toBe(1);
    expect(numbers(open)).toEqual([1, 2]);
  });
});

test('remainder is IEEE 754’s, fmod C’s', () => {
  expect(numbers(doubles([5.5, -5.5, 7]).remainder(doubles([2, 2, -3])))).toEqual([-0.5, 0.5, 1]);
  expect(numbers(ints([7, -7, 3]).remainder(ints([2, 2, -3])))).toEqual([-1, 1, 0]);
  expect(numbers(doubles([5.5, -5.5]).fmodi(2))).toEqual([1.5, -1.5]);
  expect(numbers(doubles([5]).remainderi(3))).toEqual([-1]);
});
