// From the gradient to the update: minibatch, normalization, blocks. One flat gradient, one flat state.
//
//   gradient ─▶ ÷ examples ─▶ normalize or clip, by layer ─▶ by block: + L1, L2 ─▶ rule ─▶ + weight decay ─▶ parameters −= update

import { formatShape, ND4JIllegalArgumentException } from '../../core/errors.ts';
import { vectorGeometry } from '../../core/geometry.ts';
import { DataBuffer } from '../../memory/buffer.ts';
import { type INDArray, NDArray } from '../../ndarray/ndarray.ts';
import { Binary } from '../../ops/codes.ts';
import { binaryScalar } from '../../ops/elementwise.ts';
import { copy } from '../../ops/layout.ts';
import type { Layer } from '../layers/layer.ts';
import { rangeOf } from '../layers/parameterLayout.ts';
import { LayerWorkspaceMgr } from '../workspace/layerWorkspaceMgr.ts';
import { normalizeGradient } from './gradientNormalization.ts';
import { planBlocks, UpdaterBlock } from './updaterBlock.ts';

/** A layer whose gradient is normalized, with the views that are its units. */
interface NormalizedLayer {
  readonly layer: Layer;
  readonly whole: INDArray;
  readonly parameters: readonly INDArray[];
}

/**
 * Turns gradients into updates. The state view has DL4J's layout: block after block, within a block all first moments, then all second ones.
 * @see org.deeplearning4j.nn.updater.MultiLayerUpdater
 */
export class NetworkUpdater {
  readonly #blocks: readonly UpdaterBlock[];
  readonly #state: INDArray | null;
  readonly #normalized: readonly NormalizedLayer[];
  /** Runs of the gradient that are divided by the minibatch: all but running statistics. */
  readonly #divided: readonly INDArray[];

  /** @param layers in flat order @param params @param gradient the network's flat vectors */
  constructor(layers: readonly Layer[], params: INDArray, gradient: INDArray) {
    const parameters = layers.flatMap((layer) => layer.slices.map((slice) => ({ layer, slice })));
    const plans = planBlocks(parameters);
    const length = plans.reduce((sum, { stateLength }) => sum + stateLength, 0);
    this.#state = length === 0 ? null : detachedVector(params, length);
    this.#blocks = plans.map((plan) => new UpdaterBlock(plan, params, gradient, this.#state));
    for (const block of this.#blocks) block.initializeState();
    this.#normalized = layers
      .filter((layer) => layer.slices.length > 0 && layer.gradientNormalization !== 'None')
      .map((layer) => ({
        layer,
        whole: rangeOf(gradient, layer.firstElement, layer.numParams()),
        parameters: layer.slices.map(({ offset, length: size }) => rangeOf(gradient, offset, size)),
      }));
    this.#divided = dividedRuns(parameters.map(({ slice }) => slice)).map(([from, to]) =>
      rangeOf(gradient, from, to - from),
    );
  }

  /** The blocks, for what reports on them. */
  getUpdaterBlocks(): readonly UpdaterBlock[] {
    return this.#blocks;
  }

  /** The flat state: the live view; null when no updater keeps any. */
  getStateViewArray(): INDArray | null {
    return this.#state;
  }

  /** Copies a state of the same layout. @throws {ND4JIllegalArgumentException} when the number of elements differs. */
  setStateViewArray(state: INDArray): void {
    const needed = this.#state?.length() ?? 0;
    if (state.length() !== needed) {
      throw new ND4JIllegalArgumentException(
        `Cannot set the updater state from an array of shape ${formatShape(state.geometry.shape)}: found ${state.length()} elements, needed are ${needed}`,
      );
    }
    if (this.#state !== null)
      copy(this.#state, state.length() === state.geometry.shape[0] ? state : state.reshape(needed));
  }

  /** Takes over the state of another updater of the same layers, parameter by parameter, as far as both keep the same arrays. */
  takeStateOf(other: NetworkUpdater): void {
    for (const block of this.#blocks) {
      for (const { slice } of block.plan.parameters) {
        const source = other.#blocks.find(
          ({ plan }) => plan.offset <= slice.offset && slice.offset < plan.offset + plan.length,
        );
        if (source !== undefined && source.plan.updater.constructor === block.plan.updater.constructor) {
          block.copyState(source, slice.offset, slice.length);
        }
      }
    }
  }

  /**
   * Turns the gradient into the update, in place.
   * @param examples what the gradient is divided by; 1 leaves it
   * @param sign −1 subtracts the update from the parameters, +1 adds it, 0 (default) leaves them
   */
  update(
    iteration: number,
    epoch: number,
    examples: number,
    sign: 1 | -1 | 0 = 0,
    manager: LayerWorkspaceMgr = LayerWorkspaceMgr.noWorkspacesImmutable(),
  ): void {
    // A schedule that fails must fail before anything has changed.
    for (const block of this.#blocks) block.plan.updater.getLearningRate(iteration, epoch);
    if (examples !== 1) for (const run of this.#divided) binaryScalar(Binary.DIV, run, run, examples);
    for (const { layer, whole, parameters } of this.#normalized) {
      normalizeGradient(layer.gradientNormalization, layer.gradientNormalizationThreshold, whole, parameters);
    }
    for (const block of this.#blocks) {
      const scope = manager.isScopedOut('UPDATER_WORKING_MEM')
        ? null
        : manager.notifyScopeEntered('UPDATER_WORKING_MEM');
      try {
        block.update(iteration, epoch, sign);
      } finally {
        scope?.close();
      }
    }
  }

  /** Frees the state. */
  close(): void {
    this.#state?.close();
  }
}

/** Runs of adjacent parameters that are no statistics. */
function dividedRuns(
  slices: readonly { spec: { isStatistic?: boolean }; offset: number; length: number }[],
): [number, number][] {
  const runs: [number, number][] = [];
  for (const { spec, offset, length } of slices) {
    if (spec.isStatistic === true) continue;
    const last = runs.at(-1);
    if (last !== undefined && last[1] === offset) last[1] = offset + length;
    else runs.push([offset, offset + length]);
  }
  return runs;
}

/** A zeroed vector of the type of another one, on the heap whatever workspace is open. */
function detachedVector(like: INDArray, length: number): INDArray {
  return new NDArray(DataBuffer.allocateDetached(like.info, length, true), 0, vectorGeometry(length));
}
