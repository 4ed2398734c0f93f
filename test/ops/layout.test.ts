import { afterAll, describe, expect, test } from 'vitest';
import { broadcastTo } from '../../src/core/geometry.ts';
import type { ArrayView } from '../../src/memory/view.ts';
import { copy, fill } from '../../src/ops/layout.ts';
import { releaseScratch } from '../../src/ops/scratch.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { ALL_TYPES, elementsOf } from '../support/elements.ts';
import { emptyOf, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

afterAll(() => releaseScratch());

const numbers = (length: number, seed = 1): number[] =>
  noise(length, seed).map((each) => Math.trunc(Math.abs(each) * 90));

describe('copy', () => {
  test.each(ALL_TYPES)('transposes %s of awkward sizes without touching what lies between', (type) => {
    for (const [rows, columns] of [
      [1, 1],
      [2, 3],
      [4, 4],
      [5, 7],
      [16, 33],
      [31, 64],
      [65, 34],
    ] as const) {
      const values = numbers(rows * columns).map((each) => (type === 'BOOL' ? Number(each > 40) : each));
      const x = viewOf(type, values, [rows, columns], { strides: [1, rows + 2], offset: 1 });
      const out = emptyOf(type, [rows, columns], { strides: [columns + 1, 1], offset: 2 });
      const before = strayWrites(out);
      copy(out, x);
      // emptyOf fills gaps and elements alike, so positions written beside the elements would show.
      expect(valuesOf(out)).toEqual(valuesOf(x));
      expect(strayWrites(out)).toEqual(before);
      release(x, out);
    }
  });

  test('moves every permutation of four dimensions', () => {
    const shape = [2, 3, 4, 5];
    const values = numbers(120, 2);
    const orders = [0, 1, 2, 3].flatMap((a) =>
      [0, 1, 2, 3].flatMap((b) => [0, 1, 2, 3].flatMap((c) => [0, 1, 2, 3].map((d) => [a, b, c, d]))),
    );
    for (const order of orders.filter((each) => new Set(each).size === 4)) {
      const strides = new Array<number>(4).fill(0);
      let stride = 1;
      for (const dimension of [...order].reverse()) {
        strides[dimension] = stride;
        stride *= shape[dimension] as number;
      }
      for (const type of ['FLOAT', 'DOUBLE', 'SHORT'] as const) {
        const x = viewOf(type, values, shape, { strides });
        const out = emptyOf(type, shape);
        copy(out, x);
        expect(valuesOf(out)).toEqual(values);
        copy(x, out);
        expect(valuesOf(x)).toEqual(values);
        release(x, out);
      }
    }
  });

  test('repeats a smaller array and casts it on the way', () => {
    const x = viewOf('INT', [1, 2, 3], [3, 1]);
    for (const type of ['INT', 'FLOAT', 'BOOL'] as const) {
      const out = emptyOf(type, [2, 3, 4]);
      copy(out, x);
      const rows = [1, 2, 3].flatMap((each) => new Array<number>(4).fill(type === 'BOOL' ? 1 : each));
      expect(valuesOf(out)).toEqual([...rows, ...rows]);
      release(out);
    }
    release(x);
  });

  test('keeps the bits of NaN', () => {
    const x = emptyOf('FLOAT', [2, 2]);
    const bits = [0x7fc12345, 0xffc54321, 0x7f800001, 1];
    new Uint32Array(x.buffer.window().buffer, x.buffer.address, 4).set(bits);
    const out = emptyOf('FLOAT', [2, 2], { order: 'f' });
    copy(out, x);
    const result = new Uint32Array(out.buffer.window().buffer, out.buffer.address, 4);
    expect(Array.from(result)).toEqual([bits[0], bits[2], bits[1], bits[3]]);
    release(x, out);
  });

  test('an array onto its own transpose, and a shifted piece of itself', () => {
    const values = numbers(25, 3);
    const x = viewOf('FLOAT', values, [5, 5]);
    const transposed: ArrayView = { ...x, geometry: emptyOf('FLOAT', [5, 5], { order: 'f' }).geometry };
    copy(x, transposed);
    expect(valuesOf(transposed)).toEqual(values);
    const row = (offset: number): ArrayView => ({ ...x, offset, geometry: emptyOf('FLOAT', [20]).geometry });
    const moved = valuesOf(row(0));
    copy(row(3), row(0));
    expect(valuesOf(row(3))).toEqual(moved);
    release(x);
  });

  test('a view that repeats an element may be read, also of no elements', () => {
    const x = viewOf('DOUBLE', [7], [1]);
    const out = emptyOf('DOUBLE', [2, 2]);
    copy(out, { ...x, geometry: broadcastTo(x.geometry, [2, 2]) });
    expect(valuesOf(out)).toEqual([7, 7, 7, 7]);
    const nothing = emptyOf('DOUBLE', [0]);
    copy(nothing, nothing);
    release(x, out, nothing);
  });
});

describe('fill', () => {
  test.each(ALL_TYPES)('sets every element of %s views and nothing else', (type) => {
    for (const layout of [{}, { order: 'f' as const }, { strides: [9, 2], offset: 1 }]) {
      for (const value of [0, 1, 3]) {
        const out = emptyOf(type, [3, 4], layout);
        fill(out, value);
        const expected = type === 'BOOL' ? Number(value !== 0) : value;
        expect(elementsOf(out).map(Number)).toEqual(new Array<number>(12).fill(expected));
        expect(strayWrites(out)).toEqual([]);
        release(out);
      }
    }
  });

  test('casts the value: integers truncate and wrap, BOOL is not zero, −0 keeps its sign', () => {
    const filled = (type: (typeof ALL_TYPES)[number], value: number | bigint): number | bigint | undefined => {
      const out = emptyOf(type, [5]);
      fill(out, value);
      const [first] = elementsOf(out);
      release(out);
      return first;
    };
    expect(filled('INT', -7.9)).toBe(-7);
    expect(filled('UBYTE', 257)).toBe(1);
    expect(filled('BOOL', 0.5)).toBe(1);
    expect(filled('LONG', 2n ** 62n + 1n)).toBe(2n ** 62n + 1n);
    expect(filled('UINT64', 2n ** 64n - 1n)).toBe(2n ** 64n - 1n);
    expect(filled('INT', Number.NaN)).toBe(0);
    expect(filled('HALF', 65520)).toBe(Infinity);
    expect(Object.is(filled('FLOAT', -0), -0)).toBe(true);
  });
});

test('nothing but the scratch stays allocated', () => {
  const x = viewOf('FLOAT', numbers(16), [4, 4]);
  const transposed: ArrayView = { ...x, geometry: emptyOf('FLOAT', [4, 4], { order: 'f' }).geometry };
  copy(x, transposed);
  releaseScratch();
  const used = runtime().kernels.heapUsed();
  for (let i = 0; i < 20; i++) copy(x, transposed);
  releaseScratch();
  expect(runtime().kernels.heapUsed()).toBe(used);
  release(x);
});
