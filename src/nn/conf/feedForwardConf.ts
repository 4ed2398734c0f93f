// The feed-forward layers as descriptions. Each can be made from an object of options or by its builder.

import { type Fields, isPlainObject } from '../../core/description.ts';
import { field, flag } from '../../core/fields.ts';
import {
  type Activation,
  ActivationIdentity,
  ActivationSigmoid,
  ActivationSoftmax,
  activationKind,
  type IActivation,
} from '../../learning/activations.ts';
import type { IDropout } from '../../learning/dropout.ts';
import type { ILossFunction, LossFunction } from '../../learning/losses.ts';
import type { InputPreProcessor } from './inputPreProcessors.ts';
import type { InputType } from './inputType.ts';
import { BaseOutputLayerBuilder, FeedForwardLayerBuilder, NoParamLayerBuilder } from './layerBuilder.ts';
import {
  BaseOutputLayer,
  biasFields,
  FeedForwardLayer,
  type FeedForwardLayerOptions,
  type LayerDefaults,
  type LayerOptions,
  lossFields,
  NoParamLayer,
  type OutputLayerOptions,
  type ParameterKeys,
} from './layerConf.ts';

const PACKAGE: string = 'org.deeplearning4j.nn.conf.layers.';

/** W, then b if there is a bias, then the gain g of layer normalization, which counts as a weight. */
function denseKeys({ hasBias, hasLayerNorm }: Readonly<Record<string, unknown>>): ParameterKeys {
  const biases = hasBias === true ? ['b'] : [];
  const gains = hasLayerNorm === true ? ['g'] : [];
  return { all: ['W', ...biases, ...gains], weights: ['W', ...gains], biases };
}

/** Options of a DenseLayer. */
export interface DenseLayerOptions extends FeedForwardLayerOptions {
  /** Default true. */
  hasBias?: boolean;
  /** Default false. */
  hasLayerNorm?: boolean;
}
/** Builder of a DenseLayer. @see org.deeplearning4j.nn.conf.layers.DenseLayer.Builder */
export class DenseLayerBuilder extends FeedForwardLayerBuilder<DenseLayer> {
  constructor() {
    super(DenseLayer);
  }
  hasBias(hasBias: boolean): this {
    return this.set('hasBias', hasBias);
  }
  hasLayerNorm(hasLayerNorm: boolean): this {
    return this.set('hasLayerNorm', hasLayerNorm);
  }
}
/**
 * Fully connected: [N, nIn] → [N, nOut], act(x · W + b).
 *
 * ```ts
 * new DenseLayer({ nIn: 784, nOut: 256, activation: 'RELU' });
 * new DenseLayer.Builder().nIn(784).nOut(256).activation(Activation.RELU).build();
 * ```
 *
 * @see org.deeplearning4j.nn.conf.layers.DenseLayer
 */
export class DenseLayer extends FeedForwardLayer {
  static override readonly javaName = `${PACKAGE}DenseLayer`;
  static override readonly fields: Fields = {
    ...FeedForwardLayer.fields,
    ...biasFields,
    hasLayerNorm: field(flag, false),
  };
  static readonly Builder = DenseLayerBuilder;
  static override parameterKeys = denseKeys;
  declare readonly hasBias: boolean;
  declare readonly hasLayerNorm: boolean;

  constructor(options?: DenseLayerOptions) {
    super(options);
  }
}

/** Builder of an OutputLayer. @see org.deeplearning4j.nn.conf.layers.OutputLayer.Builder */
export class OutputLayerBuilder extends BaseOutputLayerBuilder<OutputLayer> {
  constructor(lossFunction?: LossFunction | ILossFunction) {
    super(OutputLayer, lossFunction);
  }
}
/** Options of an OutputLayer. */
export interface DenseOutputLayerOptions extends OutputLayerOptions {
  /** Default true. */
  hasBias?: boolean;
}
/** Fully connected, with a loss. Activation SOFTMAX and loss MCXENT unless given. @see org.deeplearning4j.nn.conf.layers.OutputLayer */
export class OutputLayer extends BaseOutputLayer {
  static override readonly javaName = `${PACKAGE}OutputLayer`;
  static override readonly ownActivation: IActivation = new ActivationSoftmax();
  static readonly Builder = OutputLayerBuilder;
  static override parameterKeys = denseKeys;

  constructor(options?: DenseOutputLayerOptions) {
    super(options);
  }
}

/** Builder of a LossLayer. @see org.deeplearning4j.nn.conf.layers.LossLayer.Builder */
export class LossLayerBuilder extends BaseOutputLayerBuilder<LossLayer> {
  constructor(lossFunction?: LossFunction | ILossFunction) {
    super(LossLayer, lossFunction);
  }

