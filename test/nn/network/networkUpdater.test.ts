// The updater: blocks, state layout, order of what happens to a gradient.

import { beforeEach, describe, expect, test } from 'vitest';
import { MaxNormConstraint, NonNegativeConstraint } from '../../../src/learning/constraints.ts';
import { AdaGrad, Adam, AMSGrad, NoOp, RmsProp, Sgd } from '../../../src/learning/updaters.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { DenseLayer, OutputLayer } from '../../../src/nn/conf/feedForwardConf.ts';
import type { MultiLayerNetwork } from '../../../src/nn/network/multiLayerNetwork.ts';
import { floats, numbers } from '../../support/arrays.ts';
import { resetMemory } from '../../support/memoryReset.ts';
import { classes, features, networkOf } from '../../support/networks.ts';

beforeEach(() => resetMemory());

const blocksOf = (network: MultiLayerNetwork): [string, number, number, number][] =>
  network
    .getUpdater()
    .getUpdaterBlocks()
    .map(({ plan }) => [plan.updater.simpleName, plan.offset, plan.length, plan.stateLength]);
const stateOf = (network: MultiLayerNetwork): INDArray => network.getUpdater().getStateViewArray() as INDArray;

describe('blocks', () => {
  test('join neighbours with equal updaters and end where they differ', () => {
    const network = networkOf('ENABLED', [
      new DenseLayer({ nIn: 4, nOut: 3, updater: new Adam(0.1) }),
      new DenseLayer({ nIn: 3, nOut: 2, updater: new Adam(0.1) }),
      new DenseLayer({ nIn: 2, nOut: 2, updater: new Sgd(0.1) }),
      new OutputLayer({ nIn: 2, nOut: 3, updater: new Adam(0.1) }),
    ]);
    expect(blocksOf(network)).toEqual([
      ['Adam', 0, 23, 46],
      ['Sgd', 23, 6, 0],
      ['Adam', 29, 9, 18],
    ]);
    expect(stateOf(network).shape()).toEqual([64]);
  });

  test('are cut by an updater for biases', () => {
    const network = networkOf('ENABLED', [
      new DenseLayer({ nIn: 4, nOut: 3, biasUpdater: new Sgd(1) }),
      new OutputLayer({ nIn: 3, nOut: 3, biasUpdater: new Sgd(1) }),
    ]);
    expect(blocksOf(network)).toEqual([
      ['Adam', 0, 12, 24],
      ['Sgd', 12, 3, 0],
      ['Adam', 15, 9, 18],
      ['Sgd', 24, 3, 0],
    ]);
  });

  test('without state there is no state view', () => {
    const network = networkOf('ENABLED', [new DenseLayer({ nIn: 4, nOut: 3 }), new OutputLayer({ nIn: 3, nOut: 3 })], {
      updater: new Sgd(0.1),
    });
    expect(network.getUpdater().getStateViewArray()).toBeNull();
    expect(() => network.getUpdater().setStateViewArray(floats([1]))).toThrow('found 1 elements, needed are 0');
  });
});

