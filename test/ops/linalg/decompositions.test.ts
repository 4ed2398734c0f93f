// Factors of random matrices, multiplied again.

import { describe, expect, test } from 'vitest';
import { choleskyFactor } from '../../../src/ops/linalg/cholesky.ts';
import { leastSquares } from '../../../src/ops/linalg/leastSquares.ts';
import { luDeterminant, luFactorize, luSolve, solveTriangle, transposed } from '../../../src/ops/linalg/lu.ts';
import { qrFactorize } from '../../../src/ops/linalg/qr.ts';
import { singularValues } from '../../../src/ops/linalg/singularValues.ts';

let state = 11;
function matrix(rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, () => {
    state = (state * 48271) % 2147483647;
    return (state / 2147483647) * 4 - 2;
  });
}

function product(a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number): Float64Array {
  const c = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += (a[i * inner + k] as number) * (b[k * columns + j] as number);
      c[i * columns + j] = sum;
    }
  }
  return c;
}

function farthest(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((worst, each, at) => Math.max(worst, Math.abs(each - (b[at] as number))), 0);
}

function unit(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => Number(at % (n + 1) === 0));
}

const SIZES = [1, 2, 3, 4, 5, 8, 17, 33];

describe('luFactorize()', () => {
  test.each(SIZES)('of %i × n gives L·U of the exchanged rows, and solutions with residuals below 1e-10', (n) => {
    const a = matrix(n, n);
    const factors = luFactorize(a.slice(), n);
    const lower = factors.values.map((each, at) => (at % n < Math.floor(at / n) ? each : Number(at % (n + 1) === 0)));
    const upper = factors.values.map((each, at) => (at % n >= Math.floor(at / n) ? each : 0));
    const exchanged = Float64Array.from(factors.rows.flatMap((row) => [...a.subarray(row * n, (row + 1) * n)]));
    expect(farthest(product(lower, upper, n, n, n), exchanged)).toBeLessThan(1e-13 * n);
    const b = matrix(n, 3);
    expect(farthest(product(a, luSolve(factors, b, 3), n, n, 3), b)).toBeLessThan(1e-10);
  });

  test('tells singular matrices and the determinant with its sign', () => {
    expect(luFactorize(Float64Array.of(1, 2, 2, 4), 2).isSingular).toBe(true);
    expect(luDeterminant(luFactorize(Float64Array.of(0, 1, 1, 0), 2))).toBe(-1);
    expect(luDeterminant(luFactorize(Float64Array.of(2, 1, 1, 3), 2))).toBeCloseTo(5, 14);
  });
});

describe('choleskyFactor()', () => {
  test.each(SIZES)('of %i × n gives L·Lᵀ', (n) => {
    const root = matrix(n, n);
    const a = product(root, transposed(root, n, n), n, n, n);
    for (let i = 0; i < n; i++) a[i * (n + 1)] = (a[i * (n + 1)] as number) + 1;
    const factor = choleskyFactor(a, n) as Float64Array;
    expect(farthest(product(factor, transposed(factor, n, n), n, n, n), a)).toBeLessThan(1e-12 * n);
  });

  test('is undefined of a matrix that is not positive definite, or has NaN', () => {
    expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
    expect(choleskyFactor(Float64Array.of(Number.NaN), 1)).toBeUndefined();
  });
});

describe('qrFactorize()', () => {
  for (const rows of [1, 2, 3, 5, 8]) {
    for (const columns of [1, 2, 3, 5, 8]) {
      test(`of ${rows} × ${columns} gives an orthogonal q and an upper triangular r`, () => {
        const a = matrix(rows, columns);
        const { q, r } = qrFactorize(a, rows, columns);
        expect(farthest(product(q, r, rows, rows, columns), a)).toBeLessThan(1e-14 * 8);
        expect(farthest(product(transposed(q, rows, rows), q, rows, rows, rows), unit(rows))).toBeLessThan(1e-14);
        r.forEach((each, at) => {
          if (at % columns < Math.floor(at / columns)) expect(each).toBe(0);
        });
      });
    }
  }

  test('keeps its accuracy for a nearly finished column', () => {
    const a = Float64Array.of(1, 1, 1e-12, 1, 0, 1);
    const { q, r } = qrFactorize(a, 3, 2);
    expect(farthest(product(q, r, 3, 3, 2), a)).toBeLessThan(1e-15);
  });
});

