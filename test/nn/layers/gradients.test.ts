// Every layer against central differences, in float64.

import { describe, test } from 'vitest';
import { Activation, ActivationReLU, type IActivation } from '../../../src/learning/activations.ts';
import { NormalDistribution } from '../../../src/learning/distributions.ts';
import { AlphaDropout, Dropout, GaussianDropout, GaussianNoise, type IDropout } from '../../../src/learning/dropout.ts';
import { LossBinaryXENT, type LossFunction, LossMCXENT } from '../../../src/learning/losses.ts';
import { DropConnect, WeightNoise } from '../../../src/learning/weightNoise.ts';
import type { WorkspaceMode } from '../../../src/nn/conf/enums.ts';
import {
  ActivationLayer,
  DenseLayer,
  DropoutLayer,
  EmbeddingLayer,
  LossLayer,
  OutputLayer,
} from '../../../src/nn/conf/feedForwardConf.ts';
import type { LayerConf } from '../../../src/nn/conf/layerConf.ts';
import { MultiLayerConfiguration } from '../../../src/nn/conf/multiLayerConfiguration.ts';
import { MultiLayerNetwork } from '../../../src/nn/network/multiLayerNetwork.ts';
import { doubles, random } from '../../support/arrays.ts';
import { checkGradients } from '../../support/gradientCheck.ts';

function networkOf(
  layers: readonly LayerConf[],
  options: Partial<ConstructorParameters<typeof MultiLayerConfiguration>[0]> = {},
): MultiLayerNetwork {
  const configuration = new MultiLayerConfiguration({
    seed: 7,
    dataType: 'DOUBLE',
    validateOutputLayerConfig: false,
    layers,
    ...options,
  } as never);
  const network = new MultiLayerNetwork(configuration);
  network.init();
  // Biases and gains away from their special values.
  network.params().addi(random([network.numParams()], 3).mul(0.1));
  return network;
}

const oneHot = (examples: number, classes: number) =>
  doubles(
    Array.from({ length: examples * classes }, (_, i) => Number(Math.floor(i / classes) % classes === i % classes)),
    [examples, classes],
  );
/** Numbers that keep away from 0, where functions have their kinks. */
const shifted = (shape: readonly number[], seed: number) =>
  random(shape, seed).add(random(shape, seed).gt(0).castTo('DOUBLE').sub(0.5).mul(0.2));

/** Differences cannot follow these: M2.1 has other constants in the derivative than in the function. */
const otherwise = new Set(['RRELU']);

