// Builders against the configurations that DL4J's builders gave for the same calls.

import { describe, expect, test } from 'vitest';
import { Activation, ActivationReLU } from '../../../src/learning/activations.ts';
import { MaxNormConstraint, NonNegativeConstraint, UnitNormConstraint } from '../../../src/learning/constraints.ts';
import { StepSchedule } from '../../../src/learning/decaySchedules.ts';
import { NormalDistribution, UniformDistribution } from '../../../src/learning/distributions.ts';
import { LossBinaryXENT, LossFunctions, LossMCXENT } from '../../../src/learning/losses.ts';
import { L1Regularization, L2Regularization, WeightDecay } from '../../../src/learning/regularization.ts';
import { Adam, Nesterovs, Sgd } from '../../../src/learning/updaters.ts';
import { WeightInit, WeightInitDistribution } from '../../../src/learning/weightInit.ts';
import {
  ActivationLayer,
  DenseLayer,
  DropoutLayer,
  EmbeddingLayer,
  LossLayer,
  OutputLayer,
} from '../../../src/nn/conf/feedForwardConf.ts';
import type { BaseLayer } from '../../../src/nn/conf/layerConf.ts';
import type { ListBuilder } from '../../../src/nn/conf/listBuilder.ts';
import { MultiLayerConfiguration } from '../../../src/nn/conf/multiLayerConfiguration.ts';
import { NeuralNetConfiguration } from '../../../src/nn/conf/neuralNetConfiguration.ts';
import { goldenFiles } from '../../support/golden.ts';

const builder = () => new NeuralNetConfiguration.Builder().seed(12345).dataType('DOUBLE');
const dense = (nIn: number, nOut: number) => new DenseLayer.Builder().nIn(nIn).nOut(nOut).activation('TANH').build();
const output = (nIn: number, nOut: number) => new OutputLayer.Builder().nIn(nIn).nOut(nOut).build();
const net = (start: InstanceType<typeof NeuralNetConfiguration.Builder>, nIn = 4, hidden = 5, nOut = 3): ListBuilder =>
  start.list().layer(dense(nIn, hidden)).layer(output(hidden, nOut));

const cases: Record<string, () => ListBuilder> = {
  'dense-mlp': () =>
    builder()
      .updater(new Nesterovs(0.1, 0.9))
      .list()
      .layer(0, new DenseLayer.Builder().nIn(6).nOut(8).activation(Activation.RELU).build())
      .layer(1, dense(8, 5))
      .layer(
        2,
        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
          .nIn(5)
          .nOut(3)
          .activation(Activation.SOFTMAX)
          .build(),
      ),
  'reg-l1-l2-adam': () =>
    net(builder().updater(new Adam(0.05)).biasInit(0.1).l1(0.05).l2(0.1).l1Bias(0.02).l2Bias(0.03)),
  'reg-wd-adam-applylr': () => net(builder().updater(new Adam(0.05)).weightDecay(0.1)),
  'con-maxnorm': () => net(builder().updater(new Sgd(0.5)).constrainWeights(new MaxNormConstraint(0.6, 1))),
  'con-all-global': () => net(builder().updater(new Sgd(0.5)).constrainAllParameters(new NonNegativeConstraint())),
  'con-layer-all': () =>
    builder()
      .updater(new Sgd(0.5))
      .list()
      .layer(
        new DenseLayer.Builder()
          .nIn(4)
          .nOut(5)
          .activation('TANH')
          .constrainAllParameters(new NonNegativeConstraint())
          .build(),
      )
      .layer(new OutputLayer.Builder().nIn(5).nOut(3).constrainBias(new MaxNormConstraint(0.02, 0)).build()),
  'noise-dropout-global': () =>
    builder()
      .updater(new Sgd(0.1))
      .dropOut(0.6)
      .activation('TANH')
      .list()
      .layer(dense(5, 7))
      .layer(dense(7, 6))
      .layer(output(6, 3)),
  'noise-dropoutlayer': () =>
    builder()
      .updater(new Adam(0.01))
      .activation('TANH')
      .list()
      .layer(dense(5, 6))
      .layer(new DropoutLayer(0.5))
      .layer(output(6, 3)),
  'upd-bias-updater': () =>
    builder()
      .updater(new Adam(0.01))
      .biasUpdater(new Sgd(0.5))
      .list()
      .layer(dense(4, 5))
      .layer(dense(5, 4))
      .layer(output(4, 3)),
  'embedding-ff': () =>
    builder()
      .updater(new Sgd(0.1))
      .list()
      .layer(new EmbeddingLayer.Builder().nIn(7).nOut(4).build())
      .layer(dense(4, 3))
      .layer(output(3, 2)),
  activationlayer: () =>
    builder()
      .updater(new Sgd(0.1))
      .list(
        new DenseLayer.Builder().nIn(4).nOut(5).activation('IDENTITY').build(),
        new ActivationLayer(Activation.RELU),
        new DenseLayer.Builder().nOut(4).activation('IDENTITY').build(),
        new ActivationLayer.Builder().activation(Activation.SOFTSIGN).build(),
        output(4, 3),
      ),
  'losslayer-tanh-mse': () =>
    builder()
      .updater(new Sgd(0.1))
      .list()
      .layer(new DenseLayer.Builder().nIn(4).nOut(3).activation('IDENTITY').build())
      .layer(new LossLayer.Builder('MSE').activation('TANH').build()),
};

