// NDLinalg: batches, types, refusals. Values are in test/golden/namespaces.test.ts, factors in test/ops/linalg.

import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';

const linalg = Nd4j.linalg();
const matrix = Nd4j.create([
  [4, 2],
  [2, 3],
]);

describe('NDLinalg', () => {
  test('solves all matrices of a batch, transposed ones with adjoint', () => {
    const a = Nd4j.rand('DOUBLE', 3, 4, 4);
    const b = Nd4j.rand('DOUBLE', 3, 4, 2);
    expect(linalg.matmul(a, linalg.solve(a, b)).equalsWithEps(b, 1e-9)).toBe(true);
    expect(linalg.mmul(a, linalg.solve(a, b, true), true).equalsWithEps(b, 1e-9)).toBe(true);
  });

  test('reads views and keeps them', () => {
    const a = Nd4j.create([
      [9, 4, 2],
      [9, 2, 3],
    ]).castTo('DOUBLE');
    const view = a.getColumns(1, 2);
    const before = a.dup();
    expect(linalg.matrixDeterminant(view).getDouble()).toBeCloseTo(8, 12);
    expect(
      linalg.matrixInverse(view.transpose()).mmul(view.transpose()).equalsWithEps(Nd4j.eye(2).castTo('DOUBLE'), 1e-12),
    ).toBe(true);
    expect(a.equals(before)).toBe(true);
  });

  test('eig() gives values and vectors with real and imaginary parts', () => {
    const [values, vectors] = linalg.eig(matrix);
    expect(values?.shape()).toEqual([2, 2]);
    expect(vectors?.shape()).toEqual([2, 2, 2]);
    expect(values?.getDouble(0, 0)).toBeCloseTo((7 - Math.sqrt(17)) / 2, 6);
  });

  test.each([
    [
      'cholesky',
      () =>
        linalg.cholesky(
          Nd4j.create([
            [1, 2],
            [2, 1],
          ]),
        ),
      /positive definite/,
    ],
    [
      'cholesky',
      () =>
        linalg.cholesky(
          Nd4j.create([
            [1, 2],
            [0, 1],
          ]),
        ),
      /symmetric/,
    ],
    [
      'logdet',
      () =>
        linalg.logdet(
          Nd4j.create([
            [0, 0],
            [0, 0],
          ]),
        ),
      /positive definite/,
    ],
    [
      'solve',
      () =>
        linalg.solve(
          Nd4j.create([
            [1, 2],
            [2, 4],
          ]),
          matrix,
        ),
      /singular/,
    ],
    ['solve', () => linalg.solve(matrix, Nd4j.ones(3, 1)), /as many rows on the right \(3\) as on the left \(2\)/],
    ['solve', () => linalg.solve(matrix, Nd4j.ones('DOUBLE', 2, 1)), /same type/],
    ['matrixInverse', () => linalg.matrixInverse(Nd4j.zeros(2, 2)), /singular/],
    ['lu', () => linalg.lu(Nd4j.ones(2, 3)), /square matrices/],
    ['qr', () => linalg.qr(Nd4j.ones(3)), /needed is a matrix/],
    ['eig', () => linalg.eig(Nd4j.ones(2, 2, 2)), /one matrix/],
    [
      'eig',
      () =>
        linalg.eig(
          Nd4j.create([
            [Number.NaN, 1],
            [1, 1],
          ]),
        ),
      /finite/,
    ],
    ['triu', () => linalg.triu(matrix.castTo('INT')), /floating/],
    ['lstsq', () => linalg.lstsq(matrix, matrix, 'x' as unknown as number), /needed is a number/],
    ['tri', () => linalg.tri('BOOL', 2, 2, 0), /numeric/],
    ['tri', () => linalg.tri(-1, 2), /number of rows/],
  ])('%s() says what it needs: %#', (_name, run, message) => {
    expect(run).toThrow(message);
  });
});
