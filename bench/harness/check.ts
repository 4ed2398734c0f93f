// The check that comes before timing: a result against the float64 reference, everywhere or, where that takes too long, at spots all over it.

import type { Reference } from '../tasks/tasks.ts';

/** Operations that a check may take. */
const BUDGET = 4e7;
const FEWEST_SPOTS = 256;
/** A prime step visits every part of the result. */
const STEP = 7919;

/** The indices to compare: all of them, or spots that include the first and the last. */
export function spots(length: number, cost: number): number[] {
  const count = Math.min(length, Math.max(FEWEST_SPOTS, Math.floor(BUDGET / Math.max(cost, 1))));
  if (count === length) return Array.from({ length }, (_, index) => index);
  return Array.from({ length: count }, (_, spot) => (spot === 0 ? length - 1 : ((spot - 1) * STEP) % length));
}

/** @throws when the result has another length, or is off by more than the tolerance at a spot */
export function check(actual: ArrayLike<number>, reference: Reference): void {
  const { length, cost, tolerance } = reference;
  if (actual.length !== length) throw new Error(`wrong result: ${actual.length} elements instead of ${length}`);
  for (const index of spots(length, cost)) {
    const expected = reference.at(index);
    const found = Number(actual[index]);
    if (!(Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected)))) {
      throw new Error(`wrong result: element ${index} is ${found} instead of ${expected}`);
    }
  }
}
