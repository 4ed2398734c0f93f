// MultiLayerNetwork: layers in a line. Training is in multiLayerTraining.ts; what every network does in networkTraining.ts and networkCore.ts.

import { describeValue, ND4JIllegalArgumentException, ND4JIllegalStateException } from '../../core/errors.ts';
import type { DataSetIterator } from '../../data/iterator.ts';
import type { Evaluation } from '../../evaluation/evaluation.ts';
import type { ISchedule } from '../../learning/schedule.ts';
import type { MemoryWorkspace } from '../../memory/memoryWorkspace.ts';
import { WorkspaceUtils } from '../../memory/workspaceUtils.ts';
import { Nd4j } from '../../ndarray/nd4j.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import type { InputType } from '../conf/inputType.ts';
import { BaseLayer, FeedForwardLayer } from '../conf/layerConf.ts';
import { MultiLayerConfiguration } from '../conf/multiLayerConfiguration.ts';
import type { Layer } from '../layers/layer.ts';
import { checkFeatures, checkUsable } from './batchCheck.ts';
import { evaluateAll, evaluationFor, type IEvaluation } from './evaluating.ts';
import { MultiLayerTraining } from './multiLayerTraining.ts';
import { summaryOf } from './networkSummary.ts';
import { forEachBatch, HostTurns, isIterator, requireIterator, rewound } from './trainingLoop.ts';

/** Arguments of `output`, put in order. */
interface OutputRequest {
  readonly training: boolean;
  readonly featuresMask: INDArray | null;
  readonly labelsMask: INDArray | null;
  readonly target: MemoryWorkspace | null;
}

/**
 * Layers in a line, trained by backpropagation.
 *
 * ```ts
 * const network = new MultiLayerNetwork(configuration);
 * network.init();
 * for (let i = 0; i < 100; i++) network.fit(features, labels);
 * const output = network.output(features);
 * ```
 *
 * Parameters, gradients and updater state are one vector each, on the heap until `close`. Activations live in the workspaces of the
 * configuration's modes; what `output` returns is detached unless a workspace is given for it.
 *
 * @see org.deeplearning4j.nn.multilayer.MultiLayerNetwork
 */
export class MultiLayerNetwork extends MultiLayerTraining {
  /** @throws {TypeError} for what is no configuration, such as a builder */
  constructor(configuration: MultiLayerConfiguration) {
    super(configuration);
    if (!(configuration instanceof MultiLayerConfiguration)) {
      throw new TypeError(
        `Cannot make a network from ${describeValue(configuration)}: needed is a MultiLayerConfiguration; did you forget build()?`,
      );
    }
  }

  /** @see org.deeplearning4j.nn.multilayer.MultiLayerNetwork#getLayerWiseConfigurations */
  getLayerWiseConfigurations(): MultiLayerConfiguration {
    return this.configuration;
  }

  /** The layers at work, in order. */
  getLayers(): readonly Layer[] {
    return this.live('get layers').layers;
  }

  /** A layer by index or name. @throws {ND4JIllegalArgumentException} naming the layers there are */
  getLayer(which: number | string): Layer {
    const layers = this.getLayers();
    const found = typeof which === 'number' ? layers[which] : layers.find(({ name }) => name === which);
    if (found !== undefined) return found;
    throw new ND4JIllegalArgumentException(
      `Cannot get layer ${describeValue(which)}: the network has layers 0 to ${layers.length - 1}, named ${layers.map(({ name }) => name).join(', ')}`,
    );
  }

  getnLayers(): number {
    return this.configuration.layers.length;
  }
  /** The last layer. */
  getOutputLayer(): Layer {
    return this.getLayer(this.getnLayers() - 1);
  }

  /** Number of outputs of a layer; 0 where it has none of its own. */
  layerSize(layer: number): number {
    const { conf } = this.getLayer(layer);
    return conf instanceof FeedForwardLayer ? conf.nOut : 0;
  }
  /** Number of inputs of a layer; 0 where it has none of its own. */
  layerInputSize(layer: number): number {
    const { conf } = this.getLayer(layer);
    return conf instanceof FeedForwardLayer ? conf.nIn : 0;
  }

