import { describe, expect, test } from 'vitest';
import { nd4jLinear } from '../../src/ndarray/nd4jLinear.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { type Matrix, naiveGemm } from '../reference/matmul.ts';
import { described, doubles, floats, numbers, random } from '../support/arrays.ts';
import { expectClose } from '../support/close.ts';

const matrix = (x: NDArray): Matrix => ({ rows: x.size(0), columns: x.size(1), values: numbers(x) });

describe('gemm', () => {
  test('gives alpha · a·b + beta · c for all transposes, and order c only from c and c', () => {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const a = random(transposeA ? [4, 3] : [3, 4], 1);
        const b = random(transposeB ? [2, 4] : [4, 2], 2);
        const c = random([3, 2], 3, { order: 'f' });
        const left = matrix(transposeA ? a.transpose() : a);
        const right = matrix(transposeB ? b.transpose() : b);
        const result = nd4jLinear.gemm(a, b, transposeA, transposeB);
        expectClose(numbers(result), naiveGemm(left, right), { abs: 1e-15 });
        expect([result.ordering(), nd4jLinear.gemm(a.dup('f'), b, transposeA, transposeB).ordering()]).toEqual([
          'c',
          'f',
        ]);
        const expected = naiveGemm(left, right, 0.5, 2, numbers(c));
        expect(nd4jLinear.gemm(a, b, c, transposeA, transposeB, 0.5, 2)).toBe(c);
        expectClose(numbers(c), expected, { abs: 1e-15 });
      }
    }
  });

  test('beta = 0 does not read c', () => {
    const c = doubles([Number.NaN], [1, 1]);
    nd4jLinear.gemm(doubles([2], [1, 1]), doubles([3], [1, 1]), c, false, false, 1, 0);
    expect(numbers(c)).toEqual([6]);
  });
});

describe('matmul', () => {
  test('multiplies the last two dimensions of every pair, repeating leading sizes of 1', () => {
    const a = random([2, 1, 3, 4], 1);
    const b = random([1, 5, 4, 2], 2);
    const result = nd4jLinear.matmul(a, b);
    expect(result.shape()).toEqual([2, 5, 3, 2]);
    const slice = (x: NDArray, i: number, j: number): Matrix => matrix(x.slice(i).slice(j));
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 5; j++) {
        expectClose(slice(result, i, j).values, naiveGemm(slice(a, i, 0), slice(b, 0, j)), { abs: 1e-15 });
      }
    }
    const out = random([2, 5, 3, 2], 3);
    expect(nd4jLinear.matmul(a, b, out)).toBe(out);
    expect(numbers(out)).toEqual(numbers(result));
  });

  test('transposes the last two dimensions of either side and of the result', () => {
    const a = random([2, 4, 3], 1);
    const b = random([2, 5, 4], 2);
    const plain = nd4jLinear.matmul(a.permute(0, 2, 1), b.permute(0, 2, 1));
    expect(numbers(nd4jLinear.matmul(a, b, true, true))).toEqual(numbers(plain));
    expect(nd4jLinear.matmul(a, b, true, true, true).shape()).toEqual([2, 5, 3]);
  });

  test('of vectors is a scalar, of a vector and a matrix a vector', () => {
    const v = doubles([1, 2]);
    expect(described(nd4jLinear.matmul(v, v))).toEqual(['DOUBLE', [], [5]]);
    expect(described(nd4jLinear.matmul(v, doubles([1, 2, 3, 4], [2, 2])))).toEqual(['DOUBLE', [2], [7, 10]]);
    expect(described(nd4jLinear.matmul(doubles([1, 2, 3, 4], [2, 2]), v))).toEqual(['DOUBLE', [2], [5, 11]]);
  });

  test('names what does not fit', () => {
    expect(() => nd4jLinear.matmul(random([2, 3, 4]), random([2, 3, 4]))).toThrow(
      /Cannot matmul \[2, 3, 4\] by \[2, 3, 4\]/,
    );
    expect(() => nd4jLinear.matmul(random([2, 3, 4]), random([3, 4, 5]))).toThrow(/leading sizes/);
    expect(() => nd4jLinear.matmul(random([2, 3]), floats([1, 2, 3]))).toThrow(/types/);
  });
});

describe('tensorMmul', () => {
  test('sums over paired dimensions, free ones of the left first', () => {
    const a = random([2, 3, 4], 1, { order: 'f' });
    const b = random([4, 5, 3], 2);
    const result = nd4jLinear.tensorMmul(a, b, [
      [1, 2],
      [2, 0],
    ]);
    expect(result.shape()).toEqual([2, 5]);
    const expected = Array.from({ length: 10 }, (_, at) => {
      let sum = 0;
      for (let j = 0; j < 3; j++) {
        for (let k = 0; k < 4; k++) sum += a.getDouble(Math.floor(at / 5), j, k) * b.getDouble(k, at % 5, j);
      }
      return sum;
    });
    expectClose(numbers(result), expected, { abs: 1e-15 });
    expect(
      nd4jLinear
        .tensorMmul(a, a, [
          [0, 1, 2],
          [0, 1, -1],
        ])
        .shape(),
    ).toEqual([]);
  });

  test('names axes that do not pair', () => {
    expect(() => nd4jLinear.tensorMmul(random([2, 3]), random([2, 3]), [[1], [0]])).toThrow(/found \[3\] and \[2\]/);
    expect(() => nd4jLinear.tensorMmul(random([2, 3]), random([2, 3]), [[1], []])).toThrow(/two lists of dimensions/);
    expect(() => nd4jLinear.tensorMmul(random([2, 3]), random([2, 3]), [[2], [0]])).toThrow(/axis/);
  });
});

describe('the BLAS wrapper', () => {
  const blas = nd4jLinear.getBlasWrapper();

  test('computes on arrays as vectors', () => {
    const x = doubles([1, -5, 2]);
    const y = doubles([1, 1, 1], [3, 1]);
    expect([blas.dot(x, y), blas.asum(x), blas.nrm2(doubles([3, 4])), blas.iamax(x)]).toEqual([-2, 8, 5, 1]);
    expect(blas.axpy(2, x, y)).toBe(y);
    expect(numbers(y)).toEqual([3, -9, 5]);
    expect(blas.scal(-1, x)).toBe(x);
    expect(numbers(x)).toEqual([-1, 5, -2]);
  });

  test('refuses other lengths and types', () => {
    expect(() => blas.axpy(1, doubles([1]), doubles([1, 2]))).toThrow(/same number of elements/);
    expect(() => blas.axpy(1, floats([1]), doubles([1]))).toThrow(/types/);
    expect(() => blas.dot(doubles([1]), doubles([1, 2]))).toThrow(/same number of elements/);
  });
});
