// QR by Householder reflections. Float64, row-major.

/** a = q·r: q[rows, rows] orthogonal, r[rows, columns] upper triangular. */
export interface QrFactors {
  readonly q: Float64Array;
  readonly r: Float64Array;
}

/** Factorises a[rows, columns]. The diagonal of r has the signs of the diagonal of a, as ND4J's. */
export function qrFactorize(a: Float64Array, rows: number, columns: number): QrFactors {
  const r = a.slice();
  const q = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) q[i * rows + i] = 1;
  const v = new Float64Array(rows);
  for (let k = 0; k < Math.min(rows - 1, columns); k++) {
    const pivot = r[k * columns + k] as number;
    let tail = 0;
    for (let i = k + 1; i < rows; i++) {
      v[i] = r[i * columns + k] as number;
      tail += (v[i] as number) ** 2;
    }
    if (tail === 0) continue;
    const norm = Math.sqrt(pivot * pivot + tail);
    const isPositive = (a[k * columns + k] as number) > 0;
    // The first element of v is pivot ∓ norm: without cancellation when both have one sign.
    if (isPositive === pivot > 0) v[k] = ((isPositive ? -1 : 1) * tail) / (Math.abs(pivot) + norm);
    else v[k] = pivot + (isPositive ? -norm : norm);
    reflect(r, rows, columns, v, k);
    reflect(q, rows, rows, v, k);
    for (let i = k + 1; i < rows; i++) r[i * columns + k] = 0;
  }
  return { q: transposeSquare(q, rows), r };
}

/** x = x − 2·v·(vᵀ·x) / (vᵀ·v) for x[rows, columns], v being 0 before row k. */
function reflect(x: Float64Array, rows: number, columns: number, v: Float64Array, k: number): void {
  let square = 0;
  for (let i = k; i < rows; i++) square += (v[i] as number) ** 2;
  for (let j = 0; j < columns; j++) {
    let dot = 0;
    for (let i = k; i < rows; i++) dot += (v[i] as number) * (x[i * columns + j] as number);
    const factor = (2 * dot) / square;
    for (let i = k; i < rows; i++) x[i * columns + j] = (x[i * columns + j] as number) - factor * (v[i] as number);
  }
}

function transposeSquare(x: Float64Array, n: number): Float64Array {
  return x.map((_, at) => x[(at % n) * n + Math.floor(at / n)] as number);
}
