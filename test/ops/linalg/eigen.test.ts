// Eigenvalues by known spectra and by residuals.

import { describe, expect, test } from 'vitest';
import { eigen } from '../../../src/ops/linalg/eigen.ts';

let state = 7;
function random(): number {
  state = (state * 48271) % 2147483647;
  return (state / 2147483647) * 4 - 2;
}

/** The largest |a·v − λ·v| and |1 − |v||. */
function residual(a: Float64Array, n: number): number {
  const found = eigen(a, n);
  if (found === undefined) throw new Error('no eigenvalues');
  const { valueRe, valueIm, vectors } = found;
  let worst = 0;
  for (let k = 0; k < n; k++) {
    let length = 0;
    for (let i = 0; i < n; i++) {
      const [vr, vi] = [vectors.re[i * n + k] as number, vectors.im[i * n + k] as number];
      length += vr * vr + vi * vi;
      let [re, im] = [0, 0];
      for (let j = 0; j < n; j++) {
        re += (a[i * n + j] as number) * (vectors.re[j * n + k] as number);
        im += (a[i * n + j] as number) * (vectors.im[j * n + k] as number);
      }
      const [lr, li] = [valueRe[k] as number, valueIm[k] as number];
      worst = Math.max(worst, Math.hypot(re - (lr * vr - li * vi), im - (lr * vi + li * vr)));
    }
    worst = Math.max(worst, Math.abs(1 - Math.sqrt(length)));
  }
  return worst;
}

describe('eigen()', () => {
  test.each([1, 2, 3, 4, 5, 8, 13, 20, 40])('of random %i × n leaves residuals below 1e-12 and the trace', (n) => {
    for (let run = 0; run < 4; run++) {
      const a = Float64Array.from({ length: n * n }, random);
      expect(residual(a, n)).toBeLessThan(1e-12);
      const trace = Array.from({ length: n }, (_, i) => a[i * (n + 1)] as number).reduce((x, y) => x + y, 0);
      expect(eigen(a, n)?.valueRe.reduce((x, y) => x + y, 0)).toBeCloseTo(trace, 9);
      expect(eigen(a, n)?.valueIm.reduce((x, y) => x + y, 0)).toBe(0);
    }
  });

  test('of symmetric matrices has no imaginary part and orthogonal vectors', () => {
    const n = 6;
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = random();
    const found = eigen(a, n);
    expect(found?.valueIm.every((each) => each === 0)).toBe(true);
    expect(residual(a, n)).toBeLessThan(1e-12);
  });

  test('gives known spectra by ascending real part, pairs with the positive imaginary part first', () => {
    expect(Array.from(eigen(Float64Array.of(6, 2, 3, 0, 4, 5, 0, 0, 1), 3)?.valueRe ?? [])).toEqual([1, 4, 6]);
    const turn = eigen(Float64Array.of(0, -1, 1, 0), 2);
    expect(Array.from(turn?.valueIm ?? [])).toEqual([expect.closeTo(1, 14), expect.closeTo(-1, 14)]);
    const unit = eigen(Float64Array.of(1, 0, 0, 1), 2);
    expect(Array.from(unit?.vectors.re ?? [])).toEqual([1, 0, 0, 1]);
    expect(Array.from(eigen(new Float64Array(9), 3)?.valueRe ?? [])).toEqual([0, 0, 0]);
    // A cyclic permutation has the roots of unity, all of one modulus: the shifts must still find them.
    expect(residual(Float64Array.of(0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0), 4)).toBeLessThan(1e-13);
    expect(residual(Float64Array.of(2, 1, 0, 2), 2)).toBeLessThan(1e-14);
  });

  test('finds nothing in NaN and infinities', () => {
    expect(eigen(Float64Array.of(1, Number.NaN, 0, 1), 2)).toBeUndefined();
    expect(eigen(Float64Array.of(1, Number.POSITIVE_INFINITY, 0, 1), 2)).toBeUndefined();
  });
});
