// What a network's builder says for all layers and for training, as a description: the options of NeuralNetConfiguration.Builder.

import { Description, type Fields } from '../../core/description.ts';
import { choice, type Field, field, flag, integer, type Kind, list, nullable } from '../../core/fields.ts';
import type { IActivation } from '../../learning/activations.ts';
import { constraintFamily, type LayerConstraint } from '../../learning/constraints.ts';
import { dropoutKind, type IDropout } from '../../learning/dropout.ts';
import { collectRegularization, type Regularization } from '../../learning/regularization.ts';
import type { IUpdater } from '../../learning/updaters.ts';
import type { IWeightInit } from '../../learning/weightInit.ts';
import type { IWeightNoise } from '../../learning/weightNoise.ts';
import {
  AlgoMode,
  CacheMode,
  ConvolutionMode,
  type GradientNormalization,
  NetworkDataType,
  OptimizationAlgorithm,
  WorkspaceMode,
} from './enums.ts';
import { type BaseLayerOptions, baseLayerFields, type LayerDefaults } from './layerConf.ts';

/** Names of step functions, for optimizers with a line search. @see org.deeplearning4j.nn.conf.stepfunctions.StepFunction */
export const StepFunction = {
  default: 'default',
  gradient: 'gradient',
  negativeDefault: 'negativeDefault',
  negativeGradient: 'negativeGradient',
} as const;
export type StepFunction = keyof typeof StepFunction;

const LEAST_LONG = -(2n ** 63n);
const GREATEST_LONG = 2n ** 63n - 1n;

/** Java's long: a safe integer, or a bigint beyond. */
export const seedKind: Kind<number | bigint> = {
  read: (value, place) => {
    const needed = 'an integer of 64 bits; beyond 2^53 a bigint';
    if (typeof value === 'number') return Number.isSafeInteger(value) ? value : place.outOfRange(value, needed);
    if (typeof value !== 'bigint') return place.wrongType(value, needed);
    if (value < LEAST_LONG || value > GREATEST_LONG) return place.outOfRange(value, needed);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  },
  decode: (value, place) => seedKind.read(value, place),
  encode: (value) => value,
};

/** The options that say how a network is trained, rather than what its layers are. */
export interface TrainingOptions {
  /** Of the weights and of everything else that is random in training. Default: the clock. */
  seed?: number | bigint;
  optimizationAlgo?: OptimizationAlgorithm;
  /** Divide gradients by the size of the minibatch. Default true. */
  miniBatch?: boolean;
  /** Default true. */
  minimize?: boolean;
  /** Default 5. */
  maxNumLineSearchIterations?: number;
  stepFunction?: StepFunction | null;
  /** Default ENABLED. */
  trainingWorkspaceMode?: WorkspaceMode;
  /** Default ENABLED. */
  inferenceWorkspaceMode?: WorkspaceMode;
  cacheMode?: CacheMode;
  /** Of parameters and activations: FLOAT (default), DOUBLE or HALF. */
  dataType?: NetworkDataType;
  /** Of convolutional layers that have none of their own. Default Truncate. */
  convolutionMode?: ConvolutionMode;
  cudnnAlgoMode?: AlgoMode;
}

/** Options for a whole network: those of training, and the defaults of its layers. */
export interface NetworkDefaultsOptions extends TrainingOptions, Omit<BaseLayerOptions, 'name' | 'constraints'> {}

/** Fields of NetworkDefaultsOptions that NeuralNetConfiguration keeps for each layer. */
export const trainingFields: Record<string, Field> = {
  seed: field(seedKind, 0),
  optimizationAlgo: field(choice(OptimizationAlgorithm), 'STOCHASTIC_GRADIENT_DESCENT'),
  miniBatch: field(flag, true),
  minimize: field(flag, true),
  maxNumLineSearchIterations: field(integer(0), 5),
  cacheMode: field(choice(CacheMode), 'NONE'),
  dataType: field(choice(NetworkDataType), 'FLOAT'),
};
const constraints = list<LayerConstraint>(constraintFamily);

/** The defaults of a network's layers and its settings for training, checked. */
export class NetworkDefaults extends Description implements LayerDefaults {
  static override readonly javaName = 'org.deeplearning4j.nn.conf.NeuralNetConfiguration';
  static override readonly fields: Fields = {
    ...baseLayerFields,
    ...trainingFields,
    stepFunction: field(nullable(choice(StepFunction)), null),
    trainingWorkspaceMode: field(choice(WorkspaceMode), 'ENABLED'),
    inferenceWorkspaceMode: field(choice(WorkspaceMode), 'ENABLED'),
    dropOut: field(dropoutKind, null),
    convolutionMode: field(choice(ConvolutionMode), 'Truncate'),
    cudnnAlgoMode: field(choice(AlgoMode), 'PREFER_FASTEST'),
    constrainWeights: field(constraints, []),
    constrainBias: field(constraints, []),
    constrainAllParameters: field(constraints, []),
  };
  declare readonly seed: number | bigint;
  declare readonly optimizationAlgo: OptimizationAlgorithm;
  declare readonly miniBatch: boolean;
  declare readonly minimize: boolean;
  declare readonly maxNumLineSearchIterations: number;
  declare readonly stepFunction: StepFunction | null;
  declare readonly trainingWorkspaceMode: WorkspaceMode;
  declare readonly inferenceWorkspaceMode: WorkspaceMode;
  declare readonly cacheMode: CacheMode;
  declare readonly dataType: NetworkDataType;
  declare readonly convolutionMode: ConvolutionMode;
  declare readonly cudnnAlgoMode: AlgoMode;
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
  declare readonly dropOut: IDropout | null;
  declare readonly constrainWeights: readonly LayerConstraint[];
  declare readonly constrainBias: readonly LayerConstraint[];
  declare readonly constrainAllParameters: readonly LayerConstraint[];

  constructor(options: NetworkDefaultsOptions = {}) {
    super({ seed: Date.now(), ...withoutUndefined(collectRegularization(options)) });
  }
}

function withoutUndefined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
