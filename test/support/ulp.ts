// Distances in units in the last place, the measure of the elementary functions.

import { expect } from 'vitest';

/** Distance of a float32 or float64 result from the true value, in spacings of the type at the true value. */
export function ulpDistance(actual: number, expected: number, type: 'FLOAT' | 'DOUBLE'): number {
  const rounded = type === 'FLOAT' ? Math.fround(expected) : expected;
  if (Object.is(actual, rounded) || (actual === 0 && rounded === 0)) return Math.abs(actual - expected) === 0 ? 0 : 0.5;
  if (!Number.isFinite(actual) || !Number.isFinite(rounded)) return Infinity;
  const [digits, lowest] = type === 'FLOAT' ? [23, -126] : [52, -1022];
  const exponent = Math.max(expected === 0 ? lowest : Math.floor(Math.log2(Math.abs(expected))), lowest);
  return Math.abs(actual - expected) / 2 ** (exponent - digits);
}

/** Fails with index and both values when an element is farther than `bound` ulp, a zero has the wrong sign, or only one is NaN. */
export function expectUlp(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  type: 'FLOAT' | 'DOUBLE',
  bound: number,
  what = '',
): void {
  expect(actual.length, `${what} length`).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i] as number;
    const e = expected[i] as number;
    const distance = Number.isNaN(e) ? (Number.isNaN(a) ? 0 : Infinity) : ulpDistance(a, e, type);
    const wrongZero = e === 0 && a === 0 && !Object.is(a, e);
    if (!(distance <= bound) || wrongZero) {
      expect.fail(
        `${what} [${i}]: ${Object.is(a, -0) ? '-0' : a} is ${distance} ulp from ${Object.is(e, -0) ? '-0' : e}; allowed ${bound}`,
      );
    }
  }
}
