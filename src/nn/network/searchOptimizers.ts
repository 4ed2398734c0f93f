// Optimizers that search along a line in every iteration. The updaters of the configuration still hold: a direction is made of updates,
// not of bare gradients.

import { DataBuffer } from '../../memory/buffer.ts';
import { type INDArray, NDArray } from '../../ndarray/ndarray.ts';
import { Binary } from '../../ops/codes.ts';
import { binary, binaryScalar } from '../../ops/elementwise.ts';
import { copy } from '../../ops/layout.ts';
import { reducePairAll } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import type { OptimizationAlgorithm } from '../conf/enums.ts';
import { type SearchedModel, type StepRule, searchLine, takeStep } from './lineSearch.ts';

/** Pairs of differences that L-BFGS remembers. */
const MEMORY = 4;
/** Added to products that are divided by. @see Nd4j.EPS_THRESHOLD */
const EPSILON = 1e-5;

/** A network that a search can also ask for updates. */
export interface UpdatedModel extends SearchedModel {
  /** Computes the gradient of the present parameters, turns it into the update, and returns the score. */
  evaluateUpdate(): number;
}

/** Moves parameters by a line search per iteration; its state lives as long as the network. */
export interface SearchOptimizer {
  optimize(): void;
  /** Frees the state. */
  close(): void;
}

const dot = (x: INDArray, y: INDArray): number => reducePairAll(Reduce.DOT, x, y);

/** A copy on the heap, whatever workspace is open. */
function copied(array: INDArray): INDArray {
  const result = new NDArray(DataBuffer.allocateDetached(array.info, array.length(), false), 0, array.geometry);
  copy(result, array);
  return result;
}

/**
 * Gradient descent with a line search. Conjugate gradients are the same: with one search per call, as M2.1 runs it, nothing is left of
 * the direction before.
 * @see org.deeplearning4j.optimize.solvers.LineGradientDescent
 */
class LineDescent implements SearchOptimizer {
  protected readonly direction: INDArray;
  readonly #position: INDArray;
  readonly #candidate: INDArray;

  constructor(
    protected readonly model: UpdatedModel,
    private readonly rule: StepRule,
    private readonly tries: number,
  ) {
    this.direction = copied(model.params);
    this.#position = copied(model.params);
    this.#candidate = copied(model.params);
  }

  optimize(): void {
    copy(this.#position, this.model.params);
    try {
      this.#search();
    } catch (error) {
      copy(this.model.params, this.#position);
      throw error;
    }
  }

  #search(): void {
    const { model, rule } = this;
    const score = model.evaluateUpdate();
    this.prepare();
    const step = searchLine(model, this.#position, score, this.direction, this.#candidate, rule, this.tries);
    copy(model.params, this.#position);
    if (step !== 0) takeStep(model.params, this.direction, step, rule);
    model.evaluateUpdate();
    this.finish();
  }

  /** Makes the direction from the update in the gradient vector. */
  protected prepare(): void {
    copy(this.direction, this.model.gradient);
  }

  /** Learns from the step; the gradient vector holds the update behind it. */
  protected finish(): void {}

  close(): void {
    for (const array of [this.direction, this.#position, this.#candidate]) array.close();
  }
}

/** Differences of parameters and of updates over one step, and the factor of their product. */
interface Difference {
  readonly s: INDArray;
  readonly y: INDArray;
  readonly rho: number;
}

/**
 * L-BFGS as M2.1 computes it: the factors come from the parameters where the paper has their difference, from the second call on
 * the difference of updates is 0, because both are one array there, and the walk back counts its alphas from the wrong end.
 * @see org.deeplearning4j.optimize.solvers.LBFGS
 */
class LimitedBfgs extends LineDescent {
  /** Most recent first. */
  readonly #differences: Difference[] = [];
  readonly #oldParams = copied(this.model.params);
  #firstUpdate: INDArray | null = null;
  #isFirst = true;

  protected override prepare(): void {
    if (!this.#isFirst) return;
    copy(this.direction, this.model.gradient);
    this.#firstUpdate = copied(this.model.gradient);
  }

  protected override finish(): void {
    const { gradient, params } = this.model;
    const before = this.#firstUpdate ?? gradient;
    const sy = dot(this.#oldParams, before) + EPSILON;
    const yy = dot(before, before) + EPSILON;
    const oldest = this.#differences.length >= MEMORY ? this.#differences.pop() : undefined;
    const { s, y } = oldest ?? { s: copied(params), y: copied(gradient) };
    binary(Binary.SUB, s, params, this.#oldParams);
    binary(Binary.SUB, y, gradient, before);
    this.#differences.unshift({ s, y, rho: 1 / sy });
    this.#turn(sy / yy);
    copy(this.#oldParams, params);
    this.#firstUpdate?.close();
    this.#firstUpdate = null;
    this.#isFirst = false;
  }

  /** The next direction: two walks over what is remembered, with `gamma` · identity between them. */
  #turn(gamma: number): void {
    const { direction } = this;
    copy(direction, this.model.gradient);
    const alphas = this.#differences.map(({ s, y, rho }) => {
      const alpha = rho * dot(s, direction);
      binary(Binary.AXPY, direction, direction, y, -alpha);
      return alpha;
    });
    binaryScalar(Binary.MUL, direction, direction, gamma);
    for (let index = this.#differences.length - 1, turn = 0; index >= 0; index--, turn++) {
      const { s, y, rho } = this.#differences[index] as Difference;
      const beta = rho * dot(y, direction);
      binary(Binary.AXPY, direction, direction, s, (alphas[turn] as number) - beta);
    }
  }

  override close(): void {
    super.close();
    this.#oldParams.close();
    this.#firstUpdate?.close();
    for (const { s, y } of this.#differences) {
      s.close();
      y.close();
    }
  }
}

/** The optimizer of a configuration; null for plain stochastic gradient descent. */
export function searchOptimizer(
  algorithm: OptimizationAlgorithm,
  model: UpdatedModel,
  rule: StepRule,
  tries: number,
): SearchOptimizer | null {
  if (algorithm === 'STOCHASTIC_GRADIENT_DESCENT') return null;
  return algorithm === 'LBFGS' ? new LimitedBfgs(model, rule, tries) : new LineDescent(model, rule, tries);
}
