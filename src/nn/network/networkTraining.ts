// One iteration of training, and inference, on the plan of any network.
//
//   open WS_ALL_LAYERS_ACT ─▶ forward, keeping all ─▶ onForwardPass ─▶ backward ─▶ score ─▶ onBackwardPass ─▶ close
//   onGradientCalculation ─▶ update ─▶ iterationDone(old counter) ─▶ counter + 1 ─▶ constraints

import { describeValue } from '../../core/errors.ts';
import { constrain } from '../../learning/constraining.ts';
import { scope } from '../../memory/currentWorkspace.ts';
import type { MemoryWorkspace } from '../../memory/memoryWorkspace.ts';
import { unwindScopes } from '../../memory/scopeWatch.ts';
import { workspaceManager } from '../../memory/workspaceManager.ts';
import { WorkspaceUtils } from '../../memory/workspaceUtils.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import type { OptimizationAlgorithm } from '../conf/enums.ts';
import type { StepFunction } from '../conf/networkDefaults.ts';
import type { Layer } from '../layers/layer.ts';
import { isLossOutput, type LossOutput } from '../layers/output.ts';
import { backward } from './backwardPass.ts';
import { forwardInferred, forwardKept, inputsOf, startValues, type Values } from './forwardPass.ts';
import type { GraphPlan, PlanStep } from './graphPlan.ts';
import { type NetworkConf, NetworkCore } from './networkCore.ts';
import type { NetworkMemory } from './networkMemory.ts';
import { type SearchOptimizer, searchOptimizer, type UpdatedModel } from './searchOptimizers.ts';
import type { Model, TrainingListener } from './trainingListener.ts';

/** Arrays of one minibatch: features and labels in the order of the network's inputs and outputs. */
export interface Batch {
  readonly features: readonly INDArray[];
  readonly labels: readonly INDArray[];
}

/** How parameters are moved. */
export interface Movement {
  readonly algorithm: OptimizationAlgorithm;
  /** Divide gradients by the examples. */
  readonly miniBatch: boolean;
  /** Go down (subtract updates) or up. */
  readonly minimize: boolean;
  /** Tries of a line search. */
  readonly tries: number;
  readonly stepFunction: StepFunction | null;
}

/** A network that can be trained. */
export abstract class NetworkTraining<C extends NetworkConf = NetworkConf> extends NetworkCore<C> implements Model {
  #listeners: TrainingListener[] = [];
  #score = 0;
  #batchSize = 0;
  #optimizer: SearchOptimizer | null = null;
  #searched: Batch | null = null;

  /** How the configuration wants parameters to be moved. */
  protected abstract get movement(): Movement;

  /** Score of the last iteration: loss per example plus regularization, before its update. */
  score(): number {
    return this.#score;
  }

  setScore(score: number): void {
    this.#score = score;
  }

  /** Examples of the last minibatch. */
  batchSize(): number {
    return this.#batchSize;
  }

  getIterationCount(): number {
    return this.configuration.iterationCount;
  }
  setIterationCount(count: number): void {
    this.configuration.iterationCount = count;
  }
  getEpochCount(): number {
    return this.configuration.epochCount;
  }
  setEpochCount(count: number): void {
    this.configuration.epochCount = count;
  }
  incrementEpochCount(): void {
    this.configuration.epochCount++;
  }

  /** Replaces all listeners. */
  setListeners(...listeners: readonly (TrainingListener | readonly TrainingListener[])[]): void {
    this.#listeners = checkListeners(listeners.flat());
  }
  addListeners(...listeners: readonly TrainingListener[]): void {
    this.#listeners.push(...checkListeners(listeners));
  }
  getListeners(): readonly TrainingListener[] {
    return this.#listeners;
  }

  /** Output layers by step. */
  protected outputLayers(plan: GraphPlan): (Layer & LossOutput)[] {
    return plan.outputs.map((step) => plan.steps[step]?.vertex.layer ?? null).filter(isLossOutput);
  }

  /** Tells all layers the counters that their schedules read. */
  protected syncCounters(layers: readonly Layer[]): void {
    const { iterationCount, epochCount } = this.configuration;
    for (const layer of layers) {
      layer.iterationCount = iterationCount;
      layer.epochCount = epochCount;
    }
  }

