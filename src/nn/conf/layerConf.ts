// What every layer has, as a description, and how a layer takes over the defaults of its network.

import { Description, type DescriptionClass, Family, type Fields, isPlainObject } from '../../core/description.ts';
import { DL4JInvalidConfigException } from '../../core/errors.ts';
import {
  choice,
  type Field,
  field,
  finite,
  flag,
  integer,
  list,
  nullable,
  Place,
  real,
  text,
  unsettable,
} from '../../core/fields.ts';
import { type Activation, ActivationSigmoid, activationKind, type IActivation } from '../../learning/activations.ts';
import { constraintFamily, type LayerConstraint } from '../../learning/constraints.ts';
import { dropoutKind, type IDropout } from '../../learning/dropout.ts';
import { type ILossFunction, type LossFunction, LossMCXENT, lossKind } from '../../learning/losses.ts';
import {
  collectRegularization,
  inheritRegularization,
  type Regularization,
  type RegularizationOptions,
  regularizationFamily,
} from '../../learning/regularization.ts';
import { type IUpdater, Sgd, type Updater, updaterKind } from '../../learning/updaters.ts';
import { type IWeightInit, type WeightInitLike, WeightInitXavier, weightInitKind } from '../../learning/weightInit.ts';
import { type IWeightNoise, weightNoiseKind } from '../../learning/weightNoise.ts';
import { GradientNormalization, RNNFormat } from './enums.ts';
import { flatteningFor, type InputPreProcessor } from './inputPreProcessors.ts';
import { type InputType, InputTypeFeedForward } from './inputType.ts';

/** The keys of a layer's parameters, by role. */
export interface ParameterKeys {
  readonly all: readonly string[];
  readonly weights: readonly string[];
  readonly biases: readonly string[];
}
const NO_PARAMETERS: ParameterKeys = { all: [], weights: [], biases: [] };

/** Constraints by the parameters they are for. */
export interface ConstraintOptions {
  constrainWeights?: readonly LayerConstraint[];
  constrainBias?: readonly LayerConstraint[];
  constrainAllParameters?: readonly LayerConstraint[];
}

/** Options of every layer. */
export interface LayerOptions extends ConstraintOptions {
  /** Default `layer<index>`. */
  name?: string | null;
  /** On the layer's input, in training: the probability of **retaining** a value, or a dropout; 0 and null mean that of the network. */
  dropOut?: number | IDropout | null;
  /** Constraints that name their parameters themselves. */
  constraints?: readonly LayerConstraint[] | null;
}

/** A class of layers. */
export interface LayerClass<T extends LayerConf = LayerConf> extends DescriptionClass<T> {
  /** The activation of layers that do not take that of the network. */
  readonly ownActivation: IActivation | null;
  parameterKeys(layer: Readonly<Record<string, unknown>>): ParameterKeys;
}

/** What a layer takes over where it says nothing itself. */
export interface LayerDefaults extends ConstraintOptions {
  readonly dropOut: IDropout | null;
  readonly activation: IActivation;
  readonly weightInit: IWeightInit;
  readonly biasInit: number;
  readonly gainInit: number;
  readonly updater: IUpdater;
  readonly biasUpdater: IUpdater | null;
  readonly regularization: readonly Regularization[];
  readonly regularizationBias: readonly Regularization[];
  readonly gradientNormalization: GradientNormalization;
  readonly gradientNormalizationThreshold: number;
  readonly weightNoise: IWeightNoise | null;
}

/** A layer as a description. Immutable; without anything given it has the defaults of its class. @see org.deeplearning4j.nn.conf.layers.Layer */
export abstract class LayerConf extends Description {
  static override readonly fields: Fields = {
    name: field(nullable(text), null, { json: 'layerName' }),
    dropOut: field(dropoutKind, null, { json: 'idropout' }),
    constraints: field(nullable(list<LayerConstraint>(constraintFamily)), null),
  };
  static readonly ownActivation: IActivation | null = null;
  declare readonly name: string | null;
  declare readonly dropOut: IDropout | null;
  declare readonly constraints: readonly LayerConstraint[] | null;

