// One `fit` of the MLP 784-256-10, batch 64, Adam, float32: forward, backward and update of 203,530 parameters (about 52 MFLOP).

import {
  Activation,
  Adam,
  DataSet,
  DenseLayer,
  LossFunctions,
  MultiLayerNetwork,
  Nd4j,
  NeuralNetConfiguration,
  OutputLayer,
  WeightInit,
} from '../../src/index.ts';
import { expectClose, type Measurement, measure } from '../harness.ts';
import { BATCH, HIDDEN, INPUTS, OUTPUTS, sampleData } from './mlpData.ts';

export function network(): MultiLayerNetwork {
  const configuration = new NeuralNetConfiguration.Builder()
    .seed(1)
    .updater(new Adam(1e-3))
    .weightInit(WeightInit.XAVIER)
    .list()
    .layer(new DenseLayer.Builder().nIn(INPUTS).nOut(HIDDEN).activation(Activation.RELU).build())
    .layer(
      new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
        .nIn(HIDDEN)
        .nOut(OUTPUTS)
        .activation(Activation.SOFTMAX)
        .build(),
    )
    .build();
  const made = new MultiLayerNetwork(configuration);
  made.init();
  return made;
}

/** The output of the network in plain float64 loops, from its own parameters. */
function reference(net: MultiLayerNetwork, features: Float32Array): Float64Array {
  const [w0, b0, w1, b1] = ['0_W', '0_b', '1_W', '1_b'].map((key) =>
    net.getParam(key).ravel().toDoubleVector(),
  ) as number[][];
  const out = new Float64Array(BATCH * OUTPUTS);
  for (let n = 0; n < BATCH; n++) {
    const hidden = (b0 as number[]).map((bias, h) => {
      let sum = bias;
      for (let i = 0; i < INPUTS; i++) sum += (features[n * INPUTS + i] as number) * (w0?.[i * HIDDEN + h] as number);
      return Math.max(sum, 0);
    });
    const logits = (b1 as number[]).map((bias, o) =>
      hidden.reduce((sum, value, h) => sum + value * (w1?.[h * OUTPUTS + o] as number), bias),
    );
    const largest = Math.max(...logits);
    const total = logits.reduce((sum, value) => sum + Math.exp(value - largest), 0);
    logits.forEach((value, o) => {
      out[n * OUTPUTS + o] = Math.exp(value - largest) / total;
    });
  }
  return out;
}

export function mlp(): Measurement[] {
  const { features, labels } = sampleData();
  const x = Nd4j.create(features, [BATCH, INPUTS]);
  const y = Nd4j.create(labels, [BATCH, OUTPUTS]);
  const net = network();
  expectClose(net.output(x).ravel().toDoubleVector(), reference(net, features), 1e-5, 'output of the MLP');
  const before = net.score(new DataSet(x, y));
  for (let step = 0; step < 20; step++) net.fit(x, y);
  if (!(net.score() < before)) throw new Error(`the MLP does not learn: score ${before} → ${net.score()}`);
  const one = Nd4j.create(features.slice(0, INPUTS), [1, INPUTS]);
  return [
    measure('ndarena', 'mlp', () => net.fit(x, y), { calls: 1, unit: 'ms', sampleMs: 3000 }),
    measure('ndarena', 'mlp output, batch 1', () => net.output(one).close(), { calls: 100, unit: 'µs' }),
  ];
}
