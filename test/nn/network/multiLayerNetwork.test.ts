// The façade: parameters, outputs, scores, life cycle, and what is refused.

import { beforeEach, describe, expect, test } from 'vitest';
import { DL4JInvalidConfigException } from '../../../src/core/errors.ts';
import { DataSet } from '../../../src/data/dataSet.ts';
import { ListDataSetIterator } from '../../../src/data/iterator.ts';
import { ExponentialSchedule } from '../../../src/learning/decaySchedules.ts';
import { NoOp, Sgd } from '../../../src/learning/updaters.ts';
import { heapUse } from '../../../src/memory/heap.ts';
import { workspaceManager } from '../../../src/memory/workspaceManager.ts';
import { DenseLayer, OutputLayer } from '../../../src/nn/conf/feedForwardConf.ts';
import { InputType } from '../../../src/nn/conf/inputType.ts';
import type { MultiLayerNetwork } from '../../../src/nn/network/multiLayerNetwork.ts';
import { floats, numbers } from '../../support/arrays.ts';
import { resetMemory } from '../../support/memoryReset.ts';
import { classes, features, networkOf, threeLayers, uninitialized } from '../../support/networks.ts';

beforeEach(() => resetMemory());

describe('init()', () => {
  test('draws the same parameters for the same seed, whatever was drawn before', () => {
    const first = numbers(networkOf().params());
    features().add(1);
    expect(numbers(networkOf().params())).toEqual(first);
    expect(numbers(networkOf('ENABLED', threeLayers(), { seed: 2 }).params())).not.toEqual(first);
  });

  test('takes parameters, copied or as they are', () => {
    const given = networkOf().params().dup().mul(2);
    const copied = uninitialized();
    copied.init(given.reshape(1, given.length()));
    expect(numbers(copied.params())).toEqual(numbers(given));
    given.putScalar(0, 77);
    expect(copied.params().getDouble(0)).not.toBe(77);
    const shared = uninitialized();
    shared.init(given, false);
    given.putScalar(0, 78);
    expect(shared.getParam('0_W').getDouble(0)).toBe(78);
  });

  test('refuses parameters of another number, and leaves nothing behind', () => {
    const network = uninitialized();
    const given = floats([1, 2, 3]);
    const blocks = heapUse.blocks;
    expect(() => network.init(given)).toThrow('Invalid parameters: expected length 115, got length 3');
    expect(heapUse.blocks).toBe(blocks);
    expect(network.isInitCalled()).toBe(false);
  });

  test('does nothing the second time', () => {
    const network = networkOf();
    network.params().assign(3);
    network.init();
    expect(network.params().getDouble(5)).toBe(3);
  });

  test('makes detached parameters inside of a workspace, too', () => {
    const network = uninitialized();
    const workspace = workspaceManager.getAndActivateWorkspace({}, 'OUTER');
    network.init();
    workspace.close();
    expect(
      [network.params(), network.getFlattenedGradients(), network.getUpdater().getStateViewArray()].map((each) =>
        each?.isAttached(),
      ),
    ).toEqual([false, false, false]);
  });
});

describe('parameters', () => {
  test('are views of one vector: weights in f order, vectors of rank 1', () => {
    const network = networkOf();
    expect(network.numParams()).toBe(4 * 8 + 8 + 8 * 6 + 6 + 6 * 3 + 3);
    expect([...network.paramTable()].map(([key, view]) => [key, view.shape(), view.offset])).toEqual([
      ['0_W', [4, 8], 0],
      ['0_b', [8], 32],
      ['1_W', [8, 6], 40],
      ['1_b', [6], 88],
      ['2_W', [6, 3], 94],
      ['2_b', [3], 112],
    ]);
    network.params().putScalar(41, 9);
    expect(network.getParam('1_W').getDouble(1, 0)).toBe(9);
  });

  test('setParams() and setParam() copy', () => {
    const [one, other] = [networkOf(), networkOf('ENABLED', threeLayers(), { seed: 9 })];
    one.setParams(other.params());
    expect(numbers(one.output(features()))).toEqual(numbers(other.output(features())));
    one.setParam('2_b', floats([1, 2, 3], [1, 3]));
    expect(numbers(one.getParam('2_b'))).toEqual([1, 2, 3]);
    one.setParamTable(other.paramTable());
    expect(numbers(one.params())).toEqual(numbers(other.params()));
  });

  test('what does not fit is refused with what is needed', () => {
    const network = networkOf();
    expect(() => network.setParams(floats([1]))).toThrow('expected length 115, got length 1');
    expect(() => network.getParam('0_Q')).toThrow('Cannot get parameter "0_Q": the network has 0_W, 0_b, 1_W');
    expect(() => network.setParam('0_W', floats([1, 2, 3, 4], [2, 2]))).toThrow(
      'Cannot set parameter 0_W from an array of shape [2, 2]: needed is [4, 8]',
    );
    expect(() => network.getLayer('none')).toThrow('named layer0, layer1, layer2');
  });
});

describe('a network that is not initialized', () => {
  const calls: Record<string, (network: MultiLayerNetwork) => unknown> = {
    output: (network) => network.output(features()),
    'score(dataSet)': (network) => network.score(new DataSet(features(), classes())),
    params: (network) => network.params(),
    summary: (network) => network.summary(),
    getUpdater: (network) => network.getUpdater(),
    gradient: (network) => network.gradient(),
  };
  for (const [name, call] of Object.entries(calls)) {
    test(`refuses ${name}, naming the remedy`, () => {
      expect(() => call(uninitialized())).toThrow('the network is not initialized, call init() first');
    });
  }

  test('initializes itself in fit()', () => {
    const network = uninitialized();
    network.fit(features(), classes());
    expect(network.getIterationCount()).toBe(1);
  });
});

