import { describe, expect, test } from 'vitest';
import { DL4JInvalidConfigException } from '../../../src/core/errors.ts';
import type { Activation } from '../../../src/learning/activations.ts';
import type { LossFunction } from '../../../src/learning/losses.ts';
import { Adam } from '../../../src/learning/updaters.ts';
import {
  ActivationLayer,
  DenseLayer,
  DropoutLayer,
  EmbeddingLayer,
  LossLayer,
  OutputLayer,
} from '../../../src/nn/conf/feedForwardConf.ts';
import { InputType } from '../../../src/nn/conf/inputType.ts';
import type { FeedForwardLayer } from '../../../src/nn/conf/layerConf.ts';
import { MultiLayerConfiguration } from '../../../src/nn/conf/multiLayerConfiguration.ts';

const dense = new DenseLayer({ nOut: 3 });
const output = new OutputLayer({ nOut: 2 });
const small = (): MultiLayerConfiguration =>
  new MultiLayerConfiguration({ seed: 1, inputType: InputType.feedForward(4), layers: [dense, output] });

describe('the input type', () => {
  test.each([
    [InputType.feedForward(9), 9, undefined],
    [InputType.convolutionalFlat(7, 6, 5), 210, undefined],
    [InputType.recurrent(9), 9, 'RnnToFeedForwardPreProcessor'],
    [InputType.convolutional(7, 6, 5), 210, 'CnnToFeedForwardPreProcessor'],
    [InputType.convolutional3D(7, 6, 5, 4), 840, 'Cnn3DToFeedForwardPreProcessor'],
  ])('%s gives a dense layer its nIn and preprocessor', (inputType, nIn, preProcessor) => {
    const conf = new MultiLayerConfiguration({ inputType, layers: [dense, output] });
    expect(conf.layers.map((layer) => (layer as FeedForwardLayer).nIn)).toEqual([nIn, 3]);
    expect(conf.getInputPreProcess(0)?.simpleName).toBe(preProcessor);
    expect(conf.inputPreProcessors.size).toBe(preProcessor === undefined ? 0 : 1);
  });

  test('overrides an nIn that was given, as in DL4J', () => {
    const layers = [new DenseLayer({ nIn: 3, nOut: 3 }), output];
    const conf = new MultiLayerConfiguration({ inputType: InputType.feedForward(7), layers });
    expect((conf.layers[0] as DenseLayer).nIn).toBe(7);
  });

  test('is guessed from a first layer with nIn', () => {
    const conf = new MultiLayerConfiguration({ layers: [new DenseLayer({ nIn: 3, nOut: 5 }), dense, output] });
    expect(conf.layers.map((layer) => (layer as FeedForwardLayer).nIn)).toEqual([3, 5, 3]);
  });

  test('passes through activation and dropout layers', () => {
    const layers = [
      new DropoutLayer(0.5),
      dense,
      new ActivationLayer('RELU'),
      new EmbeddingLayer({ nOut: 2 }),
      new LossLayer({ lossFunction: 'MSE' }),
    ];
    const conf = new MultiLayerConfiguration({ inputType: InputType.feedForward(9), layers });
    expect([1, 3, 4].map((index) => (conf.layers[index] as FeedForwardLayer).nIn)).toEqual([9, 3, 2]);
    expect(conf.getLayerActivationTypes(InputType.feedForward(9)).map(String)).toEqual(
      [9, 3, 3, 2, 2].map((size) => `InputTypeFeedForward(${size})`),
    );
  });

  test('marks dense layers over time steps with the format of the series', () => {
    const conf = new MultiLayerConfiguration({ inputType: InputType.recurrent(4, 5, 'NWC'), layers: [dense, output] });
    expect(conf.layers.map((layer) => (layer as FeedForwardLayer).timeDistributedFormat)).toEqual(['NWC', 'NWC']);
  });

  test('knows its shape', () => {
    expect(InputType.convolutional(1, 2, 3).getShape(true)).toEqual([-1, 3, 1, 2]);
    expect(InputType.convolutional(1, 2, 3, 'NHWC').getShape()).toEqual([1, 2, 3]);
    expect(InputType.recurrent(3).getShape(true)).toEqual([-1, 3, -1]);
    expect(InputType.convolutional3D(1, 2, 3, 4).getShape()).toEqual([1, 2, 3, 4]);
    expect(() => InputType.recurrent(3).arrayElementsPerExample()).toThrow('time series length is not set');
    expect(String(InputType.inferInputType({ shape: () => [8, 3, 5] }))).toBe(
      'InputTypeRecurrent(3,timeSeriesLength=5,format=NCW)',
    );
  });
});