describe('NeuralNetConfiguration.Builder', () => {
  const golden = new Map(goldenFiles('networks').map((file) => [file.name, file]));
  // With other golden files than the project's own, those cases that they lack are left out.
  test.each(Object.entries(cases).filter(([name]) => golden.has(name)))(
    'builds what DL4J builds: %s',
    (name, build) => {
      const { config } = golden.get(name)!.read() as { config: unknown };
      expect(JSON.parse(build().build().toJson())).toEqual(config);
    },
  );

  test('gives layers that say nothing DL4J’s defaults', () => {
    const { layers, seed, confs } = new NeuralNetConfiguration.Builder()
      .list(new DenseLayer({ nIn: 2, nOut: 3 }), output(3, 2))
      .build();
    const first = layers[0] as DenseLayer;
    expect(first.name).toBe('layer0');
    expect(String(first.activation)).toBe('sigmoid');
    expect(first.weightInit.simpleName).toBe('WeightInitXavier');
    expect(first.updater.equals(new Sgd(1e-3))).toBe(true);
    expect(first).toMatchObject({
      biasInit: 0,
      gainInit: 1,
      gradientNormalization: 'None',
      gradientNormalizationThreshold: 1,
    });
    expect(first).toMatchObject({ biasUpdater: null, weightNoise: null, dropOut: null, constraints: null });
    expect(confs[0]).toMatchObject({
      miniBatch: true,
      minimize: true,
      maxNumLineSearchIterations: 5,
      dataType: 'FLOAT',
    });
    expect(Math.abs(Number(seed) - Date.now())).toBeLessThan(60_000);
  });

  test('lets a layer’s own values win', () => {
    const layer = new DenseLayer.Builder()
      .nIn(2)
      .nOut(3)
      .activation(new ActivationReLU(6))
      .weightInit(new UniformDistribution(-1, 1))
      .updater('RMSPROP')
      .gradientNormalizationThreshold(0.5)
      .name('hidden')
      .build();
    const conf = builder()
      .updater(new Adam())
      .weightInit(WeightInit.RELU)
      .gradientNormalization('ClipL2PerLayer')
      .gradientNormalizationThreshold(2)
      .biasInit(0.3);
    const built = conf.list(layer, output(3, 2)).build().layers[0] as DenseLayer;
    expect(built.name).toBe('hidden');
    expect(built.activation.equals(new ActivationReLU(6))).toBe(true);
    expect(built.weightInit.equals(new WeightInitDistribution(new UniformDistribution(-1, 1)))).toBe(true);
    expect(built.updater.simpleName).toBe('RmsProp');
    expect(built).toMatchObject({
      gradientNormalization: 'ClipL2PerLayer',
      gradientNormalizationThreshold: 0.5,
      biasInit: 0.3,
    });
    expect(layer.biasInit).toBe(0);
  });

  test('meets with a plain object in the same configuration', () => {
    const built = builder()
      .updater(new Adam(0.01))
      .l2(1e-4)
      .weightInit(new NormalDistribution(0, 0.1))
      .list(dense(4, 5), output(5, 3))
      .build();
    const plain = new MultiLayerConfiguration({
      seed: 12345,
      dataType: 'DOUBLE',
      updater: new Adam(0.01),
      l2: 1e-4,
      weightInit: new NormalDistribution(0, 0.1),
      layers: [new DenseLayer({ nIn: 4, nOut: 5, activation: 'TANH' }), new OutputLayer({ nOut: 3 })],
    });
    expect(plain.equals(built)).toBe(true);
  });

  test('builds a single layer', () => {
    const conf = builder()
      .updater('ADAM')
      .layer(new DenseLayer({ nIn: 2, nOut: 3 }))
      .build();
    expect((conf.layer as DenseLayer).updater.equals(new Adam())).toBe(true);
    expect(conf.variables).toEqual(['W', 'b']);
  });
});

