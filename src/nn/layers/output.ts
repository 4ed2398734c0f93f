// Layers with a loss: a fully connected one, and a bare one. Score and first gradient come from one pre-activation.

import { DL4JInvalidInputException, formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { activate } from '../../learning/activationFunctions.ts';
import type { IActivation } from '../../learning/activations.ts';
import { type ILossFunction, LossMixtureDensity, LossSparseMCXENT } from '../../learning/losses.ts';
import { computeGradient, computeScore, computeScoreArray } from '../../learning/lossFunctions.ts';
import { release } from '../../learning/lossRow.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import type { LossLayer, OutputLayer } from '../conf/feedForwardConf.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';
import { FullyConnected } from './fullyConnected.ts';
import { checkMatrix, Layer } from './layer.ts';
import { applyMask } from './rows.ts';

/** What a network asks of its output layers. @see org.deeplearning4j.nn.api.layers.IOutputLayer */
export interface LossOutput {
  labels: INDArray | null;
  /** Checks labels against the output's width and the number of examples. @throws {DL4JInvalidInputException} naming the layer. */
  checkLabels(labels: INDArray, examples: number): void;
  /**
   * Loss per example plus `penalty`, for the kept input and the labels. After `backpropGradient` it is that of the same forward pass,
   * else it is computed.
   */
  computeScore(penalty: number, training: boolean, manager: LayerWorkspaceMgr): number;
  /** The loss of each example plus `penalty`: [N, 1] in the current workspace. */
  computeScoreForExamples(penalty: number, manager: LayerWorkspaceMgr): INDArray;
}

/** A layer that backpropagation can start from. */
export function isLossOutput(layer: Layer | null): layer is Layer & LossOutput {
  return layer?.isOutputLayer === true;
}

/** Labels, score and first gradient of one layer. */
class LossTerm {
  labels: INDArray | null = null;
  /** The summed loss of the forward pass that `gradient` has seen. */
  #sum: number | null = null;

  constructor(
    private readonly layer: Layer,
    private readonly loss: ILossFunction,
    private readonly activation: IActivation,
  ) {}

  gradient(z: INDArray): INDArray {
    const labels = this.#requireLabels();
    const { maskArray } = this.layer;
    this.#sum = computeScore(this.loss, labels, z, this.activation, maskArray, false);
    return computeGradient(this.loss, labels, z, this.activation, maskArray);
  }

  sum(preOutput: () => INDArray): number {
    const labels = this.#requireLabels();
    return this.#sum ?? computeScore(this.loss, labels, preOutput(), this.activation, this.layer.maskArray, false);
  }

  ofExamples(z: INDArray): INDArray {
    return computeScoreArray(this.loss, this.#requireLabels(), z, this.activation, this.layer.maskArray);
  }

  forget(): void {
    this.#sum = null;
  }

  #requireLabels(): INDArray {
    if (this.labels !== null) return this.labels;
    throw new ND4JIllegalStateException(
      `Labels are not set (null): set labels before score or gradient ${this.layer.layerId()}`,
    );
  }
}

function checkLabels(
  layer: Layer,
  loss: ILossFunction,
  labels: INDArray,
  examples: number,
  width: number | null,
): void {
  const { shape } = labels.geometry;
  const columns = loss instanceof LossSparseMCXENT ? 1 : loss instanceof LossMixtureDensity ? loss.labelWidth : width;
  if (shape.length === 2 && shape[0] === examples && (columns === null || shape[1] === columns)) return;
  throw new DL4JInvalidInputException(
    `Labels and preOutput must have equal shapes: got shapes ${formatShape(shape)} vs ${formatShape([examples, columns ?? -1])}: labels do not match the examples (${examples}) and outputs (nOut = ${columns}) ${layer.layerId()}`,
  );
}

/** @see org.deeplearning4j.nn.layers.OutputLayer */
export class Output extends FullyConnected<OutputLayer> implements LossOutput {
  override readonly isOutputLayer = true;
  readonly #term = new LossTerm(this, this.conf.lossFunction, this.conf.activation);

  get labels(): INDArray | null {
    return this.#term.labels;
  }
  set labels(labels: INDArray | null) {
    this.#term.labels = labels;
  }

  checkLabels(labels: INDArray, examples: number): void {
    checkLabels(this, this.conf.lossFunction, labels, examples, this.conf.nOut);
  }

  override setInput(input: INDArray, manager: LayerWorkspaceMgr): void {
    this.#term.forget();
    super.setInput(input, manager);
  }

  override activate(input: INDArray, training: boolean, manager: LayerWorkspaceMgr): INDArray {
    this.setInput(input, manager);
    const output = this.preOutput('ACTIVATIONS', training, manager, null);
    activate(this.conf.activation, output, output, training);
    if (this.maskArray !== null) applyMask(output, this.maskArray, this);
    return output;
  }

  override backpropGradient(_epsilon: INDArray | null, manager: LayerWorkspaceMgr, wanted = true): INDArray | null {
    const z = this.preOutput('BP_WORKING_MEM', true, manager, 'BP_WORKING_MEM');
    const delta = this.#term.gradient(z);
    const epsilon = this.backpropDelta(delta, manager, wanted);
    release(delta);
    return epsilon;
  }

  computeScore(penalty: number, training: boolean, manager: LayerWorkspaceMgr): number {
    return this.#term.sum(() => this.preOutput('FF_WORKING_MEM', training, manager, null)) / this.examples() + penalty;
  }

  computeScoreForExamples(penalty: number, manager: LayerWorkspaceMgr): INDArray {
    const scores = this.#term.ofExamples(this.preOutput('FF_WORKING_MEM', false, manager, null));
    return penalty === 0 ? scores : scores.addi(penalty);
  }

  override clear(): void {
    super.clear();
    this.#term.forget();
  }
}

/** @see org.deeplearning4j.nn.layers.LossLayer */
export class Loss extends Layer<LossLayer> implements LossOutput {
  override readonly isOutputLayer = true;
  readonly #term = new LossTerm(this, this.conf.lossFunction, this.conf.activation);

  get labels(): INDArray | null {
    return this.#term.labels;
  }
  set labels(labels: INDArray | null) {
    this.#term.labels = labels;
  }

  checkLabels(labels: INDArray, examples: number): void {
    checkLabels(this, this.conf.lossFunction, labels, examples, this.kept?.size(1) ?? null);
  }

  override setInput(input: INDArray, manager: LayerWorkspaceMgr): void {
    this.#term.forget();
    checkMatrix(this, input, input.size(1));
    super.setInput(input, manager);
  }

  override activate(input: INDArray, training: boolean, manager: LayerWorkspaceMgr): INDArray {
    this.setInput(input, manager);
    const output = manager.dup('ACTIVATIONS', input, 'c');
    activate(this.conf.activation, output, output, training);
    if (this.maskArray !== null) applyMask(output, this.maskArray, this);
    return output;
  }

  override backpropGradient(_epsilon: INDArray | null, manager: LayerWorkspaceMgr): INDArray {
    const delta = this.#term.gradient(this.requireInput());
    const epsilon = manager.dup('ACTIVATION_GRAD', delta, 'c');
    release(delta);
    return epsilon;
  }

  computeScore(penalty: number): number {
    return this.#term.sum(() => this.requireInput()) / this.examples() + penalty;
  }

  computeScoreForExamples(penalty: number): INDArray {
    const scores = this.#term.ofExamples(this.requireInput());
    return penalty === 0 ? scores : scores.addi(penalty);
  }

  override clear(): void {
    super.clear();
    this.#term.forget();
  }
}
