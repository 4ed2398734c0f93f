// The network of the suites mlp and steady: 784-256-10, Adam.

import {
  Activation,
  Adam,
  DenseLayer,
  LossFunctions,
  MultiLayerNetwork,
  NeuralNetConfiguration,
  OutputLayer,
  WeightInit,
} from 'ndarena';
import { HIDDEN, INPUTS, OUTPUTS, RATE } from '../tasks/mlp.ts';

export function network(): MultiLayerNetwork {
  const configuration = new NeuralNetConfiguration.Builder()
    .seed(1)
    .updater(new Adam(RATE))
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