describe('activation and loss of the output layer', () => {
  const build = (activation: Activation, lossFunction: LossFunction, isLossLayer = false): MultiLayerConfiguration =>
    new MultiLayerConfiguration({
      layers: [
        new DenseLayer({ nIn: 3, nOut: 3 }),
        isLossLayer
          ? new LossLayer({ activation, lossFunction })
          : new OutputLayer({ nOut: 2, activation, lossFunction }),
      ],
    });

  // Every combination was tried on DL4J 1.0.0-M2.1.
  test.each<[Activation, LossFunction]>([
    ['RELU', 'XENT'],
    ['LEAKYRELU', 'MCXENT'],
    ['TANH', 'NEGATIVELOGLIKELIHOOD'],
    ['CUBE', 'SPARSE_MCXENT'],
    ['SOFTSIGN', 'XENT'],
    ['THRESHOLDEDRELU', 'MCXENT'],
    ['SELU', 'XENT'],
    ['RRELU', 'MCXENT'],
    ['SOFTMAX', 'XENT'],
    ['SIGMOID', 'MCXENT'],
    ['SIGMOID', 'SPARSE_MCXENT'],
    ['IDENTITY', 'MCXENT'],
  ])('%s with %s is refused, unless validation is off', (activation, lossFunction) => {
    expect(() => build(activation, lossFunction)).toThrow(DL4JInvalidConfigException);
    expect(() => build(activation, lossFunction)).toThrow('Invalid output layer configuration for layer "layer1"');
    const layers = [new OutputLayer({ nIn: 2, nOut: 2, activation, lossFunction })];
    expect(new MultiLayerConfiguration({ layers, validateOutputLayerConfig: false }).validateOutputLayerConfig).toBe(
      false,
    );
  });

  test.each<[Activation, LossFunction]>([
    ['SOFTMAX', 'MCXENT'],
    ['SIGMOID', 'XENT'],
    ['HARDSIGMOID', 'MCXENT'],
    ['GELU', 'XENT'],
    ['MISH', 'MCXENT'],
    ['RECTIFIEDTANH', 'MCXENT'],
    ['RELU', 'KL_DIVERGENCE'],
    ['TANH', 'MSE'],
  ])('%s with %s is accepted', (activation, lossFunction) => {
    expect(build(activation, lossFunction).layers).toHaveLength(2);
  });

  test('identity is accepted in a layer without parameters', () => {
    expect(build('IDENTITY', 'MCXENT', true).layers).toHaveLength(2);
  });
});

describe('MultiLayerConfiguration', () => {
  test('writes the counters of the network into its JSON', () => {
    const conf = small();
    conf.iterationCount = 7;
    conf.epochCount = 2;
    const read = MultiLayerConfiguration.fromJson(conf.toJson());
    expect([read.iterationCount, read.epochCount, read.confs[1]?.epochCount]).toEqual([7, 2, 2]);
    expect(read.equals(conf)).toBe(true);
    expect(read.equals(small())).toBe(false);
  });

  test('keeps a seed of 64 bits', () => {
    const conf = new MultiLayerConfiguration({
      seed: -9223372036854775808n,
      layers: [new OutputLayer({ nIn: 1, nOut: 2 })],
    });
    expect(MultiLayerConfiguration.fromJson(conf.toJson()).seed).toBe(-9223372036854775808n);
  });

  test('setLayer() puts another layer in a place, and clone() is not touched by it', () => {
    const conf = small();
    const copy = conf.clone();
    conf.setLayer(0, (conf.layers[0] as DenseLayer).with({ updater: new Adam(0.5), hasBias: false }));
    expect((conf.layers[0] as DenseLayer).updater.equals(new Adam(0.5))).toBe(true);
    expect(conf.getConf(0).variables).toEqual(['W']);
    expect((copy.layers[0] as DenseLayer).updater.simpleName).toBe('Sgd');
    expect(() => conf.getConf(2)).toThrow(new RangeError('Cannot get layer 2: needed is an index from 0 to 1'));
  });

  test('takes its workspace modes from the builder and can change them', () => {
    const conf = small();
    expect([conf.trainingWorkspaceMode, conf.inferenceWorkspaceMode]).toEqual(['ENABLED', 'ENABLED']);
    conf.setTrainingWorkspaceMode('NONE');
    conf.inferenceWorkspaceMode = 'SINGLE';
    expect(MultiLayerConfiguration.fromJson(conf.toJson())).toMatchObject({
      trainingWorkspaceMode: 'NONE',
      inferenceWorkspaceMode: 'SINGLE',
    });
    expect(() => conf.setTrainingWorkspaceMode('ALL' as 'NONE')).toThrow(TypeError);
  });
});

