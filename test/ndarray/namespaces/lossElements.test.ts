// NDLoss by element: gradients against differences, edges and refusals. Their values are in the golden files.

import { describe, expect, test } from 'vitest';
import { LossReduce } from '../../../src/ndarray/namespaces/lossArguments.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { NDArray } from '../../../src/ndarray/ndarray.ts';
import { doubles, floats, ints } from '../../support/arrays.ts';
import { expectGradients } from '../../support/centralDifferences.ts';

const loss = Nd4j.loss();
const REDUCTIONS = Object.values(LossReduce);

type Loss<R> = (y: NDArray, p: NDArray, w: NDArray | null, reduce: LossReduce) => R;
/** Name, loss, gradients; each with its own number where it has one. */
const LOSSES: readonly (readonly [string, Loss<NDArray>, Loss<NDArray[]>])[] = [
  ['absoluteDifference', loss.absoluteDifference, loss.absoluteDifferenceBp],
  ['hingeLoss', loss.hingeLoss, loss.hingeLossBp],
  ['huberLoss', (...a) => loss.huberLoss(...a, 0.3), (...a) => loss.huberLossBp(...a, 0.3)],
  ['logLoss', (...a) => loss.logLoss(...a, 1e-3), (...a) => loss.logLossBp(...a, 1e-3)],
  ['logPoisson', (...a) => loss.logPoisson(...a, false), (...a) => loss.logPoissonBp(...a, false)],
  ['full logPoisson', (...a) => loss.logPoisson(...a, true), (...a) => loss.logPoissonBp(...a, true)],
  ['meanSquaredError', loss.meanSquaredError, loss.meanSquaredErrorBp],
  [
    'sigmoidCrossEntropy',
    (...a) => loss.sigmoidCrossEntropy(...a, 0.1),
    (...a) => loss.sigmoidCrossEntropyBp(...a, 0.1),
  ],
];

/** Numbers between 0.1 and 0.9 that repeat after many. */
const between = (shape: number[], from: number): NDArray => {
  const length = shape.reduce((a, b) => a * b, 1);
  return doubles(
    Array.from({ length }, (_, i) => 0.1 + 0.8 * (((i + from) * 0.6180339887) % 1)),
    shape,
  );
};

describe.each(LOSSES)('%s', (_, forward, backward) => {
  test.each(REDUCTIONS)('has the gradients of its differences with %s, for weights of any shape', (reduce) => {
    for (const shape of [[5], [3, 4], [2, 3, 2]]) {
      for (const weightShape of [[], shape, shape.map((size, d) => (d === 0 ? size : 1))]) {
        const [y, p, w] = [between(shape, 3), between(shape, 17), between(weightShape, 5)];
        const f = (): number => forward(y, p, w, reduce).sumNumber();
        const [byPrediction, byWeight, byLabel] = backward(y, p, w, reduce) as [NDArray, NDArray, NDArray];
        expectGradients(f, [p, w, y], [byPrediction, byWeight, byLabel]);
        expect([byPrediction.shape(), byWeight.shape(), byLabel.shape()]).toEqual([shape, weightShape, shape]);
      }
    }
  });

  test('takes arrays of any order, and views', () => {
    const [y, p, w] = [between([3, 4], 3), between([3, 4], 17), between([1, 4], 5)];
    const expected = forward(y, p, w, 'NONE').toDoubleMatrix();
    expect(forward(y.dup('f'), p.transpose().dup().transpose(), w.dup('f'), 'NONE').toDoubleMatrix()).toEqual(expected);
  });

  test('gives equal bits when it runs again', () => {
    const [y, p] = [between([7], 3), between([7], 17)];
    expect(forward(y, p, null, 'SUM').getDouble()).toBe(forward(y, p, null, 'SUM').getDouble());
  });
});

describe('reductions', () => {
  const y = floats([0, 0, 0, 0], [2, 2]);
  const p = floats([1, 2, 3, 4], [2, 2]);

  test('of weights that are all 0 are 0', () => {
    const w = floats([0, 0, 0, 0], [2, 2]);
    for (const reduce of ['MEAN_BY_WEIGHT', 'MEAN_BY_NONZERO_WEIGHT_COUNT'] as const) {
      expect(loss.meanSquaredError(y, p, w, reduce).getDouble()).toBe(0);
      for (const each of loss.meanSquaredErrorBp(y, p, w, reduce)) expect(each.amaxNumber()).toBe(0);
    }
  });

  test('count each weight as often as it is used', () => {
    const w = floats([1, 0], [1, 2]);
    expect(loss.absoluteDifference(y, p, w, 'MEAN_BY_NONZERO_WEIGHT_COUNT').getDouble()).toBe(2);
    expect(loss.absoluteDifference(y, p, w, 'MEAN_BY_WEIGHT').getDouble()).toBe(2);
    expect(loss.absoluteDifference(y, p, w, 'SUM').getDouble()).toBe(4);
  });

  test('are the mean by weights that are not 0 unless given', () => {
    expect(loss.meanSquaredError(y, p, null).getDouble()).toBe(7.5);
    expect(loss.huberLoss(y, p, null, 100).getDouble()).toBe(3.75);
  });
});

test('sigmoidCrossEntropy() of logits up to 1e30 does not overflow', () => {
  const losses = loss.sigmoidCrossEntropy(floats([0, 1, 0, 1]), floats([1e30, 1e30, -1e30, -1000]), null, 'NONE', 0);
  expect(Array.from(losses.toDoubleVector())).toEqual([Math.fround(1e30), 0, 0, 1000]);
});

test('losses of integers are floating', () => {
  expect(loss.meanSquaredError(ints([1, 2]), ints([1, 4]), null, 'NONE').dataType()).toBe('FLOAT');
});

describe('losses refuse', () => {
  const [y, p] = [floats([1, 0]), floats([0.5, 0.25])];
  test.each([
    ['two shapes', () => loss.meanSquaredError(y, floats([1]), null), /labels \[2\] and predictions \[1\]/],
    ['two types', () => loss.meanSquaredError(y, doubles([1, 2]), null), /FLOAT and DOUBLE/],
    ['weights of another type', () => loss.hingeLoss(y, p, doubles([1, 2])), /FLOAT and DOUBLE/],
    ['weights that do not fit', () => loss.hingeLoss(y, p, floats([1, 2, 3])), /weights \[3\].*\[2\]/],
    ['weights of another rank', () => loss.hingeLoss(y, p, floats([1, 2], [1, 2])), /weights \[1, 2\]/],
    ['an unknown reduction', () => loss.hingeLoss(y, p, null, 'MEAN' as never), /"MEAN".*NONE, SUM/],
    ['no reduction', () => loss.hingeLoss(y, p, null, null as never), /null/],
    ['booleans', () => loss.hingeLoss(Nd4j.create([true, false]), p, null), /BOOL/],
    ['what is no array', () => loss.hingeLoss([1, 0] as never, p, null), /labels \[1, 0\]: needed is an INDArray/],
    ['no delta', () => loss.huberLoss(y, p, null, undefined as never), /delta undefined/],
    ['no answer to full', () => loss.logPoisson(y, p, null, 1 as never), /full is true or false/],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});