  constructor(options: object = {}) {
    super(prepare(new.target as unknown as LayerClass, options));
  }

  /** Which parameters a layer with such fields has, in DL4J's order of registration. */
  static parameterKeys(_layer: Readonly<Record<string, unknown>>): ParameterKeys {
    return NO_PARAMETERS;
  }

  protected get layerClass(): LayerClass {
    return this.constructor as unknown as LayerClass;
  }

  /** Its parameters, in DL4J's order of registration. */
  get parameterKeys(): ParameterKeys {
    return this.layerClass.parameterKeys(this as unknown as Record<string, unknown>);
  }

  /** `layer 2 (hidden, DenseLayer)`, for messages. */
  describe(index: number): string {
    return `layer ${index} (${this.name ?? `layer${index}`}, ${this.simpleName})`;
  }

  /** The layer with the network's defaults wherever it says nothing itself. */
  inherit(defaults: LayerDefaults): this {
    return this.with(this.inherited(defaults));
  }

  /** The values that the network's defaults give. */
  protected inherited(defaults: LayerDefaults): Record<string, unknown> {
    const changes: Record<string, unknown> = {};
    if (!('dropOut' in this.given)) changes.dropOut = defaults.dropOut;
    if ((this.constraints?.length ?? 0) === 0) {
      // As in M2.1, the network's constraints for all parameters have no effect; those of a layer have.
      const { constrainWeights = [], constrainBias = [] } = defaults;
      changes.constraints = placeConstraints({ constrainWeights, constrainBias }, this.parameterKeys);
    }
    return changes;
  }

  /** The layer with its input size taken from what comes in. */
  withInputType(_inputType: InputType, _index: number): this {
    return this;
  }

  /** What the layer gives for such an input. @throws {DL4JInvalidConfigException} for a type it does not take */
  getOutputType(_index: number, inputType: InputType): InputType {
    return inputType;
  }

  /** The change of shape that the layer needs before it; null for none. */
  getPreProcessorForInputType(_inputType: InputType): InputPreProcessor | null {
    return null;
  }

  /** The input type that can be guessed from the layer itself, as first of a network; null for none. */
  guessInputType(): InputType | null {
    return null;
  }

  /** Checks what a layer needs before it can be built. @throws {DL4JInvalidConfigException} naming layer and field */
  checkSizes(_index: number): void {}
}

/** Every known layer: filled in layerTable.ts, which imports the classes. */
export const layerFamily: Family<LayerConf> = new Family('a layer', LayerConf);

/** Options as fields: convenience options resolved, and what is unset left out. */
function prepare(target: LayerClass, options: object): object {
  if (!isPlainObject(options))
    throw new TypeError(
      `Cannot make a ${target.javaName.split('.').at(-1)} from ${typeof options}: needed is an object of options`,
    );
  const { constrainWeights, constrainBias, constrainAllParameters, ...rest } = collectRegularization(options) as Record<
    string,
    unknown
  >;
  const given = Object.fromEntries(
    Object.entries(rest).filter(
      ([name, value]) => value !== undefined && !(value === null || (name === 'dropOut' && value === 0)),
    ),
  );
  if (target.ownActivation !== null) given.activation ??= target.ownActivation;
  const lists = { constrainWeights, constrainBias, constrainAllParameters } as ConstraintOptions;
  if (Object.values(lists).every((each) => each === undefined)) return given;
  if (given.constraints !== undefined) {
    throw new DL4JInvalidConfigException(
      'Invalid constraints beside constrainWeights, constrainBias or constrainAllParameters: found both, needed is one of them',
    );
  }
  const constraints = placeConstraints(lists, target.parameterKeys({ ...defaultsOf(target.fields), ...given }));
  return constraints === null ? given : { ...given, constraints };
}

function defaultsOf(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, { initial }]) => [name, initial]));
}

const constraintList = list<LayerConstraint>(constraintFamily);

