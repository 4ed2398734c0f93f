// Backward operations against central differences of their forward operation, in float64.

import { expect } from 'vitest';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import { doubles } from './arrays.ts';
import { expectClose } from './close.ts';
import { noise, valuesOf } from './views.ts';

/** A seeded DOUBLE array. */
export function random(seed: number, ...shape: number[]): INDArray {
  const length = shape.reduce((product, size) => product * size, 1);
  return doubles(noise(length, seed), shape);
}

/** Seeded gradients of the results of an operation. */
export function epsilonsFor(results: readonly INDArray[], seed = 99): INDArray[] {
  return results.map((each, index) => doubles(noise(each.length(), seed + index), each.shape()));
}

/** Σ of results times their gradients. */
function loss(results: readonly INDArray[], epsilons: readonly INDArray[]): number {
  return results.reduce((sum, each, index) => {
    const weights = valuesOf(epsilons[index] as INDArray);
    return sum + valuesOf(each).reduce((part, value, i) => part + value * (weights[i] as number), 0);
  }, 0);
}

/** Fails unless each gradient is the slope of Σ results · epsilons by its variable; `forward` sees the variables change. */
export function expectGradients(
  variables: readonly INDArray[],
  forward: () => readonly INDArray[],
  epsilons: readonly INDArray[],
  gradients: readonly INDArray[],
  abs = 2e-8,
  step = 1e-5,
): void {
  expect(gradients.map((each) => each.shape())).toEqual(variables.map((each) => each.shape()));
  variables.forEach((variable, index) => {
    const slopes = Array.from({ length: variable.length() }, (_, at) => {
      const value = variable.getDouble(at);
      const lossAt = (x: number): number => {
        variable.putScalar(at, x);
        return loss(forward(), epsilons);
      };
      const slope = (lossAt(value + step) - lossAt(value - step)) / (2 * step);
      variable.putScalar(at, value);
      return slope;
    });
    expectClose(valuesOf(gradients[index] as INDArray), slopes, { abs, rel: abs }, `gradient ${index}`);
  });
}