describe('DenseLayer', () => {
  for (const activation of Object.keys(Activation).filter((name) => !otherwise.has(name)) as Activation[]) {
    test(`gradients with ${activation} agree with central differences`, () => {
      const network = networkOf([
        new DenseLayer({ nIn: 5, nOut: 4, activation }),
        new OutputLayer({ nIn: 4, nOut: 3 }),
      ]);
      checkGradients(network, {
        features: shifted([6, 5], 1),
        labels: oneHot(6, 3),
        tolerance: /GELU|HARD|RATIONAL/.test(activation) ? 1e-5 : 1e-6,
      });
    });
  }

  const shapes = [
    [1, 1, 1],
    [1, 3, 2],
    [7, 1, 5],
    [4, 17, 3],
    [9, 2, 19],
  ] as const;
  for (const [examples, inputs, outputs] of shapes) {
    for (const hasLayerNorm of [false, true]) {
      for (const hasBias of [false, true]) {
        test(`gradients of ${examples} × ${inputs} → ${outputs}${hasBias ? ', bias' : ''}${hasLayerNorm ? ', layer norm' : ''}`, () => {
          const network = networkOf([
            new DenseLayer({ nIn: inputs, nOut: outputs, activation: 'TANH', hasBias, hasLayerNorm }),
            new OutputLayer({ nIn: outputs, nOut: 2, hasBias }),
          ]);
          // Of one or two outputs layer normalization leaves only their order.
          const tolerance = hasLayerNorm && outputs < 3 ? 1e-3 : 1e-5;
          checkGradients(network, { features: random([examples, inputs], 5), labels: oneHot(examples, 2), tolerance });
        });
      }
    }
  }

  for (const mode of ['NONE', 'ENABLED', 'SINGLE', 'SEPARATE'] as WorkspaceMode[]) {
    test(`gradients with workspace mode ${mode}`, () => {
      const layers = [
        new DenseLayer({ nIn: 4, nOut: 6, activation: 'SOFTPLUS', hasLayerNorm: true }),
        new DenseLayer({
          nIn: 6,
          nOut: 5,
          activation: new ActivationReLU({ max: 6, threshold: 0.1, negativeSlope: 0.2 }) as IActivation,
        }),
        new OutputLayer({ nIn: 5, nOut: 3 }),
      ];
      const network = networkOf(layers, { trainingWorkspaceMode: mode, inferenceWorkspaceMode: mode });
      checkGradients(network, { features: shifted([5, 4], 1), labels: oneHot(5, 3) });
    });
  }

  test('gradients with a mask of examples', () => {
    const network = networkOf([
      new DenseLayer({ nIn: 4, nOut: 3, activation: 'SIGMOID' }),
      new OutputLayer({ nIn: 3, nOut: 2 }),
    ]);
    const featuresMask = doubles([1, 0, 1, 1, 0], [5, 1]);
    checkGradients(network, { features: random([5, 4], 2), labels: oneHot(5, 2), featuresMask });
  });

  const dropouts: readonly IDropout[] = [
    new Dropout(0.6),
    new AlphaDropout(0.7),
    new GaussianDropout(0.3),
    new GaussianNoise(0.2),
  ];
  for (const dropOut of dropouts) {
    test(`gradients with ${dropOut.simpleName}`, () => {
      const network = networkOf([
        new DenseLayer({ nIn: 6, nOut: 5, activation: 'TANH', dropOut }),
        new OutputLayer({ nIn: 5, nOut: 3, dropOut }),
      ]);
      checkGradients(network, { features: random([4, 6], 2), labels: oneHot(4, 3), trainingSeed: 99 });
    });
  }

  for (const weightNoise of [new DropConnect(0.6), new WeightNoise(new NormalDistribution(0, 0.1))]) {
    test(`gradients with ${weightNoise.simpleName}`, () => {
      const network = networkOf([
        new DenseLayer({ nIn: 5, nOut: 4, activation: 'TANH', weightNoise }),
        new OutputLayer({ nIn: 4, nOut: 2 }),
      ]);
      // The gradient of a dropped weight is that of the value used, which no difference of the weight shows.
      const ofParameters = weightNoise instanceof WeightNoise;
      checkGradients(network, { features: random([3, 5], 4), labels: oneHot(3, 2), trainingSeed: 5, ofParameters });
    });
  }

  test('gradients of L1, L2 and weight decay are left to the updater', () => {
    const network = networkOf([
      new DenseLayer({ nIn: 4, nOut: 3, activation: 'TANH', l1: 0.1, l2: 0.2 }),
      new OutputLayer({ nIn: 3, nOut: 2, weightDecay: 0.3 }),
    ]);
    checkGradients(network, { features: random([3, 4], 2), labels: oneHot(3, 2) });
  });
});

describe('ActivationLayer and DropoutLayer', () => {
  test('gradients of a chain with both', () => {
    const network = networkOf([
      new DenseLayer({ nIn: 5, nOut: 6, activation: 'IDENTITY' }),
      new ActivationLayer({ activation: 'TANH' }),
      new DropoutLayer(0.7),
      new DenseLayer({ nIn: 6, nOut: 4, activation: 'IDENTITY' }),
      new ActivationLayer({ activation: 'SOFTMAX' }),
      new OutputLayer({ nIn: 4, nOut: 2 }),
    ]);
    checkGradients(network, { features: random([4, 5], 6), labels: oneHot(4, 2), trainingSeed: 3 });
  });

  test('gradients when they come first', () => {
    const network = networkOf([
      new DropoutLayer(0.5),
      new ActivationLayer({ activation: 'SIGMOID' }),
      new OutputLayer({ nIn: 5, nOut: 2 }),
    ]);
    checkGradients(network, { features: random([4, 5], 6), labels: oneHot(4, 2), trainingSeed: 3 });
  });
});

