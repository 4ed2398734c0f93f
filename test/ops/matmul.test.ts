import { describe, expect, test } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import type { ArrayView } from '../../src/memory/view.ts';
import { dot, gemm, gemv, matmulBatched, outer, vecmat } from '../../src/ops/matmul.ts';
import { type Matrix, naiveGemm, naiveGemmScale, naiveTranspose } from '../reference/matmul.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, type Layout, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

const EPSILON = { FLOAT: 2 ** -24, DOUBLE: 2 ** -53 } as const;
type Floating = keyof typeof EPSILON;

const matrix = (rows: number, columns: number, seed: number): Matrix => ({
  rows,
  columns,
  values: noise(rows * columns, seed),
});

/** Ways to lay a matrix in memory: dense 'c', dense 'f', rows with gaps, columns with gaps, both strides above 1. */
const LAYOUTS: Record<string, (rows: number, columns: number) => Layout> = {
  c: () => ({ order: 'c' }),
  f: () => ({ order: 'f' }),
  'rows apart': (_, columns) => ({ strides: [columns + 3, 1], offset: 1 }),
  'columns apart': (rows) => ({ strides: [1, rows + 5], offset: 2 }),
  scattered: (_, columns) => ({ strides: [2 * columns + 1, 2], offset: 3 }),
};

function view(type: DataType, m: Matrix, layout: string): ArrayView {
  const make = LAYOUTS[layout] as (rows: number, columns: number) => Layout;
  return viewOf(type, m.values, [m.rows, m.columns], make(m.rows, m.columns));
}

/** One product against the definition, bounded by (k + 2) ε |A| |B| as the kernel promises. */
function check(
  type: Floating,
  [m, k, n]: readonly [number, number, number],
  layouts: readonly [string, string, string] = ['c', 'c', 'c'],
  alpha = 1,
  beta = 0,
): void {
  const a = matrix(m, k, 3);
  const b = matrix(k, n, 5);
  const c = noise(m * n, 7);
  const left = view(type, a, layouts[0]);
  const right = view(type, b, layouts[1]);
  const out = view(type, { rows: m, columns: n, values: c }, layouts[2]);
  gemm(out, left, right, alpha, beta);
  const scale = Math.max(0, ...naiveGemmScale(a, b)) * Math.abs(alpha) + Math.abs(beta);
  const what = `${type} ${m}×${k}×${n} ${layouts} α${alpha} β${beta}`;
  expectClose(valuesOf(out), naiveGemm(a, b, alpha, beta, c), { abs: (k + 2) * EPSILON[type] * scale }, what);
  expect(strayWrites(out), what).toEqual([]);
  release(left, right, out);
}

