// One layer with the settings of its network, as DL4J's files keep it.

import { Description, type Fields } from '../../core/description.ts';
import { field, integer, type Kind, list, nullable, text } from '../../core/fields.ts';
import { isJsonObject } from '../../core/json.ts';
import type { CacheMode, NetworkDataType, OptimizationAlgorithm } from './enums.ts';
import type { LayerConf } from './layerConf.ts';
import { knownLayers } from './layerTable.ts';
import { type NetworkDefaults, StepFunction, trainingFields } from './networkDefaults.ts';

/** Files keep a step function as an object with one name. */
const stepFunction: Kind<StepFunction | null> = {
  read: (value, place) => {
    if (value === null || Object.hasOwn(StepFunction, String(value))) return value as StepFunction | null;
    return place.wrongType(value, `one of ${Object.keys(StepFunction).join(', ')}`);
  },
  decode: (value, place) => stepFunction.read(isJsonObject(value) ? [...value.keys()][0] : value, place),
  encode: (value) => (value === null ? null : new Map([[value, new Map()]])),
};

/** Fields of a LayerConfiguration. */
export interface LayerConfigurationOptions {
  layer: LayerConf | null;
  seed?: number | bigint;
  optimizationAlgo?: OptimizationAlgorithm;
  miniBatch?: boolean;
  minimize?: boolean;
  maxNumLineSearchIterations?: number;
  stepFunction?: StepFunction | null;
  cacheMode?: CacheMode;
  dataType?: NetworkDataType;
  variables?: readonly string[];
  iterationCount?: number;
  epochCount?: number;
}

/** A layer with the settings of its network. Immutable. @see org.deeplearning4j.nn.conf.NeuralNetConfiguration */
export class LayerConfiguration extends Description {
  static override readonly javaName = 'org.deeplearning4j.nn.conf.NeuralNetConfiguration';
  static override readonly fields: Fields = {
    ...trainingFields,
    layer: field(nullable<LayerConf>(knownLayers), null),
    stepFunction: field(stepFunction, null),
    variables: field(list(text), []),
    iterationCount: field(integer(0), 0),
    epochCount: field(integer(0), 0),
  };
  declare readonly layer: LayerConf | null;
  declare readonly seed: number | bigint;
  declare readonly optimizationAlgo: OptimizationAlgorithm;
  declare readonly miniBatch: boolean;
  declare readonly minimize: boolean;
  declare readonly maxNumLineSearchIterations: number;
  declare readonly stepFunction: StepFunction | null;
  declare readonly cacheMode: CacheMode;
  declare readonly dataType: NetworkDataType;
  /** Keys of the layer's parameters. */
  declare readonly variables: readonly string[];
  declare readonly iterationCount: number;
  declare readonly epochCount: number;

  constructor(options: LayerConfigurationOptions) {
    super(options);
  }

  /** A layer with a network's settings. */
  static of(defaults: NetworkDefaults, layer: LayerConf | null): LayerConfiguration {
    const settings = Object.fromEntries(
      [...Object.keys(trainingFields), 'stepFunction'].map((name) => [name, defaults[name as keyof NetworkDefaults]]),
    );
    return new LayerConfiguration({ ...settings, layer, variables: layer?.parameterKeys.all ?? [] });
  }

  /** @see org.deeplearning4j.nn.conf.NeuralNetConfiguration#getLayer */
  getLayer(): LayerConf | null {
    return this.layer;
  }
}