describe('EmbeddingLayer', () => {
  for (const hasBias of [false, true]) {
    test(`gradients of repeated rows${hasBias ? ' with bias' : ''}`, () => {
      const network = networkOf([
        new EmbeddingLayer({ nIn: 6, nOut: 4, hasBias, activation: 'TANH' }),
        new OutputLayer({ nIn: 4, nOut: 2 }),
      ]);
      checkGradients(network, { features: doubles([3, 0, 3, 5, 3], [5, 1]), labels: oneHot(5, 2), ofFeatures: false });
    });
  }
});

describe('OutputLayer and LossLayer', () => {
  const probabilities = random([4, 3], 8).mul(0.4).add(0.5);
  const signs = random([4, 3], 8).gt(0).castTo('DOUBLE').mul(2).sub(1);
  /** The activation and the labels that suit each loss. */
  const rows: readonly (readonly [LossFunction, Activation, typeof signs])[] = [
    ['MSE', 'TANH', random([4, 3], 9)],
    ['L1', 'IDENTITY', random([4, 3], 9)],
    ['L2', 'SIGMOID', random([4, 3], 9)],
    ['XENT', 'SIGMOID', probabilities],
    ['MCXENT', 'SOFTMAX', oneHot(4, 3)],
    ['MCXENT', 'SIGMOID', probabilities],
    ['NEGATIVELOGLIKELIHOOD', 'SOFTMAX', oneHot(4, 3)],
    ['SPARSE_MCXENT', 'SOFTMAX', doubles([2, 0, 1, 2], [4, 1])],
    ['KL_DIVERGENCE', 'SOFTMAX', probabilities],
    ['COSINE_PROXIMITY', 'IDENTITY', random([4, 3], 9)],
    ['HINGE', 'TANH', signs],
    ['SQUARED_HINGE', 'TANH', signs],
    ['MEAN_ABSOLUTE_ERROR', 'IDENTITY', random([4, 3], 9)],
    ['MEAN_ABSOLUTE_PERCENTAGE_ERROR', 'IDENTITY', probabilities],
    ['MEAN_SQUARED_LOGARITHMIC_ERROR', 'SIGMOID', probabilities],
    ['POISSON', 'SOFTPLUS', probabilities],
    ['WASSERSTEIN', 'IDENTITY', signs],
  ];
  for (const [lossFunction, activation, labels] of rows) {
    test(`gradients of ${lossFunction} on ${activation}`, () => {
      const output = { activation, lossFunction };
      const network = networkOf([
        new DenseLayer({ nIn: 4, nOut: 5, activation: 'TANH' }),
        new OutputLayer({ nIn: 5, nOut: 3, ...output }),
      ]);
      checkGradients(network, { features: random([4, 4], 2), labels });
      const bare = networkOf([new DenseLayer({ nIn: 4, nOut: 3, activation: 'IDENTITY' }), new LossLayer(output)]);
      checkGradients(bare, { features: random([4, 4], 2), labels });
    });
  }

  for (const [kind, labelsMask] of [
    ['examples', doubles([1, 0, 1, 1], [4, 1])],
    ['outputs', random([4, 3], 12).gt(0).castTo('DOUBLE')],
  ] as const) {
    test(`gradients with a mask of ${kind}`, () => {
      const network = networkOf([
        new DenseLayer({ nIn: 4, nOut: 5, activation: 'TANH' }),
        new OutputLayer({ nIn: 5, nOut: 3, activation: 'SIGMOID', lossFunction: 'MSE' }),
      ]);
      checkGradients(network, { features: random([4, 4], 2), labels: probabilities, labelsMask });
    });
  }

  test('gradients of weighted losses', () => {
    for (const lossFunction of [
      new LossMCXENT({ weights: [0.5, 1, 2] }),
      new LossBinaryXENT({ weights: [0.5, 1, 2] }),
    ]) {
      const activation = lossFunction instanceof LossMCXENT ? 'SOFTMAX' : 'SIGMOID';
      const network = networkOf([
        new DenseLayer({ nIn: 4, nOut: 5, activation: 'TANH' }),
        new OutputLayer({ nIn: 5, nOut: 3, activation, lossFunction }),
      ]);
      checkGradients(network, { features: random([4, 4], 2), labels: oneHot(4, 3) });
    }
  });
});
