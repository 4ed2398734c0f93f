// The builders of layers: DL4J's methods, each of which sets one option of the layer's constructor and checks it at once.

import type { DescriptionClass } from '../../core/description.ts';
import { Place } from '../../core/fields.ts';
import type { Activation, IActivation } from '../../learning/activations.ts';
import type { LayerConstraint } from '../../learning/constraints.ts';
import type { Distribution } from '../../learning/distributions.ts';
import type { IDropout } from '../../learning/dropout.ts';
import type { ILossFunction, LossFunction } from '../../learning/losses.ts';
import { type Regularization, replaceRegularization } from '../../learning/regularization.ts';
import type { IUpdater, Updater } from '../../learning/updaters.ts';
import type { WeightInitLike } from '../../learning/weightInit.ts';
import type { IWeightNoise } from '../../learning/weightNoise.ts';
import type { GradientNormalization } from './enums.ts';
import type { LayerConf } from './layerConf.ts';

/** Collects options and checks each when it is set. */
export abstract class OptionsBuilder {
  protected readonly options: Record<string, unknown> = {};
  readonly #target: DescriptionClass;

  constructor(target: DescriptionClass) {
    this.#target = target;
  }

  /** Sets an option; one that is a field is checked here, where the stack still shows who set it. */
  protected set(name: string, value: unknown): this {
    const { fields, javaName } = this.#target;
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const place = new Place(`${javaName.slice(javaName.lastIndexOf('.') + 1)}.${name}`);
    this.options[name] = value === null || known === undefined ? value : known.kind.read(value, place);
    return this;
  }

  /** Replaces an entry of a regularization list. */
  protected regularize(
    list: 'regularization' | 'regularizationBias',
    type: 'l1' | 'l2' | 'weightDecay',
    value: number,
    applyLR?: boolean,
  ): this {
    const before = (this.options[list] ?? []) as readonly Regularization[];
    return this.set(list, replaceRegularization(before, type, value, applyLR));
  }
}

/** What the builders of layers with parameters and that of the network's defaults have in common. */
export abstract class BaseOptionsBuilder extends OptionsBuilder {
  /** Default: that of the network, SIGMOID. */
  activation(activation: Activation | IActivation): this {
    return this.set('activation', activation);
  }
  /** A scheme, its name, or a distribution. Default XAVIER. */
  weightInit(weightInit: WeightInitLike): this {
    return this.set('weightInit', weightInit);
  }
  /** The same as weightInit(distribution). */
  dist(distribution: Distribution): this {
    return this.set('weightInit', distribution);
  }
  biasInit(biasInit: number): this {
    return this.set('biasInit', biasInit);
  }
  gainInit(gainInit: number): this {
    return this.set('gainInit', gainInit);
  }
  updater(updater: IUpdater | Updater): this {
    return this.set('updater', updater);
  }
  biasUpdater(updater: IUpdater | Updater): this {
    return this.set('biasUpdater', updater);
  }
  /** Coefficient of L1 for weights; 0 or less removes it. */
  l1(l1: number): this {
    return this.regularize('regularization', 'l1', l1);
  }
  /** Coefficient of L2 for weights; 0 or less removes it. Replaces a weight decay. */
  l2(l2: number): this {
    return this.regularize('regularization', 'l2', l2);
  }
  l1Bias(l1: number): this {
    return this.regularize('regularizationBias', 'l1', l1);
  }
  l2Bias(l2: number): this {
    return this.regularize('regularizationBias', 'l2', l2);
  }
  /** Weight decay, by default times the learning rate. Replaces L2. */
  weightDecay(coefficient: number, applyLR = true): this {
    return this.regularize('regularization', 'weightDecay', coefficient, applyLR);
  }
  weightDecayBias(coefficient: number, applyLR = true): this {
    return this.regularize('regularizationBias', 'weightDecay', coefficient, applyLR);
  }
  regularization(regularization: readonly Regularization[]): this {
    return this.set('regularization', regularization);
  }
  regularizationBias(regularization: readonly Regularization[]): this {
    return this.set('regularizationBias', regularization);
  }
  gradientNormalization(gradientNormalization: GradientNormalization): this {
    return this.set('gradientNormalization', gradientNormalization);
  }
  gradientNormalizationThreshold(threshold: number): this {
    return this.set('gradientNormalizationThreshold', threshold);
  }
  weightNoise(weightNoise: IWeightNoise): this {
    return this.set('weightNoise', weightNoise);
  }
  /** Probability of **retaining** a value of a layer's input (0: no dropout), or a dropout. */
  dropOut(dropOut: number | IDropout): this {
    return this.set('dropOut', dropOut);
  }
  constrainWeights(...constraints: LayerConstraint[]): this {
    return this.set('constrainWeights', constraints);
  }
  constrainBias(...constraints: LayerConstraint[]): this {
    return this.set('constrainBias', constraints);
  }
  constrainAllParameters(...constraints: LayerConstraint[]): this {
    return this.set('constrainAllParameters', constraints);
  }
}

/** A class of layers, made from options. */
export interface BuiltClass<T extends LayerConf> extends DescriptionClass<T> {
  new (options: never): T;
}

/** Builder of a layer with parameters. @see org.deeplearning4j.nn.conf.layers.BaseLayer.Builder */
export abstract class BaseLayerBuilder<T extends LayerConf> extends BaseOptionsBuilder {
  readonly #layer: BuiltClass<T>;

  constructor(layer: BuiltClass<T>) {
    super(layer);
    this.#layer = layer;
  }

  name(name: string): this {
    return this.set('name', name);
  }

  build(): T {
    return new this.#layer(this.options as never);
  }
}

/** Builder of a layer with sizes. @see org.deeplearning4j.nn.conf.layers.FeedForwardLayer.Builder */
export abstract class FeedForwardLayerBuilder<T extends LayerConf> extends BaseLayerBuilder<T> {
  /** Inputs; without it they are taken from the layer before or the input type. */
  nIn(nIn: number): this {
    return this.set('nIn', nIn);
  }
  nOut(nOut: number): this {
    return this.set('nOut', nOut);
  }
  /** The same as nOut. */
  units(units: number): this {
    return this.set('nOut', units);
  }
}

/** Builder of an output layer. @see org.deeplearning4j.nn.conf.layers.BaseOutputLayer.Builder */
export abstract class BaseOutputLayerBuilder<T extends LayerConf> extends FeedForwardLayerBuilder<T> {
  constructor(layer: BuiltClass<T>, lossFunction?: LossFunction | ILossFunction) {
    super(layer);
    if (lossFunction !== undefined) this.lossFunction(lossFunction);
  }

  lossFunction(lossFunction: LossFunction | ILossFunction): this {
    return this.set('lossFunction', lossFunction);
  }
  hasBias(hasBias: boolean): this {
    return this.set('hasBias', hasBias);
  }
}

/** Builder of a layer without parameters. */
export abstract class NoParamLayerBuilder<T extends LayerConf> extends OptionsBuilder {
  readonly #layer: BuiltClass<T>;

  constructor(layer: BuiltClass<T>) {
    super(layer);
    this.#layer = layer;
  }

  name(name: string): this {
    return this.set('name', name);
  }
  /** Probability of **retaining** a value of the layer's input (0: no dropout), or a dropout. */
  dropOut(dropOut: number | IDropout): this {
    return this.set('dropOut', dropOut);
  }

  build(): T {
    return new this.#layer(this.options as never);
  }
}
