// Training: what listeners see and in which order, counters, iterators, turns for the host.

import { beforeEach, describe, expect, test } from 'vitest';
import { DataSet } from '../../../src/data/dataSet.ts';
import { ExistingDataSetIterator, ListDataSetIterator } from '../../../src/data/iterator.ts';
import { scope } from '../../../src/memory/currentWorkspace.ts';
import { workspaceManager } from '../../../src/memory/workspaceManager.ts';
import { NDArrayIndex } from '../../../src/ndarray/ndArrayIndex.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { MultiLayerNetwork } from '../../../src/nn/network/multiLayerNetwork.ts';
import { BaseTrainingListener, type Model } from '../../../src/nn/network/trainingListener.ts';
import { numbers } from '../../support/arrays.ts';
import { resetMemory } from '../../support/memoryReset.ts';
import { classes, features, MODES, networkOf } from '../../support/networks.ts';

beforeEach(() => resetMemory());

const batches = (count: number): DataSet[] =>
  Array.from({ length: count }, (_, i) => new DataSet(features(6, 4, i), classes()));

class Recorder extends BaseTrainingListener {
  readonly calls: string[] = [];
  override onEpochStart(model: Model): void {
    this.calls.push(`start of epoch ${model.getEpochCount()}`);
  }
  override onEpochEnd(model: Model): void {
    this.calls.push(`end of epoch ${model.getEpochCount()}`);
  }
  override onForwardPass(_model: Model, activations: readonly INDArray[]): void {
    this.calls.push(`forward ${activations.map((each) => each.shape().join('×')).join(' ')}`);
  }
  override onBackwardPass(): void {
    this.calls.push('backward');
  }
  override onGradientCalculation(): void {
    this.calls.push('gradient');
  }
  override iterationDone(model: Model, iteration: number, epoch: number): void {
    this.calls.push(
      `iteration ${iteration} of epoch ${epoch}, counter ${model.getIterationCount()}, ${model.batchSize()} examples`,
    );
  }
}

describe('listeners', () => {
  for (const mode of MODES) {
    test(`are called in DL4J's order with the counters before their increment (${mode})`, async () => {
      const network = networkOf(mode);
      const recorder = new Recorder();
      network.setListeners(recorder);
      await network.fit(new ListDataSetIterator(batches(1), 1), 2);
      const iteration = (n: number): string[] => [
        'forward 6×4 6×8 6×6',
        'backward',
        'gradient',
        `iteration ${n} of epoch ${n}, counter ${n}, 6 examples`,
      ];
      expect(recorder.calls).toEqual([
        'start of epoch 0',
        ...iteration(0),
        'end of epoch 0',
        'start of epoch 1',
        ...iteration(1),
        'end of epoch 1',
      ]);
      expect([network.getIterationCount(), network.getEpochCount()]).toEqual([2, 2]);
    });
  }

  test('see the raw gradient before the update, and the update after it', () => {
    const network = networkOf();
    const seen: number[][] = [];
    class Watcher extends BaseTrainingListener {
      override onGradientCalculation(model: Model): void {
        seen.push(numbers((model as MultiLayerNetwork).getFlattenedGradients()));
      }
    }
    network.setListeners(new Watcher());
    const reference = network.clone();
    const { gradient } = reference.calculateGradients(features(), classes());
    const before = numbers(network.params());
    network.fit(features(), classes());
    expect(seen[0]).toEqual(numbers(gradient.gradient()));
    const update = numbers(network.getFlattenedGradients());
    numbers(network.params()).forEach((value, i) => {
      expect(value).toBe(Math.fround((before[i] as number) - (update[i] as number)));
    });
  });

  test('setListeners() replaces, addListeners() appends, and epochs are not told of single batches', () => {
    const network = networkOf();
    const [first, second] = [new Recorder(), new Recorder()];
    network.setListeners(first);
    network.setListeners(second);
    network.addListeners(first);
    expect(network.getListeners()).toEqual([second, first]);
    network.fit(features(), classes());
    expect(first.calls).toEqual(second.calls);
    expect(first.calls.some((call) => call.includes('start'))).toBe(false);
    expect(network.getEpochCount()).toBe(0);
  });

  test('a listener that throws in iterationDone() leaves the iteration counted', () => {
    const network = networkOf();
    class Thrower extends BaseTrainingListener {
      override iterationDone(): void {
        throw new Error('enough');
      }
    }
    network.setListeners(new Thrower());
    expect(() => network.fit(features(), classes())).toThrow('enough');
    expect(network.getIterationCount()).toBe(1);
    expect(scope.entries).toEqual([]);
  });

  for (const callback of ['onForwardPass', 'onBackwardPass', 'onGradientCalculation'] as const) {
    test(`a listener that throws in ${callback}() leaves parameters and scopes as they were`, () => {
      const network = networkOf();
      const before = numbers(network.params());
      const thrower = new Recorder();
      thrower[callback] = () => {
        throw new Error('no');
      };
      network.setListeners(thrower);
      expect(() => network.fit(features(), classes())).toThrow('no');
      expect(numbers(network.params())).toEqual(before);
      expect([network.getIterationCount(), scope.entries.length, scope.current]).toEqual([0, 0, null]);
    });
  }
});

