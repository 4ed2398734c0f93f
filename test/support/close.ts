// Comparison of arrays of numbers with a stated bound; the message names the worst element.

import { expect } from 'vitest';

export interface Bound {
  /** Largest allowed |actual − expected|. */
  readonly abs?: number;
  /** Largest allowed |actual − expected| / |expected|. */
  readonly rel?: number;
}

/** Distance in units of the bound: at most 1 passes. NaN equals NaN; infinities and zeros of either sign are compared as numbers. */
function excess(actual: number, expected: number, bound: Bound): number {
  if (Number.isNaN(expected) || Number.isNaN(actual))
    return Number.isNaN(expected) && Number.isNaN(actual) ? 0 : Infinity;
  if (actual === expected) return 0;
  if (!Number.isFinite(expected) || !Number.isFinite(actual)) return Infinity;
  return Math.abs(actual - expected) / ((bound.abs ?? 0) + (bound.rel ?? 0) * Math.abs(expected));
}

/** Fails with index, both values and the factor over the bound when an element is farther than `bound`. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, bound: Bound, what = ''): void {
  expect(actual.length, `${what} length`).toBe(expected.length);
  let worst = 0;
  let at = -1;
  for (let i = 0; i < expected.length; i++) {
    const each = excess(actual[i] as number, expected[i] as number, bound);
    if (!(each <= worst)) {
      worst = each;
      at = i;
    }
  }
  if (worst > 1) {
    expect.fail(
      `${what} [${at}]: ${actual[at]} should be ${expected[at]}; ${worst.toPrecision(3)} times the bound ${JSON.stringify(bound)}`,
    );
  }
}
