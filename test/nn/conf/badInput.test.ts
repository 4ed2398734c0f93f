// What configurations refuse, and that the message says where, what was found and what is needed.

import { describe, expect, test } from 'vitest';
import { DL4JInvalidConfigException } from '../../../src/core/errors.ts';
import { ActivationRReLU } from '../../../src/learning/activations.ts';
import { MaxNormConstraint, MinMaxNormConstraint } from '../../../src/learning/constraints.ts';
import { FixedSchedule } from '../../../src/learning/decaySchedules.ts';
import { NormalDistribution, UniformDistribution } from '../../../src/learning/distributions.ts';
import { AlphaDropout, Dropout, GaussianDropout, GaussianNoise } from '../../../src/learning/dropout.ts';
import { LossBinaryXENT, LossMSE } from '../../../src/learning/losses.ts';
import { L2Regularization, WeightDecay } from '../../../src/learning/regularization.ts';
import { DropConnect } from '../../../src/learning/weightNoise.ts';
import { DenseLayer, DropoutLayer, LossLayer, OutputLayer } from '../../../src/nn/conf/feedForwardConf.ts';
import { CnnToFeedForwardPreProcessor } from '../../../src/nn/conf/inputPreProcessors.ts';
import { InputType } from '../../../src/nn/conf/inputType.ts';
import { MultiLayerConfiguration } from '../../../src/nn/conf/multiLayerConfiguration.ts';
import type { MultiLayerOptions } from '../../../src/nn/conf/multiLayerResolution.ts';
import { NeuralNetConfiguration } from '../../../src/nn/conf/neuralNetConfiguration.ts';

/** An argument that the types forbid, as JavaScript may give it. */
const wrong = (value: unknown): never => value as never;
const output = new OutputLayer({ nIn: 2, nOut: 2 });
const net = (options: Partial<MultiLayerOptions>): MultiLayerConfiguration =>
  new MultiLayerConfiguration({ layers: [output], ...options });

describe('layers refuse', () => {
  test.each([
    [
      'unknown activations',
      () => new DenseLayer({ activation: wrong('RELUU') }),
      'Invalid DenseLayer.activation: found "RELUU", needed is an activation function or one of CUBE, ELU',
    ],
    [
      'activations of other kinds',
      () => new DenseLayer({ activation: wrong(new Dropout(0.5)) }),
      'Invalid DenseLayer.activation: found object Dropout',
    ],
    [
      'names of prototypes',
      () => new DenseLayer({ activation: wrong('__proto__') }),
      'needed is an activation function',
    ],
    [
      'unknown weight initializations',
      () => new DenseLayer({ weightInit: wrong('HE') }),
      'Invalid DenseLayer.weightInit: found "HE"',
    ],
    [
      'DISTRIBUTION without one',
      () => new DenseLayer({ weightInit: wrong('DISTRIBUTION') }),
      'needed is the Distribution itself',
    ],
    [
      'unknown losses',
      () => new OutputLayer({ lossFunction: wrong('CE') }),
      'Invalid OutputLayer.lossFunction: found "CE", needed is a loss function or one of MSE',
    ],
    [
      'sizes that are strings',
      () => new DenseLayer({ nOut: wrong('3') }),
      'Invalid DenseLayer.nOut: found "3", needed is an integer from 0 to 2147483647',
    ],
    [
      'flags that are not',
      () => new DenseLayer({ hasBias: wrong(1) }),
      'Invalid DenseLayer.hasBias: found 1, needed is true or false',
    ],
    [
      'unknown fields',
      () => new DenseLayer({ nout: 3 } as object),
      'Unknown field DenseLayer.nout: known are name, dropOut',
    ],
    [
      'fields named like prototypes',
      () => new DenseLayer(JSON.parse('{"__proto__": 1, "constructor": 2}')),
      'Unknown field DenseLayer.',
    ],
    [
      'what is no object',
      () => new DenseLayer(wrong(3)),
      'Cannot make a DenseLayer from number: needed is an object of options',
    ],
    [
      'a bias without parameters',
      () => new LossLayer.Builder('MSE').hasBias(true),
      'Cannot set hasBias of a LossLayer',
    ],
    [
      'unknown clipping',
      () => new DenseLayer.Builder().gradientNormalization(wrong('Clip')),
      'Invalid DenseLayer.gradientNormalization: found "Clip", needed is one of None, RenormalizeL2PerLayer',
    ],
    [
      'constraints that are numbers',
      () => new DenseLayer({ constrainBias: wrong([1]) }),
      'Invalid constrainBias[0]: found 1, needed is a constraint',
    ],
  ])('%s', (_name, make, message) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });

  test.each([
    ['negative nOut', () => new DenseLayer({ nOut: -3 }), 'Invalid DenseLayer.nOut: found -3'],
    [
      'negative nOut in the builder, at the call',
      () => new DenseLayer.Builder().nOut(-3),
      'Invalid DenseLayer.nOut: found -3',
    ],
    ['fractions of inputs', () => new DenseLayer({ nIn: 2.5 }), 'Invalid DenseLayer.nIn: found 2.5'],
    ['sizes beyond Java’s int', () => new DenseLayer({ nIn: 2 ** 31 }), 'found 2147483648'],
    [
      'NaN as initial bias',
      () => new DenseLayer({ biasInit: Number.NaN }),
      'Invalid DenseLayer.biasInit: found NaN, needed is a finite number',
    ],
    [
      'dropout of more than 1',
      () => new DenseLayer({ dropOut: 1.5 }),
      'Invalid DenseLayer.dropOut: found 1.5, needed is a probability above 0, up to 1',
    ],
    ['negative dropout', () => new DropoutLayer(-0.1), 'Invalid DropoutLayer.dropOut: found -0.1'],
    [
      'L2 beside weight decay',
      () => new DenseLayer({ l2: 0.1, weightDecay: 0.1 }),
      'Invalid l2 beside weightDecay: found both',
    ],
    [
      'L1 beside a list',
      () => new DenseLayer({ l1Bias: 0.1, regularizationBias: [] }),
      'Invalid l1Bias beside regularizationBias',
    ],
    ['NaN as L2', () => new DenseLayer.Builder().l2(Number.NaN), 'Invalid l2: found NaN, needed is a finite number'],
    [
      'constraints given twice',
      () => new DenseLayer({ constraints: [], constrainBias: [] }),
      'Invalid constraints beside constrainWeights',
    ],
  ])('%s', (_name, make, message) => {
    expect(make).toThrow(DL4JInvalidConfigException);
    expect(make).toThrow(message);
  });
});