  /** The penalties of all layers. */
  protected penalty(layers: readonly Layer[]): number {
    let sum = 0;
    for (const layer of layers) sum += layer.calcRegularizationScore();
    return sum;
  }

  /**
   * Fills the gradient vector, a sum over the examples, and sets the score. Parameters stay.
   * @param wantsInputs return the gradients of the features too, detached
   */
  protected computeGradient(batch: Batch, wantsInputs = false): (INDArray | null)[] {
    const { plan, layers } = this.live('compute the gradient');
    const memory = this.trainingMemory();
    if (memory.isOff) {
      WorkspaceUtils.assertNoWorkspacesOpen(
        'Expected no workspace active in ffToLayerActivationsInWs when training workspace is set to NONE',
      );
    }
    const mark = scope.entries.length;
    this.syncCounters(layers);
    this.#batchSize = batch.features[0]?.size(0) ?? 0;
    try {
      const open = memory.openActivations();
      const gradients = this.#passes(plan, layers, memory, batch, wantsInputs);
      this.#notifyOutside('onBackwardPass');
      open?.close();
      return gradients;
    } finally {
      unwindScopes(mark);
      for (const { vertex } of plan.steps) vertex.clear();
      for (const output of this.outputLayers(plan)) output.labels = null;
      memory.release();
      memory.settle();
    }
  }