  /**
   * The output for some features, detached. With a workspace, which must be open, the output is made there and is valid until it closes.
   * With an iterator the outputs of all minibatches one after the other, as a promise.
   *
   * @param training apply dropout and noise
   * @throws {DL4JInvalidInputException} naming the layer when the features do not fit
   * @see org.deeplearning4j.nn.multilayer.MultiLayerNetwork#output
   */
  output(features: INDArray, workspace: MemoryWorkspace): INDArray;
  output(features: INDArray, training?: boolean, workspace?: MemoryWorkspace | null): INDArray;
  output(features: INDArray, training: boolean, featuresMask: INDArray | null, labelsMask?: INDArray | null): INDArray;
  output(iterator: DataSetIterator, training?: boolean): Promise<INDArray>;
  output(
    data: INDArray | DataSetIterator,
    second: boolean | MemoryWorkspace = false,
    third: MemoryWorkspace | INDArray | null = null,
    labelsMask: INDArray | null = null,
  ): INDArray | Promise<INDArray> {
    const training = second === true;
    if (isIterator(data)) return this.#outputOfAll(data, training);
    const workspace = typeof second === 'object' ? second : isArray(third) ? null : third;
    const featuresMask = isArray(third) ? third : null;
    return this.#output(data, { training, featuresMask, labelsMask, target: workspace });
  }

