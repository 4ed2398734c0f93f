// The one table from descriptions of layers to layers at work.

import type { DescriptionClass } from '../../core/description.ts';
import { DL4JInvalidConfigException } from '../../core/errors.ts';
import {
  ActivationLayer,
  DenseLayer,
  DropoutLayer,
  EmbeddingLayer,
  LossLayer,
  OutputLayer,
} from '../conf/feedForwardConf.ts';
import { type LayerConf, layerFamily } from '../conf/layerConf.ts';
import { Dense } from './dense.ts';
import { Embedding } from './embedding.ts';
import type { Layer, LayerContext } from './layer.ts';
import { Loss, Output } from './output.ts';
import { ActivationOnly, DropoutOnly } from './parameterless.ts';

/** Makes a layer at work from its description. */
export type LayerFactory<C extends LayerConf = LayerConf> = (conf: C, context: LayerContext) => Layer;

const factories = new Map<unknown, LayerFactory<never>>();

/** Makes a class of descriptions known, for layers of your own: to networks, and by its `javaName` to configurations read from JSON. */
export function registerLayer<C extends LayerConf>(type: DescriptionClass<C>, factory: LayerFactory<C>): void {
  factories.set(type, factory as LayerFactory<never>);
  if (!layerFamily.knows(type.javaName)) layerFamily.add(type);
}

registerLayer(DenseLayer, (conf, context) => new Dense(conf, context));
registerLayer(OutputLayer, (conf, context) => new Output(conf, context));
registerLayer(LossLayer, (conf, context) => new Loss(conf, context));
registerLayer(EmbeddingLayer, (conf, context) => new Embedding(conf, context));
registerLayer(ActivationLayer, (conf, context) => new ActivationOnly(conf, context));
registerLayer(DropoutLayer, (conf, context) => new DropoutOnly(conf, context));

/** The layer at work for a description. @throws {DL4JInvalidConfigException} naming the layer when there is none. */
export function instantiateLayer(conf: LayerConf, context: LayerContext): Layer {
  const factory = factories.get(conf.constructor) as LayerFactory | undefined;
  if (factory !== undefined) return factory(conf, context);
  throw new DL4JInvalidConfigException(
    `Cannot build ${conf.describe(context.index)}: ${conf.simpleName} has no implementation here; register one with registerLayer`,
  );
}
