// Least squares by QR. Float64, row-major.

import { solveTriangle, transposed } from './lu.ts';
import { qrFactorize } from './qr.ts';

/**
 * x[columns, count] with the smallest |a·x − b|² + l2·|x|² for a[rows, columns] and b[rows, count]. Of a wide a without l2 there are many:
 * the smallest one, or with `isBasic` the one that uses the first columns of a only.
 */
export function leastSquares(
  a: Float64Array,
  rows: number,
  columns: number,
  b: Float64Array,
  count: number,
  l2: number,
  isBasic: boolean,
): Float64Array {
  if (l2 > 0) {
    const augmented = new Float64Array((rows + columns) * columns);
    augmented.set(a);
    for (let j = 0; j < columns; j++) augmented[(rows + j) * columns + j] = Math.sqrt(l2);
    const padded = new Float64Array((rows + columns) * count);
    padded.set(b);
    return tall(augmented, rows + columns, columns, padded, count);
  }
  if (rows >= columns) return tall(a, rows, columns, b, count);
  const result = new Float64Array(columns * count);
  if (isBasic) {
    const leading = new Float64Array(rows * rows);
    for (let i = 0; i < rows; i++) leading.set(a.subarray(i * columns, i * columns + rows), i * rows);
    result.set(tall(leading, rows, rows, b, count));
    return result;
  }
  // aᵀ = q·r gives the smallest solution x = q·(rᵀ)⁻¹·b.
  const { q, r } = qrFactorize(transposed(a, rows, columns), columns, rows);
  const inner = b.slice();
  solveTriangle(transposed(r.slice(0, rows * rows), rows, rows), rows, inner, count, true);
  for (let i = 0; i < columns; i++) {
    for (let k = 0; k < rows; k++) {
      for (let j = 0; j < count; j++) {
        result[i * count + j] =
          (result[i * count + j] as number) + (q[i * columns + k] as number) * (inner[k * count + j] as number);
      }
    }
  }
  return result;
}

/** x = r⁻¹·qᵀ·b of a matrix with at least as many rows as columns. */
function tall(a: Float64Array, rows: number, columns: number, b: Float64Array, count: number): Float64Array {
  const { q, r } = qrFactorize(a, rows, columns);
  const x = new Float64Array(columns * count);
  for (let k = 0; k < rows; k++) {
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < count; j++) {
        x[i * count + j] = (x[i * count + j] as number) + (q[k * rows + i] as number) * (b[k * count + j] as number);
      }
    }
  }
  solveTriangle(r.slice(0, columns * columns), columns, x, count, false);
  return x;
}