  #output(features: INDArray, { training, featuresMask, labelsMask, target }: OutputRequest): INDArray {
    const { plan } = this.live('compute the output');
    checkFeatures('output', features);
    checkUsable('output', featuresMask, labelsMask);
    this.#checkTarget(target);
    return this.masked(featuresMask, labelsMask, () => this.infer([features], training, plan.steps.length - 1, target));
  }

  /** Scopes must suit: none current without a workspace for the output, else that one open. */
  #checkTarget(target: MemoryWorkspace | null): void {
    if (target !== null && typeof target.isScopeActive !== 'function') {
      throw new TypeError(
        `Cannot output into ${describeValue(target)}: needed is a workspace, or true or false for training`,
      );
    }
    if (target === null || target.getId() === null) {
      WorkspaceUtils.assertNoWorkspacesOpen('Expected no workspace active in outputOfLayerDetached', true);
      return;
    }
    if (!target.isScopeActive()) {
      throw new ND4JIllegalStateException(
        `Workspace "${target.getId()}" was provided for the network/layer outputs. When provided, this workspace must be opened before calling the output method; furthermore, closing the workspace is the responsibility of the user`,
      );
    }
    if (this.configuration.inferenceWorkspaceMode === 'NONE') {
      throw new ND4JIllegalStateException(
        `Workspace "${target.getId()}" was provided for the network/layer outputs, however inference workspace mode is set to NONE. Cannot put output activations into the specified workspace ifworkspaces are disabled for the network. use getConfiguration().setTraining/InferenceWorkspaceMode(WorkspaceMode.ENABLED)`,
      );
    }
  }

  async #outputOfAll(iterator: DataSetIterator, training: boolean): Promise<INDArray> {
    const outputs: INDArray[] = [];
    await forEachBatch(rewound(iterator, 'output'), new HostTurns(), (batch) => {
      const featuresMask = batch.getFeaturesMaskArray();
      outputs.push(this.#output(batch.getFeatures(), { training, featuresMask, labelsMask: null, target: null }));
    });
    if (outputs.length === 1) return outputs[0] as INDArray;
    const joined = Nd4j.concat(0, ...outputs);
    for (const each of outputs) each.close();
    return joined;
  }

  /** Index of the largest output of each example. */
  predict(features: INDArray): number[] {
    const output = this.output(features);
    const classes = Array.from(output.argMax(1).toDoubleVector(), Number);
    output.close();
    return classes;
  }

  /**
   * The features and the output of every layer, detached; element i + 1 belongs to layer i. The features default to those of `setInput`.
   * @param clearInputs forget what the layers keep; false keeps it for `backpropGradient`
   */
  feedForward(features: INDArray, training?: boolean, clearInputs?: boolean): INDArray[];
  feedForward(training?: boolean, clearInputs?: boolean): INDArray[];
  feedForward(first: INDArray | boolean = false, second?: boolean, third = true): INDArray[] {
    const last = this.getnLayers() - 1;
    if (typeof first === 'object') return this.#feedForwardTo(last, first, second ?? false, third);
    return this.#feedForwardTo(last, this.#requireInput(), first, second ?? true);
  }

  /** feedForward up to a layer. */
  feedForwardToLayer(layer: number, features: INDArray = this.#requireInput(), training = false): INDArray[] {
    this.getLayer(layer);
    return this.#feedForwardTo(layer, features, training, true);
  }

  #feedForwardTo(layer: number, features: INDArray, training: boolean, clearInputs: boolean): INDArray[] {
    checkFeatures('feedForward', features);
    return this.inferAll([features], training, layer, !clearInputs);
  }

  #requireInput(): INDArray {
    const input = this.getInput();
    if (input !== null) return input;
    throw new ND4JIllegalStateException('Cannot feed forward: give features, or setInput() first');
  }

  /**
   * Accuracy and the other metrics of a classifier over all minibatches. The promise gives the host its turns.
   * @param labels names of the classes @param topN count a prediction as right when the class is among the N largest
   */
  async evaluate(iterator: DataSetIterator, labels: readonly string[] | null = null, topN = 1): Promise<Evaluation> {
    const names = labels ?? requireIterator(iterator, 'evaluate').getLabels();
    const evaluation = evaluationFor(this.configuration, names, topN);
    await this.doEvaluation(iterator, evaluation);
    return evaluation;
  }

  /**
   * Runs over the minibatches once and feeds every evaluation. The outputs live in one workspace (mode ENABLED) or are freed at once.
   * @returns the evaluations given
   */
  async doEvaluation<E extends readonly IEvaluation[]>(iterator: DataSetIterator, ...evaluations: E): Promise<E> {
    const { inferenceWorkspaceMode } = this.configuration;
    await evaluateAll(iterator, evaluations, inferenceWorkspaceMode === 'ENABLED', (batch, target) => {
      const [featuresMask, labelsMask] = [batch.getFeaturesMaskArray(), batch.getLabelsMaskArray()];
      return this.#output(batch.getFeatures(), { training: false, featuresMask, labelsMask, target });
    });
    return evaluations;
  }

  /** The learning rate of a layer's weights in the present iteration; null where its updater has none. */
  getLearningRate(layer: number): number | null {
    const { conf } = this.getLayer(layer);
    if (!(conf instanceof BaseLayer) || !conf.updater.hasLearningRate()) return null;
    return conf.updater.getLearningRate(this.getIterationCount(), this.getEpochCount());
  }

  /** Sets the learning rate, or its schedule, of all layers or of one; updaters without one are left. Updater state is kept. */
  setLearningRate(rate: number | ISchedule): void;
  setLearningRate(layer: number, rate: number | ISchedule): void;
  setLearningRate(first: number | ISchedule, second?: number | ISchedule): void {
    const [rate, layers] =
      second === undefined ? [first, this.getLayers()] : [second, [this.getLayer(first as number)]];
    for (const layer of layers) {
      const { conf } = layer;
      if (!(conf instanceof BaseLayer) || !conf.updater.hasLearningRate()) continue;
      layer.conf = conf.with({ updater: conf.updater.withLearningRate(rate) });
      this.configuration.setLayer(layer.index, layer.conf);
    }
    this.refreshUpdater();
  }

  /** The layers with sizes and parameters as a table; with an input type also their shapes. */
  summary(inputType: InputType | null = null): string {
    return summaryOf(this.getLayers(), this.configuration, inputType);
  }

  /** A network of its own with the same configuration, parameters, updater state and counters; without listeners. */
  clone(): MultiLayerNetwork {
    const copy = new MultiLayerNetwork(this.configuration.clone());
    if (!this.isInitCalled()) return copy;
    copy.init(this.params(), true);
    const state = this.getUpdater().getStateViewArray();
    if (state !== null) copy.getUpdater().setStateViewArray(state);
    return copy;
  }
}

function isArray(value: unknown): value is INDArray {
  return typeof value === 'object' && value !== null && 'geometry' in value;
}
