// LU with row exchanges of square matrices, and what follows from it: determinants and solutions. Float64, row-major.

/** A factorised matrix: L below the diagonal (its own is 1), U on and above it; row i of L·U is row `rows[i]` of the matrix. */
export interface LuFactors {
  readonly values: Float64Array;
  readonly size: number;
  readonly rows: readonly number[];
  /** −1 after an odd number of exchanges, else 1. */
  readonly sign: number;
  readonly isSingular: boolean;
}

/** Factorises a[n, n] in place: the row with the largest element comes first. */
export function luFactorize(a: Float64Array, n: number): LuFactors {
  const rows = Array.from({ length: n }, (_, i) => i);
  let sign = 1;
  let isSingular = false;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[i * n + k] as number) > Math.abs(a[pivot * n + k] as number)) pivot = i;
    }
    if (pivot !== k) {
      const held = a.slice(k * n, k * n + n);
      a.copyWithin(k * n, pivot * n, pivot * n + n);
      a.set(held, pivot * n);
      [rows[k], rows[pivot]] = [rows[pivot] as number, rows[k] as number];
      sign = -sign;
    }
    const diagonal = a[k * n + k] as number;
    if (diagonal === 0) {
      isSingular = true;
      continue;
    }
    for (let i = k + 1; i < n; i++) {
      const factor = (a[i * n + k] as number) / diagonal;
      a[i * n + k] = factor;
      for (let j = k + 1; j < n; j++) a[i * n + j] = (a[i * n + j] as number) - factor * (a[k * n + j] as number);
    }
  }
  return { values: a, size: n, rows, sign, isSingular };
}

/** The determinant. */
export function luDeterminant({ values, size, sign }: LuFactors): number {
  let product = sign;
  for (let k = 0; k < size; k++) product *= values[k * size + k] as number;
  return product;
}

/** x of A·x = b for b[n, columns]. */
export function luSolve(factors: LuFactors, b: Float64Array, columns: number): Float64Array {
  const { values, size, rows } = factors;
  const x = new Float64Array(size * columns);
  rows.forEach((from, to) => {
    x.set(b.subarray(from * columns, (from + 1) * columns), to * columns);
  });
  solveTriangle(values, size, x, columns, true, true);
  solveTriangle(values, size, x, columns, false, false);
  return x;
}

/** x = T⁻¹·x in place for x[n, columns], T being the lower or upper triangle of a[n, n], with ones on its diagonal when told. */
export function solveTriangle(
  a: Float64Array,
  n: number,
  x: Float64Array,
  columns: number,
  isLower: boolean,
  hasUnitDiagonal = false,
): void {
  for (let step = 0; step < n; step++) {
    const i = isLower ? step : n - 1 - step;
    for (let k = isLower ? 0 : i + 1; k < (isLower ? i : n); k++) {
      const factor = a[i * n + k] as number;
      for (let j = 0; j < columns; j++) {
        x[i * columns + j] = (x[i * columns + j] as number) - factor * (x[k * columns + j] as number);
      }
    }
    if (hasUnitDiagonal) continue;
    const diagonal = a[i * n + i] as number;
    for (let j = 0; j < columns; j++) x[i * columns + j] = (x[i * columns + j] as number) / diagonal;
  }
}

/** The transpose of a[rows, columns]. */
export function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j] as number;
  return result;
}
