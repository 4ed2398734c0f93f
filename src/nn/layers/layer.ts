// The contract of a layer at work, and what all layers share: parameters as views, the input they keep, masks, counters.

import { DL4JInvalidInputException, formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import type { Regularization } from '../../learning/regularization.ts';
import { penaltyOf } from '../../learning/regularizing.ts';
import { type IUpdater, NoOp } from '../../learning/updaters.ts';
import { initializeWeights } from '../../learning/weightInitialization.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { fill } from '../../ops/layout.ts';
import type { GradientNormalization } from '../conf/enums.ts';
import { BaseLayer, type LayerConf } from '../conf/layerConf.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';
import {
  layOut,
  type ParameterSlice,
  type ParameterSpec,
  rangeOf,
  totalLength,
  viewOfSlice,
} from './parameterLayout.ts';

const NO_OP = new NoOp();

/** What a layer must know of the network around it. */
export interface LayerContext {
  readonly index: number;
  /** Divides scores and gradients by the examples, or not. */
  readonly miniBatch: boolean;
}

/**
 * A layer at work. `activate` keeps what `backpropGradient` needs until `clear`.
 *
 * To write a layer of your own, extend this class: make what `activate` returns as ACTIVATIONS and what `backpropGradient`
 * returns as ACTIVATION_GRAD, and write gradients of parameters into `gradientView(key)`.
 *
 * @see org.deeplearning4j.nn.api.Layer
 */
export abstract class Layer<C extends LayerConf = LayerConf> {
  /** True for a layer that has labels and a loss: backpropagation starts there. */
  readonly isOutputLayer: boolean = false;
  /** True for a layer whose parameters training leaves alone. */
  readonly isFrozen: boolean = false;
  /** Iterations and epochs so far: what schedules of dropout and noise count. */
  iterationCount = 0;
  epochCount = 0;
  /** The mask of this layer's rows: [N, 1], or of the output's shape; null without one. */
  maskArray: INDArray | null = null;
  /** Places in the flat vector; set by `layOut`. */
  slices: readonly ParameterSlice[] = [];
  /** @internal What the layer keeps of its input. */
  protected kept: INDArray | null = null;
  readonly #params = new Map<string, INDArray>();
  readonly #gradients = new Map<string, INDArray>();

  constructor(
    /** The description. Another one may be put in its place, see `MultiLayerNetwork.setLearningRate`. */
    public conf: C,
    protected readonly context: LayerContext,
  ) {}

  /** Computes the output: [N, …] in ACTIVATIONS. @throws {DL4JInvalidInputException} naming the layer when the input does not fit. */
  abstract activate(input: INDArray, training: boolean, manager: LayerWorkspaceMgr): INDArray;

  /**
   * Gradient with respect to the input, in ACTIVATION_GRAD, from the gradient `epsilon` with respect to the output; null for
   * output layers, which start from their loss. Gradients of the parameters are written (not added) to their views.
   * When `wanted` is false the gradient of the input may be left out, and null come back.
   */
  abstract backpropGradient(epsilon: INDArray | null, manager: LayerWorkspaceMgr, wanted?: boolean): INDArray | null;

  /** The layer's parameters, in the order of memory. */
  protected parameters(): readonly ParameterSpec[] {
    return [];
  }

  get index(): number {
    return this.context.index;
  }

  get name(): string {
    return this.conf.name ?? `layer${this.index}`;
  }

  /** `(layer name: layer0, layer index: 0, layer type: DenseLayer)`: how messages name a layer. */
  layerId(): string {
    return `(layer name: ${this.name}, layer index: ${this.index}, layer type: ${this.conf.simpleName})`;
  }

  /** Places the parameters in the flat vector from element `start` on. Returns the first element behind them. */
  layOut(start: number): number {
    this.slices = layOut(this.parameters(), start);
    return start + totalLength(this.slices);
  }

  /** Makes the views on the network's flat vectors. */
  attach(params: INDArray, gradient: INDArray): void {
    for (const slice of this.slices) {
      this.#params.set(slice.spec.key, viewOfSlice(params, slice));
      this.#gradients.set(slice.spec.key, viewOfSlice(gradient, slice));
    }
  }

  /** Writes initial values, drawing from the realm's generator in the order of memory. */
  initializeParams(params: INDArray): void {
    for (const { spec, offset, length } of this.slices) {
      const view = rangeOf(params, offset, length);
      const { start, shape, order } = spec;
      if (typeof start === 'number') fill(view, start);
      else if (this.conf instanceof BaseLayer)
        initializeWeights(this.conf.weightInit, { view, shape, order, ...start });
    }
  }

  /** First element of this layer in the flat vector. */
  get firstElement(): number {
    return this.slices[0]?.offset ?? 0;
  }

  numParams(): number {
    return totalLength(this.slices);
  }

  /** A parameter: the live view. @throws {ND4JIllegalStateException} for a key it does not have. */
  getParam(key: string): INDArray {
    return this.#params.get(key) ?? this.#refuseKey(key);
  }

  /** The gradient of a parameter: the live view. */
  gradientView(key: string): INDArray {
    return this.#gradients.get(key) ?? this.#refuseKey(key);
  }

  /** All parameters by key, in DL4J's order: live views. */
  paramTable(): Map<string, INDArray> {
    return new Map(this.conf.parameterKeys.all.map((key) => [key, this.getParam(key)]));
  }

  #refuseKey(key: string): never {
    throw new ND4JIllegalStateException(
      `Cannot get parameter "${key}" of ${this.layerId()}: it has ${[...this.#params.keys()].map((each) => `"${each}"`).join(', ') || 'none'}`,
    );
  }

  /** The updater of a parameter. */
  updaterOf({ key, isStatistic }: ParameterSpec): IUpdater {
    if (isStatistic === true || !(this.conf instanceof BaseLayer)) return NO_OP;
    return this.conf.getUpdaterByParam(key);
  }

  /** The regularizations of a parameter. */
  regularizationOf({ key }: ParameterSpec): readonly Regularization[] {
    return this.conf instanceof BaseLayer ? this.conf.getRegularizationByParam(key) : [];
  }

  get gradientNormalization(): GradientNormalization {
    return this.conf instanceof BaseLayer ? this.conf.gradientNormalization : 'None';
  }

  get gradientNormalizationThreshold(): number {
    return this.conf instanceof BaseLayer ? this.conf.gradientNormalizationThreshold : 1;
  }

  /** The penalty of all regularized parameters. @see org.deeplearning4j.nn.api.Layer#calcRegularizationScore */
  calcRegularizationScore(): number {
    let penalty = 0;
    for (const { spec } of this.slices) {
      const list = this.regularizationOf(spec);
      if (list.length > 0) penalty += penaltyOf(list, this.getParam(spec.key), this.iterationCount, this.epochCount);
    }
    return penalty;
  }

  /** Keeps the input for `backpropGradient`, where INPUT belongs. */
  setInput(input: INDArray, manager: LayerWorkspaceMgr): void {
    this.kept = manager.leverageTo('INPUT', input);
  }

  /** What the last forward pass kept of its input; null when it is cleared. */
  input(): INDArray | null {
    return this.kept;
  }

  /** The kept input. @throws {ND4JIllegalStateException} without a forward pass before. */
  protected requireInput(): INDArray {
    if (this.kept !== null) return this.kept;
    throw new ND4JIllegalStateException(
      `Cannot perform backprop: no input is set, run a forward pass first ${this.layerId()}`,
    );
  }

  /** Takes a mask on its way down the network: the one that arrives is this layer's, and goes on. */
  feedForwardMaskArray(mask: INDArray | null): INDArray | null {
    this.maskArray = mask;
    return mask;
  }

  /** Examples of the last input, or 1 when the network does not count them. */
  protected examples(): number {
    return this.context.miniBatch ? (this.kept?.size(0) ?? 1) : 1;
  }

  /** Forgets what the last forward pass kept; masks stay. */
  clear(): void {
    this.kept = null;
  }
}

/** Refuses an input that is no matrix with so many columns. @throws {DL4JInvalidInputException} naming the layer. */
export function checkMatrix(layer: Layer, input: INDArray, columns: number): void {
  const { shape } = input.geometry;
  if (shape.length !== 2) {
    throw new DL4JInvalidInputException(
      `Input that is not a matrix; expected matrix (rank 2), got rank ${shape.length} array with shape ${formatShape(shape)}. Missing preprocessor or wrong input type? ${layer.layerId()}`,
    );
  }
  if (shape[1] !== columns) {
    throw new DL4JInvalidInputException(
      `Input size (${shape[1]} columns; shape = ${formatShape(shape)}) is invalid: does not match layer input size (layer # inputs = ${columns}) ${layer.layerId()}`,
    );
  }
}
