import { describe, expect, test } from 'vitest';
import { singularVectors } from '../../src/ndarray/jacobiSvd.ts';
import { gaussians, seeded } from '../reference/random.ts';
import { expectClose } from '../support/close.ts';

const SIZES: [number, number][] = [
  [1, 1],
  [3, 3],
  [4, 2],
  [2, 4],
  [7, 3],
  [5, 7],
  [15, 15],
  [12, 5],
  [1, 3],
  [3, 1],
];

/** Products of all pairs of columns. */
function gram(x: ArrayLike<number>, rows: number, columns: number): number[][] {
  return Array.from({ length: columns }, (_, i) =>
    Array.from({ length: columns }, (_each, j) => {
      let sum = 0;
      for (let k = 0; k < rows; k++) sum += (x[k * columns + i] as number) * (x[k * columns + j] as number);
      return sum;
    }),
  );
}

describe('singularVectors()', () => {
  test.each(SIZES.filter(([rows, columns]) => rows >= columns))(
    'of %i×%i are orthonormal columns that make UᵀA orthogonal, largest first',
    (rows, columns) => {
      const a = Float64Array.from(gaussians(seeded(3n), rows * columns));
      const u = singularVectors(a, rows, columns);
      gram(u, rows, columns).forEach((row, i) => {
        expectClose(
          row,
          row.map((_, j) => (i === j ? 1 : 0)),
          { abs: 1e-14 },
        );
      });
      // Row i of UᵀA is the i-th right singular vector times its value.
      const product = Array.from({ length: columns * columns }, (_, at) => {
        let sum = 0;
        for (let k = 0; k < rows; k++)
          sum += (u[k * columns + Math.floor(at / columns)] as number) * (a[k * columns + (at % columns)] as number);
        return sum;
      });
      const transposed = product.map((_, at) => product[(at % columns) * columns + Math.floor(at / columns)] as number);
      const squares = gram(transposed, columns, columns);
      squares.forEach((row, i) => {
        row.forEach((each, j) => {
          if (i !== j) expect(Math.abs(each)).toBeLessThan(1e-12);
        });
        if (i > 0) expect(row[i] as number).toBeLessThanOrEqual(squares[i - 1]?.[i - 1] as number);
      });
    },
  );

  test.each(SIZES.filter(([rows, columns]) => rows < columns))('of %i×%i are orthonormal rows', (rows, columns) => {
    const v = singularVectors(Float64Array.from(gaussians(seeded(3n), rows * columns)), rows, columns);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < rows; j++) {
        let sum = 0;
        for (let k = 0; k < columns; k++) sum += (v[i * columns + k] as number) * (v[j * columns + k] as number);
        expect(Math.abs(sum - (i === j ? 1 : 0))).toBeLessThan(1e-14);
      }
    }
  });

  test('are those of DL4J for the same draws, signs and null space included', () => {
    const first = gaussians(seeded(1n), 9);
    expectClose(
      singularVectors(Float64Array.from(first), 3, 3),
      [
        -0.7415785555904622, -0.2876580632453917, -0.6060644227623608, 0.24759725141545288, 0.7222699107341614,
        -0.6457722331748081, 0.6235036864204386, -0.6289507251748552, -0.46439653134163983,
      ],
      { abs: 1e-14 },
    );
    const wide = gaussians(seeded(1n), 8);
    expectClose(
      singularVectors(Float64Array.from(wide), 2, 4),
      [
        -0.37142863569329465, -0.16578719165620048, 0.6498694649134709, -0.6420475482725927, -0.3486390907498136,
        -0.05014660291424135, 0.5418608581576904, 0.7631008537630634,
      ],
      { abs: 1e-14 },
    );
  });

  test('of zeros and of columns that depend on each other end', () => {
    expect([...singularVectors(new Float64Array(4), 2, 2)]).toEqual([1, 0, 0, 1]);
    const dependent = singularVectors(Float64Array.from([1, 2, 2, 4, 3, 6]), 3, 2);
    gram(dependent, 3, 2).forEach((row, i) => {
      expectClose(
        row,
        row.map((_, j) => (i === j ? 1 : 0)),
        { abs: 1e-14 },
      );
    });
  });
});
