// The layers that configurations can hold: the one place that knows all their classes.

import {
  ActivationLayer,
  DenseLayer,
  DropoutLayer,
  EmbeddingLayer,
  LossLayer,
  OutputLayer,
} from './feedForwardConf.ts';
import { layerFamily } from './layerConf.ts';

/** Every known layer. */
export const knownLayers = layerFamily.add(
  DenseLayer,
  OutputLayer,
  LossLayer,
  ActivationLayer,
  DropoutLayer,
  EmbeddingLayer,
);
