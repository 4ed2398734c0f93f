// Data that do not fit, schedules that fail: nothing changes, nothing stays open, and the message names the culprit.

import { beforeEach, describe, expect, test } from 'vitest';
import { DL4JInvalidInputException } from '../../../src/core/errors.ts';
import { DataSet } from '../../../src/data/dataSet.ts';
import { ExponentialSchedule } from '../../../src/learning/decaySchedules.ts';
import { Adam } from '../../../src/learning/updaters.ts';
import { scope } from '../../../src/memory/currentWorkspace.ts';
import { DenseLayer, EmbeddingLayer, OutputLayer } from '../../../src/nn/conf/feedForwardConf.ts';
import type { MultiLayerNetwork } from '../../../src/nn/network/multiLayerNetwork.ts';
import { doubles, floats, numbers } from '../../support/arrays.ts';
import { resetMemory } from '../../support/memoryReset.ts';
import { classes, features, MODES, networkOf } from '../../support/networks.ts';

beforeEach(() => resetMemory());

/** What must be as before after a call that was refused. */
function expectUntouched(
  network: MultiLayerNetwork,
  call: () => unknown,
  error: new (...args: never[]) => Error,
  message: string | RegExp,
): void {
  const before = numbers(network.params());
  const state = numbers(network.getUpdater().getStateViewArray()!);
  const count = network.getIterationCount();
  let thrown: unknown;
  try {
    call();
  } catch (each) {
    thrown = each;
  }
  expect(thrown).toBeInstanceOf(error);
  expect((thrown as Error).message).toMatch(message);
  expect(numbers(network.params())).toEqual(before);
  expect(numbers(network.getUpdater().getStateViewArray()!)).toEqual(state);
  expect(network.getIterationCount()).toBe(count);
  expect(scope.current).toBeNull();
  expect(scope.entries).toEqual([]);
  expect(network.getLayers().every((layer) => layer.maskArray === null && layer.input() === null)).toBe(true);
}

describe('data that do not fit', () => {
  for (const mode of MODES) {
    test(`change nothing, and the message names the layer (${mode})`, () => {
      const network = networkOf(mode);
      network.fit(features(), classes());
      const refuse = (call: () => unknown, message: string | RegExp): void =>
        expectUntouched(network, call, DL4JInvalidInputException, message);
      const width =
        /Input size \(5 columns; shape = \[6, 5\]\) is invalid: does not match layer input size \(layer # inputs = 4\) \(layer name: layer0, layer index: 0, layer type: DenseLayer\)/;
      refuse(() => network.fit(features(6, 5), classes()), width);
      refuse(() => network.output(features(6, 5)), width);
      refuse(() => network.score(new DataSet(features(6, 5), classes())), width);
      refuse(() => network.feedForward(features(6, 5)), width);
      refuse(
        () => network.fit(features().reshape(6, 2, 2), classes()),
        /expected matrix \(rank 2\), got rank 3 array with shape \[6, 2, 2\]/,
      );
      refuse(
        () => network.fit(features(), classes(6, 4)),
        /got shapes \[6, 4\] vs \[6, 3\].*layer name: layer2, layer index: 2, layer type: OutputLayer/,
      );
      refuse(() => network.fit(features(), classes(5)), /features of shape \[6, 4\] to labels of shape \[5, 3\]/);
      const bad = features();
      bad.putScalar(2, 3, Number.NaN);
      refuse(() => network.fit(bad, classes()), /Cannot fit features of shape \[6, 4\]: element \[2, 3\] is NaN/);
      const infinite = features();
      infinite.putScalar(4, 0, Number.NEGATIVE_INFINITY);
      refuse(() => network.fit(infinite, classes()), /features of shape \[6, 4\]: element \[4, 0\] is -Infinity/);
      const labels = classes();
      labels.putScalar(3, 1, Number.NaN);
      refuse(() => network.fit(features(), labels), /Cannot fit labels of shape \[6, 3\]: element \[3, 1\] is NaN/);
      refuse(
        () => network.fit(features(6), [0, 1, 2, 3, 0, 1]),
        /Cannot fit class 3 of example 3: needed is a whole number from 0 to 2/,
      );
      refuse(() => network.fit(new DataSet(features(), classes(), null, floats([1, 1], [2, 1]))), /[Mm]ask/);
      network.fit(features(), classes());
      expect(network.getIterationCount()).toBe(2);
    });
  }

  test('a schedule that fails changes nothing', () => {
    class Failing extends ExponentialSchedule {
      override valueAt(iteration: number, epoch: number): number {
        if (iteration === 1) throw new RangeError('no rate for iteration 1');
        return super.valueAt(iteration, epoch);
      }
    }
    const layers = [
      new DenseLayer({ nIn: 4, nOut: 5, updater: new Adam(0.1) }),
      new OutputLayer({ nIn: 5, nOut: 3, updater: new Adam(new Failing('ITERATION', 0.1, 0.9)) }),
    ];
    const network = networkOf('ENABLED', layers);
    network.fit(features(), classes());
    expectUntouched(network, () => network.fit(features(), classes()), RangeError, 'no rate for iteration 1');
  });

  test('an index outside of an embedding names entry and range', () => {
    const network = networkOf('ENABLED', [
      new EmbeddingLayer({ nIn: 5, nOut: 3 }),
      new OutputLayer({ nIn: 3, nOut: 2 }),
    ]);
    const bad = doubles([1, 7], [2, 1]);
    expectUntouched(
      network,
      () => network.fit(bad, classes(2, 2)),
      DL4JInvalidInputException,
      /got index 7 for entry 1 in minibatch; indexes must be between 0 and nIn-1 inclusive \(0 to 4\)/,
    );
    expect(() => network.output(features(3, 2))).toThrow(/more than one column/);
  });

  test('a network without a loss refuses to train, naming its last layer', () => {
    const network = networkOf('ENABLED', [new DenseLayer({ nIn: 4, nOut: 3 })]);
    expect(() => network.fit(features(), classes())).toThrow(
      'Cannot fit: the last layer has no loss (layer name: layer0, layer index: 0, layer type: DenseLayer)',
    );
    expect(network.output(features()).shape()).toEqual([6, 3]);
  });

  test('closed arrays are refused', () => {
    const network = networkOf();
    const x = features().dup();
    x.close();
    expect(() => network.output(x)).toThrow(/was closed before call/);
    expect(() => network.fit(x, classes())).toThrow(/was closed before call/);
  });
});
