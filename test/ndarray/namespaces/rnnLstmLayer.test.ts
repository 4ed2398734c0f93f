// lstmLayer: gradients against differences, what surrounds an example, refusals. Values are in the golden files.

import { describe, expect, test } from 'vitest';
import { ND4JIllegalArgumentException, ND4JIllegalStateException } from '../../../src/core/errors.ts';
import { heapUse } from '../../../src/memory/heap.ts';
import { LSTMLayerConfig, LSTMLayerWeights } from '../../../src/ndarray/namespaces/recurrentConfig.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { arrayWith, doubles, floats } from '../../support/arrays.ts';
import { epsilonsFor, expectGradients, random } from '../../support/operationGradients.ts';
import { noise } from '../../support/views.ts';

const rnn = Nd4j.rnn();

interface Sizes {
  readonly steps: number;
  readonly batch: number;
  readonly inputs: number;
  readonly units: number;
}

function layer({ steps, batch, inputs, units }: Sizes, config: LSTMLayerConfig, lengths: readonly number[] | null) {
  const lead = config.directionMode?.startsWith('BIDIR') ? [2] : [];
  const shapes = { TNS: [steps, batch, inputs], NTS: [batch, steps, inputs], NST: [batch, inputs, steps] };
  const x = random(1, ...shapes[(config.lstmdataformat ?? 'TNS') as keyof typeof shapes]);
  const weights = {
    weights: random(2, ...lead, inputs, 4 * units),
    rWeights: random(3, ...lead, units, 4 * units),
    bias: random(4, ...lead, 4 * units),
    peepholeWeights: random(5, ...lead, 3 * units),
  };
  const [h0, c0] = [random(6, ...lead, batch, units), random(7, ...lead, batch, units)];
  const ends = lengths && doubles([...lengths]);
  const forward = () => rnn.lstmLayer(x, c0, h0, ends, weights, config);
  return { x, weights, h0, c0, ends, forward };
}

const all = { retFullSequence: true, retLastH: true, retLastC: true };

describe('lstmLayerBp() is the gradient of lstmLayer()', () => {
  test.each<[string, Sizes, LSTMLayerConfig, number[] | null]>([
    ['forwards', { steps: 3, batch: 2, inputs: 3, units: 5 }, all, null],
    ['with ends', { steps: 4, batch: 3, inputs: 1, units: 2 }, all, [4, 0, 2]],
    ['backwards with ends', { steps: 4, batch: 2, inputs: 2, units: 3 }, { ...all, directionMode: 'BWD' }, [1, 3]],
    [
      'side by side with ends',
      { steps: 3, batch: 2, inputs: 2, units: 2 },
      { ...all, directionMode: 'BIDIR_CONCAT', lstmdataformat: 'NST' },
      [3, 1],
    ],
    [
      'added up',
      { steps: 2, batch: 3, inputs: 2, units: 1 },
      { directionMode: 'BIDIR_SUM', lstmdataformat: 'NTS' },
      null,
    ],
    ['with a limit', { steps: 4, batch: 2, inputs: 2, units: 3 }, { ...all, cellClip: 0.25 }, null],
    [
      'with other functions',
      { steps: 3, batch: 2, inputs: 2, units: 2 },
      { ...all, gateAct: 'SOFTPLUS', cellAct: 'SCALED_TAHN', cellAlpha: 0.75, cellBeta: 1.5, outAct: 'SOFTSIGN' },
      [3, 2],
    ],
  ])('%s', (_, sizes, config, lengths) => {
    const { x, weights, h0, c0, ends, forward } = layer(sizes, config, lengths);
    const epsilons = epsilonsFor(forward());
    const found = rnn.lstmLayerBp(x, c0, h0, ends, weights, config, epsilons);
    const gradients = lengths === null ? found : found.toSpliced(4, 1);
    const { weights: w, rWeights, bias, peepholeWeights } = weights;
    expectGradients([x, w, rWeights, bias, h0, c0, peepholeWeights], forward, epsilons, gradients);
  });
});

describe('lstmLayer()', () => {
  const sizes = { steps: 3, batch: 2, inputs: 2, units: 3 };

  test('gives the outputs of all steps by default, and what a builder asks for', () => {
    const x = floats(noise(12), [3, 2, 2]);
    const weights = LSTMLayerWeights.builder()
      .iWeights(floats(noise(24), [2, 12]))
      .irWeights(floats(noise(36), [3, 12]))
      .build();
    expect(rnn.lstmLayer(x, weights, {}).map((each) => each.shape())).toEqual([[3, 2, 3]]);
    const config = LSTMLayerConfig.builder().retFullSequence(false).retLastC(true).build();
    expect(rnn.lstmLayer(x, weights, config).map((each) => each.shape())).toEqual([[2, 3]]);
  });

  test('keeps the states and gives 0 behind the end of an example', () => {
    const { h0, c0, forward } = layer(sizes, all, [2, 0]);
    const [h, lastH, lastC] = forward() as [INDArray, INDArray, INDArray];
    expect(Array.from(h.slice(2).dup().reshape(6).toDoubleVector())).toEqual([0, 0, 0, 0, 0, 0]);
    expect(lastH.getRow(0).equals(h.slice(1).getRow(0))).toBe(true);
    expect([lastH.getRow(1).equals(h0.getRow(1)), lastC.getRow(1).equals(c0.getRow(1))]).toEqual([true, true]);
  });

  test('gives the same bits again, for inputs of any strides, and leaves no memory behind', () => {
    const { x, weights, forward } = layer(sizes, {}, null);
    const first = forward();
    const strided = arrayWith('DOUBLE', Array.from(x.reshape(12).toDoubleVector()), [3, 2, 2], { strides: [2, 8, 1] });
    const [a] = rnn.lstmLayer(x, weights, {});
    const [b] = rnn.lstmLayer(strided, weights, {});
    expect(a?.equals(b as INDArray)).toBe(true);
    expect(first[0]?.equals(forward()[0] as INDArray)).toBe(true);
    const { blocks } = heapUse;
    for (const each of forward()) each.close();
    expect(heapUse.blocks).toBe(blocks);
  });

  test('refuses what does not fit, and says what is needed', () => {
    const { x, weights, h0, c0 } = layer(sizes, {}, null);
    const call = (more: object, config: object = {}) => rnn.lstmLayer(x, { ...weights, ...more }, config);
    expect(() => call({ rWeights: weights.weights })).toThrow(
      'Cannot lstmLayer: rWeights has shape [2, 12], needed is [3, 12]',
    );
    expect(() => call({ weights: random(1, 2, 10) })).toThrow('needed is a multiple of 4');
    expect(() => call({ bias: floats(noise(12)) })).toThrow(ND4JIllegalStateException);
    expect(() => call({}, { retFullSequence: false })).toThrow(ND4JIllegalArgumentException);
    expect(() => call({}, { lstmdataformat: 'T2NS' })).toThrow('T2NS needs BIDIR_EXTRA_DIM');
    expect(() => call({}, { gateAct: 'tanh' })).toThrow('needed is one of TANH');
    expect(() => call({}, { cellClip: -1 })).toThrow(RangeError);
    expect(() => call({}, LSTMLayerConfig.builder())).toThrow(TypeError);
    expect(() => rnn.lstmLayer(x, c0, h0, doubles([1]), weights, {})).toThrow('a number of steps per example');
    expect(() => rnn.lstmLayer(x, c0, h0, doubles([1, 4]), weights, {})).toThrow(RangeError);
    expect(() => rnn.lstmLayerBp(x, c0, h0, null, weights, {}, [])).toThrow('needed are 1');
  });
});
