// Training of a MultiLayerNetwork: its plan, its masks, scores and gradients.

import { ND4JIllegalArgumentException, ND4JIllegalStateException } from '../../core/errors.ts';
import { DataSet } from '../../data/dataSet.ts';
import type { DataSetIterator } from '../../data/iterator.ts';
import { scope } from '../../memory/currentWorkspace.ts';
import { unwindScopes } from '../../memory/scopeWatch.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { FeedForwardLayer } from '../conf/layerConf.ts';
import type { MultiLayerConfiguration } from '../conf/multiLayerConfiguration.ts';
import { instantiateLayer } from '../layers/instantiate.ts';
import type { Layer } from '../layers/layer.ts';
import { isLossOutput, type LossOutput } from '../layers/output.ts';
import { instantiatePreProcessor } from '../layers/preProcessors.ts';
import { LayerVertex } from '../vertices/vertex.ts';
import { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';
import { backward } from './backwardPass.ts';
import { batchOf, type CheckedBatch, checkBatch, checkUsable, requireArray } from './batchCheck.ts';
import { Gradient } from './gradient.ts';
import { GraphPlan, type PlanStep } from './graphPlan.ts';
import type { BuiltNetwork } from './networkCore.ts';
import { type Movement, NetworkTraining } from './networkTraining.ts';
import { oneHotLabels } from './oneHotLabels.ts';
import { assertNoScopes, forEachBatch, HostTurns, isIterator, rewound } from './trainingLoop.ts';

/** The training half of MultiLayerNetwork. */
export abstract class MultiLayerTraining extends NetworkTraining<MultiLayerConfiguration> {
  #input: INDArray | null = null;
  #labels: INDArray | null = null;
  #isFitting = false;

  protected override build(): BuiltNetwork {
    const { layers: confs } = this.configuration;
    this.configuration.checkSizes();
    const layers = confs.map((conf, index) =>
      instantiateLayer(conf, { index, miniBatch: this.configuration.getConf(index).miniBatch }),
    );
    const vertices = layers.map((layer, index) => {
      const preProcessor = instantiatePreProcessor(this.configuration.getInputPreProcess(index));
      return { vertex: new LayerVertex(layer.name, layer, preProcessor), inputs: [index] };
    });
    const count = layers.length;
    const shape = {
      workingCycles: 2 * (count + this.configuration.inputPreProcessors.size),
      slotCycles: count,
      slotCount: 2,
      slotName: (slot: number): string => `WS_LAYER_ACT_${slot + 1}`,
      inputSlot: (slot: number): number => 1 - slot,
    };
    const plan = new GraphPlan(vertices, 1, [count - 1], (step) => step % 2);
    return { plan, layers, keys: layers.map((_, index) => String(index)), shape };
  }

  protected override get movement(): Movement {
    const conf = this.configuration.getConf(0);
    const { optimizationAlgo: algorithm, miniBatch, minimize, maxNumLineSearchIterations: tries, stepFunction } = conf;
    return { algorithm, miniBatch, minimize, tries, stepFunction };
  }

  /** The last layer, which must have a loss. @throws {ND4JIllegalStateException} naming it otherwise */
  protected lossLayer(what: string): Layer & LossOutput {
    const last = this.live(what).layers.at(-1) ?? null;
    if (isLossOutput(last)) return last;
    throw new ND4JIllegalStateException(
      `Cannot ${what}: the last layer has no loss ${last?.layerId()}; needed is an OutputLayer or LossLayer`,
    );
  }

  /** Gives the layers their masks: the features' goes down the layers, the labels' to the last one. */
  setLayerMaskArrays(featuresMask: INDArray | null, labelsMask: INDArray | null): void {
    const { layers } = this.live('set masks');
    let mask = featuresMask;
    for (const layer of layers) mask = layer.feedForwardMaskArray(mask);
    const last = layers.at(-1);
    if (labelsMask !== null && last?.isOutputLayer === true) last.maskArray = labelsMask;
  }

  /** Takes the masks off all layers. */
  clearLayerMaskArrays(): void {
    for (const layer of this.live('clear masks').layers) layer.maskArray = null;
  }

  /** Runs something with masks set, and takes them off whatever happens. */
  protected masked<T>(featuresMask: INDArray | null, labelsMask: INDArray | null, run: () => T): T {
    if (featuresMask === null && labelsMask === null) return run();
    this.setLayerMaskArrays(featuresMask, labelsMask);
    try {
      return run();
    } finally {
      this.clearLayerMaskArrays();
    }
  }

  /** Features for `computeGradientAndScore`: held, not copied. */
  setInput(features: INDArray | null): void {
    this.#input = features;
  }
  getInput(): INDArray | null {
    return this.#input;
  }
  /** Labels for `computeGradientAndScore`: held, not copied. */
  setLabels(labels: INDArray | null): void {
    this.#labels = labels;
  }
  getLabels(): INDArray | null {
    return this.#labels;
  }

  /**
   * Fills the gradient vector (a sum over the examples) and sets the score, for the features and labels set before, with the masks
   * set before. Parameters stay.
   */
  computeGradientAndScore(): void {
    this.lossLayer('compute gradient and score');
    const features = this.#input;
    const labels = this.#labels;
    if (features === null || labels === null) {
      throw new ND4JIllegalStateException('Cannot compute gradient and score: setInput() and setLabels() first');
    }
    checkUsable('computeGradientAndScore', features, labels);
    this.computeGradient({ features: [features], labels: [labels] });
    this.notifyGradient();
  }

  /** The gradient of the last iteration, by parameter: live views. */
  gradient(): Gradient {
    const { layers, keys } = this.live('get the gradient');
    const entries = layers.flatMap((layer, index) =>
      layer.slices.map(({ spec }) => [`${keys[index]}_${spec.key}`, layer.gradientView(spec.key)] as const),
    );
    return new Gradient(this.getFlattenedGradients(), new Map(entries));
  }

  /** Gradient and score of the last iteration. */
  gradientAndScore(): { gradient: Gradient; score: number } {
    return { gradient: this.gradient(), score: this.score() };
  }

  /**
   * The gradients of the parameters and of the features, both sums over the examples; parameters stay.
   * @returns live views for the parameters, a detached array for the features (null where they get none, as from an embedding)
   */
  calculateGradients(
    features: INDArray,
    labels: INDArray,
    featuresMask: INDArray | null = null,
    labelsMask: INDArray | null = null,
  ): { gradient: Gradient; inputGradient: INDArray | null } {
    this.lossLayer('calculate gradients');
    checkUsable('calculateGradients', features, labels, featuresMask, labelsMask);
    const [inputGradient = null] = this.masked(featuresMask, labelsMask, () =>
      this.computeGradient({ features: [features], labels: [labels] }, true),
    );
    return { gradient: this.gradient(), inputGradient };
  }

  /**
   * Backpropagates a gradient with respect to the output that was computed outside: after `feedForward(x, train, false)`, which keeps
   * the inputs of the layers. Then `getUpdater().update(…)` or `params().subi(gradient)` is the caller's.
   */
  backpropGradient(epsilon: INDArray): { gradient: Gradient; epsilon: INDArray | null } {
    const { plan } = this.live('backpropagate');
    if (plan.steps.at(-1)?.vertex.layer?.isOutputLayer === true) {
      throw new ND4JIllegalStateException(
        'Cannot calculate gradients from a given epsilon: the last layer has a loss of its own, use computeGradientAndScore()',
      );
    }
    checkUsable('backpropGradient', epsilon);
    const memory = this.trainingMemory();
    const mark = scope.entries.length;
    try {
      const all = memory.isSingle ? memory.openActivations() : null;
      const [input = null] = backward(plan, memory, new Map([[plan.steps.length - 1, epsilon]]), true);
      all?.close();
      return { gradient: this.gradient(), epsilon: input };
    } finally {
      unwindScopes(mark);
      memory.release();
    }
  }

  /**
   * Trains: one iteration for a DataSet or arrays, at once; `epochs` passes for an iterator, as a promise, with turns for the host.
   * The iterator is reset only where it stands at its end. Labels may be class numbers.
   *
   * @throws {DL4JInvalidInputException} when data do not fit the network; then nothing has changed.
   * @see org.deeplearning4j.nn.multilayer.MultiLayerNetwork#fit
   */
  fit(dataSet: DataSet): void;
  fit(iterator: DataSetIterator, epochs?: number): Promise<void>;
  fit(
    features: INDArray,
    labels: INDArray | readonly number[],
    featuresMask?: INDArray | null,
    labelsMask?: INDArray | null,
  ): void;
  fit(
    data: DataSet | DataSetIterator | INDArray,
    second?: number | INDArray | readonly number[],
    featuresMask: INDArray | null = null,
    labelsMask: INDArray | null = null,
  ): void | Promise<void> {
    if (!this.isInitCalled()) this.init();
    if (data instanceof DataSet) return this.#fitBatch(batchOf(data));
    if (isIterator(data)) return this.#fitIterator(data, (second as number | undefined) ?? 1);
    const features = requireArray('fit', 'features', data);
    const labels = Array.isArray(second)
      ? oneHotLabels(second, this.outputWidth())
      : requireArray('fit', 'labels', second as INDArray | undefined);
    return this.#fitBatch({ features, labels, featuresMask, labelsMask });
  }

  #fitBatch(batch: CheckedBatch): void {
    this.lossLayer('fit');
    checkBatch('fit', batch);
    const { features, labels, featuresMask, labelsMask } = batch;
    this.masked(featuresMask, labelsMask, () => this.iterate({ features: [features], labels: [labels] }));
  }

  async #fitIterator(iterator: DataSetIterator, epochs: number): Promise<void> {
    if (!(Number.isInteger(epochs) && epochs > 0)) {
      throw new ND4JIllegalArgumentException(`Cannot fit ${epochs} epochs: needed is a whole number of at least 1`);
    }
    if (this.#isFitting) {
      throw new ND4JIllegalStateException(
        'Cannot fit: an earlier fit of this network is still running, await it first',
      );
    }
    assertNoScopes('fit');
    this.#isFitting = true;
    try {
      const turns = new HostTurns();
      for (let epoch = 0; epoch < epochs; epoch++) {
        rewound(iterator, 'fit');
        this.notifyEpoch('onEpochStart');
        await forEachBatch(iterator, turns, (batch) => this.#fitBatch(batchOf(batch)));
        this.notifyEpoch('onEpochEnd');
        this.incrementEpochCount();
      }
    } finally {
      this.#isFitting = false;
    }
  }

  /** Outputs of the last layer that has a number of them. */
  protected outputWidth(): number {
    const sized = this.configuration.layers.findLast((conf) => conf instanceof FeedForwardLayer && conf.nOut > 0);
    return (sized as FeedForwardLayer | undefined)?.nOut ?? 0;
  }

  /** Without argument the score of the last iteration, before its update; with data the score of the parameters as they are. */
  override score(dataSet?: DataSet, training = false): number {
    if (dataSet === undefined) return super.score();
    const { heap } = this.inferenceMemory();
    return this.#withLoss('score', batchOf(dataSet), training, heap, (output, penalty) => {
      const scratch = this.inferenceMemory().openScratch();
      const score = output.computeScore(penalty, training, heap);
      scratch?.close();
      return score;
    });
  }

  /** The score of each example [N, 1], detached; every one with the whole regularization term if asked. */
  scoreExamples(dataSet: DataSet, addRegularizationTerms = false): INDArray {
    const manager = LayerWorkspaceMgr.noWorkspaces();
    const made: INDArray[] = [];
    manager.detachedArrays = made;
    try {
      return this.#withLoss('scoreExamples', batchOf(dataSet), false, manager, (output, penalty) =>
        output.computeScoreForExamples(addRegularizationTerms ? penalty : 0, manager).detach(),
      );
    } finally {
      for (const array of made) if (array.closeable()) array.close();
    }
  }

  /** Runs the layers before the last as in inference, and gives the last one its input and labels. */
  #withLoss<T>(
    what: string,
    { features, labels, featuresMask, labelsMask }: CheckedBatch,
    training: boolean,
    manager: LayerWorkspaceMgr,
    run: (output: LossOutput, penalty: number) => T,
  ): T {
    const output = this.lossLayer(what);
    const { plan, layers } = this.live(what);
    checkUsable(what, features, labels, featuresMask, labelsMask);
    output.checkLabels(labels, features.size(0));
    const last = plan.steps.at(-1) as PlanStep;
    const mark = scope.entries.length;
    return this.masked(featuresMask, labelsMask, () => {
      this.syncCounters(layers);
      const hidden = last.index === 0 ? features : this.infer([features], training, last.index - 1, null);
      try {
        manager.letStay([features]);
        last.vertex.prepare([hidden], training, manager);
        output.labels = labels;
        return run(output, this.penalty(layers));
      } finally {
        unwindScopes(mark);
        last.vertex.clear();
        output.labels = null;
        if (hidden !== features && hidden.closeable()) hidden.close();
      }
    });
  }
}
