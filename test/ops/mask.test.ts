import { expect, test } from 'vitest';
import { equalWithin, maskAssign, maskCompress } from '../../src/ops/mask.ts';
import { emptyOf, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

const TYPES = ['FLOAT', 'DOUBLE', 'LONG', 'INT', 'SHORT', 'BYTE'] as const;

test('maskAssign and maskCompress move exactly the chosen elements of every width and length from 0 to 67', () => {
  for (const type of TYPES) {
    for (let n = 0; n < 68; n++) {
      const chosen = noise(n, n + 1).map((value) => (value > 0 ? 1 : 0));
      const values = noise(n, 3).map((value) => Math.round(value * 100));
      const mask = viewOf('BOOL', chosen, [n]);
      const x = viewOf(type, values, [n]);
      const out = viewOf(type, new Array(n).fill(5), [n]);
      maskAssign(out, x, mask);
      expect(valuesOf(out)).toEqual(values.map((value, i) => (chosen[i] === 1 ? value : 5)));
      const kept = values.filter((_, i) => chosen[i] === 1);
      const packed = emptyOf(type, [kept.length]);
      maskCompress(packed, x, mask);
      expect(valuesOf(packed)).toEqual(kept);
      expect([...strayWrites(out), ...strayWrites(packed)]).toEqual([]);
      release(mask, x, out, packed);
    }
  }
});

test('maskAssign repeats a single element', () => {
  const mask = viewOf('BOOL', [1, 0, 1], [3]);
  const out = viewOf('FLOAT', [1, 2, 3], [3]);
  const one = viewOf('FLOAT', [Number.NaN], []);
  maskAssign(out, one, mask);
  expect(valuesOf(out)).toEqual([Number.NaN, 2, Number.NaN]);
  release(mask, out, one);
});

test('equalWithin compares absolutely or relatively, never NaN, infinities by sign', () => {
  const cases: [number, number, number, boolean][] = [
    [1, 1.000009, 1e-5, true],
    [0, 0.000011, 1e-5, false],
    [1e6, 1e6 + 5, 1e-5, true],
    [1e6, 1e6 + 50, 1e-5, false],
    [-1, 1, 0.5, false],
    [Number.NaN, Number.NaN, 1, false],
    [Infinity, Infinity, 1e-5, true],
    [Infinity, -Infinity, 1e-5, false],
    [Infinity, 1, 1e-5, false],
    [-0, 0, 0, true],
  ];
  for (const type of ['FLOAT', 'DOUBLE'] as const) {
    for (const [a, b, eps, equal] of cases) {
      for (let n = 1; n < 68; n += 11) {
        const at = n >> 1;
        const x = viewOf(
          type,
          Array.from({ length: n }, (_, i) => (i === at ? a : i)),
          [n],
        );
        const y = viewOf(
          type,
          Array.from({ length: n }, (_, i) => (i === at ? b : i)),
          [n],
        );
        expect(equalWithin(x, y, eps), `${type} ${a} ${b} within ${eps}`).toBe(equal);
        release(x, y);
      }
    }
  }
});
