// The LSTM block: what both methods share, refusals. Values are in the golden files.

import { expect, test } from 'vitest';
import { LSTMConfiguration, LSTMWeights } from '../../../src/ndarray/namespaces/recurrentConfig.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import { floats } from '../../support/arrays.ts';
import { noise } from '../../support/views.ts';

const rnn = Nd4j.rnn();
const random = (seed: number, ...shape: [number, ...number[]]) =>
  floats(
    noise(
      shape.reduce((product, size) => product * size, 1),
      seed,
    ),
    shape,
  );
const weights = LSTMWeights.builder()
  .weights(random(1, 5, 12))
  .bias(random(2, 12))
  .build();

test('lstmblock() of one step gives the input gates of lstmCell()', () => {
  const x = random(3, 1, 4, 2);
  const zero = Nd4j.zeros(4, 3);
  const config = LSTMConfiguration.builder().forgetBias(1).build();
  const [gate] = rnn.lstmCell(x.reshape(4, 2), zero, zero, weights, config);
  expect(
    rnn
      .lstmblock(x, weights, config)
      .reshape(4, 3)
      .equals(gate as typeof x),
  ).toBe(true);
});

test('lstmCell() takes HALF, computed in float32', () => {
  const half = (x: ReturnType<typeof random>) => x.castTo('HALF');
  const named = { weights: half(random(1, 5, 12)), bias: half(random(2, 12)) };
  const [x, c, y] = [random(3, 4, 2), random(4, 4, 3), random(5, 4, 3)];
  const found = rnn.lstmCell(half(x), half(c), half(y), named, {});
  const expected = rnn.lstmCell(x, c, y, weights, {});
  expect(found.map((each) => each.dataType())).toEqual(new Array(7).fill('HALF'));
  found.forEach((each, index) => {
    expect(each.castTo('FLOAT').equalsWithEps(expected[index] as typeof x, 2e-3)).toBe(true);
  });
});

test('refuses peepholes without weights, and shapes that do not fit', () => {
  const [x, c] = [random(3, 4, 2), random(4, 4, 3)];
  expect(() => rnn.lstmCell(x, c, c, weights, { peepHole: true })).toThrow('inputPeepholeWeights');
  expect(() => rnn.lstmCell(random(3, 4, 3), c, c, weights, {})).toThrow('needed is [3 + n, 4·n]');
  expect(() => rnn.lstmblock(floats([9]), random(3, 1, 4, 2), null, null, weights, {})).toThrow(RangeError);
});