  #passes(
    plan: GraphPlan,
    layers: readonly Layer[],
    memory: NetworkMemory,
    { features, labels }: Batch,
    wantsInputs: boolean,
  ): (INDArray | null)[] {
    const outputs = this.outputLayers(plan);
    outputs.forEach((output, index) => {
      const given = labels[index] as INDArray;
      output.checkLabels(given, this.#batchSize);
      output.labels = given;
    });
    const values = startValues(plan, features);
    memory.training.letStay(features);
    const lastHidden = plan.isLine ? plan.steps.length - 2 : plan.steps.length - 1;
    forwardKept(plan, memory, memory.training, values, true, lastHidden);
    if (plan.isLine) prepare(plan.steps.at(-1) as PlanStep, values, memory);
    if (this.#listeners.length > 0) this.#notifyForward(values, plan.isLine ? 1 : 0);
    const gradients = backward(plan, memory, new Map(), wantsInputs);
    const work = memory.openWork();
    let score = 0;
    let penalty = this.penalty(layers);
    for (const output of outputs) {
      score += output.computeScore(penalty, true, memory.training);
      penalty = 0;
    }
    work?.close();
    this.#score = score;
    return gradients;
  }

  #notifyForward(values: Values, withoutLast: number): void {
    const activations = values.slice(0, values.length - withoutLast) as INDArray[];
    for (const listener of this.#listeners) listener.onForwardPass(this, activations);
  }

  /** Calls `onGradientCalculation`. */
  protected notifyGradient(): void {
    this.#notifyOutside('onGradientCalculation');
  }

  /** Calls listeners without a current workspace, so that what they keep is detached. */
  #notifyOutside(callback: 'onBackwardPass' | 'onGradientCalculation'): void {
    if (this.#listeners.length === 0) return;
    const outside = workspaceManager.scopeOutOfWorkspaces();
    try {
      for (const listener of this.#listeners) listener[callback](this);
    } finally {
      outside.close();
    }
  }

  /** One iteration: gradient, update, listeners, counter, constraints. When the gradient fails nothing has changed. */
  protected iterate(batch: Batch): void {
    const { movement } = this;
    if (movement.algorithm === 'STOCHASTIC_GRADIENT_DESCENT') {
      this.computeGradient(batch);
      this.notifyGradient();
      this.#update(movement.minimize ? -1 : 1);
    } else this.#search(batch, movement);
    const { iterationCount, epochCount } = this.configuration;
    try {
      for (const listener of this.#listeners) listener.iterationDone(this, iterationCount, epochCount);
    } finally {
      this.configuration.iterationCount++;
      for (const layer of this.live('fit').layers) constrainLayer(layer);
    }
  }

  /** Turns the gradient into the update, and applies it: −1 down, +1 up, 0 not at all. */
  #update(sign: 1 | -1 | 0): void {
    const { iterationCount, epochCount } = this.configuration;
    const { training } = this.trainingMemory();
    training.assertNotOpen('UPDATER_WORKING_MEM', 'Updater working memory');
    const examples = this.movement.miniBatch ? this.#batchSize : 1;
    this.getUpdater().update(iterationCount, epochCount, examples, sign, training);
  }

  #search(batch: Batch, { algorithm, minimize, tries, stepFunction }: Movement): void {
    this.#searched = batch;
    const kind = stepFunction ?? (minimize ? 'negativeDefault' : 'default');
    const rule = { sign: kind.startsWith('negative') ? -1 : 1, isWhole: /gradient/i.test(kind) } as const;
    this.#optimizer ??= searchOptimizer(algorithm, this.#searchedModel(), rule, tries);
    try {
      this.#optimizer?.optimize();
    } finally {
      this.#searched = null;
    }
  }

  /** This network as a line search sees it: the batch is that of the present iteration. */
  #searchedModel(): UpdatedModel {
    const evaluate = (): number => {
      this.computeGradient(this.#searched as Batch);
      return this.#score;
    };
    const evaluateUpdate = (): number => {
      const score = evaluate();
      this.notifyGradient();
      this.#update(0);
      return score;
    };
    return { params: this.params(), gradient: this.getFlattenedGradients(), evaluate, evaluateUpdate };
  }

  override close(): void {
    this.#optimizer?.close();
    this.#optimizer = null;
    super.close();
  }

  /** Calls `onEpochStart` or `onEpochEnd`. */
  protected notifyEpoch(callback: 'onEpochStart' | 'onEpochEnd'): void {
    for (const listener of this.#listeners) listener[callback](this);
  }

  /** The output of step `last`, detached or in `target`. */
  protected infer(
    inputs: readonly INDArray[],
    training: boolean,
    last: number,
    target: MemoryWorkspace | null,
  ): INDArray {
    const { plan, layers } = this.live('compute the output');
    const memory = this.inferenceMemory();
    this.syncCounters(layers);
    try {
      return forwardInferred(plan, memory, startValues(plan, inputs), training, last, target);
    } finally {
      memory.release();
      memory.settle();
    }
  }

  /** All arrays up to step `last`, detached. The layers keep their inputs if asked, for a backward pass from outside. */
  protected inferAll(inputs: readonly INDArray[], training: boolean, last: number, keepsInputs: boolean): INDArray[] {
    const { plan, layers } = this.live('feed forward');
    const memory = training ? this.trainingMemory() : this.inferenceMemory();
    WorkspaceUtils.assertNoWorkspacesOpen('Expected no workspace active in ffToLayerActivationsDetached');
    const mark = scope.entries.length;
    const values = startValues(plan, inputs);
    this.syncCounters(layers);
    try {
      const all = memory.isSingle ? memory.openActivations() : null;
      forwardKept(plan, memory, keepsInputs ? memory.heap : memory.detached, values, training, last);
      all?.close();
    } finally {
      unwindScopes(mark);
      if (!keepsInputs) for (const { vertex } of plan.steps) vertex.clear();
      memory.settle();
    }
    return values.slice(0, plan.inputCount + last + 1) as INDArray[];
  }
}

const CALLBACKS = [
  'iterationDone',
  'onEpochStart',
  'onEpochEnd',
  'onForwardPass',
  'onGradientCalculation',
  'onBackwardPass',
] as const satisfies readonly (keyof TrainingListener)[];

/** @throws {TypeError} for a listener that lacks a callback, naming it */
function checkListeners<L extends readonly TrainingListener[]>(listeners: L): L {
  for (const each of listeners) {
    const missing = CALLBACKS.find((name) => typeof each?.[name] !== 'function');
    if (missing === undefined) continue;
    throw new TypeError(
      `Cannot listen with ${describeValue(each)}: it has no ${missing}(); extend BaseTrainingListener, which has all callbacks`,
    );
  }
  return listeners;
}

/** Gives an output layer its input: its output is made with score and gradient. */
function prepare(step: PlanStep, values: Values, memory: NetworkMemory): void {
  step.vertex.prepare(inputsOf(step, values), true, memory.training);
}

function constrainLayer(layer: Layer): void {
  const { constraints } = layer.conf;
  if (constraints === null) return;
  for (const constraint of constraints) {
    for (const { spec } of layer.slices) {
      if (constraint.params.includes(spec.key)) constrain(constraint, layer.getParam(spec.key));
    }
  }
}
