import { describe, expect, test } from 'vitest';
import { heapUse } from '../../src/memory/heap.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { type Matrix, naiveGemm } from '../reference/matmul.ts';
import { arrayWith, described, doubles, floats, ints, numbers, random } from '../support/arrays.ts';
import { expectClose } from '../support/close.ts';

/** a[m, k] · b[k, n] in float64. */
function product(a: NDArray, b: NDArray): number[] {
  const matrix = (x: NDArray): Matrix => ({ rows: x.size(0), columns: x.size(1), values: numbers(x) });
  return naiveGemm(matrix(a), matrix(b));
}

const layouts: ((x: NDArray) => NDArray)[] = [
  (x) => x,
  (x) => x.dup('f'),
  (x) => x.transpose().dup().transpose(),
  (x) =>
    random([9, 20], 1)
      .viewOf(3, random(x.shape(), 1, { strides: [20, 2] }).geometry)
      .assign(x),
];

describe('mmul', () => {
  test('agrees with three plain loops within 1e-14 for every layout of both sides; order f only from f and f', () => {
    for (const left of layouts) {
      for (const right of layouts) {
        const a = left(random([5, 3], 2));
        const b = right(random([3, 4], 3));
        const result = a.mmul(b);
        expectClose(numbers(result), product(a, b), { abs: 1e-14 });
        expect(result.ordering()).toBe(a.ordering() === 'f' && b.ordering() === 'f' ? 'f' : 'c');
        expect(a.mmul(b, 'f').ordering()).toBe('f');
        expect(numbers(a.mmul(b, 'f'))).toEqual(numbers(result));
      }
    }
  });

  test('transposes either side and the result', () => {
    const a = random([3, 5], 1);
    const b = random([4, 3], 2);
    const expected = product(a.transpose(), b.transpose());
    expectClose(numbers(a.mmul(b, { transposeA: true, transposeB: true })), expected, { abs: 1e-14 });
    const flipped = a.mmul(b, { transposeA: true, transposeB: true, transposeResult: true });
    expect(flipped.shape()).toEqual([4, 5]);
    expectClose(numbers(flipped.transpose()), expected, { abs: 1e-14 });
  });

  test('multiplies by a vector to a vector, and two vectors to [1, 1]', () => {
    const a = doubles([1, 2, 3, 4, 5, 6], [2, 3]);
    expect(described(a.mmul(doubles([1, 0, -1])))).toEqual(['DOUBLE', [2], [-2, -2]]);
    expect(described(doubles([1, 2]).mmul(doubles([3, 4])))).toEqual(['DOUBLE', [1, 1], [11]]);
    expect(described(a.transpose().mmul(doubles([1, 1])))).toEqual(['DOUBLE', [3], [5, 7, 9]]);
  });

  test('is associative and distributes over addition, within rounding', () => {
    const [a, b, c] = [random([4, 5], 1), random([5, 6], 2), random([6, 3], 3)];
    expectClose(numbers(a.mmul(b).mmul(c)), numbers(a.mmul(b.mmul(c))), { abs: 1e-13 });
    expectClose(numbers(a.mmul(b.add(b))), numbers(a.mmul(b).muli(2)), { abs: 1e-14 });
  });

  test('keeps integer and 16-bit types', () => {
    expect(described(ints([1, 2, 3, 4], [2, 2]).mmul(ints([5, 6, 7, 8], [2, 2])))).toEqual([
      'INT',
      [2, 2],
      [19, 22, 43, 50],
    ]);
    const half = doubles([1, 2, 3, 4], [2, 2]).castTo('HALF');
    expect(described(half.mmul(half).castTo('FLOAT'))).toEqual(['FLOAT', [2, 2], [7, 10, 15, 22]]);
  });

  test('refuses shapes and types by name, and leaves nothing behind', () => {
    const a = random([3, 4]);
    const blocks = heapUse.blocks;
    expect(() => a.mmul(a)).toThrow(
      /Cannot mmul \[3, 4\] by \[3, 4\]: columns of the left \(4\) must equal rows of the right \(3\)/,
    );
    expect(heapUse.blocks).toBe(blocks);
    expect(() => a.mmul(floats([1, 2, 3, 4]))).toThrow(/types DOUBLE and FLOAT/);
    expect(() => doubles([1, 2, 3]).mmul(a)).toThrow(/\[3\]x\[3, 4\]: inputs are not matrices/);
    expect(() => random([2, 3, 4]).mmul(random([2, 4, 3]))).toThrow(/inputs are not matrices/);
    expect(() => random([0, 3]).mmul(random([3, 2]))).toThrow(/empty array/);
    expect(() => arrayWith('BOOL', [1], [1, 1]).mmul(arrayWith('BOOL', [1], [1, 1]))).toThrow(/BOOL/);
  });
});

describe('mmul into a result, and mmuli', () => {
  test('write into the result whatever its layout, memory of the operands included', () => {
    const a = random([3, 3], 1);
    const b = random([3, 3], 2);
    const expected = product(a, b);
    for (const layout of layouts) {
      const out = layout(random([3, 3], 5));
      expect(a.mmul(b, out)).toBe(out);
      expectClose(numbers(out), expected, { abs: 1e-15 });
    }
    expect(a.mmuli(b, b)).toBe(b);
    expectClose(numbers(b), expected, { abs: 1e-15 });
  });

  test('mmuli replaces a matrix by its product with itself, and refuses what does not fit', () => {
    const a = doubles([1, 1, 0, 1], [2, 2]);
    expect(a.mmuli(a)).toBe(a);
    expect(numbers(a)).toEqual([1, 2, 0, 1]);
    expect(() => a.mmuli(random([2, 3]))).toThrow(/into an array of shape \[2, 2\]: the result has shape \[2, 3\]/);
    expect(() => a.mmuli(a, floats([1, 2, 3, 4], [2, 2]))).toThrow(/type FLOAT/);
    expect(numbers(a)).toEqual([1, 2, 0, 1]);
  });

  test('a matrix times a vector goes into a vector', () => {
    const out = doubles([0, 0]);
    expect(doubles([1, 2, 3, 4], [2, 2]).mmul(doubles([1, 1]), out)).toBe(out);
    expect(numbers(out)).toEqual([3, 7]);
  });
});

test('distances are those of plain loops, for one length and any two layouts', () => {
  const x = random([3, 4], 1);
  const y = random([3, 4], 2, { order: 'f' });
  const differences = numbers(x).map((value, i) => value - (numbers(y)[i] as number));
  const squares = differences.reduce((sum, d) => sum + d * d, 0);
  expectClose([x.distance1(y)], [differences.reduce((sum, d) => sum + Math.abs(d), 0)], { rel: 1e-14 });
  expectClose([x.distance2(y), x.squaredDistance(y)], [Math.sqrt(squares), squares], { rel: 1e-14 });
  expect(doubles([1, 2]).distance1(doubles([2, 4], [1, 2]))).toBe(3);
  expect(() => x.distance2(random([3]))).toThrow(/same number of elements, found 12 and 3/);
});
