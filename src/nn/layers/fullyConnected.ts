// z = x · W (layer norm) + b, forward and backward: what dense and output layers share.
//
//   forward   x ─▶ dropout ─▶ · W ─▶ [normalize · g] ─▶ + b ─▶ [⊙ mask] ─▶ z
//   backward  db = Σ rows of dz ─▶ [dg, through the normalization] ─▶ dW = xᵀ · dz ─▶ dx = dz · Wᵀ

import { denseGeometry } from '../../core/geometry.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { Binary } from '../../ops/codes.ts';
import { gemm } from '../../ops/matmul.ts';
import type { FeedForwardLayer } from '../conf/layerConf.ts';
import type { ArrayType } from '../workspace/arrayType.ts';
import type { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';
import { InputDropout } from './inputDropout.ts';
import { checkMatrix, Layer } from './layer.ts';
import { LayerNormalization } from './layerNormalization.ts';
import { noisyParam } from './noisyWeights.ts';
import type { ParameterSpec } from './parameterLayout.ts';
import { applyMask, applyRow, sumRows } from './rows.ts';

/** Weights W [nIn, nOut] ('f'), bias b [nOut], and the gain g [nOut] of layer normalization. */
export abstract class FullyConnected<C extends FeedForwardLayer = FeedForwardLayer> extends Layer<C> {
  readonly #dropout = new InputDropout();
  #isDropped = false;
  /** Parameters with noise: the same in forward and backward pass. */
  readonly #noisy = new Map<string, INDArray>();
  readonly #normalization = new LayerNormalization();

  protected get hasBias(): boolean {
    return this.conf.parameterKeys.biases.length > 0;
  }
  protected get hasLayerNorm(): boolean {
    return this.conf.parameterKeys.all.includes('g');
  }

  protected override parameters(): readonly ParameterSpec[] {
    const { nIn, nOut, biasInit, gainInit } = this.conf;
    const vector = { shape: [nOut], order: 'c' } as const;
    const specs: ParameterSpec[] = [{ key: 'W', shape: [nIn, nOut], order: 'f', start: { fanIn: nIn, fanOut: nOut } }];
    if (this.hasBias) specs.push({ key: 'b', ...vector, start: biasInit });
    if (this.hasLayerNorm) specs.push({ key: 'g', ...vector, start: gainInit });
    return specs;
  }

  override setInput(input: INDArray, manager: LayerWorkspaceMgr): void {
    checkMatrix(this, input, this.conf.nIn);
    this.#isDropped = false;
    const typed =
      input.info === this.getParam('W').info
        ? input
        : manager.castTo('INPUT', this.getParam('W').dataType(), input, false);
    super.setInput(typed, manager);
  }

  /** The kept input, with dropout in training; from then on that is what is kept. */
  protected droppedInput(training: boolean, manager: LayerWorkspaceMgr): INDArray {
    const input = this.requireInput();
    const { dropOut } = this.conf;
    if (!training || dropOut === null || this.#isDropped) return input;
    this.kept = this.#dropout.apply(dropOut, input, this.iterationCount, this.epochCount, manager);
    this.#isDropped = true;
    return this.kept;
  }

  /** A parameter with the layer's weight noise. */
  protected param(key: string, training: boolean, manager: LayerWorkspaceMgr): INDArray {
    const param = this.getParam(key);
    const { weightNoise } = this.conf;
    if (weightNoise === null) return param;
    const known = training ? this.#noisy.get(key) : undefined;
    if (known !== undefined) return known;
    const isBias = this.conf.parameterKeys.biases.includes(key);
    const { iterationCount: iteration, epochCount: epoch } = this;
    const noisy = noisyParam(weightNoise, param, { isBias, training, iteration, epoch, manager });
    if (training) this.#noisy.set(key, noisy);
    return noisy;
  }

  /**
   * The pre-activation [N, nOut] of the kept input, a new array of type `type`. What else the backward pass needs is kept as
   * `cache`, unless that is null.
   */
  protected preOutput(
    type: ArrayType,
    training: boolean,
    manager: LayerWorkspaceMgr,
    cache: ArrayType | null,
  ): INDArray {
    const input = this.droppedInput(training, manager);
    const weights = this.param('W', training, manager);
    const z = manager.allocate(type, input.info, denseGeometry([input.size(0), this.conf.nOut]), false);
    gemm(z, input, weights);
    if (this.hasLayerNorm) this.#normalization.apply(z, this.getParam('g'), manager, cache);
    if (this.hasBias) applyRow(Binary.ADD, z, this.param('b', training, manager));
    if (this.maskArray !== null) applyMask(z, this.maskArray, this);
    return z;
  }

  /** Writes the gradients of the parameters from dz, which is changed; returns that of the input in ACTIVATION_GRAD if wanted. */
  protected backpropDelta(delta: INDArray, manager: LayerWorkspaceMgr, wanted: boolean): INDArray | null {
    const input = this.requireInput();
    if (this.hasBias) sumRows(this.gradientView('b'), delta);
    if (this.hasLayerNorm) this.#normalization.backprop(delta, this.getParam('g'), this.gradientView('g'), manager);
    gemm(this.gradientView('W'), input.transpose(), delta);
    let epsilon: INDArray | null = null;
    if (wanted) {
      const weights = this.param('W', true, manager);
      epsilon = manager.allocate('ACTIVATION_GRAD', delta.info, denseGeometry(input.geometry.shape), false);
      gemm(epsilon, delta, weights.transpose());
      if (this.#isDropped) this.#dropout.backprop(epsilon);
    }
    this.#noisy.clear();
    return epsilon;
  }

  override clear(): void {
    super.clear();
    this.#isDropped = false;
    this.#dropout.clear();
    this.#noisy.clear();
    this.#normalization.clear();
  }
}
