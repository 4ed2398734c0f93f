// Square complex matrices in float64 and the plane rotations of the QR algorithm.

/** Real and imaginary parts, row-major. */
export interface ComplexMatrix {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly size: number;
}

/** The rotation [[c, s], [−s̄, c]] with a real c. */
export interface Rotation {
  readonly c: number;
  readonly re: number;
  readonly im: number;
}

export function complexMatrix(size: number, re: Float64Array = new Float64Array(size * size)): ComplexMatrix {
  return { re, im: new Float64Array(size * size), size };
}

/** The modulus of an element. */
export function modulus({ re, im, size }: ComplexMatrix, row: number, column: number): number {
  return Math.hypot(re[row * size + column] as number, im[row * size + column] as number);
}

/** The rotation of rows k and k + 1 that makes the element below (k, k) zero. */
export function rotationAt(x: ComplexMatrix, k: number): Rotation {
  const at = k * x.size + k;
  const below = at + x.size;
  const a = modulus(x, k, k);
  const b = modulus(x, k + 1, k);
  if (b === 0) return { c: 1, re: 0, im: 0 };
  const length = Math.hypot(a, b);
  // The direction of a, 1 for 0.
  const [ar, ai] = a === 0 ? [1, 0] : [(x.re[at] as number) / a, (x.im[at] as number) / a];
  const br = (x.re[below] as number) / length;
  const bi = (x.im[below] as number) / length;
  return { c: a / length, re: ar * br + ai * bi, im: ai * br - ar * bi };
}

/** Rows k and k + 1 from the left. */
export function rotateRows({ re, im, size }: ComplexMatrix, k: number, { c, re: sr, im: si }: Rotation): void {
  for (let p = k * size, q = p + size; p < (k + 1) * size; p++, q++) {
    const [xr, xi, yr, yi] = [re[p] as number, im[p] as number, re[q] as number, im[q] as number];
    re[p] = c * xr + sr * yr - si * yi;
    im[p] = c * xi + sr * yi + si * yr;
    re[q] = c * yr - sr * xr - si * xi;
    im[q] = c * yi - sr * xi + si * xr;
  }
}

/** Columns k and k + 1 by the conjugate transpose, from the right. */
export function rotateColumns({ re, im, size }: ComplexMatrix, k: number, { c, re: sr, im: si }: Rotation): void {
  for (let p = k; p < size * size; p += size) {
    const q = p + 1;
    const [xr, xi, yr, yi] = [re[p] as number, im[p] as number, re[q] as number, im[q] as number];
    re[p] = c * xr + sr * yr + si * yi;
    im[p] = c * xi + sr * yi - si * yr;
    re[q] = c * yr - sr * xr + si * xi;
    im[q] = c * yi - sr * xi - si * xr;
  }
}
