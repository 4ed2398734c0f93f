// The builder of a MultiLayerNetwork's layers, which NeuralNetConfiguration.Builder.list() gives.

import { DL4JInvalidConfigException, describeValue } from '../../core/errors.ts';
import type { BackpropType, CacheMode, NetworkDataType, WorkspaceMode } from './enums.ts';
import type { InputPreProcessor } from './inputPreProcessors.ts';
import type { InputType } from './inputType.ts';
import { LayerConf } from './layerConf.ts';
import { MultiLayerConfiguration } from './multiLayerConfiguration.ts';
import type { MultiLayerOptions } from './multiLayerResolution.ts';
import type { NetworkDefaultsOptions } from './networkDefaults.ts';

/** Layers in order, and how they are trained together. @see org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder */
export class ListBuilder {
  readonly #layers = new Map<number, LayerConf>();
  readonly #preProcessors = new Map<number, InputPreProcessor>();
  #options: Omit<MultiLayerOptions, 'layers'>;

  /** @param defaults what holds for all layers. @param layers the first layers. */
  constructor(defaults: NetworkDefaultsOptions, layers: readonly LayerConf[] = []) {
    this.#options = { ...defaults };
    for (const layer of layers) this.layer(layer);
  }

  #set(changes: Omit<MultiLayerOptions, 'layers'>): this {
    this.#options = { ...this.#options, ...changes };
    return this;
  }

  /** Appends a layer, or puts it at an index. */
  layer(layer: LayerConf): this;
  layer(index: number, layer: LayerConf): this;
  layer(first: number | LayerConf, second?: LayerConf): this {
    const layer = typeof first === 'number' ? second : first;
    const index = typeof first === 'number' ? first : this.#layers.size;
    if (!(layer instanceof LayerConf)) {
      throw new TypeError(
        `Cannot add layer ${index}: found ${describeValue(layer)}, needed is a layer; did you forget build()?`,
      );
    }
    if (!Number.isInteger(index) || index < 0) {
      throw new RangeError(`Cannot add a layer at index ${index}: needed is an integer of at least 0`);
    }
    this.#layers.set(index, layer);
    return this;
  }

  /** A change of shape before a layer; without it the needed one is found from the input type. */
  inputPreProcessor(layer: number, preProcessor: InputPreProcessor): this {
    this.#preProcessors.set(layer, preProcessor);
    return this;
  }
  /** What the network is given: sizes and shape changes of all layers follow from it. */
  setInputType(inputType: InputType): this {
    return this.#set({ inputType });
  }
  backpropType(backpropType: BackpropType): this {
    return this.#set({ backpropType });
  }
  /** Default 20. */
  tBPTTForwardLength(length: number): this {
    return this.#set({ tBPTTForwardLength: length });
  }
  /** Default 20. */
  tBPTTBackwardLength(length: number): this {
    return this.#set({ tBPTTBackwardLength: length });
  }
  /** Both lengths. */
  tBPTTLength(length: number): this {
    return this.#set({ tBPTTForwardLength: length, tBPTTBackwardLength: length });
  }
  /** Whether combinations of activation and loss that are likely mistakes are refused. Default true. */
  validateOutputLayerConfig(validate: boolean): this {
    return this.#set({ validateOutputLayerConfig: validate });
  }
  trainingWorkspaceMode(mode: WorkspaceMode): this {
    return this.#set({ trainingWorkspaceMode: mode });
  }
  inferenceWorkspaceMode(mode: WorkspaceMode): this {
    return this.#set({ inferenceWorkspaceMode: mode });
  }
  cacheMode(mode: CacheMode): this {
    return this.#set({ cacheMode: mode });
  }
  dataType(dataType: NetworkDataType): this {
    return this.#set({ dataType });
  }

  /** @throws {DL4JInvalidConfigException} naming layer and field of what does not fit together */
  build(): MultiLayerConfiguration {
    const count = this.#layers.size;
    const layers = Array.from({ length: count }, (_, index) => {
      const layer = this.#layers.get(index);
      if (layer !== undefined) return layer;
      throw new DL4JInvalidConfigException(
        `Invalid configuration: layer number ${index} not specified. Expect layer numbers to be 0 to ${count - 1} inclusive (number of layers defined: ${count})`,
      );
    });
    return new MultiLayerConfiguration({ ...this.#options, layers, inputPreProcessors: this.#preProcessors });
  }
}