  /** @throws {TypeError} A LossLayer has no parameters, so no bias and no sizes. */
  override hasBias(_hasBias: boolean): this {
    throw new TypeError('Cannot set hasBias of a LossLayer: it has no parameters');
  }
}
/** A loss on its input as it is, without parameters. Activation IDENTITY and loss MCXENT unless given. @see org.deeplearning4j.nn.conf.layers.LossLayer */
export class LossLayer extends FeedForwardLayer {
  static override readonly javaName = `${PACKAGE}LossLayer`;
  static override readonly fields: Fields = { ...FeedForwardLayer.fields, ...lossFields };
  static override readonly ownActivation: IActivation = new ActivationIdentity();
  static readonly Builder = LossLayerBuilder;
  declare readonly lossFunction: ILossFunction;

  constructor(options?: OutputLayerOptions) {
    super(options);
  }

  override getOutputType(index: number, inputType: InputType): InputType {
    return this.rows(inputType, index);
  }
}

/** Options of an EmbeddingLayer. */
export interface EmbeddingLayerOptions extends FeedForwardLayerOptions {
  /** Default false. */
  hasBias?: boolean;
}
/** Builder of an EmbeddingLayer. @see org.deeplearning4j.nn.conf.layers.EmbeddingLayer.Builder */
export class EmbeddingLayerBuilder extends FeedForwardLayerBuilder<EmbeddingLayer> {
  constructor() {
    super(EmbeddingLayer);
  }
  hasBias(hasBias: boolean): this {
    return this.set('hasBias', hasBias);
  }
}
/** Row numbers to rows of W: [N, 1] → [N, nOut]. Activation IDENTITY and no bias unless given. @see org.deeplearning4j.nn.conf.layers.EmbeddingLayer */
export class EmbeddingLayer extends FeedForwardLayer {
  static override readonly javaName = `${PACKAGE}EmbeddingLayer`;
  // Files from before the bias was optional lack the name, and have a bias.
  static override readonly fields: Fields = {
    ...FeedForwardLayer.fields,
    hasBias: field(flag, false, { absent: true }),
  };
  static override readonly ownActivation: IActivation = new ActivationIdentity();
  static readonly Builder = EmbeddingLayerBuilder;
  static override parameterKeys = denseKeys;
  declare readonly hasBias: boolean;

  constructor(options?: EmbeddingLayerOptions) {
    super(options);
  }
}

/** Builder of an ActivationLayer. @see org.deeplearning4j.nn.conf.layers.ActivationLayer.Builder */
export class ActivationLayerBuilder extends NoParamLayerBuilder<ActivationLayer> {
  constructor(activation?: Activation | IActivation) {
    super(ActivationLayer);
    if (activation !== undefined) this.activation(activation);
  }
  activation(activation: Activation | IActivation): this {
    return this.set('activation', activation);
  }
}
/** Options of an ActivationLayer. */
export interface ActivationLayerOptions extends LayerOptions {
  activation?: Activation | IActivation;
}
/** An activation function alone, for data of any shape. @see org.deeplearning4j.nn.conf.layers.ActivationLayer */
export class ActivationLayer extends NoParamLayer {
  static override readonly javaName = `${PACKAGE}ActivationLayer`;
  static override readonly fields: Fields = {
    ...NoParamLayer.fields,
    activation: field(activationKind, new ActivationSigmoid(), { json: 'activationFn' }),
  };
  static readonly Builder = ActivationLayerBuilder;
  declare readonly activation: IActivation;

  constructor(options?: Activation | IActivation | ActivationLayerOptions) {
    super(isPlainObject(options) || options === undefined ? options : { activation: options });
  }

  protected override inherited(defaults: LayerDefaults): Record<string, unknown> {
    const changes = super.inherited(defaults);
    return 'activation' in this.given ? changes : { ...changes, activation: defaults.activation };
  }
}

/** Builder of a DropoutLayer. @see org.deeplearning4j.nn.conf.layers.DropoutLayer.Builder */
export class DropoutLayerBuilder extends FeedForwardLayerBuilder<DropoutLayer> {
  constructor(dropOut?: number | IDropout) {
    super(DropoutLayer);
    if (dropOut !== undefined) this.dropOut(dropOut);
  }
}
/** Dropout alone, for data of any shape. @see org.deeplearning4j.nn.conf.layers.DropoutLayer */
export class DropoutLayer extends FeedForwardLayer {
  static override readonly javaName = `${PACKAGE}DropoutLayer`;
  static readonly Builder = DropoutLayerBuilder;

  constructor(options?: number | IDropout | FeedForwardLayerOptions) {
    super(isPlainObject(options) || options === undefined ? options : { dropOut: options });
  }

  override withInputType(): this {
    return this;
  }

  override getOutputType(_index: number, inputType: InputType): InputType {
    return inputType;
  }

  override getPreProcessorForInputType(): InputPreProcessor | null {
    return null;
  }

  override guessInputType(): InputType | null {
    return null;
  }
}