describe('the state', () => {
  test('holds all first moments of a block, then all second ones', () => {
    const network = networkOf();
    const { gradient } = network.calculateGradients(features(), classes());
    const g = numbers(gradient.gradient()).map((value) => Math.fround(value / 6));
    network.fit(features(), classes());
    const state = numbers(stateOf(network));
    expect(state).toHaveLength(230);
    g.forEach((value, i) => {
      expect(state[i]).toBeCloseTo(0.1 * value, 7);
      expect(state[115 + i]).toBeCloseTo(0.001 * value * value, 9);
    });
  });

  test('starts as DL4J’s', () => {
    const layers = [
      new DenseLayer({ nIn: 2, nOut: 2, updater: new AdaGrad(0.1, 0.5) }),
      new DenseLayer({ nIn: 2, nOut: 2, updater: new RmsProp(0.1, 0.9, 0.25) }),
      new OutputLayer({ nIn: 2, nOut: 3, updater: new AMSGrad(0.1) }),
    ];
    const state = numbers(stateOf(networkOf('ENABLED', layers)));
    expect(state.slice(0, 6)).toEqual(new Array(6).fill(Math.fround(1e-6)));
    expect(state.slice(6, 12)).toEqual(new Array(6).fill(0.25));
    expect(state.slice(12)).toEqual(new Array(27).fill(0));
  });

  test('setStateViewArray() copies a vector or a row, and refuses another length', () => {
    const [one, other] = [networkOf(), networkOf()];
    one.fit(features(), classes());
    other.getUpdater().setStateViewArray(stateOf(one).reshape(1, 230));
    expect(numbers(stateOf(other))).toEqual(numbers(stateOf(one)));
    expect(() => other.getUpdater().setStateViewArray(floats([1, 2]))).toThrow('found 2 elements, needed are 230');
  });

  test('of every parameter survives a change of one layer’s learning rate', () => {
    const network = networkOf();
    for (let i = 0; i < 3; i++) network.fit(features(), classes());
    const before = numbers(stateOf(network));
    network.setLearningRate(1, 0.5);
    expect(blocksOf(network).map(([, offset]) => offset)).toEqual([0, 40, 94]);
    const after = numbers(stateOf(network));
    expect(after.slice(0, 40)).toEqual(before.slice(0, 40));
    expect(after.slice(40, 80)).toEqual(before.slice(115, 155));
    expect(after.slice(80, 134)).toEqual(before.slice(40, 94));
    network.setLearningRate(1, 0.05);
    expect(numbers(stateOf(network))).toEqual(before);
  });
});

describe('an update', () => {
  const oneLayer = (options: object, network: object = {}): MultiLayerNetwork =>
    networkOf('ENABLED', [new OutputLayer({ nIn: 4, nOut: 3, ...options })], { updater: new Sgd(0.5), ...network });

  test('divides by the examples unless miniBatch is false', () => {
    const [divided, whole] = [oneLayer({}), oneLayer({}, { miniBatch: false })];
    divided.fit(features(), classes());
    whole.fit(features(), classes());
    numbers(whole.getFlattenedGradients()).forEach((value, i) => {
      expect(divided.getFlattenedGradients().getDouble(i)).toBeCloseTo(value / 6, 6);
    });
    expect(whole.score()).toBeCloseTo(divided.score() * 6, 4);
  });

  test('clips before L2 is added', () => {
    const network = oneLayer({
      gradientNormalization: 'ClipElementWiseAbsoluteValue',
      gradientNormalizationThreshold: 1e-6,
      l2: 10,
      updater: new NoOp(),
    });
    const weights = numbers(network.getParam('0_W'));
    network.fit(features(), classes());
    numbers(network.gradient().getGradientFor('0_W') as INDArray).forEach((value, i) => {
      expect(Math.abs(value - 10 * (weights[i] as number))).toBeLessThan(1e-5);
    });
  });

  test('goes up when minimize is false', () => {
    const network = oneLayer({}, { minimize: false });
    network.fit(features(), classes());
    const first = network.score();
    for (let i = 0; i < 5; i++) network.fit(features(), classes());
    expect(network.score()).toBeGreaterThan(first);
  });

  test('ends with the constraints of the layer', () => {
    const network = oneLayer({
      constrainWeights: [new MaxNormConstraint(0.1, 0)],
      constrainBias: [new NonNegativeConstraint()],
    });
    network.fit(features(), classes());
    const norms = numbers(network.getParam('0_W').norm2(0));
    for (const norm of norms) expect(norm).toBeLessThanOrEqual(0.1);
    for (const bias of numbers(network.getParam('0_b'))) expect(bias).toBeGreaterThanOrEqual(0);
  });

  test('constrains biases along dimension 1 as along their only one', () => {
    const network = oneLayer({ constrainBias: [new MaxNormConstraint(0.01, 1)] });
    network.fit(features(), classes());
    expect(Math.hypot(...numbers(network.getParam('0_b')))).toBeLessThanOrEqual(0.0101);
  });
});