/** The constraints with the parameters they are for; null for none. */
function placeConstraints(options: ConstraintOptions, keys: ParameterKeys): LayerConstraint[] | null {
  const rows = [
    ['constrainAllParameters', keys.all],
    ['constrainWeights', keys.weights],
    ['constrainBias', keys.biases],
  ] as const;
  const placed = rows.flatMap(([name, params]) =>
    params.length === 0
      ? []
      : constraintList.read(options[name] ?? [], new Place(name)).map((each) => each.withParams(params)),
  );
  return placed.length === 0 ? null : placed;
}

/** Options of layers with an activation and parameters. */
export interface BaseLayerOptions extends LayerOptions, RegularizationOptions {
  activation?: Activation | IActivation;
  weightInit?: WeightInitLike;
  biasInit?: number;
  /** Initial gain of layer normalization. */
  gainInit?: number;
  updater?: IUpdater | Updater;
  /** Default: as updater. */
  biasUpdater?: IUpdater | Updater | null;
  gradientNormalization?: GradientNormalization;
  gradientNormalizationThreshold?: number;
  weightNoise?: IWeightNoise | null;
}

const threshold = real('a finite number of at least 0', (value) => value >= 0 && value < Number.POSITIVE_INFINITY);

/** The fields of BaseLayerOptions, which the network's defaults have too. */
export const baseLayerFields: Record<string, Field> = {
  activation: field(unsettable(activationKind), new ActivationSigmoid(), { json: 'activationFn' }),
  weightInit: field(unsettable(weightInitKind), new WeightInitXavier(), { json: 'weightInitFn' }),
  biasInit: field(unsettable(finite), 0),
  gainInit: field(unsettable(finite), 1),
  updater: field(unsettable(updaterKind), new Sgd(), { json: 'iupdater' }),
  biasUpdater: field(nullable(updaterKind), null),
  regularization: field(list<Regularization>(regularizationFamily), []),
  regularizationBias: field(list<Regularization>(regularizationFamily), []),
  gradientNormalization: field(unsettable(choice(GradientNormalization)), 'None'),
  gradientNormalizationThreshold: field(unsettable(threshold), 1),
  weightNoise: field(weightNoiseKind, null),
};
/** What is taken over as it is, without rules of its own. */
const plainlyInherited = Object.keys(baseLayerFields).filter(
  (name) => !name.startsWith('regularization'),
) as (keyof LayerDefaults)[];

/** A layer with an activation, an updater and what belongs to them. @see org.deeplearning4j.nn.conf.layers.BaseLayer */
export abstract class BaseLayer extends LayerConf {
  static override readonly fields: Fields = { ...LayerConf.fields, ...baseLayerFields };
  declare readonly activation: IActivation;
  declare readonly weightInit: IWeightInit;
  declare readonly biasInit: number;
  declare readonly gainInit: number;
  declare readonly updater: IUpdater;
  declare readonly biasUpdater: IUpdater | null;
  declare readonly regularization: readonly Regularization[];
  declare readonly regularizationBias: readonly Regularization[];
  declare readonly gradientNormalization: GradientNormalization;
  declare readonly gradientNormalizationThreshold: number;
  declare readonly weightNoise: IWeightNoise | null;

  /** The updater of one of its parameters. */
  getUpdaterByParam(key: string): IUpdater {
    return this.biasUpdater !== null && this.parameterKeys.biases.includes(key) ? this.biasUpdater : this.updater;
  }

  /** The regularization of one of its parameters: that of weights holds for layer-norm gains too. */
  getRegularizationByParam(key: string): readonly Regularization[] {
    const { weights, biases } = this.parameterKeys;
    if (biases.includes(key)) return this.regularizationBias;
    return weights.includes(key) ? this.regularization : [];
  }

  protected override inherited(defaults: LayerDefaults): Record<string, unknown> {
    const changes = super.inherited(defaults);
    for (const name of plainlyInherited) if (!(name in this.given)) changes[name] = defaults[name];
    changes.regularization = inheritRegularization(this.regularization, defaults.regularization);
    changes.regularizationBias = inheritRegularization(this.regularizationBias, defaults.regularizationBias);
    return changes;
  }
}