describe('fromJson()', () => {
  const changed = (from: string | RegExp, to: string): string => {
    const text = small().toJson();
    expect(text).toMatch(from);
    return text.replace(from, to);
  };

  test.each([
    [
      'a size that is a string',
      /"nin" : 3/,
      '"nin" : "3"',
      'Invalid confs[1].layer.nin: found "3", needed is an integer from 0 to 2147483647',
    ],
    ['a negative size', /"nout" : 3/, '"nout" : -3', 'Invalid confs[0].layer.nout: found -3'],
    ['an enormous size', /"nout" : 3/, '"nout" : 99999999999999999999', 'Invalid confs[0].layer.nout: found'],
    [
      'an unknown activation',
      'ActivationSoftmax',
      'ActivationX',
      'Invalid confs[1].layer.activationFn: an activation function of type org.nd4j.linalg.activations.impl.ActivationX is not supported yet; known are ActivationCube',
    ],
    [
      'a layer that is not built yet',
      'layers.DenseLayer',
      'layers.LSTM',
      'Invalid confs[0].layer: a layer of type org.deeplearning4j.nn.conf.layers.LSTM is not supported yet; known are DenseLayer',
    ],
    [
      'a class of the host',
      'org.deeplearning4j.nn.conf.layers.DenseLayer',
      'constructor',
      'a layer of type constructor is not supported',
    ],
    [
      'a layer without class',
      /"@class" : "[\w.]*DenseLayer",/,
      '',
      'Invalid confs[0].layer.@class: found undefined, needed is the name of a class',
    ],
    [
      'a NaN learning rate',
      /"learningRate" : 0.001/,
      '"learningRate" : "NaN"',
      'Invalid confs[0].layer.iupdater: Invalid Sgd.learningRate: found NaN and no schedule',
    ],
    [
      'an unknown backprop type',
      '"Standard"',
      '"Fast"',
      'Invalid backpropType: found "Fast", needed is one of Standard, TruncatedBPTT',
    ],
    ['no list of layers', /"confs" : \[/, '"confs" : 3, "x" : [', 'Invalid confs: found 3, needed is an array'],
    ['a null layer', /"confs" : \[/, '"confs" : [ { "layer" : null },', 'Invalid configuration: layer 0 is null'],
    [
      'a preprocessor for no layer',
      '"inputPreProcessors" : { }',
      '"inputPreProcessors" : { "x" : {} }',
      'Invalid inputPreProcessors.key "x": found "x", needed is an integer from 0',
    ],
    [
      'a data type of integers',
      /"dataType" : "FLOAT"/,
      '"dataType" : "INT"',
      'Invalid confs[0].dataType: found "INT", needed is one of DOUBLE, FLOAT, HALF',
    ],
  ])('refuses %s, naming the place', (_name, from, to, message) => {
    const text = changed(from, to);
    expect(() => MultiLayerConfiguration.fromJson(text)).toThrow(DL4JInvalidConfigException);
    expect(() => MultiLayerConfiguration.fromJson(text)).toThrow(message);
  });

  test('refuses what is no configuration', () => {
    expect(() => MultiLayerConfiguration.fromJson('{')).toThrow(SyntaxError);
    expect(() => MultiLayerConfiguration.fromJson('[]')).toThrow(DL4JInvalidConfigException);
    expect(() => MultiLayerConfiguration.fromJson('{}')).toThrow('Invalid configuration: no layers defined');
    expect(() => MultiLayerConfiguration.fromJson(3 as never)).toThrow(TypeError);
  });

  test('ignores unknown names and reaches no prototype', () => {
    const text = changed('"backpropType"', '"__proto__" : { "polluted" : 1 }, "constructor" : 1, "backpropType"');
    expect(MultiLayerConfiguration.fromJson(text).equals(small())).toBe(true);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('gives what a file lacks its default', () => {
    const conf = MultiLayerConfiguration.fromJson(
      '{"confs":[{"layer":{"@class":"org.deeplearning4j.nn.conf.layers.EmbeddingLayer","nin":3,"nout":2,"iupdater":null}}]}',
    );
    expect(conf).toMatchObject({
      backpropType: 'Standard',
      tbpttFwdLength: 20,
      dataType: 'FLOAT',
      validateOutputLayerConfig: true,
    });
    expect((conf.layers[0] as EmbeddingLayer).hasBias).toBe(true);
    conf.checkSizes();
  });

  test('reads a network of unknown sizes, which checkSizes() refuses', () => {
    const conf = MultiLayerConfiguration.fromJson(changed(/"nin" : 3/, '"nin" : 0'));
    expect(() => conf.checkSizes()).toThrow(
      'OutputLayer (index=1, name=layer1) nIn=0, nOut=2; nIn and nOut must be > 0',
    );
  });
});
