// GRU: gradients against differences, refusals. Values are in the golden files.

import { describe, expect, test } from 'vitest';
import { ND4JIllegalStateException } from '../../../src/core/errors.ts';
import { GRUWeights } from '../../../src/ndarray/namespaces/recurrentConfig.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { epsilonsFor, expectGradients, random } from '../../support/operationGradients.ts';

const rnn = Nd4j.rnn();

describe('GRU', () => {
  test.each([
    [1, 2, 3, 2],
    [4, 3, 2, 5],
  ])('gruBp() is the gradient of gru(), %i steps of %i examples', (steps, batch, inputs, units) => {
    const all = [
      random(1, steps, batch, inputs),
      random(2, batch, units),
      random(3, inputs, 3 * units),
      random(4, units, 3 * units),
      random(5, 3 * units),
    ] as const;
    const forward = (): INDArray[] => [rnn.gru(...all)];
    const epsilons = epsilonsFor(forward());
    expectGradients(all, forward, epsilons, rnn.gruBp(...all, epsilons[0] as INDArray));
  });

  test('gruCellBp() is the gradient of gruCell(), with and without biases', () => {
    const [x, h, ru, c] = [random(1, 3, 2), random(2, 3, 4), random(3, 6, 8), random(4, 6, 4)];
    const [ruBias, cBias] = [random(5, 8), random(6, 4)];
    for (const biases of [[], [ruBias, cBias]]) {
      const weights = { ruWeight: ru, cWeight: c, ...(biases.length > 0 && { ruBias, cBias }) };
      const forward = (): INDArray[] => rnn.gruCell(x, h, weights);
      const epsilons = epsilonsFor(forward());
      expectGradients([x, h, ru, c, ...biases], forward, epsilons, rnn.gruCellBp(x, h, weights, epsilons));
    }
  });

  test('refuses what does not fit', () => {
    const [x, h] = [random(1, 3, 2), random(2, 3, 4)];
    const weights = GRUWeights.builder()
      .ruWeight(random(3, 6, 7))
      .cWeight(random(4, 6, 4))
      .build();
    expect(() => rnn.gruCell(x, h, weights)).toThrow('Cannot gruCell: ruWeight has shape [6, 7], needed is [6, 8]');
    expect(() => rnn.gru(x, h, x, x, x)).toThrow(ND4JIllegalStateException);
  });
});
