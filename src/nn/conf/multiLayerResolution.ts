// From what a user gives to a complete configuration: defaults go into the layers, input sizes and shape changes are found.

import { Description, decodeAs, type Fields, isPlainObject } from '../../core/description.ts';
import { DL4JInvalidConfigException, describeValue } from '../../core/errors.ts';
import { choice, field, flag, integer, type Kind, list, Place } from '../../core/fields.ts';
import { isJsonObject } from '../../core/json.ts';
import { warn } from '../../core/platform.ts';
import { BackpropType, CacheMode, NetworkDataType, WorkspaceMode } from './enums.ts';
import { type InputPreProcessor, preProcessorFamily } from './inputPreProcessors.ts';
import { type InputType, isInputType } from './inputType.ts';
import { LayerConf } from './layerConf.ts';
import { LayerConfiguration } from './layerConfiguration.ts';
import { NetworkDefaults, type NetworkDefaultsOptions } from './networkDefaults.ts';
import { validateOutputLayer } from './outputLayerValidation.ts';

/** Preprocessors by the index of the layer behind them. */
export type PreProcessorsByLayer = ReadonlyMap<number, InputPreProcessor> | Readonly<Record<number, InputPreProcessor>>;

/** A whole MultiLayerNetwork as one plain object. */
export interface MultiLayerOptions extends NetworkDefaultsOptions {
  layers: readonly LayerConf[];
  /** What the network is given; without it, guessed from the first layer where that is possible. */
  inputType?: InputType;
  inputPreProcessors?: PreProcessorsByLayer;
  /** Default Standard. */
  backpropType?: BackpropType;
  /** Default 20. */
  tBPTTForwardLength?: number;
  /** Default 20. */
  tBPTTBackwardLength?: number;
  /** Default true. */
  validateOutputLayerConfig?: boolean;
}

const byLayer: Kind<ReadonlyMap<number, InputPreProcessor>> = {
  read: (value, place) => {
    const entries = value instanceof Map ? [...value] : isPlainObject(value) ? Object.entries(value) : undefined;
    if (entries === undefined) return place.wrongType(value, 'a map from layer indices to preprocessors');
    return sorted(
      entries.map(([key, each]) => [layerIndex(key, place), preProcessorFamily.read(each, place.at(String(key)))]),
    );
  },
  decode: (value, place) => {
    if (value === null) return new Map();
    if (!isJsonObject(value)) return place.wrongType(value, 'an object from layer indices to preprocessors');
    return sorted(
      [...value].map(([key, each]) => [layerIndex(key, place), preProcessorFamily.decode(each, place.at(key))]),
    );
  },
  encode: (value) => new Map([...value].map(([index, each]) => [String(index), preProcessorFamily.encode(each)])),
};

function layerIndex(key: unknown, place: Place): number {
  const index = typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : key;
  return integer(0).read(index, place.at(`key ${describeValue(key)}`));
}

function sorted(entries: [number, InputPreProcessor][]): ReadonlyMap<number, InputPreProcessor> {
  return new Map(entries.sort(([left], [right]) => left - right));
}

/** One layer in a file. */
const configuration: Kind<LayerConfiguration> = {
  read: (value, place) =>
    value instanceof LayerConfiguration ? value : place.wrongType(value, 'a NeuralNetConfiguration'),
  decode: (value, place) => decodeAs(LayerConfiguration, value, place),
  encode: (value) => value.toJsonObject(),
};

const length = integer(1);

/** What a MultiLayerConfiguration keeps, complete: the content of DL4J's JSON. */
export class MultiLayerSettings extends Description {
  static override readonly javaName = 'org.deeplearning4j.nn.conf.MultiLayerConfiguration';
  static override readonly fields: Fields = {
    confs: field(list(configuration), []),
    inputPreProcessors: field(byLayer, new Map()),
    backpropType: field(choice(BackpropType), 'Standard'),
    tbpttFwdLength: field(length, 20),
    tbpttBackLength: field(length, 20),
    trainingWorkspaceMode: field(choice(WorkspaceMode), 'ENABLED'),
    inferenceWorkspaceMode: field(choice(WorkspaceMode), 'ENABLED'),
    cacheMode: field(choice(CacheMode), 'NONE'),
    dataType: field(choice(NetworkDataType), 'FLOAT'),
    validateOutputLayerConfig: field(flag, true),
    iterationCount: field(integer(0), 0),
    epochCount: field(integer(0), 0),
  };
  declare readonly confs: readonly LayerConfiguration[];
  declare readonly inputPreProcessors: ReadonlyMap<number, InputPreProcessor>;
  declare readonly backpropType: BackpropType;
  declare readonly tbpttFwdLength: number;
  declare readonly tbpttBackLength: number;
  declare readonly trainingWorkspaceMode: WorkspaceMode;
  declare readonly inferenceWorkspaceMode: WorkspaceMode;
  declare readonly cacheMode: CacheMode;
  declare readonly dataType: NetworkDataType;
  declare readonly validateOutputLayerConfig: boolean;
  declare readonly iterationCount: number;
  declare readonly epochCount: number;

