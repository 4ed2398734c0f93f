// The builder with which every configuration starts.

import type {
  AlgoMode,
  CacheMode,
  ConvolutionMode,
  NetworkDataType,
  OptimizationAlgorithm,
  WorkspaceMode,
} from './enums.ts';
import { BaseOptionsBuilder } from './layerBuilder.ts';
import type { LayerConf } from './layerConf.ts';
import { LayerConfiguration } from './layerConfiguration.ts';
import { ListBuilder } from './listBuilder.ts';
import { NetworkDefaults, type NetworkDefaultsOptions, type StepFunction } from './networkDefaults.ts';

/** Builder of the settings that hold for all layers; `list()` goes on to the layers. @see org.deeplearning4j.nn.conf.NeuralNetConfiguration.Builder */
export class NeuralNetConfigurationBuilder extends BaseOptionsBuilder {
  #layer: LayerConf | null = null;

  constructor() {
    super(NetworkDefaults);
  }

  /** Of initial weights and dropout. Default: the clock. */
  seed(seed: number | bigint): this {
    return this.set('seed', seed);
  }
  /** Divide gradients by the size of the minibatch. Default true. */
  miniBatch(miniBatch: boolean): this {
    return this.set('miniBatch', miniBatch);
  }
  minimize(minimize: boolean): this {
    return this.set('minimize', minimize);
  }
  optimizationAlgo(algorithm: OptimizationAlgorithm): this {
    return this.set('optimizationAlgo', algorithm);
  }
  maxNumLineSearchIterations(iterations: number): this {
    return this.set('maxNumLineSearchIterations', iterations);
  }
  stepFunction(name: StepFunction): this {
    return this.set('stepFunction', name);
  }
  trainingWorkspaceMode(mode: WorkspaceMode): this {
    return this.set('trainingWorkspaceMode', mode);
  }
  inferenceWorkspaceMode(mode: WorkspaceMode): this {
    return this.set('inferenceWorkspaceMode', mode);
  }
  cacheMode(mode: CacheMode): this {
    return this.set('cacheMode', mode);
  }
  /** FLOAT (default), DOUBLE or HALF. */
  dataType(dataType: NetworkDataType): this {
    return this.set('dataType', dataType);
  }
  convolutionMode(mode: ConvolutionMode): this {
    return this.set('convolutionMode', mode);
  }
  /** Without effect: there is no cuDNN here. */
  cudnnAlgoMode(mode: AlgoMode): this {
    return this.set('cudnnAlgoMode', mode);
  }
  /** The layer of a configuration of one layer. */
  layer(layer: LayerConf): this {
    this.#layer = layer;
    return this;
  }

  /** The layers of a MultiLayerNetwork: those given here, and those that `layer` adds. */
  list(...layers: LayerConf[]): ListBuilder {
    return new ListBuilder({ ...this.options } as NetworkDefaultsOptions, layers);
  }

  /** The configuration of the one layer given by `layer`. */
  build(): LayerConfiguration {
    const defaults = new NetworkDefaults(this.options as NetworkDefaultsOptions);
    return LayerConfiguration.of(defaults, this.#layer?.inherit(defaults) ?? null);
  }
}

/**
 * A layer with the settings of its network; `new NeuralNetConfiguration.Builder()` starts a configuration.
 *
 * @see org.deeplearning4j.nn.conf.NeuralNetConfiguration
 */
export const NeuralNetConfiguration = Object.assign(LayerConfiguration, { Builder: NeuralNetConfigurationBuilder });
export type NeuralNetConfiguration = LayerConfiguration;
