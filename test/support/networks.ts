// Small networks and data for tests.

import { Adam } from '../../src/learning/updaters.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import type { NetworkDataType, WorkspaceMode } from '../../src/nn/conf/enums.ts';
import { DenseLayer, OutputLayer } from '../../src/nn/conf/feedForwardConf.ts';
import type { LayerConf } from '../../src/nn/conf/layerConf.ts';
import { MultiLayerConfiguration } from '../../src/nn/conf/multiLayerConfiguration.ts';
import { MultiLayerNetwork } from '../../src/nn/network/multiLayerNetwork.ts';
import { arrayWith } from './arrays.ts';
import { noise } from './views.ts';

export const MODES: readonly WorkspaceMode[] = ['NONE', 'ENABLED', 'SINGLE', 'SEPARATE'];

export const threeLayers = (): LayerConf[] => [
  new DenseLayer({ nIn: 4, nOut: 8, activation: 'GELU' }),
  new DenseLayer({ nIn: 8, nOut: 6, activation: 'RELU' }),
  new OutputLayer({ nIn: 6, nOut: 3 }),
];

type Options = Partial<ConstructorParameters<typeof MultiLayerConfiguration>[0]>;

/** An initialized network: 4 → 8 → 6 → 3 with Adam unless told otherwise. */
export function networkOf(
  mode: WorkspaceMode = 'ENABLED',
  layers: readonly LayerConf[] = threeLayers(),
  options: Options = {},
): MultiLayerNetwork {
  const network = uninitialized(mode, layers, options);
  network.init();
  return network;
}

export function uninitialized(
  mode: WorkspaceMode = 'ENABLED',
  layers: readonly LayerConf[] = threeLayers(),
  options: Options = {},
): MultiLayerNetwork {
  const modes = { trainingWorkspaceMode: mode, inferenceWorkspaceMode: mode };
  const configuration = {
    seed: 12345,
    updater: new Adam(0.05),
    validateOutputLayerConfig: false,
    ...modes,
    layers,
    ...options,
  };
  return new MultiLayerNetwork(new MultiLayerConfiguration(configuration as never));
}

export function features(examples = 6, columns = 4, seed = 1, type: NetworkDataType = 'FLOAT'): INDArray {
  return arrayWith(type, noise(examples * columns, seed), [examples, columns]);
}

/** Rows with a 1 in turn at each class. */
export function classes(examples = 6, count = 3, type: NetworkDataType = 'FLOAT'): INDArray {
  const rows = Array.from({ length: examples * count }, (_, i) => Number(Math.floor(i / count) % count === i % count));
  return arrayWith(type, rows, [examples, count]);
}