/** Options of layers with a number of inputs and outputs. */
export interface FeedForwardLayerOptions extends BaseLayerOptions {
  /** Inputs; 0 (default) means: from the layer before. */
  nIn?: number;
  nOut?: number;
  /** Set where the rows are the time steps of series. */
  timeDistributedFormat?: RNNFormat | null;
}

/** A layer with a number of inputs and outputs. @see org.deeplearning4j.nn.conf.layers.FeedForwardLayer */
export abstract class FeedForwardLayer extends BaseLayer {
  static override readonly fields: Fields = {
    ...BaseLayer.fields,
    nIn: field(integer(0), 0, { json: 'nin' }),
    nOut: field(integer(0), 0, { json: 'nout' }),
    timeDistributedFormat: field(nullable(choice(RNNFormat)), null),
  };
  declare readonly nIn: number;
  declare readonly nOut: number;
  declare readonly timeDistributedFormat: RNNFormat | null;

  override withInputType(inputType: InputType, index: number): this {
    const { timeDistributedFormat, size } = this.rows(inputType, index);
    return this.with({ nIn: size, timeDistributedFormat });
  }

  override getOutputType(index: number, inputType: InputType): InputType {
    this.rows(inputType, index);
    if (this.nOut === 0) this.#refuse(index, 'nOut');
    return new InputTypeFeedForward(this.nOut, this.timeDistributedFormat);
  }

  override getPreProcessorForInputType(inputType: InputType): InputPreProcessor | null {
    return flatteningFor(inputType);
  }

  override guessInputType(): InputType | null {
    return this.nIn > 0 ? new InputTypeFeedForward(this.nIn) : null;
  }

  override checkSizes(index: number): void {
    if (this.parameterKeys.all.length === 0) return;
    if (this.nIn === 0) this.#refuse(index, 'nIn');
    if (this.nOut === 0) this.#refuse(index, 'nOut');
  }

  /** The input as rows. */
  protected rows(inputType: InputType, index: number): InputTypeFeedForward {
    if (inputType.type === 'FF') return inputType;
    if (inputType.type === 'CNNFlat') return new InputTypeFeedForward(inputType.arrayElementsPerExample());
    throw new DL4JInvalidConfigException(
      `Invalid input type (layer index = ${index}, layer name="${this.name}"): expected FeedForward input type. Got: ${inputType}`,
    );
  }

  #refuse(index: number, name: 'nIn' | 'nOut'): never {
    const advice = name === 'nIn' ? '; set nIn, or the input type of the network' : '';
    throw new DL4JInvalidConfigException(
      `${this.simpleName} (index=${index}, name=${this.name ?? `layer${index}`}) nIn=${this.nIn}, nOut=${this.nOut}; nIn and nOut must be > 0: found ${name}=0${advice}`,
    );
  }
}

/** Options of output layers. */
export interface OutputLayerOptions extends FeedForwardLayerOptions {
  lossFunction?: LossFunction | ILossFunction;
}
/** The loss function's field. */
export const lossFields: Record<string, Field> = {
  lossFunction: field(lossKind, new LossMCXENT(), { json: 'lossFn' }),
};
/** Field of layers that can go without bias. */
export const biasFields: Record<string, Field> = { hasBias: field(flag, true) };

/** A layer that is trained by its loss. @see org.deeplearning4j.nn.conf.layers.BaseOutputLayer */
export abstract class BaseOutputLayer extends FeedForwardLayer {
  static override readonly fields: Fields = { ...FeedForwardLayer.fields, ...lossFields, ...biasFields };
  declare readonly lossFunction: ILossFunction;
  declare readonly hasBias: boolean;
}

/** A layer without parameters, and without what belongs to parameters. @see org.deeplearning4j.nn.conf.layers.NoParamLayer */
export abstract class NoParamLayer extends LayerConf {
  static override readonly fields: Fields = {
    ...LayerConf.fields,
    gradientNormalization: field(choice(GradientNormalization), 'None', { isDerived: true }),
    gradientNormalizationThreshold: field(finite, 0, { isDerived: true }),
  };

  get gradientNormalization(): GradientNormalization {
    return 'None';
  }

  get gradientNormalizationThreshold(): number {
    return 0;
  }
}
