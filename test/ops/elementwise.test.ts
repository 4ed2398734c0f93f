import { afterAll, describe, expect, test } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import type { ArrayView } from '../../src/memory/view.ts';
import { Binary, Unary } from '../../src/ops/codes.ts';
import { axpy, binary, binaryScalar, unary } from '../../src/ops/elementwise.ts';
import { releaseScratch } from '../../src/ops/scratch.ts';
import { arrayOfElements, elementsOf } from '../support/elements.ts';
import { emptyOf, type Layout, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

afterAll(() => releaseScratch());

const whole = (length: number, seed: number): number[] => noise(length, seed).map((each) => Math.trunc(each * 50) + 0);

/** Views of 2 × 3 × 4 elements that no run of memory covers, and some that one does. */
const LAYOUTS: readonly [string, Layout][] = [
  ['dense c', {}],
  ['dense f', { order: 'f' }],
  ['gaps between rows', { strides: [40, 10, 2], offset: 3 }],
  ['permuted', { strides: [1, 8, 2], offset: 1 }],
  ['one gap', { strides: [13, 4, 1] }],
];
const SHAPE = [2, 3, 4];

describe('binary', () => {
  test.each(LAYOUTS)('of every pair of layouts into one that is %s equals the plain loop', (_, layout) => {
    const a = whole(24, 1);
    const b = whole(24, 2);
    for (const [, left] of LAYOUTS) {
      for (const [, right] of LAYOUTS) {
        const x = viewOf('FLOAT', a, SHAPE, left);
        const y = viewOf('FLOAT', b, SHAPE, right);
        const out = emptyOf('FLOAT', SHAPE, layout);
        binary(Binary.SUB, out, x, y);
        expect(valuesOf(out)).toEqual(a.map((each, i) => each - (b[i] as number)));
        expect(strayWrites(out)).toEqual([]);
        release(x, y, out);
      }
    }
  });

  const TYPES: readonly DataType[] = ['FLOAT', 'DOUBLE', 'LONG', 'INT', 'SHORT', 'BYTE', 'UINT16', 'UINT32'];
  test.each(TYPES)('takes %s beside every other type, and casts the result', (type) => {
    const a = [1, 2, 3, 4, 5, 6];
    const b = [6, 5, 4, 3, 2, 1];
    for (const other of TYPES) {
      for (const result of [...TYPES, 'BOOL', 'UBYTE'] as const) {
        const x = viewOf(type, a, [2, 3], { strides: [1, 2] });
        const y = viewOf(other, b, [2, 3]);
        const out = emptyOf(result, [2, 3]);
        binary(Binary.MUL, out, x, y);
        const products = a.map((each, i) => each * (b[i] as number));
        expect(valuesOf(out)).toEqual(result === 'BOOL' ? products.map(() => 1) : products);
        release(x, y, out);
      }
    }
  });

  test('repeats a row, a column, a scalar and an inner dimension as NumPy does', () => {
    const a = whole(24, 3);
    const at = (index: number): [number, number, number] => [
      Math.floor(index / 12),
      Math.floor(index / 4) % 3,
      index % 4,
    ];
    const cases: [number[], (i: number, j: number, k: number) => number][] = [
      [[4], (_i, _j, k) => k],
      [[3, 1], (_i, j) => j],
      [[2, 1, 1], (i) => i],
      [[], () => 0],
      [[1, 3, 4], (_i, j, k) => 4 * j + k],
      [[2, 1, 4], (i, _j, k) => 4 * i + k],
    ];
    for (const [shape, position] of cases) {
      const length = shape.reduce((product, size) => product * size, 1);
      const b = whole(length, 4);
      const right = a.map((_, index) => b[position(...at(index))] as number);
      for (const type of ['FLOAT', 'DOUBLE', 'INT'] as const) {
        for (const [, layout] of LAYOUTS) {
          const x = viewOf(type, a, SHAPE, layout);
          const y = viewOf(type, b, shape);
          const out = emptyOf(type, SHAPE);
          binary(Binary.SUB, out, x, y);
          expect(valuesOf(out), `${type} ${shape}`).toEqual(a.map((each, i) => each - (right[i] as number)));
          binary(Binary.MAX, out, y, x);
          expect(valuesOf(out), `${type} ${shape}`).toEqual(a.map((each, i) => Math.max(each, right[i] as number)));
          release(x, y, out);
        }
      }
    }
  });

  test('rows longer than a piece of scratch are converted piece by piece', () => {
    const length = 1500;
    const a = whole(2 * length, 5);
    const x = viewOf('INT', a, [2, length], { strides: [2 * length + 1, 2] });
    const out = emptyOf('HALF', [2, length]);
    binary(Binary.ADD, out, x, x);
    expect(elementsOf(out)).toEqual(a.map((each) => 2 * each));
    release(x, out);
  });

  test('comparisons give BOOL, whatever is compared', () => {
    const x = viewOf('INT', [1, 2, 3], [3]);
    const y = viewOf('DOUBLE', [1.5, 2, -3], [3]);
    const out = emptyOf('BOOL', [3]);
    binary(Binary.GT, out, x, y);
    expect(valuesOf(out)).toEqual([0, 0, 1]);
    binary(Binary.EQ, out, x, y);
    expect(valuesOf(out)).toEqual([0, 1, 0]);
    release(x, y, out);
  });

  test('an integer array computes in float64 where an operator has no integer form', () => {
    const x = viewOf('INT', [2, 3, -2], [3]);
    const y = viewOf('LONG', [10, 3, 3], [3]);
    const out = emptyOf('LONG', [3]);
    binary(Binary.POW, out, x, y);
    expect(valuesOf(out)).toEqual([1024, 27, -8]);
    release(x, y, out);
  });
});

describe('binary with operands that overlap the result', () => {
  const values = (): ArrayView => viewOf('FLOAT', whole(16, 6), [4, 4]);
  const part = (view: ArrayView, offset: number, shape: number[], strides: number[]): ArrayView => ({
    ...view,
    offset,
    geometry: emptyOf('FLOAT', shape, { strides }).geometry,
  });

  test('reads every element before it is overwritten: shifted, transposed, and repeated ones', () => {
    const cases: [string, [number, number[], number[]], [number, number[], number[]]][] = [
      ['shifted forth', [1, [15], [1]], [0, [15], [1]]],
      ['shifted back', [0, [15], [1]], [1, [15], [1]]],
      ['transposed', [0, [4, 4], [4, 1]], [0, [4, 4], [1, 4]]],
      ['a row for all', [0, [4, 4], [4, 1]], [4, [4], [1]]],
      ['an element for all', [0, [4, 4], [4, 1]], [5, [1, 1], [1, 1]]],
      ['columns', [0, [4, 2], [4, 1]], [1, [4, 2], [4, 1]]],
    ];
    for (const [name, target, source] of cases) {
      const plain = values();
      const other = values();
      const result = emptyOf('FLOAT', target[1]);
      binary(Binary.SUB, result, part(plain, ...target), part(other, ...source));
      const buffer = values();
      const out = part(buffer, ...target);
      binary(Binary.SUB, out, out, part(buffer, ...source));
      expect(valuesOf(out), `${name}, right`).toEqual(valuesOf(result));
      const turned = values();
      const left = part(turned, ...target);
      binary(Binary.RSUB, left, part(turned, ...source), left);
      expect(valuesOf(left), `${name}, left`).toEqual(valuesOf(result));
      const both = values();
      const into = part(both, ...target);
      binary(Binary.ADD, into, part(both, ...source), part(both, ...source));
      const twice = emptyOf('FLOAT', target[1]);
      binary(Binary.ADD, twice, part(plain, ...source), part(plain, ...source));
      expect(valuesOf(into), `${name}, both`).toEqual(valuesOf(twice));
      release(plain, other, result, buffer, turned, both, twice);
    }
  });
});

describe('binaryScalar', () => {
  test('works on every layout and type, with fractions beside integers computed in float64', () => {
    for (const [, layout] of LAYOUTS) {
      const a = whole(24, 7);
      const x = viewOf('INT', a, SHAPE, layout);
      const out = emptyOf('INT', SHAPE, layout);
      binaryScalar(Binary.RSUB, out, x, 5);
      expect(valuesOf(out)).toEqual(a.map((each) => 5 - each));
      binaryScalar(Binary.MUL, out, x, 2.5);
      expect(valuesOf(out)).toEqual(a.map((each) => Math.trunc(each * 2.5)));
      binaryScalar(Binary.ADD, x, x, -3);
      expect(valuesOf(x)).toEqual(a.map((each) => each - 3));
      expect(strayWrites(x)).toEqual([]);
      release(x, out);
    }
  });

  test('a comparison with a fraction does not truncate it', () => {
    const x = viewOf('LONG', [1, 2, 3], [3]);
    const out = emptyOf('BOOL', [3]);
    binaryScalar(Binary.GT, out, x, 2.5);
    expect(valuesOf(out)).toEqual([0, 0, 1]);
    release(x, out);
  });

  test('a bigint and a large number reach LONG with all 64 bits', () => {
    const x = arrayOfElements('LONG', [1n, -1n]);
    binaryScalar(Binary.ADD, x, x, 2n ** 62n + 1n);
    expect(elementsOf(x)).toEqual([2n ** 62n + 2n, 2n ** 62n]);
    binaryScalar(Binary.SUB, x, x, 2 ** 53);
    binaryScalar(Binary.ADD, x, x, -(2 ** 40));
    expect(elementsOf(x)).toEqual([2n ** 62n + 2n, 2n ** 62n].map((each) => each - 2n ** 53n - 2n ** 40n));
    release(x);
  });
});

describe('unary', () => {
  test.each(LAYOUTS)('of a view that is %s equals the plain loop, into another layout and in place', (_, layout) => {
    const a = whole(24, 8);
    for (const type of ['FLOAT', 'DOUBLE', 'INT'] as const) {
      const x = viewOf(type, a, SHAPE, layout);
      const out = emptyOf('DOUBLE', SHAPE, { strides: [1, 2, 6] });
      unary(Unary.SQUARE, out, x);
      expect(valuesOf(out)).toEqual(a.map((each) => each * each));
      unary(Unary.NEG, x, x);
      expect(valuesOf(x)).toEqual(a.map((each) => (type === 'INT' ? 0 - each : -each)));
      expect(strayWrites(x)).toEqual([]);
      release(x, out);
    }
  });

  test('an integer array goes through float64 to a floating result', () => {
    const x = viewOf('INT', [0, 1, 4], [3]);
    const out = emptyOf('DOUBLE', [3]);
    unary(Unary.SQRT, out, x);
    expect(valuesOf(out)).toEqual([0, 1, 2]);
    release(x, out);
  });
});

test('a parameter that is no whole number is not truncated beside integers', () => {
  const x = viewOf('LONG', [-1, 0, 4], [3]);
  const out = emptyOf('LONG', [3]);
  unary(Unary.STEP, out, x, -0.5);
  expect(valuesOf(out)).toEqual([0, 1, 1]);
  axpy(out, x, x, 0.5);
  expect(valuesOf(out)).toEqual([-1, 0, 6]);
  release(x, out);
});

test('axpy adds a multiple', () => {
  const x = viewOf('DOUBLE', [1, 2, 3], [3]);
  const y = viewOf('DOUBLE', [10, 20, 30], [3]);
  axpy(x, x, y, 0.5);
  expect(valuesOf(x)).toEqual([6, 12, 18]);
  release(x, y);
});

test('arrays without elements are left alone', () => {
  const x = emptyOf('FLOAT', [0, 3]);
  binary(Binary.ADD, x, x, x);
  binaryScalar(Binary.ADD, x, x, 1);
  unary(Unary.EXP, x, x);
  expect(valuesOf(x)).toEqual([]);
  release(x);
});
