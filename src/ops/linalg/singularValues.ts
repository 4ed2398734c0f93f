// Singular values by one-sided Jacobi rotations: columns are rotated in pairs until all are orthogonal. Float64, row-major.

import { transposed } from './lu.ts';

const SWEEPS = 60;
const EPSILON = 2 ** -52;

/** The singular values of a[rows, columns], min(rows, columns) of them, largest first. */
export function singularValues(a: Float64Array, rows: number, columns: number): Float64Array {
  // Columns of the taller of a and aᵀ as rows of a matrix, where they are adjacent.
  const isTall = rows >= columns;
  const length = isTall ? rows : columns;
  const count = isTall ? columns : rows;
  const vectors = isTall ? transposed(a, rows, columns) : a.slice();
  for (let sweep = 0, moved = true; moved && sweep < SWEEPS; sweep++) {
    moved = false;
    for (let p = 0; p < count; p++) for (let q = p + 1; q < count; q++) if (rotate(vectors, length, p, q)) moved = true;
  }
  const values = new Float64Array(count);
  for (let p = 0; p < count; p++) values[p] = Math.sqrt(dot(vectors, length, p, p));
  return values.sort().reverse();
}

function dot(x: Float64Array, length: number, p: number, q: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (x[p * length + i] as number) * (x[q * length + i] as number);
  return sum;
}

/** Makes rows p and q orthogonal; false when they are. */
function rotate(x: Float64Array, length: number, p: number, q: number): boolean {
  const alpha = dot(x, length, p, p);
  const beta = dot(x, length, q, q);
  const gamma = dot(x, length, p, q);
  if (!(Math.abs(gamma) > EPSILON * Math.sqrt(alpha * beta))) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < length; i++) {
    const left = x[p * length + i] as number;
    const right = x[q * length + i] as number;
    x[p * length + i] = cosine * left - sine * right;
    x[q * length + i] = sine * left + cosine * right;
  }
  return true;
}
