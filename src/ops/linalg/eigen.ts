// Eigenvalues and eigenvectors of real square matrices: Hessenberg form, the QR algorithm with shifts in complex numbers, back substitution.

import {
  type ComplexMatrix,
  complexMatrix,
  modulus,
  type Rotation,
  rotateColumns,
  rotateRows,
  rotationAt,
} from './complexMatrix.ts';

const EPSILON = 2 ** -52;
const STEPS_PER_VALUE = 60;

/** Values [n] and unit vectors (columns of [n, n]) by ascending real part, of a conjugate pair the positive imaginary part first. */
export interface Eigen {
  readonly valueRe: Float64Array;
  readonly valueIm: Float64Array;
  readonly vectors: ComplexMatrix;
}

/** Of a[n, n]; undefined when the iteration does not end, as with NaN. */
export function eigen(a: Float64Array, n: number): Eigen | undefined {
  const schur = complexMatrix(n, a.slice());
  const basis = complexMatrix(n);
  for (let i = 0; i < n; i++) basis.re[i * n + i] = 1;
  toHessenberg(schur, basis);
  const scale = a.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  if (!Number.isFinite(scale) || !iterate(schur, basis, scale)) return undefined;
  return sorted(schur, basis, scale);
}

/** Rotations of neighbouring rows, from below, that leave one diagonal below the main one. */
function toHessenberg(x: ComplexMatrix, basis: ComplexMatrix): void {
  const { size, re } = x;
  for (let column = 0; column < size - 2; column++) {
    for (let row = size - 2; row > column; row--) {
      const above = re[row * size + column] as number;
      const below = re[(row + 1) * size + column] as number;
      if (below === 0) continue;
      const length = Math.hypot(above, below);
      turn(x, basis, row, { c: above / length, re: below / length, im: 0 });
    }
  }
}

function turn(x: ComplexMatrix, basis: ComplexMatrix, k: number, rotation: Rotation): void {
  rotateRows(x, k, rotation);
  rotateColumns(x, k, rotation);
  rotateColumns(basis, k, rotation);
}

/** QR steps until nothing is left below the diagonal. */
function iterate(x: ComplexMatrix, basis: ComplexMatrix, scale: number): boolean {
  const { size, re, im } = x;
  let steps = 0;
  for (let last = size - 1; last > 0; ) {
    let first = last;
    while (first > 0 && !isSmall(x, first, scale)) first--;
    if (first > 0) re[first * size + first - 1] = im[first * size + first - 1] = 0;
    if (first === last) {
      last--;
      steps = 0;
      continue;
    }
    if (++steps > STEPS_PER_VALUE) return false;
    step(x, basis, first, last, steps % 20 === 0);
  }
  return true;
}

function isSmall(x: ComplexMatrix, row: number, scale: number): boolean {
  const around = modulus(x, row, row) + modulus(x, row - 1, row - 1);
  return modulus(x, row, row - 1) <= EPSILON * (around || scale);
}

/** One step on rows first … last: x − shift = q·r becomes r·q + shift. */
function step(x: ComplexMatrix, basis: ComplexMatrix, first: number, last: number, isExceptional: boolean): void {
  const { size, re, im } = x;
  const [sr, si] = isExceptional
    ? [modulus(x, last, last - 1) + (re[last * size + last] as number), 0]
    : shiftAt(x, last);
  const move = (by: number): void => {
    for (let i = 0; i < size; i++) {
      re[i * (size + 1)] = (re[i * (size + 1)] as number) + by * sr;
      im[i * (size + 1)] = (im[i * (size + 1)] as number) + by * si;
    }
  };
  move(-1);
  const rotations: Rotation[] = [];
  for (let k = first; k < last; k++) {
    const rotation = rotationAt(x, k);
    rotateRows(x, k, rotation);
    rotations.push(rotation);
  }
  rotations.forEach((rotation, index) => {
    rotateColumns(x, first + index, rotation);
    rotateColumns(basis, first + index, rotation);
  });
  move(1);
}

/** The eigenvalue of the last two rows and columns that is nearer to the last element. */
function shiftAt({ re, im, size }: ComplexMatrix, last: number): [number, number] {
  const d = last * size + last;
  const [a, b, c] = [d - size - 1, d - size, d - 1];
  // d + δ with δ² − (a − d)·δ − b·c = 0: δ = h ± √(h² + b·c), h = (a − d) / 2, of which the smaller one.
  const hr = ((re[a] as number) - (re[d] as number)) / 2;
  const hi = ((im[a] as number) - (im[d] as number)) / 2;
  const pr = (re[b] as number) * (re[c] as number) - (im[b] as number) * (im[c] as number);
  const pi = (re[b] as number) * (im[c] as number) + (im[b] as number) * (re[c] as number);
  const [rr, ri] = squareRoot(hr * hr - hi * hi + pr, 2 * hr * hi + pi);
  const sign = hr * rr + hi * ri > 0 ? -1 : 1;
  return [(re[d] as number) + hr + sign * rr, (im[d] as number) + hi + sign * ri];
}

