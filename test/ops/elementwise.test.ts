import { describe, expect, test } from 'vitest';
import { Binary, Unary } from '../../src/ops/codes.ts';
import { binary, binaryScalar, unary } from '../../src/ops/elementwise.ts';
import { copy, fill } from '../../src/ops/layout.ts';
import { emptyOf, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

describe('binary', () => {
  test('adds dense arrays of every length from 0 to 67', () => {
    for (let n = 0; n < 68; n++) {
      const x = viewOf('FLOAT', noise(n, 1), [n]);
      const y = viewOf('FLOAT', noise(n, 2), [n]);
      const out = emptyOf('FLOAT', [n]);
      binary(Binary.ADD, out, x, y);
      const b = valuesOf(y);
      expect(valuesOf(out)).toEqual(valuesOf(x).map((each, i) => Math.fround(each + (b[i] as number))));
      expect(strayWrites(out)).toEqual([]);
      release(x, y, out);
    }
  });

  test('broadcasts a row and a column over a matrix of another order', () => {
    const x = viewOf('DOUBLE', [1, 2, 3, 4, 5, 6], [2, 3], { order: 'f' });
    const row = viewOf('INT', [10, 20, 30], [3]);
    const column = viewOf('FLOAT', [0.5, 0.25], [2, 1]);
    const out = emptyOf('DOUBLE', [2, 3]);
    binary(Binary.ADD, out, x, row);
    expect(valuesOf(out)).toEqual([11, 22, 33, 14, 25, 36]);
    binary(Binary.MUL, out, x, column);
    expect(valuesOf(out)).toEqual([0.5, 1, 1.5, 1, 1.25, 1.5]);
    binaryScalar(Binary.RSUB, out, x, 1);
    expect(valuesOf(out)).toEqual([0, -1, -2, -3, -4, -5]);
    release(x, row, column, out);
  });

  test('an array minus its own transpose is antisymmetric', () => {
    const x = viewOf('FLOAT', [1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3]);
    const transposed = { ...x, geometry: emptyOf('FLOAT', [3, 3], { order: 'f' }).geometry };
    binary(Binary.SUB, x, x, transposed);
    expect(valuesOf(x)).toEqual([0, -2, -4, 2, 0, -2, 4, 2, 0]);
    release(x);
  });
});

test('unary, copy and fill', () => {
  const x = viewOf('INT', [1, -2, 3, -4], [2, 2], { strides: [1, 3] });
  const out = emptyOf('HALF', [2, 2]);
  copy(out, x);
  const back = emptyOf('LONG', [2, 2], { order: 'f' });
  copy(back, out);
  expect(valuesOf(back)).toEqual([1, -2, 3, -4]);
  unary(Unary.NEG, back, back);
  expect(valuesOf(back)).toEqual([-1, 2, -3, 4]);
  fill(x, 7.9);
  expect(valuesOf(x)).toEqual([7, 7, 7, 7]);
  expect(strayWrites(x)).toEqual([]);
  release(x, out, back);
});
