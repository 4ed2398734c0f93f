// SRU: gradients against differences, refusals. Values are in the golden files.

import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { doubles } from '../../support/arrays.ts';
import { epsilonsFor, expectGradients, random } from '../../support/operationGradients.ts';

const rnn = Nd4j.rnn();

describe('SRU', () => {
  test.each([false, true])('sruBp() is the gradient of sru(), mask and bias: %s', (full) => {
    const [x, c, weights] = [random(1, 2, 3, 4), random(2, 2, 3), random(3, 9, 3)];
    const bias = random(4, 6);
    const mask = full ? doubles([1, 0, 2, 1, 1, 0], [2, 3]) : null;
    const named = full ? { weights, bias } : { weights };
    const forward = (): INDArray[] => [rnn.sru(x, c, mask, named)];
    const epsilons = epsilonsFor(forward());
    const found = rnn.sruBp(x, c, mask, named, epsilons[0] as INDArray);
    expectGradients(full ? [x, weights, bias, c] : [x, weights, c], forward, epsilons, found);
  });

  test('sruCellBp() is the gradient of sruCell()', () => {
    const [x, c, weights, bias] = [random(1, 3, 5), random(2, 3, 5), random(3, 5, 15), random(4, 10)];
    const forward = (): INDArray[] => [rnn.sruCell(x, c, { weights, bias })];
    const epsilons = epsilonsFor(forward());
    const found = rnn.sruCellBp(x, c, { weights, bias }, epsilons[0] as INDArray);
    expectGradients([x, c, weights, bias], forward, epsilons, found);
  });

  test('refuses what does not fit', () => {
    const [x, c] = [random(1, 3, 5), random(2, 3, 4)];
    expect(() => rnn.sruCell(x, c, {})).toThrow('Cannot sruCell: cLast has shape [3, 4], needed is [3, 5]');
    expect(() => rnn.sru(x, c, {})).toThrow('Cannot sru: x has shape [3, 5]');
  });
});
