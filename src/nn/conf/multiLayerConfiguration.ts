// The configuration of a MultiLayerNetwork, and its JSON.

import { decodeAs } from '../../core/description.ts';
import { Place } from '../../core/fields.ts';
import { formatJson, parseJson } from '../../core/json.ts';
import type { BackpropType, CacheMode, NetworkDataType, WorkspaceMode } from './enums.ts';
import type { InputPreProcessor } from './inputPreProcessors.ts';
import type { InputType } from './inputType.ts';
import type { LayerConf } from './layerConf.ts';
import type { LayerConfiguration } from './layerConfiguration.ts';
import { type MultiLayerOptions, MultiLayerSettings, resolve } from './multiLayerResolution.ts';

/**
 * Layers in order with everything that training them needs. Layers are immutable; `setLayer` puts another one in a place,
 * and the counters go with the network.
 *
 * ```ts
 * new MultiLayerConfiguration({ seed: 42, updater: new Adam(1e-3), layers: [new DenseLayer({ nIn: 4, nOut: 8 }), new OutputLayer({ nOut: 3 })] });
 * ```
 *
 * @see org.deeplearning4j.nn.conf.MultiLayerConfiguration
 */
export class MultiLayerConfiguration {
  #settings: MultiLayerSettings;
  /** Iterations the network has been trained for. */
  iterationCount: number;
  /** Epochs the network has been trained for. */
  epochCount: number;

  /** @throws {DL4JInvalidConfigException} naming layer and field of what does not fit together. @throws {TypeError} for wrong types. */
  constructor(options: MultiLayerOptions | MultiLayerSettings) {
    this.#settings = options instanceof MultiLayerSettings ? options : resolve(options);
    this.iterationCount = this.#settings.iterationCount;
    this.epochCount = this.#settings.epochCount;
  }

  /**
   * Reads DL4J's JSON.
   *
   * @throws {SyntaxError} for text that is not JSON. @throws {DL4JInvalidConfigException} naming the place of what is unknown or wrong.
   */
  static fromJson(json: string): MultiLayerConfiguration {
    return new MultiLayerConfiguration(decodeAs(MultiLayerSettings, parseJson(json), new Place('', true)));
  }

  /** DL4J's JSON. */
  toJson(): string {
    const { iterationCount, epochCount } = this;
    const confs = this.confs.map((each) => (each.epochCount === epochCount ? each : each.with({ epochCount })));
    return formatJson(this.#settings.with({ confs, iterationCount, epochCount }).toJsonObject());
  }

  /** Layers with the settings of the network. */
  get confs(): readonly LayerConfiguration[] {
    return this.#settings.confs;
  }

  getConf(index: number): LayerConfiguration {
    const conf = this.confs[index];
    if (conf === undefined)
      throw new RangeError(`Cannot get layer ${index}: needed is an index from 0 to ${this.confs.length - 1}`);
    return conf;
  }

  getConfs(): readonly LayerConfiguration[] {
    return this.confs;
  }

  /** The layers alone, in order. */
  get layers(): readonly LayerConf[] {
    return this.confs.map(({ layer }) => layer as LayerConf);
  }

  /** Puts another layer in a place: for a changed learning rate or dropout. */
  setLayer(index: number, layer: LayerConf): void {
    const confs = [...this.confs];
    confs[index] = this.getConf(index).with({ layer, variables: layer.parameterKeys.all });
    this.#settings = this.#settings.with({ confs });
  }

  /** The seed of initial weights and of training. */
  get seed(): number | bigint {
    return this.getConf(0).seed;
  }

  /** Changes of shape, by the index of the layer behind them. */
  get inputPreProcessors(): ReadonlyMap<number, InputPreProcessor> {
    return this.#settings.inputPreProcessors;
  }

  /** The change of shape before a layer; null for none. */
  getInputPreProcess(layer: number): InputPreProcessor | null {
    return this.inputPreProcessors.get(layer) ?? null;
  }

  get backpropType(): BackpropType {
    return this.#settings.backpropType;
  }
  /** Time steps of a segment in truncated backpropagation. */
  get tbpttFwdLength(): number {
    return this.#settings.tbpttFwdLength;
  }
  /** Kept as in DL4J, where it has no effect. */
  get tbpttBackLength(): number {
    return this.#settings.tbpttBackLength;
  }
  get dataType(): NetworkDataType {
    return this.#settings.dataType;
  }
  get cacheMode(): CacheMode {
    return this.#settings.cacheMode;
  }
  get validateOutputLayerConfig(): boolean {
    return this.#settings.validateOutputLayerConfig;
  }
  get trainingWorkspaceMode(): WorkspaceMode {
    return this.#settings.trainingWorkspaceMode;
  }
  set trainingWorkspaceMode(mode: WorkspaceMode) {
    this.#settings = this.#settings.with({ trainingWorkspaceMode: mode });
  }
  get inferenceWorkspaceMode(): WorkspaceMode {
    return this.#settings.inferenceWorkspaceMode;
  }
  set inferenceWorkspaceMode(mode: WorkspaceMode) {
    this.#settings = this.#settings.with({ inferenceWorkspaceMode: mode });
  }

  setTrainingWorkspaceMode(mode: WorkspaceMode): void {
    this.trainingWorkspaceMode = mode;
  }
  setInferenceWorkspaceMode(mode: WorkspaceMode): void {
    this.inferenceWorkspaceMode = mode;
  }

  /** What each layer gives for such an input of the network. */
  getLayerActivationTypes(inputType: InputType): InputType[] {
    let current = inputType;
    return this.layers.map((layer, index) => {
      const incoming = this.getInputPreProcess(index)?.getOutputType(current) ?? current;
      current = layer.getOutputType(index, incoming);
      return current;
    });
  }

  /** Checks what a network needs before it can be built from a file. @throws {DL4JInvalidConfigException} naming layer and field */
  checkSizes(): void {
    for (const [index, layer] of this.layers.entries()) layer.checkSizes(index);
  }

  /** A configuration of its own, with counters of its own. */
  clone(): MultiLayerConfiguration {
    const copy = new MultiLayerConfiguration(this.#settings);
    copy.iterationCount = this.iterationCount;
    copy.epochCount = this.epochCount;
    return copy;
  }

  /** Same layers and settings; the counters count too. */
  equals(other: unknown): boolean {
    return other instanceof MultiLayerConfiguration && other.toJson() === this.toJson();
  }

  toString(): string {
    return this.toJson();
  }
}