describe('gemm()', () => {
  test.each(['FLOAT', 'DOUBLE'] as const)(
    '%s stays within (k + 2) ε |A| |B| for every tail of m, k and n from 1 to 67',
    (type) => {
      for (let size = 1; size <= 67; size++) {
        check(type, [size, 5, 18]);
        check(type, [3, size, 17]);
        check(type, [5, 6, size]);
        check(type, [size, size, size]);
      }
    },
  );

  test.each(['FLOAT', 'DOUBLE'] as const)('%s takes all layouts of A, B and C without copies', (type) => {
    for (const left of Object.keys(LAYOUTS)) {
      for (const right of Object.keys(LAYOUTS)) {
        for (const out of Object.keys(LAYOUTS)) {
          check(type, [7, 11, 21], [left, right, out]);
          check(type, [1, 9, 19], [left, right, out], 2, 0.5);
          check(type, [19, 9, 1], [left, right, out], 2, 0.5);
          check(type, [13, 11, 40], [left, right, out], 2, 0.5);
          check(type, [16, 260, 37], [left, right, out], 2, 0.5);
        }
      }
    }
  });

  test('agrees with the definition across the blocks of k, m and n', () => {
    for (const layouts of [
      ['c', 'c', 'c'],
      ['f', 'f', 'f'],
      ['scattered', 'scattered', 'scattered'],
    ] as const) {
      check('FLOAT', [130, 775, 2], layouts, 1, 1);
      check('FLOAT', [2, 386, 1030], layouts, 0.5, 2);
      check('DOUBLE', [131, 385, 2], layouts, 1, 0);
      check('FLOAT', [1, 9, 2051], layouts, 1, 0.5);
      check('FLOAT', [1, 4100, 70], layouts, 1, 0.5);
      check('FLOAT', [70, 4100, 1], layouts, 1, 0.5);
    }
  });

  test('scales by alpha and adds beta times the old contents', () => {
    for (const alpha of [1, 0, -0.5, 3])
      for (const beta of [0, 1, -2]) check('FLOAT', [18, 10, 33], ['c', 'f', 'c'], alpha, beta);
  });

  test('with beta 0 overwrites NaN, with alpha 0 reads neither operand', () => {
    for (const [m, n] of [
      [3, 5],
      [2, 16],
      [1, 7],
      [7, 1],
    ] as const) {
      const nan = (rows: number, columns: number) =>
        viewOf('FLOAT', new Array(rows * columns).fill(NaN), [rows, columns]);
      const ones = (rows: number, columns: number) =>
        viewOf('FLOAT', new Array(rows * columns).fill(1), [rows, columns]);
      const out = nan(m, n);
      gemm(out, ones(m, 4), ones(4, n));
      expect(valuesOf(out)).toEqual(new Array(m * n).fill(4));
      gemm(out, nan(m, 4), nan(4, n), 0, 2);
      expect(valuesOf(out)).toEqual(new Array(m * n).fill(8));
    }
  });

  test('with k = 0 leaves beta times the old contents', () => {
    const out = viewOf('FLOAT', [1, 2, 3, 4, 5, 6], [2, 3]);
    gemm(out, emptyOf('FLOAT', [2, 0]), emptyOf('FLOAT', [0, 3]), 1, 3);
    expect(valuesOf(out)).toEqual([3, 6, 9, 12, 15, 18]);
    gemm(out, emptyOf('FLOAT', [2, 0]), emptyOf('FLOAT', [0, 3]));
    expect(valuesOf(out)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('writes nothing when m or n is 0', () => {
    const out = emptyOf('FLOAT', [0, 3]);
    gemm(out, emptyOf('FLOAT', [0, 2]), viewOf('FLOAT', [1, 2, 3, 4, 5, 6], [2, 3]));
    expect(strayWrites(out)).toEqual([]);
  });

  test('carries NaN and infinity to the elements that depend on them, and no others', () => {
    const a = viewOf('FLOAT', [1, NaN, 2, 3, Infinity, 1], [3, 2]);
    const b = viewOf('FLOAT', [1, 1, 1, 0], [2, 2]);
    const out = emptyOf('FLOAT', [3, 2]);
    gemm(out, a, b);
    expect(valuesOf(out)).toEqual([NaN, NaN, 5, 2, Infinity, Infinity]);
  });

  test('computes HALF in float32 and integers in float64', () => {
    const out = emptyOf('INT', [2, 2]);
    gemm(out, viewOf('INT', [100000, 2, 3, 4], [2, 2]), viewOf('INT', [5, 6, 7, 8], [2, 2], { order: 'f' }));
    expect(valuesOf(out)).toEqual([500014, 600016, 43, 50]);
    const one = 0x3c00;
    const half = emptyOf('HALF', [1, 1]);
    gemm(half, viewOf('HALF', [one, one], [1, 2]), viewOf('HALF', [one, one], [2, 1]));
    expect(valuesOf(half)).toEqual([0x4000]);
  });
});

describe('properties of gemm()', () => {
  const product = (a: Matrix, b: Matrix): number[] => {
    const out = emptyOf('DOUBLE', [a.rows, b.columns]);
    gemm(out, view('DOUBLE', a, 'c'), view('DOUBLE', b, 'c'));
    return valuesOf(out);
  };
  const inner = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, each, i) => sum + each * (y[i] as number), 0);

  test('⟨A·X, Y⟩ = ⟨X, Aᵀ·Y⟩', () => {
    const a = matrix(37, 21, 1);
    const x = matrix(21, 18, 2);
    const y = matrix(37, 18, 3);
    expectClose([inner(product(a, x), y.values)], [inner(x.values, product(naiveTranspose(a), y))], { abs: 1e-12 });
  });

  test('permuting the rows of A permutes the rows of the product and changes no bit', () => {
    const a = matrix(9, 33, 4);
    const b = matrix(33, 20, 5);
    const rows = (values: readonly number[], width: number) =>
      [8, 3, 0, 1, 7, 2, 6, 5, 4].flatMap((i) => values.slice(i * width, (i + 1) * width));
    expect(product({ ...a, values: rows(a.values, 33) }, b)).toEqual(rows(product(a, b), 20));
  });

  test('multiplying by the identity changes no bit', () => {
    const a = matrix(23, 19, 6);
    const eye = { rows: 19, columns: 19, values: Array.from({ length: 361 }, (_, i) => (i % 20 === 0 ? 1 : 0)) };
    expect(product(a, eye)).toEqual(a.values);
  });
});

describe('vectors', () => {
  test('gemv(), vecmat() and outer() take vectors of any stride', () => {
    const a = matrix(5, 7, 1);
    const x = noise(7, 2);
    const y = noise(5, 3);
    const out = viewOf('DOUBLE', noise(5, 4), [5], { strides: [3] });
    gemv(out, view('DOUBLE', a, 'f'), viewOf('DOUBLE', x, [7], { strides: [2] }), 1, 0);
    expectClose(valuesOf(out), naiveGemm(a, { rows: 7, columns: 1, values: x }), { abs: 1e-14 });
    const row = emptyOf('DOUBLE', [7]);
    vecmat(row, viewOf('DOUBLE', y, [5]), view('DOUBLE', a, 'c'));
    expectClose(valuesOf(row), naiveGemm({ rows: 1, columns: 5, values: y }, a), { abs: 1e-14 });
    const table = emptyOf('DOUBLE', [5, 7]);
    outer(table, viewOf('DOUBLE', y, [5]), viewOf('DOUBLE', x, [7]));
    expectClose(valuesOf(table), naiveGemm({ rows: 5, columns: 1, values: y }, { rows: 1, columns: 7, values: x }), {
      abs: 0,
    });
  });
});

test('dot() multiplies vectors of any stride, and matrices element by element', () => {
  const x = noise(21, 1);
  const y = noise(21, 2);
  const expected = x.reduce((sum, each, i) => sum + each * (y[i] as number), 0);
  expectClose([dot(viewOf('DOUBLE', x, [21], { strides: [3] }), viewOf('DOUBLE', y, [21]))], [expected], {
    abs: 1e-14,
  });
  expectClose([dot(viewOf('FLOAT', x, [3, 7]), viewOf('FLOAT', y, [3, 7], { order: 'f' }))], [expected], { abs: 1e-6 });
});

test('matmulBatched() multiplies each pair of matrices, repeating one where the stride is 0', () => {
  const a = noise(2 * 3 * 4 * 5, 1);
  const b = noise(3 * 5 * 6, 2);
  const out = emptyOf('FLOAT', [2, 3, 4, 6]);
  matmulBatched(out, viewOf('FLOAT', a, [2, 3, 4, 5]), broadcastB(b));
  const expected = Array.from({ length: 6 }, (_, i) =>
    naiveGemm(
      { rows: 4, columns: 5, values: a.slice(i * 20, (i + 1) * 20) },
      { rows: 5, columns: 6, values: b.slice((i % 3) * 30, ((i % 3) + 1) * 30) },
    ),
  ).flat();
  expectClose(valuesOf(out), expected, { abs: 1e-6 });
});

function broadcastB(values: readonly number[]): ArrayView {
  const stored = viewOf('FLOAT', values, [3, 5, 6]);
  return {
    buffer: stored.buffer,
    offset: 0,
    geometry: emptyOf('FLOAT', [2, 3, 5, 6], { strides: [0, 30, 6, 1] }).geometry,
  };
}
