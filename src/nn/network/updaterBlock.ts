// Runs of parameters that one updater treats in one go.
//
//   params    [ 0: W | b ][ 1: W | b ][ 2: W | b ]      updaters equal in layers 0 and 1, another in layer 2
//   blocks    [ block 0              ][ block 1  ]
//   state     [ M of block 0 | V of block 0 ][ M of block 1 | V of block 1 ]        (Adam)

import { vectorGeometry } from '../../core/geometry.ts';
import { actsIn, regularize } from '../../learning/regularizing.ts';
import type { IUpdater } from '../../learning/updaters.ts';
import { type ArrayView, viewed } from '../../memory/view.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { Binary } from '../../ops/codes.ts';
import { binary } from '../../ops/elementwise.ts';
import { copy } from '../../ops/layout.ts';
import type { Layer } from '../layers/layer.ts';
import { type ParameterSlice, rangeOf } from '../layers/parameterLayout.ts';
import { UpdaterRule } from './updaterRules.ts';

/** A parameter of a layer, as the updater sees it: a run of elements. */
export interface UpdatedParameter {
  readonly layer: Layer;
  readonly slice: ParameterSlice;
}

/** Where blocks begin and end, and how much state each has. */
export interface BlockPlan {
  readonly updater: IUpdater;
  readonly parameters: readonly UpdatedParameter[];
  readonly offset: number;
  readonly length: number;
  readonly stateOffset: number;
  readonly stateLength: number;
}

/** Groups parameters, in flat order, into blocks of equal updaters. @see org.deeplearning4j.nn.updater.BaseMultiLayerUpdater */
export function planBlocks(parameters: readonly UpdatedParameter[]): BlockPlan[] {
  const groups: { updater: IUpdater; parameters: UpdatedParameter[] }[] = [];
  for (const parameter of parameters) {
    const updater = parameter.layer.updaterOf(parameter.slice.spec);
    const last = groups.at(-1);
    if (last?.updater.equals(updater)) last.parameters.push(parameter);
    else groups.push({ updater, parameters: [parameter] });
  }
  let stateOffset = 0;
  return groups.map(({ updater, parameters: members }) => {
    const offset = (members[0] as UpdatedParameter).slice.offset;
    const length = members.reduce((sum, { slice }) => sum + slice.length, 0);
    const stateLength = updater.stateSize(length);
    const block = { updater, parameters: members, offset, length, stateOffset, stateLength };
    stateOffset += stateLength;
    return block;
  });
}

/** One block at work on the flat vectors. */
export class UpdaterBlock {
  readonly #rule: UpdaterRule;
  readonly #gradient: INDArray;
  readonly #params: INDArray;
  readonly #members: readonly {
    readonly of: UpdatedParameter;
    readonly gradient: INDArray;
    readonly values: INDArray;
  }[];
  readonly #decays: boolean;

  constructor(
    readonly plan: BlockPlan,
    params: INDArray,
    gradient: INDArray,
    state: INDArray | null,
  ) {
    const { offset, length, stateOffset, stateLength, updater } = plan;
    this.#params = rangeOf(params, offset, length);
    this.#gradient = rangeOf(gradient, offset, length);
    const own = state === null || stateLength === 0 ? null : viewed(state, stateOffset, vectorGeometry(stateLength));
    this.#rule = new UpdaterRule(updater, own, length);
    const regularized = plan.parameters.filter(({ layer, slice }) => layer.regularizationOf(slice.spec).length > 0);
    this.#members = regularized.map((of) => ({
      of,
      gradient: rangeOf(gradient, of.slice.offset, of.slice.length),
      values: rangeOf(params, of.slice.offset, of.slice.length),
    }));
    this.#decays = regularized.some(({ layer, slice }) => actsIn(layer.regularizationOf(slice.spec), 'POST_UPDATER'));
  }

  /** Writes the state that the first step starts from. */
  initializeState(): void {
    this.#rule.initializeState();
  }

  /** Copies the state of some parameters from a block of the same rule; `offset` counts in the flat vector. */
  copyState(source: UpdaterBlock, offset: number, length: number): void {
    const from = source.#rule.statesOf(offset - source.plan.offset, length);
    this.#rule.statesOf(offset - this.plan.offset, length).forEach((state, index) => {
      copy(state, from[index] as ArrayView);
    });
  }

  /** Regularizes, turns the gradient into the update, and applies it to the parameters (+1 adds, −1 subtracts, 0 leaves them). */
  update(iteration: number, epoch: number, sign: 1 | -1 | 0): void {
    const { updater } = this.plan;
    const rate = updater.hasLearningRate() ? updater.getLearningRate(iteration, epoch) : 1;
    this.#regularize('BEFORE_UPDATER', iteration, epoch, rate);
    if (sign === -1 && !this.#decays) {
      this.#rule.step(this.#gradient, iteration, epoch, this.#params);
      return;
    }
    this.#rule.step(this.#gradient, iteration, epoch);
    this.#regularize('POST_UPDATER', iteration, epoch, rate);
    if (sign !== 0) binary(sign < 0 ? Binary.SUB : Binary.ADD, this.#params, this.#params, this.#gradient);
  }

  #regularize(step: 'BEFORE_UPDATER' | 'POST_UPDATER', iteration: number, epoch: number, rate: number): void {
    for (const { of, gradient, values } of this.#members) {
      regularize(of.layer.regularizationOf(of.slice.spec), step, gradient, values, iteration, epoch, rate);
    }
  }
}