describe('singularValues()', () => {
  for (const [rows, columns] of [
    [1, 1],
    [3, 3],
    [5, 3],
    [3, 5],
    [12, 7],
    [1, 6],
  ] as const) {
    test(`of ${rows} × ${columns} have the squares' sum of the elements and descend`, () => {
      const a = matrix(rows, columns);
      const values = singularValues(a, rows, columns);
      expect(values).toHaveLength(Math.min(rows, columns));
      const squares = (x: Float64Array): number => x.reduce((sum, each) => sum + each * each, 0);
      expect(squares(values)).toBeCloseTo(squares(a), 11);
      expect(Array.from(values)).toEqual(Array.from(values).sort((x, y) => y - x));
      if (rows === columns) {
        const determinant = Math.abs(luDeterminant(luFactorize(a.slice(), rows)));
        expect(values.reduce((x, y) => x * y, 1)).toBeCloseTo(determinant, 11);
      }
    });
  }

  test('of a diagonal and of zeros are known', () => {
    expect(Array.from(singularValues(Float64Array.of(2, 0, 0, -5), 2, 2))).toEqual([5, 2]);
    expect(Array.from(singularValues(new Float64Array(6), 2, 3))).toEqual([0, 0]);
  });
});

describe('leastSquares()', () => {
  /** The gradient aᵀ(a·x − b) + l2·x, which is 0 at the minimum. */
  function slope(a: Float64Array, m: number, n: number, b: Float64Array, x: Float64Array, l2: number): number {
    const rest = product(a, x, m, n, 2).map((each, at) => each - (b[at] as number));
    return product(transposed(a, m, n), rest, n, m, 2).reduce(
      (worst, each, at) => Math.max(worst, Math.abs(each + l2 * (x[at] as number))),
      0,
    );
  }

  for (const [m, n] of [
    [5, 3],
    [3, 3],
    [3, 5],
    [20, 7],
  ] as const) {
    for (const l2 of [0, 0.5]) {
      for (const isBasic of [false, true]) {
        test(`of ${m} × ${n} with l2 ${l2}${isBasic ? ', basic' : ''} has no slope left`, () => {
          const a = matrix(m, n);
          const b = matrix(m, 2);
          const x = leastSquares(a, m, n, b, 2, l2, isBasic);
          expect(slope(a, m, n, b, x, l2)).toBeLessThan(1e-11);
        });
      }
    }
  }

  test('of a wide matrix gives the smallest solution unless basic', () => {
    const a = matrix(2, 4);
    const b = matrix(2, 1);
    const length = (x: Float64Array): number => Math.hypot(...x);
    const smallest = leastSquares(a, 2, 4, b, 1, 0, false);
    const basic = leastSquares(a, 2, 4, b, 1, 0, true);
    expect(length(smallest)).toBeLessThan(length(basic));
    expect(Array.from(basic.subarray(2))).toEqual([0, 0]);
  });
});

test('solveTriangle() reads its triangle only', () => {
  const x = Float64Array.of(2, 7);
  solveTriangle(Float64Array.of(2, 99, 1, 3), 2, x, 1, true);
  expect(Array.from(x)).toEqual([1, 2]);
  const y = Float64Array.of(4, 6);
  solveTriangle(Float64Array.of(2, 1, 99, 3), 2, y, 1, false);
  expect(Array.from(y)).toEqual([1, 2]);
});