describe('parts of layers refuse', () => {
  test.each([
    [() => new Dropout(0), 'Invalid Dropout.p: found 0, needed is a probability above 0'],
    [() => new Dropout(Number.NaN), 'Invalid Dropout.p: found NaN and no schedule'],
    [() => new AlphaDropout({ p: 0.5, pSchedule: new FixedSchedule(0.5) }), 'found 0.5 and a schedule'],
    [() => new GaussianDropout(1), 'Invalid GaussianDropout.rate: found 1, needed is a rate from 0, below 1'],
    [() => new GaussianNoise(-1), 'Invalid GaussianNoise.stddev: found -1'],
    [() => new DropConnect(1.2), 'Invalid DropConnect.weightRetainProb: found 1.2'],
    [() => new NormalDistribution(0, -1), 'Invalid NormalDistribution.std: found -1'],
    [
      () => new UniformDistribution(1, 1),
      'Invalid UniformDistribution.upper: found 1, needed is a number above lower (1)',
    ],
    [
      () => new ActivationRReLU(0.5, 0.1),
      'Invalid ActivationRReLU.u: found 0.1, needed is a number of at least l (0.5)',
    ],
    [() => new LossBinaryXENT(0.9), 'Invalid LossBinaryXENT.clipEps: found 0.9'],
    [() => new LossMSE([1, Number.NaN]), 'Invalid LossMSE.weights[1]: found NaN'],
    [() => new L2Regularization(Number.POSITIVE_INFINITY), 'Invalid L2Regularization.l2: found Infinity'],
    [() => new MaxNormConstraint(-1, 0), 'Invalid MaxNormConstraint.maxNorm: found -1'],
    [
      () => new MinMaxNormConstraint(2, 1, 1, 0),
      'Invalid MinMaxNormConstraint.max: found 1, needed is a number of at least min (2)',
    ],
    [() => new CnnToFeedForwardPreProcessor(-1, 2, 3), 'Invalid CnnToFeedForwardPreProcessor.inputHeight: found -1'],
    [
      () => InputType.convolutional(0, 2, 3),
      'Invalid InputType.convolutional height: found 0, needed is an integer from 1',
    ],
  ])('%s', (make, message) => {
    expect(make).toThrow(DL4JInvalidConfigException);
    expect(make).toThrow(message);
  });

  test('arguments of wrong types', () => {
    expect(() => new WeightDecay(wrong('0.1'))).toThrow(
      new TypeError('Invalid WeightDecay.coeff: found "0.1", needed is a schedule'),
    );
    expect(() => new LossMSE(wrong('12'))).toThrow(
      'Invalid LossMSE.weights: found "12", needed is an array of one weight for each output',
    );
    expect(() => new GaussianNoise(wrong({ std: 1 }))).toThrow(
      'Unknown field GaussianNoise.std: known are stddev, stddevSchedule',
    );
  });
});