describe('fit() of an iterator', () => {
  test('trains as fit() of every batch in turn, and goes on where the iterator stands', async () => {
    const [one, other] = [networkOf(), networkOf()];
    const list = batches(5);
    const iterator = new ListDataSetIterator(list, 1);
    iterator.next();
    await one.fit(iterator);
    for (const batch of list.slice(1)) other.fit(batch);
    expect(numbers(one.params())).toEqual(numbers(other.params()));
    await one.fit(iterator);
    for (const batch of list) other.fit(batch);
    expect(numbers(one.params())).toEqual(numbers(other.params()));
    expect([one.getIterationCount(), one.getEpochCount(), other.getEpochCount()]).toEqual([9, 2, 0]);
  });

  test('gives the host turns, and no scope is open then', async () => {
    const network = networkOf();
    let turns = 0;
    let open = 0;
    let training = true;
    const watch = (): void => {
      turns++;
      open += scope.entries.length;
      if (training) setImmediate(watch);
    };
    setImmediate(watch);
    await network.fit(new ListDataSetIterator(batches(300), 1), 3);
    training = false;
    expect(turns).toBeGreaterThan(2);
    expect(open).toBe(0);
  });

  test('is refused while an earlier one runs, inside of a workspace, and for no epochs', async () => {
    const network = networkOf();
    const running = network.fit(new ListDataSetIterator(batches(300), 1));
    await expect(network.fit(new ListDataSetIterator(batches(1), 1))).rejects.toThrow(
      'an earlier fit of this network is still running',
    );
    await running;
    const workspace = workspaceManager.getAndActivateWorkspace({}, 'OPEN');
    const refused = network.fit(new ListDataSetIterator(batches(1), 1));
    workspace.close();
    await expect(refused).rejects.toThrow(/no workspace may be open then - Open\/active workspaces: \[OPEN\]/);
    await expect(network.fit(new ListDataSetIterator(batches(1), 1), 0)).rejects.toThrow('Cannot fit 0 epochs');
    await network.fit(new ListDataSetIterator(batches(1), 1));
  });

  test('of one that cannot be reset is refused at its end', async () => {
    const network = networkOf();
    const generated = new ExistingDataSetIterator(
      (function* () {
        yield* batches(2);
      })(),
    );
    await expect(network.fit(generated, 2)).rejects.toThrow('it is at its end and does not support reset()');
    expect(network.getIterationCount()).toBe(2);
  });

  test('that fails keeps what was trained, and can be called again', async () => {
    const network = networkOf();
    const list = [...batches(2), new DataSet(features(6, 5), classes())];
    await expect(network.fit(new ListDataSetIterator(list, 1))).rejects.toThrow('layer # inputs = 4');
    expect(network.getIterationCount()).toBe(2);
    await network.fit(new ListDataSetIterator(batches(2), 1));
    expect(network.getIterationCount()).toBe(4);
  });
});

describe('gradients from outside', () => {
  for (const mode of MODES) {
    test(`backpropGradient() gives the hidden layers the gradients that a loss above would (${mode})`, () => {
      const whole = networkOf(mode);
      const hidden = networkOf(mode, whole.getLayerWiseConfigurations().layers.slice(0, 2));
      const count = hidden.numParams();
      hidden.setParams(whole.params().get(NDArrayIndex.interval(0, count)).dup());
      const { gradient } = whole.calculateGradients(features(), classes());
      const expected = numbers(gradient.gradient()).slice(0, count);
      const [, , activations] = hidden.feedForward(features(), true, false) as [INDArray, INDArray, INDArray];
      expect(hidden.getLayers().every((layer) => layer.input()?.isAttached() === false)).toBe(true);
      const top = networkOf(mode, whole.getLayerWiseConfigurations().layers.slice(2));
      top.setParams(whole.params().get(NDArrayIndex.interval(count, whole.numParams())).dup());
      const { inputGradient } = top.calculateGradients(activations, classes());
      const result = hidden.backpropGradient(inputGradient as INDArray);
      numbers(result.gradient.gradient()).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i] as number, 5);
      });
      expect(result.epsilon?.shape()).toEqual([6, 4]);
      expect(scope.entries).toEqual([]);
    });
  }

  test('backpropGradient() is refused for a network with a loss of its own', () => {
    expect(() => networkOf().backpropGradient(classes())).toThrow('the last layer has a loss of its own');
  });

  test('computeGradientAndScore() needs features and labels, and changes no parameter', () => {
    const network = networkOf();
    expect(() => network.computeGradientAndScore()).toThrow('setInput() and setLabels() first');
    const before = numbers(network.params());
    network.setInput(features());
    network.setLabels(classes());
    network.computeGradientAndScore();
    expect(numbers(network.params())).toEqual(before);
    expect(network.score()).toBeCloseTo(network.score(new DataSet(features(), classes())), 6);
    expect([...network.gradient().gradientForVariable().keys()]).toEqual(['0_W', '0_b', '1_W', '1_b', '2_W', '2_b']);
    expect(network.gradientAndScore().score).toBe(network.score());
  });

  test('an update by hand is that of fit()', () => {
    const [byHand, fitted] = [networkOf(), networkOf()];
    fitted.fit(features(), classes());
    const { gradient } = byHand.calculateGradients(features(), classes());
    byHand.getUpdater().update(0, 0, 6);
    byHand.params().subi(gradient.gradient());
    numbers(byHand.params()).forEach((value, i) => {
      expect(value).toBeCloseTo(fitted.params().getDouble(i), 6);
    });
  });
});