function squareRoot(re: number, im: number): [number, number] {
  const length = Math.hypot(re, im);
  const real = Math.sqrt((length + Math.abs(re)) / 2);
  if (real === 0) return [0, 0];
  if (re >= 0) return [real, im / (2 * real)];
  return [Math.abs(im) / (2 * real), im < 0 ? -real : real];
}

/** Values from the diagonal, vectors by back substitution; what is real but for rounding becomes real, pairs become conjugate. */
function sorted(schur: ComplexMatrix, basis: ComplexMatrix, scale: number): Eigen {
  const { size: n, re, im } = schur;
  const noise = 16 * n * EPSILON * scale;
  const value = (k: number): [number, number] => {
    const imaginary = im[k * n + k] as number;
    return [re[k * n + k] as number, Math.abs(imaginary) <= noise ? 0 : imaginary];
  };
  // Of a pair only the positive half is computed.
  const kept = Array.from({ length: n }, (_, k) => k)
    .filter((k) => value(k)[1] >= 0)
    .sort((a, b) => value(a)[0] - value(b)[0] || value(a)[1] - value(b)[1]);
  const valueRe = new Float64Array(n);
  const valueIm = new Float64Array(n);
  const vectors = complexMatrix(n);
  let column = 0;
  for (const k of kept) {
    const [real, imaginary] = value(k);
    const vector = vectorOf(schur, basis, k, scale);
    for (const sign of imaginary === 0 ? [1] : [1, -1]) {
      if (column === n) break;
      valueRe[column] = real;
      valueIm[column] = sign * imaginary;
      for (let i = 0; i < n; i++) {
        vectors.re[i * n + column] = vector.re[i] as number;
        vectors.im[i * n + column] = imaginary === 0 ? 0 : sign * (vector.im[i] as number);
      }
      column++;
    }
  }
  return { valueRe, valueIm, vectors };
}

/** The unit vector of diagonal element k, its largest element real and positive. */
function vectorOf(
  t: ComplexMatrix,
  basis: ComplexMatrix,
  k: number,
  scale: number,
): { re: Float64Array; im: Float64Array } {
  const n = t.size;
  const [vr, vi] = [new Float64Array(n), new Float64Array(n)];
  vr[k] = 1;
  for (let i = k - 1; i >= 0; i--) {
    let [sr, si] = [0, 0];
    for (let j = i + 1; j <= k; j++) {
      const at = i * n + j;
      sr -= (t.re[at] as number) * (vr[j] as number) - (t.im[at] as number) * (vi[j] as number);
      si -= (t.re[at] as number) * (vi[j] as number) + (t.im[at] as number) * (vr[j] as number);
    }
    let dr = (t.re[i * n + i] as number) - (t.re[k * n + k] as number);
    const di = (t.im[i * n + i] as number) - (t.im[k * n + k] as number);
    if (Math.hypot(dr, di) <= EPSILON * scale) dr = EPSILON * (scale || 1);
    const square = dr * dr + di * di;
    vr[i] = (sr * dr + si * di) / square;
    vi[i] = (si * dr - sr * di) / square;
  }
  const [re, im] = [new Float64Array(n), new Float64Array(n)];
  let [largest, total] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= k; j++) {
      const at = i * n + j;
      re[i] =
        (re[i] as number) + (basis.re[at] as number) * (vr[j] as number) - (basis.im[at] as number) * (vi[j] as number);
      im[i] =
        (im[i] as number) + (basis.re[at] as number) * (vi[j] as number) + (basis.im[at] as number) * (vr[j] as number);
    }
    total += (re[i] as number) ** 2 + (im[i] as number) ** 2;
    if (
      Math.hypot(re[i] as number, im[i] as number) >
      Math.hypot(re[largest] as number, im[largest] as number) * (1 + 1e-12)
    )
      largest = i;
  }
  const length = Math.hypot(re[largest] as number, im[largest] as number) * Math.sqrt(total);
  const [pr, pi] = [(re[largest] as number) / length, -(im[largest] as number) / length];
  for (let i = 0; i < n; i++) {
    const [xr, xi] = [re[i] as number, im[i] as number];
    re[i] = xr * pr - xi * pi;
    im[i] = xr * pi + xi * pr;
  }
  return { re, im };
}
