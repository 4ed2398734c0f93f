// CTC against the sum over all paths, its gradient against differences through a log-softmax.

import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { NDArray } from '../../../src/ndarray/ndarray.ts';
import { doubles, floats, ints } from '../../support/arrays.ts';
import { expectGradients } from '../../support/centralDifferences.ts';

const loss = Nd4j.loss();
const logSoftmax = (x: NDArray): NDArray => Nd4j.nn().logSoftmax(x);

const logits = (shape: number[], from: number): NDArray =>
  doubles(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => 3 * (((i + from) * 0.6180339887) % 1)),
    shape,
  );

/** −ln of the sum of the probabilities of all paths that read as the labels. */
function byPaths(frames: number[][], labels: number[], blank: number): number {
  const walk = (t: number, path: number[]): number => {
    if (t === frames.length) {
      const read = path.filter((c, i) => c !== path[i - 1]).filter((c) => c !== blank);
      return read.join() === labels.join() ? 1 : 0;
    }
    return (frames[t] as number[]).reduce((sum, log, c) => sum + Math.exp(log) * walk(t + 1, [...path, c]), 0);
  };
  return -Math.log(walk(0, []));
}

test.each([
  [[1, 2], 0],
  [[1, 1], 0],
  [[2], 0],
  [[], 0],
  [[0, 1], 2],
  [[1, 1], 2],
])('ctcLoss() of labels %j with blank %i is the sum over all paths', (labels, blank) => {
  const x = logSoftmax(logits([1, 4, 3], 5));
  const rows = [0, 1, 2, 3].map((t) => [0, 1, 2].map((c) => x.getDouble(0, t, c)));
  const padded = ints([...labels, 0, 0].slice(0, 2), [1, 2]);
  const actual = loss.ctcLoss(padded, x, ints([labels.length]), ints([4]), blank);
  expect(actual.getDouble(0)).toBeCloseTo(byPaths(rows, labels, blank), 12);
});

test('ctcLossBp() is the gradient of what the log-softmax was made from; 0 behind the last frame', () => {
  const x = logits([3, 5, 4], 11);
  const [labels, lengths, frames] = [ints([1, 2, 3, 2, 2, 0], [3, 2]), ints([2, 2, 0]), ints([5, 4, 2])];
  const f = (): number => loss.ctcLoss(labels, logSoftmax(x), lengths, frames).sumNumber();
  const [gradient] = loss.ctcLossBp(labels, logSoftmax(x), lengths, frames) as [NDArray];
  expectGradients(f, [x], [gradient]);
  expect(gradient.getDouble(1, 4, 0)).toBe(0);
});

test('ctcLoss() of too few frames is ∞, its gradient 0', () => {
  const x = logSoftmax(logits([1, 2, 3], 1));
  const args = [ints([1, 1], [1, 2]), x, ints([2]), ints([2])] as const;
  expect(loss.ctcLoss(...args).getDouble(0)).toBe(Infinity);
  expect((loss.ctcLossBp(...args)[0] as NDArray).amaxNumber()).toBe(0);
});

describe('ctcLoss() refuses', () => {
  const x = floats([0, 0, 0, 0, 0, 0], [1, 2, 3]);
  const [labels, one, two] = [ints([1, 2], [1, 2]), ints([1]), ints([2])];
  test.each([
    ['logits of rank 2', () => loss.ctcLoss(labels, floats([1, 2], [1, 2]), one, two), /\[any, any, any\]/],
    ['floating labels', () => loss.ctcLoss(floats([1, 2], [1, 2]), x, one, two), /integer/],
    ['labels of another batch', () => loss.ctcLoss(ints([1, 2], [2, 1]), x, one, two), /targetLabels.*\[1, any\]/],
    ['lengths of another batch', () => loss.ctcLoss(labels, x, ints([1, 2]), two), /targetLabelLengths/],
    ['a class that is not there', () => loss.ctcLoss(ints([1, 3], [1, 2]), x, one, two), /3 in targetLabels/],
    ['more labels than there are', () => loss.ctcLoss(labels, x, ints([3]), two), /3 in targetLabelLengths/],
    ['more frames than there are', () => loss.ctcLoss(labels, x, one, ints([3])), /3 in logitInputLengths/],
    ['a blank that is no class', () => loss.ctcLoss(labels, x, one, two, 3), /blankIndex 3/],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});