describe('other types of data', () => {
  test('DOUBLE and INT features and labels train a FLOAT network', () => {
    const [one, other] = [networkOf(), networkOf()];
    one.fit(features().mul(10).castTo('INT').castTo('FLOAT'), classes());
    other.fit(features().mul(10).castTo('INT'), classes().castTo('DOUBLE'));
    expect(numbers(other.params())).toEqual(numbers(one.params()));
  });

  test('strided views give what their copies give', () => {
    const network = networkOf();
    const wide = features(8, 12, 4);
    const view = wide.transpose().reshape(8, 12).getColumns(1, 4, 7, 10);
    const strided = features(4, 6, 3).transpose();
    const expected = numbers(network.output(strided.dup('c')));
    numbers(network.output(strided)).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 6);
    });
    expect(network.output(view).shape()).toEqual([8, 3]);
  });

  test('class numbers are labels', () => {
    const [one, other] = [networkOf(), networkOf()];
    one.fit(features(), classes());
    other.fit(features(), [0, 1, 2, 0, 1, 2]);
    expect(numbers(other.params())).toEqual(numbers(one.params()));
  });
});

describe('what a network says of itself', () => {
  test('predict() names the largest output', () => {
    const network = networkOf();
    for (let i = 0; i < 200; i++) network.fit(features(), classes());
    expect(network.predict(features())).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test('scoreExamples() sums to score(), and adds the penalty to each example if asked', () => {
    const network = networkOf('ENABLED', threeLayers(), { l2: 0.1 });
    const data = new DataSet(features(), classes());
    const penalty = network.getLayers().reduce((sum, layer) => sum + layer.calcRegularizationScore(), 0);
    const plain = numbers(network.scoreExamples(data));
    expect(plain.reduce((sum, value) => sum + value, 0) / 6 + penalty).toBeCloseTo(network.score(data), 6);
    numbers(network.scoreExamples(data, true)).forEach((value, i) => {
      expect(value).toBeCloseTo((plain[i] as number) + penalty, 5);
    });
  });

  test('sizes and names of layers', () => {
    const network = networkOf();
    expect([
      network.getnLayers(),
      network.layerSize(0),
      network.layerInputSize(2),
      network.getLayer('layer1').index,
      network.getOutputLayer().index,
    ]).toEqual([3, 8, 6, 1, 2]);
  });

  test('summary() without parameters prints a dash', () => {
    expect(networkOf().summary(InputType.feedForward(4))).toContain(
      'InputTypeFeedForward(4)   InputTypeFeedForward(8)',
    );
  });
});

describe('learning rates', () => {
  test('setLearningRate() changes all layers or one, and the configuration with them', () => {
    const network = networkOf('ENABLED', [
      new DenseLayer({ nIn: 4, nOut: 5 }),
      new DenseLayer({ nIn: 5, nOut: 5, updater: new NoOp() }),
      new OutputLayer({ nIn: 5, nOut: 3 }),
    ]);
    network.setLearningRate(0.5);
    expect([0, 1, 2].map((layer) => network.getLearningRate(layer))).toEqual([0.5, null, 0.5]);
    network.setLearningRate(2, new ExponentialSchedule('ITERATION', 0.4, 0.5));
    network.fit(features(), classes());
    expect(network.getLearningRate(2)).toBe(0.2);
    expect(network.getLayerWiseConfigurations().toJson()).toContain('ExponentialSchedule');
  });

  test('refuses a layer that does not exist', () => {
    expect(() => networkOf().setLearningRate(7, 0.1)).toThrow(/Cannot get layer 7/);
  });
});

describe('clone() and close()', () => {
  test('a clone goes on alone, with parameters, updater state and counters', () => {
    const network = networkOf();
    for (let i = 0; i < 3; i++) network.fit(features(), classes());
    const copy = network.clone();
    network.fit(features(), classes());
    copy.fit(features(), classes());
    expect(numbers(copy.params())).toEqual(numbers(network.params()));
    expect(numbers(copy.getUpdater().getStateViewArray()!)).toEqual(numbers(network.getUpdater().getStateViewArray()!));
    copy.fit(features(), classes());
    expect([network.getIterationCount(), copy.getIterationCount()]).toEqual([4, 5]);
  });

  test('close() gives all memory back, twice without harm, and the network says that it is closed', () => {
    const [x, y] = [features(), classes()];
    networkOf().close();
    const blocks = heapUse.blocks;
    {
      using network = networkOf();
      network.fit(x, y);
      network.close();
      expect(() => network.params()).toThrow('Cannot get params: the network has been closed');
      expect(() => network.init()).toThrow('the network has been closed');
    }
    expect(heapUse.blocks).toBe(blocks);
  });

  test('HALF is refused when the network is built', () => {
    expect(() => networkOf('ENABLED', threeLayers(), { dataType: 'HALF' })).toThrow(DL4JInvalidConfigException);
  });
});

describe('output() of an iterator', () => {
  test('joins the outputs of all minibatches', async () => {
    const network = networkOf('ENABLED', threeLayers(), { updater: new Sgd(0.1) });
    const batches = [new DataSet(features(6, 4, 1), classes()), new DataSet(features(3, 4, 2), classes(3))];
    const joined = await network.output(new ListDataSetIterator(batches, 1));
    expect(numbers(joined)).toEqual(batches.flatMap((batch) => numbers(network.output(batch.getFeatures()))));
  });
});