describe('networks refuse', () => {
  test.each([
    [
      'no layers',
      () => new NeuralNetConfiguration.Builder().list().build(),
      'Invalid configuration: no layers defined',
    ],
    [
      'gaps between layers',
      () => new NeuralNetConfiguration.Builder().list().layer(0, output).layer(2, output).build(),
      'Invalid configuration: layer number 1 not specified. Expect layer numbers to be 0 to 1 inclusive (number of layers defined: 2)',
    ],
    [
      'a first layer of unknown input',
      () => net({ layers: [new DenseLayer({ nOut: 3 }), output] }),
      'DenseLayer (index=0, name=layer0) nIn=0, nOut=3; nIn and nOut must be > 0: found nIn=0; set nIn, or the input type of the network',
    ],
    [
      'a layer without outputs',
      () => net({ layers: [new DenseLayer({ nIn: 3, name: 'hidden' }), output] }),
      'DenseLayer (index=0, name=hidden) nIn=3, nOut=0; nIn and nOut must be > 0: found nOut=0',
    ],
    [
      'segments of 0 steps',
      () => net({ backpropType: 'TruncatedBPTT', tBPTTForwardLength: 0 }),
      'Invalid MultiLayerConfiguration.tbpttFwdLength: found 0, needed is an integer from 1',
    ],
    [
      'preprocessors for layers they lack',
      () => net({ inputPreProcessors: { 3: new CnnToFeedForwardPreProcessor(1, 2, 1) } }),
      'Invalid configuration: input preprocessor for layer 3, needed is a layer from 0 to 0',
    ],
    [
      'preprocessors that do not fit',
      () =>
        net({
          inputType: InputType.feedForward(2),
          inputPreProcessors: { 0: new CnnToFeedForwardPreProcessor(1, 2, 1) },
        }),
      'Cannot apply CnnToFeedForwardPreProcessor to InputTypeFeedForward(2): needed is InputTypeConvolutional',
    ],
    [
      'fractional seeds',
      () => net({ seed: 1.5 }),
      'Invalid NeuralNetConfiguration.seed: found 1.5, needed is an integer of 64 bits',
    ],
    [
      'seeds beyond 64 bits',
      () => net({ seed: 2n ** 63n }),
      'Invalid NeuralNetConfiguration.seed: found 9223372036854775808',
    ],
    [
      'softmax of one output',
      () => net({ layers: [new OutputLayer({ nIn: 2, nOut: 1, name: 'out' })] }),
      'Invalid output layer configuration for layer "out": Softmax + nOut=1 networks are not supported',
    ],
  ])('%s', (_name, make, message) => {
    expect(make).toThrow(DL4JInvalidConfigException);
    expect(make).toThrow(message);
  });

  test.each([
    [
      'unknown updaters',
      () => new NeuralNetConfiguration.Builder().updater(wrong('SDG')),
      'Invalid NeuralNetConfiguration.updater: found "SDG"',
    ],
    [
      'data types of integers',
      () => new NeuralNetConfiguration.Builder().dataType(wrong('INT')),
      'Invalid NeuralNetConfiguration.dataType: found "INT", needed is one of DOUBLE, FLOAT, HALF',
    ],
    [
      'unknown workspace modes',
      () => net({ trainingWorkspaceMode: wrong('ON') }),
      'needed is one of NONE, ENABLED, SINGLE, SEPARATE',
    ],
    [
      'builders in place of layers',
      () => new NeuralNetConfiguration.Builder().list().layer(wrong(new DenseLayer.Builder())),
      'Cannot add layer 0: found a builder, needed is a layer; did you forget build()?',
    ],
    [
      'layers that are plain objects',
      () => net({ layers: wrong([{ nIn: 2 }]) }),
      'Invalid MultiLayerConfiguration.layers[0]: found object Object, needed is a layer',
    ],
    [
      'sizes in place of an input type',
      () => net({ inputType: wrong(4) }),
      'Invalid MultiLayerConfiguration.inputType: found 4, needed is an input type',
    ],
    [
      'unknown options',
      () => net(wrong({ optimizer: 'ADAM' })),
      'Unknown field NeuralNetConfiguration.optimizer: known are activation',
    ],
  ])('%s', (_name, make, message) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });
});