describe('regularization', () => {
  const listOf = (
    start: InstanceType<typeof NeuralNetConfiguration.Builder>,
    layer = new DenseLayer.Builder(),
  ): string[] =>
    (start.list(layer.nIn(3).nOut(2).build(), output(2, 2)).build().layers[0] as BaseLayer).regularization.map(String);
  const fixed = (value: number): string => `FixedSchedule(value=${value})`;

  // Each row was run on DL4J 1.0.0-M2.1.
  test.each([
    [
      'a global weight decay comes twice',
      () => listOf(builder().weightDecay(0.1, false)),
      [0.1, 0.1].map((c) => `WeightDecay(coeff=${fixed(c)}, applyLR=false)`),
    ],
    [
      'L2 replaces weight decay',
      () => listOf(builder().weightDecay(0.1).l2(0.3)),
      [`L2Regularization(l2=${fixed(0.3)})`],
    ],
    [
      'weight decay replaces L2',
      () => listOf(builder(), new DenseLayer.Builder().l2(0.3).weightDecay(0.1)),
      [`WeightDecay(coeff=${fixed(0.1)}, applyLR=true)`],
    ],
    [
      'the last L2 counts',
      () => listOf(builder().l2(0.3).l1(0.2).l2(0.4)),
      [`L1Regularization(l1=${fixed(0.2)})`, `L2Regularization(l2=${fixed(0.4)})`],
    ],
    [
      'a layer’s L2 joins the global L1',
      () => listOf(builder().l1(0.3), new DenseLayer.Builder().l2(0.1)),
      [`L2Regularization(l2=${fixed(0.1)})`, `L1Regularization(l1=${fixed(0.3)})`],
    ],
    [
      'a layer’s L2 of 0 does not switch the global one off',
      () => listOf(builder().l2(0.3), new DenseLayer.Builder().l2(0)),
      [`L2Regularization(l2=${fixed(0.3)})`],
    ],
    [
      'a layer’s weight decay and the global one add',
      () => listOf(builder().weightDecay(0.2), new DenseLayer.Builder().weightDecay(0.1)),
      [0.1, 0.2].map((c) => `WeightDecay(coeff=${fixed(c)}, applyLR=true)`),
    ],
    ['negative coefficients mean none', () => listOf(builder().l2(-0.3)), []],
  ])('%s', (_name, list, expected) => {
    expect(list()).toEqual(expected);
  });

  test('holds for weights and layer-norm gains, that of biases for biases', () => {
    const layer = new DenseLayer({ nIn: 2, nOut: 2, hasLayerNorm: true, l2: 0.1, l1Bias: 0.2 });
    expect(layer.getRegularizationByParam('g')[0]).toBeInstanceOf(L2Regularization);
    expect(layer.getRegularizationByParam('W')).toHaveLength(1);
    expect(layer.getRegularizationByParam('b')[0]).toBeInstanceOf(L1Regularization);
  });

  test('takes coefficients with schedules', () => {
    const schedule = new StepSchedule('ITERATION', 0.4, 0.5, 2);
    const layer = new DenseLayer({ regularization: [new L2Regularization(schedule), new WeightDecay(0.1, false)] });
    expect((layer.regularization[0] as L2Regularization).l2.valueAt(2, 0)).toBe(0.2);
  });
});

describe('options of a layer', () => {
  test('dropOut(0) means that of the network, as in DL4J', () => {
    const conf = builder()
      .dropOut(0.5)
      .list(new DenseLayer({ nIn: 2, nOut: 2, dropOut: 0 }), output(2, 2))
      .build();
    expect(conf.layers[0]?.dropOut).toMatchObject({ p: 0.5 });
  });

  test('a layer’s constraints replace those of the network', () => {
    const layer = new DenseLayer({ nIn: 2, nOut: 2, constrainBias: [new NonNegativeConstraint()] });
    const conf = builder().constrainWeights(new UnitNormConstraint(1)).list(layer, output(2, 2)).build();
    expect(conf.layers.map((each) => each.constraints?.map(({ simpleName, params }) => [simpleName, params]))).toEqual([
      [['NonNegativeConstraint', ['b']]],
      [['UnitNormConstraint', ['W']]],
    ]);
  });

  test('updaters are chosen by parameter', () => {
    const layer = new DenseLayer({ updater: 'ADAM', biasUpdater: 'SGD' });
    expect([layer.getUpdaterByParam('W').simpleName, layer.getUpdaterByParam('b').simpleName]).toEqual(['Adam', 'Sgd']);
  });

  test('a loss can be given by name, as description, with weights', () => {
    expect(new OutputLayer.Builder('XENT').build().lossFunction.equals(new LossBinaryXENT())).toBe(true);
    const weighted = new OutputLayer({ lossFunction: new LossMCXENT([1, 2, 0.5]) });
    expect((weighted.lossFunction as LossMCXENT).weights?.values).toEqual([1, 2, 0.5]);
    expect(new LossMCXENT(Float32Array.of(1, 2)).equals(new LossMCXENT({ weights: [1, 2] }))).toBe(true);
  });

  test('with() changes a copy and keeps what was given', () => {
    const layer = new DenseLayer({ nIn: 2, nOut: 3, activation: 'RELU' });
    const wider = layer.with({ nOut: 7 });
    expect([layer.nOut, wider.nOut, String(wider.activation)]).toEqual([3, 7, 'relu']);
  });
});