  protected override validate(): void {
    const count = this.confs.length;
    if (count === 0) throw new DL4JInvalidConfigException('Invalid configuration: no layers defined');
    for (const index of this.inputPreProcessors.keys()) {
      if (index < count) continue;
      throw new DL4JInvalidConfigException(
        `Invalid configuration: input preprocessor for layer ${index}, needed is a layer from 0 to ${count - 1}`,
      );
    }
    this.confs.forEach(({ layer }, index) => {
      if (layer === null)
        throw new DL4JInvalidConfigException(`Invalid configuration: layer ${index} is null, needed is a layer`);
    });
  }
}

/** Layers with everything filled in. @throws {DL4JInvalidConfigException} naming layer and field of what does not fit together */
export function resolve(options: MultiLayerOptions): MultiLayerSettings {
  const {
    layers,
    inputType,
    inputPreProcessors = new Map(),
    backpropType,
    tBPTTForwardLength,
    tBPTTBackwardLength,
    validateOutputLayerConfig,
    ...rest
  } = options;
  const defaults = new NetworkDefaults(rest);
  const place = new Place('MultiLayerConfiguration');
  if (!Array.isArray(layers)) place.at('layers').wrongType(layers, 'an array of layers');
  const given = byLayer.read(inputPreProcessors, place.at('inputPreProcessors'));
  const inherited = (layers as readonly unknown[]).map((layer, index) => inherit(layer, index, defaults, place));
  if (inputType !== undefined && !isInputType(inputType)) {
    place.at('inputType').wrongType(inputType, 'an input type, for example InputType.feedForward(10)');
  }
  const sized = inferSizes(inherited, given, inputType);
  for (const [index, layer] of sized.layers.entries()) layer.checkSizes(index);
  if (validateOutputLayerConfig !== false) sized.layers.forEach(validateOutputLayer);
  if (backpropType !== 'TruncatedBPTT' && (tBPTTForwardLength ?? tBPTTBackwardLength) !== undefined) {
    warn(
      'NDARENA_TBPTT',
      'Lengths of truncated backpropagation through time are set, but backpropType is Standard: they take effect with backpropType TruncatedBPTT only',
    );
  }
  const settings = {
    confs: sized.layers.map((layer) => LayerConfiguration.of(defaults, layer)),
    inputPreProcessors: sized.preProcessors,
    backpropType,
    tbpttFwdLength: tBPTTForwardLength,
    tbpttBackLength: tBPTTBackwardLength,
    validateOutputLayerConfig,
  };
  const { trainingWorkspaceMode, inferenceWorkspaceMode, cacheMode, dataType } = defaults;
  return new MultiLayerSettings({ ...settings, trainingWorkspaceMode, inferenceWorkspaceMode, cacheMode, dataType });
}

function inherit(layer: unknown, index: number, defaults: NetworkDefaults, place: Place): LayerConf {
  if (!(layer instanceof LayerConf)) return place.at('layers').at(index).wrongType(layer, 'a layer');
  const named = layer.name === null ? layer.with({ name: `layer${index}` }) : layer;
  return named.inherit(defaults);
}

/** Follows the input type through the layers: shape changes where needed, and input sizes. */
function inferSizes(
  layers: readonly LayerConf[],
  given: ReadonlyMap<number, InputPreProcessor>,
  inputType: InputType | undefined,
): { layers: readonly LayerConf[]; preProcessors: ReadonlyMap<number, InputPreProcessor> } {
  let current = inputType ?? (given.has(0) ? null : layers[0]?.guessInputType()) ?? null;
  if (current === null) return { layers, preProcessors: given };
  const preProcessors = new Map<number, InputPreProcessor>();
  const sized = layers.map((layer, index) => {
    let incoming = current as InputType;
    const preProcessor = given.get(index) ?? layer.getPreProcessorForInputType(incoming);
    if (preProcessor !== null) {
      preProcessors.set(index, preProcessor);
      incoming = preProcessor.getOutputType(incoming);
    }
    const fitting = layer.withInputType(incoming, index);
    current = fitting.getOutputType(index, incoming);
    return fitting;
  });
  for (const [index, each] of given) preProcessors.set(index, each);
  return { layers: sized, preProcessors };
}
