// NDLoss by example: gradients against differences, edges and refusals. Their values are in the golden files.

import { describe, expect, test } from 'vitest';
import { LossReduce } from '../../../src/ndarray/namespaces/lossArguments.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { NDArray } from '../../../src/ndarray/ndarray.ts';
import { doubles, floats, ints } from '../../support/arrays.ts';
import { expectGradients } from '../../support/centralDifferences.ts';

const loss = Nd4j.loss();
const REDUCTIONS = Object.values(LossReduce);

const spread = (shape: number[], from: number): NDArray =>
  doubles(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => 3 * (((i + from) * 0.6180339887) % 1) - 1),
    shape,
  );

describe.each(REDUCTIONS)('with %s', (reduce) => {
  test('softmaxCrossEntropy() has the gradients of its differences', () => {
    for (const [shape, weightShape] of [
      [[3, 4], []],
      [
        [3, 4],
        [3, 1],
      ],
      [[3, 4], [3]],
      [
        [2, 3, 4],
        [2, 3],
      ],
      [
        [2, 3, 4],
        [1, 3],
      ],
    ] as const) {
      const [y, p, w] = [spread([...shape], 3), spread([...shape], 17), spread([...weightShape], 2).addi(1.5)];
      const f = (): number => loss.softmaxCrossEntropy(y, p, w, reduce, 0.2).sumNumber();
      expectGradients(f, [p, w, y], loss.softmaxCrossEntropyBp(y, p, w, reduce, 0.2));
    }
  });

  test('cosineDistance() has the gradients of its differences along every dimension', () => {
    for (const dimension of [0, 1, -1]) {
      const shape = [2, 3, 4];
      const weightShape = shape.map((size, d) => (d === (dimension + 3) % 3 ? 1 : size));
      const [y, p, w] = [spread(shape, 3), spread(shape, 17), spread(weightShape, 2).addi(1.5)];
      const f = (): number => loss.cosineDistance(y, p, w, reduce, dimension).sumNumber();
      expectGradients(f, [p, w, y], loss.cosineDistanceBp(y, p, w, reduce, dimension));
    }
  });

  test('meanPairwiseSquaredError() has the gradients of its differences', () => {
    for (const shape of [
      [3, 4],
      [2, 3, 2],
    ]) {
      const [y, p, w] = [
        spread(shape, 3),
        spread(shape, 17),
        spread([shape[0] as number, ...shape.slice(1).map(() => 1)], 2).addi(1.5),
      ];
      const f = (): number => loss.meanPairwiseSquaredError(y, p, w, reduce).sumNumber();
      expectGradients(f, [p, w, y], loss.meanPairwiseSquaredErrorBp(y, p, w, reduce));
    }
  });
});

test('sparseSoftmaxCrossEntropy() has the gradient of its differences, and the losses of one-hot labels', () => {
  const [logits, labels] = [spread([2, 2, 3], 7), ints([2, 0, 1, 1], [2, 2])];
  const f = (): number => loss.sparseSoftmaxCrossEntropy(logits, labels).sumNumber();
  expectGradients(f, [logits], loss.sparseSoftmaxCrossEntropyBp(logits, labels));
  const hot = doubles([0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0], [2, 2, 3]);
  expect(f()).toBeCloseTo(loss.softmaxCrossEntropy(hot, logits, null, 'SUM', 0).getDouble(), 12);
});

test('meanPairwiseSquaredError() is twice the mean of the squared differences of all pairs', () => {
  const [y, p] = [spread([2, 2, 3], 3), spread([2, 2, 3], 17)];
  const losses = loss.meanPairwiseSquaredError(y, p, null, 'NONE');
  expect(losses.shape()).toEqual([2, 1, 1]);
  const d = p.sub(y).reshape(2, 6).toDoubleMatrix();
  d.forEach((row, n) => {
    let sum = 0;
    for (let i = 0; i < 6; i++) for (let j = 0; j < i; j++) sum += ((row[i] as number) - (row[j] as number)) ** 2;
    expect(losses.getDouble(n)).toBeCloseTo((2 * sum) / 15, 12);
  });
});

test('meanPairwiseSquaredError() of examples of one element is 0', () => {
  expect(loss.meanPairwiseSquaredError(floats([1, 2], [2, 1]), floats([3, 5], [2, 1]), null, 'SUM').getDouble()).toBe(
    0,
  );
});

test('softmaxCrossEntropy() of logits up to 1e30 does not overflow', () => {
  const value = loss.softmaxCrossEntropy(floats([0, 1], [1, 2]), floats([1000, -1000], [1, 2]), null, 'SUM', 0);
  expect(value.getDouble()).toBe(2000);
  const [gradient] = loss.softmaxCrossEntropyBp(floats([1, 0], [1, 2]), floats([1e30, 0], [1, 2]), null);
  expect(Array.from((gradient as NDArray).toDoubleVector())).toEqual([0, 0]);
});

test('l2Loss() is half of the sum of squares, its gradient the array', () => {
  const x = spread([2, 3], 4);
  const [gradient] = loss.l2LossBp(x);
  expectGradients(() => loss.l2Loss(x).getDouble(), [x], [gradient as NDArray]);
  expect(gradient).not.toBe(x);
});

describe('losses refuse', () => {
  const x = floats([1, 2, 3, 4, 5, 6], [2, 3]);
  test.each([
    ['a dimension that is not there', () => loss.cosineDistance(x, x, null, 2), /dimension 2/],
    ['weights of the whole shape', () => loss.cosineDistance(x, x, x, 'NONE', 1), /weights \[2, 3\].*\[2, 1\]/],
    ['floating classes', () => loss.sparseSoftmaxCrossEntropy(x, floats([0, 1])), /integer/],
    ['a class that is not there', () => loss.sparseSoftmaxCrossEntropy(x, ints([0, 3])), /label 3.*0 to 2/],
    ['a negative class', () => loss.sparseSoftmaxCrossEntropy(x, ints([0, -1])), /label -1/],
    ['too many classes', () => loss.sparseSoftmaxCrossEntropy(x, ints([0, 1, 2])), /\[2, 3\] and labels \[3\]/],
    ['an l2Loss of booleans', () => loss.l2Loss(Nd4j.create([true])), /BOOL/],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});
