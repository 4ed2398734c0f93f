// Gradients of operations against central differences, in float64.

import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { expectClose } from './close.ts';

/** d f / d x, element by element in 'c' order, from f at x ± step. The array is changed on the way and put back. */
export function centralDifferences(f: () => number, x: NDArray, step = 1e-6): number[] {
  return Array.from({ length: x.length() }, (_, index) => {
    const before = x.getDouble(index);
    const at = (value: number): number => {
      x.putScalar(index, value);
      return f();
    };
    const slope = (at(before + step) - at(before - step)) / (2 * step);
    x.putScalar(index, before);
    return slope;
  });
}

/** Every gradient agrees with the differences of f. */
export function expectGradients(
  f: () => number,
  arrays: readonly NDArray[],
  gradients: readonly NDArray[],
  rel = 1e-7,
): void {
  arrays.forEach((x, index) => {
    const expected = centralDifferences(f, x);
    const actual = Array.from((gradients[index] as NDArray).dup('c').data().asDouble());
    const scale = Math.max(1, ...expected.map(Math.abs));
    expectClose(actual, expected, { abs: rel * scale });
  });
}
