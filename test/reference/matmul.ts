// The matrix product by its definition, in float64.

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** In 'c' order. */
  readonly values: readonly number[];
}

/** alpha · a · b + beta · c. */
export function naiveGemm(a: Matrix, b: Matrix, alpha = 1, beta = 0, c?: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.columns; j++) {
      let sum = 0;
      for (let p = 0; p < a.columns; p++) {
        sum += (a.values[i * a.columns + p] as number) * (b.values[p * b.columns + j] as number);
      }
      out.push(alpha * sum + (beta === 0 ? 0 : beta * (c?.[out.length] as number)));
    }
  }
  return out;
}

/** Σ |a| · |b| of every element: the scale of its rounding error. */
export function naiveGemmScale(a: Matrix, b: Matrix): number[] {
  const abs = (m: Matrix): Matrix => ({ ...m, values: m.values.map(Math.abs) });
  return naiveGemm(abs(a), abs(b));
}

export function naiveTranspose(a: Matrix): Matrix {
  const values: number[] = [];
  for (let j = 0; j < a.columns; j++)
    for (let i = 0; i < a.rows; i++) values.push(a.values[i * a.columns + j] as number);
  return { rows: a.columns, columns: a.rows, values };
}
